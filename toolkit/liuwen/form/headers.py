"""The meaning of a column header: its standard column name and its language."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that an XLSForm may have, by their standard names."""

TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video"}
)
"""Columns that may be translated."""

# Alternative spellings of columns (XLSForm reference; pyxform's aliases).
_SURVEY: Mapping[str, str] = MappingProxyType(
    {
        "relevance": "relevant",
        "bind::relevant": "relevant",
        "bind::constraint": "constraint",
        "bind::required": "required",
        "bind::calculate": "calculation",
        "bind::readonly": "read_only",
        "bind::jr:constraintmsg": "constraint_message",
        "bind::jr:requiredmsg": "required_message",
        "bind::jr:preload": "preload",
        "constraining_message": "constraint_message",
        "jr:constraintmsg": "constraint_message",
        "requiredmsg": "required_message",
        "jr:requiredmsg": "required_message",
        "calculate": "calculation",
        "readonly": "read_only",
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "control::appearance": "appearance",
        "body::appearance": "appearance",
        "count": "repeat_count",
        "jr:count": "repeat_count",
        "control::jr:count": "repeat_count",
        "body::jr:count": "repeat_count",
        "body::accuracythreshold": "accuracy_threshold",
        "media::image": "image",
        "media::big-image": "big-image",
        "media::audio": "audio",
        "media::video": "video",
        "noapperrorstring": "no_app_error_string",
        "bind::jr:noapperrorstring": "no_app_error_string",
        "entities:saveto": "save_to",
        "bind::entities:saveto": "save_to",
    }
)
_CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "list name": "list_name",
        "caption": "label",
        "value": "name",
        "media::image": "image",
        "media::big-image": "big-image",
        "media::audio": "audio",
        "media::video": "video",
    }
)
_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "title": "form_title",
        "set_form_title": "form_title",
        "set form title": "form_title",
        "id_string": "form_id",
        "set_form_id": "form_id",
        "set form id": "form_id",
    }
)
_ENTITIES: Mapping[str, str] = MappingProxyType({"dataset": "list_name", "list name": "list_name"})
ANONYMOUS = "attribute::anonymous"
"""The column of the settings sheet that declares answers anonymous.

pyxform writes it as an attribute of the root element, so that it is part of the XForm and of every submission.
"""

COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "survey": frozenset(
            "type name label hint guidance_hint required required_message relevant constraint constraint_message calculation "
            "choice_filter appearance parameters default read_only repeat_count trigger image big-image audio video autoplay "
            "save_to note disabled rows query preload no_app_error_string accuracy_threshold compact_tag "
            "sms_field sms_option sms_separator sms_allow_media sms_date_format sms_datetime_format sms_response".split()
        ),
        "choices": frozenset("list_name name label image big-image audio video sms_option".split()),
        "external_choices": frozenset("list_name name label".split()),
        "settings": frozenset(
            "form_title form_id version instance_name default_language public_key submission_url auto_send auto_delete "
            "allow_choice_duplicates style namespaces name omit_instanceid client_editable sms_keyword sms_separator "
            "prefix delimiter add_none_option flat clean_text_values instance_xmlns".split()
        ),
        "entities": frozenset("list_name label entity_id create_if update_if repeat".split()),
        "osm": frozenset("list_name name label".split()),
    }
)
"""The standard columns of each sheet (XLSForm reference); other columns are kept unchanged."""

_ALIASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"survey": _SURVEY, "choices": _CHOICES, "external_choices": _CHOICES, "settings": _SETTINGS, "entities": _ENTITIES}
)


_OLD_GROUP = re.compile(r"^(bind|body|control|media)\s*:\s*(?=[^:\s])", re.IGNORECASE)


class Header(NamedTuple):
    """A parsed header: the standard `column`, and the `language` as written in the form ("" if there is none)."""

    column: str
    language: str


@lru_cache(maxsize=4096)
def meaning(sheet: str, header: str) -> Header:
    """Parse a header of the sheet with the standard name `sheet`; an unknown header is returned as its own column.

    >>> meaning("survey", "label::English (en)")
    Header(column='label', language='English (en)')
    >>> meaning("survey", "media::image::English")
    Header(column='image', language='English')
    >>> meaning("survey", "Relevance")
    Header(column='relevant', language='')
    """
    text = _OLD_GROUP.sub(r"\1::", " ".join(header.replace("\u00a0", " ").split()))
    whole = _standard(sheet, text)
    if whole:
        return Header(whole, "")
    for separator in ("::", ":"):
        before, found, language = text.rpartition(separator)
        column = _standard(sheet, before.strip().rstrip(":")) if found else None
        if column in TRANSLATED:
            return Header(column, language.strip())
    return Header(text, "")


def _standard(sheet: str, text: str) -> str | None:
    for spelling in (text.lower(), text.lower().replace(" ", "_")):
        column = _ALIASES.get(sheet, {}).get(spelling, spelling)
        if column in COLUMNS.get(sheet, ()):
            return column
    return None


def named_language(languages: Mapping[str, Any], code: str) -> str | None:
    """The key of `languages` that `code` refers to: the same text, a name with this code in brackets, or a name without its
    code.

    >>> named_language({"中文 (zh)": 0, "English (en)": 0}, "zh")
    '中文 (zh)'
    """
    if code in languages:
        return code
    wanted = code.strip().lower()
    bracketed = f"({wanted})"
    return next(
        (name for name in languages if name.lower().endswith(bracketed) or name.lower().partition("(")[0].strip() == wanted),
        None,
    )

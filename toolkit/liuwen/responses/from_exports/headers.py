"""What a header of an export means: a question, one choice of it, a part of its position, or the exporter's own column."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from liuwen.form.elements import Element
from liuwen.responses.plan import Column, TablePlan

System = Literal[
    "instance_id", "uuid", "number", "index", "parent_index", "parent_table", "parent_key", "submission_uuid",
    "submission_number", "submitted_at", "form_version", "sent_by", "other"
]  # fmt: skip

_ADDED_BY_SERVERS = """
    meta/instancename formhub/uuid meta/rootuuid meta/deprecatedid _xform_id_string _bamboo_dataset_id _notes _tags
    _status _validation_status _validation_status/uid _geolocation _attachments _duration _total_media
    _media_count _media_all_received _edited _last_edited _date_modified _submission__submission_time
    _submission__validation_status _submission__notes _submission__status _submission__submitted_by
    _submission___version__ _submission__tags _supplementaldetails submitterid attachmentspresent
    attachmentsexpected status reviewstate deviceid edits __system/updatedat __system/deletedat __system/submitterid
    __system/attachmentspresent __system/attachmentsexpected __system/status __system/reviewstate
    __system/deviceid __system/edits
"""

_SYSTEM: Mapping[str, System] = MappingProxyType(
    {
        "instanceid": "instance_id",
        "meta/instanceid": "instance_id",
        "key": "instance_id",
        "__id": "instance_id",
        "_uuid": "uuid",
        "uuid": "uuid",
        "_id": "number",
        "_index": "index",
        "index": "index",
        "_parent_index": "parent_index",
        "_parent_table_name": "parent_table",
        "parent_key": "parent_key",
        "_submission__uuid": "submission_uuid",
        "_submission__id": "submission_number",
        "_submission_time": "submitted_at",
        "submissiondate": "submitted_at",
        "__system/submissiondate": "submitted_at",
        "_submitted_by": "sent_by",
        "submittername": "sent_by",
        "__system/submittername": "sent_by",
        "__version__": "form_version",
        "_version_": "form_version",
        "_version": "form_version",
        "formversion": "form_version",
        "__system/formversion": "form_version",
        **dict.fromkeys(_ADDED_BY_SERVERS.split(), "other"),
    }
)
_PARTS = (("latitude",), ("longitude",), ("altitude",), ("precision", "accuracy"))
_SEPARATORS = "/-.:"
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9._]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header stands for; one of the four."""

    column: Column | None = None
    choice: str | None = None
    """Of a select that is split over several columns: the choice's stored name."""
    part: int | None = None
    """Of a position that is split over several columns: which of its four parts."""
    system: System | None = None


class Headers:
    """Knows the headers that the columns of some tables may go by in an export."""

    def __init__(self, plan: TablePlan, tables: Iterable[str], paths: Mapping[tuple[str, ...], Column]) -> None:
        self._plan = plan
        columns = [column for table in tables for column in plan.tables[table].columns]
        places = [(path, column) for path, column in paths.items() if column in columns]
        names = {
            **{column.name: column for column in columns},
            **_unambiguous((spelling, column) for path, column in places for spelling in _tails(path)),
            **{separator.join(path): column for path, column in places for separator in _SEPARATORS},
        }
        labels = _unambiguous((spelling, column) for column in columns for spelling in _labels(plan, column))
        self._columns = {**labels, **names}
        self._names = names
        parts = {
            spelling: Meaning(column, part=number)
            for base, column in self._columns.items()
            if column.kind == "geopoint"
            for number, words in enumerate(_PARTS)
            for spelling in _part_spellings(base, words)
        }
        whole = {base: Meaning(column) for base, column in self._columns.items()}
        self._known = {**parts, **whole}
        self._mangled = {_mangled(spelling): meaning for spelling, meaning in reversed(self._known.items())}

    def meaning(self, header: str) -> Meaning | None:
        """What `header` stands for; None where nothing is known of it."""
        text = " ".join(header.removeprefix("\ufeff").removeprefix("X.U.FEFF.").split())
        if text in self._names:
            return self._known[text]
        system = _SYSTEM.get(_system_spelling(text))
        if system:
            return Meaning(system=system)
        if text.upper().startswith("SET-OF-"):
            return Meaning(system="other")
        return self._known.get(text) or self._choice(text) or self._mangled.get(text)

    def _choice(self, text: str) -> Meaning | None:
        for place, sign in enumerate(text):
            if sign in "/.:":
                meaning = self._known.get(text[:place]) or self._mangled.get(text[:place])
                if meaning and meaning.column and meaning.column.kind == "choices" and text[place + 1 :]:
                    return Meaning(meaning.column, choice=self._stored(meaning.column, text[place + 1 :].strip()))
        return None

    def _stored(self, column: Column, text: str) -> str:
        """The stored name that a split column's ending means: the name itself, a label, or what R makes of the name."""
        listed = self._plan.choices(column)
        for choice in listed or ():
            labels = choice.wordings["label"].texts.values() if "label" in choice.wordings else ()
            if (
                text == choice.name
                or text in {" ".join(label.split()) for label in labels}
                or text == _NOT_A_NAME.sub(".", choice.name)
            ):
                return choice.name
        return text


def _tails(path: tuple[str, ...]) -> Iterator[str]:
    """A path in each exporter's spelling, whole or without some of the groups before it."""
    return (separator.join(path[start:]) for start in range(len(path)) for separator in _SEPARATORS)


def _labels(plan: TablePlan, column: Column) -> Iterator[str]:
    for language in plan.form.languages or ("",):
        own = _label(column.element, language)
        if own:
            yield own
            above = [_label(parent, language) or parent.name for parent in column.element.parents]
            for start in range(len(above)):
                yield "/".join([*above[start:], own])


def _label(element: Element, language: str) -> str:
    return " ".join(element.label(language).split())


def _part_spellings(base: str, words: tuple[str, ...]) -> Iterator[str]:
    before, slash, name = base.rpartition("/")
    for word in words:
        yield from (f"{before}{slash}_{name}_{word}", f"_{base}_{word}", f"{base}_{word}", f"{base}.{word}")
        yield f"{base}-{word.capitalize()}"


def _unambiguous(spellings: Iterable[tuple[str, Column]]) -> dict[str, Column]:
    """Each spelling that means one column alone."""
    found: dict[str, Column] = {}
    shared: set[str] = set()
    for spelling, column in spellings:
        if found.setdefault(spelling, column) is not column:
            shared.add(spelling)
    return {spelling: column for spelling, column in found.items() if spelling not in shared}


def _system_spelling(text: str) -> str:
    lowered = text.lower()
    plain = lowered[1:] if lowered.startswith("x_") else lowered
    return re.sub(r"^(meta|__system|formhub)[-.:]", r"\1/", plain)


def _mangled(text: str) -> str:
    """What R's `make.names` makes of a header: signs become dots, and an X goes before a leading underscore or digit."""
    dotted = _NOT_A_NAME.sub(".", text)
    return f"X{dotted}" if dotted[:1] in set("_0123456789") else dotted

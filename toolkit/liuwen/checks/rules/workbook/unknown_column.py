"""A column that XLSForm does not know: misspelt, or never read."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, note, warning
from liuwen.checks.ignoring import NOTE_COLUMNS
from liuwen.checks.nearest import nearest
from liuwen.form.builder.building import LANGUAGE_NAMES
from liuwen.form.headers import COLUMNS, TRANSLATED, Header
from liuwen.messages import Sentence

MISSPELT = Sentence(
    zh="“{header}”列不会被读取，是不是想写“{meant}”？请改列名。",
    en="the column “{header}” is not read; did you mean “{meant}”? Rename it.",
)
UNKNOWN = Sentence(
    zh="“{header}”列手机不会用到；如果只是自己的备注，可以不管。",
    en="phones do not use the column “{header}”; ignore this if it holds your own remarks.",
)
_PASSED_ON = (
    "bind::",
    "body::",
    "control::",
    "instance::",
    "bind:",
    "body:",
    "control:",
    "instance:",
    "media:",
    "kobo",
    "$",
    "_",
)
_HARMLESS = frozenset({"note", "rows", "query", "disabled", "value", "tag", "command", "caption", "count"})


def unknown_column(facts: Facts) -> Iterator[Fault]:
    """What stands under a misspelt header is lost without a word."""
    for sheet in ("survey", "choices", "settings", "external_choices"):
        present = {header.column for header in facts.form.headers(sheet)}
        for header, written in _unknown(facts, sheet):
            meant = meant_column(sheet, header.column, present) or (
                _language_apart(facts, written) if sheet == "survey" else None
            )
            place = facts.place(sheet, 1, header.column)
            if meant and not (sheet == "choices" and header.column in facts.filter_columns):
                severity = error if sheet == "survey" else warning
                yield severity(place, MISSPELT.filled(header=written, meant=meant))
            elif sheet == "survey":
                yield note(place, UNKNOWN.filled(header=written))


_WITH_LANGUAGE = re.compile(
    r"(?P<stem>label|hint|guidance_hint|constraint_message|required_message|image|audio|video)"
    r"(?:[\s_.\-/|]+|(?=[(（]))[(（]?(?P<language>[^\W\d_]{2,}(?:\s*[(（][\w-]+[)）])?)[)）]?\s*",
    re.IGNORECASE,
)
"""`label_en`, `label-English`, `label (fr)`, as other tools write the language of a column."""


_NAMES = frozenset("arabic chinese english french german hindi indonesian portuguese russian spanish swahili vietnamese".split())
_CODE = re.compile(r"(?!id$|no$|nr$)[a-z]{2}", re.IGNORECASE)
"""Two letters that are a language rather than a number or an identifier."""


def _language_apart(facts: Facts, written: str) -> str | None:
    """The column with its language; None for a column of remarks, such as `label_old`."""
    found = _WITH_LANGUAGE.fullmatch(written.strip())
    if found is None:
        return None
    language = found["language"]
    names = _NAMES | {_alone(name) for name in (*facts.form.languages, *LANGUAGE_NAMES.values())}
    return f"{found['stem'].lower()}::{language}" if _alone(language) in names or _CODE.fullmatch(language) else None


def _alone(language: str) -> str:
    return re.split(r"[(（]", language.lower())[0].strip()


def meant_column(sheet: str, written: str, present: set[str]) -> str | None:
    """The standard column that `written` was probably meant to be, its language part kept; one already present is not meant."""
    stem, separator, language = written.partition("::")
    meant = nearest(stem, COLUMNS[sheet] - _HARMLESS)
    if meant is None or (meant in present and not language) or (separator and meant not in TRANSLATED):
        return None
    return f"{meant}{separator}{language}"


def _unknown(facts: Facts, sheet: str) -> Iterator[tuple[Header, str]]:
    held = facts.form.sheet(sheet)
    for header, written in zip(facts.form.headers(sheet), held.header if held else (), strict=True):
        plain = written.strip().lower()
        known = header.column in COLUMNS[sheet] or plain.startswith(_PASSED_ON) or plain in NOTE_COLUMNS
        if not known and plain:
            yield header, written

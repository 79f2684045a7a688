"""The languages of a form: columns that name none beside those that do, and one language spelt in two ways."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from typing import NamedTuple

from liuwen.checks.facts import Facts
from liuwen.form.headers import TRANSLATED
from liuwen.form.model import Form
from liuwen.form.sheets import Place

_WITH_CODE = re.compile(r"(?P<name>.*\S)\s*[(（]\s*(?P<code>[a-z]{2,3}(-\w+)*)\s*[)）]\s*", re.IGNORECASE)
_CODE_ALONE = re.compile(r"[a-z]{2}(-\w+)*", re.IGNORECASE)


_ALWAYS_TRANSLATED = frozenset({"guidance_hint", "image", "big-image", "audio", "video"})
"""What pyxform keeps among the translations though no language is named; other columns without one stand in the form itself."""
_SHEETS = ("survey", "choices")


class PlainColumn(NamedTuple):
    """A filled column that names no language."""

    sheet: str
    column: str
    place: Place


class PlainColumns(NamedTuple):
    """The columns without a language; which of them are in the default language; and what only other languages have."""

    all: tuple[PlainColumn, ...]
    in_default: tuple[PlainColumn, ...]
    left_blank: Set[tuple[str, str]]
    named: Set[tuple[str, str]]


def plain_columns(facts: Facts) -> PlainColumns:
    """Where pyxform puts the columns that name no language."""
    named = {(sheet, header.column) for sheet in _SHEETS for header in facts.form.headers(sheet) if header.language}
    plain = tuple(each for each in _without_language(facts) if _is_filled(facts, each))
    in_default = tuple(each for each in plain if each.column in _ALWAYS_TRANSLATED or each[:2] in named)
    return PlainColumns(plain, in_default, named - {each[:2] for each in plain}, named)


def _without_language(facts: Facts) -> Iterator[PlainColumn]:
    for sheet in _SHEETS:
        held = facts.form.sheet(sheet)
        for means, header in zip(facts.form.headers(sheet), held.header if held else (), strict=True):
            if held and means.column in TRANSLATED and not means.language:
                yield PlainColumn(sheet, means.column, Place(held.name, 1, header))


def _is_filled(facts: Facts, plain: PlainColumn) -> bool:
    return any("" in wording.texts for _, wording in facts.wordings(plain.sheet, plain.column))


class _Language(NamedTuple):
    written: str
    name: str
    code: str


def spelt_twice(form: Form) -> Iterator[tuple[str, str, bool]]:
    """The rarer spelling of a language, the other one, and whether they are certainly one language."""
    used = Counter(means.language for sheet in ("survey", "choices") for means in form.headers(sheet) if means.language)
    known: list[_Language] = []
    for written in sorted(used, key=lambda each: -used[each]):
        language = _read(written)
        same = next((other for other in known if _is_same(language, other)), None)
        alike = next((other for other in known if _is_alike(language, other)), None)
        other = same or alike
        if other:
            yield written, other.written, same is not None
        known.append(language)


def _is_same(one: _Language, other: _Language) -> bool:
    """Equal names are not enough: 中文 (zh-Hans) and 中文 (zh-Hant) are two languages."""
    return one.name == other.name and (not one.code or not other.code or one.code == other.code)


def _is_alike(one: _Language, other: _Language) -> bool:
    """The same code; or the same name, where one code only says more, as 中文 (zh) and 中文 (zh-CN)."""
    if not one.code or not other.code:
        return False
    longer, shorter = sorted((one.code, other.code), key=len, reverse=True)
    return longer == shorter or (one.name == other.name and longer.startswith(f"{shorter}-"))


def _read(written: str) -> _Language:
    found = _WITH_CODE.fullmatch(written)
    alone = written if _CODE_ALONE.fullmatch(written) else ""
    name, code = (found["name"], found["code"]) if found else (written, alone)
    return _Language(written, "".join(letter for letter in name.casefold() if letter.isalnum()), code.casefold())

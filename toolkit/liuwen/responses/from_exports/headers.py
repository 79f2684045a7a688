"""What a header of an export means: a question, one choice of it, a part of its position, or the exporter's own column."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liuwen.responses.from_exports.server_headers import LONGEST, SERVER, SYSTEM, System
from liuwen.responses.labels import label_of
from liuwen.responses.plan import Column, TablePlan
from liuwen.responses.statistics_names import statistics_names

_PARTS = (("latitude",), ("longitude",), ("altitude",), ("precision", "accuracy"))
SEPARATORS = (
    "/", "-", ".", ":", "::", "__", "_", " / ", " - ", " > ", ">", "|", " | ", "~", "\\",
    ": ", " : ", " :: ", ". ", ", ", "; ", " · ", " → ", " » ", "：", "、", "，",
)  # fmt: skip
"""What stands between the groups, the question and the choice in a header; exporters let people choose."""
_LOOSE = ("/", ".", ":", "::")
"""After these a choice may also be one that is not in the list."""
_BY_LENGTH = sorted(SEPARATORS, key=len, reverse=True)
_SIGNS = frozenset(separator[0] for separator in SEPARATORS)
_ZONE = re.compile(r" \((UTC|[A-Z][A-Za-z]+/[A-Za-z_/+-]+)\)$")
"""The time zone of a column's times, which Excel itself cannot hold."""
_CLEAN = re.compile(r"[a-z0-9][a-z0-9_]{0,200}")
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
    server: str | None = None
    """Of what a server knows of a submission: the column of `Responses.submissions` that holds it."""


class Headers:
    """Knows the headers that the columns of some tables may go by in an export."""

    def __init__(self, plan: TablePlan, tables: Sequence[str], paths: Mapping[tuple[str, ...], Column]) -> None:
        self._plan = plan
        columns = [column for table in tables for column in plan.tables[table].columns]
        places = [(path, column) for path, column in paths.items() if column in columns]
        names = {
            **{column.name: column for column in columns},
            **_unambiguous((spelling, column) for path, column in places for spelling in _tails(path)),
            **_unambiguous((separator.join(path), column) for path, column in places for separator in SEPARATORS),
            **{"/".join(path): column for path, column in places},
        }
        labels = _unambiguous((spelling, column) for column in columns for spelling in _labels(plan, column))
        named = {
            f"{label_of(column.element, language)} ({column.name})": column
            for column in columns
            for language in plan.form.languages or ("",)
        }
        self._columns = {**named, **labels, **names}
        self._names = names
        parts = {
            spelling: Meaning(column, part=number)
            for base, column in self._columns.items()
            if column.kind == "geopoint"
            for number, words in enumerate(_PARTS)
            for spelling in _part_spellings(base, words)
        }
        whole = {base: Meaning(column) for base, column in self._columns.items()}
        self._known = {**_statistics(plan, tables), **parts, **whole}
        repeats = [table.element for table in plan.tables.values() if table.element and table.element.kind == "repeat"]
        self._counts = {f"{name}_count" for each in repeats for name in (each.name, *(s.join(each.path) for s in SEPARATORS))}
        self._mangled = {_mangled(spelling): meaning for spelling, meaning in reversed(self._known.items())}
        self._cleaned = _without_collisions((_cleaned(spelling), meaning) for spelling, meaning in self._known.items())

    def meaning(self, header: str) -> Meaning | None:
        """What `header` refers to; None if unknown."""
        text = _ZONE.sub("", " ".join(header.removeprefix("\ufeff").removeprefix("X.U.FEFF.").split()))
        if text in self._names:
            return self._known[text]
        if system := _system(text):
            return system
        known = self._known.get(text) or self._choice(text) or self._mangled.get(text) or self._clean(text)
        return known or (Meaning(system="other") if text in self._counts else None)

    def _clean(self, text: str) -> Meaning | None:
        """A header that was cleaned (R's janitor, pandas' clean_names): lower case, signs as underscores."""
        if not _CLEAN.fullmatch(text):
            return None
        return self._cleaned.get(text) or self._choice(text, self._cleaned) or _system(f"_{text}")

    def _choice(self, text: str, known: Mapping[str, Meaning] | None = None) -> Meaning | None:
        for place, separator in _splits(text):
            before, ending = text[:place], text[place + len(separator) :].strip()
            meaning = known.get(before) if known else self._known.get(before) or self._mangled.get(before)
            if meaning and meaning.column and meaning.column.kind == "choices" and ending:
                stored = self._stored(meaning.column, ending, cleaned=known is not None)
                if stored is None and separator not in _LOOSE:
                    continue
                return Meaning(meaning.column, choice=ending if stored is None else stored)
        return None

    def _stored(self, column: Column, text: str, *, cleaned: bool = False) -> str | None:
        """The stored name that a split column's ending means: the name itself, a label, a place of a rank, or what programs
        with a small character set make of the name; None if no choice is meant.
        """
        listed = self._plan.choices(column)
        for choice in listed or ():
            labels = choice.wordings["label"].texts.values() if "label" in choice.wordings else ()
            spellings = {choice.name, *(" ".join(label.split()) for label in labels), _NOT_A_NAME.sub(".", choice.name)}
            spellings.add(re.sub(r"[^A-Za-z0-9]", "_", choice.name))
            if text in spellings or (cleaned and text in {_cleaned(spelling) for spelling in spellings}):
                return choice.name
        return text if column.element.type == "rank" and re.fullmatch(r"[1-9][0-9]?", text) else None


def zone_of(header: str) -> str | None:
    """The time zone that a header names.

    >>> zone_of("submitted_at (Asia/Shanghai)")
    'Asia/Shanghai'
    """
    found = _ZONE.search(header)
    return found[1] if found else None


def _statistics(plan: TablePlan, tables: Iterable[str]) -> dict[str, Meaning]:
    """What the columns are called in Stata and SPSS."""
    found = {}
    for table in tables:
        named = statistics_names(plan, table)
        for column in plan.tables[table].columns:
            parts = column.heads if column.kind == "geopoint" else ()
            found.update({named[head]: Meaning(column, part=number) for number, head in enumerate(parts)})
            listed = plan.choices(column) if column.kind == "choices" else None
            for name in listed.names if listed else ():
                found[named[f"{column.name}/{name}"]] = Meaning(column, choice=name)
            if not parts:
                found[named[column.name]] = Meaning(column)
    return found


def _tails(path: tuple[str, ...]) -> Iterator[str]:
    """A path in each exporter's spelling, whole or without some of the groups before it."""
    return (separator.join(path[start:]) for start in range(len(path)) for separator in SEPARATORS)


def _labels(plan: TablePlan, column: Column) -> Iterator[str]:
    for language in plan.form.languages or ("",):
        own = label_of(column.element, language)
        if own:
            yield own
            above = [label_of(parent, language) or parent.name for parent in column.element.parents]
            for start in range(len(above)):
                yield from (separator.join([*above[start:], own]) for separator in SEPARATORS)


def _splits(text: str) -> Iterator[tuple[int, str]]:
    """Where a header may be parted into a question and a choice, the longer separator first."""
    for place, sign in enumerate(text):
        if sign in _SIGNS:
            yield from ((place, each) for each in _BY_LENGTH if text.startswith(each, place))


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


def _without_collisions(spellings: Iterable[tuple[str, Meaning]]) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    shared: set[str] = set()
    for spelling, meaning in spellings:
        if found.setdefault(spelling, meaning) != meaning:
            shared.add(spelling)
    return {spelling: meaning for spelling, meaning in found.items() if spelling and spelling not in shared}


def _cleaned(text: str) -> str:
    """What janitor makes of a header: "Home/Which village?" becomes "home_which_village"."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")


def _system(text: str) -> Meaning | None:
    spelled = _system_spelling(text)
    if spelled in SYSTEM:
        return Meaning(system=SYSTEM[spelled])
    if spelled in SERVER:
        return Meaning(system="server", server=SERVER[spelled])
    return Meaning(system="other") if text.upper().startswith("SET-OF-") else None


def _system_spelling(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    lowered = text.lower()
    plain = lowered[1:] if lowered.startswith("x_") else lowered
    return re.sub(r"^(meta|__system|formhub)[-.:]", r"\1/", plain)


def _mangled(text: str) -> str:
    """What R's `make.names` makes of a header: signs become dots, and an X goes before a leading underscore or digit."""
    dotted = _NOT_A_NAME.sub(".", text)
    return f"X{dotted}" if dotted[:1] in set("_0123456789") else dotted

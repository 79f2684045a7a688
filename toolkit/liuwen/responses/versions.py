"""Where each answer stands in a submission, in the form's own version and in earlier ones that moved or renamed it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from liuwen.comparison.matching import match_elements
from liuwen.errors import AnswerError
from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN, Column, TablePlan, is_unlinked, node_path, plan_of

Path = tuple[str, ...]

_ENCRYPTED_BY_CENTRAL = re.compile(r"\[encrypted:[A-Za-z0-9+/=]+\]$")

_RENAMED = Sentence(
    zh="版本“{version}”中“{old}”的回答读作“{new}”。", en="Answers of version “{version}” to “{old}” are read as “{new}”."
)
_NO_SUCH = Sentence(zh="renamed= 中的“{name}”不在表单中。", en="“{name}”, named in renamed=, is not in the form.")


@dataclass(frozen=True, slots=True)
class VersionLayout:
    """The places of one version's submissions, as paths below the root."""

    columns: dict[Path, Column] = field(default_factory=dict)
    openings: dict[Path, str] = field(default_factory=dict)
    """Where a table begins, and its name."""
    withheld: set[Path] = field(default_factory=set)
    apart: set[Path] = field(default_factory=set)
    """Sections that this version promised to keep unlinked, and the form in force does not: their answers bear no key."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Questions read under another name: the old path and the new."""


def plain_version(version: str) -> str:
    """A version as the form's author gave it: ODK Central adds to it when it encrypts a form.

    >>> plain_version("2[encrypted:AaIA5Suf]")
    '2'
    """
    return _ENCRYPTED_BY_CENTRAL.sub("", version)


def own_layout(plan: TablePlan, renamed: Mapping[str, str]) -> VersionLayout:
    """The form's own places; `renamed` (old name or path → new) adds the places where answers once stood."""
    layout = VersionLayout()
    for table in plan.tables.values():
        if table.element:
            layout.openings[table.element.path] = table.name
        layout.columns.update({node_path(column.element): column for column in table.columns})
        layout.withheld.update(element.path for element in table.withheld)
    for old, new in renamed.items():
        path = _element(plan.form, new).path
        before = tuple(old.split("/")) if "/" in old else (*path[:-1], old)
        _also_at(layout, path, before)
    return layout


def _also_at(layout: VersionLayout, path: Path, before: Path) -> None:
    """What stands at `path`, or below it, may also stand at `before`."""

    def moved(place: Path) -> Path | None:
        return before + place[len(path) :] if place[: len(path)] == path else None

    layout.columns.update({to: column for place, column in list(layout.columns.items()) if (to := moved(place))})
    layout.openings.update({to: name for place, name in list(layout.openings.items()) if (to := moved(place))})
    layout.withheld.update(to for place in list(layout.withheld) if (to := moved(place)))


def earlier_layout(plan: TablePlan, older: Form, renamed: Mapping[str, str]) -> VersionLayout:
    """The places of an earlier version, each with the column of the form in force that its question has become.

    Questions are recognised by path, by name, or by what they ask; `renamed` settles what that leaves open.
    """
    matches = match_elements(older, plan.form)
    for old, new in renamed.items():
        if old in older:
            matches.pair(older[old], _element(plan.form, new))
    became = {element.path: matches.new_of[element.row] for element in older.elements if element.row in matches.new_of}
    opened = {table.element.path: table.name for table in plan.tables.values() if table.element}
    openings = {old: opened[new.path] for old, new in became.items() if new.path in opened}
    layout = VersionLayout(
        openings=openings,
        withheld={old for old, new in became.items() for table in plan.tables.values() if new in table.withheld},
        apart={element.path for element in older.elements if is_unlinked(element) and element.path not in openings},
    )
    own = {column.element.path: column for table in plan.tables.values() for column in table.columns}
    rows = {element.row: element for element in older.elements}
    for column in (column for table in plan_of(older).tables.values() for column in table.columns):
        base = rows[column.element.row]  # what the conversion adds beside a question bears that question's row
        now = own.get(_path_now(base, became.get(base.path), column.element))
        if now and now.table == _table_at(column.element, layout):
            layout.columns[node_path(column.element)] = now
            if now.element.name != column.element.name:
                layout.renamed.append((column.path, now.path))
    return layout


def rename_notes(layouts: Mapping[str, VersionLayout]) -> Iterator[Sentence]:
    """A sentence for each question of an earlier version that is read under another name."""
    for version, layout in layouts.items():
        for old, new in layout.renamed:
            yield _RENAMED.filled(version=version, old=old, new=new)


def _path_now(base: Element, became: Element | None, element: Element) -> Path:
    return (*became.path[:-1], became.name + element.name.removeprefix(base.name)) if became else ()


def _table_at(element: Element, layout: VersionLayout) -> str | None:
    """The table that an earlier version's question stands in; None where that is kept apart."""
    for parent in reversed(element.parents):
        if parent.path in layout.apart:
            return None
        if parent.path in layout.openings:
            return layout.openings[parent.path]
        if parent.kind == "repeat":
            return None
    return MAIN


def _element(form: Form, name: str) -> Element:
    if name not in form:
        raise AnswerError(_NO_SUCH.filled(name=name))
    return form[name]

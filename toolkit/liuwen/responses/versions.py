"""Where each answer stands in a submission, in the form's own version and in earlier ones that moved or renamed it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from liuwen.comparison.matching import match_elements
from liuwen.errors import AnswerError
from liuwen.form.anonymity import is_unlinked
from liuwen.form.choices import offered
from liuwen.form.elements import Choice, ChoiceList, Element
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN, Column, TablePlan, node_path, plan_of
from liuwen.responses.version_notes import told_of

Path = tuple[str, ...]

_ENCRYPTED_BY_CENTRAL = re.compile(r"\[encrypted:[A-Za-z0-9+/=]+\]$")

_NO_SUCH = Sentence(zh="renamed= 中的“{name}”不在表单中。", en="“{name}”, named in renamed=, is not in the form.")


@dataclass(frozen=True, slots=True)
class VersionLayout:
    """The places of one version's submissions, as paths below the root."""

    columns: dict[Path, Column] = field(default_factory=dict)
    openings: dict[Path, str] = field(default_factory=dict)
    """Where a table begins, and its name."""
    withheld: set[Path] = field(default_factory=set)
    apart: set[Path] = field(default_factory=set)
    """Sections that this version promised to keep unlinked but the current form does not: their answers have no key."""
    gone_repeats: set[Path] = field(default_factory=set)
    """Repeats of this version without a table in the form: the rows in `.unknown` are numbered by their keys."""
    unlinked_questions: set[Path] = field(default_factory=set)
    """The questions that an earlier version promised to keep unlinked, whatever became of them."""
    offered: dict[str, ChoiceList] = field(default_factory=dict)
    """What this version offered, by the path of the question in the form."""
    told: tuple[Sentence, ...] = ()
    """What a reader should know of it: what is read under another name, what was asked in other words, what looks alike."""


def plain_version(version: str) -> str:
    """A version as the form's author gave it: ODK Central adds to it when it encrypts a form.

    >>> plain_version("2[encrypted:AaIA5Suf]")
    '2'
    """
    return _ENCRYPTED_BY_CENTRAL.sub("", version)


def with_removed_choices(plan: TablePlan, layouts: Iterable[VersionLayout]) -> TablePlan:
    """The plan with the choices that only earlier versions offered; one whose label another bears is the same, recoded."""
    removed: dict[str, tuple[Choice, ...]] = {}
    columns = {column.path: column for table in plan.tables.values() for column in table.columns}
    for path, before in ((path, listed) for layout in layouts for path, listed in layout.offered.items() if path in columns):
        now = plan.choices(columns[path])
        known = (*(now or ()), *removed.get(path, ()))
        names, labels = {choice.name for choice in known}, {text for choice in known for text in _labels(choice)}
        new = (choice for choice in before if choice.name not in names and not labels.intersection(_labels(choice)))
        if now and (further := tuple(new)):
            removed[path] = (*removed.get(path, ()), *further)
    return replace(plan, removed=removed) if removed else plan


def _labels(choice: Choice) -> tuple[str, ...]:
    label = choice.wordings.get("label")
    return tuple(label.texts.values()) if label else ()


def unlinked_sections(plan: TablePlan, layouts: Iterable[VersionLayout]) -> set[Path]:
    """Where unlinked sections stand, or stood, in any of the versions."""
    versions = list(layouts)
    opened = {path for layout in versions for path, name in layout.openings.items() if plan.tables[name].unlinked}
    return opened.union(*(layout.apart for layout in versions))


def own_layout(plan: TablePlan, renamed: Mapping[str, str], *, of_another_version: bool = False) -> VersionLayout:
    """The form's own places; `renamed` (old name or path → new) adds the places where answers once stood.

    Where a name of `renamed` is still one of the form's, its own submissions mean the form's question, those
    `of_another_version` what `renamed` says.
    """
    layout = VersionLayout()
    for table in plan.tables.values():
        if table.element:
            layout.openings[table.element.path] = table.name
        layout.columns.update({node_path(column.element): column for column in table.columns})
        layout.withheld.update(element.path for element in table.withheld)
    own = VersionLayout(dict(layout.columns), dict(layout.openings), set(layout.withheld))
    for old, new in renamed.items():
        path = _element(plan.form, new).path
        before = tuple(old.split("/")) if "/" in old else (*path[:-1], old)
        _also_at(layout, own, path, before, instead=of_another_version)
    return layout


def _also_at(layout: VersionLayout, own: VersionLayout, path: Path, before: Path, *, instead: bool) -> None:
    """What stands at `path`, or below it, may also stand at `before`; where the form has a place there, only if `instead`."""

    def moved(place: Path) -> Path | None:
        to = before + place[len(path) :] if place[: len(path)] == path else None
        return to if to and (instead or (to not in own.columns and to not in own.openings)) else None

    layout.columns.update({to: column for place, column in own.columns.items() if (to := moved(place))})
    layout.openings.update({to: name for place, name in own.openings.items() if (to := moved(place))})
    layout.withheld.update(to for place in own.withheld if (to := moved(place)))


def earlier_layout(plan: TablePlan, older: Form, renamed: Mapping[str, str]) -> VersionLayout:
    """The places of an earlier version, each with the column of the form in force that its question has become.

    Questions are recognised by an equal label or an equal name, never by likeness; `renamed` comes before both.
    """
    for new in renamed.values():
        _element(plan.form, new)
    matches = match_elements(older, plan.form, renamed)
    became = {element.path: matches.new_of[element.row] for element in older.elements if element.row in matches.new_of}
    opened = {table.element.path: table.name for table in plan.tables.values() if table.element}
    openings = {old: opened[new.path] for old, new in became.items() if new.path in opened}
    layout = VersionLayout(
        openings=openings,
        withheld={old for old, new in became.items() for table in plan.tables.values() if new in table.withheld},
        apart={element.path for element in older.elements if is_unlinked(element) and element.path not in openings},
        gone_repeats={each.path for each in older.elements if each.kind == "repeat" and each.path not in openings},
        offered={
            "/".join(new.path): listed
            for old, new in matches.pairs
            if old.is_select and new.is_select and (listed := offered(older, old))
        },
        unlinked_questions={each.path for each in older.questions if any(map(is_unlinked, each.parents))},
    )
    own = {column.element.path: column for table in plan.tables.values() for column in table.columns}
    rows = {element.row: element for element in older.elements}
    for column in (column for table in plan_of(older).tables.values() for column in table.columns):
        base = rows[column.element.row]  # what the conversion adds beside a question bears that question's row
        now = own.get(_path_now(base, became.get(base.path), column.element))
        if now and now.table == _table_at(column.element, layout):
            layout.columns[node_path(column.element)] = now
    return replace(layout, told=told_of(matches, plain_version(older.version)))


def _path_now(base: Element, became: Element | None, element: Element) -> Path:
    return (*became.path[:-1], became.name + element.name.removeprefix(base.name)) if became else ()


def _table_at(element: Element, layout: VersionLayout) -> str | None:
    """The table of an earlier version's question; None if it is kept separately."""
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

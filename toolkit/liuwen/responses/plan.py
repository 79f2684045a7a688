"""Which tables and columns a form's answers make: derived from the form once, before any answer is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from liuwen.errors import AnswerError
from liuwen.form.anonymity import is_unlinked
from liuwen.form.choices import offered
from liuwen.form.elements import Choice, ChoiceList, Element
from liuwen.form.model import Form
from liuwen.form.parameters import is_answered_with_decimals
from liuwen.form.types import MEDIA, POINTING
from liuwen.messages import Sentence

Kind = Literal["text", "choice", "choices", "integer", "decimal", "date", "datetime", "geopoint"]
"""What a column holds, and so its dtype."""

SELECT_KINDS = frozenset({"choice", "choices"})

MAIN = "submissions"
"""The name of the table with a row a submission."""

SYSTEM_COLUMNS = ("submitted_at", "form_version", "sent_by")
"""What every row of the main table carries beside its answers."""
LINK_COLUMNS = ("parent_key", "instance_id")
"""What every row of a repeat's table carries beside its answers."""

GEOPOINT_PARTS = ("latitude", "longitude", "altitude", "accuracy")

_KIND_OF_TYPE: Mapping[str, Kind] = MappingProxyType(
    {
        "select_one": "choice",
        "select_one_external": "choice",
        "select_multiple": "choices",
        "rank": "choices",
        "integer": "integer",
        "decimal": "decimal",
        "date": "date",
        "today": "date",
        "dateTime": "datetime",
        "start": "datetime",
        "end": "datetime",
        "geopoint": "geopoint",
        "start-geopoint": "geopoint",
    }
)
_WITHOUT_ANSWER = frozenset({"csv-external", "xml-external"})

_NO_QUESTION = Sentence(zh="表单中没有名为“{name}”的问题。", en="The form has no question named “{name}”.")


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One question as a column.

    Attributes:
        name: The name of the column; for a position, the beginning of the names of its four columns.
        table: The table that holds it.
        element: The question.
        kind: What it holds: "text", "choice", "choices", "integer", "decimal", "date", "datetime" or "geopoint".
    """

    name: str
    table: str
    element: Element
    kind: Kind

    @property
    def path(self) -> str:
        """Where the question stands in the form: "difficulties/needs"."""
        return "/".join(self.element.path)

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the frame's columns that hold it: one, or the four parts of a position."""
        return tuple(f"{self.name}.{part}" for part in GEOPOINT_PARTS) if self.kind == "geopoint" else (self.name,)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """One table of answers: the submissions, a repeat, or an unlinked section.

    Attributes:
        name: The name of the table.
        element: The repeat or group; None for the submissions.
        parent: The table that its rows belong to.
        unlinked: Whether it has no key to the submission.
        columns: Its columns, in the order of the form.
    """

    name: str
    element: Element | None = None
    parent: str | None = None
    unlinked: bool = False
    columns: tuple[Column, ...] = ()
    withheld: tuple[Element, ...] = ()
    """What is not loaded: attachments of an unlinked section, whose names lead back to the submission they came with, and of
    an anonymous form what points at a person, a place or a moment."""


@dataclass(frozen=True)
class TablePlan:
    """The tables of a form's answers, in the order of the form; the submissions come first.

    Attributes:
        form: The form.
        tables: The tables, by name.
    """

    form: Form
    tables: Mapping[str, Table] = field(repr=False)
    removed: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict, repr=False)
    """The choices that only earlier versions offered, by the path of the question."""

    def column(self, question: str | Element) -> Column:
        """Find the column of a question.

        Args:
            question: The question, or its column name, name or path.

        Returns:
            The column.

        Raises:
            AnswerError: If the form has no such question.

        Example:
            >>> from liuwen.form.builder import build_form, text
            >>> form = build_form("visit", version="1", en="Visit", languages=("en",), items=[text("village", en="Village")])
            >>> plan_of(form).column("village").kind
            'text'
        """
        name = question if isinstance(question, str) else "/".join(question.path)
        found = self._columns.get(name)
        if found is None:
            raise AnswerError(_NO_QUESTION.filled(name=name))
        return found

    def choices(self, column: Column) -> ChoiceList | None:
        """Find the choice list of a column.

        Args:
            column: The column of a select question.

        Returns:
            The list, also from an external file, with what only earlier versions offered at its end; None if the form does not
            contain it.
        """
        return self._choices.get(column.path)

    @cached_property
    def _choices(self) -> Mapping[str, ChoiceList | None]:
        selects = (column for table in self.tables.values() for column in table.columns if column.kind in SELECT_KINDS)
        by_list: dict[tuple[object, ...], ChoiceList | None] = {}
        lists = {}
        for column in selects:
            element = column.element
            drawn = (element.list_name, element.or_other, element.type == "select_one_external", element.cell("parameters"))
            if drawn not in by_list:
                by_list[drawn] = offered(self.form, element)
            listed, removed = by_list[drawn], self.removed.get(column.path, ())
            lists[column.path] = ChoiceList(listed.name, (*listed, *removed)) if listed and removed else listed
        return lists

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        columns = [column for table in self.tables.values() for column in table.columns]
        names = {column.name: column for column in columns}
        for column in columns:
            names.setdefault(column.path, column)
            names.setdefault(column.element.name, column)
        return names


def plan_of(form: Form) -> TablePlan:
    """Plan the tables for the answers to a form.

    Args:
        form: The form.

    Returns:
        The tables and their columns.
    """
    openings = _first_of_each_path(element for element in form.elements if _opens_table(element))
    names = _unique_names(openings, {MAIN})
    elements = _first_of_each_path(_answered(form))
    heads = _unique_names(elements, {*SYSTEM_COLUMNS, *LINK_COLUMNS, "instance_id", "key"})
    tables = {MAIN: Table(MAIN)}
    for opening in openings:
        above = _table_above(opening)
        parent = names["/".join(above.path)] if above else MAIN
        unlinked = is_unlinked(opening) or tables[parent].unlinked
        name = names["/".join(opening.path)]
        tables[name] = Table(name, opening, parent, unlinked)
    columns: dict[str, list[Column]] = {name: [] for name in tables}
    withheld: dict[str, list[Element]] = {name: [] for name in tables}
    for element in elements:
        above = _table_above(element)
        table = names["/".join(above.path)] if above else MAIN
        if element.type in (POINTING if form.anonymous else MEDIA if tables[table].unlinked else ()):
            withheld[table].append(element)
        else:
            columns[table].append(Column(heads["/".join(element.path)], table, element, kind_of(element)))
    filled = {
        name: replace(table, columns=tuple(columns[name]), withheld=tuple(withheld[name])) for name, table in tables.items()
    }
    return TablePlan(form, filled)


def kind_of(element: Element) -> Kind:
    """What a question's column holds."""
    if element.type == "range":
        return "decimal" if is_answered_with_decimals(element) else "integer"
    return _KIND_OF_TYPE.get(element.type, "text")


def node_path(element: Element) -> tuple[str, ...]:
    """Where its answer stands in a submission, below the root."""
    return ("meta", "audit") if element.type == "audit" else element.path


def _opens_table(element: Element) -> bool:
    return element.kind == "repeat" or is_unlinked(element)


def _table_above(element: Element) -> Element | None:
    return next((parent for parent in reversed(element.parents) if _opens_table(parent)), None)


def _answered(form: Form) -> Iterator[Element]:
    """The elements that may hold an answer, with those that the conversion to an XForm adds."""
    for element in form.elements:
        if element.kind == "repeat" and _has_count_of_its_own(element):
            yield _beside(element, f"{element.name}_count", "integer")
        if element.kind != "question" or not element.name or element.type in _WITHOUT_ANSWER:
            continue
        if element.type != "note" or element.cell("calculation") or element.cell("default"):
            yield element
        if element.or_other:
            yield _beside(element, f"{element.name}_other", "text")


def _has_count_of_its_own(repeat: Element) -> bool:
    count = repeat.cell("repeat_count")
    reference = count.removeprefix("${").removesuffix("}")
    return bool(count) and not (len(count) == len(reference) + 3 and reference.replace("-", "_").replace(".", "_").isidentifier())


def _beside(element: Element, name: str, kind: str) -> Element:
    return Element(kind="question", type=kind, name=name, row=element.row, parents=element.parents)


def _first_of_each_path(elements: Iterable[Element]) -> tuple[Element, ...]:
    """A faulty form may use one path twice; a submission cannot."""
    found: dict[tuple[str, ...], Element] = {}
    for element in elements:
        found.setdefault(element.path, element)
    return tuple(found.values())


def _unique_names(elements: tuple[Element, ...], taken: set[str]) -> dict[str, str]:
    """Path → the name where no other element has it, the path where one does, and "/path" where that is taken too."""
    counts: dict[str, int] = {}
    for element in elements:
        counts[element.name] = counts.get(element.name, 0) + 1
    names = {}
    for element in elements:
        path = "/".join(element.path)
        name = element.name if counts[element.name] == 1 else path
        names[path] = f"/{path}" if name in taken else name
    return names

"""What the rules ask about a form, worked out once for all of them, so that a check grows with the form and not faster."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from liuwen.check.columns import EXPRESSION_COLUMNS, is_expression
from liuwen.form.expressions import Expression, ExpressionError, Named, Path, references, try_parse, walk
from liuwen.form.headers import Header
from liuwen.form.model import ChoiceList, Element, Form
from liuwen.form.sheets import Place
from liuwen.form.types import TypeCell, read_type


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds an expression: its place, the element it belongs to (None on other sheets), and its tree or its fault."""

    text: str
    column: str
    place: Place
    element: Element | None
    outcome: Expression | ExpressionError

    @property
    def tree(self) -> Expression | None:
        """The expression's tree, or None where the text is no expression."""
        return None if isinstance(self.outcome, ExpressionError) else self.outcome

    @property
    def parts(self) -> Iterator[Expression]:
        """The expression and everything inside it; nothing where the text is no expression."""
        return iter(()) if isinstance(self.outcome, ExpressionError) else walk(self.outcome)


@dataclass(frozen=True, slots=True)
class Cell:
    """A translated cell: its text, column, language and place."""

    text: str
    column: str
    language: str
    place: Place


@dataclass(frozen=True)
class Facts:
    """A form, and what is known of it."""

    form: Form

    # -- places ---------------------------------------------------------------------------------------------------

    @cached_property
    def _written(self) -> Mapping[tuple[str, Header], str]:
        written: dict[tuple[str, Header], str] = {}
        for name in ("survey", "choices", "external_choices", "settings", "entities"):
            sheet = self.form.sheet(name)
            for means, header in zip(self.form.headers(name), sheet.header if sheet else (), strict=True):
                written.setdefault((name, means), header)
        return written

    @cached_property
    def _sheet_names(self) -> Mapping[str, str]:
        names = ("survey", "choices", "external_choices", "settings", "entities")
        found = {name: self.form.sheet(name) for name in names}
        return {name: sheet.name for name, sheet in found.items() if sheet}

    def header(self, sheet: str, column: str, language: str = "") -> str:
        """The header of a standard column as it is written, or the standard name where the form has no such column."""
        return self._written.get((sheet, Header(column, language)), column)

    def place(self, sheet: str, row: int | None = None, column: str | None = None, language: str = "") -> Place:
        """A place by standard names, as the form writes them."""
        header = self.header(sheet, column, language) if column is not None else None
        return Place(self._sheet_names.get(sheet, sheet), row, header)

    def at(self, element: Element, column: str | None = None, language: str = "") -> Place:
        """The cell of an element; a translated column without a language is that of the first language written."""
        return self.place("survey", element.row, column, language or self._first_language(element, column))

    def _first_language(self, element: Element, column: str | None) -> str:
        wording = element.wordings.get(column or "")
        return next(iter(wording.texts), "") if wording else ""

    def rows(self, sheet: str) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Every row of a sheet that holds anything: its number, and its cells by standard column (translations: the first)."""
        held = self.form.sheet(sheet)
        headers = self.form.headers(sheet)
        for number, row in enumerate(held.rows if held else (), start=2):
            cells: dict[str, str] = {}
            for header, cell in zip(headers, row, strict=True):
                if cell.strip():
                    cells.setdefault(header.column, cell.strip())
            if cells:
                yield number, cells

    @cached_property
    def types(self) -> tuple[tuple[int, str, TypeCell], ...]:
        """The row, text and meaning of every type cell of the survey, disabled rows left out."""
        written = ((row, cells) for row, cells in self.rows("survey") if not is_yes(cells.get("disabled", "")))
        return tuple((row, cells["type"], read_type(cells["type"])) for row, cells in written if cells.get("type"))

    @cached_property
    def brackets(self) -> tuple[tuple[int, str, bool, str], ...]:
        """Every row that begins or ends a group, repeat or loop: its row, its kind, whether it begins, and its name."""
        names = {row: cells.get("name", "") for row, cells in self.rows("survey")}
        edges = ((row, *means.type.partition(" ")) for row, _, means in self.types if means.type.startswith(("begin ", "end ")))
        return tuple((row, kind, edge == "begin", names[row]) for row, edge, _, kind in edges)

    # -- elements -------------------------------------------------------------------------------------------------

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element but the rows that are marked as disabled."""
        return tuple(element for element in self.form.elements if not is_yes(element.cell("disabled")))

    @cached_property
    def questions(self) -> tuple[Element, ...]:
        """Every question, calculations and metadata included."""
        return tuple(element for element in self.elements if element.kind == "question")

    @cached_property
    def asked(self) -> tuple[Element, ...]:
        """What a person is shown and may answer: notes left out."""
        return tuple(element for element in self.questions if element.is_asked and element.type != "note")

    @cached_property
    def named(self) -> Mapping[str, Sequence[Element]]:
        """The elements of each name."""
        named: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            if element.name:
                named[element.name].append(element)
        return dict(named)

    def the(self, name: str) -> Element | None:
        """The only element of this name; None where there is none, or several."""
        found = self.named.get(name, ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def generated(self) -> frozenset[str]:
        """Names that the conversion adds: `crop_other` beside a select with `or_other`, `instanceID`, …"""
        others = {f"{element.name}_other" for element in self.elements if element.or_other}
        counts = {f"{element.name}_count" for element in self.elements if element.kind == "repeat"}
        return frozenset({"instanceID", "instanceName", *others, *counts})

    @cached_property
    def children(self) -> Mapping[int, Sequence[Element]]:
        """Row of a group or repeat → the elements directly in it."""
        inside: defaultdict[int, list[Element]] = defaultdict(list)
        for element in self.elements:
            if element.parents:
                inside[element.parents[-1].row].append(element)
        return dict(inside)

    @cached_property
    def position(self) -> Mapping[int, int]:
        """Row → which element of the form it is, counted from 0."""
        return {element.row: index for index, element in enumerate(self.elements)}

    # -- expressions ----------------------------------------------------------------------------------------------

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every cell that holds an expression, in order."""
        return (*self._survey_formulas(), *self._other_formulas())

    def _survey_formulas(self) -> Iterator[Formula]:
        for element in self.elements:
            for column, text in element.cells.items():
                if column in EXPRESSION_COLUMNS and is_expression(column, text):
                    yield Formula(text, column, self.at(element, column), element, try_parse(text))

    def _other_formulas(self) -> Iterator[Formula]:
        instance_name = self.form.settings.get("instance_name", "")
        if instance_name:
            place = self.place("settings", 2, "instance_name")
            yield Formula(instance_name, "instance_name", place, None, try_parse(instance_name))
        for row, cells in enumerate(self.form.entities, start=2):
            for column in ("label", "entity_id", "create_if", "update_if"):
                text = cells.get(column, "")
                if text:
                    yield Formula(text, column, self.place("entities", row, column), None, try_parse(text))

    @cached_property
    def formula_of(self) -> Mapping[tuple[int, str], Formula]:
        """(row, column) → the expression in that cell of the survey."""
        return {(formula.element.row, formula.column): formula for formula in self.formulas if formula.element}

    # -- wordings -------------------------------------------------------------------------------------------------

    @cached_property
    def survey_texts(self) -> tuple[tuple[Element, Cell], ...]:
        """Every translated cell of the survey, with its element."""
        return tuple(
            (element, Cell(text, column, language, self.place("survey", element.row, column, language)))
            for element in self.elements
            for column, wording in element.wordings.items()
            for language, text in wording.texts.items()
        )

    # -- choices --------------------------------------------------------------------------------------------------

    @cached_property
    def users(self) -> Mapping[str, Sequence[Element]]:
        """Choice list → the questions that draw from it."""
        users: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            if element.list_name and not element.from_file:
                users[element.list_name].append(element)
        return dict(users)

    def choices_of(self, element: Element) -> ChoiceList | None:
        """The list that the form itself holds for a select; None for lists from files, from repeats or missing."""
        return None if element.from_file else self.form.choices_of(element)

    @cached_property
    def values(self) -> Mapping[str, frozenset[str]]:
        """Choice list → its stored values."""
        return {name: frozenset(choices.names) for name, choices in self.form.choice_lists.items()}

    @cached_property
    def filter_columns(self) -> frozenset[str]:
        """Every bare word in a choice filter or a list lookup: the columns of the choices sheet that are made use of."""
        return frozenset(
            step.name
            for formula in self.formulas
            for part in formula.parts
            if isinstance(part, Path)
            for step in part.steps
            if step.axis == "child"
        )

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every name that some expression or wording mentions."""
        in_formulas = (part.name for formula in self.formulas for part in formula.parts if isinstance(part, Named))
        in_texts = (found.name for _, cell in self.survey_texts for found in references(cell.text))
        return frozenset([*in_formulas, *in_texts])


def is_yes(text: str) -> bool:
    """Whether a cell says yes, as XLSForm allows it to be said."""
    return text.strip().lower() in {"yes", "true", "true()"}

"""Where everything in a form stands, and which element holds which: the part of the facts that needs no expression read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from liuwen.form.elements import Element, Wording
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.form.types import TypeCell, read_type


@dataclass(frozen=True, slots=True)
class Cell:
    """A translated cell: its text, column, language and place."""

    text: str
    column: str
    language: str
    place: Place


@dataclass(frozen=True)
class Layout:
    """A form, and where its parts stand."""

    form: Form

    # -- places ---------------------------------------------------------------------------------------------------

    @cached_property
    def _written(self) -> Mapping[tuple[str, str, str], str]:
        """(sheet, standard column, language) → the header as it is written."""
        written: dict[tuple[str, str, str], str] = {}
        for name in ("survey", "choices", "external_choices", "settings", "entities"):
            sheet = self.form.sheet(name)
            for means, header in zip(self.form.headers(name), sheet.header if sheet else (), strict=True):
                written.setdefault((name, means.column, means.language), header)
        return written

    @cached_property
    def _sheet_names(self) -> Mapping[str, str]:
        names = ("survey", "choices", "external_choices", "settings", "entities")
        found = {name: self.form.sheet(name) for name in names}
        return {name: sheet.name for name, sheet in found.items() if sheet}

    def header(self, sheet: str, column: str, language: str = "") -> str:
        """The header of a standard column as it is written, or the standard name where the form has no such column."""
        written = self._written.get((sheet, column, language))
        return written or (self._first_written.get((sheet, column)) if not language else None) or column

    @cached_property
    def _first_written(self) -> Mapping[tuple[str, str], str]:
        """(sheet, column) → the header of the first language it is written in."""
        first: dict[tuple[str, str], str] = {}
        for (sheet, column, _), written in self._written.items():
            first.setdefault((sheet, column), written)
        return first

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

    def rows(self, sheet: str) -> Sequence[tuple[int, Mapping[str, str]]]:
        """Every row of a sheet that holds anything: its number, and its cells by standard column (translations: the first)."""
        return self._rows[sheet]

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[tuple[int, Mapping[str, str]]]]:
        return {sheet: tuple(self._read_rows(sheet)) for sheet in ("survey", "choices", "settings")}

    def _read_rows(self, sheet: str) -> Iterator[tuple[int, Mapping[str, str]]]:
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

    @cached_property
    def _by_row(self) -> Mapping[int, Element]:
        return {element.row: element for element in self.elements}

    def form_element(self, row: int) -> Element:
        """The element in a row."""
        return self._by_row[row]

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

    def wordings(self, sheet: str, column: str) -> Iterator[tuple[int, Wording]]:
        """The row and the text, in its languages, of every filled cell of a translated column."""
        if sheet == "survey":
            yield from ((element.row, element.wordings[column]) for element in self.elements if column in element.wordings)
        else:
            for choices in self.form.choice_lists.values():
                yield from ((choice.row, choice.wordings[column]) for choice in choices if column in choice.wordings)


def is_yes(text: str) -> bool:
    """Whether a cell means yes, in any spelling that XLSForm allows."""
    return text.strip().lower() in {"yes", "true", "true()"}

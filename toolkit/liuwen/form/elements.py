"""The rows of a form: questions, groups and repeats, and choice lists.

They are kept as written: a form read from a file may have faults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from liuwen.form.headers import TRANSLATED, Header, named_language
from liuwen.form.sheets import Place, Sheet
from liuwen.form.types import SELECTS, UNASKED, read_type

Kind = Literal["question", "group", "repeat"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in several languages.

    Attributes:
        texts: Language → text. The language "" stands for a column without a language.
    """

    texts: Mapping[str, str]

    def in_language(self, language: str = "") -> str:
        """The text in one language.

        Args:
            language: A language as the column names it, or a code such as "zh".

        Returns:
            The text, or that of the first language that has one.
        """
        return self.texts.get(named_language(self.texts, language) or "") or next(iter(self.texts.values()), "")

    def __bool__(self) -> bool:
        return bool(self.texts)


@dataclass(frozen=True, slots=True, repr=False)
class Element:
    """One row of the survey sheet: a question, or the start of a group or repeat.

    Attributes:
        kind: "question", "group" or "repeat".
        type: The XLSForm type, such as "select_one".
        name: The name.
        row: The row in the workbook; the header is row 1.
        parents: The groups and repeats around it, from the outside in.
        list_name: The choice list of a select or rank.
        or_other: Whether the type ends in `or_other`.
        from_file: Whether the choices come from a file.
        cells: Untranslated cells by standard column: `relevant`, `constraint`, `calculation`, `appearance`, …
        wordings: Translated columns: `label`, `hint`, `constraint_message`, `image`, …
    """

    kind: Kind
    type: str
    name: str
    row: int
    parents: tuple["Element", ...]
    list_name: str | None = None
    or_other: bool = False
    from_file: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    def __repr__(self) -> str:
        kind = f"{self.type} {self.list_name}" if self.list_name else self.type
        return f"<Element {'/'.join(self.path)!r}: {kind}, row {self.row}>"

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the top of the form down to this one: `("difficulties", "needs")`."""
        return (*(parent.name for parent in self.parents), self.name)

    @property
    def repeats(self) -> tuple["Element", ...]:
        """The repeats around it, outermost first; a repeat does not contain itself."""
        return tuple(parent for parent in self.parents if parent.kind == "repeat")

    @property
    def is_select(self) -> bool:
        """Whether its answers come from a choice list."""
        return self.type in SELECTS

    @property
    def is_asked(self) -> bool:
        """Whether it is shown to a person (not a calculation, nor metadata from the device)."""
        return self.kind == "question" and self.type not in UNASKED

    def cell(self, column: str) -> str:
        """The content of an untranslated cell.

        Args:
            column: The standard name of the column.

        Returns:
            The text, "" if the cell is blank.
        """
        return self.cells.get(column, "")

    def wording(self, column: str, language: str = "") -> str:
        """The content of a translated cell.

        Args:
            column: The standard name of the column, such as "hint".
            language: A language or its code; by default the first one.

        Returns:
            The text in that language or else in the first one that has it; "" if there is none.
        """
        wording = self.wordings.get(column)
        return wording.in_language(language) if wording else ""

    def label(self, language: str = "") -> str:
        """The label.

        Args:
            language: A language or its code; by default the first one.

        Returns:
            The text in that language or else in the first one that has it; "" if there is none.
        """
        return self.wording("label", language)

    def place(self, column: str | None = None) -> Place:
        """The place in the workbook, for messages.

        Args:
            column: The header of the column, as it is written.

        Returns:
            The sheet, row and column.
        """
        return Place("survey", self.row, column)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the choices sheet.

    Attributes:
        name: The stored value.
        wordings: Translated columns: `label`, `image`, `audio`, …
        columns: Further columns that choice filters use, without blank cells.
        row: The row in the workbook.
    """

    name: str
    wordings: Mapping[str, Wording]
    columns: Mapping[str, str]
    row: int

    def label(self, language: str = "") -> str:
        """The label.

        Args:
            language: A language or its code; by default the first one.

        Returns:
            The text in that language or else in the first one that has it; the name if there is no label.
        """
        wording = self.wordings.get("label")
        return (wording.in_language(language) if wording else "") or self.name


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A choice list, in the order of the sheet.

    Attributes:
        name: The name of the list.
        choices: The choices, in order.
    """

    name: str
    choices: tuple[Choice, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The stored values, in order."""
        return tuple(choice.name for choice in self.choices)

    def labels(self, language: str = "") -> dict[str, str]:
        """The labels of all choices.

        Args:
            language: A language or its code; by default the first one.

        Returns:
            Stored value → label, in order.
        """
        return {choice.name: choice.label(language) for choice in self.choices}

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices)

    def __len__(self) -> int:
        return len(self.choices)


def _split(headers: tuple[Header, ...], row: tuple[str, ...]) -> tuple[dict[str, str], dict[str, Wording]]:
    """The untranslated cells of a row, and its translated cells as wordings; of duplicate columns the first counts."""
    cells: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for header, cell in zip(headers, row, strict=True):
        text = cell.strip()
        if not text or not header.column:
            continue
        if header.language or header.column in TRANSLATED:
            texts.setdefault(header.column, {}).setdefault(header.language, text)
        else:
            cells.setdefault(header.column, text)
    return cells, {column: Wording(MappingProxyType(by_language)) for column, by_language in texts.items()}


def read_elements(sheet: Sheet | None, headers: tuple[Header, ...]) -> Iterator[Element]:
    """All questions, groups and repeats of a survey sheet, in order."""
    open_elements: list[Element] = []
    for row_number, row in enumerate(sheet.rows if sheet else (), start=2):
        cells, wordings = _split(headers, row)
        written = cells.pop("type", "")
        if not written:
            continue
        means = read_type(written)
        if means.type.startswith("end "):
            if open_elements:
                open_elements.pop()
            continue
        opens = means.type.startswith("begin ")
        kind: Kind = "question" if not opens else "repeat" if means.type == "begin repeat" else "group"
        element = Element(
            kind=kind,
            type=means.type.removeprefix("begin "),
            name=cells.pop("name", ""),
            row=row_number,
            parents=tuple(open_elements),
            list_name=means.list_name,
            or_other=means.or_other,
            from_file=means.from_file,
            cells=MappingProxyType(cells),
            wordings=MappingProxyType(wordings),
        )
        yield element
        if opens:
            open_elements.append(element)


def read_choices(sheet: Sheet | None, headers: tuple[Header, ...]) -> Mapping[str, ChoiceList]:
    """The lists of a choices sheet, by name."""
    lists: dict[str, list[Choice]] = {}
    for row_number, row in enumerate(sheet.rows if sheet else (), start=2):
        cells, wordings = _split(headers, row)
        list_name = cells.pop("list_name", "")
        if list_name:
            choice = Choice(cells.pop("name", ""), MappingProxyType(wordings), MappingProxyType(cells), row_number)
            lists.setdefault(list_name, []).append(choice)
    return MappingProxyType({name: ChoiceList(name, tuple(choices)) for name, choices in lists.items()})

"""A form's sheets, cell by cell, as they stand in the workbook."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook something stands: the sheet, the row as the workbook counts it (header = 1), the column's header.

    >>> str(Place("survey", 7, "relevant"))
    'survey!7 relevant'
    """

    sheet: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        row = f"!{self.row}" if self.row is not None else ""
        return f"{self.sheet}{row} {self.column or ''}".strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its header cells and its rows, all as text, nothing trimmed or renamed.

    `rows[i]` is row `i + 2` of the workbook. Blank cells are "", every row is as long as the header, and blank rows
    and columns at the end are left off; a row longer than the header lengthens it with "".

    >>> sheet = Sheet.of("survey", ["type", "name"], [["text", "village"], []])
    >>> sheet.rows
    (('text', 'village'),)
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = field(default=(), compare=False)
    """Ranges of merged cells, as a workbook writes them ("A2:B2"); not kept on writing."""
    formulas: tuple[str, ...] = field(default=(), compare=False)
    """Cells that held a formula ("C4"); their last value stands in `rows`."""

    @classmethod
    def of(
        cls,
        name: str,
        header: list[str],
        rows: list[list[str]],
        *,
        merged: tuple[str, ...] = (),
        formulas: tuple[str, ...] = (),
    ) -> "Sheet":
        """The sheet with ragged rows evened out and blank ends left off."""
        width = max((_filled_length(row) for row in [header, *rows]), default=0)
        blank = ("",) * width
        even = [tuple(row[:width]) + blank[len(row) :] if row else blank for row in [header, *rows]]
        while len(even) > 1 and not any(even[-1]):
            even.pop()
        return cls(name, even[0], tuple(even[1:]), merged, formulas)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return True  # a sheet with a header and no rows is there all the same


def _filled_length(row: list[str]) -> int:
    return next((length for length in range(len(row), 0, -1) if row[length - 1]), 0)

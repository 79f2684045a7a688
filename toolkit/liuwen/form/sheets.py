"""The sheets of a form, cell by cell, as in the workbook."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a workbook.

    Attributes:
        sheet: The sheet.
        row: The row as the workbook counts it; the header is row 1.
        column: The header of the column.

    Example:
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
    """One sheet as text, nothing trimmed or renamed.

    `rows[i]` is row `i + 2` of the workbook. Every row is as long as the header; blank rows and columns at the end are
    left out.

    Attributes:
        name: The name of the tab.
        header: The header cells.
        rows: The cells of each row; a blank cell is "".

    Example:
        >>> sheet = Sheet.of("survey", ["type", "name"], [["text", "village"], []])
        >>> sheet.rows
        (('text', 'village'),)
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = field(default=(), compare=False)
    """Ranges of merged cells ("A2:B2"); not written back."""
    formulas: tuple[str, ...] = field(default=(), compare=False)
    """Cells with a formula ("C4"); `rows` holds their last value."""

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
        """Make a sheet from rows of any length.

        Args:
            name: The name of the tab.
            header: The header cells.
            rows: The cells of each row.
            merged: Ranges of merged cells.
            formulas: Cells that hold a formula.

        Returns:
            The sheet: short rows are filled with "", blank rows and columns at the end are left out.
        """
        width = max((_filled_length(row) for row in [header, *rows]), default=0)
        blank = ("",) * width
        even = [tuple(row[:width]) + blank[len(row) :] if row else blank for row in [header, *rows]]
        while len(even) > 1 and not any(even[-1]):
            even.pop()
        return cls(name, even[0], tuple(even[1:]), merged, formulas)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return True  # a sheet with a header and no rows still exists


def _filled_length(row: list[str]) -> int:
    return next((length for length in range(len(row), 0, -1) if row[length - 1]), 0)

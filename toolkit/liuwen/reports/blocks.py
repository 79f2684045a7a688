"""The pieces that a report is made of, in one language: paragraphs and tables under headings."""

from dataclasses import dataclass

_LONGEST = 24
"""Letters in a line of a cell; longer texts are broken."""


def _length(text: str) -> int:
    """A Chinese character is as wide as two letters."""
    return sum(2 if ord(one) > 0x2E80 else 1 for one in text)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; `shades` colours its cells with figures between 0 and 1, and leaves the others white.

    Attributes:
        caption: What it shows, and of how many.
        columns: The headings.
        rows: The cells, as text.
        shades: A figure for each cell of each row, or None; empty for a table without colours.
        note: What the signs mean.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shades: tuple[tuple[float | None, ...], ...] = ()
    note: str = ""

    def widths(self) -> list[int]:
        """Columns as wide as their longest text asks for, within bounds, so that words and intervals stay in one piece.

        >>> ReportTable("", ("Place", "Need"), (("East", "Land taken, demolition"), ("湖滨村", "Road"))).widths()
        [8, 24]
        """
        return [min(max(map(_length, texts)), _LONGEST) + 2 for texts in zip(self.columns, *self.rows, strict=True)]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A heading with what stands under it."""

    heading: str
    blocks: tuple[str | ReportTable, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report in one language.

    Attributes:
        title: The title.
        lines: What stands under it: whose report, when.
        marked: "synthetic data", or "".
        sections: The sections.
    """

    title: str
    lines: tuple[str, ...]
    marked: str
    sections: tuple[ReportSection, ...]

"""The pieces that a report is made of, in one language: paragraphs and tables under headings."""

from dataclasses import dataclass


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

"""A table read by its colours: a village and its months, a month and its days. In print and in CSV it is a plain table."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from liuwen.campaign.months.pages import CellText, PageSection
from liuwen.charts.theme import PAPER, WITHHELD, WITHHELD_INK, colour, ink_on
from liuwen.messages import Sentence

TONES = {
    "few": (WITHHELD, WITHHELD_INK),
    "kept": ("#cadee9", "#000000"),
    "instead": ("#fbe3b5", "#000000"),
    "missed": ("#a61b1b", PAPER),
    "later": ("#f4f6f7", "#5b6770"),
}
"""What a cell says by its colour, beside a part of the scale."""
Tone = str | float
"""A name of `TONES`, "" for none, or a part (0 to 1) of the scale of shares."""


@dataclass(frozen=True)
class PageGrid(PageSection):
    """A section whose cells after the first column are coloured; `said` is what a cell says when it is pointed at."""

    tones: tuple[tuple[Tone, ...], ...] = ()
    said: tuple[tuple[CellText, ...], ...] = ()
    key: tuple[tuple[Tone, CellText, Sentence], ...] = ()
    """What colours mean: tone, what stands in such a cell, and the words."""
    dense: bool = False
    """Whether the cells are too many for their words on a phone."""


def grid_html(grid: PageGrid, say: Callable[[CellText], str]) -> str:
    """The table and its key as HTML; colours are in the cells, so that they show without the style sheet too."""
    head = "".join(f'<th scope="col">{say(column.heading)}</th>' for column in grid.columns)
    body = "".join(_row(grid, at, say) for at in range(len(grid.rows)))
    key = "".join(f"<span><i{_paint(tone)}>{say(text)}</i>{say(words)}</span>" for tone, text, words in grid.key)
    kind = "grid dense" if grid.dense else "grid"
    table = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="grid-frame" tabindex="0">{table}</div>' + (f'<p class="grid-key">{key}</p>' if key else "")


def grid_style() -> str:
    """The style sheet of grids."""
    return files("liuwen.campaign").joinpath("prints/grid.css").read_text(encoding="utf-8")


def _row(grid: PageGrid, at: int, say: Callable[[CellText], str]) -> str:
    first, *rest = grid.rows[at]
    cells = "".join(
        f"<td{_paint(tone)}{_title(say(words))}>{say(cell)}</td>"
        for cell, tone, words in zip(rest, grid.tones[at], grid.said[at], strict=True)
    )
    return f'<tr><th scope="row">{say(first)}</th>{cells}</tr>'


def _paint(tone: Tone) -> str:
    if tone == "":
        return ""
    paper, ink = TONES[tone] if isinstance(tone, str) else (colour(tone), ink_on(colour(tone)))
    return f' style="background-color:{paper}!important;color:{ink}"'


def _title(words: str) -> str:
    return f' title="{escape(words, quote=True)}"' if words else ""

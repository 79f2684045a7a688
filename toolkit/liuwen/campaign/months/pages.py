"""A page before it is printed: figures and tables in both languages, which HTML, PDF and CSV show alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from liuwen.campaign.days import date_of
from liuwen.messages import Language, Sentence

CellText = str | Sentence
Paper = Literal["a3", "a4"]


NOTHING = Sentence(zh="没有。", en="None.")


@dataclass(frozen=True)
class PageFigure:
    """One figure: its name, the figure, and the text below it."""

    label: Sentence
    value: str
    under: CellText = ""


@dataclass(frozen=True)
class PageColumn:
    """A column of a section: heading, share of the width, whether of numbers, whether it comes first on a phone."""

    heading: CellText
    width: float = 1.0
    number: bool = False
    main: bool = False


@dataclass(frozen=True)
class PageSection:
    """A table with its heading; `marked` are the numbers of rows to look at first, `empty` is the text shown without rows."""

    heading: Sentence
    columns: tuple[PageColumn, ...]
    rows: tuple[tuple[CellText, ...], ...]
    marked: frozenset[int] = frozenset()
    note: Sentence | None = None
    empty: Sentence = NOTHING
    counted: bool = True
    """Whether the number of rows is shown next to the heading."""


@dataclass(frozen=True)
class TownPage:
    """One page: who issues it, what it is of, when it was known, its figures and its tables."""

    id: str
    title: Sentence
    issuer: Sentence
    dateline: Sentence
    sections: tuple[PageSection, ...]
    figures: tuple[PageFigure, ...] = ()
    said: tuple[Sentence, ...] = ()
    """Sentences under the tables."""
    paper: Paper = "a4"
    landscape: bool = False
    synthetic: bool = False
    known: int = 0


@dataclass(frozen=True)
class PageWords:
    """How a programme calls people, places, classes and tiers, for the cells of a page."""

    people: Mapping[str, str] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)
    classes: Mapping[str, Sentence]
    tiers: Mapping[str, Sentence]
    offices: Mapping[str, Sentence]
    """For each tier the names of the ranks that answer there."""
    ranks: Mapping[str, Sentence] = field(default_factory=dict)
    year: int | None = None
    """The year of the list: its days are written without it."""

    def person(self, code: str) -> str:
        """An official's name."""
        return self.people.get(code, code)

    def place(self, code: str) -> str:
        """A place's name."""
        return self.places.get(code, code)

    def topic(self, id: str) -> CellText:
        """A class's name; a matter that has none yet says so."""
        return self.classes.get(id, NOT_SORTED)

    def rank(self, id: str) -> Sentence:
        """A rank's name."""
        return self.ranks.get(id, Sentence(zh=id, en=id))

    def tier(self, id: str) -> CellText:
        """A tier's name."""
        return self.tiers.get(id, id)


NOT_SORTED = Sentence(zh="待归类", en="not sorted yet")
SYNTHETIC = Sentence(zh="合成数据：不是任何真实的人和事", en="Synthetic data: no real person, no real matter")


WEEKDAYS = {
    "monday": Sentence(zh="星期一", en="Monday"),
    "tuesday": Sentence(zh="星期二", en="Tuesday"),
    "wednesday": Sentence(zh="星期三", en="Wednesday"),
    "thursday": Sentence(zh="星期四", en="Thursday"),
    "friday": Sentence(zh="星期五", en="Friday"),
    "saturday": Sentence(zh="星期六", en="Saturday"),
    "sunday": Sentence(zh="星期日", en="Sunday"),
}
"""The days of the week as a programme writes them, in their order."""


def in_words(cell: CellText, language: Language) -> str:
    """A cell as it is read."""
    return cell.in_language(language) if isinstance(cell, Sentence) else cell


def signed(change: int) -> str:
    """A change with its sign, or "0" if nothing changed.

    >>> signed(3), signed(-1), signed(0)
    ('+3', '-1', '0')
    """
    return f"{change:+d}" if change else "0"


def day_words(number: int, year: int | None = None) -> Sentence:
    """A day as one says it: 7月30日, with the year where it is another than `year`.

    >>> day_words(20664, 2026).zh, day_words(20664).en
    ('7月30日', '30 Jul 2026')
    """
    day = date_of(number)
    short = day.year == year
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    english = f"{day.day} {months[day.month - 1]}" + ("" if short else f" {day.year}")
    return Sentence(zh=("" if short else f"{day.year}年") + f"{day.month}月{day.day}日", en=english)


def month_words(month: str) -> Sentence:
    """A month as one says it: 2026年7月, July 2026."""
    first = date.fromisoformat(f"{month}-01")
    names = "January February March April May June July August September October November December".split()
    return Sentence(zh=f"{first.year}年{first.month}月", en=f"{names[first.month - 1]} {first.year}")


def dateline_of(month: str, on: int, known: int) -> Sentence:
    """What every page says of its two days."""
    return DATELINE.filled(month=month_words(month), on=day_words(on), known=day_words(known))


DATELINE = Sentence(
    zh="{month}清单 · 情况截至{on} · 含{known}前收到的全部登记",
    en="List of {month} · as of {on} · with all that had been received by {known}",
)

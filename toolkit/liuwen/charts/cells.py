"""The text and tooltip of each cell: its percent, or as much as may be published of a withheld figure."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from liuwen.charts.units import SHORT, UNITS
from liuwen.messages import Language, Sentence

FEW = Sentence(zh="<{minimum}{unit}", en="<{minimum}{unit}")
OF_ASKED = Sentence(
    zh="{wanting} / {asked} {unit}，{share:.0f}%（{low:.0f}–{high:.0f}%）",
    en="{wanting} of {asked} {unit}, {share:.0f} % ({low:.0f}–{high:.0f} %)",
)
REASONS = {
    "few": Sentence(zh="这样答的不足 {minimum} {unit}", en="fewer than {minimum} {unit} gave this answer"),
    "nearly all": Sentence(zh="没有这样答的不足 {minimum} {unit}", en="fewer than {minimum} {unit} did not give this answer"),
    "protected": Sentence(
        zh="不显示：会让别的数字被推算出来",
        en="withheld: another figure could be computed from it",
    ),
    "small group": Sentence(
        zh="不显示：户数太少，或会让这样的地点被推算出来",
        en="withheld: too few households, or such a place could be computed from it",
    ),
}


def cell_words(
    table: pd.DataFrame, minimum: int, language: Language, compact: bool = False, counted: str = "households"
) -> "pd.Series[str]":
    """What stands in each cell: "45" (percent), "<5 hh" (fewer than `minimum`), ">80" (all but as few), "·" (withheld)."""
    few = f"<{minimum}" if compact else FEW.filled(minimum=minimum, unit=SHORT[counted]).in_language(language)
    words = [
        "–" if asked == 0 else few if reason == "few" else _above(asked, minimum) if reason == "nearly all" else _percent(share)
        for asked, share, reason in records(table, ["asked", "share", "reason"])
    ]
    return pd.Series(words, index=table.index, dtype="string")


def records(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as plain values, with None for what is missing."""
    return zip(*(_plain(table[column]) for column in columns), strict=True)


def _plain(values: pd.Series) -> list[Any]:
    return [None if missing else value for value, missing in zip(values.tolist(), values.isna().tolist(), strict=True)]


def _above(asked: int | None, minimum: int) -> str:
    return ">" if asked is None else f">{100 * (asked - minimum) // asked}"


def _percent(share: float | None) -> str:
    return "·" if share is None else str(round(share * 100))


def cell_meanings(table: pd.DataFrame, minimum: int, language: Language, counted: str = "households") -> "pd.Series[str]":
    """The tooltip of each cell: counts, share and interval, or why the figure is withheld."""
    why = {reason: words.filled(minimum=minimum, unit=UNITS[counted]).in_language(language) for reason, words in REASONS.items()}
    told, unit = OF_ASKED.in_language(language), UNITS[counted].in_language(language)
    said = [
        why.get(reason, "")
        if share is None
        else told.format(wanting=wanting, asked=asked, unit=unit, share=share * 100, low=low * 100, high=high * 100)
        for wanting, asked, share, low, high, reason in records(table, ["wanting", "asked", "share", "low", "high", "reason"])
    ]
    return pd.Series(said, index=table.index, dtype=object)

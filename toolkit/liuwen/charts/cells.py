"""The text and tooltip of each cell: its percent, or as much as may be published of a withheld figure."""

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
    asked = table["asked"].astype("Float64")
    nearly_all = ">" + (100 * (asked - minimum) // asked).astype("Int64").astype("string").fillna("")
    percent = (table["share"] * 100).round().astype("Int64").astype("string").fillna("·")
    words = percent.mask(table["reason"] == "few", few).mask(table["reason"] == "nearly all", nearly_all)
    return words.mask((table["asked"] == 0).fillna(False), "–")


def cell_meanings(table: pd.DataFrame, minimum: int, language: Language, counted: str = "households") -> "pd.Series[str]":
    """The tooltip of each cell: counts, share and interval, or why the figure is withheld."""
    shown = table["share"].notna()
    figures = table.loc[shown, ["wanting", "asked", "share", "low", "high"]]
    figures[["share", "low", "high"]] *= 100
    why = {reason: words.filled(minimum=minimum, unit=UNITS[counted]).in_language(language) for reason, words in REASONS.items()}
    said = table["reason"].map(why).astype(object)
    said[shown] = [
        OF_ASKED.filled(unit=UNITS[counted], **{str(name): figure for name, figure in row.items()}).in_language(language)
        for row in figures.to_dict("records")
    ]
    return said.fillna("")

"""The page of the burden: households visited too often or asked the same again, and the minutes and forms of a visit."""

from collections.abc import Mapping

import pandas as pd

from liuwen.campaign.burden import TownBurden
from liuwen.campaign.cells import records
from liuwen.campaign.months.pages import (
    CellText,
    PageColumn,
    PageFigure,
    PageSection,
    PageWords,
    TownPage,
    day_words,
    month_words,
)
from liuwen.messages import Sentence

BURDEN = Sentence(zh="{month}不增加负担", en="No added burden, {month}")
BURDEN_LINE = Sentence(zh="截至{on} · 只存办公室，请勿张贴", en="As of {on} · kept at the desk: do not hang it up")
HOUSEHOLDS = Sentence(zh="走访过密或者问过两遍的户", en="Households visited too often or asked twice")
HOUSEHOLDS_NOTE = Sentence(
    zh="短的二访问卷只问变化，不算问过两遍。以后的走访计划会避开走访过密的户，除非这户在等答复、约了改天，或者过节该去。",
    en="The short form of a second visit asks only what changed and is not asking twice. Plans leave out who was visited too "
    "often, unless the household waits for an answer, asked for another day, or is due a festival visit.",
)
NOBODY_RANKED = Sentence(zh="用时和份数是全镇的，不分到人。", en="Minutes and forms are of the whole town, never of one person.")
FIGURES = {
    "minutes_a_visit": Sentence(zh="一次走访填表（分钟，中位数）", en="minutes of typing a visit (median)"),
    "forms_a_visit": Sentence(zh="一次走访填几份", en="forms a visit"),
    "doubles": Sentence(zh="重复填的份数", en="forms entered twice"),
}
HEADINGS = {
    "village": Sentence(zh="村", en="village"),
    "household": Sentence(zh="户号", en="household"),
    "visits_180_days": Sentence(zh="180 天内走访", en="visits in 180 days"),
    "at_most": Sentence(zh="上限", en="at most"),
    "asked_again": Sentence(zh="没到时间又问（次）", en="asked again too soon"),
}
NO_FIGURE = "·"


def burden_page(
    burden: TownBurden, month: str, words: PageWords, *, issuer: Sentence, synthetic: bool, known: int | None = None
) -> TownPage:
    """The burden up to a day, for the desk: households by village and code, and figures of the whole town."""
    table = burden.households.sort_values(["village", "household"])
    rows = tuple(tuple(_cell(name, row, words) for name in HEADINGS) for row in records(table))
    columns = tuple(PageColumn(said, 1.0, at > 1, at == 1) for at, said in enumerate(HEADINGS.values()))
    marked = frozenset(at for at, over in enumerate(table["over"]) if over)
    officers = burden.officers.set_index("figure")
    return TownPage(
        id=f"burden-{month}",
        title=BURDEN.filled(month=month_words(month)),
        issuer=issuer,
        dateline=BURDEN_LINE.filled(on=day_words(burden.on)),
        sections=(PageSection(HOUSEHOLDS, columns, rows, marked, note=HOUSEHOLDS_NOTE),),
        figures=tuple(PageFigure(said, _figure(name, officers)) for name, said in FIGURES.items()),
        said=(NOBODY_RANKED,),
        synthetic=synthetic,
        known=burden.on if known is None else known,
    )


def _cell(name: str, row: Mapping[str, object], words: PageWords) -> CellText:
    if name == "village":
        return words.place(str(row[name]))
    value = row[name]
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:g}"
    return str(value)


def _figure(name: str, officers: pd.DataFrame) -> str:
    value = float(officers["numerator" if name == "doubles" else "value"].to_dict()[name])
    return NO_FIGURE if pd.isna(value) else f"{value:.3g}"

"""The rates of a ledger on a page; people are counted in steps, so that no count of few and no difference tells of one."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.boards import BATCH
from liuwen.campaign.cells import records
from liuwen.campaign.months.pages import CellText, PageColumn, PageSection
from liuwen.messages import Sentence

RATES = Sentence(zh="三率", en="The rates")
RATES_NOTE = Sentence(
    zh="“说明原因”单列，不算“办结”。人次以 {batch} 为单位，比例和区间按这样的人次算；不足的不显示。",
    en=(
        "“Explained” is its own rate and never counts as solved. People are counted in steps of {batch}, and their shares and "
        "intervals are of such counts; fewer are not shown."
    ),
)
RATE_NAMES = {
    "answered": Sentence(zh="反馈率（已反馈人次 / 应反馈人次）", en="answered (applicants answered / to be answered)"),
    "solved": Sentence(
        zh="办结率（办结销号 / 登记，不含并入、撤回和转办）",
        en="solved (struck off as done / entered, less merged, withdrawn, passed on)",
    ),
    "explained": Sentence(zh="说明原因率", en="explained"),
    "satisfied": Sentence(zh="满意率（满意人次 / 问到人次）", en="satisfied (satisfied / asked)"),
}
OF_PEOPLE = ("answered", "satisfied")
HEADINGS = {
    "rate": Sentence(zh="指标", en="rate"),
    "share": Sentence(zh="比例", en="share"),
    "base": Sentence(zh="分子 / 分母", en="of how many"),
    "interval": Sentence(zh="95% 区间", en="95 % interval"),
}
ABOUT = Sentence(zh="约 {share}", en="about {share}")
HIDDEN = Sentence(zh="不显示", en="not shown")
FEW = Sentence(zh="不足 {batch}", en="fewer than {batch}")


def rates_section(table: pd.DataFrame) -> PageSection:
    """The section of the rates, from the rows of `rates_table`."""
    rows = tuple(_rate(row) for row in records(table))
    columns = tuple(PageColumn(said, 3.5 if name == "rate" else 1.2, name != "rate") for name, said in HEADINGS.items())
    return PageSection(RATES, columns, rows, note=RATES_NOTE.filled(batch=BATCH), counted=False)


def people_in_steps(base: int, part: int) -> tuple[int, int] | None:
    """A count of people and its base, each rounded down to a step; None if either side of it is small.

    >>> people_in_steps(23, 12), people_in_steps(23, 20), people_in_steps(4, 4)
    ((20, 10), None, None)
    """
    from liuwen.analysis.disclosure import protect
    from liuwen.analysis.states import Shown

    said = protect(np.array([base]), np.array([[part]]), minimum=BATCH)
    if said.groups[0] != Shown.YES or said.cells[0, 0] != Shown.YES:
        return None
    return base // BATCH * BATCH, part // BATCH * BATCH


def _rate(row: Mapping[str, Any]) -> tuple[CellText, ...]:
    """The cells of a rate."""
    name = RATE_NAMES[row["rate"]]
    base, part = int(row["base"]), int(row["numerator"])
    if not base:
        return (name, "–", "0 / 0", "")
    if row["rate"] in OF_PEOPLE:
        return _rate_of_people(name, base, part)
    return (name, f"{part / base:.0%}", f"{part} / {base}", _interval(row["low"], row["high"]))


def _rate_of_people(name: Sentence, base: int, part: int) -> tuple[CellText, ...]:
    """Shown where neither side of it is small; share and interval are of counts in steps, or they would tell the counts."""
    from liuwen.analysis.intervals import wilson_interval

    said = people_in_steps(base, part)
    if said is None:
        return (name, HIDDEN, FEW.filled(batch=BATCH), "")
    base, part = said
    low, high = wilson_interval(np.array([part]), np.array([base]))
    share = ABOUT.filled(share=f"{part / base:.0%}")
    return (name, share, f"{part}+ / {base}+", _interval(low[0], high[0]))


def _interval(low: float, high: float) -> str:
    return f"{low:.0%} – {high:.0%}"

"""A matter's story in words, in both languages."""

import pandas as pd
import pytest

import liuwen as lw
from liuwen.messages import Sentence

REGISTERS = {
    "posts": pd.DataFrame({"person": ["P", "T", "D"], "rank": ["staff", "town_office", "desk"], "place": ["V", "", ""]}),
    "people": pd.DataFrame({"person": ["P"], "label": ["李卫国"]}),
}
BLANK = {"household": "H1", "note": "n", "reason": "r", "title": "修路", "village": "V", "of": "", "deadline": ""}


def story(*steps: str, matter: str = "M", on: str = "2026-06-20") -> Sentence:
    """Of steps "matter step day by", with more as `column=value`; H1 and H2 are the applicants, and P is in the village."""
    rows = []
    for number, step in enumerate(steps):
        at, name, day, by, *more = step.split()
        said = {"matter": at, "step": name, "on": f"2026-{day}", "known": f"2026-{day}", "by": by, "event": f"e{number}"}
        rows.append({**BLANK, **said, **dict(part.split("=") for part in more)})
    frame = pd.DataFrame(rows)
    return lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": frame}).explain(matter, on=on)


def test_every_step_has_its_line_and_the_end_says_where_it_stands() -> None:
    """With the names of people, codes where there is no name, and "unnamed" where there is neither."""
    told = story("M raise 06-01 P", "M apply 06-02 P", "M accept 06-03 T deadline=2026-07-10")
    assert told.en.splitlines() == [
        "M (V): 修路",
        "2026-06-01, 李卫国: entered: n",
        "2026-06-02, 李卫国: applied to the next tier: n",
        "2026-06-03, T: accepted: n",
        "On 2026-06-20: open. Due 2026-07-10. Responsible: 李卫国. The promise was not kept.",
    ]
    assert told.zh.splitlines() == [
        "M（V）：修路",
        "2026-06-01，李卫国：登记：n",
        "2026-06-02，李卫国：向上一级申请：n",
        "2026-06-03，T：受理：n",
        "2026-06-20 的情况：办理中。时限 2026-07-10。责任人 李卫国。没有如期。",
    ]


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        (["M raise 06-01 P"], "open. Due 2026-06-16, days overdue: 4. Responsible: 李卫国. The promise was not kept."),
        (["M raise 06-10 P"], "open. Due 2026-06-25. Responsible: 李卫国."),
        (["M raise 06-10 P", "M apply 06-12 P"], "waiting for the next tier. Due 2026-06-25. Responsible: 李卫国."),
        (
            ["M raise 06-10 P household=H1,H2", "M done 06-12 P"],
            "done, answers still owed. Responsible: 李卫国. Households still to be answered: 2.",
        ),
        (
            ["M raise 06-10 P household=H1,H2", "M explain 06-12 P", "M answer 06-13 P household=H2"],
            "explained, answers still owed. Responsible: 李卫国. Households still to be answered: 1.",
        ),
        (["M raise 06-10 P", "M done 06-12 P", "M answer 06-13 P"], "struck off."),
        (
            ["M raise 06-01 P", "M done 06-17 P", "M answer 06-18 P"],
            "struck off. The promise was not kept.",
        ),
        (["M raise 06-10 P", "M withdraw 06-12 P"], "withdrawn."),
        (["N raise 06-10 P", "M raise 06-10 P", "M duplicate 06-12 P of=N"], "merged into N."),
        (["M settle 06-10 P"], "settled on the spot."),
        (["M note 06-10 P"], "the matter has not been entered."),
    ],
)
def test_the_current_state_is_explained(steps: list[str], stands: str) -> None:
    """In every state, with what is still open of it and nothing else."""
    assert story(*steps).en.splitlines()[-1] == f"On 2026-06-20: {stands}"


def test_refused_and_late_steps_give_their_reason() -> None:
    """A step reported eight days later takes effect on the day it was received."""
    told = story("M raise 06-01 P", "M note 06-02 D", "M note 06-03 P known=2026-06-11")
    assert told.en.splitlines()[2:4] == [
        "2026-06-02, D: progress noted: n. Not taken: Whoever took the step was not responsible or handler then. "
        "Let somebody who may take it, or correct the register of posts.",
        "2026-06-11, 李卫国: progress noted (dated 2026-06-03, received 2026-06-11, reported late): n",
    ]
    assert told.zh.splitlines()[2:4] == [
        "2026-06-02，D：注明办理情况：n。没有采纳：做这一步的人当时不是责任人、经办人。请由能做的人来做，或更正职务登记。",
        "2026-06-11，李卫国：注明办理情况（所记日期 2026-06-03，2026-06-11 收到，补报）：n",
    ]


def test_applicants_are_counted_and_never_named() -> None:
    """In no line of either language."""
    told = story("M raise 06-10 P household=H71,H72", "M done 06-12 P", "M answer 06-13 P household=H71")
    assert "H71" not in told.zh + told.en and "H72" not in told.zh + told.en


def test_a_matter_that_nobody_knows_is_a_clear_error() -> None:
    """Its code is named."""
    with pytest.raises(lw.errors.LiuwenError, match="M9"):
        story("M raise 06-10 P", matter="M9")

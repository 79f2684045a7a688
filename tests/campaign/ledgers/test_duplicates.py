"""Matters that may be the same are proposed to the desk: of one village, class and month, alike enough, struck off or not."""

import pandas as pd
import pytest

import liuwen as lw

SAME = {"village": "V1", "class": "difficulty", "on": "2026-06-05", "title": "村东水井没有水了"}


def proposed(other: dict[str, str], *more: dict[str, str]) -> list[list[str]]:
    """The pairs among a matter A and another, B."""
    rows = [{**SAME, "matter": "A"}, {**SAME, "matter": "B", "on": "2026-06-09", **other}]
    raised = pd.DataFrame(rows).assign(step="raise", household="H1")
    steps = pd.concat([raised, pd.DataFrame(more)], ignore_index=True).fillna("")
    campaign = lw.read_campaign("hubin", 2026, events={"matters": steps})
    return campaign.proposed_duplicates(on="2026-07-30")[["matter", "of"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, True),
        ({"village": "V2"}, False),
        ({"class": "suggestion"}, False),
        ({"on": "2026-07-05"}, False),
        ({"title": "村东水井没有水"}, True),
        ({"title": "村东水井坏了"}, False),
        ({"title": "路灯不亮"}, False),
    ],
)
def test_they_share_village_class_and_month_and_half_of_their_words(other: dict[str, str], found: bool) -> None:
    """村东水井没有水 shares 5 of 6 runs of three signs; 村东水井坏了 shares 2 of 8."""
    assert proposed(other) == ([["B", "A"]] if found else [])


def test_one_that_is_struck_off_is_proposed_too() -> None:
    """Who asks again about a matter that was closed is not told that there is none."""
    ended = [
        {"matter": "A", "step": "done", "on": "2026-06-07", "note": "n"},
        {"matter": "A", "step": "answer", "on": "2026-06-08", "household": "H1"},
    ]
    assert proposed({}, *ended) == [["B", "A"]]


def test_nothing_is_merged_by_a_proposal() -> None:
    """Both stay rows of the ledger; the words beside the title count too."""
    rows = pd.DataFrame([{**SAME, "matter": name} for name in "AB"]).assign(
        step="raise", words=["南边", "北边的井，已经三年了，天天挑水"]
    )
    campaign = lw.read_campaign("hubin", 2026, events={"matters": rows})
    assert not len(campaign.proposed_duplicates(on="2026-07-30"))
    assert campaign.ledger(on="2026-07-30").table["state"].tolist() == ["open", "open"]

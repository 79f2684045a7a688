"""The list on the phones: the fold and nothing else, with nobody's name in it."""

from collections.abc import Callable

import pandas as pd

import liuwen as lw
from liuwen.campaign.phone_list import PROPERTIES, phone_list, write_phone_list

Make = Callable[..., bytes]


def steps(*rows: dict[str, str]) -> pd.DataFrame:
    """Steps of matters in village V1, raised by Wang for household H1."""
    whole = {
        "by": "Wang",
        "village": "V1",
        "household": "H1",
        "title": "井坏了",
        "class": "difficulty",
        "note": "x",
        "reason": "x",
    }
    return pd.DataFrame([{**whole, **row} for row in rows]).fillna("")


def campaign_of(*rows: dict[str, str]) -> lw.campaign.Campaign:
    """A campaign of those steps."""
    places = pd.DataFrame({"place": ["V1", "T1"], "level": ["village", "town"], "within": ["T1", ""]})
    return lw.read_campaign("our_town", 2026, registers={"places": places}, events={"matters": steps(*rows)})


RAISE = {"matter": "M1", "step": "raise", "on": "2026-07-01"}
DONE = {"matter": "M1", "step": "done", "on": "2026-07-05"}
ANSWER = {"matter": "M1", "step": "answer", "on": "2026-07-06"}


def test_an_open_matter_is_for_its_village_and_its_town() -> None:
    """Active, with its state, deadline and the last step that a phone will answer."""
    row = phone_list(campaign_of({**RAISE, "event": "e1"}), "2026-07-02").iloc[0]
    assert (row["for_phone"], row["town"], row["active"], row["state"], row["last_step"]) == ("V1", "T1", "1", "open", "e1")
    assert row["label"] == "井坏了"


def test_it_holds_no_household_and_no_applicant() -> None:
    """Codes of households never leave the desk by this list."""
    listed = phone_list(campaign_of(RAISE), "2026-07-02")
    assert list(listed.columns) == ["label", *PROPERTIES]
    assert "H1" not in listed.to_csv()


def test_a_matter_that_waits_for_an_answer_is_still_active() -> None:
    """Done, and the household has not been told."""
    assert phone_list(campaign_of(RAISE, DONE), "2026-07-06")["active"].tolist() == ["1"]


def test_closed_matters_stay_on_the_list_for_31_days() -> None:
    """So that it can be reopened; then it leaves the phones."""
    campaign = campaign_of(RAISE, DONE, ANSWER)
    kept = {day: phone_list(campaign, day).iloc[0] for day in ("2026-08-06", "2026-08-07")}
    assert [(row["active"], row["for_phone"], row["town"]) for row in kept.values()] == [("0", "V1", "T1"), ("0", "", "")]


def test_a_matter_of_conduct_leaves_the_list_on_the_day_it_is_sorted() -> None:
    """As if it had never been there; phones learn that it is gone."""
    sort = {"matter": "M1", "step": "sort", "on": "2026-07-03", "by": "Li", "class": "conduct"}
    campaign = campaign_of(RAISE, {**RAISE, "matter": "M2"}, sort)
    assert len(phone_list(campaign, "2026-07-02")) == 2
    assert len(phone_list(campaign, "2026-07-03")) == 1


def test_writing_it_twice_changes_nothing(town: lw.Store) -> None:
    """Phones fetch a list again only if its content changed."""
    campaign = campaign_of(RAISE)
    assert [write_phone_list(campaign, town, "2026-07-02") for _ in range(2)] == [1, 0]
    assert town.entities["matters"]["version"].tolist() == [1]


def test_a_row_that_changed_gets_its_next_version_and_one_that_is_gone_is_deleted(town: lw.Store) -> None:
    """The server is the only writer: versions follow each other without a conflict."""
    write_phone_list(campaign_of(RAISE, {**RAISE, "matter": "M2"}), town, "2026-07-02")
    write_phone_list(campaign_of(RAISE, DONE), town, "2026-07-06")
    rows = town.entities["matters"]
    assert (rows["version"].tolist(), rows["state"].tolist(), rows["conflict"].isna().all()) == ([2], ["done"], True)


def test_a_matter_back_on_the_list_keeps_its_history(town: lw.Store) -> None:
    """Deleted and undeleted, with its history."""
    for campaign in (campaign_of(RAISE), campaign_of({**RAISE, "matter": "M2"}), campaign_of(RAISE)):
        write_phone_list(campaign, town, "2026-07-02")
    assert len(town.entities["matters"]) == 1
    assert town.entities["matters"]["version"].tolist() == [2]

"""The forms of the daily work, filled in on a phone and received by a store, are events of the campaign."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.simulation import submissions

from .conftest import PEOPLE, PLACES, POSTS, VILLAGES

MATTER = {
    "matter_class": "difficulty", "matter_title": "灯坏了", "matter_scope": "public", "matter_disposition": "settled",
    "matter_settled_how": "换了", "matter_publish": "yes", "matter_reply": "phone",
}  # fmt: skip
WHERE = {"town": "T1", "village": "V1"}
FILLED = {
    "reception": {
        "on_day": "2026-07-02", "since": "09:00", "until": "11:00", "receiver": "Wang", "rostered": "rostered",
        "reception_kind": "duty", "callers": "3", **MATTER,
    },
    "meeting": {
        "meeting_kind": "talk", "on_day": "2026-07-02", "chair": "Wang", "attended": "20", "households": "12",
        "questionnaires_given": "0", "questionnaires_back": "0", **MATTER,
    },
    "stay": {
        "person": "Wang", "from_day": "2026-06-29", "to_day": "2026-07-01", "stay_purpose": "work", "meals_paid": "not_paid",
        "meals_why": "食堂没开", "work_done": "修渠",
    },
    "help": {"person": "Wang", "household": "H1", "on_day": "2026-07-02", "help_kind": "money", "amount": "300"},
    "deed": {
        "person": "Wang", "deed_title": "修路灯", "deed_kind": "works", "chosen_on": "2026-06-01", "deed_state": "done",
        "done_on": "2026-07-02", "money_public": "100", "money_collective": "0", "money_other": "0",
    },
    "daily_check": {"checker": "Li", "person": "Wang", "on_day": "2026-07-02", "at_post": "yes"},
    "enterprise_visit": {
        "person": "Wang", "enterprise": "E1", "on_day": "2026-07-02", "contact_mode": "on_site", "last_time": "none", **MATTER,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., bytes]) -> Iterator[Campaign]:
    """A store that has received each form once, as a campaign of `our_town`."""
    with lw.Store(Path(tmp_path_factory.mktemp("forms")) / "town") as store:
        for name, table in {"people": PEOPLE, "posts": POSTS, "places": PLACES}.items():
            store.desk_tables[name] = table
        for name, answers in FILLED.items():
            form = getattr(lw.questionnaires, name)(VILLAGES, PEOPLE)
            store.publish(form)
            store.receive(fill(form, {**WHERE, **answers}, "2026-07-02T18:00:00+08:00"))
        yield lw.read_campaign("our_town", 2026, store=store)


@pytest.mark.parametrize("name", FILLED)
def test_a_form_that_was_sent_is_an_event_that_counts(campaign: Campaign, name: str) -> None:
    """With its day, its official and its village."""
    [row] = campaign.events().kind(name).to_dict("records")
    told = campaign.events().table.query("kind == @name").iloc[0]
    official = "Li" if name == "daily_check" else "Wang"
    assert (row["by"], row["village"], row["why"]) == (official, "V1", "")
    assert str(told["on"].date()) == ("2026-06-29" if name == "stay" else "2026-07-02")


def test_events_carry_what_their_rules_count(campaign: Campaign) -> None:
    """Callers, meals, money, kind of help, who was looked for, which enterprise."""
    events = campaign.events()
    asked = {
        "reception": ("callers", "3"), "stay": ("meals", "not_paid"), "help": ("money", "300"),
        "daily_check": ("subject", "Wang"), "enterprise_visit": ("subject", "E1"),
    }  # fmt: skip
    for kind, (column, value) in asked.items():
        [row] = events.kind(kind).to_dict("records")
        assert str(row[column]).removesuffix(".0") == value
    assert (events.kind("stay")["to"] - events.kind("stay")["on"]).tolist() == [2]


def test_matters_of_a_reception_a_meeting_and_an_enterprise_are_settled_on_the_spot(campaign: Campaign) -> None:
    """Each raised one: recorded outside the ledger, and in the diary of whoever was there."""
    ledger = campaign.ledger(on="2026-07-31")
    assert (len(ledger.table), ledger.settled["note"].tolist()) == (0, ["换了"] * 3)
    diary = campaign.diary("Wang", "2026-07")
    assert set(diary.table["kind"]) == {"reception", "meeting", "stay", "help", "deed", "enterprise_visit", "matters"}
    assert "灯坏了 · 换了" in diary.table["words"].tolist() and "修渠" in diary.table["words"].tolist()
    assert campaign.attendance("2026-07").iloc[0][["days", "meals_unpaid"]].tolist() == [1, 1]


def test_the_interview_takes_visitor_and_household_from_the_registers() -> None:
    """Both are choices of the lists that travel with the form."""
    form = lw.questionnaires.household_interview(villages=VILLAGES, people=PEOPLE)
    visitors, households = form.choices_of("visitor"), form.choices_of("household")
    assert visitors is not None and set(visitors.names) == set(PEOPLE["person"])
    assert households is not None and set(households.names) == set(VILLAGES["household"])


def test_a_first_and_a_second_visit_are_visits_of_the_same_household(tmp_path: Path) -> None:
    """By the interview and the short form: two visits, with how long each form was open; the short one asks nothing again."""
    visited = {"visitor": "Wang", **WHERE, "household": "H1", "companions": "0", "visit_result": "ready", "consent": "yes"}
    with lw.Store(tmp_path / "town") as store:
        for name, table in {"people": PEOPLE, "posts": POSTS, "places": PLACES}.items():
            store.desk_tables[name] = table
        for seed, (name, day) in enumerate({"household_interview": "2026-07-02", "second_visit": "2026-11-02"}.items()):
            form = getattr(lw.questionnaires, name)(villages=VILLAGES, people=PEOPLE)
            store.publish(form)
            at = date.fromisoformat(day)
            [made] = submissions(form, 1, seed=seed, answers={**visited, "visit_date": day}, period=(at, at), perfunctory=0)
            store.receive(made)
        town = lw.read_campaign("hubin", 2026, store=store)
        visits = town.events().kind("visit")
        assert visits[["form", "outcome", "household", "by"]].values.tolist() == [
            ["household_interview", "interviewed", "H1", "Wang"],
            ["second_visit", "interviewed", "H1", "Wang"],
        ]
        assert town.coverage_sources("2026-12-31").counted["on"].nunique() == 2
        burden = town.burden("2026-12-31")
        assert burden.households.empty
        assert burden.officers.set_index("figure").loc["minutes_a_visit", "base"] == 2

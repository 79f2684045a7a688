"""Answers erased at a person's request: the ledger keeps its states and numbers, and neither household nor words."""

import sqlite3
from collections.abc import Callable

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.campaign.collected.erased import erase_answers
from liuwen.campaign.phone_list import phone_list
from liuwen.errors import StoreError
from liuwen.openrosa.envelope import read_envelope

Make = Callable[..., bytes]
COLUMNS = [
    "number",
    "village",
    "class",
    "applicants",
    "state",
    "round",
    "raised",
    "deadline",
    "responsible",
    "closed",
    "ended_as",
]


@pytest.fixture
def told(town: lw.Store, a_matter: Make) -> str:
    """Two matters of one day, the first of which was done and answered; the instance ID of its submission."""
    first, second = a_matter(matter_title="张三家的井"), a_matter(household="H2", matter_title="路灯不亮")
    for xml in (first, second):
        town.receive(xml)
    instance = read_envelope(first).instance_id
    steps = lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-01").steps
    matter = steps.loc[steps["event"] == instance, "matter"].item()
    done = {"matter": matter, "by": "Wang", "entered_by": "Li", "note": "换了泵"}
    taken = [{**done, "step": "done", "on": "2026-07-06"}, {**done, "step": "answer", "on": "2026-07-08"}]
    town.desk_tables["desk_steps"] = pd.DataFrame(taken)
    return instance


def seen(campaign: Campaign, on: str) -> list[list[str]]:
    """What the ledger says of each matter without words, with the numbers of the lists."""
    table = campaign.numbered_ledger(on).table
    return table[COLUMNS].astype(str).to_numpy().tolist()


def test_states_deadlines_and_numbers_stay_as_they_hung(town: lw.Store, told: str) -> None:
    """On the day before, on every list day, and as known then; the board counts what it counted."""
    before = lw.read_campaign("our_town", 2026, store=town)
    days = ["2026-07-05", "2026-07-07", "2026-07-25", "2026-08-25"]
    rows, counts = [seen(before, day) for day in days], before.board("village_board", "V1", "2026-07").counts
    erase_answers(town, instance=told)
    after = lw.read_campaign("our_town", 2026, store=town)
    assert [seen(after, day) for day in days] == rows
    assert after.board("village_board", "V1", "2026-07").counts == counts
    assert not len(after.ledger(on="2026-08-25").exceptions)


def test_neither_household_nor_words_remain(town: lw.Store, told: str) -> None:
    """In no table of the ledger, not on the phones and in no desk table; the other matter keeps its own."""
    erase_answers(town, instance=told)
    campaign = lw.read_campaign("our_town", 2026, store=town)
    ledger = campaign.ledger(on="2026-07-05")
    said = ledger.table.to_csv() + ledger.applicants.to_csv() + phone_list(campaign, "2026-07-05").to_csv()
    said += town.desk_tables.rows("desk_entries").to_csv()
    assert "张三" not in said and "H1" not in said and "井" not in said
    assert "路灯不亮" in said and ledger.applicants["applicant"].str.startswith("erased-").tolist().count(True) == 1
    assert any("已应本人要求删除" in title or "erased at the person's" in title for title in ledger.table["title"])


def test_a_letter_about_misconduct_leaves_nothing(town: lw.Store, fill: Make) -> None:
    """Not even that there was one."""
    form = lw.questionnaires.letter()
    town.publish(form)
    answers = {"town": "T1", "village": "V1", "words": "x", "matter_reply": "board", "told_before": "no", "matter_publish": "yes"}
    xml = fill(form, answers | {"letter_kind": "misconduct"}, "2026-07-01T09:00:00+08:00")
    town.receive(xml)
    erase_answers(town, instance=read_envelope(xml).instance_id)
    assert not len(town.desk_tables.rows("desk_entries"))
    assert not len(lw.read_campaign("our_town", 2026, store=town).ledger(on="2026-07-10").table)


def test_an_unknown_answer_is_an_error_and_keeps_nothing(town: lw.Store, told: str) -> None:
    """As `Store.erase` says it."""
    with pytest.raises(StoreError, match="uuid:none"):
        erase_answers(town, instance="uuid:none")
    assert not len(town.desk_tables.rows("desk_entries"))


def test_both_happen_or_neither(town: lw.Store, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what remains cannot be kept, the answer stays, and so does its matter."""

    def full(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = seen(lw.read_campaign("our_town", 2026, store=town), "2026-07-05")
    with monkeypatch.context() as patch:
        patch.setattr("liuwen.store.store.keep_table", full)
        with pytest.raises((StoreError, sqlite3.OperationalError)):
            erase_answers(town, instance=told)
    assert seen(lw.read_campaign("our_town", 2026, store=town), "2026-07-05") == before
    erase_answers(town, instance=told)
    assert seen(lw.read_campaign("our_town", 2026, store=town), "2026-07-05") == before

"""The ledger's explorer: filters, ages, one matter's story; no applicant and no confidential matter in it."""

from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import MadeUpTown, made_up_town
from liuwen.explorers.ledger import LedgerExplorer


@pytest.fixture(scope="module")
def made_up() -> MadeUpTown:
    """A town of three villages."""
    return made_up_town(3, 60)


@pytest.fixture
def explorer(made_up: MadeUpTown) -> LedgerExplorer:
    """Its ledger at the end of July."""
    campaign = lw.read_campaign("hubin", registers=made_up.registers, events=made_up.events)
    found = lw.explore(campaign, on="2026-07-30", known="2026-07-30", language="zh")
    assert isinstance(found, LedgerExplorer)
    return found


def test_a_filter_narrows_what_is_shown(explorer: LedgerExplorer) -> None:
    """Village, class and standing, each of what is left."""
    everything = len(explorer.shown)
    explorer._village.value = "V02"
    assert set(explorer.shown["village"]) == {"V02"}
    explorer._standing.value = "overdue"
    assert (explorer.shown["overdue_days"] > 0).all()
    assert 0 < len(explorer.shown) < everything


def test_a_matter_tells_its_story(explorer: LedgerExplorer) -> None:
    """Chosen from those shown, told before the tables, however many rows they have."""
    explorer._matter.value = explorer._matter.options[1][1]
    page = explorer.static()
    assert page.index("一件事的经过") < page.index("谁让群众在等")
    assert "登记" in explorer._page.value


def test_both_languages_say_the_same_choice(explorer: LedgerExplorer) -> None:
    """What is chosen stays chosen."""
    explorer._village.value = "V01"
    explorer._language.value = "en"
    assert explorer._village.value == "V01"
    assert "Who keeps people waiting" in explorer._page.value


def test_no_applicant_and_no_conduct_matter_is_in_it(explorer: LedgerExplorer, made_up: MadeUpTown, tmp_path: Path) -> None:
    """Neither in what is shown, nor in the static twin, nor in the page that is saved."""
    steps = made_up.events["matters"]
    households = {code for cell in steps["household"] for code in str(cell).split()}
    conduct = set(steps.loc[steps["class"] == "conduct", "title"])
    page = explorer.save(tmp_path / "ledger.html").read_text(encoding="utf-8")
    said = page + explorer.static() + explorer.shown.to_csv() + str(explorer._matter.options)
    assert not [code for code in households if code in said]
    assert conduct
    assert not [title for title in conduct if title in said]
    assert "<script" not in page


@pytest.fixture
def at_desk(tmp_path: Path) -> LedgerExplorer:
    """A store with one open matter of P1, explored; D1 is at the desk."""
    store = lw.Store(tmp_path / "town")
    people = pd.DataFrame({"person": ["P1", "D1"], "label": ["王芳", "李敏"]})
    posts = pd.DataFrame({"person": ["P1", "D1"], "rank": ["staff", "desk"], "place": ["V1", ""], "from": "2026-01-01"})
    steps = {"event": "e1", "matter": "M1", "step": "raise", "on": "2026-07-01", "by": "P1", "village": "V1", "title": "well"}
    for name, table in {"people": people, "posts": posts, "desk_steps": pd.DataFrame([steps])}.items():
        store.desk_tables[name] = table
    explorer = lw.explore(lw.read_campaign("hubin", 2026, store=store), language="en")
    explorer._matter.value = "M1"
    return explorer


def test_a_step_is_entered_for_another_from_the_explorer(at_desk: LedgerExplorer) -> None:
    """Only the steps that its state allows are offered; the step is in the store, and the page shows it at once."""
    entry = at_desk._entry
    steps = [value for _, value in entry._step.options]
    assert "done" in steps and "accept" not in steps
    assert (entry._by.value, [value for _, value in entry._desk.options]) == ("P1", ["D1"])
    entry._step.value = "done"
    assert [name for name, text in entry._texts.items() if text.layout.display == ""] == ["on", "note"]
    entry._texts["note"].value = "repaired"
    entry.enter()
    assert "Entered: done (taken by P1, entered by D1)" in entry._told.value
    assert "王芳 (entered by 李敏): done: repaired" in at_desk.static()
    [kept] = at_desk._campaign.store.desk_tables.rows("desk_entries").to_dict("records")
    assert (kept["step"], kept["by"], kept["entered_by"], kept["note"]) == ("done", "P1", "D1", "repaired")
    assert "answer" in [value for _, value in entry._step.options]
    at_desk._language.value = "zh"
    at_desk._refresh()
    assert "记下了：办结（P1 办，D1 录）。" in entry._told.value


def test_nothing_is_entered_before_a_step_is_chosen(at_desk: LedgerExplorer) -> None:
    """Neither a step nor a class is chosen at first: one click too many changes nothing."""
    entry = at_desk._entry
    assert (entry._step.value, entry._class.value) == ("", "")
    for step, said in (("", "Choose a step first."), ("sort", "Not entered")):
        entry._step.value = step
        entry.enter()
        assert said in entry._told.value
    assert not len(at_desk._campaign.store.desk_tables.rows("desk_entries"))


def test_an_incomplete_step_is_refused_and_not_kept(at_desk: LedgerExplorer) -> None:
    """The step lacks a required field."""
    at_desk._entry._step.value = "done"
    at_desk._entry.enter()
    assert "Not entered" in at_desk._entry._told.value
    assert not len(at_desk._campaign.store.desk_tables.rows("desk_entries"))
    at_desk._language.value = "zh"
    assert "代录一步" in at_desk._entry._title.value


def test_without_a_store_no_step_is_offered(explorer: LedgerExplorer) -> None:
    """A campaign made of frames has nowhere to keep it."""
    assert explorer._entry not in explorer.children

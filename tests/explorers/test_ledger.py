"""The ledger's explorer: filters, ages, one matter's story; no applicant and no confidential matter in it."""

from pathlib import Path

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
    """Chosen from those shown, told under the table."""
    explorer._matter.value = explorer._matter.options[1][1]
    assert "一件事的经过" in explorer.static()
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

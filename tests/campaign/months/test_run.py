"""A month's run: the same again, and every page reconciles with the raw events by an independent count."""

import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown
from liuwen.errors import CampaignError


@pytest.fixture(scope="module")
def july(town: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """July's pages without PDFs, in Chinese."""
    folder = tmp_path_factory.mktemp("out")
    town.month("2026-07", folder, language="zh", pdf=False)
    return folder / "2026-07"


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_month_run_twice_is_the_same(town: Campaign, july: Path) -> None:
    """No byte changes, and no file is rewritten."""
    before, times = digests(july), {path: path.stat().st_mtime_ns for path in july.rglob("*.html")}
    town.month("2026-07", july.parent, language="zh", pdf=False)
    assert digests(july) == before
    assert {path: path.stat().st_mtime_ns for path in july.rglob("*.html")} == times


def test_the_first_month_may_have_no_matter(made_up: MadeUpTown, tmp_path: Path) -> None:
    """Every page is made, and says that there is nothing on it."""
    town = lw.read_campaign("hubin", registers=made_up.registers)
    run = town.month("2026-07", tmp_path, language="zh", pdf=False)
    assert {"boards", "desk"} <= {name.split("/")[0] for name in run.files}
    assert not len(run.screening.table)
    assert not len(town.events().kind("matters")["matter"])


def test_files_no_longer_made_are_taken_away(town: Campaign, july: Path, tmp_path: Path) -> None:
    """A page of an earlier run does not stay among this one's; what others put there does."""
    town.month("2026-07", tmp_path, language="zh", pdf=False)
    record = tmp_path / "2026-07" / "month.json"
    (tmp_path / "2026-07" / "boards" / "old.html").write_text("old")
    (tmp_path / "2026-07" / "mine.txt").write_text("mine")
    record.write_text(record.read_text().replace('"files": {', '"files": {"boards/old.html": "0",'))
    town.month("2026-07", tmp_path, language="zh", pdf=False)
    assert not (tmp_path / "2026-07" / "boards" / "old.html").exists()
    assert (tmp_path / "2026-07" / "mine.txt").exists()


def test_every_page_says_what_was_known(july: Path) -> None:
    """The day up to which reports are in, and that the town is made up."""
    pages = [path.read_text() for path in (july / "boards").glob("*.html")]
    assert len(pages) == 5
    assert all("2026年7月30日前收到的" in page and "合成数据" in page for page in pages)
    assert not [page for page in pages if "<script" in page or "http" in page]


def slow_states(steps: pd.DataFrame, on: str) -> dict[str, str]:
    """Where each matter stands by a plain count: raised by then, and by its last ending step; only for matters never late."""
    known = steps[pd.to_datetime(steps["received"]) <= on]
    states = {}
    for matter, rows in known.groupby("matter"):
        taken = set(rows["step"])
        if "raise" in taken:
            states[str(matter)] = "ended" if taken & {"done", "explain"} else "open"
    return states


def test_the_figures_reconcile_with_the_raw_events(town: Campaign, made_up: MadeUpTown, july: Path) -> None:
    """Raised per village, counted from the steps alone, is what each board says; conduct is in none."""
    steps = made_up.events["matters"]
    known = steps[
        (pd.to_datetime(steps["received"]) <= "2026-07-30") & (steps["step"] == "raise") & (steps["class"] != "conduct")
    ]
    for village, count in known.groupby("village").size().items():
        page = (july / "boards" / f"village_board-{village}.html").read_text()
        assert re.search(rf"登记总数</dt><dd>{count}<", page), village
    town_page = (july / "boards" / "town.html").read_text()
    assert f"登记总数</dt><dd>{len(known)}<" in town_page
    assert f"对账：登记 {len(known)} = " in town_page
    parts = [int(number) for number in re.findall(r"\d+", re.search(r"对账：登记 \d+ = ([^<]*)。", town_page)[1])]
    assert sum(parts) == len(known)


def test_open_and_ended_agree_with_a_plain_count(town: Campaign, made_up: MadeUpTown) -> None:
    """For every matter all of whose steps were reported in time and taken."""
    ledger, _ = town.month_ledgers("2026-07")
    steps = made_up.events["matters"]
    late = (pd.to_datetime(steps["received"]) - pd.to_datetime(steps["on"])).dt.days > 7
    plain = set(steps["matter"]) - set(steps[late]["matter"]) - set(ledger.exceptions["matter"])
    states = slow_states(steps, "2026-07-30")
    found = dict(zip(ledger.table["matter"], ledger.table["state"].isin(ledger.rule.open_states), strict=True))
    compared = [matter for matter in states if matter in plain]
    assert len(compared) > 20
    assert all(found[matter] == (states[matter] == "open") for matter in compared)


def test_uncounted_events_are_listed_with_their_reason(town: Campaign, july: Path) -> None:
    """`given = counted + not counted`: as many lines as events left out."""
    table = pd.read_csv(july / "desk" / "to_settle.csv", keep_default_na=False)
    events = town.events(known="2026-07-30").table
    assert (table["部分"] == "没有计入的").sum() == (events["why"] != "").sum()
    assert (table["原因和办法"].str.len() > 3).all()


def test_the_workbook_has_the_ledger_its_steps_and_what_is_to_settle(july: Path) -> None:
    """Three sheets with a title, and no conduct matter."""
    book = CalamineWorkbook.from_path(str(july / "desk" / "ledger.xlsx"))
    assert book.sheet_names == ["台账", "步骤", "要核对的"]
    text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "干部作风" not in text
    assert "拖拉" not in text


def test_a_week_sheet_tells_what_to_do(town: Campaign) -> None:
    """Overdue before due; the office sees what waits for it; nobody's sheet names another's conduct matter."""
    sheet = town.week("O1", "2026-07-30")
    assert len(sheet.waits)
    assert (sheet.waits["waiting_for"] == "town").all()
    mine = town.week("S02", "2026-07-30")
    assert (mine.overdue["overdue_days"] > 0).all()
    assert set(mine.open["responsible"]) | set(mine.overdue["responsible"]) <= {"S02"}
    assert (pd.concat(mine.parts.values())["class"] != "conduct").all()
    assert town.week("nobody", "2026-07-30").empty


def test_invalid_months_are_refused(town: Campaign, tmp_path: Path) -> None:
    """The error is a `CampaignError`."""
    with pytest.raises(CampaignError):
        town.month("2026-13", tmp_path)


def test_a_programme_of_thirty_lines_has_its_pages_too(made_up: MadeUpTown, tmp_path: Path) -> None:
    """Without a board for the town, without registers, with a sheet alone."""
    import liuwen as lw

    sheet = "编号,村,事项,登记日期,责任人,状态\n1,东村,修渠,2026-03-05,王强,办理中\n"
    campaign = lw.read_campaign("our_town")
    campaign = campaign.with_events(matters=campaign.read_spreadsheet(sheet).events)
    run = campaign.month("2026-03", tmp_path, language="en", pdf=False)
    assert {"boards/town.html", "boards/village_board-东村.html", "desk/weeks/week-王强.html"} <= set(run.files)


def test_a_stranger_s_programme_runs_the_made_up_town(tmp_path: Path) -> None:
    """`our_town` has two tiers, another list day and one board: the whole town of the demo, with its own pages."""
    import liuwen as lw
    from liuwen.campaign import made_up_town

    town = made_up_town(2, 30, seed=4)
    posts = town.registers["posts"]
    ranks = ["staff", "town_office", "desk", "discipline_desk"]
    registers = {**town.registers, "posts": posts[posts["rank"].isin(ranks)]}
    campaign = lw.read_campaign("our_town", 2026, registers=registers, events=town.events)
    assert campaign.check().ok
    run = campaign.month("2026-07", tmp_path, language="en", pdf=False)
    assert "raised" not in (run.folder / "month.json").read_text()
    page = (run.folder / "boards" / "village_board-V01.html").read_text()
    assert "as of 25 Jul 2026" in page
    assert {"boards/town.html", "desk/agenda.html"} <= set(run.files)

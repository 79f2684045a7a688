"""Publishing: frozen, never overwritten, corrected on numbered sheets, read again byte for byte, and safe to read for a year."""

import re
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown, read_published
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.months.publishing import published_lists
from liuwen.campaign.months.run import public_files
from liuwen.errors import CampaignError

from .conftest import MONTHS, looked_at


def test_a_list_is_frozen_with_its_digests(published: Path) -> None:
    """Every format of every board, a record, a table; intact."""
    lists = read_published(published)
    assert list(lists.lists["month"]) == MONTHS
    july = set(lists.of("2026-07")[0].files)
    assert {"town.pdf", "town.html", "village_board-V01.pdf", "village_board-V01.csv", "village_board-V01.txt"} <= july
    assert lists.changed() == []
    assert len(pd.read_csv(published / "published.csv")) == len(lists.table)


def test_july_read_again_in_december_is_what_hung(town: Campaign, published: Path) -> None:
    """The stored bytes, and the bytes rebuilt from the events known then: HTML, CSV, text and PDF."""
    lists = read_published(published)
    held = lists.of("2026-07")[0].files
    pages = month_pages(town.with_published(published_lists(lists)), "2026-07", None)
    rebuilt = dict(public_files(pages, "zh"))
    assert set(rebuilt) == set(held)
    assert all(lists.read("2026-07", name) == data for name, data in rebuilt.items())


def test_a_published_list_is_never_overwritten(town: Campaign, published: Path) -> None:
    """Nor may an earlier month be published after it, nor a correction without a list."""
    with pytest.raises(CampaignError) as refused:
        town.publish("2026-07", published)
    for said in (refused.value.sentence.zh, refused.value.sentence.en):
        assert "--correction" in said and "correction=" in said
    with pytest.raises(CampaignError):
        town.publish("2026-03", published)
    with pytest.raises(CampaignError):
        town.publish("2026-10", published, correction="why")


def test_a_file_that_changed_is_named_and_not_read(town: Campaign, tmp_path: Path) -> None:
    """A letter is enough."""
    town.publish("2026-04", tmp_path, looked_at=looked_at(town, "2026-04", tmp_path), language="zh")
    file = tmp_path / "2026-04-list" / "town.csv"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"x")
    lists = read_published(tmp_path)
    assert lists.changed() == ["2026-04-list/town.csv"]
    with pytest.raises(CampaignError):
        lists.read("2026-04", "town.csv")


def sheet(title: str) -> Campaign:
    campaign = lw.read_campaign("our_town")
    rows = f"编号,村,事项,类别,登记日期,责任人,状态\n1,东村,{title},实际困难,2026-03-05,王强,办理中\n"
    return campaign.with_events(matters=campaign.read_spreadsheet(rows).events)


def test_nothing_marked_hangs_before_somebody_looked(tmp_path: Path) -> None:
    """The refusal lists what is marked with a code; a code of another list is refused; that code publishes."""
    town = sheet("李某家漏水，电话13812345678")
    with pytest.raises(CampaignError) as refused:
        town.publish("2026-03", tmp_path)
    assert "13812345678" in str(refused.value)
    code = town.screen("2026-03").code
    assert code in str(refused.value)
    with pytest.raises(CampaignError):
        sheet("王某家漏水，电话13912345678").publish("2026-03", tmp_path, looked_at=code)
    assert not list(tmp_path.glob("*"))
    assert town.publish("2026-03", tmp_path, looked_at=code).looked_at == code


def test_a_correction_is_a_numbered_sheet_that_says_what_changed(tmp_path: Path) -> None:
    """The list stays; the sheet has number, column, was and is; the next correction is measured from it."""
    first = sheet("修水渠").publish("2026-03", tmp_path, language="zh")
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    one = sheet("修南边的水渠").publish("2026-03", tmp_path, correction="地点写错", known="2026-04-02", language="zh")
    said = pd.read_csv(one.folder / "correction.csv")
    assert said[["编号", "哪一项", "原来写的", "现在改为"]].to_numpy().tolist() == [
        ["2026-03-东村-001", "事项", "修水渠", "修南边的水渠"]
    ]
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    with pytest.raises(CampaignError):
        sheet("修南边的水渠").publish("2026-03", tmp_path, correction="再来一次", language="zh")
    two = sheet("修北边的水渠").publish("2026-03", tmp_path, correction="又错了", language="zh")
    assert (one.sheet, two.sheet) == (1, 2)
    assert "修南边的水渠" in (two.folder / "correction.csv").read_text()


def texts(published: Path) -> str:
    names = [*published.rglob("*.html"), *published.rglob("*.csv"), *published.rglob("*.txt"), *published.rglob("*.json")]
    return "\n".join(path.read_text(encoding="utf-8-sig") for path in names)


def test_an_intruder_finds_no_applicant_in_a_year_of_pages(published: Path, made_up: MadeUpTown) -> None:
    """No household's code anywhere, in any format that has text, nor in the names of files."""
    read = texts(published)
    households = {code for cell in made_up.events["matters"]["household"] for code in str(cell).split()}
    assert len(households) > 50
    assert not [code for code in households if code in read]


def test_an_intruder_learns_of_no_conduct_matter(town: Campaign, published: Path, made_up: MadeUpTown) -> None:
    """No word of one, no gap in a village's numbers, and each total is the number of lines ever shown."""
    steps = made_up.events["matters"]
    conduct = steps[(steps["class"] == "conduct") & (steps["step"] == "raise")]
    assert len(conduct)
    read = texts(published)
    assert not [title for title in conduct["title"].unique() if title in read]
    lists = read_published(published)
    seen: dict[str, set[int]] = {}
    for one in lists.sheets:
        for lines in one.rows.values():
            for key in filter(None, lines):
                number = key.partition(" ")[0]
                series, _, place = number.rpartition("-")
                seen.setdefault(series, set()).add(int(place))
    ledger, _ = town.with_published(published_lists(lists)).month_ledgers(MONTHS[-1])
    hidden = set(ledger.table.query("`class` == 'conduct'")["number"])
    assert hidden
    assert not hidden & {f"{series}-{place:03d}" for series, places in seen.items() for place in places}
    assert not [number for number in hidden if re.search(r"-V\d", number)]


def test_counts_of_people_cannot_be_had_by_difference(published: Path) -> None:
    """Counts of applicants stand in steps of five; the differences of two months are multiples of five too."""
    found = []
    for month in MONTHS:
        page = read_published(published).read(month, "town.html").decode()
        found += [int(number) for pair in re.findall(r">(\d+)\+ / (\d+)\+<", page) for number in pair]
    assert found
    assert not [number for number in found if number % 5]


def test_confidential_counts_are_rounded_down(published: Path) -> None:
    """The town's board says at least 0, 5, 10 …, never how many."""
    said = [read_published(published).read(month, "town_board-T.html").decode() for month in MONTHS]
    counts = [int(found[1]) for page in said if (found := re.search(r"至少 (\d+) 件", page))]
    assert len(counts) == len(MONTHS)
    assert not [count for count in counts if count % 5]

"""A matter sorted into a confidential class after it had hung: it leaves the lists as one withdrawn, and its receiver has it."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.campaign.boards import Board
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.phone_list import phone_list

REGISTERS = {
    "posts": pd.DataFrame({"person": ["P1", "D", "J"], "rank": ["staff", "desk", "discipline_desk"], "place": ["V1", "", ""]}),
    "places": pd.DataFrame({"place": ["V1", "T"], "within": ["T", ""], "level": ["village", "town"]}),
}
STEPS = """
matter step on by village household class title note reason
A raise 2026-06-03 P1 V1 H1 - road - -
B raise 2026-06-04 P1 V1 H2 difficulty lamp - -
C raise 2026-06-05 P1 V1 H3 difficulty well - -
B withdraw 2026-07-10 P1 V1 - - - - settled
A sort 2026-07-12 D V1 - {topic} - - -
A note 2026-07-14 P1 V1 - - - {note} -
A sort 2026-08-12 D V1 - {later} - - -
"""


@cache
def town(topic: str = "conduct", later: str = "conduct", note: str = "seen") -> Campaign:
    header, *rows = [line.split() for line in STEPS.format(topic=topic, later=later, note=note).strip().splitlines()]
    steps = pd.DataFrame(rows, columns=header).replace("-", "")
    return lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": steps})


def lines(board: Board) -> list[list[str]]:
    return board.rows[["number", "line"]].to_numpy().tolist()


def test_it_leaves_the_list_under_the_same_line_as_a_withdrawn_matter() -> None:
    """Number and title once more, in one section with B, which was withdrawn; the next list has neither."""
    july = town().board("village_board", "V1", "2026-07")
    assert lines(july) == [
        ["2026-06-V1-003", "open"],
        ["2026-06-V1-001", "withdrawn"],
        ["2026-06-V1-002", "withdrawn"],
    ]
    shown = july.shown("en").iloc[1:]
    assert shown["class"].tolist() == shown["last note"].tolist() == ["", ""]
    assert shown["standing"].tolist() == ["withdrawn or passed on"] * 2
    assert lines(town().board("village_board", "V1", "2026-08")) == [["2026-06-V1-003", "open"]]


def test_no_total_falls_when_it_leaves() -> None:
    """Entered stays 3 in July and August, and is the sum of the states; the change since the last list is 0."""
    for month in ("2026-06", "2026-07", "2026-08"):
        counts = town().board("village_board", "V1", month).counts
        states = ("open", "applied", "done", "explained", "closed", "withdrawn", "duplicate")
        assert counts["raised"] == sum(counts[state] for state in states) == 3
    for month in ("2026-07", "2026-08"):
        figures = {one.label.en: one for one in next(month_pages(town(), month, None).town_pages()).figures}
        assert (figures["entered"].value, figures["entered"].under.en) == ("3", "since the last list 0")


def test_the_pages_are_those_of_a_withdrawal() -> None:
    """Whether A was withdrawn or sorted into conduct, no cell of the village's and town's pages differs."""
    withdrawn = town("difficulty", "difficulty").with_events(matters=_withdrawn())
    for month in ("2026-06", "2026-07", "2026-08"):
        for one, other in zip(_pages(town(), month), _pages(withdrawn, month), strict=True):
            assert one == other


def test_the_brief_is_that_of_a_withdrawal() -> None:
    """Ten figures but the count of reports, and the tables behind them."""
    withdrawn = town("difficulty", "difficulty").with_events(matters=_withdrawn())
    for month in ("2026-06", "2026-07", "2026-08"):
        one, other = town().brief(month), withdrawn.brief(month)
        pd.testing.assert_frame_equal(one.figures.iloc[:-1], other.figures.iloc[:-1])
        for name in ("offices", "overdue", "nobody", "new", "states", "rates"):
            pd.testing.assert_frame_equal(one.parts[name], other.parts[name])


def _withdrawn() -> pd.DataFrame:
    header, *rows = [line.split() for line in STEPS.format(topic="", later="", note="").strip().splitlines()]
    kept = [row for row in rows if row[0] != "A" or row[1] == "raise"]
    ended = ["A", "withdraw", "2026-07-12", "P1", "V1", "-", "-", "-", "-", "moved"]
    return pd.DataFrame([*(row for row in kept if len(row) == len(header)), ended], columns=header).replace("-", "")


def _pages(campaign: Campaign, month: str) -> list[object]:
    pages = month_pages(campaign, month, None)
    boards = [pages.board_page(board) for board in pages.boards if board.place != "T"]
    return [(page.id, page.sections, page.figures) for page in (*boards, *pages.town_pages())]


def test_it_leaves_the_phones() -> None:
    """On the day it is sorted."""
    assert "road" in phone_list(town(), on="2026-07-11", known="2026-07-11")["title"].tolist()
    assert "road" not in phone_list(town(), on="2026-07-12", known="2026-07-12")["title"].tolist()


def test_its_receiver_s_page_accounts_for_it() -> None:
    """The matter, that it hung before, and the sum of public and confidential; nobody else's page has it."""
    pages = month_pages(town(), "2026-07", None)
    [page] = pages.receivers()
    assert page.id == "receiver-discipline_desk"
    [row] = page.sections[0].rows
    assert row[0] == "2026-06-V1-001" and row[2] == "road" and row[7].en == "yes"
    assert page.said[0].en.startswith("Reconciled: entered in the ledger 3 = entered on public lists 3 + confidential 1 − 1 ")
    others = [pages.agenda(), pages.to_settle(), *pages.weeks()]
    assert not [one.id for one in others if "road" in str(one.sections) and "J" not in one.id]


def test_a_matter_sorted_back_returns_under_its_number() -> None:
    """Like one reopened."""
    back = town(later="shortfall").board("village_board", "V1", "2026-08")
    assert ["2026-06-V1-001", "open"] in lines(back)


@pytest.mark.parametrize("month", ["2026-06", "2026-07"])
def test_a_matter_that_turns_out_not_to_be_conduct_gets_a_village_s_number(month: str) -> None:
    """From the first list that shows it; the number of the confidential series never hangs."""
    steps = pd.DataFrame(
        {
            "matter": ["A", "A", "B"],
            "step": ["raise", "sort", "raise"],
            "on": ["2026-06-03", "2026-07-03", "2026-06-04"],
            "by": ["P1", "D", "P1"],
            "village": "V1",
            "class": ["conduct", "difficulty", "difficulty"],
            "title": ["road", "", "lamp"],
        }
    )
    campaign = lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": steps})
    found = set(campaign.board("village_board", "V1", month).rows["number"])
    assert found == {"2026-06-V1-001"} | ({"2026-07-V1-001"} if month == "2026-07" else set())


def test_a_matter_merged_into_a_confidential_one_does_not_name_it() -> None:
    """The line says "another matter", without a number."""
    steps = pd.DataFrame(
        {
            "matter": ["A", "B", "B"],
            "step": ["raise", "raise", "duplicate"],
            "on": ["2026-06-03", "2026-06-04", "2026-06-05"],
            "by": ["P1", "P1", "D"],
            "village": "V1",
            "class": ["conduct", "difficulty", ""],
            "title": ["officer", "lamp", ""],
            "of": ["", "", "A"],
        }
    )
    campaign = lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": steps})
    pages = month_pages(campaign, "2026-06", None)
    said = str([pages.board_page(board).sections for board in pages.boards])
    assert "merged into another matter" in said and "conduct" not in said


LETTERS = """
matter step on by village household class title received
K raise 2026-07-05 - V1 H4 conduct SECRET-1 2026-07-05
K note 2026-07-09 P1 V1 - - SECRET-2 2026-07-09
L raise 2026-07-20 - V1 H5 conduct SECRET-3 2026-07-06
L note 2026-07-08 P1 V1 - - SECRET-4 2026-07-08
M raise 2026-07-06 - V9 H5 conduct SECRET-5 2026-07-06
N raise 2026-07-06 - V1 H5 conduct SECRET-6 2026-07-26
- raise 2026-07-06 - V1 H5 conduct SECRET-7 2026-07-06
"""
"""Letters of conduct: counted, dated after they were received, of no village, late, of no matter; and what was said of them."""


def with_letters() -> Campaign:
    header, *rows = [line.split() for line in LETTERS.strip().splitlines()]
    return town().with_more("matters", pd.DataFrame(rows, columns=header).replace("-", ""))


def written(campaign: Campaign, folder: Path) -> dict[str, bytes]:
    run = campaign.month("2026-07", folder, language="en", pdf=False)
    assert str(run).startswith(f"2026-07: files written to {run.folder}")
    files = {str(path.relative_to(run.folder)): path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
    return files | {"summary": str(run).replace(str(folder), "").encode()}


def test_a_month_with_letters_of_conduct_differs_in_the_receiver_s_page_alone(tmp_path: Path) -> None:
    """Board, town, agenda, weeks, workbook, what is to settle, index and record: the same bytes as without the letters."""
    without, with_them = written(town(), tmp_path / "without"), written(with_letters(), tmp_path / "with")
    own = "receivers/receiver-discipline_desk.html"
    assert {name for name, data in with_them.items() if data != without.get(name)} == {own}
    page = with_them[own].decode()
    assert [number for number in range(1, 8) if f"SECRET-{number}" in page] == [1, 6]
    assert page.count("It is dated after the day it was received") == 1 and page.count("There is no such village") == 1
    assert (tmp_path / "with" / "2026-07" / "receivers").stat().st_mode & 0o077 == 0


def test_letters_of_conduct_change_nothing_in_the_brief(tmp_path: Path) -> None:
    """Neither its page nor the text for the group chat, nor the count of reports."""
    for name, campaign in (("without", town()), ("with", with_letters())):
        campaign.write_brief("2026-07", tmp_path / name, language="en", pdf=False)
    for file in (tmp_path / "without").iterdir():
        assert file.read_bytes() == (tmp_path / "with" / file.name).read_bytes()


def test_a_receiver_who_is_posted_in_the_village_has_it_on_no_page_of_the_desk(tmp_path: Path) -> None:
    """The week pages that the desk makes leave it out; the receiver's own sheet has it."""
    posts = pd.DataFrame({"person": ["J"], "rank": ["discipline_desk"], "place": ["V1"]})
    steps = pd.DataFrame(
        {"matter": ["K"], "step": "raise", "on": "2026-07-05", "by": "J", "village": "V1", "class": "conduct", "title": "SECRET"}
    )
    campaign = lw.read_campaign("hubin", 2026, registers={**REGISTERS, "posts": posts}, events={"matters": steps})
    assert [name for name, data in written(campaign, tmp_path).items() if b"SECRET" in data] == [
        "receivers/receiver-discipline_desk.html"
    ]
    assert campaign.week("J", "2026-07-08").open["title"].tolist() == ["SECRET"]

"""Boards and numbers: what hangs where, in which words, under which number."""

import pandas as pd
import pytest

import liuwen as lw
from liuwen.errors import CampaignError

REGISTERS = {
    "posts": pd.DataFrame({"person": ["P1", "P2", "D"], "rank": ["staff", "staff", "desk"], "place": ["V1", "V2", ""]}),
    "places": pd.DataFrame({"place": ["V1", "V2", "T"], "within": ["T", "T", ""], "label": ["柳湾村", "河口村", "湖滨镇"]}),
    "people": pd.DataFrame({"person": ["P1", "P2"], "label": ["李卫国", "王芳"]}),
}
STEPS = """
matter step on by village household class title note
A1 raise 2026-06-05 P1 V1 H1 difficulty road -
A2 raise 2026-06-03 P1 V1 H2 conduct officer -
A3 raise 2026-06-10 P1 V1 H3 suggestion trees -
B1 raise 2026-06-11 P2 V2 H4 difficulty well -
A1 done 2026-06-20 P1 V1 - - - paved
A1 answer 2026-06-21 P1 V1 H1 - - -
A4 raise 2026-07-01 P1 V1 H5 difficulty lamp -
A0 raise 2026-06-30 P1 V1 H6 - fence -
"""


def steps() -> pd.DataFrame:
    header, *rows = [line.split() for line in STEPS.strip().splitlines()]
    return pd.DataFrame(rows, columns=header).replace("-", "")


def town(**options: object):
    return lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": steps()}, **options)


def test_a_board_shows_what_is_open_and_what_was_struck_off() -> None:
    """In the order open first, and without what is confidential."""
    board = town().board("village_board", "V1", "2026-06")
    assert board.rows[["matter", "line"]].to_numpy().tolist() == [["A3", "open"], ["A0", "open"], ["A1", "struck_off"]]
    assert (board.counts["raised"], board.counts["open"], board.counts["closed"], board.counts["struck_off"]) == (3, 2, 1, 1)
    assert board.confidential_at_least is None


def test_numbers_have_the_village_of_the_list_and_no_gap_for_what_is_confidential() -> None:
    """In order of raising; a conduct matter has a series without a village."""
    ledger = town(published=pd.DataFrame({"month": ["2026-06"], "on": ["2026-06-30"], "known": ["2026-06-30"]})).ledger(
        on="2026-07-02"
    )
    assert dict(zip(ledger.table["matter"], ledger.table["number"], strict=True)) == {
        "A2": "2026-06-conduct-001",
        "A1": "2026-06-V1-001",
        "A3": "2026-06-V1-002",
        "B1": "2026-06-V2-001",
        "A0": "2026-06-V1-003",
        "A4": "A4",
    }
    assert ledger.history("2026-06-V1-001")["step"].tolist() == ["raise", "done", "answer"]


def test_a_number_once_given_stays() -> None:
    """July's list numbers what June's had not, and July read in December is the same."""
    june = _numbers(town().board("village_board", "V1", "2026-06"))
    july = _numbers(town().board("village_board", "V1", "2026-07"))
    assert june == {"A3": "2026-06-V1-002", "A0": "2026-06-V1-003", "A1": "2026-06-V1-001"}
    assert july == {"A3": "2026-06-V1-002", "A0": "2026-06-V1-003", "A4": "2026-07-V1-001"}


def _numbers(board) -> dict[str, str]:
    return dict(zip(board.rows["matter"], board.rows["number"], strict=True))


def test_a_town_s_board_is_of_all_its_villages() -> None:
    """With confidential matters counted only in steps of five."""
    board = town().board("town_board", "T", "2026-06")
    assert set(board.rows["village"]) == {"V1", "V2"}
    assert board.confidential_at_least == 0


def test_a_board_is_read_in_words() -> None:
    """Names for codes, words for ids, headings in the language asked for."""
    board = town().board("town_board", "T", "2026-06")
    shown = board.shown("zh")
    assert list(shown.columns) == ["编号", "村", "类别", "事项", "责任人", "层级", "等待", "办结时限", "办理情况", "进展"]
    assert shown.iloc[0].tolist() == [
        "2026-06-V1-002",
        "柳湾村",
        "发展建议",
        "trees",
        "李卫国",
        "村",
        "",
        "2026-06-25",
        "",
        "办理中",
    ]
    assert list(board.shown("en").columns)[:3] == ["number", "village", "class"]


def test_an_empty_board_has_its_columns() -> None:
    """A village without matters."""
    board = town().board("village_board", "V9", "2026-06")
    assert len(board.rows) == 0 and board.counts["raised"] == 0
    assert board.shown("en").columns[0] == "number"


@pytest.mark.parametrize(
    ("id", "month", "part"),
    [
        ("vilage_board", "2026-06", 'Did you mean "village_board"'),
        ("roster_board", "2026-06", "only boards of a ledger"),
        ("town_board", "June", "is not a month"),
    ],
)
def test_a_board_that_cannot_be_made_says_why(id: str, month: str, part: str) -> None:
    """One sentence."""
    with pytest.raises(CampaignError) as error:
        town().board(id, "V1", month)
    assert part in error.value.sentence.en


def test_duplicates_are_proposed_within_village_class_and_month() -> None:
    """Titles alike; never merged by machine."""
    rows = pd.DataFrame(
        {
            "matter": ["M1", "M2", "M3"],
            "step": "raise",
            "on": "2026-06-01",
            "village": ["V1", "V1", "V2"],
            "title": "村东水井没有水了",
        }
    )
    found = lw.read_campaign("hubin", events={"matters": rows}).proposed_duplicates(on="2026-06-30")
    assert found[["matter", "of", "similarity"]].to_numpy().tolist() == [["M2", "M1", 1.0]]

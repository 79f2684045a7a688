"""Today's spreadsheet: everything clerks keep is read, and unreadable rows are reported; nothing is lost."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.errors import CampaignError, ReadError
from liuwen.messages import use_language

PLAIN = """编号\t村\t户\t事项\t类别\t登记日期\t责任人\t办理时限\t办理情况\t状态\t办结日期\t反馈
1\t东村\tH03\t水渠坏了\t实际困难\t2026年3月5日\t王强\t15天\t3月8日联系水利站；3月20日修好\t已办结\t2026年3月20日\t是
2\t西村\tH09\t要求修路\t发展建议\t2026.3.6\t李明\t2026-04-30\t\t办理中\t\t
"""


@pytest.fixture
def town() -> Campaign:
    """The shortest programme, without registers."""
    return lw.read_campaign("our_town")


def registered() -> Campaign:
    places = pd.DataFrame({"place": ["V1", "V2"], "label": ["东村", "西村"], "level": ["village", "village"]})
    people = pd.DataFrame({"person": ["P1", "P2"], "label": ["王强", "李明"]})
    posts = pd.DataFrame(
        {"person": ["P1", "P2"], "rank": ["staff", "staff"], "place": ["V1", "V2"], "from": ["2026-01-01", "2026-01-01"]}
    )
    return lw.read_campaign("our_town", registers={"places": places, "people": people, "posts": posts})


def steps_of(incoming, matter: str) -> list[tuple[str, str]]:
    rows = incoming.events[incoming.events["matter"] == matter]
    return list(zip(rows["step"], rows["on"].astype(str), strict=True))


def test_a_row_a_matter_becomes_its_steps(town: Campaign) -> None:
    """Raised, two dated notes of which the last goes with the end, done, answered."""
    incoming = town.read_spreadsheet(PLAIN)
    assert steps_of(incoming, "1") == [
        ("raise", "2026-03-05"),
        ("note", "2026-03-08"),
        ("done", "2026-03-20"),
        ("answer", "2026-03-20"),
    ]
    assert steps_of(incoming, "2") == [("raise", "2026-03-06")]
    table = town.with_events(matters=incoming.events).ledger(on="2026-04-01").table.set_index("matter")
    assert table["state"].to_dict() == {"1": "closed", "2": "open"}
    assert str(table.loc["1", "deadline"].date()) == "2026-03-20"


def test_names_become_the_codes_of_the_registers() -> None:
    """Villages and officials by their names; 东村村委会 is 东村."""
    incoming = registered().read_spreadsheet(PLAIN.replace("西村", "西村村委会"))
    first = incoming.events.drop_duplicates("matter")
    assert first[["village", "by"]].to_numpy().tolist() == [["V1", "P1"], ["V2", "P2"]]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "gbk.csv", "txt", "frame"])
def test_every_kind_of_source_gives_the_same_events(town: Campaign, tmp_path: Path, ending: str) -> None:
    """A workbook, CSV in both encodings of China, pasted text, a frame."""
    rows = [line.split("\t") for line in PLAIN.strip("\n").splitlines()]
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    file = tmp_path / f"ledger.{ending}"
    if ending == "xlsx":
        frame.to_excel(file, index=False)
    elif ending == "frame":
        assert (
            town.read_spreadsheet(frame)
            .events.drop(columns="row")
            .equals(town.read_spreadsheet(PLAIN).events.drop(columns="row"))
        )
        return
    else:
        comma = frame.to_csv(index=False, sep="\t" if ending == "txt" else ",")
        file.write_bytes(comma.encode("gb18030" if ending.startswith("gbk") else "utf-8-sig"))
    read, pasted = (town.read_spreadsheet(source).events.drop(columns=["row", "sheet"]) for source in (file, PLAIN))
    assert read.equals(pasted)


def test_title_merged_cells_and_two_rows_of_headings(town: Campaign, tmp_path: Path) -> None:
    """A title over the whole width, a village merged over its rows, and 办理 over 进展 and 办结日期."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["2026年民情台账"],
        ["序号", "村", "反映的问题", "登记日期", "责任人", "办理", None],
        [None, None, None, None, None, "进展", "办结日期"],
        [1, "东村", "水渠坏了", "3月5日", "王强", "修好了", "3月20日"],
        [2, None, "路灯不亮", "3月6日", "王强", None, None],
    ):
        sheet.append(row)
    for merged in ("A1:G1", "F2:G2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "B4:B5"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "messy.xlsx")
    incoming = town.read_spreadsheet(tmp_path / "messy.xlsx")
    raised = incoming.events[incoming.events["step"] == "raise"]
    assert raised["village"].tolist() == ["东村", "东村"]
    assert raised["on"].astype(str).tolist() == ["2026-03-05", "2026-03-06"]
    done = incoming.events[incoming.events["step"] == "done"]
    assert done[["on", "note"]].astype(str).to_numpy().tolist() == [["2026-03-20", "修好了"]]
    assert (incoming.rows, incoming.placed) == (2, 2)


def test_residents_names_are_not_kept(town: Campaign) -> None:
    """A name becomes a code of its matter, several become several, and no name is in events or report."""
    sheet = (
        "编号,村,反映人,联系电话,事项,登记日期\n1,东村,张三丰,13812345678,修路,2026-03-05\n2,东村,李四等3户,,修渠,2026-03-06\n"
        "3,东村,H07,,修桥,2026-03-07\n4,东村,匿名,,修灯,2026-03-08\n"
    )
    incoming = town.read_spreadsheet(sheet)
    assert incoming.events["household"].tolist() == ["1-A1", "2-A1 2-A2 2-A3", "H07", ""]
    with use_language("zh"):
        said = f"{incoming}{incoming.events.to_csv()}{incoming.remarks.to_csv()}{incoming.not_placed.to_csv()}"
    assert not [name for name in ("张三丰", "李四", "13812345678") if name in said]
    assert "不保存" in said


def test_rows_that_cannot_be_read_are_listed(town: Campaign) -> None:
    """No title, no day, a state without a day, an invalid deadline, an unknown class; a total is not a matter."""
    sheet = (
        "编号,村,事项,类别,登记日期,办理时限,状态,办结日期\n"
        "1,东村,,实际困难,2026-03-05,,,\n"
        "2,东村,修路,实际困难,前天,,,\n"
        "3,东村,修渠,实际困难,2026-03-05,长期,已办结,\n"
        "4,东村,修桥,别的,2026-03-05,,,\n"
        "合计,,4件,,,,,\n"
    )
    incoming = town.read_spreadsheet(sheet)
    listed = incoming.not_placed[["row", "column"]].to_numpy().tolist()
    assert listed == [[2, ""], [3, ""], [4, "状态"], [4, "办理时限"], [5, "类别"], [6, ""]]
    assert (incoming.rows, incoming.placed) == (5, 2)
    assert incoming.not_placed["why"].str.len().min() > 5


def test_as_of_gives_a_day_to_what_ended_without_one(town: Campaign) -> None:
    """And says so."""
    sheet = "编号,村,事项,登记日期,状态\n1,东村,修渠,2026-03-05,已办结\n"
    incoming = town.read_spreadsheet(sheet, as_of="2026-03-30")
    assert steps_of(incoming, "1") == [("raise", "2026-03-05"), ("done", "2026-03-30")]
    assert incoming.remarks["column"].tolist() == ["状态", ""]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年3月5日", "2026-03-05"),
        ("3月5日", "2026-03-05"),
        ("2026.3.5", "2026-03-05"),
        ("26/3/5", "2026-03-05"),
        ("46086", "2026-03-05"),
        ("２０２６－０３－０５", "2026-03-05"),
    ],
)
def test_days_as_clerks_write_them(town: Campaign, written: str, day: str) -> None:
    """In words, with points, as a spreadsheet's number, in full-width digits."""
    incoming = town.read_spreadsheet(f"编号,村,事项,登记日期\n1,东村,修渠,{written}\n", year=2026)
    assert steps_of(incoming, "1") == [("raise", day)]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("已办结", "done"),
        ("是", "done"),
        ("√", "done"),
        ("未办结", ""),
        ("否", ""),
        ("已解释说明", "explain"),
        ("撤回", "withdraw"),
    ],
)
def test_words_for_states(town: Campaign, state: str, step: str) -> None:
    """未办结 is not 办结."""
    sheet = f"编号,村,事项,登记日期,是否办结,办结日期\n1,东村,修渠,2026-03-05,{state},2026-03-09\n"
    assert [name for name, _ in steps_of(town.read_spreadsheet(sheet), "1")][1:2] == ([step] if step else [])


def test_one_number_twice_is_two_matters_unless_the_rows_are_the_same(town: Campaign) -> None:
    """Both are reported."""
    sheet = "编号,村,事项,登记日期\n1,东村,修渠,2026-03-05\n1,西村,修路,2026-03-06\n1,东村,修渠,2026-03-05\n"
    incoming = town.read_spreadsheet(sheet)
    assert incoming.events["matter"].tolist() == ["1", "1-2"]
    assert (len(incoming.remarks.query("column == '编号'")), len(incoming.not_placed)) == (1, 1)


def test_without_a_number_the_code_does_not_depend_on_the_row(town: Campaign) -> None:
    """A running number moves when rows are sorted; the matter stays the same."""
    rows = ["序号,村,事项,登记日期", "1,东村,修渠,2026-03-05", "2,西村,修路,2026-03-06"]
    one = town.read_spreadsheet("\n".join(rows) + "\n").events["matter"].tolist()
    other = town.read_spreadsheet("\n".join([rows[0], "1,西村,修路,2026-03-06", "2,东村,修渠,2026-03-05"]) + "\n")
    assert sorted(one) == sorted(other.events["matter"])


def test_a_row_a_step_is_read_as_it_stands(town: Campaign) -> None:
    """Steps by their names; a day of receiving is kept."""
    sheet = (
        "编号,步骤,日期,收到日期,办理人,村,户号,类别,事项,理由\n"
        "M1,登记,2026-04-20,2026-04-21,王强,东村,H03,实际困难,水井,\n"
        "M1,向上一级申请,2026-05-06,,王强,,,,,没有水泵\n"
        "M1,不知道,2026-05-07,,,,,,,\n"
    )
    incoming = town.read_spreadsheet(sheet)
    assert steps_of(incoming, "M1") == [("raise", "2026-04-20"), ("apply", "2026-05-06")]
    assert str(incoming.events["known"].iloc[0]) == "2026-04-21"
    assert incoming.not_placed["row"].tolist() == [4]


def test_a_step_that_stands_twice_in_the_sheet_counts_once(town: Campaign) -> None:
    """Every cell the same: the second row is listed with the first one's number. Another word makes it another step."""
    rows = "M1,登记,2026-04-20,东村,水井,\nM1,注明办理情况,2026-04-21,东村,,看过\nM1,注明办理情况,2026-04-21,东村,,看过\n"
    incoming = town.read_spreadsheet("编号,步骤,日期,村,事项,办理情况\n" + rows + "M1,注明办理情况,2026-04-21,东村,,又看过\n")
    assert incoming.events["note"].tolist() == ["", "看过", "又看过"]
    assert incoming.not_placed[["row", "column"]].to_numpy().tolist() == [[4, ""]]
    assert "3" in incoming.not_placed["why"].item()


def test_columns_are_recognised_in_english_too(town: Campaign) -> None:
    """And what is not known is listed with why."""
    sheet = (
        "number,village,household,problem,class,raised on,responsible,deadline,weather,phone\n"
        "1,East,H1,pump,practical difficulty,2026-03-05,Wang,15 days,dry,138\n"
    )
    with use_language("en"):
        incoming = town.read_spreadsheet(sheet)
        assert incoming.events["class"].tolist() == ["difficulty"]
        assert incoming.ignored[["heading", "why"]].to_numpy().tolist() == [
            ["weather", "the heading is not known"],
            ["phone", "personal data, never stored"],
        ]


def test_a_sheet_without_headings_is_refused(town: Campaign, tmp_path: Path) -> None:
    """With what headings are needed; a missing, an empty and a broken file each with one sentence."""
    with pytest.raises(CampaignError, match="headings"), use_language("en"):
        town.read_spreadsheet("a,b,c\n1,2,3\n")
    with pytest.raises(ReadError):
        town.read_spreadsheet(tmp_path / "none.xlsx")
    (tmp_path / "empty.csv").write_text("  \n")
    with pytest.raises(ReadError):
        town.read_spreadsheet(tmp_path / "empty.csv")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(ReadError):
        town.read_spreadsheet(tmp_path / "broken.xlsx")


def test_a_step_before_todays_person_came_stands_for_who_was_responsible() -> None:
    """A sheet names who is responsible now; in March that was somebody else, and the report says so."""
    people = pd.DataFrame({"person": ["P1", "P2"], "label": ["王强", "李明"]})
    places = pd.DataFrame({"place": ["V1"], "label": ["东村"]})
    posts = pd.DataFrame(
        {
            "person": ["P1", "P2"],
            "rank": ["staff", "staff"],
            "place": ["V1", "V1"],
            "from": ["2026-01-01", "2026-05-01"],
            "to": ["2026-04-30", ""],
        }
    )
    town = lw.read_campaign("our_town", registers={"people": people, "places": places, "posts": posts})
    sheet = "编号,村,户,事项,登记日期,责任人,状态,办结日期\n1,东村,H1,修渠,2026-03-05,李明,已办结,2026-03-20\n"
    incoming = town.read_spreadsheet(sheet)
    assert incoming.events.query("step == 'done'")["by"].tolist() == ["P1"]
    assert len(incoming.remarks.query("column == '责任人'")) == 1
    assert town.with_events(matters=incoming.events).ledger(on="2026-04-01").table["state"].tolist() == ["done"]


def test_the_workbook_read_again_is_the_same_ledger(tmp_path: Path) -> None:
    """Every step with its days, people and words: the fold of it is the same, row by row."""
    from liuwen.campaign import made_up_town

    town = made_up_town(3, 60)
    campaign = lw.read_campaign("hubin", registers=town.registers, events=town.events)
    file = campaign.to_excel(tmp_path / "ledger.xlsx", "2026-07", language="zh")
    again = campaign.with_events(matters=campaign.read_spreadsheet(file).events)
    before, after = (one.ledger(on="2026-07-30", known="2026-07-30") for one in (campaign, again))
    seen = before.table[before.table["class"] != "conduct"].reset_index(drop=True)
    pd.testing.assert_frame_equal(seen, after.table)
    assert again.synthetic

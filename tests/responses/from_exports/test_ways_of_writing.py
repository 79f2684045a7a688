"""The same answers in the writing of other servers, other programs and other people."""
# ruff: noqa: E501 - headers of exports are long, and read better in one line

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.errors import ReadError
from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.responses import Responses, read_responses

FORM = """
| survey | | | | | |
| | type | name | label::English (en) | label::Français (fr) | choice_filter |
| | start | start | | | |
| | text | place | Place | Lieu | |
| | integer | size | How many? | Combien ? | |
| | decimal | rent | Rent | Loyer | |
| | date | day | Day | Jour | |
| | time | hour | Hour | Heure | |
| | select_one side | side | Side | Côté | |
| | select_one town | town | Town | Ville | side=${side} |
| | begin group | wish | Wishes | Souhaits | |
| | select_multiple thing | wanted | Wanted | Voulu | |
| | rank thing | order | Order | Ordre | |
| | end group | | | | |
| | begin repeat | person | Person | Personne | |
| | text | called | Called | Nom | |
| | integer | years | Years | Ans | |
| | select_multiple thing | needs | Needs | Besoins | |
| | end repeat | | | | |
| choices | | | | | |
| | list_name | name | label::English (en) | label::Français (fr) | side |
| | side | n | North | Nord | |
| | side | s | South | Sud | |
| | town | n1 | Centre | Centre | n |
| | town | s1 | Centre | Centre | s |
| | thing | 1 | Safe water | Eau potable | |
| | thing | 2 | Road, bridge | Route, pont | |
| | thing | -9 | Don't know | Ne sait pas | |
| settings | | | | | |
| | form_id | version |
| | house | 2 |
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(FORM.encode())


@pytest.fixture
def of_csv(form, tmp_path: Path) -> Callable[..., Responses]:
    """Reads a CSV in some encoding."""

    def read(text: str, encoding: str = "utf-8", *, declared: str | None = None, **told) -> Responses:
        (tmp_path / "data.csv").write_bytes(text.encode(encoding))
        return read_responses(tmp_path / "data.csv", form, encoding=declared, **told)

    return read


@pytest.fixture
def of_json(form, tmp_path: Path) -> Callable[..., Responses]:
    def read(content: object, **told) -> Responses:
        (tmp_path / "data.json").write_text(json.dumps(content), encoding="utf-8")
        return read_responses(tmp_path / "data.json", form, **told)

    return read


def said(responses: Responses) -> str:
    return " ".join(note.en for note in responses.notes)


# -- dates and times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        ["2024-03-05", "2024-12-17"],
        ["2024/3/5", "2024/12/17"],
        ["2024.03.05", "2024.12.17"],
        ["2024年3月5日", "2024年12月17日"],
        ["5/3/2024", "17/12/2024"],
        ["3/5/2024", "12/17/2024"],
        ["05.03.2024", "17.12.2024"],
        ["Mar 5, 2024", "Dec 17, 2024"],
        ["5 mars 2024", "17 déc. 2024"],
        ["5-Mar-2024", "17-Dec-2024"],
        ["5 de marzo de 2024", "17 de diciembre de 2024"],
        ["45356", "45643"],
        ["2024-03-05T00:00:00.000+08:00", "2024-12-17T23:59:00Z"],
    ],
)
def test_a_column_of_days_is_read_in_the_style_it_shows(of_csv, written) -> None:
    """Of other languages, other orders, and of spreadsheets."""
    table = of_csv("day,KEY\n" + "".join(f'"{text}",{key}\n' for key, text in enumerate(written))).table
    assert table["day"].tolist() == [pd.Timestamp(2024, 3, 5), pd.Timestamp(2024, 12, 17)]


def test_ambiguous_days_are_reported(of_csv) -> None:
    """Unless the caller says which."""
    text = "day,KEY\n3/5/2024,a\n4/6/2024,b\n5/5/2024,c\n"
    told = of_csv(text)
    assert told.table["day"].isna().tolist() == [True, True, False]
    assert told.unknown["value"].tolist() == ["3/5/2024", "4/6/2024"]
    assert of_csv(text, dates="dmy").table["day"].tolist()[0] == pd.Timestamp(2024, 5, 3)
    assert of_csv(text, dates="mdy").table["day"].tolist()[0] == pd.Timestamp(2024, 3, 5)
    with pytest.raises(ReadError, match="dmy"):
        of_csv(text, dates="d/m")


@pytest.mark.parametrize(
    ("written", "hour"),
    [("9:05:00 AM", "09:05:00"), ("9:05", "09:05:00"), ("下午3:20", "15:20:00"), ("21h30", "21:30:00"), ("0.5", "12:00:00")],
)
def test_times_of_day(of_csv, written, hour) -> None:
    """Of twelve hours or twenty-four, and a spreadsheet's fraction of a day."""
    assert of_csv(f"place,hour\nx,{written}\n").table["hour"].tolist() == [hour]


def test_unreadable_submission_times_are_reported(of_csv) -> None:
    """They were lost silently before."""
    read = of_csv("SubmissionDate,place,KEY\nsometime,x,a\n2024-03-05T09:00:00Z,y,b\n")
    assert read.unknown[["key", "field", "value"]].to_numpy().tolist() == [["a", "submitted_at", "sometime"]]
    assert read.table["submitted_at"].notna().tolist() == [False, True]


def test_times_of_kobo_are_utc_as_its_server_writes_them(of_json) -> None:
    """Those of the phone have their own offset."""
    read = of_json(
        [{"_id": 1, "_submission_time": "2024-03-05T05:00:51", "start": "2024-03-05T13:00:00.000+08:00", "place": "x"}]
    )
    assert read.table["submitted_at"].tolist() == [pd.Timestamp(2024, 3, 5, 5, 0, 51, tz="UTC")]
    assert "without an offset" not in said(read)


def test_a_column_with_and_without_offsets_keeps_those_that_have_one(of_csv) -> None:
    """The others are reported, and a time zone resolves them."""
    text = "start,place,KEY\n2024-03-05T09:00:00Z,x,a\n2024-03-05 09:00,y,b\n"
    read = of_csv(text)
    assert read.table["start"].notna().tolist() == [True, False]
    assert read.unknown[["key", "reason"]].to_numpy().tolist() == [["b", "timezone"]]
    placed = of_csv(text, timezone="Asia/Shanghai")
    assert placed.table.loc["b", "start"] == pd.Timestamp(2024, 3, 5, 1, tz="UTC")
    with pytest.raises(ReadError, match="Beijing"):
        of_csv(text, timezone="Beijing")


def test_a_time_skipped_by_the_clock_change_is_reported(of_csv) -> None:
    """There was no 02:30 on the night that summer time began."""
    read = of_csv("start,place\n2024-03-31 02:30,x\n", timezone="Europe/Paris")
    assert read.table["start"].isna().all()
    assert read.unknown["value"].tolist() == ["2024-03-31T02:30:00"]


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "rents"),
    [
        (["3,5", "12"], [3.5, 12.0]),
        (["1,234.5", "1,234"], [1234.5, 1234.0]),
        (["1.234,5", "1.234"], [1234.5, 1234.0]),
        (["1 234,5", "7"], [1234.5, 7.0]),
        (["１２", "٣"], [12.0, 3.0]),
        (["2.5", "1e3"], [2.5, 1000.0]),
        (["1,234", "12"], [None, 12.0]),
        (["abc", "-3,25"], [None, -3.25]),
    ],
)
def test_numbers_in_the_style_of_their_column(of_csv, written, rents) -> None:
    """An ambiguous separator is reported, never guessed."""
    read = of_csv("rent,place\n" + "".join(f'"{text}",x{key}\n' for key, text in enumerate(written)))
    assert [None if value is pd.NA else value for value in read.table["rent"]] == rents
    assert len(read.unknown) == rents.count(None)


def test_whole_numbers_may_have_groups_and_no_fraction(of_csv) -> None:
    """1,234 people is not 1.234; 3,5 people is reported."""
    read = of_csv('size,place\n"1,234",a\n"2,000",b\n')
    assert read.table["size"].tolist() == [1234, 2000]
    assert of_csv('size,place\n"3,5",a\n').table["size"].isna().all()


# -- marks for no answer ----------------------------------------------------------------------------------------------


def test_a_mark_in_one_column_of_text_may_be_a_name(of_csv) -> None:
    """ "NA" stays where nothing shows that it is a mark; `na=` settles it."""
    text = "place,size,KEY\nNA,3,a\nx,NA,b\n"
    assert of_csv(text).table["place"].tolist() == ["NA", "x"]
    assert of_csv(text).table["size"].tolist() == [3, pd.NA]
    assert of_csv(text, na=("NA",)).table["place"].tolist() == [pd.NA, "x"]
    kept = of_csv(text, na=())
    assert kept.unknown["value"].tolist() == ["NA"]


def test_a_number_that_stands_for_no_answer(form, tmp_path: Path) -> None:
    """In a workbook it is a number too; 0999 is a code."""
    frame = pd.DataFrame({"place": ["x", "0999"], "size": [999, 4], "rent": ["999.00", 1.5], "_uuid": ["a", "b"]})
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    for source in (frame, tmp_path / "a.xlsx"):
        read = read_responses(source, form, na=("999",))
        assert read.table[["size", "rent"]].fillna(0).to_numpy().tolist() == [[0, 0], [4, 1.5]]
        assert (read.table["place"].tolist(), "(2 cells)" in said(read)) == (["x", "0999"], True)


@pytest.mark.parametrize("mark", ["n/a", "NA", "#N/A", "null", "None", "NaN", "-", "."])
def test_marks_of_other_programs(of_csv, mark) -> None:
    """Each fills several columns in which it cannot be an answer, so it is a blank in text columns too."""
    read = of_csv(f"place,size,rent,day\n{mark},{mark},{mark},{mark}\nx,1,2,2024-03-05\n")
    assert read.table.iloc[0][["place", "size", "rent", "day"]].isna().all()
    assert f"“{mark}” stands for no answer in 4 columns" in said(read)


# -- selects and ranks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["wanted/1,wanted/2,wanted/-9", "wanted_1,wanted_2,wanted__9", "wish-wanted-1,wish-wanted-2,wish-wanted--9",
     "Wanted/Safe water,\"Wanted/Road, bridge\",Wanted/Don't know", "Voulu.Eau potable,\"Voulu.Route, pont\",Voulu.Ne sait pas",
     "wish::wanted::1,wish::wanted::2,wish::wanted::-9", "wish_wanted_safe_water,wish_wanted_road_bridge,wish_wanted_don_t_know"],
)  # fmt: skip
def test_split_columns_in_any_spelling(of_csv, header) -> None:
    """By names or labels, with whatever an exporter puts between them, or cleaned by janitor."""
    read = of_csv(f"place,{header}\nx,1,0,True\ny,0,0,0\n")
    assert read.table["wanted"].tolist() == ["1 -9", pd.NA]
    assert read.selected("wanted").iloc[1].tolist() == [False, False, False]
    assert read.unknown.empty


def test_cells_of_split_columns_that_say_neither_are_kept(of_csv) -> None:
    """1.0, as pandas writes a column with blanks, says that a choice was made; "x" may mean either."""
    read = of_csv("place,wish/wanted/1,wish/wanted/2,_uuid\nv,1.0,0.0,a\nw,x,maybe,b\n")
    assert read.table["wanted"].fillna("").tolist() == ["1", ""]
    assert read.unknown[["key", "field", "value"]].to_numpy().tolist() == [["b", "wish/wanted", "x; maybe"]]


def test_split_columns_outrank_the_joined_text(of_csv) -> None:
    """The joined one keeps the order, and what is not split; unused cells are reported."""
    read = of_csv("KEY,place,wanted,wanted/1,wanted/2\na,x,2 1,1,1\nb,x,1,0,1\nc,x,1 -9,1,0\nd,x,Eau,1,0\n")
    assert read.table["wanted"].tolist() == ["2 1", "2", "1 -9", "1"]
    assert read.unknown[["key", "value", "reason"]].to_numpy().tolist() == [["b", "1", "split"], ["d", "Eau", "split"]]


@pytest.mark.parametrize(
    "text",
    [
        "Safe water Road, bridge",
        "Safe water, Road, bridge",
        "Road, bridge; Safe water",
        "1 Road, bridge",
        "Eau potable|Route, pont",
    ],
)
def test_labels_with_separators_of_their_own(of_csv, text) -> None:
    """A label that holds a comma is one label; names may stand among labels."""
    assert set(of_csv(f'place,wanted\nx,"{text}"\n').table["wanted"].iloc[0].split()) == {"1", "2"}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("order", "2 -9 1"),
        ("order/1,order/2,order/3", "2,-9,1"),
        ("order_1,order_2,order_3", '"Road, bridge",Don\'t know,Safe water'),
        ("order/1,order/2,order/-9", "3,1,2"),
        ("wish/order,wish/order/1,wish/order/2,wish/order/-9", "2 -9 1,3,1,2"),
    ],
)
def test_a_rank_by_place_and_by_choice(of_csv, header, cells) -> None:
    """A column a place holds the choice; a column a choice holds its place."""
    read = of_csv(f"place,{header}\nx,{cells}\n")
    assert read.table["order"].tolist() == ["2 -9 1"]
    assert read.unknown.empty


def test_a_label_that_two_parents_share_is_settled_by_the_filter(of_csv) -> None:
    """“Centre” of the north; an unknown parent is reported."""
    read = of_csv("KEY,side,town\na,North,Centre\nb,Sud,Centre\nc,,Centre\n")
    assert read.table["town"].tolist() == ["n1", "s1", "Centre"]
    assert read.unknown[["key", "reason"]].to_numpy().tolist() == [["c", "choice"]]


# -- repeats ----------------------------------------------------------------------------------------------------------

PEOPLE = [["Li", 40, "1 2"], ["Wang", 38, "2"]]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("called_1,years_1,needs_1,called_2,years_2,needs_2", "Li,40,1 2,Wang,38,2"),
        ("person[1]/called,person[1]/years,person[1]/needs,person[2]/called,person[2]/years,person[2]/needs", "Li,40,1 2,Wang,38,2"),
        ("person/1/called,person/1/years,person/1/needs,person/2/called,person/2/years,person/2/needs", "Li,40,1 2,Wang,38,2"),
        ("person_1_called,person_1_years,person_1_needs,person_2_called,person_2_years,person_2_needs", "Li,40,1 2,Wang,38,2"),
        ("called_1,called_2,years_1,years_2,needs_1_1,needs_2_1,needs__9_1,needs_1_2,needs_2_2,needs__9_2", "Li,Wang,40,38,1,1,0,0,1,0"),
        ("called_1,called_2,years_1,years_2,needs_1,needs_2,needs_1_1,needs_2_1,needs_1_2,needs_2_2", "Li,Wang,40,38,1 2,2,1,1,0,1"),
        ("called_1,called_2,years_1,years_2,needs_1,needs_2,needs_1_1,needs_1_2,needs_2_1,needs_2_2", "Li,Wang,40,38,1 2,2,1,1,0,1"),
    ],
)  # fmt: skip
def test_repeats_spread_over_columns(of_csv, header, cells) -> None:
    """Numbered at the end or in the middle; of a split select, in whichever order the joined text agrees with."""
    read = of_csv(f"place,person_count,{header}\nx,2,{cells}\n")
    assert read["person"][["called", "years", "needs"]].to_numpy().tolist() == PEOPLE
    assert not (read.unknown["reason"] == "field").any()


def test_a_counted_instance_without_answers_is_there(of_csv) -> None:
    """Three were counted, and of the second nothing is known; without a count, blanks are no instances."""
    counted = of_csv("KEY,place,person_count,called_1,called_2,called_3\na,x,3,Li,,Wu\nb,y,0,,,\n")
    assert counted["person"]["called"].tolist() == ["Li", pd.NA, "Wu"]
    assert of_csv("KEY,place,called_1,called_2,called_3\na,x,Li,,Wu\n")["person"]["called"].tolist() == ["Li", "Wu"]


def test_long_files_of_surveycto(form, tmp_path: Path) -> None:
    """A file a repeat, linked by PARENT_KEY."""
    (tmp_path / "house.csv").write_text(
        'SubmissionDate,place,SET-OF-person,KEY\n"Dec 17, 2013 4:42:31 PM",x,uuid:1/person,uuid:1\n'
    )
    (tmp_path / "house-person.csv").write_text(
        "called,years,PARENT_KEY,KEY,SET-OF-person\nLi,40,uuid:1,uuid:1/person[1],uuid:1/person\nWang,38,uuid:1,uuid:1/person[2],uuid:1/person\n"
    )
    read = read_responses(tmp_path, form)
    assert read["person"].index.tolist() == ["uuid:1/person[1]", "uuid:1/person[2]"]
    assert read.notes[0].en.startswith("The times of submitted_at")


def test_a_lone_repeat_of_central_has_submissions_without_answers(of_json) -> None:
    """Whose they are is known; what was answered is not."""
    read = of_json({"value": [{"__id": "p", "__Submissions-id": "uuid:1", "called": "Li", "years": 40}]})
    assert read.table.index.tolist() == ["uuid:1"]
    assert read["person"]["instance_id"].tolist() == ["uuid:1"]
    assert read.asked("place").isna().all()
    assert "repeats only" in said(read)


def test_an_empty_repeat_differs_from_a_missing_one(of_json, of_csv) -> None:
    """Expanded OData and Kobo say that there is nobody; a CSV without the columns says nothing."""
    assert "not in the source" not in said(of_json({"value": [{"__id": "a", "place": "x", "person": []}]}))
    assert "not in the source" not in said(of_json([{"_id": 1, "place": "x"}]))
    assert "“person” was not in the source" in said(of_csv("place,KEY\nx,a\n"))
    assert "“person” was not in the source" in said(
        of_json({"value": [{"__id": "a", "place": "x", "person@odata.navigationLink": "x"}]})
    )


def test_a_group_that_became_a_repeat_keeps_its_values(of_json) -> None:
    """The one person of the old group is not taken for an instance."""
    read = of_json([{"_id": 1, "place": "x", "person/called": "Zhao", "person/years": "20"}])
    assert read["person"].empty
    assert read.unknown[["key", "field", "value"]].to_numpy().tolist() == [
        ["1", "person/called", "Zhao"],
        ["1", "person/years", "20"],
    ]


# -- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "place"),
    [("utf-8", "湖滨"), ("utf-8-sig", "湖滨"), ("utf-16", "湖滨"), ("utf-16-le", "湖滨村"), ("utf-16-be", "湖滨村"), ("utf-32", "湖滨"),
     ("gb18030", "湖滨村，东头"), ("gb18030", "龙"), ("cp1252", "Hôpital Zoé – n° 3"), ("cp1252", "Señor Muñoz’s")],
)  # fmt: skip
def test_encodings_are_detected_by_evidence(of_csv, encoding, place) -> None:
    """Never silently letters of another script."""
    assert of_csv(f'KEY,place,size\na,"{place}",3\n', encoding).table["place"].tolist() == [place]


@pytest.mark.parametrize(
    ("encoding", "place"), [("cp1251", "Привет"), ("euc-kr", "서울특별시 마포구 월드컵북로 주민"), ("mac_roman", "José Muñoz")]
)
def test_an_encoding_that_is_not_evident_is_asked_for(of_csv, encoding, place) -> None:
    """Russian, Korean, and French of an old Macintosh are neither Chinese nor Windows-1252; the caller can say."""
    text = f"place,size\n{place},3\n"
    with pytest.raises(ReadError, match="encoding="):
        of_csv(text, encoding)
    for named in ("utf-8", "klingon"):
        with pytest.raises(ReadError, match=named):
            of_csv(text, encoding, declared=named)
    assert of_csv(text, encoding, declared=encoding).table["place"].tolist() == [place]


def test_a_csv_of_excel_says_its_delimiter(of_csv) -> None:
    """And commas inside cells do not mislead."""
    assert of_csv("sep=;\nplace;size\na, b, c;3\n").table["place"].tolist() == ["a, b, c"]
    assert of_csv("place\tsize\na, b\t3\nc, d\t4\n").table["size"].tolist() == [3, 4]


def test_a_row_with_too_many_cells_is_refused(of_csv) -> None:
    """A comma without quotation marks shifts what follows."""
    read = of_csv("place,size,rent\nHubin, east,3,4\ny,5,6\n")
    assert read.table["size"].tolist() == [5]
    assert "comma" in read.rejected["reason"].item()


@pytest.mark.parametrize("end", ['y,4,"2.', "y,4,2.5", "\ny,4", 'y,4,2.5,"for\n'])
def test_a_row_within_which_the_file_ends_is_refused(of_csv, end) -> None:
    """Half a number is no number: 2. is not 2.5."""
    read = of_csv(f"place,size,rent,_uuid\nx,3,1.5,a\n{end}")
    assert (read.table["rent"].tolist(), read.counts["rejected"]) == ([1.5], 1)
    assert "ends within this row" in read.rejected["reason"].item()
    assert of_csv("place,size,rent,_uuid\nx,3,1.5,a\ny,4,2.5,b").rejected.empty, "a last line end may be missing"


def test_a_damaged_row_of_a_repeat_is_refused(form, tmp_path: Path) -> None:
    """Too many cells, or too few at the end of the file."""
    (tmp_path / "house.csv").write_text("place,KEY\nx,a\n")
    (tmp_path / "house-person.csv").write_text("called,years,PARENT_KEY,KEY\nLi, Wei,4,a,a/1\nWu,3,a,a/2\nHe,5,a")
    read = read_responses(tmp_path, form)
    assert (read["person"]["called"].tolist(), len(read.rejected), read.counts["rejected"]) == (["Wu"], 2, 0)


def test_headers_and_totals_between_the_rows(of_csv) -> None:
    """As in files that were put together, or added up by village."""
    read = of_csv("place,size,_uuid\nx,3,a\n小 计：,3,\nplace,size,_uuid\ny,4,b\nSubtotal,4,\nz,5,c\nw,6,d\nv,7,e\n")
    assert read.table["size"].tolist() == [3, 4, 5, 6, 7]
    assert read.rejected["source"].tolist() == ["data!3", "data!4", "data!6"]


def test_a_title_above_and_totals_below(form) -> None:
    """As in a sheet that was made for printing."""
    rows = [
        ["Household survey 2024", None, None],
        [None] * 3,
        ["place", "size", "rent"],
        ["x", 3, 1.5],
        ["y", 4, 2.5],
        ["Total", 7, 4],
    ]
    read = read_responses(pd.DataFrame(rows[1:], columns=["Household survey 2024", "Unnamed: 1", "Unnamed: 2"]), form)
    assert read.table["size"].tolist() == [3, 4]
    assert "totals" in read.rejected["reason"].item()
    assert "rows above it were not read" in said(read)


@pytest.mark.parametrize(
    ("last", "is_totals"),
    [
        (",12,\"1,007.5\"", True), (",12,", False), (",11,1007.5", False), ("q,12,1007.5", False), (",5,1000", False),
    ],
)  # fmt: skip
def test_sums_without_a_word(of_csv, last: str, is_totals: bool) -> None:
    """A last row whose numbers are all the sums of those above, as a spreadsheet adds them; one number may be an answer."""
    read = of_csv(f"place,size,rent\nx,3,1.5\ny,4,6\nz,5,1000\n{last}\n")
    assert len(read) == (3 if is_totals else 4)
    assert len(read.rejected) == is_totals


def test_rejected_rows_have_their_number_in_the_sheet(form, tmp_path: Path) -> None:
    """Also where the table does not begin in the first row and column."""
    table = pd.DataFrame([["x", 3], ["Total", 7]], columns=["place", "size"])
    table.to_excel(tmp_path / "a.xlsx", startrow=3, startcol=2, index=False)
    read = read_responses(tmp_path / "a.xlsx", form)
    assert (read.table["size"].tolist(), read.rejected["source"].tolist()) == ([3], ["Sheet1!6"])


def test_a_second_header_and_tags_are_not_submissions(of_csv) -> None:
    """Labels under names, and the tags of HXL."""
    assert of_csv("place,size\nPlace,How many?\nx,3\n").table["size"].tolist() == [3]
    assert of_csv("place,size\n#adm+name,#affected\nx,3\n").table["size"].tolist() == [3]


def test_cleaned_names_are_recognised(of_csv) -> None:
    """As janitor makes them of labels and of names with groups."""
    read = of_csv("submission_time,how_many,wish_wanted,uuid\n2024-03-05T05:00:00,3,1,a\n")
    assert (read.table["size"].tolist(), read.table["wanted"].tolist()) == ([3], ["1"])
    assert read.unknown.empty


def test_a_folder_of_json_is_its_pages_together(form, tmp_path: Path) -> None:
    """A page, a lone submission, or a line each."""
    (tmp_path / "1.json").write_text(json.dumps({"results": [{"_id": 1, "place": "x"}, {"_id": 2, "place": "y"}]}))
    (tmp_path / "2.json").write_text(json.dumps({"_id": 3, "place": "z"}))
    (tmp_path / "3.json").write_text('{"_id": 4, "place": "v"}\n{"_id": 5, "place": "w"}\n')
    assert read_responses(tmp_path, form).table["place"].tolist() == ["x", "y", "z", "v", "w"]


@pytest.mark.parametrize("content", [[], {"results": []}, {"value": []}, {"count": 0, "next": None, "results": []}])
def test_no_rows_at_all(of_json, content) -> None:
    """Of any server."""
    assert len(of_json(content)) == 0


def test_a_csv_of_no_rows_is_typed(of_csv) -> None:
    """A header alone."""
    read = of_csv("place,size,start\n")
    assert (len(read), str(read.table["size"].dtype), str(read.table["start"].dtype)) == (0, "Int64", "datetime64[us, UTC]")


# -- what servers know ------------------------------------------------------------------------------------------------


def test_server_metadata_become_columns(of_json, of_csv) -> None:
    """Review, device, edits, attachments: of Central, of Kobo, of SurveyCTO."""
    system = {
        "submissionDate": "2024-03-05T00:00:00Z",
        "submitterName": "Ann",
        "deviceId": "d1",
        "edits": 2,
        "reviewState": "hasIssues",
    }
    central = of_json(
        {"value": [{"__id": "a", "place": "x", "__system": {**system, "attachmentsPresent": 1, "attachmentsExpected": 3}}]}
    )
    assert central.submissions.loc["a", ["sent_by", "device", "review_state"]].tolist() == ["Ann", "d1", "hasIssues"]
    assert central.submissions.loc["a", ["edits", "attachments_present", "attachments_expected"]].tolist() == [2, 1, 3]
    kobo = of_json([{"_id": 1, "place": "x", "_validation_status": {"uid": "approved"}, "_tags": ["a"], "_submitted_by": "bob"}])
    assert "approved" in kobo.submissions["validation_status"].item()
    assert kobo.table["sent_by"].tolist() == ["bob"]
    cto = of_csv("KEY,place,review_status,review_comments,username,duration\na,x,APPROVED,fine,ann,300\n")
    assert cto.submissions.loc["a", ["review_state", "comments", "sent_by", "duration"]].tolist() == [
        "APPROVED",
        "fine",
        "ann",
        "300",
    ]
    assert central.unknown.empty and kobo.unknown.empty and cto.unknown.empty


def test_an_anonymous_form_knows_nothing_of_it(tmp_path: Path) -> None:
    """Neither who nor from what device."""
    form = read_form(
        b"| survey |\n| | type | name | label |\n| | text | say | Say |\n| settings |\n| | form_id | attribute::anonymous |\n| | a | yes |\n"
    )
    frame = pd.DataFrame({"say": ["x"], "KEY": ["a"], "DeviceID": ["d1"], "SubmitterName": ["Ann"]})
    assert read_responses(frame, form).submissions.drop(columns="submitted_at").isna().all(axis=None)


# -- nothing is lost --------------------------------------------------------------------------------------------------

cell = st.sampled_from(["", "1", "x", "n/a", "2024-03-05", "1,5", "Total", "a"])
row = st.tuples(st.sampled_from(["", "a", "b", "c"]), cell, cell, cell, st.sampled_from(["", "2024-03-06T00:00:00Z"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(row, max_size=8), st.permutations(range(5)), st.floats(0.3, 1))
def test_every_row_is_read_rejected_or_counted_once(form, rows, order, keep) -> None:
    """Doubled, deleted, without an ID, of odd values, in any order of columns and cut short."""
    header = ["KEY", "place", "size", "day", "__system/deletedAt"]
    frame = pd.DataFrame([[each[n] for n in order] for each in rows], columns=[header[n] for n in order], dtype=object)
    frame = frame.iloc[: round(len(frame) * keep)]
    read = read_responses(frame, form)
    filled = int(frame.ne("").any(axis=1).sum())
    assert read.counts["given"] == filled
    assert filled == len(read) + len(read.rejected) + read.counts["again"] + read.counts["replaced"]


def test_doubling_a_whole_export_changes_nothing(form) -> None:
    """Neither the submissions nor their repeats are there twice."""
    main = pd.DataFrame({"KEY": ["a", "b"], "place": ["x", "y"]})
    people = pd.DataFrame({"PARENT_KEY": ["a", "a"], "KEY": ["a/person[1]", "a/person[2]"], "called": ["Li", "Li"]})
    once = read_responses({"main": main, "person": people}, form)
    twice = read_responses({"main": pd.concat([main, main]), "person": pd.concat([people, people])}, form)
    pd.testing.assert_frame_equal(once["person"], twice["person"])
    assert twice.rejected.empty
    assert twice.counts["again"] == 2

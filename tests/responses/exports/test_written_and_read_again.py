"""What is written in any format is read again as the same tables."""

import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio as layers
import pyreadstat
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from liuwen.errors import AnswerError, ReadError
from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.messages import Language, use_language
from liuwen.questionnaires import household_interview
from liuwen.responses import MAIN, Responses, read_responses
from liuwen.simulation.simulating import submissions

from .conftest import central, kobo, saved, surveycto

Way = Callable[[Responses, list[bytes], Path], object]
WAYS: dict[str, Way] = {
    "XML": lambda responses, documents, folder: documents,
    "Central JSON": lambda responses, documents, folder: saved(central(documents), folder / "central.json"),
    "Kobo JSON": lambda responses, documents, folder: saved(kobo(documents), folder / "kobo.json"),
    "SurveyCTO wide": lambda responses, documents, folder: surveycto(responses),
    "CSV zip": lambda responses, documents, folder: responses.to_csv(folder / "answers.zip"),
    "CSV files": lambda responses, documents, folder: responses.to_csv(folder / "answers.csv").parent,
    "Excel, names": lambda responses, documents, folder: responses.to_excel(folder / "answers.xlsx"),
    "Excel, labels": lambda responses, documents, folder: responses.to_excel(folder / "a.xlsx", "zh", timezone="Asia/Shanghai"),
    "Stata": lambda responses, documents, folder: responses.to_stata(folder / "answers.dta"),
    "SPSS": lambda responses, documents, folder: responses.to_spss(folder / "answers.sav", "zh"),
    "Parquet": lambda responses, documents, folder: responses.to_parquet(folder / "tables"),
}
"""What they cannot hold: Stata, SPSS and CSV keep times to the millisecond. Whether a blank was asked is held by XML and Parquet;
of the others it is worked out from relevance."""


def same(read: Responses, told: Responses, *, asked: bool = False) -> None:
    for name in (name for name in told.tables if not told.plan.tables[name].unlinked):
        pd.testing.assert_frame_equal(_whole_milliseconds(read[name]), _whole_milliseconds(told[name]))
        if asked:
            for column in told.plan.tables[name].columns:
                assert read.asked(column.name).equals(told.asked(column.name))


def _whole_milliseconds(table: pd.DataFrame) -> pd.DataFrame:
    times = [name for name, dtype in table.dtypes.items() if isinstance(dtype, pd.DatetimeTZDtype)]
    return table.assign(**{name: table[name].dt.round("ms") for name in times})


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_format_reads_back_the_same_tables(house, houses, documents, tmp_path: Path, way: Way) -> None:
    """Positions, times, selects, ranks, repeats, and texts that look like formulas."""
    read = read_responses(way(houses, documents, tmp_path), house)
    same(read, houses)
    assert not read.unknown["reason"].isin(["field", "choice", "type", "split", "timezone"]).any()
    assert read.rejected.empty


@pytest.mark.slow
@pytest.mark.parametrize(("make", "count"), [(None, 6), (household_interview, 4)], ids=["house", "household interview"])
def test_every_format_reads_back_simulated_interviews(
    house: Form, tmp_path: Path, make: Callable[[], Form] | None, count: int
) -> None:
    """Any answers of synthetic respondents, in all tables with a key; the household interview has two repeats."""
    form = make() if make else house
    documents = submissions(form, count, seed=11)
    told = read_responses(documents, form)
    for name, way in WAYS.items():
        folder = tmp_path / name.replace(" ", "-").replace(",", "")
        folder.mkdir()
        same(read_responses(way(told, documents, folder), form), told)


def test_parquet_keeps_all_that_is_known(house, houses, tmp_path: Path) -> None:
    """Who was asked, what was rejected and unknown, the notes; the form need not be given."""
    folder = houses.to_parquet(tmp_path / "tables")
    read = read_responses(folder)
    same(read, houses, asked=True)
    assert (read.form.id, read.counts, read.notes) == (house.id, houses.counts, houses.notes)
    pd.testing.assert_frame_equal(read.submissions, houses.submissions)
    schema = pd.io.parquet.import_optional_dependency("pyarrow.parquet").read_schema(folder / "submissions.parquet")
    assert schema.field("size").metadata[b"label:English (en)"] == b"How many?"
    (folder / "submissions.parquet").unlink()
    with pytest.raises(ReadError, match="incomplete"):
        read_responses(folder)


def test_stata_says_why_a_value_is_missing(houses, tmp_path: Path) -> None:
    """`.a` does not know, `.c` was not asked, `.` gave no answer; labels are the form's."""
    frame, meta = pyreadstat.read_dta(str(houses.to_stata(tmp_path / "a.dta")), user_missing=True)
    assert frame["rent"].tolist()[1:] == ["c", "c"]
    assert frame["side"].tolist() == [1.0, 2.0, "a"]
    assert meta.variable_value_labels["side"]["a"] == "Don't know"
    assert meta.column_names_to_labels["size"] == "How many?"
    assert (frame["wanted_1"].tolist()[0], frame["wanted_1_2"].tolist()[0]) == ("for the field", 1.0)
    assert pd.read_stata(tmp_path / "a.dta", convert_categoricals=False)["side"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("reader", "language", "said"), [("zh", "", "not asked"), ("en", "中文 (zh)", "没有问到")])
def test_words_of_our_own_are_in_the_language_of_the_labels(
    houses, tmp_path: Path, reader: Language, language: str, said: str
) -> None:
    """Whatever language the reader has; without one asked for, the labels are in the form's first language."""
    with use_language(reader):
        _, stata = pyreadstat.read_dta(str(houses.to_stata(tmp_path / "a.dta", language)), user_missing=True)
        _, spss = pyreadstat.read_sav(str(houses.to_spss(tmp_path / "a.sav", language)), user_missing=True)
    assert stata.variable_value_labels["rent"]["c"] == said
    assert said in spss.variable_value_labels["rent"].values()


def test_a_name_of_any_length_is_one_of_stata(house) -> None:
    """27 signs at most, unlike the others, no reserved word."""
    from liuwen.responses.plan import plan_of
    from liuwen.responses.statistics_names import statistics_name, statistics_names

    names = statistics_names(plan_of(house), MAIN)
    assert len(set(names.values())) == len(names)
    assert (statistics_name("if"), statistics_name("1st"), len(statistics_name("x" * 80))) == ("if_", "v1st", 27)


def test_the_workbook_is_safe_and_says_what_it_is(houses, tmp_path: Path) -> None:
    """No text is a formula; the time zone stands in the heading; the last sheet says who made it."""
    book = CalamineWorkbook.from_path(str(houses.to_excel(tmp_path / "a.xlsx", timezone="Asia/Shanghai")))
    assert book.sheet_names == ["submissions", "person", "codebook", "about"]
    header, first, *_ = book.get_sheet_by_name("submissions").to_python()
    assert first[header.index("place")] == "=1+1 湖滨"
    assert first[header.index("start (Asia/Shanghai)")].hour == 9
    assert "<f>" not in zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "liuwen" in str(book.get_sheet_by_name("about").to_python())


def test_instance_ids_fit_their_column(houses, tmp_path: Path) -> None:
    """`uuid:` and 36 signs do not run into the next column."""
    book = openpyxl.load_workbook(houses.to_excel(tmp_path / "a.xlsx"))
    assert book["submissions"]["A1"].value == "instance_id"
    assert book["submissions"].column_dimensions["A"].width > 41


def test_labels_of_the_codebook_are_written_as_text(tmp_path: Path) -> None:
    """Nor in the workbook of the codebook alone."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | place | =1+1 |\n| settings |\n| | form_id |\n| | a |\n")
    path = read_responses([b'<data id="a"><place>x</place></data>'], form).to_codebook(tmp_path / "a.xlsx")
    assert "=1+1" in _content(path)
    assert "<f>" not in _content(path)


def test_csv_for_excel_has_no_formulas(houses, tmp_path: Path) -> None:
    """And begins with a mark, so that Chinese is read."""
    houses.to_csv(tmp_path / "a.csv", excel=True)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in data.decode("utf-8-sig")


def test_geojson_draws_positions_and_paths(houses, tmp_path: Path) -> None:
    """Longitude first; rows without a position are left out."""
    told = json.loads(houses.to_geojson(tmp_path / "a.geojson", raw=True).read_text(encoding="utf-8"))
    assert [feature["geometry"] for feature in told["features"]] == [{"type": "Point", "coordinates": [120.25, 30.5, 4.0]}]
    path = json.loads(houses.to_geojson(tmp_path / "b.geojson", "path", raw=True).read_text(encoding="utf-8"))
    assert path["features"][0]["geometry"]["coordinates"] == [[120.25, 30.5], [120.35, 30.6]]
    assert "not to be published" in told["description"]
    with pytest.raises(AnswerError, match="size"):
        houses.to_geojson(tmp_path / "c.geojson", "size")


def test_geopackage_holds_the_same_features(houses, tmp_path: Path) -> None:
    """Its layer says what it is; without a position there is nothing to write."""
    info = layers.read_info(houses.to_geopackage(tmp_path / "a.gpkg", raw=True), layer="answers")
    meta, _, shapes, columns = layers.raw.read(tmp_path / "a.gpkg", layer="answers")
    assert (info["crs"], info["geometry_type"], info["features"]) == ("EPSG:4326", "Point Z", 1)
    assert struct.unpack("<ddd", shapes[0][5:]) == (120.25, 30.5, 4.0)
    assert columns[list(meta["fields"]).index("place")].tolist() == ["=1+1 湖滨"]
    assert "not to be published" in info["layer_metadata"]["DESCRIPTION"]
    assert layers.read_info(houses.to_geopackage(tmp_path / "b.gpkg"))["geometry_type"] == "Point"
    with pytest.raises(AnswerError, match="No row has a position"):
        houses.where(place="nowhere").to_geopackage(tmp_path / "c.gpkg")


def test_days_and_times_stay_what_they_are_on_a_map(tmp_path: Path) -> None:
    """A text like a day is a text; a time is of UTC only if it says so; names that the file cannot hold are changed."""
    form = read_form(
        b"| survey |\n| | type | name | label |\n| | geopoint | spot | Spot |\n| | date | day | Day |\n| | dateTime | at | At |\n"
        b"| | dateTime | local | Local |\n| | text | said | Said |\n| | integer | fid | Number |\n| | text | Said | Again |\n"
        b"| settings |\n| | form_id |\n| | a |\n"
    )
    xml = (
        b'<data id="a"><spot>30.5 120.25 0 0</spot><day>2024-03-05</day><at>2024-03-05T09:00:00.000+08:00</at>'
        b"<local>2024-03-05T09:00:00</local><said>2024-03-05</said><fid>7</fid><Said>x</Said></data>"
    )
    read = read_responses([xml, b'<data id="a"><spot>30.5 120.25 0 0</spot></data>'], form)
    file = read.to_geopackage(tmp_path / "a.gpkg")
    with closing(sqlite3.connect(file)) as opened:
        (row, blank) = opened.execute('SELECT day, at, local, said, fid_, "Said_" FROM answers').fetchall()
        assert row == ("2024-03-05", "2024-03-05T01:00:00Z", "2024-03-05T09:00:00", "2024-03-05", 7, "x")
        assert blank == (None,) * 6
    told = layers.read_info(file)["layer_metadata"]["DESCRIPTION"]
    assert "fid → fid_, Said → Said_" in told and "local have no time zone" in told
    feature, _ = json.loads(read.to_geojson(tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    written = feature["properties"]
    assert [written[name] for name in ("day", "at", "local")] == [
        "2024-03-05",
        "2024-03-05T01:00:00+00:00",
        "2024-03-05T09:00:00",
    ]


@pytest.mark.parametrize(
    ("question", "middle"), [("spot", [120.12, 30.12]), ("path", [120.13, 30.13]), ("yard", [120.13, 30.13])]
)
def test_positions_are_rounded_unless_asked_for(tmp_path: Path, question: str, middle: list[float]) -> None:
    """To about a kilometre, in every property too; paths and areas become points."""
    form = read_form(
        b"| survey |\n| | type | name | label |\n| | geopoint | spot | Spot |\n| | geotrace | path | Path |\n"
        b"| | geoshape | yard | Yard |\n| | text | place | Place |\n| settings |\n| | form_id |\n| | a |\n"
    )
    points = "30.123456 120.123456 9 1;30.128456 120.128456 9 1"
    xml = f'<data id="a"><spot>30.123456 120.123456 9 1</spot><path>{points}</path><yard>{points}</yard><place>x</place></data>'
    written = read_responses([xml.encode()], form).to_geojson(tmp_path / "a.geojson", question).read_text(encoding="utf-8")
    (feature,) = json.loads(written)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": middle}
    assert (feature["properties"]["place"], "123456" in written) == ("x", False)


def test_positions_of_unlinked_sections_are_written_only_where_asked_for(tmp_path: Path) -> None:
    """The others need no question to be named."""
    form = read_form(
        b"| survey |\n| | type | name | label | note |\n| | begin group | views | Views | liuwen: unlinked |\n"
        b"| | geopoint | spot | Spot | |\n| | end group | | | |\n| settings |\n| | form_id |\n| | a |\n"
    )
    told = read_responses([b'<data id="a"><views><spot>30.5 120.25 0 0</spot></views></data>'], form)
    with pytest.raises(AnswerError, match="unlinked section"):
        told.to_geojson(tmp_path / "a.geojson", "spot")
    assert "120.25" in told.to_geojson(tmp_path / "a.geojson", "spot", raw=True).read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["xlsx", "html", "md", "xml"])
def test_the_codebook_as_a_file(houses, tmp_path: Path, ending: str) -> None:
    """Every question stands in it with its label."""
    path = houses.to_codebook(tmp_path / f"codebook.{ending}")
    if ending == "xlsx":
        text = str(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    else:
        text = unescape(path.read_text(encoding="utf-8"))
    assert all(label in text for label in ("How many?", "几口人？", "Don't know"))


@pytest.mark.parametrize("ending", ["xlsx", "html", "md", "xml"])
def test_the_codebook_says_that_it_is_synthetic(houses, tmp_path: Path, ending: str) -> None:
    """In every format."""
    path = replace(houses, synthetic=True).to_codebook(tmp_path / f"codebook.{ending}")
    assert "no real person" in _content(path)


def test_ddi_names_variables_questions_and_categories(houses, tmp_path: Path) -> None:
    """In the namespace of DDI-Codebook 2.5, with the language of each text."""
    root = etree.parse(houses.to_codebook(tmp_path / "c.xml")).getroot()
    ddi = {"d": "ddi:codebook:2_5"}
    assert root.tag == "{ddi:codebook:2_5}codeBook"
    side = root.find(".//d:var[@name='side']", ddi)
    assert [each.findtext("d:catValu", namespaces=ddi) for each in side.findall("d:catgry", ddi)] == ["n", "s", "dk"]
    assert side.find("d:qstn/d:qstnLit[@{http://www.w3.org/XML/1998/namespace}lang='zh']", ddi).text == "方位"


def test_a_format_that_is_not_written_is_refused(houses, tmp_path: Path) -> None:
    """One sentence names those that are."""
    for write, name in ((houses.to_excel, "a.xls"), (houses.to_stata, "a.sav"), (houses.to_codebook, "a.pdf")):
        with pytest.raises(AnswerError, match=name):
            write(tmp_path / name)


@pytest.mark.parametrize("raw", [False, True])
def test_unlinked_sections_are_written_only_where_asked_for(visit, submission, tmp_path: Path, raw: bool) -> None:
    """And the file says whether they are in it."""
    told = read_responses([submission("<appraisal><fair>yes</fair><why>they listen</why></appraisal>")], visit)
    with zipfile.ZipFile(told.to_csv(tmp_path / "a.zip", raw=raw)) as archive:
        assert ("visit-appraisal.csv" in archive.namelist()) is raw
        assert "they listen" not in archive.read("visit.csv").decode()
        assert ("not to be published" if raw else "left out") in archive.read("README.txt").decode()


WRITERS: dict[str, Callable[..., Path]] = {
    "a.xlsx": Responses.to_excel,
    "a.zip": Responses.to_csv,
    "a.csv": Responses.to_csv,
    "a.dta": Responses.to_stata,
    "a.sav": Responses.to_spss,
    "tables": Responses.to_parquet,
    "a.html": Responses.to_codebook,
    "b.xlsx": Responses.to_codebook,
    "a.xml": Responses.to_codebook,
}


@pytest.mark.parametrize("name", WRITERS)
def test_no_format_writes_unlinked_answers_by_default(visit, submission, tmp_path: Path, name: str) -> None:
    """Neither as rows nor as values that the form does not know."""
    section = "<appraisal><fair>marvellous</fair><why>they listen</why><old>whispered</old></appraisal>"
    told = read_responses([submission(f"<village>Hubin</village>{section}", f"uuid:{number}") for number in range(7)], visit)
    WRITERS[name](told, tmp_path / name)
    made = "".join(_content(file) for file in tmp_path.rglob("*") if file.is_file())
    assert not [said for said in ("they listen", "marvellous", "whispered") if said in made]
    assert "Hubin" in made or WRITERS[name] is Responses.to_codebook


def _content(file: Path) -> str:
    """The text of a file, unpacked and uncompressed."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if file.suffix == ".parquet":
        return pd.read_parquet(file).to_csv()
    if file.suffix == ".sav":
        return str(pyreadstat.read_sav(str(file))[0].to_csv())
    return file.read_bytes().decode("utf-8", "replace")


def test_a_folder_without_unlinked_sections_says_so_when_read(visit, submission, tmp_path: Path) -> None:
    """Their tables are empty, but not because nobody answered; an earlier writing with them leaves nothing behind."""
    told = read_responses([submission("<appraisal><fair>yes</fair></appraisal>")], visit)
    assert len(read_responses(told.to_parquet(tmp_path, raw=True))["appraisal"]) == 1
    read = read_responses(told.to_parquet(tmp_path))
    assert (len(read["appraisal"]), read.base("fair")) == (0, 0)
    assert any("appraisal" in note.en and "raw=True" in note.en for note in read.notes)
    assert not list(tmp_path.rglob("appraisal*"))

"""One run says everything: the rules, pyxform and JavaRosa, in the order of the workbook."""

import json
from collections.abc import Callable

import pytest

from liuwen.checks import check, fix
from liuwen.checks.fixing import mended_cells
from liuwen.form import Form, read_form
from liuwen.form.sheets import Sheet
from liuwen.messages import use_language

CLEAN = """
| survey |
| | type | name | label |
| | start | start | |
| | end | end | |
| | acknowledge | consent | Do you agree to take part? |
| | integer | rooms | How many rooms are there? |
| settings |
| | form_id | form_title | version |
| | rooms | Rooms | 1 |
"""
FAULTY = """
| survey |
| | type | name | label | relevent | relevant |
| | textt | a | A | | |
| | text | b | | | ${nowhere} = 1 |
| | begin group | c | C | | |
"""


def test_a_clean_form_is_ok(form_of: Callable[..., Form]) -> None:
    """A sound form has no findings."""
    report = check(form_of(CLEAN))
    assert report.ok
    assert str(report) == str(report.summary)
    assert report.findings.empty


def test_every_fault_in_one_run_in_the_order_of_the_sheet(form_of: Callable[..., Form]) -> None:
    """pyxform alone would have stopped at the first."""
    report = check(form_of(FAULTY))
    assert not report.ok
    rules = list(report.findings["rule"])
    assert {"unknown-type", "missing-label", "unbalanced-groups", "missing-setting"} <= set(rules)
    rows = report.findings.query("sheet == 'survey'")["row"]
    assert rows.is_monotonic_increasing


def test_the_frame_and_the_json_hold_the_same(form_of: Callable[..., Form]) -> None:
    """The same keys in both."""
    report = check(form_of(FAULTY))
    held = json.loads(report.to_json())
    assert held["ok"] is False
    assert list(held["findings"][0]) == list(report.findings.columns)
    assert len(held["findings"]) == len(report.findings)


def test_a_report_speaks_the_language_in_force(form_of: Callable[..., Form]) -> None:
    """Both languages are always there."""
    report = check(form_of(FAULTY))
    with use_language("zh"):
        assert "没有“textt”这种题型" in str(report)
    with use_language("en"):
        assert "there is no question type “textt”" in str(report)


def test_the_notebook_shows_the_offending_cell(form_of: Callable[..., Form]) -> None:
    """And whatever stands in a cell is escaped."""
    html = check(form_of(FAULTY.replace("textt", "<b>text")))._repr_html_()
    assert "<code>&lt;b&gt;text</code>" in html


def test_the_notebook_sets_no_formula_where_two_questions_are_named(form_of: Callable[..., Form]) -> None:
    """JupyterLab reads what stands between two `$` as mathematics, unless the table says that there is none."""
    html = check(form_of("| survey |\n| | type | name | label |\n| | text | depth | ${dpeth}? |\n"))._repr_html_()
    assert "${dpeth}" in html and "${depth}" in html
    assert "<table class='tex2jax_ignore mathjax_ignore'" in html


def test_a_blank_cell_leaves_no_empty_mark(form_of: Callable[..., Form]) -> None:
    """Where nothing is written, the place alone is shown."""
    html = check(form_of("| survey |\n| | type | name | label |\n| | text | a | |\n"))._repr_html_()
    assert "missing-label" in html and "<code></code>" not in html


def test_pyxforms_refusal_has_its_cell(form_of: Callable[..., Form]) -> None:
    """A range that pyxform refuses is reported at its parameters, in both languages."""
    form = form_of("| survey |\n| | type | name | label | parameters |\n| | range | a | A | start=1 end=5 step=0 |\n")
    (finding,) = [finding for finding in check(form).all if finding.rule == "pyxform"]
    assert (finding.severity, finding.place.row, finding.place.column) == ("error", 2, "parameters")
    assert finding.sentence.zh == "range 的参数“step”不能是 0。"


def test_javarosas_refusal_has_its_cell(form_of: Callable[..., Form]) -> None:
    """What only the phone's engine notices is brought back to the workbook."""
    form = form_of("| survey |\n| | type | name | label | calculation |\n| | calculate | a | | jr:itext('no such text') |\n")
    places = {(finding.place.row, finding.severity) for finding in check(form).all if finding.rule == "javarosa"}
    assert places == {(2, "error")}


XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>A</h:title><model>
<instance><data id="a"><q/></data></instance><bind nodeset="/data/q" type="string"{relevant}/></model></h:head>
<h:body><group appearance="field-list"><input ref="/data/q"><label>Q</label></input></group>{more}</h:body></h:html>"""


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")  # a page of questions has no place in an XLSForm
@pytest.mark.parametrize(
    ("relevant", "more", "row", "words"),
    [
        (" relevant=\"/data/q = 'a'\"", "", 2, "depends on itself"),
        ("", '<group appearance="field-list"/>', None, "contains no questions"),
        ("", '<input ref="/data/gone"><label>G</label></input>', None, "which the data part of the form does not have"),
    ],
)
def test_an_xform_is_judged_as_it_came(relevant: str, more: str, row: int | None, words: str) -> None:
    """Also where the sheets that are read from it no longer show the fault; findings with a row there name it."""
    report = check(read_form(XFORM.format(relevant=relevant, more=more).encode()))
    errors = [finding for finding in report.all if finding.severity == "error"]
    assert [(error.place.row, words in error.sentence.en) for error in errors] == [(row, True)]


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")
def test_pyxform_is_not_asked_about_an_xform() -> None:
    """A select whose list lies beside the form is sound, though pyxform would want a sheet for it."""
    outside = XFORM.replace('<input ref="/data/q"', """<input ref="/data/q" query="instance('l')/root/item" """)
    report = check(read_form(outside.format(relevant="", more="").encode()))
    assert report.ok
    assert "pyxform" not in set(report.findings["rule"])


@pytest.mark.parametrize(
    "mark", ["# liuwen: ignore=missing-label", "liuwen: ignore=unused-list, missing-label", "liuwen: ignore=all"]
)
def test_a_row_may_ask_not_to_hear_of_a_rule(form_of: Callable[..., Form], mark: str) -> None:
    """The mark stands in a note column."""
    form = form_of(f"| survey |\n| | type | name | label | note |\n| | text | a | | {mark} |\n")
    assert "missing-label" not in set(check(form).findings["rule"])


def test_a_mark_on_the_settings_holds_everywhere(form_of: Callable[..., Form]) -> None:
    """One place for what the whole form does on purpose."""
    form = form_of(
        "| survey |\n| | type | name |\n| | text | a |\n| settings |\n| | form_id | note |\n| | x | liuwen: ignore=all |"
    )
    assert "missing-label" not in set(check(form).findings["rule"])


def test_fix_mends_columns_and_spaces_and_nothing_else(form_of: Callable[..., Form]) -> None:
    """What has one safe mending."""
    form = form_of("| survey |\n| | type | name | lable | relevent |\n| | select_one\u00a0 a | a | Hi  there | ${b} = 'a  b' |\n")
    sheet = fix(form).sheet("survey")
    assert sheet is not None
    assert sheet.header == ("type", "name", "label", "relevant")
    assert sheet.rows == (("select_one a", "a", "Hi  there", "${b} = 'a  b'"),)
    assert fix(fix(form)) == fix(form)


def test_fix_mends_the_name_of_a_sheet() -> None:
    """With a blank behind it no phone reads it; where another is called so already, it is left alone."""
    survey, choices = (["type", "name", "label"], [["text", "a", "A"]]), (["list_name", "name", "label"], [["l", "x", "X"]])
    form = Form((Sheet.of("Survey ", *survey), Sheet.of("choices", *choices), Sheet.of("choices ", *choices)))
    assert [sheet.name for sheet in fix(form).sheets] == ["Survey", "choices", "choices "]
    assert mended_cells(form, fix(form)) == 1
    assert fix(fix(form)) == fix(form)


def test_fix_makes_no_column_twice(form_of: Callable[..., Form]) -> None:
    """Two headers near to one column, or one near to a column that is there in that language, are left to a person."""
    header = "type | name | hintt | hnit | label::zh | lable::zh | lable::en"
    form = form_of(f"| survey |\n| | {header} |\n| | text | a | 1 | 2 | 3 | 4 | 5 |\n")
    sheet = fix(form).sheet("survey")
    assert sheet is not None
    assert sheet.header == ("type", "name", "hintt", "hnit", "label::zh", "lable::zh", "label::en")


@pytest.mark.parametrize(
    ("form", "row", "column", "words"),
    [
        ("| survey |\n| | type | name | label |\n| | select_one_external l | a | A |\n", 2, "type", "external_choices"),
        (
            "| survey |\n| | type | name | label | parameters |\n| | range | a | A | start=1 end=9 step=20 |\n",
            2,
            "parameters",
            "比起止之差还大",
        ),
    ],
)
def test_pyxforms_words_are_brought_to_a_cell_and_into_chinese(
    form_of: Callable[..., Form], form: str, row: int, column: str, words: str
) -> None:
    """Also what it says without a row."""
    (finding,) = [finding for finding in check(form_of(form)).all if finding.rule == "pyxform"]
    assert (finding.place.row, finding.place.column) == (row, column)
    assert words in finding.sentence.zh

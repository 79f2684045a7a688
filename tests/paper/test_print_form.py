"""A form on paper says what the phone would ask, when, and with which answers."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from liuwen.cli.command import root
from liuwen.form import read_form
from liuwen.messages import use_language
from liuwen.paper import print_form
from liuwen.paper.conditions import ConditionWords
from liuwen.paper.questions import PaperForm, numbers

VISIT = """
| survey | | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | relevant | choice_filter | calculation |
| | select_one yn | consent | 愿意吗？ | Willing? | | | |
| | begin group | home | 家里 | At home | ${consent} = 'yes' | | |
| | select_multiple needs | needs | 有哪些<b>难处</b>？ | Which difficulties? | | | |
| | text | needs_other | 还有什么？ | What else? | selected(${needs}, 'other') | | |
| | select_one needs | first | 先办哪件？ | Which first? | count-selected(${needs}) >= 2 | selected(${needs}, name) | |
| | integer | people | 几口人？ | How many people? | ${needs} != '' and (${first} = 'road' or ${consent} = 'yes') | | |
| | calculate | many | | | | | ${people} > 3 |
| | note | thanks | ${people}口人，谢谢 | Thank you | ${many} > 0 | | |
| | end group | | | | | | |
| | begin repeat | member | 成员 | Members | | | |
| | text | called | 怎么称呼？ | What name? | | | |
| | select_one yn | works | 在做工吗？ | At work? | | | |
| | end repeat | | | | | | |
| choices | | | | |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | yn | yes | 愿意 | Yes |
| | yn | no | 不愿意 | No |
| | needs | road | 路 | Road |
| | needs | other | 其他 | Other |
| settings | | |
| | form_id | version |
| | visit | 7 |
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "visit.md"
    path.write_text(VISIT, encoding="utf-8")
    return read_form(path)


def words(form, condition: str, language: str = "en") -> str:
    return ConditionWords(form, language, numbers(form)).of(condition)


def test_questions_are_numbered_in_the_order_they_are_asked(form):
    """Notes and calculations have no number."""
    assert dict(numbers(form)) == {
        "consent": "1", "needs": "2", "needs_other": "3", "first": "4", "people": "5", "called": "6", "works": "7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        ("${consent} = 'yes'", 'question 1 is "Yes"', "第 1 题选“愿意”"),
        ("${consent} != 'no'", 'question 1 is not "No"', "第 1 题没有选“不愿意”"),
        ("selected(${needs}, 'road')", 'question 2 is "Road"', "第 2 题选“路”"),
        ("not(selected(${needs}, 'road'))", 'question 2 is not "Road"', "第 2 题没有选“路”"),
        ("${needs} != ''", "question 2 is filled in", "第 2 题填了"),
        ("${people} >= 3", "question 5 is at least 3", "第 5 题不小于 3"),
        ("count-selected(${needs}) > 1", "the number of answers to question 2 is above 1", "第 2 题选的项数大于 1"),
        ("${many} > 0", "many is above 0", "many大于 0"),
        ("not(${people} = 2)", "it is not so that question 5 is 2", "不是“第 5 题等于 2”"),
        ("${people} div 2 > 1", "question 5 div 2 is above 1", "第 5 题 div 2大于 1"),
        ("this is no ${people} expression", "this is no question 5 expression", "this is no 第 5 题 expression"),
        ("", "", ""),
    ],
)
def test_a_condition_is_put_into_words(form, condition: str, en: str, zh: str):
    assert words(form, condition) == en
    assert words(form, condition, "zh") == zh


def test_or_within_and_is_kept_apart(form):
    said = words(form, "${needs} != '' and (${first} = 'road' or ${consent} = 'yes')")
    assert said == 'question 2 is filled in, and (question 4 is "Road", or question 1 is "Yes")'


def test_the_paper_holds_every_question_with_its_answers(form):
    blocks = PaperForm(form, "en").blocks()
    asked = {block["number"]: block for block in blocks if block["kind"] == "question"}
    assert asked["2"]["answer"] == {"kind": "choices", "many": True, "ranked": False, "labels": ["Road", "Other"]}
    assert asked["2"]["told"] == "tick all that apply"
    assert asked["3"]["answer"] == {"kind": "lines", "count": 1}
    assert asked["4"]["told"] == "only what was chosen in question 2"
    assert asked["5"]["answer"]["kind"] == "boxes"
    roster = next(block for block in blocks if block["kind"] == "roster")
    assert [row["number"] for row in roster["rows"]] == ["6", "7"]
    assert roster["rows"][1]["codes"] == ["1 Yes", "2 No"]
    assert [block["label"] for block in blocks if block["kind"] == "note"] == ["Thank you"]
    assert blocks[-1] == {"kind": "formulas", "rows": [["many", "question 5 is above 3"]]}


def test_markup_and_references_become_plain_words(form):
    blocks = PaperForm(form, "zh").blocks()
    labels = [block["label"] for block in blocks if block["kind"] in {"question", "note"}]
    assert "有哪些难处？" in labels
    assert "＿＿＿口人，谢谢" in labels


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_interview_prints_whole(language: str, tmp_path: Path):
    """Every question that takes an answer is on the paper, in either language, and the same form gives the same bytes."""
    path = Path(__file__).parents[2] / "forms" / "household_interview.xlsx"
    made = print_form(path, language=language)
    assert made == print_form(path, language=language)
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    (tmp_path / "form.pdf").write_bytes(made)
    text = subprocess.run(["pdftotext", "-raw", tmp_path / "form.pdf", "-"], capture_output=True, check=True).stdout.decode()
    printed = "".join(text.split())
    form = read_form(path)
    for question in form.questions:
        if question.is_asked:
            label = PaperForm(form, language).text(question.label(language))
            for part in label.replace("＿＿＿", "____").split("____"):
                assert "".join(part.split()) in printed, question.name


@pytest.mark.parametrize("file", ["my.form.xlsx", "visit.md"])
def test_the_command_writes_a_pdf_named_like_the_form(form, file: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    form.write(tmp_path / file)
    with use_language("en"):
        done = CliRunner().invoke(root(), ["print", file], standalone_mode=False)
    assert done.exception is None, done.output
    assert (tmp_path / Path(file).with_suffix(".pdf").name).read_bytes().startswith(b"%PDF-")


def test_the_command_refuses_another_ending(form, tmp_path: Path):
    form.write(tmp_path / "visit.md")
    with use_language("en"):
        done = CliRunner().invoke(root(), ["print", str(tmp_path / "visit.md"), "--to", "visit.doc"], standalone_mode=False)
    assert "visit.doc is not a .pdf file; choose another name." in str(done.exception)

"""Forms as other people write them, on paper: two questions of one name, groups without words, rosters within rosters."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from liuwen.form import read_form
from liuwen.paper import print_form
from liuwen.paper.conditions import ConditionWords
from liuwen.paper.questions import WORKED_OUT, PaperForm, numbers

ODD = """
| survey | | | | | | |
| | type | name | label | hint | relevant | calculation |
| | begin group | head | | | | |
| | text | name | Head of household | | | |
| | end group | | | | | |
| | begin group | empty | Only a calculation | | | |
| | begin group | within | Within | | | |
| | calculate | step | | | | ${kind} + 1 |
| | end group | | | | | |
| | end group | | | | | |
| | begin group | spouse | | | ${kind} = 1 | |
| | text | name | Spouse | | | |
| | end group | | | | | |
| | select_one kinds | kind | Kind | | | |
| | select_multiple kinds | all | Kinds: select all that apply | | ${total} > 1234567 | |
| | select_multiple kinds | some | Which kinds? | | 'x' = ${name} | |
| | calculate | total | | | | ${step} * 2 |
| | begin repeat | member | **Members** | | | |
| | note | mind | Ask of ${name} | | | |
| | begin group | work | Work | | ${kind} = 2 | |
| | text | job | Job | | | |
| | end group | | | | | |
| | begin repeat | child | Children | | | |
| | integer | age | Age | | | |
| | end repeat | | | | | |
| | end repeat | | | | | |
| choices | | | |
| | list_name | name | label |
| | kinds | 1 | **First** |
| | kinds | 2 | Second |
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "odd.md"
    path.write_text(ODD, encoding="utf-8")
    return read_form(path)


@pytest.fixture(scope="module")
def blocks(form):
    return PaperForm(form, "en").blocks()


def test_two_questions_of_one_name_have_two_numbers(blocks):
    asked = [(block["label"], block["number"]) for block in blocks if block["kind"] == "question"]
    assert asked == [
        ("Head of household", "1"), ("Spouse", "2"), ("Kind", "3"), ("Kinds: select all that apply", "4"), ("Which kinds?", "5"),
    ]  # fmt: skip


def test_a_group_has_a_heading_only_for_its_words_or_its_condition(blocks):
    headings = [(block["label"], block["when"]) for block in blocks if block["kind"] == "section"]
    assert headings[0] == ("", 'This part only if question 3 is "First".')
    assert [label for label, _ in headings[1:]] == [
        "Members",
        "Children",
        WORKED_OUT.in_language("en"),
    ]


def test_a_roster_keeps_the_conditions_of_its_groups(blocks):
    member, child = [block for block in blocks if block["kind"] == "roster"]
    assert [(row["label"], row["when"], row["across"]) for row in member["rows"]] == [
        ("Ask of ____", "", True), ("Work", 'This part only if question 3 is "Second".', True), ("Job", "", False),
    ]  # fmt: skip
    assert [row["label"] for row in child["rows"]] == ["Age"]
    assert child["told"].startswith('One such table for each column of "Members"')


def test_multiple_choice_is_announced_only_once(blocks):
    told = {block["label"]: block["told"] for block in blocks if block["kind"] == "question"}
    assert told["Kinds: select all that apply"] == ""
    assert told["Which kinds?"] == "tick all that apply"


def test_the_calculations_that_a_calculation_needs_are_printed(blocks):
    assert blocks[-1]["rows"] == [["step", "question 3 + 1"], ["total", "step * 2"]]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("${kind} = 1", 'question 3 is "First"'),
        ("'2' != ${kind}", 'question 3 is not "Second"'),
        ("${total} > 12345678", "total is above 12345678"),
        ("${total} = 1", "total is 1"),
    ],
)
def test_choices_written_as_numbers_are_named(form, condition: str, said: str):
    assert ConditionWords(form, "en", numbers(form)).of(condition) == said


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_long_content_continues_on_the_next_page(tmp_path: Path):
    """Nothing lies outside the page or on top of something else."""
    choices = "".join(f"| | long | c{at} | Choice {at} {'and so on ' * 12} |\n" for at in range(60))
    note = " ".join(f"Sentence{at}." for at in range(1500))
    (tmp_path / "long.md").write_text(
        f"| survey | | |\n| | type | name | label |\n| | select_one long | q | Q |\n| | note | n | {note} |\n"
        "| | begin repeat | r | R |\n"
        f"| | select_one long | s | S |\n| | end repeat | | |\n| choices | | |\n| | list_name | name | label |\n{choices}",
        encoding="utf-8",
    )
    (tmp_path / "long.pdf").write_bytes(print_form(tmp_path / "long.md", language="en"))
    words = subprocess.run(["pdftotext", "-bbox", tmp_path / "long.pdf", "-"], capture_output=True, check=True).stdout.decode()
    pages = words.split("<page")[1:]
    places = [(page, line.split(" xMax")[0]) for page, text in enumerate(pages) for line in text.splitlines() if "<word" in line]
    assert len(places) == len(set(places))
    assert max(float(bottom) for bottom in re.findall(r'yMax="([\d.]+)"', words)) < 842
    assert words.count(">Choice<") == 120
    assert words.count(">Sentence") == 1500


LIMITED = """
| survey |
| | type | name | label | constraint | constraint_message |
| | integer | age | Age | . >= 0 and . <= 120 | |
| | integer | kids | Children | . <= ${age} or . = 0 | |
| | date | day | Day | . <= today() | |
| | text | code | Code | regex(., '^[0-9]+$') | |
| | text | phone | Phone | regex(., '^[0-9]+$') | Digits only. |
| | select_multiple l | why | Why | count-selected(.) <= 2 | **Two** at most. |
| choices |
| | list_name | name | label |
| | l | a | A |
"""


def test_constraints_are_printed():
    """The form's own words where it has them; comparisons of the answer in words; nothing for a pattern without words."""
    blocks = PaperForm(read_form(LIMITED.encode()), "en").blocks()
    assert [block["told"] for block in blocks] == [
        "the answer is at least 0, and the answer is at most 120", "the answer is at most question 1, or the answer is 0",
        "the answer is at most the day of the interview", "", "Digits only", "tick all that apply; Two at most",
    ]  # fmt: skip

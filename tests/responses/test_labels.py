"""Labels and the codebook say what stored values and columns mean."""

from itertools import pairwise

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.messages import use_language
from liuwen.responses import read_responses
from liuwen.responses.labels import distinct
from liuwen.responses.plainly import plainly

GIVEN = "<consent>yes</consent><difficulties><needs>road water</needs><people/></difficulties>"


def test_stored_values_become_what_was_offered(visit, submission):
    """In the language asked for; several are joined as that language joins them."""
    responses = read_responses([submission(GIVEN)], visit)
    assert responses.labelled("zh")[["consent", "needs"]].iloc[0].tolist() == ["是", "道路；饮水"]
    assert responses.labelled("en")[["consent", "needs"]].iloc[0].tolist() == ["Yes", "Road; Water"]
    assert list(responses.labelled("en")["consent"].cat.categories) == ["Yes", "No"]


def test_the_choice_added_by_or_other_is_offered():
    """Though no row of the form names it."""
    form = read_form(b"""
| survey |
| | type | name | label |
| | select_one l or_other | q | Q |
| choices |
| | list_name | name | label |
| | l | a | A |
| settings |
| | form_id |
| | x |
""")
    assert read_responses([b'<data id="x"><q>other</q></data>'], form).labelled("en")["q"].tolist() == ["Other"]


def test_columns_may_be_called_by_their_labels(visit, submission):
    """A position's parts keep their own names behind it."""
    heads = list(read_responses([submission(GIVEN)], visit).labelled("en", headings=True))
    assert heads[3:6] == ["Which village?", "Which day?", "Where?.latitude"]


def test_shared_labels_are_made_distinct():
    """Two values with one label keep their names beside it."""
    assert distinct({"a": "Yes", "b": "Yes", "c": "No"}) == {"a": "Yes (a)", "b": "Yes (b)", "c": "No"}


def test_the_codebook_has_a_row_a_column(visit, submission):
    """What was asked, of whom, and what a blank means."""
    responses = read_responses([submission(GIVEN), submission("<consent>no</consent>", "uuid:2")], visit)
    book = responses.codebook(minimum=1).set_index("name")
    columns = [head for name, table in responses.tables.items() for head in table if head in book.index]
    assert sorted(columns) == sorted(book.index)
    needs = book.loc["needs"]
    assert needs["label (中文 (zh))"] == "有什么困难？"
    assert needs["choices"] == "water = 饮水; road = 道路; school = 入学"
    assert needs["relevance"] == "“同意吗？”是“是”"
    assert (needs["asked"], needs["answered"], book.loc["people", "answered"]) == (1, 1, 0)


def test_the_codebook_lies_beside_the_tables(visit, submission, tmp_path):
    """So that a folder of Parquet files says what its columns mean."""
    responses = read_responses([submission(GIVEN)], visit)
    responses.to_parquet(tmp_path)
    assert pd.read_parquet(tmp_path / "codebook.parquet")["name"].tolist() == responses.codebook()["name"].tolist()


def test_the_codebook_speaks_one_language_where_asked(visit):
    """Then it has one column of labels."""
    book = read_responses([], visit).codebook("en")
    assert [name for name in book if name.startswith("label")] == ["label (en)"]


def test_responses_show_themselves(visit, submission):
    """A line at a prompt, a small page in a notebook: what was rejected, what each table holds, and nobody's answers."""
    responses = read_responses([submission("<village>&lt;b&gt;湖滨</village>"), b"<"], visit)
    assert repr(responses).startswith("<Responses to 'visit': submissions 1×13")
    assert "1 rejected" in repr(responses)
    with use_language("en"):
        page = responses._repr_html_()
    assert "1 could not be loaded" in page
    assert "one answer to “Appraisal”, not linked" in page
    assert "湖滨" not in page


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("${consent} = 'yes'", "“Do you agree?” is “Yes”"),
        (
            "selected(${needs}, 'road') and ${people} >= 3",
            "“What is difficult?” includes “Road” and “How many people?” is at least 3",
        ),
        (
            "not(${village} = '') and (${people} < 3 or ${income} != 0)",
            "not (“Which village?” is blank) and (“How many people?” is under 3 or “What income?” is not “0”)",
        ),
        ("count(${member}) > 2", "count(${member}) > 2"),
        ("${consent} =", "${consent} ="),
    ],
)
def test_conditions_are_described_in_plain_words(visit, condition, said):
    """Labels in place of names; what is not simple stays as written."""
    assert plainly(condition, visit, "en", "en") == said


def test_a_codebook_shows_no_count_that_points_at_few(visit, submission):
    """Neither a count of some people, nor two that differ by so few; whoever may see them asks for them."""
    answers = ["<consent>yes</consent><village>a</village>"] * 20 + ["<consent>yes</consent>"] * 7
    answers += ["<difficulties><people>3</people></difficulties>"] * 3
    responses = read_responses([submission(given, f"uuid:{number}") for number, given in enumerate(answers)], visit)
    book, whole = (responses.codebook("en", minimum=least).set_index("name") for least in (5, 1))
    assert (whole.at["village", "answered"], whole.at["people", "answered"], whole.at["consent", "answered"]) == (20, 3, 27)
    assert book.at["village", "answered"] == 20
    assert book[["asked", "answered"]].loc["people"].isna().all()
    assert book[["asked", "answered"]].loc["consent"].isna().all(), "30 less 27 is 3"
    shown = sorted({int(count) for count in book[["asked", "answered"]].stack().dropna()} | {0, len(responses)})
    assert all(more - fewer >= 5 for fewer, more in pairwise(shown))


def test_people_of_few_households_are_few(visit, submission):
    """Seven members of one household are one household."""
    members = "".join(f"<member><called>{name}</called></member>" for name in "abcdefg")
    responses = read_responses([submission(members), *(submission("", f"uuid:{n}") for n in range(2, 12))], visit)
    assert responses.codebook("en").set_index("name").loc[["called"], ["asked", "answered"]].isna().all(axis=None)
    assert responses.codebook("en", minimum=1).set_index("name").at["called", "answered"] == 7

"""The hypothesis strategies for other projects' tests."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from liuwen.form import read_form
from liuwen.testing import submissions

FORM = read_form(
    b"| survey |\n| | type | name | label | required | constraint |\n"
    b"| | integer | age | Age | yes | . > 17 and . < 96 |\n| | text | code | Code | yes | regex(., '^[AB]-[0-9]{2}$') |\n"
)


@settings(max_examples=15, deadline=None)
@given(submissions(FORM))
def test_drawn_submissions_satisfy_the_form(xml):
    """Every drawn submission is well-formed and satisfies the constraints."""
    answers = etree.fromstring(xml)
    assert 17 < int(answers.findtext("age")) < 96
    assert answers.findtext("code")[:2] in {"A-", "B-"}


@settings(max_examples=5, deadline=None)
@given(st.data())
def test_answers_can_be_fixed(data):
    """A test can fix the answers it needs."""
    xml = data.draw(submissions(FORM, answers={"age": 40}))
    assert etree.fromstring(xml).findtext("age") == "40"

"""A pattern that is meant to be found within a text, and must fit all of it."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import AnswerError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label | constraint |
| | text | a | A | {constraint} |
"""


def is_refused(form: str, answer: str) -> bool:
    try:
        interview(read_form(form.encode())).answer(answer)
    except AnswerError:
        return True
    return False


@pytest.mark.parametrize(("pattern", "answer"), [("[A-Za-z]", "湖 Lake"), ("^\\s", " a"), ("[0-9]+$", "a1"), ("bad", "a bad 1")])
def test_a_phone_accepts_answers_that_contain_what_is_forbidden(found: Found, pattern: str, answer: str) -> None:
    """With the pattern that the message proposes it refuses them."""
    form = FORM.format(constraint=f"not(regex(., '{pattern}'))")
    assert not is_refused(form, answer)
    assert found("pattern-within-text", form) == [("warning", 2, "constraint")]
    mended = FORM.format(constraint=f"not(regex(., '.*({pattern}).*'))")
    assert is_refused(mended, answer)
    assert found("pattern-within-text", mended) == []


@pytest.mark.parametrize("pattern", ["^[0-9]+$", ".*[0-9].*", "^(a[0-9]+)$", "(^a$)", "(?s).*x.*$", "(?=.*x)^.+$", "[0-9"])
def test_a_pattern_that_says_both_ends(found: Found, pattern: str) -> None:
    """Or a broken one, of which `broken-pattern` speaks; nor a pattern that an answer must fit."""
    assert found("pattern-within-text", FORM.format(constraint=f"not(regex(., '{pattern}'))")) == []
    assert found("pattern-within-text", FORM.format(constraint=f"regex(., '{pattern}')")) == []

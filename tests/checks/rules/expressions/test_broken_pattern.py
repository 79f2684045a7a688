"""A regular expression that phones cannot read."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import AnswerError, EngineError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label | constraint |
| | text | a | A | regex(., '{pattern}') |
| | text | b | B | |
"""
BROKEN = ["[0-9", "(abc", "abc)", "*abc", "a**", "a{2", "a{,3}", "a{3,2}", "[z-a]", "{name}", "^+*", "(a))", "[0-9]{11", "abc\\"]
READ = ["^[0-9]{11}$", "^*a", "[]abc]", "(?<n>a)", "[\\w-.]+", "a{2,}", "[[a]b]", "(?i)abc", "a&&b", "[{]", "\\p{L}+", "a*+"]


@pytest.mark.parametrize(("pattern", "is_broken"), [*((each, True) for each in BROKEN), *((each, False) for each in READ)])
def test_a_pattern_is_broken_where_java_refuses_it(found: Found, pattern: str, is_broken: bool) -> None:
    """On a phone that shows only once the question is answered."""
    form = FORM.format(pattern=pattern)
    walk = interview(read_form(form.encode()))
    if is_broken:
        with pytest.raises(EngineError):
            walk.answer("a")
    else:
        try:
            walk.answer("a")
        except AnswerError as refused:
            assert "constraint" in refused.sentence.en
    assert found("broken-pattern", form) == ([("error", 2, "constraint")] if is_broken else [])


def test_the_wrong_way_round(found: Found) -> None:
    """The text comes first: turned round, the answer is the pattern and nothing passes."""
    form = FORM.replace("regex(., '{pattern}')", "regex('^[0-9]+$', .)")
    assert found("broken-pattern", form) == [("error", 2, "constraint")]
    with pytest.raises(AnswerError):
        interview(read_form(form.encode())).answer("123")


def test_classes_of_other_languages(found: Found) -> None:
    """Java takes [[:alpha:]] for the letters of "alpha" and a colon."""
    form = FORM.format(pattern="^[[:alpha:]]+$")
    assert found("broken-pattern", form) == [("error", 2, "constraint")]
    assert found("broken-pattern", FORM.format(pattern="^\\p{Alpha}+$")) == []
    with pytest.raises(AnswerError):
        interview(read_form(form.encode())).answer("xyz")

"""A column that makes the conversion fall over."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | {header} |
| | begin group | g | G | {group} |
| | text | a | A | {question} |
| | end group | | | |
"""


@pytest.mark.parametrize(
    ("header", "group", "question"),
    [
        ("instance::tag", "x", ""),
        ("bind::tag", "", "x"),
        ("body::tag", "x", ""),
        ("bind::nodeset", "", "x"),
        ("instance::a b", "", "x"),
    ],
)
def test_the_column_is_named(found: Found, header: str, group: str, question: str) -> None:
    """An error at its header."""
    form = SURVEY.format(header=header, group=group, question=question)
    assert found("unusable-attribute", form) == [("error", 1, header)]


@pytest.mark.parametrize(
    ("header", "group", "question"), [("instance::tag", "", "x"), ("instance::x", "x", ""), ("bind::jr:preload", "", "x")]
)
def test_attributes_that_convert_are_accepted(found: Found, header: str, group: str, question: str) -> None:
    """A question may have instance::tag."""
    assert found("unusable-attribute", SURVEY.format(header=header, group=group, question=question)) == []

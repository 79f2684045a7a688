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


def test_nobody_reads_it_on_the_end_row(found: Found) -> None:
    """pyxform takes nothing from there."""
    form = SURVEY.format(header="instance::tag", group="", question="").replace("end group | | |", "end group | | | x")
    assert found("unusable-attribute", form) == []


@pytest.mark.parametrize(
    ("header", "group", "question"), [("instance::tag", "", "x"), ("instance::x", "x", ""), ("bind::jr:preload", "", "x")]
)
def test_attributes_that_convert_are_accepted(found: Found, header: str, group: str, question: str) -> None:
    """A question may have instance::tag."""
    assert found("unusable-attribute", SURVEY.format(header=header, group=group, question=question)) == []


def test_a_column_that_has_no_parts(found: Found) -> None:
    """Two colons after a column that holds a text."""
    form = """
| survey |
| | type | name | label | parameters::rows | hint::rows |
| | text | a | A | 3 | three |
"""
    assert found("unusable-attribute", form) == [("error", 1, "parameters::rows")]


@pytest.mark.parametrize(("kind", "times"), [("repeat", 1), ("group", 0)])
def test_a_nodeset_on_a_repeat(found: Found, kind: str, times: int) -> None:
    """pyxform writes that of a repeat itself."""
    form = f"""
| survey |
| | type | name | label | body::nodeset |
| | begin {kind} | g | G | x |
| | text | a | A | |
| | end {kind} | | | |
"""
    assert found("unusable-attribute", form) == [("error", 1, "body::nodeset")] * times

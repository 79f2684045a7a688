"""A repeat that may be counted 0 times is asked once all the same, unless its relevance hides it."""

from collections.abc import Callable

import pytest

import liuwen as lw
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | repeat_count | relevant | constraint | calculation |
| | integer | n | N | | | {constraint} | |
| | calculate | twice | | | | | ${{n}} * 2 |
| | begin repeat | r | R | {count} | {relevant} | | |
| | text | a | A | | | | |
| | end repeat | | | | | | |
"""


def form(count: str = "${n}", relevant: str = "", constraint: str = "") -> str:
    return FORM.format(count=count, relevant=relevant, constraint=constraint)


@pytest.mark.parametrize("constraint", ["", ". >= 0", ". < 10", ". != 1"])
def test_a_count_that_may_be_0_is_a_warning(found: Found, constraint: str) -> None:
    """Whatever the constraint is, as long as 0 fits it."""
    assert found("zero-repeat-count", form(constraint=constraint)) == [("warning", 4, "repeat_count")]


@pytest.mark.parametrize(
    "constraint", [". > 0", ". >= 1 and . <= 30", "not(. < 1)", ". != 0", "if(today() > '2026', . > 0, . > 1)"]
)
def test_a_count_of_at_least_1_is_fine(found: Found, constraint: str) -> None:
    """The constraint excludes 0."""
    assert found("zero-repeat-count", form(constraint=constraint)) == []


@pytest.mark.parametrize("relevant", ["${n} > 0", "${n} != 0", "0 < ${n}", "${n} > 2"])
def test_a_repeat_that_is_hidden_at_0_is_fine(found: Found, relevant: str) -> None:
    """Its own relevance says so."""
    assert found("zero-repeat-count", form(relevant=relevant)) == []


def test_a_relevance_that_says_nothing_of_the_count_is_not_enough(found: Found) -> None:
    """It can hold while the count is 0."""
    assert found("zero-repeat-count", form(relevant="${n} < 5")) == [("warning", 4, "repeat_count")]


def test_a_calculated_count_is_a_note(found: Found) -> None:
    """What a calculation can come to is not known."""
    assert found("zero-repeat-count", form(count="${twice}")) == [("note", 4, "repeat_count")]
    assert found("zero-repeat-count", form(count="${twice}", relevant="${twice} > 0")) == []
    assert found("zero-repeat-count", form(count="3")) == []
    assert found("zero-repeat-count", form(count="max(1, ${n})")) == []


@pytest.mark.parametrize(("choice", "expected"), [("0", [("warning", 3, "repeat_count")]), ("1", [])])
def test_a_count_that_is_chosen(found: Found, choice: str, expected: list[object]) -> None:
    """It is 0 only where 0 is on offer."""
    chosen = f"""
| survey |
| | type | name | label | repeat_count |
| | select_one l | n | N | |
| | begin repeat | r | R | ${{n}} |
| | text | a | A | |
| | end repeat | | | |
| choices |
| | list_name | name | label |
| | l | {choice} | First |
| | l | 2 | Two |
"""
    assert found("zero-repeat-count", chosen) == expected


def test_the_engine_of_phones_asks_once() -> None:
    """JavaRosa itself: asked at 0 without a relevance, not with one."""
    for relevant, asked in (("", True), ("${n} > 0", False)):
        walk = lw.interview(read_form(form(relevant=relevant).encode()))
        assert walk.answer("n", 0).asks("a") is asked


@pytest.mark.parametrize("count", ["n", "many", "${r}", "${n} > 1"])
def test_a_count_that_counts_nothing_is_reported_once(found: Found, count: str) -> None:
    """Another rule reports what is wrong with it."""
    assert found("zero-repeat-count", form(count=count)) == []

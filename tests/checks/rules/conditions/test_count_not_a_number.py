"""A repeat is counted by a number; a phone asks it once for anything else."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | repeat_count |
| | integer | n | N | |
| | date | d | D | |
| | select_one yn | s | S | |
| | select_one numbers | one | O | |
| | select_multiple yn | m | M | |
| | begin repeat | r | R | {count} |
| | text | a | A | |
| | end repeat | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | numbers | 1 | One |
| | numbers | 2 | Two |
"""


@pytest.mark.parametrize("count", ["${d}", "${s}", "${m}", "0", "2.5", "3 - 3"])
def test_a_count_of_another_kind_is_an_error(found: Found, count: str) -> None:
    """Answers of other kinds, and numbers that nothing can be counted by."""
    assert found("count-not-a-number", FORM.format(count=count)) == [("error", 7, "repeat_count")]


@pytest.mark.parametrize("count", ["${n} > 2", "true()", "selected(${m}, 'yes')", "${n} = 1 or ${n} = 2"])
def test_a_truth_counts_to_one(found: Found, count: str) -> None:
    """Which asks the repeat whether it holds or not."""
    assert found("count-not-a-number", FORM.format(count=count)) == [("warning", 7, "repeat_count")]


@pytest.mark.parametrize("count", ["${n}", "${one}", "3", "'3'", "if(${n} > 2, 2, 1)", "count-selected(${m})", "${n} div 2"])
def test_a_count_is_fine(found: Found, count: str) -> None:
    """Choices may be numbers."""
    assert found("count-not-a-number", FORM.format(count=count)) == []


@pytest.mark.parametrize("count", ["${d}", "${n} > 2"])
def test_a_phone_asks_it_once(count: str) -> None:
    """As JavaRosa does, whatever the count comes to."""
    asked = interview(read_form(FORM.format(count=count).encode()))
    asked.answer("n", 3).answer("d", "2025-03-05")
    while asked.question is not None:
        asked.next()
    assert asked.finalise().count(b"<a />") == 1

"""A value inside a repeat that a question outside of it sets."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import EngineError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | calculation | trigger |
| | integer | year | Year | | |
| | begin repeat | member | Member | | |
| | integer | age | Age | | |
| | calculate | born | | ${year} - ${age} | ${year} |
| | calculate | asked | | now() | ${age} |
| | begin repeat | child | Child | | |
| | text | name | Name | | |
| | calculate | at | | now() | ${age} |
| | calculate | in | | now() | ${name} |
| | end repeat | | | | |
| | end repeat | | | | |
| | calculate | last | | now() | ${name} |
"""


def test_it_is_an_error_from_outside_and_from_an_outer_repeat(found: Found) -> None:
    """Not from beside it, nor where what is set stands outside."""
    assert found("trigger-outside-repeat", FORM) == [("error", 5, "trigger"), ("error", 9, "trigger")]


def test_phones_stop_at_it_as_soon_as_there_are_two() -> None:
    """Which is why it is an error, though the form converts and is valid."""
    walk = interview(read_form(FORM.encode())).answer("year", 2025)
    walk.add("member")
    with pytest.raises(EngineError):
        walk.answer("year", 2026)

"""`count()` of a question that is asked once."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]

SURVEY = """
| survey |
| | type | name | label | relevant | calculation |
| | select_multiple need | needs | Needs? | | |
| | integer | age | Age? | | |
| | text | why | Why? | ${{age}} > 18 | |
| | begin repeat | m | Member | | |
| | text | name | Name? | | |
| | end repeat | | | | |
| | calculate | c | | | {calculation} |
| choices |
| | list_name | name | label |
| | need | road | Road |
"""


@pytest.mark.parametrize(
    ("calculation", "times"),
    [
        ("count(${needs})", 1),
        ("if(count(${age}) > 0, 1, 0)", 1),
        ("count(${why})", 0),
        ("count(${name})", 0),
        ("count(${m})", 0),
        ("count-selected(${needs})", 0),
    ],
)
def test_only_what_repeats_or_may_be_left_out_is_counted(found: Found, calculation: str, times: int) -> None:
    """What is asked under a condition may be 0, and in a repeat any number."""
    assert found("count-of-one", SURVEY.format(calculation=calculation)) == [("warning", 8, "calculation")] * times

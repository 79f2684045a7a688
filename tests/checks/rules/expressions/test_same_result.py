"""An if() or coalesce() that gives the same whatever it looks at."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | calculation |
| | integer | a | A | |
| | calculate | c | | {calculation} |
"""


@pytest.mark.parametrize(
    ("calculation", "same"),
    [
        ("if(${a} > 1, 2, 2)", True),
        ("if(${a} > 1, ${a}, ${a})", True),
        ("if(true(), ${a}, 0)", True),
        ("if(false(), ${a}, 0)", True),
        ("coalesce('x', ${a})", True),
        ("coalesce(1, ${a})", True),
        ("${a} div 0", True),
        ("1 + if(${a} > 1, 'x', 'x')", True),
        ("${a} * 0", True),
        ("0 * (${a} + 1)", True),
        ("${a} - ${a}", True),
        ("int(${a}) div int(${a})", True),
        ("if(${a} > 1, 2, 3)", False),
        ("coalesce(${a}, 'x')", False),
        ("coalesce('', ${a})", False),
        ("${a} div 10", False),
        ("${a} * 10", False),
        ("10 * 0", False),
        ("${a} - int(${a})", False),
        ("random() - random()", False),
        ("if(${a} = '', now(), now())", False),
        ("if(${a}, format-date-time(now(), '%H:%M'), format-date-time(now(), '%H:%M'))", False),
    ],
)
def test_the_same_result_whatever_is_answered(found: Found, calculation: str, same: bool) -> None:
    """One that looks at an answer first is fine."""
    expected = [("warning", 3, "calculation")] if same else []
    assert found("same-result", FORM.format(calculation=calculation)) == expected


def test_a_position_outside_repeats_is_one(found: Found) -> None:
    """Inside it is the number of the repeat."""
    form = """
| survey |
| | type | name | label | calculation |
| | calculate | a | | position(..) |
| | begin repeat | r | R | |
| | calculate | b | | position(..) |
| | text | c | C | |
| | end repeat | | | |
"""
    assert found("same-result", form) == [("warning", 2, "calculation")]

"""A calculation compared with a value that it never has."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label | calculation | relevant |
| | integer | age | Age | | |
| | calculate | grade | | {calculation} | |
| | text | more | More | | {relevant} |
"""


@pytest.mark.parametrize(
    ("calculation", "relevant", "said"),
    [
        ("if(${age} > 3, 'a', 'b')", "${grade} = 'c'", True),
        ("if(${age} > 3, 'a', 'b')", "'A' != ${grade}", True),
        ("if(${age} > 3, 1, 0)", "${grade} = 'yes'", True),
        ("if(${age} > 3, 1, if(${age} > 1, 2, 3))", "${grade} = 4", True),
        ("if(${age} > 3, 1, 0)", "${grade} = '1'", False),
        ("if(${age} > 3, '1', '')", "${grade} = 1", False),
        ("if(${age} > 3, 'a', '')", "${grade} = ''", False),
        ("if(${age} > 3, 'a', ${age})", "${grade} = 'c'", False),
        ("once(if(${age} > 3, 'a', 'b'))", "${grade} = 'b'", False),
        ("${age} + 1", "${grade} = 'c'", True),
        ("${age} + 1", "${grade} = '5'", False),
        ("${age} + 1", "${grade} = 'NaN'", False),
    ],
)
def test_values_that_never_come_out(found: Found, calculation: str, relevant: str, *, said: bool) -> None:
    """The phone then asks the same whatever the age is."""
    form = FORM.format(calculation=calculation, relevant=relevant)
    assert found("value-never-calculated", form) == ([("error", 4, "relevant")] if said else [])
    if said:
        asked = {interview(read_form(form.encode())).answer(age).asks("more") for age in (0, 2, 5)}
        assert asked == {"!=" in relevant}

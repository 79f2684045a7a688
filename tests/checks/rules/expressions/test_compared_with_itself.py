"""Something compared with itself."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | constraint | relevant |
| | integer | a | A | {constraint} | |
| | integer | b | B | | {relevant} |
"""


@pytest.mark.parametrize(
    ("constraint", "relevant", "expected"),
    [
        ("", "${a} = ${a}", [("error", 3, "relevant")]),
        ("", "${a} + 1 > ( ${a}+1 )", [("error", 3, "relevant")]),
        (". = .", "", [("error", 2, "constraint")]),
        (". <= ${a}", "", [("error", 2, "constraint")]),
        ("", "${a} = ${last-saved#a}", []),
        ("", "random() < random()", []),
        ("", "number(${a}) = number(${a})", []),
        ("", "${b} = ${a}", []),
    ],
)
def test_it_does_not_depend_on_the_answer(found: Found, constraint: str, relevant: str, expected: list[object]) -> None:
    """Whatever its spaces and brackets."""
    assert found("compared-with-itself", SURVEY.format(constraint=constraint, relevant=relevant)) == expected

"""A constraint that does not look at the answer it is meant for."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label | constraint |
| | integer | people | People | |
| | integer | children | Children | {constraint} |
"""


@pytest.mark.parametrize("constraint", ["${people} > 0", "regex(${people}, '^[0-9]+$')", "${people} < 20 and ${people} > 1"])
def test_only_another_answer_is_read(found: Found, constraint: str) -> None:
    """Whatever is answered, it is the same."""
    assert found("constraint-ignores-answer", FORM.format(constraint=constraint)) == [("warning", 3, "constraint")]


@pytest.mark.parametrize(
    "constraint", [". <= ${people}", "${children} <= ${people}", "../children < ${people}", "true()", "1 = 2"]
)
def test_the_answer_is_read_under_any_name(found: Found, constraint: str) -> None:
    """`.`, its own name or a path; what is always the same has rules of its own."""
    assert found("constraint-ignores-answer", FORM.format(constraint=constraint)) == []

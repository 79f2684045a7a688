"""A constraint that no answer can meet."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_by_numbers_by_whole_numbers_by_dates_and_by_choices(found: Found) -> None:
    """By numbers, by whole numbers, by dates and by choices."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 10 and . < 5 |
| | integer | b | B | . > 4 and . < 5 |
| | date | d | D | . > date('2026-02-01') and . < date('2026-01-01') |
| | select_one l | e | E | . = 'x' and . = 'y' |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("impossible-constraint", form) == [
        ("error", 2, "constraint"),
        ("error", 3, "constraint"),
        ("error", 4, "constraint"),
        ("error", 5, "constraint"),
    ]


def test_undecidable_constraints_are_not_reported(found: Found) -> None:
    """Only proven contradictions are reported."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 5 and . < 10 |
| | decimal | b | B | . > 4 and . < 5 |
| | date | d | D | . > today() and . < date('2000-01-01') |
| | text | e | E | regex(., 'a.*') and regex(., '.*b') |
"""
    assert found("impossible-constraint", form) == []


@pytest.mark.parametrize(
    ("constraint", "is_impossible"),
    [
        ("regex(., '/^[0-9]+$/')", True),
        ("regex(., '^[a-z]+$') and regex(., '^[A-Z]+$')", True),
        ("regex(., '^[a-z]+$') and regex(., '^.{2,3}$')", False),
        ("regex(., '^[a-z]+$') or regex(., '^[A-Z]+$')", False),
        ("regex(., '^(?=.*[0-9])[a-z0-9]+$')", False),
        ("regex(., '^[\u4e00-\u9fa5]{2,4}$')", False),
    ],
)
def test_patterns_that_no_text_matches(found: Found, constraint: str, is_impossible: bool) -> None:
    """Slashes around a pattern are a part of it; two patterns may exclude each other."""
    form = f"""
| survey |
| | type | name | label | constraint |
| | text | a | A | {constraint} |
"""
    assert found("impossible-constraint", form) == ([("error", 2, "constraint")] if is_impossible else [])

"""A questionnaire that takes too long."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def form(count: int, condition: str = "") -> str:
    """A form of so many text questions."""
    rows = "".join(f"| | text | q{number} | What do you think of matter {number}? | {condition} |\n" for number in range(count))
    return f"| survey |\n| | type | name | label | relevant |\n| | integer | age | Age | |\n{rows}"


def test_a_hundred_and_fifty_open_questions(found: Found) -> None:
    """Over an hour."""
    assert found("long-interview", form(150)) == [("note", None, None)]


def test_conditions_halve_it(found: Found) -> None:
    """Few people are asked everything."""
    assert found("long-interview", form(150, "${age} > 60")) == []

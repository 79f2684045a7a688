"""A function with too few or too many arguments."""

from collections.abc import Callable

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_too_few_and_too_many(found: Found, words: Words) -> None:
    """Too few and too many, of one number or of several."""
    form = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | calculate | b | | if(${a} = 'x', 1) |
| | calculate | c | | coalesce(${a}, 1, 2) |
| | calculate | d | | substr(${a}) |
| | calculate | e | | join() |
"""
    assert found("argument-count", form) == [("error", row, "calculation") for row in (3, 4, 5, 6)]
    assert [said.rsplit(";")[0] for said in words("argument-count", form)] == [
        "if() takes 3 arguments but has 2",
        "coalesce() takes 2 arguments but has 3",
        "substr() takes 2 to 3 arguments but has 1",
        "join() takes at least 1 arguments but has 0",
    ]


def test_variadic_functions_take_any_number_of_arguments(found: Found) -> None:
    """concat takes any number of arguments."""
    form = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | calculate | b | | concat(${a}, 'b', 'c', 'd') |
"""
    assert found("argument-count", form) == []

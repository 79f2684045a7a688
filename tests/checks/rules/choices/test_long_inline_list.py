"""A list so long that phones open the form slowly."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def form(count: int) -> str:
    """A form with one list of so many choices."""
    choices = "".join(f"| | v | {number} | Village {number} |\n" for number in range(count))
    survey = "| survey |\n| | type | name | label |\n| | select_one v | v | V |\n"
    return f"{survey}| choices |\n| | list_name | name | label |\n{choices}"


def test_over_a_thousand(found: Found) -> None:
    """Said once, at its first row."""
    assert found("long-inline-list", form(1001)) == [("note", 2, "list_name")]


def test_a_thousand_is_fine(found: Found) -> None:
    """A phone copes."""
    assert found("long-inline-list", form(1000)) == []

"""A question whose choice list does not exist."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_misspelt_or_not_there(found: Found) -> None:
    """Misspelt, or not there."""
    form = """
| survey |
| | type | name | label |
| | select_one watr | a | A |
| | rank things | b | B |
| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == [("error", 2, "type"), ("error", 3, "type")]


def test_a_list_of_the_form_of_a_file_of_a_repeat(found: Found) -> None:
    """A list of the form, of a file, of a repeat."""
    form = """
| survey |
| | type | name | label |
| | begin repeat | r | R |
| | text | n | N |
| | end repeat | | |
| | select_one water | a | A |
| | select_one_from_file v.csv | b | B |
| | select_one ${n} | c | C |
| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == []

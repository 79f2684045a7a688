"""Two elements of one group with the same name."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_twice_in_one_group(found: Found) -> None:
    """Twice in one group."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | text | a | B |
"""
    assert found("duplicate-names", form) == [("error", 3, "name")]


def test_two_repeats_of_one_name_wherever_they_stand(found: Found) -> None:
    """Two repeats of one name, wherever they stand."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | begin repeat | r | R |
| | text | a | A |
| | end repeat | | |
| | end group | | |
| | begin repeat | r | R |
| | text | a | A |
| | end repeat | | |
"""
    assert found("duplicate-names", form) == [("error", 7, "name")]


def test_a_repeat_named_as_the_whole_submission(found: Found) -> None:
    """A repeat named as the whole submission."""
    form = """
| survey |
| | type | name | label |
| | begin repeat | data | R |
| | text | a | A |
| | end repeat | | |
"""
    assert found("duplicate-names", form) == [("error", 2, "name")]


def test_the_same_name_in_two_groups(found: Found) -> None:
    """The same name in two groups."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | text | a | A |
| | end group | | |
| | text | a | A |
"""
    assert found("duplicate-names", form) == []

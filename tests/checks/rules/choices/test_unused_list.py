"""A choice list that nothing draws from."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_at_its_first_row(found: Found) -> None:
    """At its first row."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
| | b | x | X |
| | b | y | Y |
"""
    assert found("unused-list", form) == [("warning", 3, "list_name")]


def test_looked_up_or_the_ticks_of_a_range(found: Found) -> None:
    """Looked up, or the ticks of a range."""
    form = """
| survey |
| | type | name | label | calculation | parameters |
| | calculate | q | | instance('a')/root/item[name = 'x']/label | |
| | range | r | R | | start=0 end=2 tick_labelset=b |
| choices |
| | list_name | name | label |
| | a | x | X |
| | b | 0 | None |
"""
    assert found("unused-list", form) == []


def test_a_type_that_is_not_known_may_name_it(found: Found) -> None:
    """`unknown-type` speaks of that."""
    form = """
| survey |
| | type | name | label |
| | radio yn | a | A |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
"""
    assert found("unused-list", form) == []

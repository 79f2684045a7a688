"""A "please specify" that nothing leads to."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_everybody_is_asked(found: Found) -> None:
    """Everybody is asked."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| | text | q_other | Which? |
| | text | more | Please specify |
| choices |
| | list_name | name | label |
| | a | x | X |
"""
    assert found("specify-without-other", form) == [("warning", 3, "relevant"), ("warning", 4, "relevant")]


def test_those_who_said_other(found: Found) -> None:
    """Those who said other."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one a | q | Q | |
| | text | q_other | Which? | ${q} = 'other' |
| choices |
| | list_name | name | label |
| | a | other | Other |
"""
    assert found("specify-without-other", form) == []

"""An "other" that is never asked to explain itself."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_nothing_asks_which(found: Found) -> None:
    """Nothing asks which."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | other | 其他 |
"""
    assert found("other-without-specify", form) == [("note", 2, "type")]


def test_a_question_hangs_on_it(found: Found) -> None:
    """A question hangs on it."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one a | q | Q | |
| | text | q_other | Which? | ${q} = 'other' |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | other | Other |
"""
    assert found("other-without-specify", form) == []

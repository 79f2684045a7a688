"""A required question that nobody can answer."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_note_and_a_question_that_is_read_only_and_empty(found: Found) -> None:
    """A note, and a question that is read-only and empty."""
    form = """
| survey |
| | type | name | label | required | read_only |
| | note | a | A | yes | |
| | text | b | B | yes | yes |
"""
    assert found("required-cannot-be-given", form) == [("error", 2, "required"), ("error", 3, "required")]


def test_a_required_note_under_a_condition_stops_somebody_on_purpose(found: Found) -> None:
    """A required note under a condition stops somebody on purpose."""
    form = """
| survey |
| | type | name | label | required | read_only | relevant | default |
| | integer | n | N | | | | |
| | note | a | Too young | yes | | ${n} < 18 | |
| | text | b | B | yes | yes | | x |
"""
    assert found("required-cannot-be-given", form) == []

"""A path from the top that leads to no question."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_question_that_is_not_there(found: Found) -> None:
    """A question that is not there."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | /data/g/a = 'x' |
"""
    assert found("path-to-nowhere", form) == [("error", 3, "relevant")]


def test_one_that_is_and_the_metadata(found: Found) -> None:
    """One that is, and the metadata."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | /data/a = 'x' and /data/meta/instanceID != '' |
"""
    assert found("path-to-nowhere", form) == []

"""A question, group or repeat without a name."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_question_and_a_group_without_a_name(found: Found) -> None:
    """A question and a group without a name."""
    form = """
| survey |
| | type | name | label |
| | text | | A |
| | begin group | | G |
| | text | b | B |
| | end group | | |
"""
    assert found("missing-name", form) == [("error", 2, "name"), ("error", 3, "name")]


def test_notes_and_audits_are_named_by_the_conversion(found: Found) -> None:
    """Notes and audits are named by the conversion."""
    form = """
| survey |
| | type | name | label |
| | note | | Read this aloud |
| | audit | | |
"""
    assert found("missing-name", form) == []

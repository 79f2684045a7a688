"""A message that can never be shown."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_never_shown(found: Found) -> None:
    """Never shown."""
    form = """
| survey |
| | type | name | label | constraint_message | required_message |
| | integer | a | A | Above zero | Needed |
"""
    assert found("message-without-constraint", form) == [("warning", 2, "constraint_message"), ("note", 2, "required_message")]


def test_shown_when_refused(found: Found) -> None:
    """Shown when refused."""
    form = """
| survey |
| | type | name | label | constraint | constraint_message |
| | integer | a | A | . > 0 | Above zero |
"""
    assert found("message-without-constraint", form) == []

"""A name or telephone asked before consent."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_the_telephone_comes_first(found: Found) -> None:
    """The telephone comes first."""
    form = """
| survey |
| | type | name | label |
| | text | phone | What is your telephone number? |
| | select_one yn | consent | Do you agree to take part? |
"""
    assert found("identifying-before-consent", form) == [("warning", 2, "label")]


def test_the_visitor_s_own_name_is_another_matter(found: Found) -> None:
    """The visitor's own name is another matter."""
    form = """
| survey |
| | type | name | label |
| | text | visitor_name | Visitor's full name |
| | select_one yn | consent | Do you agree to take part? |
| | text | phone | What is your telephone number? |
"""
    assert found("identifying-before-consent", form) == []

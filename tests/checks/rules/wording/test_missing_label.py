"""A question that shows nothing to the person who is asked."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_label_of_spaces_counts_as_missing(found: Found) -> None:
    """A label of spaces counts as missing."""
    form = """
| survey |
| | type | name | label |
| | text | a | |
| | integer | b |    |
"""
    assert found("missing-label", form) == [("error", 2, "label"), ("error", 3, "label")]


def test_a_hint_or_a_picture_will_do_and_what_is_not_shown_needs_none(found: Found) -> None:
    """A hint or a picture will do, and what is not shown needs none."""
    form = """
| survey |
| | type | name | label | hint | image | calculation |
| | text | a | | Write it here | | |
| | text | b | | | b.png | |
| | calculate | c | | | | 1 + 1 |
| | start | d | | | | |
"""
    assert found("missing-label", form) == []


def test_a_hidden_calculation_without_a_label_is_a_warning(found: Found) -> None:
    """pyxform converts it, and nobody sees it."""
    form = """
| survey |
| | type | name | label | calculation |
| | integer | a | | 1 + 1 |
"""
    assert found("missing-label", form) == [("warning", 2, "label")]

"""Pieces of HTML or of a word processor in a text."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_an_entity_and_a_tag_without_its_partner(found: Found) -> None:
    """An entity, and a tag without its partner."""
    form = """
| survey |
| | type | name | label |
| | note | a | Read&nbsp;this |
| | note | b | <b>Read this |
"""
    assert found("leftover-markup", form) == [("warning", 2, "label"), ("warning", 3, "label")]


def test_paired_tags_and_signs_that_are_none(found: Found) -> None:
    """Paired tags, and signs that are not tags."""
    form = """
| survey |
| | type | name | label |
| | note | a | <b>Read</b> <span style="color:red">this</span> |
| | integer | b | Children aged < 5 and > 1? |
"""
    assert found("leftover-markup", form) == []

"""A name that Stata or SPSS would cut or change."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_over_32_characters_over_64_bytes_and_with_a_hyphen(found: Found) -> None:
    """Over 32 characters, over 64 bytes, and with a hyphen."""
    form = """
| survey |
| | type | name | label |
| | text | a_name_that_is_longer_than_stata_can | A |
| | text | 一个长得没有哪种统计软件能够原样保存下来的题目名称 | B |
| | text | a-b | C |
"""
    assert found("unexportable-name", form) == [("note", 2, "name"), ("warning", 3, "name"), ("note", 4, "name")]


def test_notes_carry_no_data(found: Found) -> None:
    """Notes carry no data."""
    form = """
| survey |
| | type | name | label |
| | note | a_name_that_is_longer_than_stata_can | A |
| | text | a_name_of_thirty_two_characters_ | B |
"""
    assert found("unexportable-name", form) == []

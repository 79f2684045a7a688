"""A text whose ${…} parts are not those of its twin."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_one_shows_the_name_and_the_other_not(found: Found) -> None:
    """One shows the name and the other not."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | text | n | Name | 姓名 |
| | text | a | How old is ${n}? | 几岁？ |
"""
    assert found("translations-differ", form) == [("warning", 3, "label::中文 (zh)")]


def test_in_any_order(found: Found) -> None:
    """In any order."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | text | n | Name | 姓名 |
| | text | a | Is ${n} well? | ${n}好吗？ |
"""
    assert found("translations-differ", form) == []

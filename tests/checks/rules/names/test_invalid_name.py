"""A name that XML, or the phone's reader of expressions, cannot hold."""

from collections.abc import Callable

import pytest

from liuwen.engine import validate
from liuwen.form import Form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_spaces_and_a_leading_digit(found: Found) -> None:
    """Spaces and a leading digit."""
    form = """
| survey |
| | type | name | label |
| | text | my name | A |
| | text | 1st | B |
"""
    assert found("invalid-name", form) == [("error", 2, "name"), ("error", 3, "name")]


def test_letters_digits_and_underscores(found: Found) -> None:
    """Letters with their accents, those of Greek and Russian, digits and underscores."""
    form = """
| survey |
| | type | name | label |
| | text | année_1 | A |
| | text | a.b-c | B |
| | text | Вода | C |
"""
    assert found("invalid-name", form) == []


def test_chinese_names_are_all_named(found: Found) -> None:
    """Each of them, and the column that a filter reads; other columns and lists may be called anything."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | begin group | 家庭 | A | |
| | text | hu主 | B | |
| | select_one 村 | village | C | 乡 = ${town} |
| | end group | | | |
| | text | town | D | |
| choices |
| | list_name | name | label | 乡 | 备考 |
| | 村 | 甲 | E | 东 | x |
"""
    assert found("invalid-name", form) == [("error", 2, "name"), ("error", 3, "name"), ("error", 1, "乡")]


@pytest.mark.parametrize(("name", "opens"), [("困难", False), ("b难", False), ("année", True), ("Вода", True)])
def test_the_phone_agrees(form_of: Callable[..., Form], found: Found, name: str, opens: bool) -> None:
    """What is called unreadable here does not open in JavaRosa, and the rest does."""
    form = f"| survey |\n| | type | name | label |\n| | text | {name} | A |\n"
    assert (not validate(form_of(form).to_xform(), {}).errors) is opens
    assert (found("invalid-name", form) == []) is opens

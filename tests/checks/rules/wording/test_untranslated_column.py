"""A column without a language beside columns that name one."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_picture_without_a_language_makes_one_of_its_own(found: Found) -> None:
    """Phones list “default” first, where every label is “-”."""
    form = """
| survey |
| | type | name | label::English (en) | image |
| | text | a | A | a.png |
"""
    assert found("untranslated-column", form) == [("warning", 1, "image")]


def test_so_does_a_label_without_a_language_where_hints_have_one(found: Found) -> None:
    """The hint is missing in the language “default”."""
    form = """
| survey |
| | type | name | label | label::French (fr) | hint::French (fr) |
| | text | a | A | A | h |
"""
    assert found("untranslated-column", form) == [("warning", 1, "label")]


def test_a_hint_without_a_language_is_the_same_in_all(found: Found) -> None:
    """A note; so are the labels of choices."""
    form = """
| survey |
| | type | name | label::English (en) | hint |
| | select_one l | a | A | h |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("untranslated-column", form) == [("note", 1, "hint"), ("note", 1, "label")]


def test_a_default_language_says_which_it_is(found: Found) -> None:
    """And a form in one language needs none."""
    form = """
| survey |
| | type | name | label::English (en) | image |
| | text | a | A | a.png |
| settings |
| | form_id | default_language |
| | f | English (en) |
"""
    assert found("untranslated-column", form) == []

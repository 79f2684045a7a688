"""A setting that XLSForm does not know."""

from collections.abc import Callable

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_misspelt_setting_an_unknown_one_and_a_value_that_does_nothing(found: Found, words: Words) -> None:
    """A misspelt setting, an unknown one and a value that does nothing."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | versionn | colour | allow_choice_duplicates |
| | a | 1 | red | maybe |
"""
    assert found("unknown-setting", form) == [
        ("warning", 1, "versionn"),
        ("note", 1, "colour"),
        ("warning", 2, "allow_choice_duplicates"),
    ]
    assert words("unknown-setting", form)[-1].startswith("“allow_choice_duplicates” must be one of yes, no, true, false;")


def test_those_of_the_reference(found: Found) -> None:
    """Those of the reference."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | version | style | instance_name | allow_choice_duplicates |
| | a | 1 | pages theme-grid | 'x' | yes |
"""
    assert found("unknown-setting", form) == []

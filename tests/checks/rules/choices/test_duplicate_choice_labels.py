"""Two choices of one list that read the same."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_nobody_can_tell_them_apart_in_one_language_at_least(found: Found) -> None:
    """Nobody can tell them apart, in one language at least."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | select_one a | q | Q | 问 |
| choices |
| | list_name | name | label::English (en) | label::中文 (zh) |
| | a | x | Well | 水井 |
| | a | y | Spring | 水井 |
"""
    assert found("duplicate-choice-labels", form) == [("warning", 3, "label::中文 (zh)")]


def test_a_choice_that_is_there_twice_is_another_fault(found: Found) -> None:
    """Said once, of its name."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | Well |
| | a | x | Well |
"""
    assert found("duplicate-choice-labels", form) == []
    assert found("duplicate-choice-names", form) == [("error", 3, "name")]


def test_a_filter_never_shows_them_together(found: Found) -> None:
    """A filter never shows them together."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | t | T | |
| | select_one a | q | Q | town = ${t} |
| choices |
| | list_name | name | label | town |
| | a | x | East village | one |
| | a | y | East village | two |
"""
    assert found("duplicate-choice-labels", form) == []


def test_one_character_is_a_label_and_a_dash_is_not(found: Found) -> None:
    """是 (yes) is one character; spaces make no difference."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | 是 |
| | a | y | 是 |
| | a | v | - |
| | a | w | - |
"""
    assert found("duplicate-choice-labels", form) == [("warning", 3, "label")]


def test_a_question_without_the_filter_shows_them_together(found: Found) -> None:
    """One filter elsewhere does not help it."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | t | T | |
| | select_one a | q | Q | town = ${t} |
| | select_one a | p | P | |
| choices |
| | list_name | name | label | town |
| | a | x | East village | one |
| | a | y | East village | two |
"""
    assert found("duplicate-choice-labels", form) == [("warning", 3, "label")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("井（公用）", "井(公用)"),
        ("Deep well", "Deep\u00a0 well"),
        ("Well.", "well"),
        ("We\u200bll", "Well"),
        ("**Well**", "Well"),
    ],
)
def test_labels_that_look_alike_are_reported(found: Found, one: str, other: str) -> None:
    """Width, spaces, capitals, a stop at the end, markup and invisible characters."""
    form = f"""
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | {one} |
| | a | y | {other} |
"""
    assert found("duplicate-choice-labels", form) == [("warning", 3, "label")]


@pytest.mark.parametrize(("one", "other"), [("10²", "102"), ("A_1", "A1"), ("5 <10>", "5 <20>")])
def test_labels_that_differ_to_the_eye_are_not_reported(found: Found, one: str, other: str) -> None:
    """Raised digits, underscores and angle brackets are seen."""
    form = f"""
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | {one} |
| | a | y | {other} |
"""
    assert found("duplicate-choice-labels", form) == []

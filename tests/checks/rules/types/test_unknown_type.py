"""A question type that XLSForm does not have."""

from collections.abc import Callable

import pytest

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_each_misspelt_type_is_named_not_only_the_first(found: Found, words: Words) -> None:
    """Each misspelt type is named, not only the first."""
    form = """
| survey |
| | type | name | label |
| | txt | a | A |
| | selectone yn | b | B |
| | caseid | c | C |
| | select_one | d | D |
"""
    assert found("unknown-type", form) == [("error", 2, "type"), ("error", 3, "type"), ("error", 4, "type"), ("error", 5, "type")]
    assert ["select_one yn" in said for said in words("unknown-type", form)] == [False, True, False, False]


def test_older_spellings_are_types_too(found: Found) -> None:
    """Older spellings are types too."""
    form = """
| survey |
| | type | name | label |
| | add date prompt | a | A |
| | q int | b | B |
| | imei | c | |
| | select all that apply from l | d | D |
"""
    assert found("unknown-type", form) == []


def test_types_of_kobotoolbox_only_are_reported_as_such(found: Found, words: Words) -> None:
    """In each row, without asking for the name of its last or calling its list unused."""
    form = """
| survey |
| | type | name | label | kobo--score-choices |
| | begin_score | s | S | likert |
| | score__row | a | A | |
| | end_score | | | |
| choices |
| | list_name | name | label |
| | likert | 1 | Good |
"""
    said = words("unknown-type", form)
    assert len(said) == 3 and all("KoboToolbox" in each for each in said)
    assert found("missing-name", form) == found("unused-list", form) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("number", "integer"),
        ("tel", "numbers"),
        ("boolean", "select_one yes_no"),
        ("yes/no", "select_one yes_no"),
        ("dropdown", "minimal"),
        ("checkbox", "select_multiple"),
        ("text area", "multiline"),
        ("radio yn", "select_one yn"),
        ("select_multiple_yn", "select_multiple yn"),
        ("multiple choice yn", "select_multiple yn"),
        ("dropdown yn", "select_one yn, appearance minimal"),
        ("单选 yn", "select_one yn"),
        ("fecha", "date"),
    ],
)
def test_types_of_other_tools(words: Words, written: str, said: str) -> None:
    """What XLSForm writes for them."""
    choices = "| choices |\n| | list_name | name | label |\n| | yn | y | Y |"
    form = f"| survey |\n| | type | name | label |\n| | {written} | a | A |\n{choices}"
    assert said in words("unknown-type", form)[0]


def test_osm_takes_a_list_of_tags(found: Found) -> None:
    """From a sheet of its own."""
    assert found("unknown-type", "| survey |\n| | type | name | label |\n| | osm building | a | A |") == []

"""An appearance that the question type or an app does not have."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_of_another_type_and_misspelt(found: Found) -> None:
    """Of another type, and misspelt."""
    form = """
| survey |
| | type | name | label | appearance |
| | text | a | A | likert |
| | select_one l | b | B | minimall |
"""
    assert found("unsupported-appearance", form) == [("warning", 2, "appearance"), ("warning", 3, "appearance")]


def test_appearances_of_a_single_app_are_reported_once(found: Found) -> None:
    """An appearance of a single app is reported once."""
    form = """
| survey |
| | type | name | label | appearance |
| | select_one l | a | A | quick |
| | select_one l | b | B | quick |
"""
    assert found("unsupported-appearance", form) == [("note", 2, "appearance")]


def test_appearances_of_all_apps_and_calls_to_other_apps_are_accepted(found: Found) -> None:
    """Appearances that all three apps support, and calls to other apps."""
    form = """
| survey |
| | type | name | label | appearance |
| | select_one l | a | A | minimal autocomplete |
| | text | b | B | multiline |
| | text | c | C | ex:org.redcross.openmapkit.action.QUERY(a='b') |
"""
    assert found("unsupported-appearance", form) == []


def test_appearances_of_enketo_only_are_accepted_anywhere(words: Callable[..., list[str]]) -> None:
    """Its grid, on a note and on a group; a calendar that it does not hide, and a map of choices that it does not draw."""
    form = """
| survey |
| | type | name | label | appearance |
| | note | a | A | w2 |
| | date | b | B | no-calendar |
| | select_one l | c | C | map |
| | integer | d | D | thousands-sep |
"""
    found = words("unsupported-appearance", form)
    assert [said.partition(" has no effect in ")[2].partition(";")[0] for said in found] == [
        "Collect / Web Forms",
        "Web Forms / Enketo",
        "Enketo",
    ]


def test_many_words_that_mean_nothing_are_one_finding(found: Found) -> None:
    """A cell that holds something else altogether."""
    form = """
| survey |
| | type | name | label | appearance |
| | text | a | A | {"other": "tool's own settings"} |
"""
    assert found("unsupported-appearance", form) == [("warning", 2, "appearance")]


def test_the_words_of_another_app_are_reported_once(found: Found) -> None:
    """A form of the Community Health Toolkit; the five-column spelling of older ODK forms still works."""
    form = """
| survey |
| | type | name | label | appearance |
| | text | a | A | select-contact type-person |
| | note | b | B | h1 blue |
| | note | c | C | h1 blue |
| | select_one l | d | D | compact-5 |
"""
    assert {severity for severity, *_ in found("unsupported-appearance", form)} == {"note"}
    assert len(found("unsupported-appearance", form)) == 5

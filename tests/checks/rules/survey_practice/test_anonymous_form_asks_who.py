"""An anonymous form that asks for what points at a person, a place or a moment."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]

SETTINGS = """
| settings |
| | form_id | attribute::anonymous |
| | poll | yes |
"""


@pytest.mark.parametrize(
    "question_type",
    "start end deviceid username phonenumber email simserial subscriberid audit start-geopoint background-audio geopoint "
    "geotrace geoshape image audio video file background-geopoint".split(),
)
def test_types_that_identify_somebody_are_errors(found: Found, question_type: str) -> None:
    """At the cell that says so, however the type is spelt."""
    form = f"| survey |\n| | type | name | label |\n| | text | a | Why? |\n| | {question_type} | b | B |\n"
    assert found("anonymous-form-asks-who", form + SETTINGS) == [("error", 3, "type")]
    assert found("anonymous-form-asks-who", form) == []


def test_an_older_spelling(found: Found) -> None:
    """A photo is an image, gps a geopoint, imei the device's ID."""
    form = "| survey |\n| | type | name | label |\n| | photo | a | A |\n| | gps | b | B |\n| | imei | c | |\n"
    assert [row for _, row, _ in found("anonymous-form-asks-who", form + SETTINGS)] == [2, 3, 4]


def test_a_day_and_an_opinion_may_be_asked_for(found: Found) -> None:
    """A day is shared by many."""
    form = "| survey |\n| | type | name | label |\n| | today | a | |\n| | date | b | When? |\n| | text | c | Why? |\n"
    assert found("anonymous-form-asks-who", form + SETTINGS) == []


def test_a_calculation_that_asks_the_phone(found: Found) -> None:
    """The device's ID by another way."""
    form = "| survey |\n| | type | name | calculation |\n| | calculate | a | concat(property('deviceid'), 1) |\n"
    assert found("anonymous-form-asks-who", form + SETTINGS) == [("error", 2, "calculation")]


def test_an_entity(found: Found) -> None:
    """An entity keeps who made it, and when."""
    survey = "| survey |\n| | type | name | label | save_to |\n| | text | a | A | a |\n"
    form = f"{survey}| entities |\n| | list_name | label |\n| | x | ${{a}} |\n"
    assert found("anonymous-form-asks-who", form + SETTINGS) == [("error", 2, "save_to"), ("error", 2, "list_name")]


def test_a_setting_that_only_looks_like_it(found: Found, words: Words) -> None:
    """Whoever wrote it believes the answers to be anonymous."""
    form = "| survey |\n| | type | name | label |\n| | text | a | A |\n" + SETTINGS.replace("attribute::", "")
    assert found("anonymous-form-asks-who", form) == [("error", 1, "anonymous")]
    assert "attribute::anonymous" in words("anonymous-form-asks-who", form)[0]

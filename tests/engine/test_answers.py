"""Answers as Python values and as the text that XML holds."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from liuwen.engine.answers import as_text
from liuwen.errors import AnswerError


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("integer", 5, "5"),
        ("integer", 5.0, "5"),
        ("integer", " 7 ", "7"),
        ("decimal", 0.25, "0.25"),
        ("date", date(2025, 3, 1), "2025-03-01"),
        ("time", time(9, 30), "09:30:00"),
        ("dateTime", datetime(2025, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8))), "2025-03-01T09:30:00.000+08:00"),
        ("text", ["a", "b"], "a b"),
        ("text", True, "OK"),
        ("text", False, None),
        ("text", None, None),
        ("text", "", None),
        ("geopoint", (30.5, 120.25), "30.5 120.25"),
        ("geotrace", "1 2; 3 4", "1 2; 3 4"),
    ],
)
def test_a_value_is_written_as_xml_holds_it(kind, value, text):
    """Each kind of value has one text; nothing is no answer."""
    assert as_text("q", kind, value) == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "five"),
        ("integer", 2.5),
        ("integer", 2**31),
        ("decimal", "1,5"),
        ("date", "2025-02-30"),
        ("date", "1/3/2025"),
        ("time", "9 o'clock"),
        ("dateTime", "2025-13-01T09:30"),
        ("geopoint", "here"),
        ("geopoint", 3),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, value):
    """The sentence names the question and what it wants."""
    with pytest.raises(AnswerError, match="'q' needs"):
        as_text("q", kind, value)

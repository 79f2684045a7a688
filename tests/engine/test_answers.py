"""Answers as Python values and as text in XML."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from liuwen.engine import interview
from liuwen.engine.answers import WANTED, as_text
from liuwen.errors import AnswerError
from liuwen.form import read_form


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
        ("integer", -(2**31), "-2147483648"),
        ("integer", 2**31 - 1, "2147483647"),
        ("integer", "+007", "+007"),
        ("integer", "１２", "１２"),
        ("decimal", "-.5", "-.5"),
        ("decimal", "5.", "5."),
        ("decimal", 1e-7, "1e-07"),
        ("decimal", 3.0, "3"),
        ("date", "2024-2-29", "2024-2-29"),
        ("date", "\t2025-03-01\n", "2025-03-01"),
        ("time", "9:05", "9:05"),
        ("time", "09:30:15.250Z", "09:30:15.250Z"),
        ("time", "09:30+08", "09:30+08"),
        ("dateTime", datetime(2025, 3, 1, 9, 30), "2025-03-01T09:30:00.000"),
        ("dateTime", "2025-03-01T09:30-0330", "2025-03-01T09:30-0330"),
        ("geopoint", "-30.5 120 12.5 3", "-30.5 120 12.5 3"),
        ("geotrace", "1 2;3 4;", "1 2;3 4;"),
        ("geoshape", "1 2; 3 4; 1 2", "1 2; 3 4; 1 2"),
        ("text", ["a", "b"], "a b"),
        ("text", ("a", 1), "a 1"),
        ("text", [], None),
        ("text", 7, "7"),
        ("text", 2.0, "2"),
        ("text", " 村 ", " 村 "),
        ("date", None, None),
        ("integer", "", None),
        ("text", True, "OK"),
        ("text", False, None),
        ("text", None, None),
        ("text", "", None),
        ("geopoint", (30.5, 120.25), "30.5 120.25"),
        ("geotrace", "1 2; 3 4", "1 2; 3 4"),
    ],
)
def test_text_of_a_value(kind, value, text):
    """Each kind of value has one text; None is no answer."""
    assert as_text("q", kind, value) == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "five"),
        ("integer", 2.5),
        ("integer", 2**31),
        ("integer", -(2**31) - 1),
        ("integer", "12345678901"),
        ("integer", "1 2"),
        ("integer", " "),
        ("integer", True),
        ("decimal", "１.５"),
        ("decimal", "1e"),
        ("decimal", "."),
        ("decimal", "NaN"),
        ("date", "2025-02-29"),
        ("date", "2025-00-01"),
        ("date", "2025-3"),
        ("date", "25-03-01"),
        ("date", datetime(2025, 3, 1, 9, 30)),
        ("time", "9"),
        ("time", "9:5"),
        ("dateTime", "2025-02-30T09:30"),
        ("dateTime", "2025-03-01"),
        ("dateTime", "2025-03-01 09:30"),
        ("geopoint", "30.5"),
        ("geopoint", "1 2 3 4 5"),
        ("geopoint", "３０ 120"),
        ("geotrace", "1 ２; 3 4"),
        ("geopoint", "30,5 120"),
        ("geotrace", "1 2 / 3 4"),
        ("geoshape", "1; 2"),
        ("decimal", "1,5"),
        ("date", "2025-02-30"),
        ("date", "1/3/2025"),
        ("time", "9 o'clock"),
        ("dateTime", "2025-13-01T09:30"),
        ("geopoint", "here"),
        ("geopoint", 3),
    ],
)
def test_value_of_the_wrong_kind_is_refused(kind, value):
    """The message names the question and the expected kind."""
    with pytest.raises(AnswerError, match="'q' needs") as refused:
        as_text("q", kind, value)
    assert WANTED[kind].zh in refused.value.sentence.zh and repr(value) in refused.value.sentence.zh


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "time", "dateTime"])
@pytest.mark.parametrize("digits", ["12", "１２", "1２", "٣"])
def test_digits_of_any_script_are_kept_or_refused(kind, digits):
    """JavaRosa stores an accepted answer as the value it means, in any script; all others are refused."""
    written = {"integer": "{}", "decimal": "{}.5", "date": "2025-11-{}", "time": "{}:30", "dateTime": "2025-11-{}T08:30"}[kind]
    form = read_form(f"| survey |\n| | type | name | label |\n| | {kind} | q | Q |\n".encode())
    walk = interview(form, now="2025-11-01T08:00+00:00")
    try:
        kept = walk.answer(written.format(digits)).value("q")
    except AnswerError:
        assert not digits.isascii()
        return
    plain = interview(form, now="2025-11-01T08:00+00:00").answer(written.format(int(digits))).value("q")
    assert kept == plain is not None

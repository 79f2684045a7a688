"""The value of a stored answer, by the type of its question."""

import math
from datetime import datetime, time

import pytest

from liuwen.expressions.answers import answer_value
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import Scalar


@pytest.mark.parametrize(
    ("text", "data_type", "value"),
    [
        ("007", "integer", 7.0), (" 7\n", "integer", 7.0), ("-7", "integer", -7.0), ("", "integer", ""), ("1.0", "integer", ""),
        ("2147483648", "integer", ""), ("x", "integer", ""),
        ("2.50", "decimal", 2.5), (" .5", "decimal", 0.5), ("1e3", "decimal", 1000.0),
        ("1.5f", "decimal", 1.5), ("2D", "decimal", 2.0),
        ("+5.", "decimal", 5.0), ("", "decimal", ""), ("1,5", "decimal", ""), ("１２", "decimal", ""), ("e3", "decimal", ""),
        ("Infinity", "decimal", math.inf), ("+Infinity", "decimal", math.inf), ("-Infinity", "decimal", -math.inf),
        ("infinity", "decimal", ""), (".", "decimal", ""),
        ("2026-03-01", "date", datetime(2026, 3, 1)), (" 2026-3-1 ", "date", datetime(2026, 3, 1)), ("2026-02-30", "date", ""),
        ("2026-03-01T08:30", "date", ""), ("", "date", ""),
        ("2026-03-01T08:30", "dateTime", datetime(2026, 3, 1, 8, 30)), ("2026-03-01", "dateTime", datetime(2026, 3, 1)),
        ("soon", "dateTime", ""),
        ("08:30", "time", time(8, 30)), (" 08:30:15.5", "time", time(8, 30, 15, 500_000)),
        ("25:00", "time", ""), ("", "time", ""),
        ("road  water ", "select_multiple", "road water"), (" ", "select_multiple", ""),
        ("road\twater", "select_multiple", "road\twater"),
        ("road  water ", "select_one", "road  water "), (" 村 ", "text", " 村 "), ("007", "text", "007"), ("", "text", ""),
        ("7", "barcode", "7"),
    ],
)  # fmt: skip
def test_value_of_an_answer(text: str, data_type: str, value: Scalar) -> None:
    """An answer that does not fit its type is blank; text is unchanged."""
    found = answer_value(text, data_type)
    assert (type(found), found) == (type(value), value)


def test_nan_answer_is_nan() -> None:
    """`NaN` is not equal to itself, so it is checked separately."""
    assert math.isnan(answer_value("NaN", "decimal"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "data_type"),
    [("2026-03-01T08:30:00.000+08:00", "dateTime"), ("08:30Z", "time"), ("1500-01-01", "date"), ("08:30-03:00", "time")],
)
def test_answers_that_depend_on_the_phone_are_unknown(text: str, data_type: str) -> None:
    """Time zones and days of the Julian calendar raise `UnknownError`."""
    with pytest.raises(UnknownError) as left_open:
        answer_value(text, data_type)
    assert not isinstance(left_open.value, MismatchError)

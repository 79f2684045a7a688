"""Raw cells as typed columns: values of the type, missing values, and values reported as of another type."""

import datetime as dt
from typing import get_args

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, UNSURE
from liuwen.responses.plan import Kind
from liuwen.responses.typed import asked, typed

NAMES = ("a", "b", "1", "村东")
BAD = object()
"""Stands for: missing in the column, and its row told."""


def only(kind: Kind, text: str | None) -> object:
    """The result for one cell: a value or four, None if missing, BAD if its row is reported as faulty."""
    found = typed(kind, [text], NAMES)
    values = [None if pd.isna(part[0]) else part[0] for part in found.parts]
    value = values[0] if len(values) == 1 else None if values == [None] * 4 else tuple(values)
    if found.faulty:
        assert found.faulty == (0,)
        return BAD if value is None else (BAD, value)
    return value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("integer", " +12 ", 12),
        ("integer", "-0", 0),
        ("integer", "12.", 12),
        ("integer", "12.000", 12),
        ("integer", "12.5", BAD),
        ("integer", "1e3", BAD),
        ("integer", "１２", BAD),
        ("integer", "1,200", BAD),
        ("integer", "twelve", BAD),
        ("integer", "9223372036854775807", 2**63 - 1),
        ("integer", "9223372036854775808", BAD),
        ("integer", "-9223372036854775808", -(2**63)),
        ("integer", "-9223372036854775809", BAD),
        ("decimal", "12.5", 12.5),
        ("decimal", ".5", 0.5),
        ("decimal", "5.", 5.0),
        ("decimal", "-1.5E-3", -0.0015),
        ("decimal", "1e400", BAD),
        ("decimal", "inf", BAD),
        ("decimal", "NaN", BAD),
        ("decimal", "1_000", BAD),
        ("decimal", ".", BAD),
        ("decimal", "0", 0.0),
        ("date", "2026-04-01", pd.Timestamp(2026, 4, 1)),
        ("date", " 2026-04-01T23:59:59.000+08:00", pd.Timestamp(2026, 4, 1)),
        ("date", "2026-04-01Z", pd.Timestamp(2026, 4, 1)),
        ("date", "2024-02-29", pd.Timestamp(2024, 2, 29)),
        ("date", "2026-02-29", BAD),
        ("date", "2026-4-1", BAD),
        ("date", "2026-04-011", BAD),
        ("date", "0001-01-01", pd.Timestamp(1, 1, 1)),
        ("datetime", "2026-04-01T00:30:00.000+08:00", pd.Timestamp(2026, 3, 31, 16, 30, tz="UTC")),
        ("datetime", "2026-04-01T00:30:00Z", pd.Timestamp(2026, 4, 1, 0, 30, tz="UTC")),
        ("datetime", "2026-04-01", pd.Timestamp(2026, 4, 1)),
        ("datetime", "2026-04-01T25:00:00Z", BAD),
        ("datetime", "yesterday", BAD),
        ("geopoint", "30.5 120.25 4 12.5", (30.5, 120.25, 4.0, 12.5)),
        ("geopoint", " 30.5  120.25 ", (30.5, 120.25, None, None)),
        ("geopoint", "0 0 0", (0.0, 0.0, 0.0, None)),
        ("geopoint", "30.5", BAD),
        ("geopoint", "30.5 east", BAD),
        ("geopoint", "1 2 3 4 5", BAD),
        ("choice", "a", "a"),
        ("choice", " 村东 ", "村东"),
        ("choice", "01", (BAD, "01")),
        ("choices", " b   a ", "b a"),
        ("choices", "a z", (BAD, "a z")),
        ("choices", "a b 村东", "a b 村东"),
        ("text", " as it is \n", " as it is \n"),
        ("text", "１２", "１２"),
        *((kind, blank, None) for kind in ("text", "choice", "choices", "integer", "decimal", "date", "datetime", "geopoint")
          for blank in (None, ASKED_BLANK, UNSURE)),
    ],
)  # fmt: skip
def test_cells_of_another_type_are_reported(kind: Kind, text: str | None, value: object) -> None:
    """A choice that is not listed is kept; any other value that is not of the type is missing and its row named."""
    assert only(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "dtypes"),
    [
        ("text", ["string"]),
        ("choices", ["string"]),
        ("integer", ["Int64"]),
        ("decimal", ["Float64"]),
        ("date", ["datetime64[us]"]),
        ("datetime", ["datetime64[us, UTC]"]),
        ("geopoint", ["Float64"] * 4),
        ("choice", ["category"]),
    ],
)
@pytest.mark.parametrize("cells", [[], [None], [None, UNSURE]])
def test_a_column_has_its_dtype_even_without_a_value(kind: Kind, dtypes: list[str], cells: list[str | None]) -> None:
    """So that tables of two days can be joined."""
    assert [str(part.dtype) for part in typed(kind, cells, NAMES).parts] == dtypes


def test_reported_rows_are_the_faulty_rows() -> None:
    """Several of a column, with blanks between."""
    assert typed("integer", ["1", "x", None, "y", "2"]).faulty == (1, 3)
    assert typed("date", ["2026-04-01", "x", None, "y"]).faulty == (1, 3)
    assert typed("choices", ["a", "z", None, "b z"], NAMES).faulty == (1, 3)


def test_the_categories_are_the_list_in_order_and_then_what_is_not_listed() -> None:
    """As it was met; a name that stands twice in the list is one category."""
    found = typed("choice", ["z", "b", None, "y", "z"], ("b", "a", "b"))
    assert list(found.parts[0].categories) == ["b", "a", "z", "y"]
    assert found.faulty == (0, 3, 4)


def test_choices_without_a_list_are_never_faulty() -> None:
    """Where the form does not hold the file, every value may be right."""
    assert typed("choice", ["z", "y"]).faulty == ()
    assert typed("choices", ["z y"]).faulty == ()


def test_asked_is_true_for_a_blank_and_unknown_where_the_source_cannot_tell() -> None:
    """And false for what was never there."""
    assert list(asked(["x", ASKED_BLANK, None])) == [True, True, False]
    assert asked([UNSURE])[0] is pd.NA


@given(st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), max_size=20))
def test_integers_are_kept_exactly(numbers: list[int | None]) -> None:
    """To the last digit, beyond what a float holds."""
    found = typed("integer", [None if number is None else str(number) for number in numbers])
    assert [None if value is pd.NA else int(value) for value in found.parts[0]] == numbers
    assert found.faulty == ()


@given(st.sampled_from(["integer", "decimal", "date", "datetime", "geopoint", "choice", "choices", "text"]), st.text(max_size=40))
def test_no_text_at_all_breaks_a_column(kind: Kind, text: str) -> None:
    """It is a value, missing, or told."""
    found = typed(kind, [text, None], NAMES)
    assert all(len(part) == 2 for part in found.parts)
    assert set(found.faulty) <= {0}


@given(st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))
def test_every_day_of_the_calendar_is_a_date(day: dt.date) -> None:
    """From the year 1 to 9999."""
    found = typed("date", [day.isoformat()])
    assert found.parts[0][0] == pd.Timestamp(day.isoformat())
    assert found.faulty == ()


CELLS = ("1", "a", "b ", "x", "2026-04-01", "2026-04-01T09:00:00Z", "2026-04-01T09:00:00", "30.5 120.25", ASKED_BLANK, UNSURE)


@given(st.sampled_from(get_args(Kind)), st.lists(st.one_of(st.none(), st.sampled_from(CELLS)), max_size=6), st.data())
def test_a_dictionary_of_texts_is_typed_as_the_texts(kind, texts, data):
    """Whatever its order is, with texts that stand nowhere, or stand in it twice."""
    known = data.draw(st.permutations([*CELLS, *CELLS]))
    places = [
        None if text is None else data.draw(st.sampled_from([i for i, k in enumerate(known) if k == text])) for text in texts
    ]
    encoded = pa.chunked_array([pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(known))])
    found, expected = typed(kind, encoded, NAMES), typed(kind, texts, NAMES)
    assert (found.faulty, found.naive) == (expected.faulty, expected.naive)
    for one, other in zip([*found.parts, asked(encoded)], [*expected.parts, asked(texts)], strict=True):
        pd.testing.assert_extension_array_equal(one, other)


@given(st.floats(-1e300, 1e300), st.integers(0, 20))
def test_decimals_are_read_as_python_reads_them(number, places):
    """To the last digit, with an exponent or without."""
    texts = [repr(number), f"{number:.{places}f}", "9" * 400]
    found = typed("decimal", texts[:2])
    assert (found.parts[0].tolist(), found.faulty) == ([float(text) + 0.0 for text in texts[:2]], ())
    assert typed("decimal", texts).faulty == (2,)

"""Columns kept as their different cells say what the list says, and Arrow reads a CSV as Python's own reader does."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from liuwen.responses.from_exports.arrow_texts import ArrowTexts
from liuwen.responses.from_exports.cells import texts_of
from liuwen.responses.from_exports.coded import Coded, together
from liuwen.responses.from_exports.collecting import ColumnBuilder, coded
from liuwen.responses.from_exports.csv_files import columns_of_csv
from liuwen.responses.from_submissions.raw_table import UNSURE

EVENING = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
WRITTEN = [Decimal("1.1"), Decimal("1.10"), EVENING, EVENING.astimezone(timezone(timedelta(hours=8)))]
cells = st.lists(
    st.one_of(
        st.sampled_from(["", "a", "1", 1, 1.0, True, None, 0, False]),
        st.sampled_from(WRITTEN),
        st.floats(allow_nan=False).map(lambda number: number + 0.0),  # -0.0 is 0.0
    ),
    max_size=12,
)


@given(cells, st.data())
def test_a_column_reads_as_its_list(told, data):
    """Values that are equal and not the same stay apart; rows can be picked."""
    column = coded(told)
    assert list(map(repr, column)) == list(map(repr, told))
    assert [repr(cell) for cell in column.mapped(repr)] == list(map(repr, map(repr, told)))
    rows = data.draw(st.lists(st.integers(0, len(told) - 1)) if told else st.just([]))
    some = column.only(rows)
    assert list(map(repr, some)) == [repr(told[row]) for row in rows]
    assert len(some.different) <= len(rows), "what was left out is no evidence"


@given(cells, st.integers(1, 3))
def test_a_column_may_be_taken_in_piece_by_piece(told, size):
    """Also where the first texts are followed by numbers, or equal cells by others that are written differently."""
    builder = ColumnBuilder()
    for start in range(0, len(told), size):
        builder.take(told[start : start + size])
    assert list(map(repr, builder.coded())) == list(map(repr, told))


def test_half_a_character_is_kept_as_it_came():
    """Arrow cannot hold it."""
    assert list(coded(["a", "\ud800"] * 300)) == ["a", "\ud800"] * 300


texts = st.lists(st.one_of(st.none(), st.sampled_from(["", " ", "12", "n/a ", "\u3000-", UNSURE, "两个"]), st.text()), max_size=8)


@given(texts, st.data())
def test_texts_of_arrow_are_as_those_of_a_list(told, data):
    """Whatever is asked of the column."""
    rows = np.array(data.draw(st.lists(st.integers(0, len(told) - 1)) if told else st.just([])), np.int64)
    each = np.arange(len(told), dtype=np.int32)
    ours, lists = Coded(ArrowTexts(pa.array(told, pa.string())), each), Coded(told, each)
    for ask in (
        list,
        lambda column: list(column.only(rows)),
        lambda column: list(texts_of(column).replaced("", UNSURE)),
        lambda column: list(column.filled(rows, None)),
        lambda column: column.filled(rows, "").as_array().to_pylist(),
        lambda column: column.rows_equal("").tolist(),
        lambda column: column.rows_filled().tolist(),
        lambda column: column.short_texts(3),
        lambda column: texts_of(column).all_match("[0-9]+"),
        lambda column: [column[row] for row in rows.tolist()],
        lambda column: [text in column.different for text in ("", UNSURE, "12")],
    ):
        assert ask(ours) == ask(lists)


def test_many_different_texts_are_not_compared():
    """They stay with Arrow; where most come again, or only later ones are different, the column is a short list."""
    assert isinstance(coded([str(number) for number in range(2000)]).different, ArrowTexts)
    again = coded(["a", "b", None] * 700)
    assert (again.different, list(again)) == (["a", "b", None], ["a", "b", None] * 700)
    late = ["a"] * 1000 + [str(number) for number in range(2000)]
    assert list(coded(late)) == late


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(["", "x"])), min_size=1))
def test_columns_together_are_rows(rows):
    """Each different row is there once."""
    both = together([coded(list(column)) for column in zip(*rows, strict=True)])
    assert list(both) == rows
    assert sorted(both.different) == sorted(set(rows))


@given(
    st.lists(
        st.sampled_from(["a", "1", " ", ",", ",,", "\n", "\r\n", '"', '""', '"x\ny"', '"a,b"', "NA", "null", "é"]), max_size=14
    )
)
def test_arrow_reads_no_csv_in_another_way(parts):
    """Odd quotes and rows of other widths are left to Python's reader."""
    text = "a,b\n" + "".join(parts)
    assert columns_of_csv(b"\n" + text.encode()) is None, "no header"
    read = columns_of_csv(text.encode())
    if read is not None:
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert read[0] == header
        assert list(map(list, zip(*read[1], strict=True))) == [row or ["", ""] for row in rows]


def test_a_plain_csv_is_read_by_arrow():
    """Also with line breaks in quotes, and with the delimiter that Excel names."""
    header, columns = columns_of_csv(b'sep=;\r\nname;note\r\nNA;"a\r\nb ""c"""\r\n"";null\r\n') or ([], [])
    assert (header, list(map(list, columns))) == (["name", "note"], [["NA", ""], ['a\r\nb "c"', "null"]])

"""Columns kept as their different cells say what the list says, and Arrow reads a CSV as Python's own reader does."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from liuwen.responses.from_exports.coded import Coded, together
from liuwen.responses.from_exports.csv_files import columns_of_csv

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
    column = Coded.of(told)
    assert list(map(repr, column)) == list(map(repr, told))
    assert [repr(cell) for cell in column.mapped(repr)] == list(map(repr, map(repr, told)))
    rows = data.draw(st.lists(st.integers(0, len(told) - 1)) if told else st.just([]))
    some = column.only(rows)
    assert list(map(repr, some)) == [repr(told[row]) for row in rows]
    assert len(some.different) <= len(rows), "what was left out is no evidence"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(["", "x"])), min_size=1))
def test_columns_together_are_rows(rows):
    """Each different row is there once."""
    both = together([Coded.of(list(column)) for column in zip(*rows, strict=True)])
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
    assert columns_of_csv("\n" + text) is None, "no header"
    read = columns_of_csv(text)
    if read is not None:
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert read[0] == header
        assert list(map(list, zip(*read[1], strict=True))) == [row or ["", ""] for row in rows]


def test_a_plain_csv_is_read_by_arrow():
    """Also with line breaks in quotes, and with the delimiter that Excel names."""
    header, columns = columns_of_csv('sep=;\r\nname;note\r\nNA;"a\r\nb ""c"""\r\n"";null\r\n') or ([], [])
    assert (header, list(map(list, columns))) == (["name", "note"], [["NA", ""], ['a\r\nb "c"', "null"]])

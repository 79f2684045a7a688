"""The cells of a CSV, whatever parts them."""

import codecs
import csv
import io

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from liuwen.errors import ReadError
from liuwen.form.formats.tables import csv_rows
from liuwen.responses.from_exports.coded import Coded, coded_texts

_LINE_END, _END = "\n", "\ue000"
"""A row of its own after all others, unless quotes are still open; the sign is in private use, and no delimiter."""
_DELIMITERS = ",;\t|"
_LOOKED_AT = 64 * 1024
_READ_AHEAD = 4 * _LOOKED_AT + 4
"""Bytes that hold the header, and as many characters as the delimiter is looked for in."""
_BLOCK = 8 * 1024 * 1024


def rows_of_csv(text: str) -> tuple[list[list[str]], bool]:
    r"""The rows, and whether the text ends within the last of them: inside quotes, or without a line end and with cells missing.

    The delimiter is the one that gives most columns of one width; Excel's own line "sep=;" settles it.

    >>> rows_of_csv('a;"b, c, d";e\n1;2;3\n'), rows_of_csv("a,b,c\n1,2,3\n4,5")[1]
    (([['a', 'b, c, d', 'e'], ['1', '2', '3']], False), True)
    """
    rest, delimiter = _parted(text)
    is_ended = rest.endswith(("\n", "\r"))
    *rows, last = csv_rows(f"{rest}{'' if is_ended else _LINE_END}{_END}", delimiter)
    if last != [_END]:
        return [*rows, [*last[:-1], last[-1].removesuffix(_END).removesuffix(_LINE_END)]], True
    above = next((row for row in reversed(rows[:-1]) if row), [])
    return rows, not is_ended and len(rows[-1]) < len(above)


def columns_of_csv(data: bytes) -> tuple[list[str], list[Coded[str]]] | None:
    r"""The header and the columns of a CSV in UTF-8, read by Arrow.

    None if it cannot read the file, as with rows of other widths, odd quotes or another encoding.

    >>> header, columns = columns_of_csv(b'a;b\n1;"x;y"\n1;\n')
    >>> header, [list(column) for column in columns]
    (['a', 'b'], [['1', '1'], ['x;y', '']])
    """
    try:
        start = codecs.getincrementaldecoder("utf-8")().decode(data[:_READ_AHEAD], final=len(data) <= _READ_AHEAD)
        rest, delimiter = _parted(start)
        lines = io.StringIO(rest, newline="")
        header = next(csv.reader(lines, delimiter=delimiter), [])
    except (csv.Error, UnicodeDecodeError):
        return None
    below = rest[lines.tell() :]
    quotes = data.count(b'"')
    if not header or not below or quotes % 2:  # the last one may be open
        return None
    names = [str(number) for number in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(len(start.removesuffix(below).encode()))),
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=quotes > 0 or b"\r" in data, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[]),
        )
        columns = [coded_texts(column) for column in table.columns]
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    return None if any(_has_long(column) for column in table.columns) else (header, columns)


def _has_long(cells: pa.ChunkedArray) -> bool:
    """Whether some cell has more characters than Python's reader takes."""
    limit = csv.field_size_limit()
    bytes_at_most = pc.max(pc.binary_length(cells)).as_py() or 0
    return bytes_at_most > limit and pc.max(pc.utf8_length(cells)).as_py() > limit


def _parted(text: str) -> tuple[str, str]:
    """The text without the line that names its delimiter, and the delimiter."""
    told, _, rest = text.partition("\n")
    named = told.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == len("sep=") + 1:
        return rest, named[-1]
    return text, _delimiter(text)


def _delimiter(text: str) -> str:
    start = text[:_LOOKED_AT]
    if len(start) < len(text):
        start = start[: start.rfind("\n") + 1] or start
    return max(_DELIMITERS, key=lambda sign: _fit(start, sign))


def _fit(start: str, sign: str) -> tuple[float, int]:
    """How many columns the rows have, if most have as many as the widest; and how often the sign stands in the first line."""
    try:
        widths = [len(row) for row in csv_rows(start, sign) if row]
    except ReadError:
        widths = []
    most = max(widths, default=0)
    even = sum(width == most for width in widths)
    return (most if even > 0.5 * len(widths) else 1), start.partition("\n")[0].count(sign)

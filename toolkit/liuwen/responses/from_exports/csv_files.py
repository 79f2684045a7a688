"""The cells of a CSV, whatever parts them."""

import csv
import io

import pyarrow as pa
from pyarrow import csv as arrow_csv

from liuwen.errors import ReadError
from liuwen.form.formats.tables import csv_rows
from liuwen.responses.from_exports.coded import Coded

_DELIMITERS = ",;\t|"
_LOOKED_AT = 64 * 1024
_BLOCK = 8 * 1024 * 1024


def rows_of_csv(text: str) -> list[list[str]]:
    r"""The rows, parted by the delimiter that gives most columns of one width; Excel's own line "sep=;" settles it.

    >>> rows_of_csv('a;"b, c, d";e\n1;2;3\n')
    [['a', 'b, c, d', 'e'], ['1', '2', '3']]
    """
    return list(csv_rows(*_parted(text)))


def columns_of_csv(text: str) -> tuple[list[str], list[Coded[str]]] | None:
    r"""The header and the columns, read by Arrow; None if it cannot read the file, as with rows of other widths or odd quotes.

    >>> header, columns = columns_of_csv('a;b\n1;"x;y"\n1;\n')
    >>> header, [list(column) for column in columns]
    (['a', 'b'], [['1', '1'], ['x;y', '']])
    """
    rest, delimiter = _parted(text)
    lines = io.StringIO(rest, newline="")
    try:
        header = next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return None
    if not header:
        return None
    names = [str(number) for number in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(rest[lines.tell() :].encode()),
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())), null_values=[]),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeEncodeError):
        return None
    columns = [_coded(column) for column in table.unify_dictionaries().columns]
    longest = max((max(map(len, column.different), default=0) for column in columns), default=0)
    return None if longest > csv.field_size_limit() else (header, columns)


def _coded(column: pa.ChunkedArray) -> Coded[str]:
    codes = pa.chunked_array([chunk.indices for chunk in column.chunks], pa.int32())
    return Coded(column.chunk(0).dictionary.to_pylist(), codes.to_numpy())


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

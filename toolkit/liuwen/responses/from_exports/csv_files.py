"""The rows of a CSV, whatever parts its cells."""

from liuwen.errors import ReadError
from liuwen.form.formats.tables import csv_rows

_DELIMITERS = ",;\t|"
_LOOKED_AT = 64 * 1024


def rows_of_csv(text: str) -> list[list[str]]:
    r"""The rows, parted by the delimiter that gives most columns of one width; Excel's own line "sep=;" settles it.

    >>> rows_of_csv('a;"b, c, d";e\n1;2;3\n')
    [['a', 'b, c, d', 'e'], ['1', '2', '3']]
    """
    told, _, rest = text.partition("\n")
    named = told.strip().strip('"').lower()
    if named.startswith("sep=") and len(named) == len("sep=") + 1:
        return list(csv_rows(rest, named[-1]))
    return list(csv_rows(text, _delimiter(text)))


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

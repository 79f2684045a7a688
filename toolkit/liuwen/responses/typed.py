"""Convert raw cells to typed columns; values of the wrong type are kept separately, never lost."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from liuwen.responses.from_submissions.raw_table import UNSURE, Cell, Cells, cells_of
from liuwen.responses.plan import Kind

_WHOLE = re.compile(r"[+-]?[0-9]+(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PLAIN_DECIMAL = r"\A-?[0-9]+(?:\.[0-9]+)?\z"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?=$|[TZ+ -])")
_OFFSET = r"[T ][0-9:.]+\s*(?:Z|[+-][0-9]{2}:?(?:[0-9]{2})?)$"
_BLANK = pa.array(["", UNSURE])
_DIGITS_OF_INT64 = 18
_INT64 = range(-(2**63), 2**63)

Array = Any  # a pandas extension or numpy array


@dataclass(frozen=True, slots=True)
class Typed:
    """A column's parts (four for a position, else one), and the rows whose value is not of its type.

    `naive` are the rows whose time has no offset from UTC: kept as it is where all of the column are so, else missing.
    """

    parts: tuple[Array, ...]
    faulty: tuple[int, ...] = ()
    naive: tuple[int, ...] = ()


def typed(kind: Kind, cells: "Cells | Sequence[Cell]", choices: Sequence[str] = (), timezone: str | None = None) -> Typed:
    """The cells as a column of `kind`; `choices` are a select's stored values in order, `timezone` that of times without offset.

    A value outside `choices` is kept as a further category and its row told; a value that is no number, date or
    position is missing in the column and its row told. A survey's columns hold few different answers, and each is worked out
    once.
    """
    column = _as_column(cells)
    if kind == "text":
        return _text(column.cast(pa.string()))
    encoded = _encoded(column)
    codes = _codes(encoded)
    different = pc.if_else(pc.is_in(encoded.dictionary, value_set=_BLANK), pa.scalar(None, pa.string()), encoded.dictionary)
    made = _datetime(different.to_pylist(), timezone) if kind == "datetime" else _MAKERS[kind](different, choices)
    parts = tuple(part.take(codes, allow_fill=True) for part in made.parts)
    return Typed(parts, _rows_of(codes, made.faulty), _rows_of(codes, made.naive))


def _rows_of(codes: Array, wanted: Sequence[int]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(np.isin(codes, wanted)).tolist()) if len(wanted) else ()


def is_aware(times: Array) -> bool:
    """Whether a column of times says how far each is from UTC."""
    return getattr(times.dtype, "tz", None) is not None


def _encoded(column: Array) -> Array:
    """The column as a dictionary of the texts that stand in it, in the order in which they appear."""
    if not pa.types.is_dictionary(column.type):
        return column.dictionary_encode()
    codes = _codes(column)
    newest = np.maximum.accumulate(codes)
    steps = np.count_nonzero(newest[1:] != newest[:-1]) + int(len(newest) > 0 and newest[0] == 0)
    is_so = steps == len(column.dictionary) == newest.max(initial=-1) + 1
    return column if is_so else column.cast(pa.string()).dictionary_encode()


def _codes(encoded: Array) -> Array:
    """Which of the dictionary's texts stands in each row; -1 for none."""
    codes = encoded.indices
    return (codes.fill_null(-1) if codes.null_count else codes).to_numpy()


def _as_column(cells: "Cells | Sequence[Cell]") -> Array:
    return (cells if isinstance(cells, pa.ChunkedArray) else cells_of(cells)).combine_chunks()


def asked(cells: "Cells | Sequence[Cell]") -> "pd.api.extensions.ExtensionArray":
    """Whether each was asked: a boolean array, NA where the source cannot tell."""
    column = _as_column(cells)
    is_there = np.asarray(column.is_valid()) if column.null_count else np.ones(len(column), bool)
    if pa.types.is_dictionary(column.type):
        unsure = np.asarray(pc.equal(column.dictionary, UNSURE).fill_null(False))
        is_unsure = unsure[_codes(column)] & is_there if unsure.any() else np.zeros(len(column), bool)
    else:
        is_unsure = np.asarray(pc.equal(column, UNSURE).fill_null(False))
    return pd.arrays.BooleanArray(is_there, is_unsure)


def _text(cells: Cells) -> Typed:
    blank = pc.is_in(cells, value_set=_BLANK)
    texts = pc.if_else(blank, pa.scalar(None, pa.string()), cells) if pc.any(blank).as_py() else cells
    return Typed((pd.array(texts, dtype="string"),))


def _choice(different: Array, choices: Sequence[str]) -> Typed:
    texts = different.to_pylist()
    codes = {name: code for code, name in enumerate(dict.fromkeys(choices))}
    listed = len(codes)
    numbers = [-1 if text is None else codes.setdefault(text.strip(), len(codes)) for text in texts]
    column = pd.Categorical.from_codes(numbers, dtype=_categories(tuple(codes)))
    unlisted = tuple(row for row, code in enumerate(numbers) if code >= listed) if choices else ()
    return Typed((column,), unlisted)


@lru_cache(maxsize=256)
def _categories(names: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(names, dtype="str"))


def _choices(different: Array, choices: Sequence[str]) -> Typed:
    texts = different.to_pylist()
    names = [None if text is None else " ".join(text.split()) for text in texts]
    known = frozenset(choices)
    odd = {text for text in set(names) if text and not known.issuperset(text.split())} if choices else set()
    return Typed((pd.array(names, dtype="string"),), tuple(row for row, text in enumerate(names) if text in odd))


def _integer(different: Array, _: Sequence[str]) -> Typed:
    if pc.all(pc.ascii_is_decimal(different), min_count=0).as_py() and _longest(different) <= _DIGITS_OF_INT64:
        whole = different.cast(pa.int64())
        return Typed((pd.arrays.IntegerArray(np.asarray(whole.fill_null(0)), np.asarray(whole.is_null())),))
    values, faulty = _parsed(different.to_pylist(), _whole_number)
    mask = np.array([value is None for value in values], dtype=bool)
    numbers = np.array([value or 0 for value in values], dtype="int64")
    return Typed((pd.arrays.IntegerArray(numbers, mask),), faulty)


def _longest(different: Array) -> int:
    return int(pc.max(pc.binary_length(different)).as_py() or 0)


def _decimal(different: Array, _: Sequence[str]) -> Typed:
    if pc.all(pc.match_substring_regex(different, _PLAIN_DECIMAL), min_count=0).as_py():
        numbers = np.asarray(different.cast(pa.float64()).fill_null(0.0)) + 0.0  # no -0.0
        if np.isfinite(numbers).all():
            return Typed((pd.arrays.FloatingArray(numbers, np.asarray(different.is_null())),))
    values, faulty = _parsed(different.to_pylist(), _number)
    return Typed((_floats(values),), faulty)


def _date(different: Array, _: Sequence[str]) -> Typed:
    days, faulty = _parsed(different.to_pylist(), _day)
    return Typed((pd.array(np.array(days, dtype="datetime64[us]"), dtype="datetime64[us]"),), faulty)


def _datetime(texts: list[str | None], timezone: str | None) -> Typed:
    moments = pd.Series([text and text.strip() for text in texts], dtype="str")
    has_offset = moments.str.contains(_OFFSET, na=False).to_numpy(dtype=bool)
    aware = pd.to_datetime(moments.where(has_offset), format="ISO8601", utc=True, errors="coerce").astype("datetime64[us, UTC]")
    bare = pd.to_datetime(moments.mask(has_offset), format="ISO8601", errors="coerce").astype("datetime64[us]")
    naive = bare.notna().to_numpy()
    if timezone is not None:
        placed = bare.dt.tz_localize(timezone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
        return _told(aware.where(~naive, placed), texts)
    rows = tuple(int(row) for row in np.flatnonzero(naive))
    if rows and not aware.notna().any():
        return replace(_told(bare, texts), naive=rows)
    found = _told(aware, texts)
    return replace(found, faulty=tuple(row for row in found.faulty if not naive[row]), naive=rows)


def _geopoint(different: Array, _: Sequence[str]) -> Typed:
    points, faulty = _parsed(different.to_pylist(), _position)
    parts = zip(*(point or (None,) * 4 for point in points), strict=True) if points else ((), (), (), ())
    return Typed(tuple(_floats(list(part)) for part in parts), faulty)


_MAKERS: dict[Kind, Callable[[Array, Sequence[str]], Typed]] = {
    "choice": _choice,
    "choices": _choices,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "geopoint": _geopoint,
}


def _told(series: "pd.Series[Any]", texts: list[str | None]) -> Typed:
    missing = series.isna().to_numpy()
    return Typed((series.array,), tuple(row for row, text in enumerate(texts) if text is not None and missing[row]))


def _parsed(texts: list[str | None], read: Callable[[str], Any]) -> tuple[list[Any], tuple[int, ...]]:
    values = [None if text is None else read(text.strip()) for text in texts]
    return values, tuple(row for row, text in enumerate(texts) if text is not None and values[row] is None)


def _whole_number(text: str) -> int | None:
    if not _WHOLE.fullmatch(text):
        return None
    number = int(text.partition(".")[0])
    return number if number in _INT64 else None


def _day(text: str) -> date | None:
    written = _DAY.match(text)
    try:
        return date.fromisoformat(written[1]) if written else None
    except ValueError:  # no such day
        return None


def _number(text: str) -> float | None:
    number = float(text) if _DECIMAL.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _position(text: str) -> tuple[float | None, ...] | None:
    numbers = [_number(part) for part in text.split()]
    if not 2 <= len(numbers) <= 4 or None in numbers:
        return None
    return (*numbers, *(None,) * (4 - len(numbers)))


def _floats(values: list[float | None]) -> Array:
    mask = np.array([value is None for value in values], dtype=bool)
    return pd.arrays.FloatingArray(np.array([value or 0.0 for value in values], dtype="float64"), mask)

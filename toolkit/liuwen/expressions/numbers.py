"""Reads numbers from text and writes them as text, as JavaRosa does."""

import math
import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_NUMBER = re.compile(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)")
_WHOLE = re.compile(r"[+-]?\d+")
JAVA_SPACES = "".join(map(chr, range(33)))
"""The characters that Java's `String.trim` removes: all up to and including U+0020, and no other spaces."""
CLOSE = 1e-12
"""Numbers that differ by less are equal, and a number closer to 0 than this is false."""
INT_RANGE = range(-(2**31), 2**31)
_EXACT = Context(prec=800)


@lru_cache(maxsize=65536)
def number_of(text: str) -> float:
    """Parse a number as JavaRosa does; NaN if the text is not a number (XPathFuncExpr.toNumeric).

    Only the digits 0-9, a minus sign in front and one decimal point or comma count: no plus sign, no exponent, no thousands
    separator, no full-width digit.

    >>> number_of(" 01.50 "), number_of("1,5"), number_of("1e3"), number_of("+5"), number_of("１２")
    (1.5, 1.5, nan, nan, nan)
    """
    plain = text.replace(",", ".").strip(JAVA_SPACES)
    return float(plain) if _NUMBER.fullmatch(plain) else math.nan


@lru_cache(maxsize=65536)
def text_of(number: float) -> str:
    """A number as text (XPathFuncExpr.toString): 32-bit integers without a decimal point, others as Java's Double.toString.

    >>> text_of(12.0), text_of(0.5), text_of(3e9), text_of(0.0001)
    ('12', '0.5', '3.0E9', '1.0E-4')
    """
    if math.isnan(number):
        return "NaN"
    if abs(number) < CLOSE:
        return "0"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = as_int(number)
    return str(whole) if abs(number - whole) < CLOSE else _as_java_writes(number)


def plain_text_of(number: float) -> str:
    """A number with all its digits and no exponent; parsing it returns the number, but `text_of` may write it differently.

    >>> plain_text_of(12.0), plain_text_of(330102001001.0), plain_text_of(0.00005)
    ('12', '330102001001', '0.00005')
    """
    if not math.isfinite(number):
        return text_of(number)
    return str(int(number)) if number.is_integer() else f"{Decimal(repr(number)):f}"


def _as_java_writes(number: float) -> str:
    """Double.toString: uses an exponent below 0.001 and from ten million."""
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits))
    point = len(written) + exponent
    minus = "-" if sign else ""
    if 1e-3 <= abs(number) < 1e7:
        padded = "0" * (1 - point) + written if point < 1 else written.ljust(point, "0")
        point = max(point, 1)
        return f"{minus}{padded[:point]}.{padded[point:] or '0'}"
    return f"{minus}{written[0]}.{written[1:] or '0'}E{point - 1}"


def as_int(number: float) -> int:
    """Convert to a 32-bit integer as Java does: truncated towards zero, 0 for NaN, clamped to the range."""
    if math.isnan(number):
        return 0
    if abs(number) >= 2**31:
        return INT_RANGE[-1] if number > 0 else INT_RANGE[0]
    return int(number)


def whole_in(text: str) -> int | None:
    """Parse a 32-bit integer as Java's Integer.parseInt does, with digits of any script; None if the text is not one.

    >>> whole_in("+07"), whole_in("１２"), whole_in("1.0"), whole_in("3000000000")
    (7, 12, None, None)
    """
    number = int(text) if _WHOLE.fullmatch(text) else None
    return number if number is not None and number in INT_RANGE else None


def truncated(number: float) -> float:
    """Truncate towards zero (XPathFuncExpr.toInt).

    >>> truncated(2.9), truncated(-0.5)
    (2.0, -0.0)
    """
    return math.copysign(float(math.trunc(number)), number) if math.isfinite(number) else number


def rounded(number: float, places: int = 0) -> float:
    """Round half up to a number of decimal places (XPathFuncExpr.round); negative places round to tens, hundreds, ….

    >>> rounded(2.5), rounded(-2.5), rounded(1.005, 2), rounded(1234.0, -2)
    (3.0, -2.0, 1.01, 1200.0)
    """
    if not math.isfinite(number):
        return number
    if abs(places) > 30:
        return math.nan
    exact = Decimal(repr(number))
    if places >= 0:
        half = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
        return float(exact.quantize(Decimal(1).scaleb(-places), rounding=half, context=_EXACT)) + 0.0
    scaled = float(exact.scaleb(places, context=_EXACT)) + 0.5
    kept = max(-(2**63), min(2**63 - 1, math.trunc(scaled)))
    return float(Decimal(repr(float(kept))).scaleb(-places, context=_EXACT))

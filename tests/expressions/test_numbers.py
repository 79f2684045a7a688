"""Numbers: parsing, writing as Java does, truncating and rounding."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.expressions.numbers import as_int, number_of, plain_text_of, rounded, text_of, truncated, whole_in

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0.0), ("-0", -0.0), ("007", 7.0), (" 5\t", 5.0), ("\x005", 5.0),
        ("5.", 5.0), (".5", 0.5), ("1,5", 1.5), ("-1,5", -1.5),
        ("123456789012345678", 123456789012345680.0),
        ("", NAN), (" ", NAN), ("-", NAN), (".", NAN), (",", NAN), ("+5", NAN), ("--5", NAN), ("- 5", NAN), ("1 000", NAN),
        ("1.000,5", NAN), ("1e3", NAN), ("0x10", NAN), ("５", NAN), ("٥", NAN), ("\u00a05", NAN), ("\u30005", NAN), ("5元", NAN),
        ("五", NAN), ("NaN", NAN), ("Infinity", NAN), ("5_0", NAN),
    ],
)  # fmt: skip
def test_text_is_parsed_as_a_number(text: str, number: float) -> None:
    """Digits, one leading minus, one point or comma, spaces around: nothing else."""
    found = number_of(text)
    assert (math.isnan(found) and math.isnan(number)) or (found, math.copysign(1, found)) == (number, math.copysign(1, number))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (NAN, "NaN"), (INF, "Infinity"), (-INF, "-Infinity"), (0.0, "0"), (-0.0, "0"), (1e-13, "0"), (5.0, "5"), (-5.0, "-5"),
        (5.0000000000001, "5"), (2147483647.0, "2147483647"), (2147483648.0, "2.147483648E9"), (-2147483648.0, "-2147483648"),
        (0.5, "0.5"), (-0.25, "-0.25"), (1234.5, "1234.5"), (0.001, "0.001"), (0.00099, "9.9E-4"), (9999999.5, "9999999.5"),
        (10000000.5, "1.00000005E7"), (3e9, "3.0E9"), (-3e9, "-3.0E9"), (1.5e-7, "1.5E-7"), (1e100, "1.0E100"),
    ],
)  # fmt: skip
def test_text_of_writes_as_java_does(number: float, text: str) -> None:
    """32-bit integers without a decimal point, an exponent below 0.001 and from ten million."""
    assert text_of(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"), (12.0, "12"), (-12.0, "-12"), (3e9, "3000000000"), (330102001001.0, "330102001001"), (0.5, "0.5"),
        (0.00005, "0.00005"), (-1.5, "-1.5"), (1e20, "100000000000000000000"),
        (NAN, "NaN"), (INF, "Infinity"), (-INF, "-Infinity"),
    ],
)  # fmt: skip
def test_plain_text_of_writes_all_digits(number: float, text: str) -> None:
    """All digits, no exponent."""
    assert plain_text_of(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_text_parses_back(number: float) -> None:
    """Writing and parsing returns the same number."""
    assert number_of(plain_text_of(number)) == number


@given(st.floats(min_value=1e-3, max_value=1e7, exclude_max=True))
def test_java_text_without_exponent_parses_back(number: float) -> None:
    """Within the tolerance for equality."""
    assert number_of(text_of(number)) == pytest.approx(number, abs=1e-12)


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        (2.9, 2), (-2.9, -2), (0.0, 0), (NAN, 0), (INF, 2147483647), (-INF, -2147483648), (2147483647.9, 2147483647),
        (2147483648.0, 2147483647), (-2147483648.0, -2147483648), (-2147483649.0, -2147483648),
    ],
)  # fmt: skip
def test_as_int_is_a_32_bit_integer(number: float, whole: int) -> None:
    """Truncated towards zero and clamped to the range."""
    assert as_int(number) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("0", 0), ("-7", -7), ("+7", 7), ("007", 7), ("１２", 12), ("٣", 3),
        ("2147483647", 2147483647), ("-2147483648", -2147483648),
        ("2147483648", None), ("-2147483649", None), ("", None), ("+", None),
        ("--7", None), (" 7", None), ("7.0", None), ("1e3", None),
        ("五", None), ("7a", None),
    ],
)  # fmt: skip
def test_whole_in_reads_as_parse_int_does(text: str, whole: int | None) -> None:
    """One sign, digits of any script, 32 bits."""
    assert whole_in(text) == whole


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (2.4, 0, 2.0), (2.5, 0, 3.0), (-2.5, 0, -2.0), (-2.6, 0, -3.0), (0.125, 2, 0.13), (-0.125, 2, -0.12), (1.005, 2, 1.01),
        (1234.0, -2, 1200.0), (1250.0, -2, 1300.0), (1250.0, -4, 0.0), (5.0, -30, 0.0),
        (5.0, 30, 5.0), (5.0, 31, NAN), (5.0, -31, NAN),
        (NAN, 0, NAN), (INF, 2, INF), (-INF, 2, -INF), (1e300, 2, 1e300), (0.0, 3, 0.0),
    ],
)  # fmt: skip
def test_rounding_is_half_up(number: float, places: int, expected: float) -> None:
    """A negative half rounds up too, to zero; beyond thirty places the result is NaN."""
    found = rounded(number, places)
    assert found == expected or (math.isnan(found) and math.isnan(expected))


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_rounding_is_idempotent_and_close(number: float, places: int) -> None:
    """Rounding twice changes nothing; rounding moves a number by half a unit at most."""
    once = rounded(number, places)
    assert rounded(once, places) == once
    assert abs(once - number) <= 0.5 * 10**-places + abs(number) * 1e-15 + 1e-9


@pytest.mark.parametrize(("number", "expected"), [(2.9, "2.0"), (-2.9, "-2.0"), (-0.5, "-0.0"), (INF, "inf"), (NAN, "nan")])
def test_truncated_drops_the_fraction_and_keeps_the_sign(number: float, expected: str) -> None:
    """The sign of zero is kept too."""
    assert str(truncated(number)) == expected

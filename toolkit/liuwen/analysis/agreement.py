"""How far several readings of the same answers agree beyond chance: of coders (Krippendorff's alpha), of back-checks (kappa)."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

TOO_FEW_CODES = Sentence(
    zh="没有两人都编过码的答案，算不出一致程度。", en="No answer was coded by two people, so agreement cannot be computed."
)
NO_PAIRS = Sentence(
    zh="没有一户两次都答了，比不出一致程度。", en="No household answered both times, so agreement cannot be computed."
)
UNEQUAL_LENGTHS = Sentence(
    zh="“{first}”有 {count} 个值，“{second}”有 {other} 个；两者要一一对应。",
    en="{first!r} has {count} values and {second!r} has {other}; they must stand side by side.",
)


def krippendorff_alpha(codings: pd.DataFrame) -> float:
    """Compute the agreement of coders on nominal codes, Krippendorff's alpha.

    1 is complete agreement, 0 what chance gives. 0.8 is usually asked for, and 0.667 is the least for tentative conclusions. An
    answer coded by fewer than two people does not count. Several codes of one answer are compared as one text, so write them in
    the same order.

    Source: K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.

    Args:
        codings: A row per answer and a column per coder; missing where a coder did not code it.

    Returns:
        Alpha; missing where only one code was ever given, since then nothing can differ.

    Raises:
        AnswerError: If no answer was coded by two people.

    Example:
        >>> codings = pd.DataFrame({"li": list("aabbdcccedda"), "wang": list("babbbccceddd")})
        >>> round(krippendorff_alpha(codings), 3)
        0.692
    """
    counts = _counts(codings)
    coders = counts.sum(axis=1)
    counts, coders = counts[coders >= 2], coders[coders >= 2]
    if not len(counts):
        raise AnswerError(TOO_FEW_CODES)
    totals = counts.sum(axis=0)
    whole = totals.sum()
    expected = whole**2 - (totals**2).sum()
    if expected == 0:
        return float("nan")
    observed = ((coders**2 - (counts**2).sum(axis=1)) / (coders - 1)).sum()
    return float(1 - (whole - 1) * observed / expected)


def cohen_kappa(first: ArrayLike, second: ArrayLike) -> float:
    """Compute how far two readings of the same answers agree beyond chance, Cohen's kappa.

    Source: J. Cohen (1960), Educational and Psychological Measurement 20, 37-46; R packages irr (`kappa2`) and psy (`ckappa`).

    Args:
        first: The first reading, such as the answers of the interview; an index plays no part.
        second: The second, in the same order, such as those of the back-check; pairs with a missing one are left out.

    Returns:
        Kappa; missing where only one value was ever given, since then nothing can differ.

    Raises:
        AnswerError: If no pair is complete, or the lengths differ.

    Example:
        >>> round(cohen_kappa(["yes", "yes", "no", "no", "no"], ["yes", "no", "no", "no", "no"]), 3)
        0.545
    """
    both = _texts(side_by_side(first=first, second=second)).dropna()
    if both.empty:
        raise AnswerError(NO_PAIRS)
    agreed = float((both["first"] == both["second"]).mean())
    parts = [both[name].value_counts(normalize=True) for name in both]
    chance = float(parts[0].mul(parts[1], fill_value=0).sum())
    return float("nan") if chance == 1 else (agreed - chance) / (1 - chance)


def side_by_side(**columns: ArrayLike) -> pd.DataFrame:
    """Two columns in the order given, whatever their index; raises `AnswerError` if their lengths differ."""
    found = {name: pd.Series(values).reset_index(drop=True) for name, values in columns.items()}
    (first, count), (second, other) = ((name, len(values)) for name, values in found.items())
    if count != other:
        raise AnswerError(UNEQUAL_LENGTHS.filled(first=first, second=second, count=count, other=other))
    return pd.DataFrame(found)


def _texts(readings: pd.DataFrame) -> pd.DataFrame:
    """Codes as text; a number is the same code where a missing one beside it has made a column of decimals."""
    texts: pd.DataFrame = readings.convert_dtypes().astype("string").apply(lambda column: column.str.strip())
    return texts


def _counts(codings: pd.DataFrame) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Answers × codes: how many coders gave it."""
    texts = _texts(codings)
    every = texts.set_axis(range(texts.shape[1]), axis=1).reset_index(drop=True).melt(ignore_index=False)
    given = every[every["value"].fillna("") != ""]
    return pd.crosstab(given.index, given["value"]).to_numpy(dtype=np.float64)

"""How far coders agree beyond chance: Krippendorff's alpha."""

import numpy as np
import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

TOO_FEW_CODES = Sentence(
    zh="没有两人都编过码的答案，算不出一致程度。", en="No answer was coded by two people, so agreement cannot be computed."
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


def _counts(codings: pd.DataFrame) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Answers × codes: how many coders gave it."""
    texts = codings.astype("string").apply(lambda column: column.str.strip())
    given = texts.set_axis(range(texts.shape[1]), axis=1).reset_index(drop=True).stack().dropna()
    given = given[given != ""]
    if not len(given):
        return np.zeros((0, 1))
    table = pd.crosstab(given.index.get_level_values(0), given.to_numpy())
    return table.to_numpy(dtype=np.float64)

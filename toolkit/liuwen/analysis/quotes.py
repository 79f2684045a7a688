"""What people said word for word: only of a question that allows it, and never with a place under the threshold."""

import re
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.analysis.shares import require_known
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.states import Shown
from liuwen.analysis.tabulation import GIVEN, Tabulation
from liuwen.analysis.tallied import tallied
from liuwen.analysis.words import require_text, whole_frame
from liuwen.errors import AnswerError
from liuwen.form.elements import Element
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

SENSITIVE_PLACE = Sentence(
    zh="“{name}”是敏感题，不能和原话一起列出；by= 请写村、镇等地点。",
    en="{name!r} is a sensitive question and cannot be shown beside quotes; name a place with by=, such as the village.",
)
NOT_QUOTABLE = Sentence(
    zh="“{name}”的原话不能引用；受访者同意引用的题，请在问卷 note 列写上 quotable。",
    en="Answers to {name!r} may not be quoted; where respondents agreed to that, write quotable in the question's note column.",
)
_ALLOWED = re.compile(r"\bquotable\b|可引用", re.IGNORECASE)
_FORBIDDEN = re.compile(r"sensitive|unlinked|敏感", re.IGNORECASE)
_NUMBER = re.compile(r"[\d零〇一二三四五六七八九幺](?:[\s.·•/_()（）‐-―－-]*[\d零〇一二三四五六七八九幺]){4,}[xX]?")
"""Five digits or more, in Chinese too, whatever separates them; the X of an identity number."""


def quotes(
    responses: "Responses | Any",
    question: str,
    containing: str = "",
    *,
    by: str | None = None,
    most: int = 5,
    minimum: int = 5,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Quote answers to an open question whose note column says that it is quotable.

    Numbers of five digits or more are left out of the quotes. Names are not recognised: read every quote before you publish it.

    Args:
        responses: `Responses`, or a pandas frame together with its `form`.
        question: A text question with `quotable` (or “可引用”) in its note column; one marked as sensitive or unlinked, or in a
            group so marked, is never quoted.
        containing: Only answers with this word.
        by: The column of places to name; a place is named where at least `minimum` households answered and its number may be
            shown, and left blank elsewhere.
        most: The most quotes to give, chosen by a hash of their words, not by order of arrival.
        minimum: The smallest number of households of which a place may be named.
        form: The form, if `responses` is a frame.

    Returns:
        One row per different quote: `by` if named, and `quote`.

    Raises:
        AnswerError: If the question may not be quoted, is unknown, not a text or in a repeat, or `by` is a sensitive question.

    Example:
        >>> from liuwen.form import builder as b
        >>> wish = b.text("wish", zh="有什么建议？", en="What do you suggest?", note="quotable")
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[wish])
        >>> quotes(pd.DataFrame({"wish": ["修路，电话 13800000000", None]}), "wish", form=form)["quote"].tolist()
        ['修路，电话 …']
    """
    source = source_of(responses, form)
    require_text(source, question)
    _require_quotable(source, question)
    asking = Tabulation(question, column_names(by))
    require_known(source, asking)
    _require_harmless(source, by)
    frame = whole_frame(source)
    texts = frame[question].astype("string").str.strip()
    chosen = (texts.fillna("") != "") & texts.str.contains(containing, regex=False, case=False).fillna(False).astype(bool)
    found = pd.DataFrame({"quote": texts[chosen].str.replace(_NUMBER, "…", regex=True)})
    if by is not None:
        named = frame.loc[chosen, by].astype("string")
        found.insert(0, by, named.where(named.isin(_large_places(source, frame, asking, minimum))))
    return _in_order(found.drop_duplicates(), most)


def _require_quotable(source: AnswerSource, question: str) -> None:
    element = source.question(question)
    assert element is not None
    if not _ALLOWED.search(element.cell("note")) or _is_sensitive(element):
        raise AnswerError(NOT_QUOTABLE.filled(name=question))


def _is_sensitive(element: Element) -> bool:
    return any(_FORBIDDEN.search(around.cell("note")) for around in (element, *element.parents))


def _require_harmless(source: AnswerSource, by: str | None) -> None:
    element = source.question(by) if by is not None else None
    if element is not None and _is_sensitive(element):
        raise AnswerError(SENSITIVE_PLACE.filled(name=by))


def _large_places(source: AnswerSource, frame: pd.DataFrame, asking: Tabulation, minimum: int) -> set[str]:
    """The places whose number of answers may be shown, and is at least the minimum."""
    answered = frame[asking.question].astype("string").str.strip()
    given = answered.mask(answered.fillna("") != "", GIVEN)
    counted = tallied(replace(source, frame=frame.assign(**{asking.question: given})), asking, minimum, None)
    at = list(counted.choices).index(GIVEN) if GIVEN in counted.choices else None
    if at is None:
        return set()
    states = counted.protection(minimum)
    large = (states.groups == Shown.YES) & (states.cells[:, at] == Shown.YES) & (counted.counts[:, at] >= minimum)
    return set(counted.groups.loc[np.flatnonzero(large), asking.by[0]].dropna())


def _in_order(found: pd.DataFrame, most: int) -> pd.DataFrame:
    digests = found["quote"].map(lambda quote: blake2b(quote.encode()).hexdigest())
    return found.iloc[digests.argsort(kind="stable").to_numpy()].head(most).reset_index(drop=True)

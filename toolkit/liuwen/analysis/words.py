"""What people say in their own words, by village: words, or the codes of a code frame, with small groups suppressed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.code_frame import UNCODED, UNCODED_LABEL, CodeFrame
from liuwen.analysis.grouping import kept_by, named_groups
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import NO_QUESTION, NOBODY_ASKED, require_known
from liuwen.analysis.source import AnswerSource, column_names, own_language, source_of
from liuwen.analysis.source import counted as asked_of
from liuwen.analysis.states import Shown
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import Tallied, tallied
from liuwen.analysis.tally import UNANSWERED
from liuwen.analysis.tokens import place_names, words_of
from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NOT_TEXT = Sentence(
    zh="“{name}”不是文字题；选择题请用 lw.shares，数字题请用 lw.means。",
    en="Question {name!r} is not answered in words; use lw.shares for choices and lw.means for numbers.",
)
IN_REPEAT = Sentence(
    zh="“{name}”在重复组里，lw.words 只看每户问一次的题。",
    en="Question {name!r} is in a repeat; lw.words takes questions that a household is asked once.",
)
WITHHELD = Sentence(
    zh="另有 {count} 个词（或代码）没有列出：提到的户太少，或排在前 {most} 个之后。",
    en="{count} more words (or codes) are not listed: too few households said them, or they come after the first {most}.",
)


def words(
    responses: "Responses | Any",
    question: str,
    by: str | Sequence[str] | None = "village",
    *,
    codes: CodeFrame | str | Path | None = None,
    own: Sequence[str] = (),
    stop: Sequence[str] = (),
    most: int = 20,
    where: Mapping[str, str] | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Count the words of an open question, or the codes of a code frame, by village.

    A household that says a word three times counts once. Words are those of rjieba, with the form's names of places; numbers
    and words that say nothing by themselves are left out. No answer is shown, and no word that fewer than `minimum` households
    of a village said, or that could be computed from other villages.

    Source: TF-IDF with a village as a document: the share of its households that say the word, times
    ln((1 + villages) / (1 + villages that say it)) + 1, so that words which every village says count less (G. Salton and C.
    Buckley 1988, Information Processing and Management 24(5), 513-523). Only figures that are shown enter it.

    Args:
        responses: `Responses`, or a pandas frame together with its `form`.
        question: A text question.
        by: The column to group by, several columns, or None for all together.
        codes: A code frame, or the path of its file: codes are counted in place of words.
        own: Words to keep together, such as names of places and works.
        stop: Further words to leave out.
        most: The most words to list for each group.
        where: Which rows count, such as `{"household_type": "poor"}`.
        rounds: Which visits of a household count: its "last" one, its "first", or "all".
        minimum: The smallest number of households that may be shown; 1 shows everything, for those who may see it.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per group and word, the highest TF-IDF first; a group that has nothing to show has one row without a word.
        `attrs["withheld"]` says how many words are not listed. Columns:

        - those of `by`, each followed by its labels if the form has them;
        - `word`, and with `codes` also `label`; "uncoded" stands for answers without any keyword, and is left out of all groups
          where it would tell how many, if fewer than `minimum`, gave neither it nor another code;
        - `counted`: "households" or "interviews"; `asked`: how many were asked;
        - `count`: how many said it; `share`: their part of those asked; `tfidf`; `rank` in the group;
        - `shown`, `reason`: "small group" where the group itself is too small, "few" where no word may be shown.

    Raises:
        AnswerError: If the question is unknown, not a text or in a repeat, nobody was asked, or a code frame cannot be used.

    Example:
        >>> from liuwen.form import builder as b
        >>> asked = [b.text("village", zh="村", en="Village"), b.text("wish", zh="有什么建议？", en="What do you suggest?")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asked)
        >>> frame = pd.DataFrame({"village": ["东村"] * 20 + ["西村"] * 20,
        ...                       "wish": ["希望修路"] * 12 + [""] * 8 + ["修路，通自来水"] * 10 + [""] * 10})
        >>> words(frame, "wish", form=form)[["village", "word", "asked", "count", "share", "tfidf", "rank"]].round(2)
          village  word  asked  count  share  tfidf  rank
        0      东村    修路     20     12    0.6    0.6     1
        1      西村   自来水     20     10    0.5    0.7     1
        2      西村    修路     20     10    0.5    0.5     2
    """
    source = source_of(responses, form)
    require_text(source, question)
    asking = Tabulation(question, column_names(by), where, rounds)
    require_known(source, asking)
    frame = CodeFrame.read(codes) if isinstance(codes, str | Path) else codes
    texts = whole_frame(source)[question]
    if not (texts.notna() if source.responses is None else asked_of(source.responses, question)).any():
        raise AnswerError(NOBODY_ASKED.filled(name=question))
    found = words_of(texts, [*place_names(source), *own], stop) if frame is None else frame.coded(texts)
    split = replace(source, frame=whole_frame(source).assign(**{question: _often(found, minimum)}))
    counted = tallied(split, asking, minimum, language)
    kept = kept_by(source, counted.groups, asking.filters)
    table = _table(counted, kept, minimum, most)
    names = named_groups(source, counted.groups.loc[kept, list(asking.by)], language)
    shown = names.loc[table.pop("group")].reset_index(drop=True).join(table)
    if frame is not None:
        at = list(shown.columns).index("word") + 1
        labels = {UNCODED: UNCODED_LABEL.in_language(own_language(language)), **frame.labels}
        shown.insert(at, "label", shown["word"].map(lambda code: labels.get(code, code), na_action="ignore"))
    listed = set(table["word"].dropna())
    every = set(found.dropna().str.split().explode().dropna())
    shown.attrs["withheld"] = str(WITHHELD.filled(count=len(every - listed), most=most))
    return shown


def require_text(source: AnswerSource, question: str) -> None:
    """Raise `AnswerError` if the question is unknown, not a text, or in a repeat."""
    element = source.question(question)
    if element is None:
        raise AnswerError(NO_QUESTION.filled(name=question))
    if element.type != "text":
        raise AnswerError(NOT_TEXT.filled(name=question))
    if element.repeats or (source.responses is not None and source.responses.column(question).table != MAIN):
        raise AnswerError(IN_REPEAT.filled(name=question))


def whole_frame(source: AnswerSource) -> pd.DataFrame:
    """The source's frame in pandas."""
    frame = source.frame
    return frame if isinstance(frame, pd.DataFrame) else nw.from_native(frame).lazy().collect("pandas").to_native()


def _often(found: pd.Series, minimum: int) -> pd.Series:
    """The words of each answer without those that fewer than `minimum` answers of all have, which no table may show."""
    counts = found.dropna().str.split().explode().value_counts()
    kept = set(counts.index[counts >= minimum])
    cut = {text: " ".join(word for word in text.split() if word in kept) for text in found.dropna().unique()}
    return found.map(cut, na_action="ignore").astype("string")


def _remainder_told(counted: Tallied, shown: NDArray[np.bool_], minimum: int) -> bool:
    """Whether "uncoded" and another code, which no answer has both of, leave some but fewer than `minimum` of a group."""
    uncoded = list(counted.choices).index(UNCODED)
    left = counted.asked[:, np.newaxis] - counted.counts - counted.counts[:, [uncoded]]
    both = shown & shown[:, [uncoded]]
    both[:, uncoded] = False
    return bool((both & (left > 0) & (left < minimum)).any())


def _table(counted: Tallied, kept: NDArray[np.int64], minimum: int, most: int) -> pd.DataFrame:
    """One row per group and word that may be shown."""
    said = np.array([word != UNANSWERED for word in counted.choices], dtype=bool)
    found = counted.protection(minimum)
    open_groups = found.groups == Shown.YES
    shown = open_groups[:, np.newaxis] & (found.cells == Shown.YES) & (counted.counts > 0) & said
    if UNCODED in counted.choices:
        shown[:, list(counted.choices).index(UNCODED)] &= not _remainder_told(counted, shown, minimum)
    share = counted.counts / np.maximum(counted.asked, 1)[:, np.newaxis]
    spread = np.log((1 + len(kept)) / (1 + shown[kept].sum(axis=0))) + 1
    group, word = np.nonzero(shown[kept])
    at = kept[group]
    table = pd.DataFrame({
        "group": at,
        "word": np.asarray(list(counted.choices), dtype=object)[word],
        "counted": counted.counted,
        "asked": counted.asked[at],
        "count": counted.counts[at, word],
        "share": share[at, word],
        "tfidf": share[at, word] * spread[word],
    })  # fmt: skip
    ranked = table.sort_values(["group", "tfidf", "word"], ascending=[True, False, True])
    ranked["rank"] = ranked.groupby("group").cumcount() + 1
    ranked = ranked[ranked["rank"] <= most].assign(shown=True, reason="")
    empty = np.setdiff1d(kept, at)
    hidden = pd.DataFrame({
        "group": empty,
        "counted": counted.counted,
        "asked": pd.Series(counted.asked[empty], dtype="Int64").where(open_groups[empty]),
        "shown": False,
        "reason": np.where(open_groups[empty], "few", "small group"),
    })  # fmt: skip
    whole = pd.concat([ranked.astype({"asked": "Int64", "count": "Int64", "rank": "Int64"}), hidden]) if len(empty) else ranked
    return whole.sort_values("group", kind="stable").reset_index(drop=True)

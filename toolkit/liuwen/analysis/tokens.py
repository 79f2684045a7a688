"""Chinese and English answers into words: segmented by rjieba, with the names of places, without stop words."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.analysis.stop_words import STOP_WORDS
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.analysis.source import AnswerSource

NO_SEGMENTER = Sentence(
    zh="把中文分成词要用 rjieba；请安装：pip install “liuwen[text]”。",
    en='Splitting Chinese text into words needs rjieba; install it with: pip install "liuwen[text]".',
)
_WORD = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z'-]+")
_SURE = 1_000_000
"""A frequency that keeps a word of the user's together."""


def place_names(source: "AnswerSource") -> list[str]:
    """How the form calls its places, in each language."""
    return [
        label
        for column in source.places
        for language in source.form.languages
        for label in source.labels(column, (), language).values()
    ]


def words_of(texts: pd.Series, own: Iterable[str] = (), stop: Iterable[str] = ()) -> pd.Series:
    """The distinct words of each text, separated by spaces; numbers, punctuation and stop words are left out.

    `own` are words to keep together, `stop` are further words to leave out.

    >>> words_of(pd.Series(["希望后山村修路，修路！", "Please repair the road 138", None]), ["后山村"]).tolist()
    ['修路 后山村', 'repair road', <NA>]
    """
    cut = _segmenter(own)
    without = STOP_WORDS | {word.lower() for word in stop}
    given = texts.astype("string")
    found = {text: _distinct(cut(text.lower()), without) for text in given.dropna().unique()}
    return given.map(found, na_action="ignore").astype("string")


def _distinct(parts: Sequence[str], without: frozenset[str]) -> str:
    return " ".join(sorted({part for part in parts if _WORD.fullmatch(part) and part not in without}))


def _segmenter(own: Iterable[str]) -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError as missing:
        raise AnswerError(NO_SEGMENTER) from missing
    segmenter = rjieba.Jieba()
    for word in own:
        if word.strip():
            segmenter.add_word(word.strip().lower(), _SURE, "nz")
    cut: Callable[[str], list[str]] = segmenter.cut
    return cut

"""What a table of one question is linked with: coarser places, the questions that lead to it, the bases of all others."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import households, is_visited_again
from liuwen.analysis.plain_texts import plain_texts
from liuwen.analysis.rounds import Rounds, visit_ranks
from liuwen.analysis.source import AnswerSource

Counts = NDArray[np.int64]
CodedPlaces = Mapping[str, tuple[Counts, NDArray[np.object_]]]

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
SEVERAL = "?"
_MOST_CELLS = 20_000_000


def places_in(source: AnswerSource, keys: Sequence[str]) -> list[str]:
    """The columns among `keys` that are places, the coarsest first."""
    return [place for place in reversed(source.places) if place in keys]


def coarser_places(source: AnswerSource, keys: Sequence[str]) -> list[str]:
    """The places that lie around those among `keys`, the coarsest first; [] where no key is a place."""
    known = source.places
    at = [known.index(key) for key in keys if key in known]
    return [place for place in reversed(known[min(at) + 1 :]) if place not in keys] if at else []


def coded_places(answers: pd.DataFrame, coarser: Sequence[str]) -> CodedPlaces:
    """The coarser places of each row, as numbers and what these stand for."""
    return {place: pd.factorize(np.array(plain_texts(answers[place].astype("string")), dtype=object)) for place in coarser}


def places_above(coarser: CodedPlaces, numbers: Counts, size: int) -> pd.DataFrame:
    """The coarser places of each group; one that the group's answers do not agree on is left out of all."""
    found = {}
    for place, (codes, values) in coarser.items():
        lowest, highest = np.full(size, len(values)), np.full(size, -1)
        np.minimum.at(lowest, numbers, codes)
        np.maximum.at(highest, numbers, codes)
        named = np.array([*values, "", SEVERAL], dtype=object)
        found[place] = named[np.where(highest > lowest, len(values) + 1, lowest)]
    return pd.DataFrame(found, index=range(size))


def with_places_of_siblings(above: pd.DataFrame, groups: pd.DataFrame, places: Sequence[str], asked: Counts) -> pd.DataFrame:
    """The same, where a group of which nobody was asked lies where others of its place do."""
    if (asked > 0).all() or not len(above.columns):
        return above
    known = above[asked > 0].assign(**groups.loc[asked > 0, list(places)]).drop_duplicates(list(places))
    return groups[list(places)].merge(known, how="left", on=list(places))[list(above)]


def leading_questions(source: AnswerSource, question: str) -> list[str]:
    """The select questions of the same table on whose answer it depends whether `question` is asked."""
    element = source.question(question)
    if element is None:
        return []
    written = " ".join(each.cell("relevant") for each in (*element.parents, element))
    named = (name for name in dict.fromkeys(_REFERENCE.findall(written)) if name != question)
    beside = [name for name in named if _is_beside(source, name, question)]
    return [name for name in beside if (leader := source.question(name)) is not None and leader.is_select and not leader.repeats]


def _is_beside(source: AnswerSource, name: str, question: str) -> bool:
    """Whether a question is among the submissions, or in the same unlinked section as another."""
    if name in source.columns:
        return True
    tables = source.responses.plan.tables if source.responses is not None else {}
    held = [table for table in tables.values() if table.unlinked and {name, question} <= {each.name for each in table.columns}]
    return bool(held)


def all_leading(source: AnswerSource, question: str) -> frozenset[str]:
    """The questions that lead to `question`, and those that lead to these."""
    found: set[str] = set()
    further = leading_questions(source, question)
    while further:
        leader = further.pop()
        if leader not in found:
            found.add(leader)
            further += leading_questions(source, leader)
    return frozenset(found)


def base_counts(source: AnswerSource, group: Counts, size: int, rounds: Rounds) -> Counts:
    """How many of each group were asked each question of the submissions, the base that most questions share first.

    `group` is that of each submission, below `size`. As in any figure, one visit of each household counts.
    """
    if rounds == "all" or not is_visited_again(source):
        pattern, bases = source.base_patterns
        if size * len(bases) <= _MOST_CELLS:
            cells = np.bincount(group * len(bases) + pattern, minlength=size * len(bases)).reshape(size, len(bases))
            return np.asarray(cells @ bases.astype(np.int64), dtype=np.int64)
        return np.stack([np.bincount(group[asked], minlength=size) for asked in source.bases.T], axis=1).astype(np.int64)
    order = np.argsort(visit_ranks(source, rounds))
    homes = np.unique(households(source), return_inverse=True)[1]
    found = []
    for asked in source.bases.T:
        visits = order[asked[order]]
        counting = np.full(len(source.frame), -1)
        counting[homes[visits]] = visits
        found.append(np.bincount(group[counting[counting >= 0]], minlength=size))
    return np.stack(found, axis=1).astype(np.int64)

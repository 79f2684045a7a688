"""What a table of one question is linked with: coarser places, the questions that lead to it, the bases of all others."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.candidates import likely_places
from liuwen.analysis.source import AnswerSource
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses import Responses

Counts = NDArray[np.int64]

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_SEVERAL = "?"


def places_in(source: AnswerSource, keys: Sequence[str]) -> list[str]:
    """The columns among `keys` that are places, the coarsest first."""
    return [place for place in reversed(likely_places(source.form, source.columns)) if place in keys]


def coarser_places(source: AnswerSource, keys: Sequence[str]) -> list[str]:
    """The places that lie around those among `keys`, the coarsest first; [] where no key is a place."""
    known = likely_places(source.form, source.columns)
    at = [known.index(key) for key in keys if key in known]
    return [place for place in reversed(known[min(at) + 1 :]) if place not in keys] if at else []


def places_above(answers: pd.DataFrame, numbers: Counts, size: int, coarser: Sequence[str]) -> pd.DataFrame:
    """The coarser places of each group; one that the group's answers do not agree on is left out of all."""
    found = {}
    for place in coarser:
        values = pd.Series(answers[place].astype("string").fillna("").to_numpy(), dtype="object")
        grouped = values.groupby(numbers)
        first = grouped.first().reindex(range(size), fill_value="")
        found[place] = first.where(grouped.nunique().reindex(range(size), fill_value=0) <= 1, _SEVERAL)
    return pd.DataFrame(found, index=range(size))


def leading_questions(source: AnswerSource, question: str) -> list[str]:
    """The select questions of the same table on whose answer it depends whether `question` is asked."""
    element = source.question(question)
    if element is None:
        return []
    written = " ".join(each.cell("relevant") for each in (*element.parents, element))
    named = [name for name in dict.fromkeys(_REFERENCE.findall(written)) if name in source.columns and name != question]
    return [name for name in named if (leader := source.question(name)) is not None and leader.is_select and not leader.repeats]


def base_counts(responses: "Responses", rows: pd.DataFrame, groups: pd.DataFrame) -> Counts:
    """How many rows of each group were asked each question of the submissions, the base that most questions share first.

    `rows` are all submissions that count, with the columns of `groups` as text.
    """
    numbers = _group_of(rows, groups)
    shared: dict[bytes, int] = {}
    for column in responses.plan.tables[MAIN].columns:
        flags = responses.asked(column.path).fillna(False).to_numpy(dtype=bool)
        packed = np.packbits(flags).tobytes()
        shared[packed] = shared.get(packed, 0) + 1
    place = pd.Index(responses.table.index).get_indexer(rows.index)
    found = []
    for packed in sorted(shared, key=lambda each: -shared[each]):
        flags = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=len(responses)).astype(bool)[place]
        found.append(np.bincount(numbers[flags & (numbers >= 0)], minlength=len(groups)))
    return np.stack(found, axis=1).astype(np.int64)


def _group_of(rows: pd.DataFrame, groups: pd.DataFrame) -> Counts:
    if not len(groups.columns):
        return np.zeros(len(rows), dtype=np.int64)
    keys = list(groups.columns)
    known = groups.astype("object").fillna("").assign(number=range(len(groups)))
    found = rows[keys].astype("string").astype("object").fillna("").merge(known, on=keys, how="left")["number"]
    return np.asarray(found.fillna(-1), dtype=np.int64)

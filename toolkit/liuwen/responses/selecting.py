"""Some of the submissions: those of a time, a village, a version, a state."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses.releases import Published
    from liuwen.responses.responses import Responses

_NO_COLUMN = Sentence(
    zh="没有名为“{name}”的列，不能按它筛选；可用 .table 和 .submissions 的列，以及 since、until。",
    en="There is no column “{name}” to select submissions by; use a column of .table or .submissions, since or until.",
)
_APART = Sentence(
    zh="不与答卷相连的部分（{names}）无法按答卷筛选，因此没有保留。",
    en="Unlinked sections ({names}) cannot be selected by submission, and were left out.",
)
_SELECTED = Sentence(zh="只保留了 {count} 份中的 {kept} 份答卷。", en="Only {kept} of {count} submissions were kept.")


def selected_responses(responses: "Responses", conditions: Mapping[str, Any]) -> "Responses":
    """The responses of the submissions for which every condition holds."""
    answers = responses.table  # a question may have the name of a server's column, such as "notes": then it is meant
    known = answers.join(responses.submissions.drop(columns=answers.columns, errors="ignore"))
    wanted = pd.Series(True, index=known.index)
    for name, value in conditions.items():
        wanted &= _holds(known, name, value).fillna(False).astype(bool)
    ids = set(known.index[wanted])
    keys = {name: _kept(responses, name, ids) for name in responses.tables}
    apart = [name for name, table in responses.plan.tables.items() if table.unlinked]
    told = [_SELECTED.filled(kept=len(ids), count=len(known))]
    told += [_APART.filled(names=", ".join(apart))] if apart else []
    unknown, entities = (
        frame[[_submission_of(key, known.index) in ids for key in frame["key"].fillna("")]]
        for frame in (responses.unknown, responses.entities)
    )
    return replace(
        responses,
        _tables={name: responses[name].loc[kept] for name, kept in keys.items()},
        _asked={name: asked.loc[keys[name]] for name, asked in responses._asked.items()},
        submissions=responses.submissions.loc[wanted],
        audit=_of(responses.audit, ids),
        edits=_of(responses.edits, ids),
        unknown=unknown,
        entities=entities,
        notes=(*responses.notes, *told),
        _sections={},
        published=_selected_releases(responses, conditions),
    )


def _of(frame: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """The rows of some submissions."""
    return frame[frame["instance_id"].isin(ids)] if len(frame) else frame


def _selected_releases(responses: "Responses", conditions: Mapping[str, Any]) -> "Published | None":
    """What was released before, cut down in the same way."""
    known = responses.published
    if known is None:
        return None
    return replace(known, earlier=tuple(selected_responses(each, conditions) for each in known.earlier))


def _holds(known: pd.DataFrame, name: str, value: Any) -> "pd.Series[Any]":
    if name in {"since", "until"}:
        times = known["submitted_at"]
        moment = pd.Timestamp(value)
        zone = getattr(times.dtype, "tz", None)
        at = moment.tz_localize(zone) if zone is not None and moment.tzinfo is None else moment
        at = at.tz_localize(None) if zone is None and at.tzinfo is not None else at
        return times >= at if name == "since" else times < at
    if name not in known:
        raise AnswerError(_NO_COLUMN.filled(name=name))
    column = known[name]
    if callable(value):
        return pd.Series(value(column), index=known.index)
    return column.isin(list(value) if isinstance(value, list | tuple | set | frozenset) else [value])


def _submission_of(key: str, ids: "pd.Index[Any]") -> str:
    """The instance ID that a key begins with; an ID may be a file's path, with slashes of its own."""
    while key and key not in ids:
        key = key.rpartition("/")[0]
    return key


def _kept(responses: "Responses", name: str, ids: set[str]) -> Any:
    table = responses[name]
    if responses.plan.tables[name].unlinked:
        return np.zeros(len(table), dtype=bool)
    return (table["instance_id"] if "instance_id" in table else table.index.to_series()).isin(ids).to_numpy()

"""Selects and ranks that an export spreads over a column a choice, or a column a place, beside the joined text or without it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from liuwen.form.elements import ChoiceList
from liuwen.responses.from_exports.cells import label_names
from liuwen.responses.from_exports.coded import Coded, together
from liuwen.responses.from_exports.collecting import coded
from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, UNSURE
from liuwen.responses.plan import Kind


@dataclass(frozen=True, slots=True)
class Answers:
    """A question's cells, a row each; `contradicted[row]` is what another of its columns says where it says otherwise."""

    cells: Coded[str]
    contradicted: dict[int, str]
    present: bool = True
    """Whether the export has any column of the question."""


def agree(one: str, other: str, kind: Kind) -> bool:
    """Whether two columns of a question say the same."""
    if kind == "geopoint":  # the parts may be rounded, or lack what the whole has
        return True
    return set(one.split()) == set(other.split()) if kind == "choices" else one == other


def with_split(
    joined: Coded[str], split: Coded[dict[str, bool]], contradicted: dict[int, str], listed: ChoiceList | None = None
) -> Answers:
    """The split columns count for the choices they say anything of, the joined text for the others and for the order.

    Words of the joined text that are no choices are kept, unless it lacks a choice that the split columns have: then it is
    written in another way, as with labels that are not distinct.
    """
    listed_names = frozenset(listed.names) if listed else frozenset()
    counted = together([joined, split]).mapped(lambda both: _counted(both[0], both[1], listed_names))
    for row in np.flatnonzero(counted.rows_with(itemgetter(1))).tolist():
        contradicted[row] = joined[row]
    return Answers(counted.mapped(itemgetter(0)), contradicted)


def _counted(whole: str, said: Mapping[str, bool], listed_names: Collection[str]) -> tuple[str, bool]:
    """What a row says, and whether its joined text says otherwise."""
    names = whole.split()
    is_whole = not listed_names or all(name in names for name, chosen in said.items() if chosen)
    kept = [name for name in names if said.get(name, is_whole or name in listed_names)]
    counted = " ".join([*kept, *(name for name, chosen in said.items() if chosen and name not in names)])
    is_contradicted = bool(names) and any(chosen != (name in names) for name, chosen in said.items())
    return counted or (ASKED_BLANK if said else UNSURE), is_contradicted


def with_ranks(joined: Sequence[str], split: Mapping[str, Sequence[str]], listed: ChoiceList | None) -> Answers:
    """A rank out of a column a place (holding the choice) or a column a choice (holding its place).

    Where both readings fit and differ, the joined text decides; without one the columns are not read, and told.
    """
    names = listed.names if listed else ()
    labels = label_names(listed) if listed else {}
    cells, contradicted = [], {}
    for row, whole in enumerate(joined):
        told = {head: texts[row] for head, texts in split.items() if texts[row]}
        readings = {text for text in (_by_place(told, names, labels), _by_choice(told, names)) if text}
        said = whole if whole in readings or len(readings) != 1 else readings.pop()
        cells.append(said or UNSURE)
        if told and (not said or (whole and said != whole)):
            contradicted[row] = whole or "; ".join(f"{head} = {text}" for head, text in told.items())
    return Answers(coded(cells), contradicted)


def _by_place(told: Mapping[str, str], names: Sequence[str], labels: Mapping[str, str]) -> str:
    stored = {head: text if text in names else labels.get(text, "") for head, text in told.items()}
    if not all(head.isdigit() and name for head, name in stored.items()) or len(set(stored.values())) < len(stored):
        return ""
    return " ".join(stored[head] for head in sorted(stored, key=int))


def _by_choice(told: Mapping[str, str], names: Sequence[str]) -> str:
    places = {head: text.removesuffix(".0") for head, text in told.items()}
    if not all(head in names and text.isdigit() for head, text in places.items()):
        return ""
    order = sorted(places, key=lambda head: int(places[head]))
    return " ".join(order) if sorted(int(text) for text in places.values()) == list(range(1, len(places) + 1)) else ""

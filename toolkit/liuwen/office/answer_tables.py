"""The answers to a form as a table for the office: who, when, where, the state of review, and each question by its label."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.analysis.candidates import place_columns
from liuwen.responses.labels import distinct, heads
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.messages import Language
    from liuwen.responses import Responses
    from liuwen.store import Store

_METADATA = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "note",
        "calculate",
    }
)


QUESTION = "/"
"""Begins the columns of questions in `AnswerTable.rows`: questions too can be called `name` or `number`."""


@dataclass(frozen=True, eq=False, slots=True)
class AnswerTable:
    """The answers to one form.

    Attributes:
        listing: A row an answer, as `Store.office.listing` gives them.
        responses: The answers as typed tables; answers that cannot be read (encrypted ones) are not among them.
        place: The column that tells the village, if the form asks for it.
    """

    listing: pd.DataFrame
    responses: "Responses"
    place: str | None

    def questions(self, language: "Language") -> dict[str, str]:
        """The questions of the main table that somebody was asked: column → label."""
        names = dict(zip(self.responses.table.columns, heads(self.responses, MAIN, language), strict=True))
        columns = self.responses.plan.tables[MAIN].columns
        asked = [head for column in columns if column.element.type not in _METADATA for head in column.heads]
        return distinct({head: names[head] for head in asked if head != self.place})

    def rows(self, language: "Language") -> pd.DataFrame:
        """The listing with `place`, and every question beside it in words, its name after `QUESTION`; newest first."""
        listed = self.listing.join(self.responses.labelled(language).add_prefix(QUESTION), on="instance_id")
        place = listed[QUESTION + self.place] if self.place else pd.Series(pd.NA, index=listed.index)
        return listed.assign(place=place.astype("string").fillna("")).sort_values("number", ascending=False)


class AnswerTables:
    """The tables of a store; each is read again only when its list of answers or its versions change.

    Args:
        store: The store.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._kept: dict[str, tuple[tuple[int, ...], AnswerTable]] = {}
        self._lock = threading.Lock()

    def of(self, form_id: str) -> AnswerTable:
        """The table of a form."""
        with self._lock:
            listing = self._store.office.listing(form_id)
            versions = tuple(form.number for form in self._store.forms() if form.form_id == form_id)
            kept = self._kept.get(form_id)
            if kept is None or kept[0] != versions or not kept[1].listing.equals(listing):
                responses = self._store.responses(form_id)
                kept = versions, AnswerTable(listing, responses, next(iter(place_columns(responses)), None))
                self._kept[form_id] = kept
        return kept[1]

"""The answers to a form as typed tables, for figures, reports and downloads; read again only when they have changed."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.office.answer_index import AnswerIndex
    from liuwen.responses import Responses
    from liuwen.store import Store


class LoadedAnswers:
    """The tables of a store.

    Args:
        store: The store.
        index: Its index, which tells whether answers have changed.
    """

    def __init__(self, store: "Store", index: "AnswerIndex") -> None:
        self._store = store
        self._index = index
        self._kept: dict[str, tuple[object, Responses]] = {}
        self._lock = threading.Lock()

    def of(self, form_id: str) -> "Responses":
        """The answers to a form."""
        with self._lock:
            self._index.catch_up()
            versions = tuple(form.number for form in self._store.forms() if form.form_id == form_id)
            mark = versions, self._index.mark(form_id)
            kept = self._kept.get(form_id)
            if kept is None or kept[0] != mark:
                kept = self._kept[form_id] = mark, self._store.responses(form_id)
        return kept[1]

"""The campaign of a store that keeps receiving: each time only what has arrived since is read."""

from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.campaign.campaign import read_campaign
from liuwen.campaign.collected.reading import form_events, open_forms, sent_by_persons

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign.campaign import Campaign
    from liuwen.store import Store


class StoreArrivals:
    """Reads a store's campaign, and later adds what has arrived to it.

    The whole store is read again after an edited submission, a published form, or a saved desk table.

    Attributes:
        full_read: Whether the last `campaign` read the whole store again.

    Args:
        store: The store.
        programme: The programme: its name, or the path of its file.
        year: The programme's year.
    """

    def __init__(self, store: "Store", programme: str | Path, year: int | None = None) -> None:
        self.full_read = True
        self._store, self._programme, self._year = store, programme, year
        self._campaign: Campaign | None = None
        self._kept: tuple[object, ...] = ()
        self._last = 0
        self._counts: dict[str, int] = {}

    def campaign(self) -> "Campaign":
        """The campaign with all that has arrived."""
        from liuwen.store.store import keeping_of

        last, kept = keeping_of(self._store).last_number(), self._state()
        more = self._more() if self._campaign is not None and kept == self._kept else None
        self.full_read = more is None
        if self._campaign is None or more is None:
            self._campaign = read_campaign(self._programme, self._year, store=self._store)
            self._counts = {form_id: self._store.count(form_id) for form_id in open_forms(self._store)}
        else:
            for kind, frame in more:
                self._campaign = self._campaign.with_more(kind, frame)
        self._last, self._kept = last, kept
        return self._campaign

    def _state(self) -> tuple[object, ...]:
        """What must be as it was for arrivals to be added: the forms, the desk tables, the programme's file."""
        forms = tuple((form.form_id, form.version, form.current) for form in self._store.forms())
        path = Path(self._programme)
        return forms, self._store.desk_tables.last_number(), path.stat().st_mtime_ns if path.is_file() else 0

    def _more(self) -> "list[tuple[str, pd.DataFrame]] | None":
        """The events that have arrived; None if data already read has changed."""
        assert self._campaign is not None
        people = self._store.desk_tables.get("people")
        found: list[tuple[str, pd.DataFrame]] = []
        for form_id in open_forms(self._store):
            responses = self._store.responses(form_id, after=self._last)
            count = self._store.count(form_id)
            if self._counts.get(form_id, 0) + len(responses.table) != count:
                return None
            self._counts[form_id] = count
            if len(responses.table):
                events = form_events(self._campaign.programme, responses, form_id)
                found += [(kind, sent_by_persons(frame, people)) for kind, frame in events.items()]
        return found

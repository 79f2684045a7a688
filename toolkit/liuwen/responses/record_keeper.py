"""Where a record of what was shown of a form's answers is kept."""

from typing import Protocol


class RecordKeeper(Protocol):
    """Keeps a text for each form; a store, or a folder."""

    def read(self, form_id: str) -> str:
        """The record of a form; "" before the first."""
        ...

    def write(self, form_id: str, before: str, now: str) -> str:
        """Keep `now` if the record is still `before`; the record that is kept."""
        ...

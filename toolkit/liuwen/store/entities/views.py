"""The part of an entity list that a collector's phone receives: rows of its own places, if the list has a place column.

ODK Central can also filter a list by equality of a property with the user's, joining such rules by "or".
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

PLACES = ("for_phone", "town")
"""The properties that assign a row to places; a list without the first is sent whole to every phone."""


@dataclass(frozen=True, slots=True)
class ListView:
    """The places whose rows are visible; None for all rows.

    >>> view = ListView(frozenset({"V1"}))
    >>> view.shows({"for_phone": "V1"}), view.shows({"for_phone": "V2", "town": "T1"}), view.shows({"label": "any"})
    (True, False, True)
    """

    places: frozenset[str] | None = None

    def shows(self, data: Mapping[str, str]) -> bool:
        """Whether a row with these properties is visible."""
        if self.places is None or PLACES[0] not in data:
            return True
        return any(data.get(name) in self.places for name in PLACES)

    @property
    def key(self) -> str:
        """A short text that is equal for two views exactly if they show the same rows; "" for the whole list."""
        if self.places is None:
            return ""
        return hashlib.sha256("\0".join(sorted(self.places)).encode()).hexdigest()[:16]


WHOLE = ListView()

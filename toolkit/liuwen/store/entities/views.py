"""Which rows of an entity list a collector's phone gets: those of its own places, where the list says for which place a row is.

ODK Central can filter a list by equality of a property with the user's, and joins such rules by "or"; this is the same.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

PLACES = ("for_phone", "town")
"""The properties that say for which places a row is; a list without the first goes whole to every phone."""


@dataclass(frozen=True, slots=True)
class ListView:
    """The places whose rows are seen; None for all rows.

    >>> view = ListView(frozenset({"V1"}))
    >>> view.shows({"for_phone": "V1"}), view.shows({"for_phone": "V2", "town": "T1"}), view.shows({"label": "any"})
    (True, False, True)
    """

    places: frozenset[str] | None = None

    def shows(self, data: Mapping[str, str]) -> bool:
        """Whether the row with these properties is seen."""
        if self.places is None or PLACES[0] not in data:
            return True
        return any(data.get(name) in self.places for name in PLACES)

    @property
    def key(self) -> str:
        """A short text that two views share exactly when they show the same; "" for the whole list."""
        if self.places is None:
            return ""
        return hashlib.sha256("\0".join(sorted(self.places)).encode()).hexdigest()[:16]


WHOLE = ListView()

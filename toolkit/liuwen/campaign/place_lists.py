"""The list on the phones, place by place: after an arrival only the places concerned are recomputed.

Matters couple only within a place (duplicates, guards), so that places can be folded apart. Events are only ever added: a place
whose number of events is what it was is what it was.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from liuwen.campaign.phone_list import LIST, phone_list

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.schema import LedgerRule


class PlaceLists:
    """The rows of each place as they were last computed.

    Attributes:
        folded: The places recomputed by the last call of `table`.
    """

    def __init__(self) -> None:
        self.folded: tuple[str, ...] = ()
        self._on = 0
        self._held: dict[str, tuple[int, pd.DataFrame]] = {}

    def forget(self) -> None:
        """Recompute every place next time, because a register or the programme has changed."""
        self._held = {}

    def table(self, campaign: "Campaign") -> pd.DataFrame:
        """The list as it is to stand on the phones today.

        Args:
            campaign: The campaign; the same as last time but for the events that were added.

        Returns:
            The rows of `phone_list`.
        """
        if campaign.today != self._on:
            self.forget()
        self._on = campaign.today
        rows = campaign.rows(LIST)
        places = event_places(rows, campaign.programme.ledger(LIST)) if len(rows) else pd.Series(dtype=object)
        sizes = {str(place): int(count) for place, count in places.value_counts().items()}
        self._held = {place: held for place, held in self._held.items() if sizes.get(place) == held[0]}
        self.folded = tuple(sorted(set(sizes) - set(self._held)))
        for place in self.folded:
            of_place = campaign.with_rows(LIST, places == place)
            self._held[place] = sizes[place], phone_list(of_place)
        return pd.concat([table for _, table in self._held.values()]) if self._held else phone_list(campaign)


def of_one_place(campaign: "Campaign", ledger: str, matter: str) -> "Campaign":
    """The campaign with those steps alone that can bear on a matter: the ones of its place.

    Args:
        campaign: The campaign.
        ledger: The ledger's ID.
        matter: The matter's ID.

    Returns:
        A campaign in which the matter stands as in the whole one.
    """
    rows = campaign.rows(ledger)
    places = event_places(rows, campaign.programme.ledger(ledger))
    return campaign.with_rows(ledger, places.isin(set(places[rows["matter"] == matter])))


def event_places(rows: pd.DataFrame, rule: "LedgerRule | None") -> "pd.Series[str]":
    """The place of the matter of each event: the village where it was raised.

    Places are one where a matter of one is merged into a matter of the other, or an event of one replaces an event of the other.
    """
    bearing = [step.id for step in rule.steps if step.bears] if rule else []
    born = rows[rows["step"].isin(bearing)].drop_duplicates("matter")
    villages = dict(zip(born["matter"], born["village"], strict=True))
    places = rows["matter"].map(villages).astype(object).fillna("")
    root: dict[str, str] = {}

    def found(place: str) -> str:
        while place in root:
            place = root[place]
        return place

    for others in _others(rows, places, villages):
        linked = np.flatnonzero((others.notna() & (others != places)).to_numpy())
        for at in linked:
            one, two = sorted((found(places.iloc[at]), found(others.iloc[at])))
            if one != two:
                root[two] = one
    return places.map({place: found(place) for place in set(places)}) if root else places


def _others(rows: pd.DataFrame, places: "pd.Series[str]", villages: dict[str, str]) -> "Iterator[pd.Series[str]]":
    """For each event the place of what it speaks of: the matter that takes it in, the event replaced or given again."""
    if "of" in rows:
        yield rows["of"].map(villages)
    if "event" in rows:
        first = dict(zip(rows["event"][::-1], places[::-1], strict=True))
        yield rows["event"].map(first)
        if "replaces" in rows:
            yield rows["replaces"].map(first)

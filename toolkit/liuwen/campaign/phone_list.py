"""The list `matters` on the phones: the fold, written by the server alone.

It names no applicant, household, telephone or resident, and holds no matter of a confidential class. A phone sees the rows
whose `for_phone` is one of its villages, or whose `town` is its own.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.campaign.collected.raised import matter_id
from liuwen.campaign.confidential import visible_table

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.ledgers.ledger import TownLedger
    from liuwen.campaign.records import Day
    from liuwen.store import Store

LIST = "matters"
PROPERTIES = (
    "number", "title", "village", "for_phone", "town", "active", "state", "tier", "responsible", "handler", "deadline",
    "waiting_for", "round", "last_note", "last_step", "updated_on",
)  # fmt: skip
SEEN_FOR_DAYS = 31
"""How long a matter that was struck off stays on the phones."""
OVER = frozenset({"closed", "withdrawn", "duplicate", "settled"})
LONGEST_LABEL = 60


def phone_list(campaign: "Campaign", on: "Day | None" = None, known: "Day | None" = None) -> pd.DataFrame:
    """The list as it is to stand on the phones.

    Args:
        campaign: The campaign.
        on: The day; today where none is given.
        known: What had been received by the end of this day; everything where none is given.

    Returns:
        A row a matter, by its entity ID (`name`): `label` and the columns of `PROPERTIES`, all text; `active` is "1" until
        it is struck off, withdrawn or merged.
    """
    ledger = campaign.ledger(LIST, on, known)
    table = visible_table(ledger)
    states = ledger.folded.matters
    shown = pd.DataFrame({name: _text(table[name]) for name in PROPERTIES if name in table})
    over = table["state"].isin(OVER)
    updated = np.array([states[matter].updated for matter in table["matter"]], dtype=np.int64)
    seen = ~over.to_numpy() | ((ledger.on - updated) <= SEEN_FOR_DAYS) & (table["state"] == "closed").to_numpy()
    shown["last_step"] = [states[matter].last_step for matter in table["matter"]]
    shown["updated_on"] = [_day(day) for day in updated]
    shown["active"] = np.where(over, "0", "1")
    shown["for_phone"] = table["village"].where(seen, "")
    shown["town"] = pd.Series(_towns(campaign, table["village"]), index=table.index, dtype=object).where(seen, "")
    shown["label"] = _labels(ledger, table)
    shown.index = pd.Index([_entity_id(matter) for matter in table["matter"]], name="name")
    return shown[["label", *PROPERTIES]].astype(str)


def write_phone_list(campaign: "Campaign", store: "Store", on: "Day | None" = None) -> int:
    """Bring the entity list `matters` of a store to what the fold says; nobody else writes it.

    Args:
        campaign: The campaign.
        store: The store whose phones are to see it.
        on: The day; today where none is given.

    Returns:
        How many rows were new, changed or taken off.
    """
    return store.entities.replace(LIST, phone_list(campaign, on))


def _text(column: "pd.Series[Any]") -> "pd.Series[str]":
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype(object).where(column.notna(), "").astype(str)


def _day(number: int) -> str:
    return str(np.datetime64(int(number), "D"))


def _towns(campaign: "Campaign", villages: "pd.Series[str]") -> list[str]:
    places = campaign.registers().table("places")
    within = dict(zip(places["place"], places["within"], strict=True))
    return [within.get(village, "") for village in villages]


def _labels(ledger: "TownLedger", table: pd.DataFrame) -> "pd.Series[str]":
    """The number that was published, and the title; a phone shows nothing else of it at first."""
    numbered = table["matter"].isin(ledger.numbers)
    numbers = (table["number"] + " ").where(numbered, "")
    titles = table["title"].where(table["title"] != "", table["number"])
    return (numbers + titles).str.slice(0, LONGEST_LABEL)


def _entity_id(matter: str) -> str:
    """An entity's ID must be a UUID: a matter that came by a spreadsheet has one made from its own."""
    return matter if len(matter) == 36 and matter.count("-") == 4 else matter_id(matter)

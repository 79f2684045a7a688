"""What of a ledger everybody may see: no confidential matter, and nothing that tells of one.

A matter that hung on a public list before the desk sorted it into a confidential class leaves the lists like one that was
withdrawn: the same line, the same words, the same count. If it vanished, its absence would say where it went.
"""

from collections.abc import Collection

import pandas as pd

from liuwen.campaign.collected.letters import LETTER
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.numbers import own_series, own_series_of
from liuwen.campaign.ledgers.rates import rates_table
from liuwen.campaign.schema import LedgerRule, Programme

LEFT_AS = "withdrawn"
"""The state under which such a matter is counted on public lists, which call it "withdrawn or passed on"."""


def confidential_classes(rule: LedgerRule) -> frozenset[str]:
    """The ids of the classes that only their receivers see."""
    return frozenset(one.id for one in rule.classes if one.confidential)


def confidential_matters(ledger: TownLedger) -> frozenset[str]:
    """The matters of a confidential class."""
    hidden = confidential_classes(ledger.rule)
    return frozenset(matter.id for matter in ledger.matters if matter.topic in hidden)


def confidential_events(ledger: TownLedger, steps: pd.DataFrame, topics: Collection[str] | None = None) -> frozenset[str]:
    """The steps of confidential matters, counted or not: a letter that is not counted is as confidential as one that is.

    Args:
        ledger: The ledger.
        steps: Every step that was received: `event, matter`, and `class` where it was given.
        topics: Only those of these classes; by default of every confidential class.

    Returns:
        The IDs of the events.
    """
    chosen = confidential_classes(ledger.rule) if topics is None else frozenset(topics)
    named = steps["class"].isin(chosen) if "class" in steps else pd.Series(False, index=steps.index)
    held = {matter.id: matter.topic for matter in ledger.matters}
    hidden = {matter for matter, topic in held.items() if topic in chosen} | (set(steps.loc[named, "matter"]) - set(held) - {""})
    return frozenset(steps.loc[steps["matter"].isin(hidden) | (named & (steps["matter"] == "")), "event"])


def are_steps(events: pd.DataFrame, steps: frozenset[str], rule: LedgerRule, programme: Programme) -> "pd.Series[bool]":
    """Which rows of all events (`kind, event`) are these steps of a ledger, or the letters that they came with."""
    letters = [kind for kind, one in programme.events.items() if one.form == LETTER]
    return events["event"].isin(steps) & events["kind"].isin([rule.id, *letters])


def once_public(ledger: TownLedger) -> frozenset[str]:
    """The confidential matters that a public list held before they were sorted: their number is one of a village's."""
    numbers, series = ledger.numbers, own_series_of(ledger.rule)
    return frozenset(one for one in confidential_matters(ledger) if one in numbers and not own_series(numbers[one], series))


def public_numbers(ledger: TownLedger) -> dict[str, str]:
    """Matter → number, of the numbers that public lists give."""
    series = own_series_of(ledger.rule)
    return {matter: number for matter, number in ledger.numbers.items() if not own_series(number, series)}


def public_rates(ledger: TownLedger) -> pd.DataFrame:
    """The rates of the ledger without its confidential classes; as everywhere, matters that left it are in none."""
    hidden = confidential_matters(ledger)
    return rates_table([matter for matter in ledger.matters if matter.id not in hidden], ledger.rule)


def visible_table(ledger: TownLedger) -> pd.DataFrame:
    """The ledger without its confidential classes."""
    return ledger.table[~ledger.table["class"].isin(confidential_classes(ledger.rule))].reset_index(drop=True)


def public_table(ledger: TownLedger) -> pd.DataFrame:
    """The ledger as public lists count it: a confidential matter that they held before counts as one that left them."""
    visible, moved = visible_table(ledger), once_public(ledger)
    if not moved:
        return visible
    left = ledger.table[ledger.table["matter"].isin(moved)]
    left = left.assign(state=left["state"].where(left["state"].isin(ledger.rule.ends), LEFT_AS))
    left = left.assign(overdue_days=0, waiting_for="", waiting_days=0, waiting_too_long=False)
    return pd.concat([visible, left]).sort_values(["raised", "number", "matter"], kind="stable").reset_index(drop=True)

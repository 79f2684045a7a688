"""The numbers of matters: given by the first published list that holds a matter, never by phones."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.schema import LedgerRule


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A month's list: the month as "2026-07", the day it was made for and the day it was made, as numbers."""

    month: str
    on: int
    known: int


Folding = Callable[[int, int, frozenset[str]], TownLedger]
"""The ledger on a day, as known on a day, of all matters but these."""


def numbers_given(lists: Iterable[PublishedList], rule: LedgerRule, folding: Folding) -> Mapping[str, str]:
    """The number of each matter that some list holds: month and village of its first list, then its place in order of raising.

    A confidential class has a series of its own, without a village: a gap in a village's numbers would tell of a complaint.
    """
    numbers: dict[str, str] = {}
    counts: dict[str, int] = defaultdict(int)
    series = {one.id for one in rule.classes if one.number == "own_series"}
    for one in sorted(lists, key=lambda each: (each.known, each.on, each.month)):
        ledger = folding(one.on, one.known, frozenset(numbers))
        fresh = [matter for matter in ledger.matters if matter.entered and matter.id not in numbers]
        born = dict(zip(ledger.steps["matter"][::-1], ledger.steps["event"][::-1], strict=True))
        for matter in sorted(fresh, key=lambda each: (each.raised, born[each.id])):
            named = matter.topic if matter.topic in series else matter.village
            prefix = f"{one.month}-{named}"
            counts[prefix] += 1
            numbers[matter.id] = f"{prefix}-{counts[prefix]:03d}"
    return numbers

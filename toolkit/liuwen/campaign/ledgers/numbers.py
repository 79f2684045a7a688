"""The numbers of matters: given by the first published list that holds a matter, never by phones."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.schema import LedgerRule


@dataclass(frozen=True, slots=True, order=True)
class PublishedList:
    """A month's list: the day it was made and the day it was made for, as numbers, and its month as "2026-07"."""

    known: int
    on: int
    month: str


def numbered(before: Mapping[str, str], one: PublishedList, ledger: TownLedger) -> Mapping[str, str]:
    """The numbers given `before`, and those that this list gives to the matters it is the first to hold.

    A number is the month and the village of the list and the matter's place in order of raising, then of event IDs. A
    confidential class has a series of its own, without a village: a gap in a village's numbers would tell of a complaint. A
    matter that turns out not to be confidential gets its village's next number from the first list that shows it.
    """
    numbers = dict(before)
    counts = Counter(number.rpartition("-")[0] for number in before.values())
    series = _series(ledger.rule)
    born = dict(zip(ledger.steps["matter"][::-1], ledger.steps["event"][::-1], strict=True))
    fresh = [matter for matter in ledger.matters if matter.entered and _wants_number(matter, before, ledger.rule)]
    for matter in sorted(fresh, key=lambda each: (each.raised, born[each.id])):
        prefix = f"{one.month}-{matter.topic if matter.topic in series else matter.village}"
        counts[prefix] += 1
        numbers[matter.id] = f"{prefix}-{counts[prefix]:03d}"
    return numbers


def own_series(number: str, rule: LedgerRule) -> bool:
    """Whether a number is one of a confidential class, which no public list has held."""
    return number[8:-4] in _series(rule)


def _series(rule: LedgerRule) -> frozenset[str]:
    return frozenset(topic.id for topic in rule.classes if topic.confidential or topic.number == "own_series")


def _wants_number(matter: Matter, before: Mapping[str, str], rule: LedgerRule) -> bool:
    """Whether this list gives a number: to what had none, and to what was confidential and no longer is."""
    number = before.get(matter.id)
    return number is None or (own_series(number, rule) and matter.topic not in _series(rule))

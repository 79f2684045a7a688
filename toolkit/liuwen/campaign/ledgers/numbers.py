"""The numbers of matters: given by the first published list that holds a matter, never by phones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liuwen.campaign.event_frames import EventFrame
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.preparation import SAID
from liuwen.campaign.schema import LedgerRule


@dataclass(frozen=True, slots=True, order=True)
class PublishedList:
    """A month's list: the day it was made and the day it was made for, as numbers, and its month as "2026-07"."""

    known: int
    on: int
    month: str


def numbered(
    before: Mapping[str, str], one: PublishedList, rule: LedgerRule, matters: Iterable[Matter], born: Mapping[str, str]
) -> Mapping[str, str]:
    """The numbers given `before`, and those that this list gives to the matters it is the first to hold.

    A number is the month and the village of the list and the matter's place in order of raising, then of event IDs. A
    confidential class has a series of its own, without a village: a gap in a village's numbers would tell of a complaint. A
    matter that turns out not to be confidential gets its village's next number from the first list that shows it. `born` holds
    the event that bore each matter.
    """
    numbers = dict(before)
    counts = Counter(number.rpartition("-")[0] for number in before.values())
    series = own_series_of(rule)
    fresh = [matter for matter in matters if matter.entered and _wants_number(matter, before, series)]
    for matter in sorted(fresh, key=lambda each: (each.raised, born[each.id])):
        prefix = f"{one.month}-{matter.topic if matter.topic in series else matter.village}"
        counts[prefix] += 1
        numbers[matter.id] = f"{prefix}-{counts[prefix]:03d}"
    return numbers


def born_by(ledger: TownLedger) -> Mapping[str, str]:
    """The event that bore each matter of a ledger."""
    taken = ledger.steps.loc[ledger.steps["why"] == "", ["matter", "event"]][::-1]
    return dict(zip(taken["matter"], taken["event"], strict=True))


def numbering_steps(events: EventFrame, rule: LedgerRule) -> EventFrame:
    """The steps that decide which numbers matters get; `always` are those that count even after their matter has one.

    A number asks when a matter was raised, in which village, and of which class it is. Of a matter that nobody sorts, brings
    back, corrects or joins to another, the step that raises it says all three.
    """
    blank = {name: "" for name in SAID if name not in events.frame}
    frame = events.frame.assign(**blank)
    frame = frame.astype(dict.fromkeys(frame.select_dtypes("str"), object))  # of a few rows each list: cheaper than Arrow's
    frame.columns = frame.columns.astype(object)  # and so are their names, which are looked up a hundred times a list
    telling = {step.id for step in rule.steps if step.restarts or step.undoes or "class" in step.needs}
    bears = frame["step"].isin([step.id for step in rule.steps if step.bears])
    enters = frame["step"].isin([step.id for step in rule.steps if step.bears and step.enters])
    refers = frame["step"].isin([step.id for step in rule.steps if step.refers])
    twice = frame["event"].duplicated(keep=False)
    marks = frame["step"].isin(telling) | (frame["replaces"] != "") | (bears & (frame["after"] != ""))
    marks |= bears & frame["matter"].isin(frame.loc[bears, "matter"][frame.loc[bears, "matter"].duplicated()])
    joined = frame["matter"].isin({*frame.loc[refers, "matter"], *frame.loc[refers, "of"]}) | (frame["replaces"] != "") | twice
    whole = frame["matter"].isin(frame.loc[marks, "matter"]) | joined
    return replace(events, frame=frame.assign(always=joined)).where(enters | whole)


def own_series(number: str, series: frozenset[str]) -> bool:
    """Whether a number is of one of these series, which no public list has held."""
    return number[8:-4] in series


def own_series_of(rule: LedgerRule) -> frozenset[str]:
    """The classes with a series of their own, without a village."""
    return frozenset(topic.id for topic in rule.classes if topic.confidential or topic.number == "own_series")


def _wants_number(matter: Matter, before: Mapping[str, str], series: frozenset[str]) -> bool:
    """Whether this list gives a number: to what had none, and to what was confidential and no longer is."""
    number = before.get(matter.id)
    return number is None or (own_series(number, series) and matter.topic not in series)

"""The steps that decide numbers, prepared once for every list where no step depends on another, nor on when it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.days import EVER
from liuwen.campaign.event_frames import EventFrame
from liuwen.campaign.events import count_events
from liuwen.campaign.ledgers.households import Households
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.numbers import PublishedList
from liuwen.campaign.ledgers.order import in_order
from liuwen.campaign.ledgers.preparation import GivenStep, given_steps, prepare_steps
from liuwen.campaign.ledgers.steps import Fold
from liuwen.campaign.posts import Posts
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import LedgerRule, Programme


@dataclass(frozen=True)
class PreparedNumbering:
    """The counted steps in order, each with the day on which it was known and whether it always counts."""

    rule: LedgerRule
    steps: list[tuple[GivenStep, int, bool]] = field(repr=False)

    def fold(
        self, one: PublishedList, settled: frozenset[str], registers: Registers, calendar: WorkCalendar
    ) -> tuple[list[Matter], Mapping[str, str]]:
        """The matters of a list without those that are `settled`, and the event that bore each; `registers` as of the list."""
        chosen = [
            step
            for step, known, always in self.steps
            if known <= one.known and step.day <= one.on and (always or step.matter not in settled)
        ]
        posts = Posts(registers, self.rule.successor_ranks)
        folded = Fold(self.rule, posts, calendar, Households(registers, one.on)).run(chosen, one.on)
        taken = [(step.matter, step.event) for step, why in zip(chosen, folded.why, strict=True) if not why]
        return list(folded.matters.values()), dict(reversed(taken))


def prepared_numbering(
    events: EventFrame, rule: LedgerRule, programme: Programme, registers: Registers
) -> PreparedNumbering | None:
    """The steps of `numbering_steps`, prepared; None if lists may differ in what they know of one of them."""
    if not _each_for_itself(events, rule, registers):
        return None
    counted = count_events(events, programme, registers, None, remarks=False)
    ordered = in_order(prepare_steps(counted, rule, Posts(registers, rule.successor_ranks)).frame, rule)
    steps = zip(given_steps(ordered, rule), ordered["known"].tolist(), ordered["always"].tolist(), strict=True)
    return PreparedNumbering(rule, list(steps))


def _each_for_itself(events: EventFrame, rule: LedgerRule, registers: Registers) -> bool:
    """Whether no step replaces, undoes or answers another or was entered for somebody else, and every place was known before."""
    frame = events.frame
    first = frame["known"].min() if len(frame) else EVER
    undoing = [step.id for step in rule.steps if step.undoes]
    linked = (frame["replaces"] != "") | (frame["after"] != "") | frame["step"].isin(undoing)
    entered_for = (frame["sent_by"] != "") & (frame["by"] != "") & (frame["sent_by"] != frame["by"])
    alone = not (linked | entered_for | frame["event"].duplicated()).any()
    return alone and bool((registers.table("places")["known"] <= first).all())

"""Every kind of event has a form, and every event that a rule names is one of them."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

NO_FORM = Sentence(
    zh='事件“{kind}”没有写 form。请写明由哪份表单产生，如 form = "household_interview"。',
    en='The event "{kind}" has no form. Say which form gives it, as form = "household_interview".',
)
NO_DAY = Sentence(
    zh='事件“{kind}”没有写日期。请写 `on = "日期题"`，或 from 和 to。',
    en='The event "{kind}" has no day. Write on = "the question with the date", or from and to.',
)
UNKNOWN_EVENT = Sentence(
    zh="事件“{kind}”不在 [events] 里。{suggestion}", en='The event "{kind}" is not in [events]. {suggestion}'
)


def events_have_forms(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """The events themselves, and those that duties and case meetings name."""
    for kind, event in programme.events.items():
        if not event.form:
            yield ("events", kind), NO_FORM.filled(kind=kind)
        if not event.on and not (event.from_ and event.to):
            yield ("events", kind), NO_DAY.filled(kind=kind)
    known = tuple(programme.events)
    for path, kind in _named(programme):
        if kind not in known:
            yield path, UNKNOWN_EVENT.filled(kind=kind, suggestion=suggestion(kind, known))


def _named(programme: Programme) -> Iterator[tuple[Path, str]]:
    for duty in programme.duties:
        if duty.event:
            yield ("duties", duty.id, "event"), duty.event
    for ledger in programme.ledgers:
        if ledger.case_meeting and ledger.case_meeting.event:
            yield ("ledgers", ledger.id, "case_meeting"), ledger.case_meeting.event

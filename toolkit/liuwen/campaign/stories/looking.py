"""What a story may look at: each a table of the campaign on a day, with the column that names its rows."""

from collections.abc import Callable

import pandas as pd

from liuwen.campaign.campaign import Campaign
from liuwen.campaign.days import as_dates, date_of
from liuwen.campaign.faults import suggestion
from liuwen.campaign.stories.duty_sights import (
    duty_sight,
    kept_sight,
    pairs_sight,
    plan_sight,
    propose_sight,
    roster_sight,
    stays_sight,
)
from liuwen.campaign.stories.sight import Sight
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NOT_YET = Sentence(
    zh="“{look}”现在还不能看，以后的版本会有。", en='"{look}" cannot be looked at yet; a later version will have it.'
)
UNKNOWN = Sentence(zh="不认识要看的“{look}”。{suggestion}", en='Unknown "{look}" to look at. {suggestion}')
NO_SUCH = Sentence(zh="方案里没有“{look}”。{suggestion}", en='The programme has no "{look}". {suggestion}')
NO_DATE = Sentence(zh="calendar 的 who 应为日子，如 2026-05-01。", en="For the calendar, who is a day, as 2026-05-01.")
LATER = ("sample", "appraisal")


def look(campaign: Campaign, what: str, who: str, on: int, known: int) -> Sight:
    """The table that `what` names; a `CampaignError` with one sentence where it cannot be looked at."""
    word, _, rest = what.partition(".")
    if word in LATER:
        raise CampaignError(NOT_YET.filled(look=what))
    if word not in _LOOKS:
        raise CampaignError(UNKNOWN.filled(look=what, suggestion=suggestion(word, (*_LOOKS, *LATER))))
    return _LOOKS[word](campaign, rest, who, on, known)


def _ledger(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    ledgers = campaign.ledgers
    id, part = (rest, "") if rest in ledgers else ("", rest)
    if "." in rest:
        id, part = rest.split(".", 1)
    ledger = campaign.ledger(id, on=date_of(on), known=date_of(known))
    if not part:
        return Sight(ledger.table, ("matter", "number"))
    tables = {"settled": ("matter",), "exceptions": ("matter", "event"), "applicants": ("matter", "applicant")}
    if part not in tables:
        raise CampaignError(NO_SUCH.filled(look=f"ledger.{rest}", suggestion=suggestion(part, (*tables, *ledgers))))
    return Sight(getattr(ledger, part), tables[part])


def _rates(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    return Sight(campaign.rates(date_of(on), date_of(known), rest), ("rate",))


def _events(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    events = campaign.events(date_of(known))
    if not rest:
        return Sight(events.table, ("event",))
    kinds = (*campaign.ledgers, *campaign.programme.events)
    if rest not in kinds:
        raise CampaignError(NO_SUCH.filled(look=f"events.{rest}", suggestion=suggestion(rest, kinds)))
    table = events.kind(rest)
    days = {name: as_dates(table[name].to_numpy(dtype="int64")) for name in ("on", "to", "known") if name in table}
    return Sight(table.assign(**days), ("event",))


def _calendar(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    day = pd.to_datetime(who, format="%Y-%m-%d", errors="coerce")
    if pd.isna(day):
        raise CampaignError(NO_DATE)
    number = day.toordinal() - pd.Timestamp("1970-01-01").toordinal()
    calendar = campaign.calendar
    row = {
        "day": who,
        "workday": calendar.is_workday(number),
        "rolls_to": str(date_of(calendar.rolled(number))),
        "list_day": str(date_of(calendar.list_day(number))),
        "provisional": not calendar.announced(number),
    }
    return Sight(pd.DataFrame([row]), ("day",))


def _board(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    id, _, place = rest.partition(".")
    board = campaign.board(id, place, on=date_of(on), known=date_of(known))
    if who == "counts":
        return Sight(pd.DataFrame([{"counts": "counts", **board.counts}]), ("counts",))
    keys = ("matter", "number") if "number" in board.rows else ("matter",)
    return Sight(board.rows, keys)


_LOOKS: dict[str, Callable[[Campaign, str, str, int, int], Sight]] = {
    "ledger": _ledger,
    "rates": _rates,
    "duties": duty_sight,
    "stays": stays_sight,
    "roster": roster_sight,
    "kept": kept_sight,
    "pairs": pairs_sight,
    "propose": propose_sight,
    "plan": plan_sight,
    "events": _events,
    "calendar": _calendar,
    "board": _board,
}

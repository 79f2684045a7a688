"""Enter for another: a step that came on paper or by telephone, written down at the desk for whoever took it.

The step counts for the person who took it (`by`); who typed it in stays beside it (`entered_by`), and the history of the matter
shows both. Nothing is ever changed: a wrong entry is taken back with the step `void`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.collected.desk import DESK_COLUMNS, DESK_ENTRIES
from liuwen.campaign.days import number_of
from liuwen.campaign.faults import suggestion
from liuwen.campaign.place_lists import of_one_place
from liuwen.campaign.posts import Posts
from liuwen.campaign.reasons import reason_sentence
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign

NO_STORE = Sentence(
    zh="这个方案没有连到库，记不下步骤。请用 read_campaign(…, store=库) 打开。",
    en="The campaign has no store to write a step to. Open it with read_campaign(…, store=store).",
)
NO_STEP = Sentence(zh="方案里没有步骤“{step}”。{suggestion}", en='The programme has no step "{step}". {suggestion}')
NO_MATTER = Sentence(zh="台账里没有事项“{matter}”。请核对编号。", en='The ledger has no matter "{matter}". Check its number.')
NOT_DESK = Sentence(
    zh="{person}在{day}不是登记处的人，只能记自己办的步骤。请由登记处代录。",
    en="{person} held no post at the desk on {day} and can enter only what {person} did. Let the desk enter it.",
)
NOT_TAKEN = Sentence(
    zh="没有记下：{reason}如果确有其事，请照样记下（anyway），它会列在“要核对的登记”里。",
    en='Not entered: {reason} If it happened all the same, enter it anyway; it is then listed under "reports to settle".',
)
UNKNOWN_FIELD = Sentence(zh="步骤没有“{name}”这一栏。{suggestion}", en='A step has no "{name}". {suggestion}')


@dataclass(frozen=True)
class EnteredStep:
    """A step that was entered.

    Attributes:
        event: The ID of the step.
        why: The ID of the reason if the ledger does not take the step; "" if it does.
        state: The state of the matter now; "" where the ledger has no such matter.
        campaign: The campaign with the step.
    """

    event: str
    why: str
    state: str
    campaign: "Campaign"


def enter_step(
    campaign: "Campaign",
    matter: str,
    step: str,
    *,
    by: str,
    entered_by: str,
    on: str = "",
    anyway: bool = False,
    **said: str,
) -> EnteredStep:
    """Enter a step at the desk for the person who took it, and keep it in the campaign's store.

    Args:
        campaign: A campaign with a store.
        matter: The matter's number or ID.
        step: The step's ID, such as "done".
        by: The person who took the step.
        entered_by: The person who enters it: somebody of the desk, or the same person.
        on: The day on which it was taken; by default today.
        anyway: Keep the step even if the ledger does not take it; it is then listed among the steps to settle.
        **said: What the step says: `note`, `reason`, `deadline`, `handler`, `of`, `household`, `satisfied`, `undoes`, `title`,
            `village`, and `class` (as `**{"class": ...}`).

    Returns:
        The step, and the campaign that has it.

    Raises:
        CampaignError: There is no such matter or step, the person may not enter it, or the ledger does not take it.
    """
    if campaign.store is None:
        raise CampaignError(NO_STORE)
    rule = campaign.programme.ledgers[0]
    row = _row(campaign, matter, step, {"by": by, "entered_by": entered_by, "on": on, **said})
    if by != entered_by and not _of_desk(campaign, entered_by):
        raise CampaignError(NOT_DESK.filled(person=entered_by, day=_now(campaign).date()))
    frame = pd.DataFrame([row])
    after = campaign.with_more(rule.id, frame)
    place = of_one_place(after, rule.id, row["matter"])
    why, held = _outcome(place, rule.id, row), place.ledger().folded.matters.get(row["matter"])
    if why and not anyway:
        raise CampaignError(NOT_TAKEN.filled(reason=reason_sentence(why)))
    campaign.store.desk_tables[DESK_ENTRIES] = frame[list(DESK_COLUMNS)]
    return EnteredStep(row["event"], why, held.state if held else "", after)


def _row(campaign: "Campaign", matter: str, step: str, said: Mapping[str, str]) -> dict[str, str]:
    rule = campaign.programme.ledgers[0]
    steps = {one.id: one for one in rule.steps}
    if step not in steps:
        raise CampaignError(NO_STEP.filled(step=step, suggestion=suggestion(step, tuple(steps))))
    for name in said:
        if name not in DESK_COLUMNS:
            raise CampaignError(UNKNOWN_FIELD.filled(name=name, suggestion=suggestion(name, DESK_COLUMNS)))
    found = campaign.matter_id(matter)
    held = None if steps[step].bears else of_one_place(campaign, rule.id, found).ledger().folded.matters.get(found)
    if not steps[step].bears and held is None:
        raise CampaignError(NO_MATTER.filled(matter=matter))
    now = _now(campaign)
    row = dict.fromkeys(DESK_COLUMNS, "") | {name: str(value) for name, value in said.items()}
    row |= {"event": f"desk-{uuid.uuid4()}", "matter": found, "step": step, "sent_by": row["entered_by"]}
    row["on"] = row["on"] or str(now.date())
    row["known"], row["end"] = now.isoformat(timespec="seconds"), now.isoformat(timespec="seconds")
    row["village"] = row["village"] or (held.village if held else "")
    return row


def _of_desk(campaign: "Campaign", person: str) -> bool:
    rule = campaign.programme.ledgers[0]
    posts = Posts(campaign.registers(), rule.successor_ranks)
    return not posts.given or posts.holds(person, rule.desk, number_of(_now(campaign).date()), "")


def _now(campaign: "Campaign") -> datetime:
    """Now, by the clock of the store."""
    from liuwen.store.store import keeping_of

    assert campaign.store is not None
    return datetime.fromtimestamp(keeping_of(campaign.store).clock(), ZoneInfo(campaign.programme.calendar.timezone))


def _outcome(campaign: "Campaign", ledger: str, row: Mapping[str, str]) -> str:
    """Why the step is not counted or not taken; "" where it is."""
    events = campaign.events().kind(ledger)
    counted = events.loc[events["event"] == row["event"], "why"].iloc[0]
    if counted:
        return str(counted)
    steps = campaign.ledger().steps
    taken = steps.loc[steps["event"] == row["event"], "why"]
    return str(taken.iloc[0]) if len(taken) else ""

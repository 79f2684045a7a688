"""Every event that a store holds, by kind, as `read_campaign` takes them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.collected.desk import desk_steps
from liuwen.campaign.collected.envelope import rows_of
from liuwen.campaign.collected.letters import LETTER, letter_steps
from liuwen.campaign.collected.raised import bearing_table, raised_steps
from liuwen.campaign.collected.steps_taken import taken_steps
from liuwen.campaign.schema import EventRule, Programme

if TYPE_CHECKING:
    from liuwen.responses import Responses
    from liuwen.store import Store

STEPS = "matter_step"
"""The form of a step."""
LEDGER = "matters"


def collected_events(programme: Programme, store: "Store") -> dict[str, list[pd.DataFrame]]:
    """The events of a programme that a store holds.

    Args:
        programme: The programme; its `[events.KIND]` say which form gives which kind.
        store: The store. Encrypted submissions are left out: they are for whoever holds the key.

    Returns:
        Kind to frames, one a form: the steps of `matters` from every form that raises matters, from `matter_step` and from
        the desk's own table, and each kind of `[events]` whose form was published.
    """
    published = {form.form_id for form in store.forms() if form.current and not form.encrypted and not form.anonymous}
    held = {form_id: store.responses(form_id) for form_id in sorted(published)}
    people = store.desk_tables.get("people")
    events = {LEDGER: [*_steps(held), *desk_steps(store)]} if programme.ledger(LEDGER) else {}
    for kind, rule in programme.events.items():
        responses = held.get(rule.form)
        if responses is not None:
            events[kind] = [_event_rows(responses, rule)]
    return {kind: [sent_by_persons(frame, people) for frame in frames] for kind, frames in events.items()}


def sent_by_persons(frame: pd.DataFrame, people: "pd.DataFrame | None") -> pd.DataFrame:
    """The frame with sign-in names as the codes of the people they belong to.

    Args:
        frame: Events with a column `sent_by`.
        people: The register of people: `person`, and `collector` where the sign-in name is another. None: all are codes.

    Returns:
        The same rows; an account that is nobody's, such as that of a web link, credits nobody.
    """
    if people is None or "sent_by" not in frame or "person" not in people:
        return frame
    codes = {person: person for person in people["person"]}
    if "collector" in people:
        codes |= {name: person for name, person in zip(people["collector"], people["person"], strict=True) if name}
    return frame.assign(sent_by=frame["sent_by"].map(codes).fillna(""))


def _steps(held: "dict[str, Responses]") -> Iterator[pd.DataFrame]:
    for form_id, responses in held.items():
        table = bearing_table(responses.form)
        if form_id == STEPS:
            yield taken_steps(responses)
        elif form_id == LETTER:
            yield letter_steps(responses)
        elif table is not None:
            yield raised_steps(responses, table)


def _event_rows(responses: "Responses", rule: EventRule) -> pd.DataFrame:
    rows = rows_of(responses)
    if "visit_outcome" in rows:
        rows = rows.assign(outcome=rows["visit_outcome"], mode="home")
    parts = {rule.on or rule.from_: "on", rule.by: "by", rule.household: "household", rule.village: "village"}
    return rows.drop(columns=[part for question, part in parts.items() if question != part and question in rows])

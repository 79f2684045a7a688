"""Every event that a store holds, by kind, as `read_campaign` takes them."""

from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.collected.desk import desk_steps
from liuwen.campaign.collected.envelope import rows_of
from liuwen.campaign.collected.letters import KIND, LETTER, letter_steps
from liuwen.campaign.collected.raised import bearing_table, raised_steps
from liuwen.campaign.collected.steps_taken import taken_steps
from liuwen.campaign.schema import EventRule, Programme

if TYPE_CHECKING:
    from pathlib import Path

    from liuwen.responses import Responses
    from liuwen.store import Store

STEPS = "matter_step"
"""The form of a step."""
LEDGER = "matters"


def collected_events(
    programme: Programme, store: "Store", key: "str | bytes | Path | None" = None, passphrase: str = ""
) -> dict[str, list[pd.DataFrame]]:
    """The events of a programme that a store holds.

    Args:
        programme: The programme; its `[events.KIND]` say which form gives which kind.
        store: The store. Encrypted submissions are left out where no key is given: they are for whoever holds it.
        key: The private key of whoever receives confidential letters.
        passphrase: Its passphrase.

    Returns:
        Kind to frames, one a form: the steps of `matters` from every form that raises matters, from `matter_step` and from
        the desk's own table, and each kind of `[events]` whose form was published.
    """
    parts = [form_events(programme, store.responses(form_id), form_id) for form_id in open_forms(store)]
    if key is not None:
        parts += [
            form_events(programme, store.responses(form_id, key=key, passphrase=passphrase), form_id)
            for form_id in encrypted_forms(store)
        ]
    if programme.ledger(LEDGER):
        parts += [{LEDGER: frame} for frame in desk_steps(store)]
    people = store.desk_tables.get("people")
    events: dict[str, list[pd.DataFrame]] = {LEDGER: []} if programme.ledger(LEDGER) else {}
    for part in parts:
        for kind, frame in part.items():
            events.setdefault(kind, []).append(sent_by_persons(frame, people))
    return events


def open_forms(store: "Store") -> list[str]:
    """The forms whose answers the server can read and whose senders it may know."""
    return sorted({form.form_id for form in store.forms() if form.current and not form.encrypted and not form.anonymous})


def encrypted_forms(store: "Store") -> list[str]:
    """The forms whose answers only the holder of a key can read."""
    return sorted({form.form_id for form in store.forms() if form.current and form.encrypted and not form.anonymous})


def form_events(programme: Programme, responses: "Responses", form_id: str) -> dict[str, pd.DataFrame]:
    """What the answers to one form are to a programme.

    Args:
        programme: The programme.
        responses: The answers.
        form_id: The ID that the form is published under.

    Returns:
        Kind to events.
    """
    ledger = programme.ledger(LEDGER)
    confidential = next((one.id for one in ledger.classes if one.confidential), "") if ledger else ""
    steps = _steps(form_id, responses, confidential) if ledger else None
    found = {} if steps is None else {LEDGER: steps}
    given = {kind: rule for kind, rule in programme.events.items() if form_id in (rule.form, *rule.other_forms)}
    return found | {kind: _event_rows(responses, rule).assign(form=form_id) for kind, rule in given.items()}


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
    return frame.assign(sent_by=frame["sent_by"].map(codes).astype(object).fillna(""))


def _steps(form_id: str, responses: "Responses", confidential: str) -> pd.DataFrame | None:
    if form_id == STEPS:
        return taken_steps(responses)
    if form_id == LETTER and KIND in responses.table:  # another form may have the same ID
        return letter_steps(responses, confidential)
    table = bearing_table(responses.form)
    return None if table is None else raised_steps(responses, table)


def _event_rows(responses: "Responses", rule: EventRule) -> pd.DataFrame:
    rows = rows_of(responses)
    if "visit_outcome" in rows:
        rows = rows.assign(outcome=rows["visit_outcome"], mode="home")
    parts = {rule.on or rule.from_: "on", rule.by: "by", rule.household: "household", rule.village: "village"}
    return rows.drop(columns=[part for question, part in parts.items() if question != part and question in rows])

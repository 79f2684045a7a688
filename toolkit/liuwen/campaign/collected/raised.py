"""Matters raised: a row of `matter`, or of the repeat of matters in an interview, a reception, a letter or a meeting.

Each row bears one matter. Its ID is made from the row's own, so that it is the same whoever computes it. A matter of conduct
is never among them: the forms offer none, and show where such a letter is written instead.
"""

import uuid
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.collected.envelope import rows_of

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Responses

NAMESPACE = uuid.UUID("6c1e9c5e-3f39-5d0b-8f4e-6c6975776536")
CLASS, TITLE, WORDS = "matter_class", "matter_title", "matter_text"
DISPOSITION = "matter_disposition"
EXPLAINED = ":explained"
"""What the ID of the second step ends in, where a matter was explained at once."""


def bearing_table(form: "Form") -> str | None:
    """The table of a form whose rows are matters; None if the form has no such table."""
    from liuwen.responses import MAIN

    if TITLE not in form:
        return None
    repeats = form[TITLE].repeats
    return repeats[-1].name if repeats else MAIN


def raised_steps(responses: "Responses", table: str) -> pd.DataFrame:
    """The steps by which the matters of a table begin.

    Args:
        responses: The answers to a form that raises matters.
        table: Its table of matters, as `bearing_table` gives it.

    Returns:
        A row a step: `raise`, or `settle` for what was settled at once, and `explain` after the `raise` of what was explained
        at once; columns as the ledger takes them (`matter, step, on, known, by, village, household, class, title, ...`).
    """
    rows = rows_of(responses, table)
    rows = rows[rows[TITLE].notna()].reset_index(drop=True)
    disposition = _text(rows, DISPOSITION)
    settled = disposition == "settled"
    begun = _columns(rows).assign(
        step=settled.map({True: "settle", False: "raise"}),
        note=_text(rows, "matter_settled_how").where(settled, ""),
        deadline=rows.get("matter_by_date", ""),
    )
    explained = begun[disposition == "explained"]
    after = explained.assign(
        step="explain",
        reason=_text(rows, "matter_explained")[explained.index],
        after=explained["event"],
        event=explained["event"] + EXPLAINED,
        deadline="",
    )
    return pd.concat([begun, after], ignore_index=True)


def matter_id(event: str) -> str:
    """The ID of the matter that a row bears.

    >>> matter_id("uuid:one/matter[1]") == matter_id("uuid:one/matter[1]") != matter_id("uuid:one/matter[2]")
    True
    """
    return str(uuid.uuid5(NAMESPACE, event))


def _columns(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[["event", "known", "sent_by", "by", "on", "end", "village", "household", "form_version"]]
    return kept.assign(
        matter=rows["event"].map(matter_id),
        title=rows[TITLE],
        words=_text(rows, WORDS),
        channel=_text(rows, "channel"),
        reason="",
        after="",
        **{"class": _text(rows, CLASS)},
    )


def _text(rows: pd.DataFrame, name: str) -> "pd.Series[str]":
    return rows[name].astype("string").fillna("") if name in rows else pd.Series("", index=rows.index, dtype="string")

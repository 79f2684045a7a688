"""Steps of matters that are in the ledger already: one submission of `matter_step` each."""

from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.collected.envelope import rows_of

if TYPE_CHECKING:
    from liuwen.responses import Responses

SATISFIED = {"five": "5", "four": "4", "three": "3", "two": "2", "one": "1", "not_asked": "not_asked"}
NOT_REACHED = "not_reached"


def taken_steps(responses: "Responses") -> pd.DataFrame:
    """The steps that were reported with `matter_step`.

    An answer that did not reach the applicant is a note: nobody has been answered. A phone knows no applicants, so that its
    answers name none; the ledger takes the one that still waits.

    Args:
        responses: The answers to `matter_step`.

    Returns:
        A row a step, columns as the ledger takes them; none is called `household`.
    """
    rows = rows_of(responses)
    unreached = (_text(rows, "step") == "answer") & (_text(rows, "answered_how") == NOT_REACHED)
    said = _text(rows, "reason")
    return pd.DataFrame(
        {
            **{name: rows[name] for name in ("event", "known", "sent_by", "by", "on", "end", "village", "form_version")},
            "matter": _text(rows, "matter_id"),
            "step": _text(rows, "step").mask(unreached, "note"),
            "note": said.mask(unreached & (said == ""), NOT_REACHED),
            "reason": said,
            "deadline": rows.get("new_deadline", ""),
            "handler": _text(rows, "handler"),
            "of": _text(rows, "duplicate_of"),
            "class": _text(rows, "sorted_into"),
            "after": _text(rows, "after"),
            "satisfied": _text(rows, "applicant_satisfied").map(SATISFIED).fillna(""),
        }
    )


def _text(rows: pd.DataFrame, name: str) -> "pd.Series[str]":
    return rows[name].astype("string").fillna("") if name in rows else pd.Series("", index=rows.index, dtype="string")

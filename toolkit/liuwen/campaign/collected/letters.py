"""Letters: each raises one matter. Its words stay at the desk; the title is only what kind of letter it is, until the desk
gives it a better one. A letter about misconduct is encrypted to its receiver, and is no matter here.
"""

import pandas as pd

from liuwen.campaign.collected.envelope import rows_of
from liuwen.campaign.collected.raised import matter_id
from liuwen.responses import Responses

LETTER = "letter"
"""The form of a letter."""
KIND = "letter_kind"
MISCONDUCT = "misconduct"


def letter_steps(responses: Responses) -> pd.DataFrame:
    """The matters that letters raise.

    Args:
        responses: The answers to `letter`.

    Returns:
        A row a letter that is not about misconduct, as the ledger takes a `raise`: without applicant, which is answered on the
        board or by whoever holds the letter.
    """
    rows = rows_of(responses)
    kinds = responses.labelled()[KIND].reset_index(drop=True)
    shown = (rows[KIND] != MISCONDUCT).fillna(False).to_numpy(dtype=bool)
    rows, kinds = rows[shown], kinds[shown]
    kept = rows[["event", "known", "on", "end", "village", "form_version"]]
    return kept.assign(
        matter=rows["event"].map(matter_id), step="raise", title=kinds.astype(str), words=rows["words"], channel=LETTER, by=""
    ).reset_index(drop=True)

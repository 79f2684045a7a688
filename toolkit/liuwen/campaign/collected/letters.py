"""Letters: each raises one matter. Its words stay at the desk; the title is only what kind of letter it is, until the desk
gives it a better one. A letter about misconduct is of a confidential class from its first day: it is on no list and no phone.

Publish the form with the receiver's public key, and only the receiver reads such letters, with the private key.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.collected.envelope import rows_of
from liuwen.campaign.collected.raised import matter_id

if TYPE_CHECKING:
    from liuwen.responses import Responses

LETTER = "letter"
"""The form of a letter."""
KIND = "letter_kind"
MISCONDUCT = "misconduct"


def letter_steps(responses: "Responses", confidential: str) -> pd.DataFrame:
    """The matters that letters raise.

    Args:
        responses: The answers to `letter`.
        confidential: The class of letters about misconduct; they are left out where the programme has none.

    Returns:
        A row a letter, as the ledger takes a `raise`: without applicant, which is answered on the board or by whoever holds the
        letter.
    """
    rows = rows_of(responses)
    kinds = responses.labelled()[KIND].reset_index(drop=True)
    misconduct = (rows[KIND] == MISCONDUCT).fillna(False)
    taken = (rows[KIND].notna() & (~misconduct | bool(confidential))).to_numpy(dtype=bool)
    rows, kinds, topics = rows[taken], kinds[taken], misconduct[taken].map({True: confidential, False: ""})
    kept = rows[["event", "known", "on", "end", "village", "form_version"]]
    said: dict[str, Any] = {"step": "raise", "channel": LETTER, "by": "", "class": topics}
    said |= {"matter": rows["event"].map(matter_id), "title": kinds.astype(str), "words": rows["words"]}
    return kept.assign(**said).reset_index(drop=True)

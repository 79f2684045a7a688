"""Erases answers and keeps of their steps what the ledger needs: days, village, officials and the change of state.

Without these a matter would vanish from under the steps that others took, and every later matter of its village would get another
number than the one that hung. Neither the household nor a word of what was said remains.
"""

from typing import TYPE_CHECKING

import pandas as pd

from liuwen.campaign.collected.desk import DESK_COLUMNS, DESK_ENTRIES
from liuwen.campaign.collected.letters import LETTER, letter_steps
from liuwen.campaign.collected.raised import bearing_table, raised_steps
from liuwen.campaign.collected.reading import STEPS, open_forms
from liuwen.campaign.collected.steps_taken import taken_steps
from liuwen.campaign.events import ERASED
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses
    from liuwen.store import Store
    from liuwen.store.erasing import Erased

GONE = Sentence(zh="（内容已应本人要求删除）", en="(erased at the person's request)")
WORDS = ("title", "note", "reason")
_MISCONDUCT = "misconduct"


def erase_answers(store: "Store", *, instance: str | None = None, household: str | None = None) -> "Erased":
    """Erase answers at a person's request, and keep what the ledger needs of the steps in them.

    Letters about misconduct leave nothing. Encrypted answers cannot be read, so that nothing is kept of them either.

    Args:
        store: The store.
        instance: The ID of an answer.
        household: The ID of a household in an entity list.

    Returns:
        What was erased.

    Raises:
        StoreError: If there is no such answer or household.
    """
    steps = [_steps(form_id, store.responses(form_id)) for form_id in open_forms(store) if _has_steps(form_id, store)]
    wordless = [_without_words(frame) for frame in steps if len(frame)]

    def remains(instances: tuple[str, ...]) -> dict[str, pd.DataFrame]:
        of_erased = [frame[frame["event"].map(_answer_of).isin(instances)] for frame in wordless]
        return {DESK_ENTRIES: pd.concat(of_erased)} if any(map(len, of_erased)) else {}

    return store.erase(instance=instance, household=household, remains=remains)


def _has_steps(form_id: str, store: "Store") -> bool:
    return form_id in (STEPS, LETTER) or bearing_table(store.form(form_id)) is not None


def _steps(form_id: str, responses: "Responses") -> pd.DataFrame:
    """The steps in the answers to a form, as `form_events` reads them; of letters those that may be known of."""
    if form_id == STEPS:
        return taken_steps(responses)
    if form_id == LETTER:
        letters = letter_steps(responses, _MISCONDUCT)
        return letters[letters["class"] != _MISCONDUCT]
    table = bearing_table(responses.form)
    return pd.DataFrame() if table is None else raised_steps(responses, table)


def _answer_of(event: str) -> str:
    """The ID of the answer that an event comes from.

    >>> _answer_of("uuid:one/matter[2]:explained"), _answer_of("uuid:one")
    ('uuid:one', 'uuid:one')
    """
    return event.partition("/")[0].removesuffix(":explained")


def _without_words(steps: pd.DataFrame) -> pd.DataFrame:
    """The columns of a desk entry: each word replaced, each household by a code of its matter, and no opinion."""
    cells = pd.DataFrame({name: steps.get(name, "") for name in DESK_COLUMNS}, index=steps.index)
    cells["known"] = pd.to_datetime(cells["known"], utc=True).map(lambda moment: moment.isoformat())
    cells = cells.astype("string").fillna("")
    code = ERASED + cells["matter"].str.slice(0, 6)
    named = (cells["household"] != "") & ~cells["household"].isin(["anonymous"])
    words = {name: cells[name].where(cells[name] == "", str(GONE)) for name in WORDS}
    return cells.assign(household=cells["household"].where(~named, code), satisfied="", **words)

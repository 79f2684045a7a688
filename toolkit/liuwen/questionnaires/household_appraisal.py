"""The fourth question as an anonymous form of its own, for whoever would rather not ask it within the interview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import about_you, anonymous_form, asked_if_agreed, opening
from liuwen.questionnaires.household_interview.appraisal import appraisal_questions, official_present
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places
from liuwen.questionnaires.scales import coin

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112702"
"""Raised by hand when a question changes."""


def household_appraisal(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """The anonymous appraisal of the village's two committees and the town's staff.

    It asks for town and village, sex and age band, and for nothing else that identifies a person, and records neither
    device nor time of day.

    Args:
        villages: The villages, as for `household_interview`; households are not used.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> form = household_appraisal()
        >>> [name for name in ("visitor", "household", "position", "phone", "start") if name in form]
        []
    """
    place = places(villages, languages, households=False)
    topic = ("本村、本镇干部的工作", "the work of the officials of this village and town")
    questions = [*about_you(), *coin("appraisal_"), *appraisal_questions("read", officials=True), official_present()]
    asked = asked_if_agreed("appraisal", "干部评价", "Appraisal", questions)
    return anonymous_form(
        "household_appraisal",
        zh="干部评价（不记名）",
        en="Appraisal of officials (anonymous)",
        version=version,
        languages=languages,
        items=[
            *opening(place, topic, FORMS["household_appraisal"]),
            asked,
            b.note("thanks", zh="谢谢您！", en="Thank you very much!"),
        ],
        media=place.media,
    )

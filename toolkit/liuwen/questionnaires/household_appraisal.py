"""The fourth question as an anonymous form of its own, for whoever would rather not ask it within the interview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.bank import AGREE, ANONYMOUS, equals
from liuwen.questionnaires.household_interview.appraisal import WITHOUT_OFFICIALS, appraisal_questions
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112101"
"""Raised by hand when a question changes."""

PURPOSE = {
    "zh": "想听听您对村里、镇里工作的看法，好改进工作。大约需要5分钟。不记姓名、电话、户号，也不记位置。"
    "参不参加由您决定；哪一题不想答都可以不答，随时可以停下。",
    "en": "I should like to hear what you think of the work of the village and the town, so that it can be improved. It takes "
    "about 5 minutes. No name, telephone, household number or position is recorded. Taking part is up to you; you may skip any "
    "question and stop at any time.",
}


def household_appraisal(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """The anonymous appraisal of the village's two committees and the town's staff.

    It asks for town and village and nothing else that identifies a person, and records neither device nor time of day.

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
    consent = b.group(
        "consenting",
        zh="征得同意",
        en="Consent",
        items=[
            b.note("purpose", label=PURPOSE, hint=WITHOUT_OFFICIALS),
            b.select_one("consent", AGREE, zh="您愿意谈谈吗？", en="Are you willing to take part?", required=True),
        ],
    )
    asked = b.group("appraisal", zh="干部评价", en="Appraisal", relevant=equals("consent", "yes"), items=appraisal_questions())
    where = b.group("place", zh="地点", en="Place", items=list(place.village))
    return b.build_form(
        "household_appraisal",
        zh="干部评价（不记名）",
        en="Appraisal of officials (anonymous)",
        version=version,
        settings={"note": ANONYMOUS},
        languages=languages,
        items=[where, consent, asked, b.note("thanks", zh="谢谢您！", en="Thank you very much!")],
        media=place.media,
    )

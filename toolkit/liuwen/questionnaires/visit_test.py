"""一测: how satisfied residents are with the visits; anonymous, asked by somebody from elsewhere.

Wording: the project's own, after the public documents' “村民对进村入户工作的满意度”. Used for: the satisfaction of households
visited and not visited, the share of matters raised that were dealt with, and whether anybody was told how to answer.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import about_you, anonymous_form, asked_if_agreed, coached, opening
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.bank import KNOWN
from liuwen.questionnaires.field_form import VERSION
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places
from liuwen.questionnaires.satisfaction_survey import visit_questions
from liuwen.questionnaires.scales import SATISFACTION, coin, rated

if TYPE_CHECKING:
    import pandas as pd


def visit_test(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """Whether officials came, what came of what was raised, and how satisfied the person is with the visits.

    Args:
        villages: The villages, as for `household_interview`; households are not used.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> visit_test().id
        'visit_test'
    """
    place = places(villages, languages, households=False)
    listened = rated(
        "listened",
        SATISFACTION,
        zh="来的人听您说话认不认真，您满不满意？",
        en="How satisfied or dissatisfied are you with how carefully the visitor listened to you?",
        relevant=equals("came", "yes"),
    )
    know = one(
        "contact_known",
        KNOWN,
        zh="家里有事要找干部，您知不知道找谁？",
        en="When something comes up, do you know which official to ask?",
    )
    better = b.text(
        "visits_better",
        zh="走访还要改进什么？",
        en="What should be better about the visits?",
        hint={"zh": "不写人名；可以不填。", "en": "No names; may be left blank."},
    )
    *met, visits = visit_questions()
    asked = asked_if_agreed("asked", "走访", "Visits", [*about_you(), *coin(), *met, listened, visits, know, better, coached()])
    topic = ("干部走访工作", "officials' visits")
    return anonymous_form(
        "visit_test",
        zh="走访满意度（一测，不记名）",
        en="Satisfaction with the visits (anonymous)",
        version=version,
        languages=languages,
        items=[*opening(place, topic, FORMS["visit_test"]), asked, b.note("thanks", zh="谢谢您！", en="Thank you very much!")],
        media=place.media,
    )

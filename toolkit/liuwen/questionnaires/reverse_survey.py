"""反向测评: ten behaviours of officials, met with or seen oneself; anonymous, by the respondent's own hand.

Wording: two of the ten are the public document's own (indifferent and careless, which are two things and are asked as two;
meddling in projects), the others the project's. Used for: shares by level of office, shown beside an appraisal and never
subtracted.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import anonymous_form, asked_if_agreed, coached, opening
from liuwen.questionnaires.asking import one, several
from liuwen.questionnaires.bank import DONT_KNOW, REFUSED
from liuwen.questionnaires.field_form import VERSION
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd


SEEN = b.choices(
    "seen",
    ("never", "没有遇到过", "Never"),
    ("some", "遇到过一两次", "Once or twice"),
    ("often", "遇到过好几次", "Several times"),
    ("hearsay", "只是听别人说的", "Only heard of it from others"),
    DONT_KNOW,
    REFUSED,
)
LEVELS = b.choices(
    "level",
    ("village", "村里", "The village"),
    ("town", "镇里", "The town"),
    ("county", "县里", "The county"),
    ("unsure", "说不准是哪一级", "Cannot say which"),
    REFUSED,
)
BEHAVIOURS = {
    "indifferent": ("群众有难处，干部不上心", "Officials do not care about people's hardship"),
    "careless": ("办事马虎，不负责任", "Work is done carelessly and irresponsibly"),
    "meddling": ("插手工程项目，给亲戚或者老板谋好处", "Meddling in projects for relatives or business owners"),
    "promises": ("答应群众的事，过后不办", "What people are promised is not done"),
    "show": ("下来走访只拍照、填表，不解决问题", "Visits are only for photos and forms; nothing is solved"),
    "shirk": ("群众来办事，推来推去", "People who come are sent from one office to another"),
    "rude": ("对群众说话粗声粗气", "People are spoken to rudely"),
    "kin": ("评低保、给补助的时候，照顾自家亲友", "Allowances go to officials' own kin and friends"),
    "gifts": ("办事要请客、送礼才行", "Things are done only for meals or gifts"),
    "hide": ("账目和大事瞒着群众", "Accounts and decisions are kept from people"),
    "spite": ("群众提了意见，以后就为难人", "People who voice criticism are given trouble later"),
}
"""Behaviour → Chinese, English. The first two are one item of the document: either counts for it."""


def reverse_survey(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """Ten behaviours of officials in the past twelve months: which of them the respondent has met with.

    Args:
        villages: The villages, as for `household_interview`; households are not used.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> reverse_survey().id
        'reverse_survey'
    """
    place = places(villages, languages, households=False)
    frame = b.note(
        "frame",
        zh="请想想最近12个月，自己遇到过、亲眼见过的。请自己点，问的人不看。",
        en="Please think of the past 12 months, and of what you met with or saw. Tap the answers yourself; nobody looks.",
    )
    behaviours = [
        one(name, SEEN, asking="self", zh=f"{zh}：您遇到过吗？", en=f"{en}: have you met with this?")
        for name, (zh, en) in BEHAVIOURS.items()
    ]
    met = " or ".join(f"${{{name}}} = '{often}'" for name in BEHAVIOURS for often in ("some", "often"))
    levels = several(
        "levels", LEVELS, asking="self", zh="遇到过的，是哪一级的干部？", en="Officials of which level were they?", relevant=met
    )
    other = b.text(
        "other_words",
        zh="还有别的要说的吗？",
        en="Is there anything else you would like to say?",
        hint={
            "zh": "不写人名；要举报请用信箱。可以不填。",
            "en": "No names; to report somebody use the letter box. May be left blank.",
        },
    )
    asked = asked_if_agreed("asked", "干部的表现", "What officials do", [frame, *behaviours, levels, other, coached()])
    topic = ("本村、本镇干部办事", "how officials here do their work")
    return anonymous_form(
        "reverse_survey",
        zh="反向测评（不记名，自己填）",
        en="Reverse survey (anonymous, filled in by oneself)",
        version=version,
        languages=languages,
        items=[
            *opening(place, topic, FORMS["reverse_survey"]),
            asked,
            b.note("thanks", zh="谢谢您！", en="Thank you very much!"),
        ],
        media=place.media,
    )

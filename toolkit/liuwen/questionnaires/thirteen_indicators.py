"""Thirteen indicators that a household feels (十三项指标): anonymous, by telephone or at home.

Wording: income, seeing a doctor and schooling are the public document's, the other ten the project's. One scale for all, so
that an index may be made; change in a year only for the three that are named. Used for: the public-opinion part of an
appraisal, always with its interval; telephone and home are never pooled.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import about_you, adults, anonymous_form, asked_if_agreed, coached, opening
from liuwen.questionnaires.asking import one
from liuwen.questionnaires.bank import CHANGE, DONT_KNOW, NO_CONTACT, REFUSED
from liuwen.questionnaires.field_form import VERSION
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places
from liuwen.questionnaires.scales import SATISFACTION, coin, rated

if TYPE_CHECKING:
    import pandas as pd


INDICATORS = {
    "income": ("家里的收入", "your household's income"),
    "doctor": ("看病", "medical care"),
    "school": ("孩子上学", "children's schooling"),
    "jobs": ("在附近找活干的机会", "the chances of work nearby"),
    "old_age": ("老人的养老", "support in old age"),
    "housing": ("住的房子", "your housing"),
    "water": ("吃水用水", "water for the house"),
    "roads": ("出门走的路", "the roads you use"),
    "cleanliness": ("村里的环境卫生", "cleanliness in the village"),
    "safety": ("村里的治安", "public order in the village"),
    "hardship_help": ("家里有难处时得到的帮助", "the help you get in hardship"),
    "offices": ("到村里、镇里办事", "your dealings at village and town offices"),
    "openness": ("村里账目和大事的公开", "how accounts and decisions are published"),
}
"""Indicator → Chinese, English, as in “how satisfied are you with …”."""
CHANGED = {
    "income": ("家里的收入是好了还是差了", "has your household's income become better or worse"),
    "doctor": ("看病是好了还是差了", "has getting medical care become better or worse"),
    "school": ("孩子上学是好了还是差了", "has schooling become better or worse"),
}
MODES = b.choices("mode", ("phone", "电话", "By telephone"), ("home", "入户", "At home"))
FIRST = b.choices("first", *((name, *worded) for name, worded in INDICATORS.items()), DONT_KNOW, REFUSED)
YEAR = b.choices("year", *((o.value, dict(o.wordings["label"])) for o in CHANGE.options[:5]), NO_CONTACT, DONT_KNOW, REFUSED)


def thirteen_indicators(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """Life as a whole, thirteen things that a household feels, and which of them should be improved first.

    Args:
        villages: The villages, as for `household_interview`; households are not used.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> thirteen_indicators().id
        'thirteen_indicators'
    """
    place = places(villages, languages, households=False)
    mode = one("mode", MODES, asking="visitor", zh="电话还是入户？", en="By telephone or at home?")
    overall = rated(
        "overall",
        SATISFACTION,
        zh="总的来说，您对现在的生活满不满意？",
        en="All in all, how satisfied or dissatisfied are you with your life at present?",
    )
    first = one(
        "first", FIRST, asking="listen", zh="这些里面，最该先办好的是哪一样？", en="Which of these should be improved first?"
    )
    why = b.text("first_why", zh="为什么？", en="Why?", hint={"zh": "可以不填。", "en": "May be left blank."})
    asked = asked_if_agreed(
        "asked",
        "指标",
        "Indicators",
        [mode, adults(), *about_you(), *coin(), overall, *_indicators(), first, why, coached()],
    )
    topic = ("这里的生活", "life here")
    return anonymous_form(
        "thirteen_indicators",
        zh="十三项指标（不记名）",
        en="Thirteen felt indicators (anonymous)",
        version=version,
        languages=languages,
        items=[
            *opening(place, topic, FORMS["thirteen_indicators"]),
            asked,
            b.note("thanks", zh="谢谢您！", en="Thank you very much!"),
        ],
        media=place.media,
    )


def _indicators() -> list[Item]:
    asked: list[Item] = []
    for name, (zh, en) in INDICATORS.items():
        asked.append(rated(name, SATISFACTION, zh=f"您对{zh}满不满意？", en=f"How satisfied or dissatisfied are you with {en}?"))
        if name in CHANGED:
            changed_zh, changed_en = CHANGED[name]
            asked.append(
                one(f"{name}_change", YEAR, zh=f"比一年前，{changed_zh}？", en=f"Compared with a year ago, {changed_en}?")
            )
    return asked

"""The satisfaction survey (满意度测评): anonymous, overall and item by item, with reasons where people are dissatisfied."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.bank import (
    AGREE,
    ANONYMOUS,
    DONT_KNOW,
    OTHER,
    REFUSED,
    SATISFACTION,
    SEX,
    YES_NO_UNSURE,
    equals,
    one,
    several,
    specify,
)
from liuwen.questionnaires.modules import in_order
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112101"
"""Raised by hand when a question changes."""

AGES = b.choices(
    "age_band",
    ("under_30", "18到29岁", "18 to 29"),
    ("under_45", "30到44岁", "30 to 44"),
    ("under_60", "45到59岁", "45 to 59"),
    ("over_60", "60岁及以上", "60 or over"),
    REFUSED,
)
WORK_REASONS = b.choices(
    "work_reasons",
    ("knowledge", "业务不熟", "Does not know the work"),
    ("carried_through", "事情办不成", "Things are not carried through"),
    ("indifferent", "对群众的难处不上心", "Indifferent to people's hardship"),
    ("rude", "态度不好", "Rude"),
    ("unfair", "办事不公道", "Unfair"),
    ("secret", "不公开、不说明", "Nothing is published or explained"),
    ("slow", "办得慢", "Slow"),
    ("absent", "找不到人", "Nobody to be found"),
    ("result", "办的结果不好", "Poor results"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
SERVICE_REASONS = b.choices(
    "service_reasons",
    ("lacking", "缺少、不够用", "Lacking, or not enough"),
    ("quality", "质量差", "Poor quality"),
    ("cost", "花钱多", "Cost"),
    ("far", "太远、不方便", "Too far or inconvenient"),
    ("upkeep", "坏了没人修、没人管", "Not kept up"),
    ("slow", "等得久、办得慢", "Long waits"),
    ("unfair", "不公平", "Unfair"),
    ("manner", "态度不好", "Unfriendly staff"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)

BODIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"village": ("村干部", "the village's officials"), "town": ("镇干部", "the town's staff")}
)
WORK: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "conduct": ("的工作作风", "the conduct"),
        "ability": ("的工作能力", "the ability"),
        "fairness": ("办事的公道程度", "the fairness"),
        "openness": ("办事的公开程度", "the openness"),
        "speed": ("办事的速度", "the speed"),
    }
)
"""What is asked of each body; the result of handling is asked only of those who went to it with something."""

SERVICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "roads": ("村里的道路", "the roads of your village"),
        "water": ("吃水用水", "the water supply"),
        "power": ("用电", "the electricity supply"),
        "signal": ("手机信号和网络", "the mobile signal and internet"),
        "school": ("孩子上学", "children's schooling"),
        "clinic": ("村卫生室", "the village clinic"),
        "insurance": ("看病报销", "how medical costs are paid back"),
        "old_age": ("养老保障", "support in old age"),
        "income": ("家里的收入", "your household's income"),
        "jobs": ("就近找活干的机会", "the chances of finding work nearby"),
        "sanitation": ("村里的环境卫生", "sanitation in the village"),
        "safety": ("治安", "public safety"),
        "culture": ("文化活动", "cultural life"),
    }
)
"""Thirteen things that a household feels."""

NOT_MET_WITH = {"zh": "没有接触过的，选“不知道”。", "en": "“Don't know” for what the respondent has nothing to do with."}


def satisfaction_survey(
    villages: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    modules: Sequence[str] = ("work", "services"),
    version: str = VERSION,
) -> Form:
    """How satisfied residents are, anonymous: overall, with the work of village and town, with what they feel daily.

    `modules` are the parts asked besides the overall question and the open one, of `ALL`. `villages` and `version` are as for
    `household_interview`; its households are not used. Raises `FormError` for an unknown part or a faulty table of villages.

    >>> satisfaction_survey(modules=["services"])["roads"].label("en")
    'How satisfied are you with the roads of your village?'
    """
    wanted = in_order(modules, ALL)
    place = places(villages, languages, households=False)
    opening = [
        b.today(),
        b.group("place", zh="地点", en="Place", items=list(place.village)),
        _consent(),
        _respondent(),
        _overall(),
    ]
    return b.build_form(
        "satisfaction_survey",
        zh="群众满意度测评（不记名）",
        en="Satisfaction survey (anonymous)",
        version=version,
        settings={"note": ANONYMOUS},
        languages=languages,
        items=[*opening, *(item for name in wanted for item in _PARTS[name]()), _open_question()],
        media=place.media,
    )


_CONSENTED = equals("consent", "yes")


def _consent() -> Item:
    purpose = {
        "zh": "想听听您对本村、本镇工作和生活条件满不满意，好改进工作。大约需要6分钟。不记姓名、电话、户号，也不记位置。"
        "参不参加由您决定；哪一题不想答都可以不答，随时可以停下。",
        "en": "I should like to hear how satisfied you are with the work of your village and town and with living here, so that "
        "it can be improved. It takes about 6 minutes. No name, telephone, household number or position is recorded. Taking part "
        "is up to you; you may skip any question and stop at any time.",
    }
    asked = b.select_one("consent", AGREE, zh="您愿意参加吗？", en="Are you willing to take part?", required=True)
    return b.group("consenting", zh="征得同意", en="Consent", items=[b.note("purpose", label=purpose), asked])


def _respondent() -> Item:
    return b.group(
        "respondent",
        zh="基本信息",
        en="About you",
        relevant=_CONSENTED,
        items=[
            one("sex", SEX, zh="性别", en="Sex", hint={"zh": "由访问员填写。", "en": "Filled in by the interviewer."}),
            one("age_band", AGES, zh="您多大年纪？", en="How old are you?"),
        ],
    )


def _overall() -> Item:
    return one(
        "overall",
        SATISFACTION,
        zh="总的来说，您对在这里的生活满意吗？",
        en="All in all, how satisfied are you with living here?",
        relevant=_CONSENTED,
    )


def _work() -> list[Item]:
    return [_body(body, zh, en) for body, (zh, en) in BODIES.items()]


def _body(body: str, zh: str, en: str) -> Item:
    rated = [
        one(
            f"{body}_{aspect}",
            SATISFACTION,
            zh=f"您对{zh}{what_zh}满意吗？",
            en=f"How satisfied are you with {what_en} of {en}?",
        )
        for aspect, (what_zh, what_en) in WORK.items()
    ]
    went = one(
        f"{body}_asked",
        YES_NO_UNSURE,
        zh=f"最近12个月，您有没有事找过{zh}？",
        en=f"In the past 12 months, did you go to {en} with anything?",
    )
    result = one(
        f"{body}_result",
        SATISFACTION,
        zh="您对办理的结果满意吗？",
        en="How satisfied are you with the result?",
        relevant=equals(f"{body}_asked", "yes"),
    )
    low = " or ".join(_dissatisfied(f"{body}_{aspect}") for aspect in (*WORK, "result"))
    why = several(f"{body}_why", WORK_REASONS, zh="不满意，是因为什么？", en="Why are you dissatisfied?", relevant=low)
    other = specify(f"{body}_why", "还因为什么？", "What other reason is there?")
    return b.group(
        f"{body}_work", zh=f"{zh}的工作", en=f"The work of {en}", relevant=_CONSENTED, items=[*rated, went, result, why, other]
    )


def _services() -> list[Item]:
    asked = [item for service, wording in SERVICES.items() for item in _service(service, *wording)]
    return [b.group("services", zh="生活条件", en="Living conditions", relevant=_CONSENTED, items=asked)]


def _service(service: str, zh: str, en: str) -> list[Item]:
    return [
        one(service, SATISFACTION, zh=f"您对{zh}满意吗？", en=f"How satisfied are you with {en}?", hint=NOT_MET_WITH),
        several(
            f"{service}_why",
            SERVICE_REASONS,
            zh="不满意，是因为什么？",
            en="Why are you dissatisfied?",
            relevant=_dissatisfied(service),
        ),
        specify(f"{service}_why", "还因为什么？", "What other reason is there?"),
    ]


def _open_question() -> Item:
    wish = b.text(
        "wish",
        zh="您最希望改进的是什么？",
        en="What would you most like to see improved?",
        hint={"zh": "用住户自己的话；不写人名，可以不填。", "en": "In the respondent's own words; no names; may be left blank."},
        appearance="multiline",
    )
    thanks = b.note("thanks", zh="谢谢您！", en="Thank you very much!")
    return b.group("closing", zh="结束", en="Closing", relevant=_CONSENTED, items=[wish, thanks])


def _dissatisfied(question: str) -> str:
    return equals(question, "dissatisfied", "very_dissatisfied")


_PARTS = MappingProxyType({"work": _work, "services": _services})
ALL = tuple(_PARTS)
"""The parts that may be left out."""

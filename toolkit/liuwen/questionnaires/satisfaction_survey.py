"""The satisfaction survey (满意度测评): anonymous; overall, the visits, the work of village and town, what is felt daily."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import about_you, adults, anonymous_form, coached, opening
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import CAME, DONT_KNOW, OTHER, OUTCOMES, REFUSED, YES_NO_UNSURE
from liuwen.questionnaires.minutes import satisfaction_minutes
from liuwen.questionnaires.modules import in_order
from liuwen.questionnaires.places import places
from liuwen.questionnaires.scales import SATISFACTION, coin, rated
from liuwen.questionnaires.service_reasons import SERVICES, reasons

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112702"
"""Raised by hand when a question changes."""

WORK_REASONS = b.choices(
    "work_reasons",
    ("knowledge", "业务不熟", "Does not know the work"),
    ("carried_through", "事情办不成", "Things do not get done"),
    ("indifferent", "对群众的难处不上心", "Indifferent to people's hardship"),
    ("rude", "态度不好", "Unfriendly"),
    ("unfair", "办事不公道", "Unfair"),
    ("secret", "不公开、不说明", "They do not publish or explain"),
    ("slow", "办得慢", "Slow"),
    ("absent", "找不到人", "Nobody to be found"),
    ("result", "办的结果不好", "Poor results"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)

BODIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"village": ("村干部", "the village's officials"), "town": ("镇干部", "the town's staff")}
)
WORK: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "manner": ("待人的态度，您满不满意？", "the way {en} treat people"),
        "ability": ("办事的本领，您满不满意？", "the ability of {en} to get things done"),
        "fairness": ("办事公不公道，您满不满意？", "the fairness of {en}"),
        "openness": ("办事公不公开，您满不满意？", "how openly things are handled by {en}"),
    }
)
"""What is asked of each body; the result of handling is asked only of those who went to it with something."""
_CONSENTED = equals("consent", "yes")


def satisfaction_survey(
    villages: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    modules: Sequence[str] = ("visits", "work", "services"),
    version: str = VERSION,
) -> Form:
    """How satisfied residents are, anonymous: overall, with the visits, with the work of village and town, with daily life.

    Args:
        villages: As for `household_interview`; its households are not used.
        languages: The languages of the form.
        modules: The parts asked besides the overall question and the open one, of `ALL`.
        version: The form's version.

    Returns:
        The form.

    Raises:
        FormError: For an unknown part or a faulty table of villages.

    >>> satisfaction_survey(modules=["services"])["roads"].label("en")
    'How satisfied or dissatisfied are you with the roads of your village?'
    """
    wanted = in_order(modules, ALL)
    place = places(villages, languages, households=False)
    topic = ("干部走访、村镇工作和生活条件", "officials' visits, the work of village and town, and living here")
    return anonymous_form(
        "satisfaction_survey",
        zh="群众满意度测评（不记名）",
        en="Satisfaction survey (anonymous)",
        version=version,
        languages=languages,
        items=[
            b.today(),
            *opening(place, topic, satisfaction_minutes(wanted)),
            _respondent(),
            *coin(),
            _overall(),
            *(item for name in wanted for item in _PARTS[name]()),
            _close(),
        ],
        media=place.media,
    )


def _respondent() -> Item:
    return b.group("respondent", zh="基本信息", en="About you", relevant=_CONSENTED, items=[adults(), *about_you()])


def _overall() -> Item:
    return rated(
        "overall",
        SATISFACTION,
        zh="总的来说，您对现在在村里的生活满不满意？",
        en="All in all, how satisfied or dissatisfied are you with your life in this village at present?",
        relevant=_CONSENTED,
    )


def visit_questions() -> list[Item]:
    """Whether officials came, what was raised, what became of it, and how satisfied the person is with the visits."""
    return [
        one(
            "came",
            CAME,
            asking="",
            zh="最近12个月，有没有镇里、村里的干部到您家来走访？",
            en="In the past 12 months, did officials of the town or village visit your home?",
        ),
        one(
            "raised",
            YES_NO_UNSURE,
            zh="走访的时候，您家有没有提过要办的事？",
            en="During a visit, did your household raise anything to be dealt with?",
            relevant=equals("came", "yes"),
        ),
        one(
            "became",
            OUTCOMES,
            zh="后来怎么样了？",
            en="What became of it?",
            relevant=equals("raised", "yes"),
        ),
        rated(
            "visits",
            SATISFACTION,
            zh="总的来说，您对干部走访这项工作满不满意？",
            en="All in all, how satisfied or dissatisfied are you with officials' visits?",
        ),
    ]


def _visits() -> list[Item]:
    return [b.group("visiting", zh="干部走访", en="Officials' visits", relevant=_CONSENTED, items=visit_questions())]


def _work() -> list[Item]:
    return [_body(body, zh, en) for body, (zh, en) in BODIES.items()]


def _body(body: str, zh: str, en: str) -> Item:
    went = one(
        f"{body}_asked",
        YES_NO_UNSURE,
        zh=f"最近12个月，您有没有事找过{zh}？",
        en=f"In the past 12 months, did you go to {en} with anything?",
    )
    result = rated(
        f"{body}_result",
        SATISFACTION,
        zh="办的结果，您满不满意？",
        en="How satisfied or dissatisfied are you with the result?",
        relevant=equals(f"{body}_asked", "yes"),
    )
    aspects = [
        rated(
            f"{body}_{aspect}",
            SATISFACTION,
            zh=f"{zh}{what_zh}",
            en=f"How satisfied or dissatisfied are you with {what_en.format(en=en)}?",
        )
        for aspect, (what_zh, what_en) in WORK.items()
    ]
    low = " or ".join(_dissatisfied(f"{body}_{aspect}") for aspect in (*WORK, "result"))
    why = several(f"{body}_why", WORK_REASONS, zh="不满意，是因为什么？", en="Why are you dissatisfied?", relevant=low)
    other = specify(f"{body}_why", "还因为什么？（不写人名）", "What other reason is there? (no names)")
    return b.group(
        f"{body}_work", zh=f"{zh}的工作", en=f"The work of {en}", relevant=_CONSENTED, items=[went, result, *aspects, why, other]
    )


def _services() -> list[Item]:
    asked = [item for service in SERVICES for item in _service(service)]
    return [b.group("services", zh="生活条件", en="Living conditions", relevant=_CONSENTED, items=asked)]


def _service(name: str) -> list[Item]:
    service = SERVICES[name]
    return [
        rated(
            name,
            SATISFACTION,
            zh=f"您对{service.zh}满不满意？",
            en=f"How satisfied or dissatisfied are you with {service.en}?",
        ),
        several(
            f"{name}_why",
            reasons(name),
            zh="主要是哪里不满意？",
            en="What are you dissatisfied with about it?",
            relevant=_dissatisfied(name),
        ),
        specify(f"{name}_why", "还有哪里不满意？", "What else?"),
    ]


def _close() -> Item:
    wish = b.text(
        "wish",
        zh="您最希望改进的是什么？",
        en="What would you most like to see improved?",
        hint={
            "zh": "用回答人自己的话；不写人名，可以不填。",
            "en": "In the respondent's own words; no names; may be left blank.",
        },
        appearance="multiline",
    )
    thanks = b.note("thanks", zh="谢谢您！", en="Thank you very much!")
    return b.group("closing", zh="结束", en="Closing", relevant=_CONSENTED, items=[wish, coached(), thanks])


def _dissatisfied(question: str) -> str:
    return equals(question, "dissatisfied", "very_dissatisfied")


_PARTS = MappingProxyType({"visits": _visits, "work": _work, "services": _services})
ALL = tuple(_PARTS)
"""The parts that may be left out."""

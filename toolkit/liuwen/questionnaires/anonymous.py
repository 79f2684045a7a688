"""What the anonymous forms share: how they are declared, their opening note, and the questions about the person.

Nothing in such a form may tell who answered: no time of day, device, position, name, telephone, household, picture or sound.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.form.types import POINTING
from liuwen.messages import Sentence
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.bank import AGES, AGREE, COACHED, SEX
from liuwen.questionnaires.places import Places

SETTINGS: Mapping[str, str] = {"note": "Anonymous: the times of day could point at a household. # liuwen: ignore=no-start-end"}
"""The settings that declare a form anonymous."""
TELLS_WHO = Sentence(
    zh="“{name}”（{type}）会让不记名的问卷认出人来：请去掉。",
    en="“{name}” ({type}) could tell who answered an anonymous form; take it out.",
)


def anonymous_form(form_id: str, *, items: Sequence[Item], **told: object) -> Form:
    """The form, declared anonymous.

    Args:
        form_id: Its ID.
        items: Its questions.
        **told: As for `build_form`.

    Returns:
        The form.

    Raises:
        FormError: A question's type could tell who answered.
    """
    for item in (inner for each in items for inner in each.walk()):
        if item.type in POINTING:
            raise FormError(TELLS_WHO.filled(name=item.name, type=item.type))
    return b.build_form(form_id, items=items, settings=SETTINGS, anonymous=True, **told)  # type: ignore[arg-type]


def opening(place: Places, topic: tuple[str, str], minutes: int, *, from_here: bool = False) -> list[Item]:
    """Town and village; then who asks, what about, how long, what is not noted; then whether the person is willing.

    Args:
        place: The questions for town and village.
        topic: What it is about, Chinese and English, as in "what you think of …".
        minutes: How long it takes.
        from_here: Whether who asks may be an official of this village or town.

    Returns:
        The group `place`, and the group `consenting` with the question `consent`.
    """
    who_zh, who_en = ("", "") if from_here else ("我不是本村、本镇的干部。", "I am not an official of this village or town. ")
    said = {
        "zh": f"您好！{who_zh}想听听您对{topic[0]}的看法，大约{minutes}分钟。不记姓名、电话、住哪一户，也不记位置、不录音。"
        "愿不愿意都由您；哪一题不想答就不答，随时可以停。只公布合计数。",
        "en": f"Good day. {who_en}I should like to hear what you think of {topic[1]}; it takes about {minutes} "
        f"minute{'s' * (minutes != 1)}. No name, telephone, household or location is noted, and no sound is recorded. It is up "
        "to you: skip any question, stop at any time. Only totals are published.",
    }
    hint = {
        "zh": "请读给回答人听。问的人不能是本村、本镇的干部。",
        "en": "Read this out. Whoever asks is not an official of this village or town.",
    }
    heard: dict[str, Any] = {"hint": hint}
    consent = b.group(
        "consenting",
        zh="征得同意",
        en="Consent",
        items=[
            b.note("purpose", label=said, **({} if from_here else heard)),
            b.select_one("consent", AGREE, zh="您愿意说说吗？", en="Are you willing to take part?", required=True),
        ],
    )
    return [b.group("place", zh="地点", en="Place", items=list(place.village)), consent]


def asked_if_agreed(name: str, zh: str, en: str, items: Sequence[Item]) -> Item:
    """A group that is asked of those who agreed."""
    return b.group(name, zh=zh, en=en, relevant=equals("consent", "yes"), items=items)


def about_you() -> list[Item]:
    """Sex and age band, so that who did not answer can be weighed against who did."""
    return [
        one(
            "sex",
            SEX,
            asking="visitor",
            zh="性别",
            en="Sex",
            hint={"zh": "电话里听不准就问一句。", "en": "On the telephone, ask where the voice does not tell."},
        ),
        one("age_group", AGES, zh="您多大年纪？", en="How old are you?", asking=""),
    ]


def adults() -> Item:
    """How many adults there are, for weights; and who of them is to answer."""
    return b.integer(
        "adults",
        zh="您家满18岁、平时住在家里的有几口人？",
        en="How many people of 18 or over usually live in your household?",
        hint={
            "zh": "请他们当中下一个过生日的那位来回答；不在家就约时间。",
            "en": "Whoever of them has the next birthday should answer; if not at home, agree on a time.",
        },
        required=True,
        constraint=". >= 1 and . <= 15",
        constraint_message={"zh": "请填1到15之间的人数。", "en": "Give a number from 1 to 15."},
    )


def coached() -> Item:
    """Whether anybody told the person how to answer, or gave something: the known disease of satisfaction tests."""
    return one(
        "coached",
        COACHED,
        zh="这次来问以前，有没有人跟您说过该怎么回答，或者给过东西？",
        en="Before this, did anyone tell you how to answer, or give you anything?",
    )

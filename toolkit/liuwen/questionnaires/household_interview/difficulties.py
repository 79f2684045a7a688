"""Second question, 困难问题: what makes daily life hard, and which of it the household asks to have solved."""

from typing import Any

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import chosen, equals, one, said_in, several, specify, substantive
from liuwen.questionnaires.bank import DONT_KNOW, NEEDS, OTHER, OUTCOMES, REFUSED, SAID_BEFORE, TOLD_WHOM, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.visit import CONSENTED

HELP = b.choices(
    "help_kinds",
    ("information", "讲清楚政策", "Explaining the policy"),
    ("procedure", "帮着办手续", "Help with procedures"),
    ("training", "教技术", "Teaching a skill"),
    ("money", "资金帮助", "Money"),
    ("materials", "物资", "Materials or goods"),
    ("labour", "出人出力", "Labour"),
    ("works", "修建工程", "Building works"),
    ("mediation", "出面调解", "Mediation"),
    ("contacts", "介绍门路", "Introductions to jobs or buyers"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
DURATION = b.choices(
    "duration",
    ("under_3_months", "不到3个月", "Under 3 months"),
    ("under_1_year", "3个月到1年", "3 months to a year"),
    ("under_3_years", "1到3年", "1 to 3 years"),
    ("over_3_years", "3年以上", "Over 3 years"),
    DONT_KNOW,
    REFUSED,
)
ASKED = equals("help_wanted", "yes")
_FIRST = "${first_need} != '' and ${first_need} != 'dont_know' and ${first_need} != 'refused'"
_LEAVE_BLANK = {"zh": "没有了就留空。", "en": "Leave blank if there is no other."}
RANKED = ("first_need", "second_need", "third_need")
"""What is to be solved first, second and third; the matters at the end of the interview begin with these."""


def difficulties(*, help_details: bool) -> Item:
    """What is difficult, the three things to be solved first, and what is known of the first of them."""
    return b.group(
        "difficulties",
        zh="二、困难问题",
        en="2. Difficulties",
        relevant=CONSENTED,
        items=[*needs(), *_first(help_details), *carried_words()],
    )


def needs() -> list[Item]:
    """The difficulties, in the household's own words first, and which of them it asks to have solved."""
    # `rank` would make the household order everything it named; three plain questions stop at three and read aloud well.
    return [
        several(
            "needs",
            NEEDS,
            zh="您家过日子，现在有哪些困难？",
            en="What difficulties does your household have in daily life at present?",
            hint={"zh": "先让住户自己说。", "en": "Let the household speak first."},
        ),
        specify("needs", "其他困难是什么？", "What is the other difficulty?"),
        one(
            "help_wanted",
            YES_NO_UNSURE,
            zh="这些困难里，有没有希望村里或政府帮着解决的？",
            en="Would you like the village or the government to help with any of these?",
            relevant=substantive("needs"),
        ),
        b.note(
            "not_a_promise",
            zh="我先记下来，能不能办、什么时候办，会给您回话。",
            en="I am writing it down; you will be told whether and when it can be done.",
            hint={"zh": "请读给住户听。", "en": "Read this out."},
            relevant=ASKED,
        ),
        _ranked("first_need", "最希望先解决的是哪一件？", "Which one should be solved first?"),
        _ranked("second_need", "第二件呢？", "And second?"),
        _ranked("third_need", "第三件呢？", "And third?"),
    ]


def _ranked(name: str, zh: str, en: str) -> Item:
    place = RANKED.index(name)
    if place == 0:
        # One difficulty is the first without asking: the question then offers it, chosen already.
        wording = {"zh": zh, "en": en}
        return one(
            name, NEEDS, asking="", label=wording, relevant=ASKED, note=SAID_BEFORE, choice_filter=said_in("needs"), **_ONLY_ONE
        )
    earlier = " and ".join(f"name != ${{{before}}}" for before in RANKED[:place])
    before = _FIRST if place == 1 else "${second_need} != ''"
    return b.select_one(
        name,
        NEEDS,
        label={"zh": zh, "en": en},
        hint=_LEAVE_BLANK,
        relevant=f"count-selected(${{needs}}) >= {place + 1} and {before}",
        note=SAID_BEFORE,
        choice_filter=f"selected(${{needs}}, name) and {earlier}",
    )


_ONLY_ONE: dict[str, Any] = {
    "trigger": "${needs}",
    "calculation": "if(count-selected(${needs}) = 1, ${needs}, '')",
}


def _first(details: bool) -> list[Item]:
    kinds = [
        several(
            "help_kinds",
            HELP,
            zh="最先要解决的这件事，您希望怎么帮？",
            en="How would you like to be helped with that first one?",
            relevant=_FIRST,
        ),
        specify("help_kinds", "希望得到什么帮助？", "What help is asked for?"),
    ]
    duration = one("need_duration", DURATION, zh="这件事有多久了？", en="How long has this been a problem?", relevant=_FIRST)
    told = [
        several("told_whom", TOLD_WHOM, zh="这件事以前向谁反映过？", en="Whom have you told of it before?", relevant=_FIRST),
        specify("told_whom", "还向谁反映过？", "Who else was told?"),
        one(
            "outcome",
            OUTCOMES,
            asking="listen",
            zh="反映以后怎么样了？",
            en="What came of it?",
            relevant=chosen("told_whom", "village", "team", "grid", "town", "county", "hotline", "online", "petition", "other"),
        ),
    ]
    return [*([*kinds, duration] if details else []), *told]


def carried_words() -> list[Item]:
    """The words of what was ranked, in the language shown, for the matters at the end."""
    return [b.calculate(f"{name}_words", f"jr:choice-name(${{{name}}}, '${{{name}}}')") for name in RANKED]

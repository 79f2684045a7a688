"""Second question, 困难问题: what makes daily life hard, and which of it the household asks to have solved."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import (
    DONT_KNOW,
    NONE,
    OTHER,
    REFUSED,
    SAID_BEFORE,
    YES_NO_UNSURE,
    chosen,
    equals,
    one,
    said_in,
    several,
    specify,
    substantive,
)
from liuwen.questionnaires.household_interview.visit import CONSENTED

NEEDS = b.choices(
    "needs",
    ("road", "道路、出行", "Roads and getting about"),
    ("water", "吃水用水", "Water for the house"),
    ("power", "用电", "Electricity"),
    ("signal", "手机信号、网络", "Mobile signal or internet"),
    ("irrigation", "灌溉、排水", "Irrigation and drainage"),
    ("housing", "住房", "Housing"),
    ("medical", "看病", "Medical care"),
    ("schooling", "孩子上学", "Children's schooling"),
    ("care", "照顾老人、病人、孩子", "Care of the elderly, sick or children"),
    ("jobs", "找活干", "Finding work"),
    ("skills", "缺技术", "Lack of skills"),
    ("capital", "缺资金、贷款难", "Lack of capital or loans"),
    ("selling", "东西卖不出去", "Selling what is produced"),
    ("labour", "缺劳力", "Lack of hands"),
    ("land", "土地的事", "Land"),
    ("disaster", "受灾、庄稼牲畜损失", "Disaster, lost crops or animals"),
    ("dispute", "邻里纠纷", "A dispute with neighbours"),
    ("documents", "办证、办手续", "Papers and procedures"),
    ("sanitation", "垃圾、污水", "Rubbish or waste water"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
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
TOLD_WHOM = b.choices(
    "told_whom",
    ("nobody", "没有向谁反映过", "Nobody"),
    ("village", "村里", "The village"),
    ("town", "镇里", "The town"),
    ("county", "县里", "The county"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
OUTCOMES = b.choices(
    "outcome",
    ("partly", "解决了一部分", "Partly solved"),
    ("under_way", "正在办", "Being dealt with"),
    ("explained", "说明了办不了的原因", "It was explained why it cannot be done"),
    ("no_answer", "没有答复", "No answer"),
    DONT_KNOW,
    REFUSED,
)
_ASKED = equals("help_wanted", "yes")
_FIRST = "${first_need} != '' and ${first_need} != 'dont_know' and ${first_need} != 'refused'"
_MONEY = {"zh": "请填0到100万元之间的数。", "en": "Give an amount from 0 to 1,000,000 yuan."}


def difficulties() -> Item:
    """What is difficult, the three things to be solved first, and what is known of the first of them."""
    return b.group("difficulties", zh="二、困难问题", en="2. Difficulties", relevant=CONSENTED, items=[*_needs(), *_first()])


def _needs() -> list[Item]:
    # `rank` would make the household order everything it named; three plain questions stop at three and read aloud well.
    return [
        several(
            "needs",
            NEEDS,
            zh="您家过日子，现在有哪些困难？",
            en="What difficulties does your household have in daily life at present?",
            hint={
                "zh": "先让住户自己说，不念选项，听到什么选什么；再问“还有吗？”",
                "en": "Let the household speak first; do not read out the list, tick what is named, then ask “anything else?”.",
            },
        ),
        specify("needs", "其他困难是什么？", "What is the other difficulty?"),
        one(
            "help_wanted",
            YES_NO_UNSURE,
            zh="这些困难里，有没有希望村里或政府帮着解决的？",
            en="Is there any of these that you ask the village or the government to help solve?",
            relevant=substantive("needs"),
        ),
        one(
            "first_need",
            NEEDS,
            zh="最希望先解决的是哪一件？",
            en="Which one should be solved first?",
            relevant=_ASKED,
            note=SAID_BEFORE,
            choice_filter=said_in("needs"),
        ),
        b.select_one(
            "second_need",
            NEEDS,
            zh="第二件呢？",
            en="And second?",
            hint=_LEAVE_BLANK,
            relevant=f"count-selected(${{needs}}) >= 2 and {_FIRST}",
            note=SAID_BEFORE,
            choice_filter="selected(${needs}, name) and name != ${first_need}",
        ),
        b.select_one(
            "third_need",
            NEEDS,
            zh="第三件呢？",
            en="And third?",
            hint=_LEAVE_BLANK,
            relevant="count-selected(${needs}) >= 3 and ${second_need} != ''",
            note=SAID_BEFORE,
            choice_filter="selected(${needs}, name) and name != ${first_need} and name != ${second_need}",
        ),
    ]


_LEAVE_BLANK = {"zh": "没有了就留空。", "en": "Leave blank if there is no other."}


def _first() -> list[Item]:
    return [
        several(
            "help_kinds",
            HELP,
            zh="最先要解决的这件事，希望得到什么帮助？",
            en="What kind of help do you ask for with that first one?",
            relevant=_FIRST,
        ),
        specify("help_kinds", "希望得到什么帮助？", "What help is asked for?"),
        b.decimal(
            "help_amount",
            zh="大约需要帮助多少钱？（元）",
            en="About how much money is needed? (yuan)",
            hint={
                "zh": "说不清就留空；这里只作记录，不是承诺。",
                "en": "Leave blank if not known; this is a record, not a promise.",
            },
            relevant=chosen("help_kinds", "money"),
            constraint=". >= 0 and . <= 1000000",
            constraint_message=_MONEY,
        ),
        one("need_duration", DURATION, zh="这件事有多久了？", en="How long has it been so?", relevant=_FIRST),
        several("told_whom", TOLD_WHOM, zh="这件事以前向谁反映过？", en="Whom have you told of it before?", relevant=_FIRST),
        specify("told_whom", "还向谁反映过？", "Who else was told?"),
        one(
            "outcome",
            OUTCOMES,
            zh="反映以后怎么样了？",
            en="What came of it?",
            relevant=chosen("told_whom", "village", "town", "county", "other"),
        ),
    ]

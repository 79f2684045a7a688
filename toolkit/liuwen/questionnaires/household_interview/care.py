"""Medical care and old age, as the first question asks about them."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import (
    ALL_SOME_NONE,
    DONT_KNOW,
    NONE,
    OTHER,
    REFUSED,
    YES_NO_UNSURE,
    equals,
    one,
    several,
    specify,
)

COVER_REASONS = b.choices(
    "cover_reason",
    ("cost", "交的钱太多", "The contribution is too high"),
    ("no_use", "觉得用处不大", "It seems of little use"),
    ("covered", "在别处参加了", "Insured elsewhere"),
    ("missed", "错过了交钱的时间", "Missed the date for paying"),
    ("how", "不知道怎么办", "Do not know how to join"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
CARE_OBSTACLES = b.choices(
    "care_obstacles",
    ("cost", "花费高", "Cost"),
    ("distance", "路远、交通不便", "Distance or transport"),
    ("supply", "附近看不了、没有药", "No doctor or medicine for it nearby"),
    ("company", "没人陪着去", "Nobody to go along"),
    ("claiming", "报销麻烦", "Claiming the cost back is troublesome"),
    ("time", "走不开", "Cannot get away"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
SPENDING = b.choices(
    "medical_spending",
    ("none", "没有花钱", "Nothing"),
    ("under_500", "500元以下", "Under 500 yuan"),
    ("under_2000", "500到2000元", "500 to 2,000 yuan"),
    ("under_5000", "2000到5000元", "2,000 to 5,000 yuan"),
    ("under_20000", "5000到2万元", "5,000 to 20,000 yuan"),
    ("over_20000", "2万元以上", "Over 20,000 yuan"),
    DONT_KNOW,
    REFUSED,
)
ELDERS_LIVE = b.choices(
    "elders_live",
    ("with_children", "和子女一起住", "With their children"),
    ("couple", "只有老两口", "As a couple on their own"),
    ("alone", "一个人住", "Alone"),
    ("with_grandchildren", "只和孙辈一起住", "With grandchildren only"),
    ("home", "住敬老院", "In a home for the elderly"),
    OTHER,
    REFUSED,
)
ELDERS_LIVELIHOOD = b.choices(
    "elders_livelihood",
    ("own_work", "自己干活", "Their own work"),
    ("children", "子女给", "Their children"),
    ("pension", "养老金", "A pension"),
    ("allowance", "低保、五保等补助", "Public allowances"),
    ("savings", "积蓄、地租", "Savings or land rent"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
ELDERS_DIFFICULTIES = b.choices(
    "elders_difficulties",
    ("money", "钱不够用", "Not enough money"),
    ("illness", "有病要人照料", "Illness that needs care"),
    ("carer", "身边没人照顾", "Nobody near to look after them"),
    ("meals", "做饭、挑水、打柴吃力", "Cooking, carrying water or fuel is hard"),
    ("house", "房子不好住", "The house is poor"),
    ("lonely", "没人说话、孤单", "Loneliness"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)


def medical() -> Item:
    """Insurance, the way to the clinic, treatment, care gone without, what it cost."""
    return b.group(
        "medical",
        zh="医疗",
        en="Medical care",
        items=[
            one(
                "medical_cover",
                ALL_SOME_NONE,
                zh="家里人参加医疗保险了吗？",
                en="Do the members of the household have medical insurance?",
                hint={"zh": "合作医疗、居民医保、职工医保都算。", "en": "Any public scheme counts."},
            ),
            one(
                "cover_reason",
                COVER_REASONS,
                zh="有人没参加，主要因为什么？",
                en="What is the main reason that someone has none?",
                relevant=equals("medical_cover", "some", "none"),
            ),
            specify("cover_reason", "主要因为什么？", "What is that reason?"),
            b.integer(
                "clinic_minutes",
                zh="从您家去最近的卫生室，平常要多少分钟？",
                en="How many minutes does it usually take from your home to the nearest clinic?",
                hint={
                    "zh": "按平常的走法，单程；说不清可以不填。",
                    "en": "One way, as you usually go; leave blank if not known.",
                },
                constraint=". >= 0 and . <= 300",
                constraint_message={"zh": "请填0到300之间的分钟数。", "en": "Give minutes from 0 to 300."},
            ),
            several(
                "treatment_obstacles",
                CARE_OBSTACLES,
                zh="长期治病的家人，看病有哪些难处？",
                en="What difficulties are there in getting the lasting treatment that is needed?",
                relevant="${in_treatment} > 0",
            ),
            specify("treatment_obstacles", "还有什么难处？", "What other difficulty is there?"),
            one(
                "care_forgone",
                YES_NO_UNSURE,
                zh="最近12个月，家里有没有人该看病而没去看？",
                en="In the past 12 months, did anyone in the household need medical care and go without?",
            ),
            several(
                "forgone_reasons",
                CARE_OBSTACLES,
                zh="没去看是因为什么？",
                en="Why did they go without?",
                relevant=equals("care_forgone", "yes"),
            ),
            specify("forgone_reasons", "还因为什么？", "What other reason was there?"),
            one(
                "medical_spending",
                SPENDING,
                zh="最近12个月看病吃药，扣掉报销，家里自己花了多少？",
                en="In the past 12 months, how much did the household itself pay for medical care, after what was paid back?",
            ),
        ],
    )


def old_age() -> Item:
    """Pension schemes; and of those over 60, with whom and on what they live."""
    return b.group(
        "old_age",
        zh="养老",
        en="Old age",
        items=[
            one(
                "pension_cover",
                ALL_SOME_NONE,
                zh="家里16到59岁的人参加养老保险了吗？",
                en="Are the members between 16 and 59 in a pension scheme?",
                hint={"zh": "正在上学的不算。", "en": "Leave out those who are studying."},
                relevant="${working_age} > 0",
            ),
            several(
                "elders_live",
                ELDERS_LIVE,
                zh="家里60岁以上的老人和谁一起住？",
                en="With whom do the members aged 60 or over live?",
                relevant="${elders} > 0",
            ),
            specify("elders_live", "和谁一起住？", "With whom do they live?"),
            one(
                "elders_livelihood",
                ELDERS_LIVELIHOOD,
                zh="老人的生活费主要靠什么？",
                en="What do the elderly mainly live on?",
                relevant="${elders} > 0",
            ),
            specify("elders_livelihood", "主要靠什么？", "What do they live on?"),
            several(
                "elders_difficulties",
                ELDERS_DIFFICULTIES,
                zh="老人平时有哪些难处？",
                en="What difficulties do the elderly have?",
                relevant="${elders} > 0",
            ),
            specify("elders_difficulties", "还有什么难处？", "What other difficulty do they have?"),
        ],
    )

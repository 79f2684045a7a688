"""What the household lives on: sources, net income of twelve months in bands, a bracket for who does not know, and its land.

Net means after the costs of farming and business, wages of those working away included, as the household surveys of the
National Bureau of Statistics count operating income. The bands hold today's villages: the disposable income of rural residents
was 23,119 yuan a head in 2024, about 70,000 yuan for a household of three.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, said_in, several, specify, substantive
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, SAID_BEFORE

SOURCES = b.choices(
    "income_sources",
    ("crops", "种庄稼、种菜", "Crops and vegetables"),
    ("fruit_forest", "果树、茶叶、林木", "Fruit, tea or timber"),
    ("livestock", "养猪、牛羊、家禽", "Pigs, cattle, sheep or poultry"),
    ("fish", "养鱼", "Fish farming"),
    ("odd_jobs", "打零工", "Odd jobs"),
    ("local_wage", "在本县打工", "Wages within the county"),
    ("migrant_wage", "外出打工", "Wages from working away"),
    ("salary", "固定工资（教师、公职、村干部）", "A salary, such as a teacher's or village officer's"),
    ("public_post", "公益岗位", "A public-welfare post"),
    ("business", "做生意、跑运输", "Trade or transport"),
    ("land_rent", "土地流转、房租", "Land or rooms let out"),
    ("dividends", "集体分红", "Dividend of the village collective"),
    ("old_age_pension", "养老金、退休金", "Pension"),
    ("allowance", "低保、补贴", "Living allowance or subsidies"),
    ("relatives", "儿女、亲友给", "Money from children, relatives or friends"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
NET = b.choices(
    "income_net",
    ("i10", "不到1万元", "Under 10,000 yuan"),
    ("i30", "1万到3万元（不含3万）", "10,000 to under 30,000 yuan"),
    ("i50", "3万到5万元（不含5万）", "30,000 to under 50,000 yuan"),
    ("i80", "5万到8万元（不含8万）", "50,000 to under 80,000 yuan"),
    ("i120", "8万到12万元（不含12万）", "80,000 to under 120,000 yuan"),
    ("i200", "12万到20万元（不含20万）", "120,000 to under 200,000 yuan"),
    ("over", "20万元以上", "200,000 yuan or more"),
    DONT_KNOW,
    REFUSED,
)
BRACKET = b.choices(
    "income_bracket",
    ("under_50", "不到5万元", "Under 50,000 yuan"),
    ("under_100", "5万到10万元（不含10万）", "50,000 to under 100,000 yuan"),
    ("over_100", "10万元以上", "100,000 yuan or more"),
    DONT_KNOW,
    REFUSED,
)
CHANGE = b.choices(
    "income_change",
    ("much_more", "多了很多", "Much more"),
    ("more", "多了一些", "Somewhat more"),
    ("same", "差不多", "About the same"),
    ("less", "少了一些", "Somewhat less"),
    ("much_less", "少了很多", "Much less"),
    DONT_KNOW,
    REFUSED,
)
LAND = b.choices(
    "land",
    ("none", "没有", "None"),
    ("m3", "不到3亩", "Under 3 mu"),
    ("m10", "3到10亩（不含10亩）", "3 to under 10 mu"),
    ("m30", "10到30亩（不含30亩）", "10 to under 30 mu"),
    ("m100", "30到100亩（不含100亩）", "30 to under 100 mu"),
    ("more", "100亩以上", "100 mu or more"),
    DONT_KNOW,
    REFUSED,
)
LAND_PLAN = b.choices(
    "land_plan",
    ("farm", "自己种", "Farm it"),
    ("part", "租一部分给别人种（流转）", "Lease out part of it"),
    ("all", "全租出去", "Lease out all of it"),
    ("already", "已经租出去了", "Already leased out"),
    ("idle", "荒着", "Leave it idle"),
    ("undecided", "还没想好", "Not decided"),
    DONT_KNOW,
    REFUSED,
)
_FROM = {
    "wages": ("打工、工资", "wages and salaries", ("odd_jobs", "local_wage", "migrant_wage", "salary", "public_post")),
    "farming": ("种养，扣掉本钱，", "farming, after its costs", ("crops", "fruit_forest", "livestock", "fish")),
    "transfers": (
        "养老金、补贴、儿女亲友给的",
        "pensions, allowances and what family and friends give",
        ("old_age_pension", "allowance", "relatives"),
    ),
}
"""What is asked one by one with the income details: name → Chinese, English, the sources it goes with."""


def income(*, land: bool, details: bool) -> list[Item]:
    """Each source prompted; the main one; net income or its bracket; with `details` by source, and whether it grew."""
    return [*_sources(), *(_land() if land else []), *_net(), *(_by_source() if details else [])]


def _sources() -> list[Item]:
    return [
        several(
            "income_sources",
            SOURCES,
            asking="read",
            zh="最近12个月，您家的收入有没有下面这些？",
            en="In the past 12 months, did your household have income from any of these?",
            hint={"zh": "小的也算，如卖鸡蛋、补贴。", "en": "Small ones count too, such as eggs sold, or subsidies."},
        ),
        specify("income_sources", "其他收入从哪里来？", "What is the other source?"),
        one(
            "main_income",
            SOURCES,
            asking="",
            zh="最主要的是哪一项？",
            en="Which of them brings in most?",
            relevant=substantive("income_sources", 2),
            note=SAID_BEFORE,
            choice_filter=said_in("income_sources"),
        ),
    ]


def _net() -> list[Item]:
    return [
        one(
            "income_net",
            NET,
            asking="card",
            zh="最近12个月，全家的收入加起来，扣掉种养、做生意的本钱，大约有多少？",
            en="In the past 12 months, about how much was the income of the whole household, after the costs of farming and "
            "business?",
            hint={
                "zh": "（念）在外打工挣的、养老金、补贴、亲友给的都算。这一题不影响任何待遇。",
                "en": "(Read out) Count wages from working away, pensions, allowances and what family and friends give. No "
                "benefit depends on this answer.",
            },
        ),
        one(
            "income_bracket",
            BRACKET,
            zh="说个大概就行，是哪一档？",
            en="Roughly, which of these?",
            relevant=equals("income_net", "dont_know"),
        ),
    ]


def _by_source() -> list[Item]:
    by_source = [
        one(
            f"{name}_net",
            NET,
            asking="card",
            zh=f"最近12个月，{zh}一共大约多少？",
            en=f"In the past 12 months, about how much came from {en}?",
            relevant=" or ".join(f"selected(${{income_sources}}, '{source}')" for source in sources),
        )
        for name, (zh, en, sources) in _FROM.items()
    ]
    change = one(
        "income_change",
        CHANGE,
        zh="和前一年比，全家收入是多了还是少了？",
        en="Compared with the year before, was the income of the household more or less?",
    )
    return [*by_source, change]


def _land() -> list[Item]:
    mu = {
        "zh": "按标准亩；当地论大亩、垧的先折算。",
        "en": "In standard mu; convert local measures first.",
    }
    return [
        one(
            "land_contracted",
            LAND,
            asking="listen",
            zh="您家承包地有几亩？",
            en="How many mu of contracted land does your household have?",
            hint=mu,
        ),
        one(
            "land_farmed",
            LAND,
            asking="listen",
            zh="今年您家自己种了几亩？租来的也算。",
            en="How many mu did your household farm this year, rented land included?",
            hint=mu,
        ),
        one(
            "land_plan",
            LAND_PLAN,
            asking="listen",
            zh="您家的承包地，往后打算怎么办？",
            en="What does your household intend to do with its contracted land?",
            relevant=equals("land_contracted", "m3", "m10", "m30", "m100", "more"),
        ),
    ]

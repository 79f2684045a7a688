"""Third question, 致富愿望: where income comes from now, ideas for earning more, and what stands in the way."""

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

SOURCES = b.choices(
    "income_sources",
    ("crops", "种庄稼、种菜", "Crops and vegetables"),
    ("fruit_forest", "果树、茶叶、林木", "Fruit, tea or timber"),
    ("livestock", "养猪、牛羊、家禽", "Pigs, cattle, sheep or poultry"),
    ("fish", "养鱼", "Fish"),
    ("local_wage", "在本县打工", "Wages within the county"),
    ("migrant_wage", "外出打工", "Wages from working away"),
    ("business", "做生意、跑运输", "Trade or transport"),
    ("land_rent", "土地流转、出租", "Land leased out"),
    ("pension", "养老金、工资", "Pension or salary"),
    ("allowance", "低保、补贴", "Allowances or subsidies"),
    ("relatives", "亲友给", "Relatives or friends"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
INCOME = b.choices(
    "income",
    ("under_5000", "5000元以下", "Under 5,000 yuan"),
    ("under_10000", "5000到1万元", "5,000 to 10,000 yuan"),
    ("under_20000", "1万到2万元", "10,000 to 20,000 yuan"),
    ("under_50000", "2万到5万元", "20,000 to 50,000 yuan"),
    ("under_100000", "5万到10万元", "50,000 to 100,000 yuan"),
    ("over_100000", "10万元以上", "Over 100,000 yuan"),
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
IDEAS = b.choices(
    "ideas",
    ("more_crops", "多种一些", "Grow more"),
    ("new_crops", "换种值钱的", "Grow something that pays better"),
    ("livestock", "搞养殖", "Raise animals"),
    ("processing", "搞加工", "Process produce"),
    ("shop", "开店、做买卖", "Open a shop or trade"),
    ("online_sales", "网上卖货", "Sell online"),
    ("tourism", "搞农家乐", "Take in visitors"),
    ("transport", "跑运输", "Transport"),
    ("work_away", "外出打工", "Work away"),
    ("trade", "学一门技术", "Learn a trade"),
    ("together", "和别人合伙、入合作社", "Join with others or a cooperative"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
NO_IDEA = b.choices(
    "no_idea_reason",
    ("content", "现在这样就好", "Content with things as they are"),
    ("direction", "不知道干什么好", "Not knowing what to do"),
    ("labour", "没有劳力", "No hands to do it"),
    ("money", "没有本钱", "No money to start with"),
    ("health", "年纪大、身体不好", "Age or health"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
OBSTACLES = b.choices(
    "obstacles",
    ("capital", "缺资金", "Capital"),
    ("skills", "缺技术", "Skills"),
    ("labour", "缺劳力", "Hands"),
    ("land", "缺土地、场地", "Land or premises"),
    ("selling", "怕卖不出去", "Finding buyers"),
    ("information", "不了解行情", "Knowledge of the market"),
    ("works", "路、水、电跟不上", "Roads, water or power"),
    ("risk", "怕亏本", "Fear of loss"),
    ("permits", "手续难办", "Permits"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
SUPPORT = b.choices(
    "support",
    ("loan", "贷款", "A loan"),
    ("training", "培训", "Training"),
    ("technician", "技术员上门指导", "Advice from a technician on the spot"),
    ("buyers", "联系销路", "Contacts with buyers"),
    ("land", "帮着租到地", "Help in leasing land"),
    ("works", "修路、通水、通电", "Roads, water or power"),
    ("news", "行情消息", "News of the market"),
    ("cooperative", "入合作社", "Joining a cooperative"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
LOAN = b.choices(
    "loan_tried",
    ("granted", "申请过，贷到了", "Applied, and got it"),
    ("refused_loan", "申请过，没贷到", "Applied, and did not get it"),
    ("pending", "申请了，还没答复", "Applied, no answer yet"),
    ("not_tried", "没申请过", "Did not apply"),
    DONT_KNOW,
    REFUSED,
)
LOAN_REASONS = b.choices(
    "loan_reason",
    ("how", "不知道怎么申请", "Do not know how to apply"),
    ("security", "没有抵押、担保", "No security or guarantor"),
    ("repay", "怕还不上", "Afraid of not being able to repay"),
    ("interest", "利息高", "The interest is high"),
    ("hope", "觉得贷不到", "Expected to be turned down"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
LEASING = b.choices(
    "leasing",
    ("already", "已经流转了", "Already leased out"),
    ("all", "愿意全部流转", "Yes, all of it"),
    ("part", "愿意流转一部分", "Yes, part of it"),
    ("no", "不愿意", "No"),
    DONT_KNOW,
    REFUSED,
)
_GROWS = chosen("income_sources", "crops", "fruit_forest")
_HAS_IDEA = equals("has_idea", "yes")


def aspirations() -> Item:
    """Income first, then ideas; what stands in the way is asked of those who have one."""
    return b.group(
        "aspirations", zh="三、致富愿望", en="3. Aspirations", relevant=CONSENTED, items=[*_income(), *_ideas(), *_means()]
    )


def _income() -> list[Item]:
    return [
        several("income_sources", SOURCES, zh="您家的收入从哪里来？", en="Where does your household's income come from?"),
        specify("income_sources", "其他收入从哪里来？", "What is the other source?"),
        one(
            "main_income",
            SOURCES,
            zh="最主要的是哪一项？",
            en="Which of them brings in most?",
            relevant=substantive("income_sources", 2),
            note=SAID_BEFORE,
            choice_filter=said_in("income_sources"),
        ),
        b.decimal(
            "land_area",
            zh="您家种了多少亩？（水田、旱地、果园加起来）",
            en="How many mu does your household farm? (fields and orchards together)",
            hint={"zh": "说不清就留空。", "en": "Leave blank if not known."},
            relevant=_GROWS,
            constraint=". >= 0 and . <= 1000",
            constraint_message={"zh": "请填0到1000亩之间的数。", "en": "Give an area from 0 to 1,000 mu."},
        ),
        one(
            "leasing",
            LEASING,
            zh="要是价钱合适，您家愿意把地流转出去吗？",
            en="At a fair price, would your household lease out its land?",
            relevant=_GROWS,
        ),
        one(
            "income",
            INCOME,
            zh="最近12个月，全家的现金收入大约是多少？",
            en="About how much cash income did the household have in the past 12 months?",
            hint={"zh": "可以只指给住户看选项。", "en": "You may show the answers instead of reading them out."},
        ),
        one(
            "income_change", CHANGE, zh="和前一年比，是多了还是少了？", en="Compared with the year before, was that more or less?"
        ),
    ]


def _ideas() -> list[Item]:
    return [
        one("has_idea", YES_NO_UNSURE, zh="您家有没有多挣些钱的打算？", en="Does your household have any plan for earning more?"),
        one(
            "no_idea_reason",
            NO_IDEA,
            zh="没有打算，主要因为什么？",
            en="What is the main reason for having none?",
            relevant=equals("has_idea", "no"),
        ),
        specify("no_idea_reason", "主要因为什么？", "What is that reason?"),
        several("ideas", IDEAS, zh="打算做什么？", en="What do you plan to do?", relevant=_HAS_IDEA),
        specify("ideas", "还打算做什么？", "What else do you plan?"),
        b.text(
            "idea_text",
            zh="具体怎么打算？",
            en="How would you go about it?",
            hint={"zh": "用住户自己的话；可以不填。", "en": "In the household's own words; may be left blank."},
            relevant=_HAS_IDEA,
        ),
        several("obstacles", OBSTACLES, zh="要做成这件事，有什么困难？", en="What stands in the way?", relevant=_HAS_IDEA),
        specify("obstacles", "还有什么困难？", "What else stands in the way?"),
        one(
            "main_obstacle",
            OBSTACLES,
            zh="最大的困难是哪一个？",
            en="Which is the greatest?",
            relevant=f"({_HAS_IDEA}) and {substantive('obstacles', 2)}",
            note=SAID_BEFORE,
            choice_filter=said_in("obstacles"),
        ),
    ]


def _means() -> list[Item]:
    return [
        one(
            "loan_tried",
            LOAN,
            zh="最近两年，您家申请过银行或信用社的贷款吗？",
            en="In the past two years, did your household apply for a bank or credit union loan?",
            relevant=chosen("obstacles", "capital"),
        ),
        one(
            "loan_reason",
            LOAN_REASONS,
            zh="没申请，主要因为什么？",
            en="What is the main reason for not applying?",
            relevant=equals("loan_tried", "not_tried"),
        ),
        specify("loan_reason", "主要因为什么？", "What is that reason?"),
        several("support", SUPPORT, zh="希望得到哪些支持？", en="What support would you like?", relevant=_HAS_IDEA),
        specify("support", "还希望得到什么支持？", "What other support?"),
    ]

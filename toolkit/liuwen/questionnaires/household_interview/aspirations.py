"""Third question, 致富愿望: where income comes from now, ideas for earning more, and what stands in the way."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, said_in, several, specify, substantive
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, SAID_BEFORE, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.income import income
from liuwen.questionnaires.household_interview.visit import CONSENTED

IDEAS = b.choices(
    "ideas",
    ("more_crops", "多种一些", "Grow more"),
    ("new_crops", "换种值钱的", "Grow something that pays better"),
    ("livestock", "搞养殖", "Raise animals"),
    ("processing", "搞加工", "Process produce"),
    ("shop", "开店、做买卖", "Open a shop, or buy and sell"),
    ("online_sales", "网上卖货、直播", "Sell online or by live stream"),
    ("tourism", "搞农家乐", "Meals or rooms for tourists"),
    ("transport", "跑运输", "Transport"),
    ("work_away", "外出打工", "Work away"),
    ("work_near", "在附近打工", "Work nearby"),
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
    ("labour", "没有劳力", "No labour for it"),
    ("money", "没有本钱", "No money to start with"),
    ("health", "年纪大、身体不好", "Old age or poor health"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
OBSTACLES = b.choices(
    "obstacles",
    ("capital", "缺资金", "Too little money"),
    ("skills", "缺技术", "Too little skill"),
    ("labour", "缺劳力", "Too few hands"),
    ("land", "缺土地、场地", "Too little land or space"),
    ("selling", "怕卖不出去", "Fear of not selling"),
    ("information", "不了解行情", "The market is not known"),
    ("works", "路、水、电跟不上", "Roads, water or power are not good enough"),
    ("risk", "怕亏本", "Fear of loss"),
    ("permits", "手续难办", "Permits are hard to get"),
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
    ("not_needed", "用不着", "No need"),
    ("how", "不知道怎么申请", "Do not know how to apply"),
    ("security", "没有抵押、担保", "No security or guarantor"),
    ("repay", "怕还不上", "Afraid of not being able to repay"),
    ("interest", "利息高", "The interest is high"),
    ("hope", "觉得贷不到", "Expected to be turned down"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
LENDERS = b.choices(
    "borrowed_from",
    ("bank", "银行、信用社", "A bank or credit union"),
    ("relatives", "亲戚朋友", "Relatives or friends"),
    ("shop", "商店、农资店赊账", "Shops, on account"),
    ("online", "手机上的网贷", "A lender on the phone"),
    ("private", "要付利息的私人借款", "A private lender at interest"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
_HAS_IDEA = equals("has_idea", "yes")


def aspirations(*, situation: bool, land: bool, income_details: bool, credit: bool, plans: bool) -> Item:
    """Income first, then borrowing, then ideas; where the members are known, ideas are asked only where someone is 16 to 69."""
    earns = "${members_agreed} != 'yes' or ${earning_age} > 0" if situation else ""
    ideas = b.group(
        "earning_more", zh="增收的打算", en="Earning more", relevant=earns, items=[*_ideas(plans), *_obstacles(plans)]
    )
    return b.group(
        "aspirations",
        zh="三、致富愿望",
        en="3. Aspirations",
        relevant=CONSENTED,
        items=[*income(land=land, details=income_details), _borrowing(), *(_loans() if credit else []), ideas],
    )


def _borrowing() -> Item:
    return one(
        "borrowed",
        YES_NO_UNSURE,
        zh="最近12个月，家里要用钱时，有没有借过？",
        en="In the past 12 months, did the household borrow when it needed money?",
    )


def _loans() -> list[Item]:
    return [
        several(
            "borrowed_from",
            LENDERS,
            zh="跟谁借的？",
            en="From whom?",
            hint={"zh": "不问借了谁、借了多少。", "en": "Ask neither for names nor for sums."},
            relevant=equals("borrowed", "yes"),
        ),
        specify("borrowed_from", "还从哪里借的？", "From where else?"),
        one(
            "loan_tried",
            LOAN,
            asking="listen",
            zh="最近两年，您家申请过银行或信用社的贷款吗？",
            en="In the past two years, did your household apply for a bank or credit union loan?",
        ),
        one(
            "loan_reason",
            LOAN_REASONS,
            asking="listen",
            zh="没申请，主要因为什么？",
            en="What is the main reason for not applying?",
            relevant=equals("loan_tried", "not_tried"),
        ),
        specify("loan_reason", "主要因为什么？", "What is that reason?"),
    ]


def _ideas(plans: bool) -> list[Item]:
    asked = [
        one("has_idea", YES_NO_UNSURE, zh="您家有没有多挣些钱的打算？", en="Does your household have any plan for earning more?"),
        one(
            "no_idea_reason",
            NO_IDEA,
            asking="listen",
            zh="没有打算，主要因为什么？",
            en="What is the main reason for having none?",
            relevant=equals("has_idea", "no"),
        ),
        specify("no_idea_reason", "主要因为什么？", "What is that reason?"),
        several("ideas", IDEAS, zh="打算做什么？", en="What do you plan to do?", relevant=_HAS_IDEA),
        specify("ideas", "还打算做什么？", "What else do you plan?"),
    ]
    words = b.text(
        "idea_text",
        zh="具体怎么打算？",
        en="How would you go about it?",
        hint={"zh": "用住户自己的话；可以不填。", "en": "In the household's own words; may be left blank."},
        relevant=_HAS_IDEA,
    )
    return [*asked, words] if plans else asked


def _obstacles(plans: bool) -> list[Item]:
    return [
        several("obstacles", OBSTACLES, zh="要做成这件事，有什么困难？", en="What stands in the way?", relevant=_HAS_IDEA),
        specify("obstacles", "还有什么困难？", "What else stands in the way?"),
        *(_details() if plans else []),
    ]


def _details() -> list[Item]:
    greatest = one(
        "main_obstacle",
        OBSTACLES,
        asking="",
        zh="最大的困难是哪一个？",
        en="Which is the greatest obstacle?",
        relevant=f"({_HAS_IDEA}) and {substantive('obstacles', 2)}",
        note=SAID_BEFORE,
        choice_filter=said_in("obstacles"),
    )
    support = several("support", SUPPORT, zh="希望得到哪些支持？", en="What support would you like?", relevant=_HAS_IDEA)
    return [greatest, support, specify("support", "还希望得到什么支持？", "What other support?")]

"""The bank: answers, lists and questions that several questionnaires share, each written once.

Every closed question can be left unanswered openly: *don't know*, *does not concern me* and *would rather not say* are three
answers, kept apart, and none of them goes together with another one.
"""

from liuwen.form import builder as b

Answer = tuple[str, str, str]
"""One answer: what is stored, Chinese, English."""

DONT_KNOW: Answer = ("dont_know", "不知道、说不清", "Don't know")
NO_CONTACT: Answer = ("no_contact", "没打过交道、用不上", "Had no dealings with it, or does not concern me")
REFUSED: Answer = ("refused", "不想说", "Would rather not say")
NONE: Answer = ("none", "没有", "None")
OTHER: Answer = ("other", "其他", "Other")
ALONE = ("none", "nobody", "nothing", "no_contact", "dont_know", "refused")
"""Values that cannot go together with others."""

NOT_READ_OUT = ("other", "no_contact", "dont_know", "refused")
"""Values that are offered to nobody: the respondent comes to them unasked."""

SAID_BEFORE = "What “other” is was asked where it was first chosen. # liuwen: ignore=other-without-specify"
"""Stands in the note column of a question whose choices are those of an earlier answer."""

AGREE = b.choices("agree", ("yes", "愿意", "Yes"), ("no", "不愿意", "No"))
CAN = b.choices("can", ("yes", "可以", "Yes"), ("no", "不可以", "No"))
YES_NO_UNSURE = b.choices("yes_no_unsure", ("yes", "有", "Yes"), ("no", "没有", "No"), DONT_KNOW, REFUSED)
ALL_SOME_NONE = b.choices(
    "all_some_none",
    ("all", "都参加了", "All of them"),
    ("some", "有的参加了", "Some of them"),
    ("none", "都没有参加", "None of them"),
    DONT_KNOW,
    REFUSED,
)
SEX = b.choices("sex", ("male", "男", "Male"), ("female", "女", "Female"))
AGES = b.choices(
    "age_band",
    ("a18", "18到29岁", "18 to 29"),
    ("a30", "30到44岁", "30 to 44"),
    ("a45", "45到59岁", "45 to 59"),
    ("a60", "60到69岁", "60 to 69"),
    ("a70", "70岁以上", "70 or over"),
    REFUSED,
)
TIMES = b.choices(
    "times",
    ("never", "没有来过", "Never"),
    ("once", "1次", "Once"),
    ("two_three", "2到3次", "2 or 3 times"),
    ("four_more", "4次以上", "4 times or more"),
    DONT_KNOW,
    REFUSED,
)
CAME = b.choices(
    "came",
    ("yes", "来过", "Yes"),
    ("no", "没来过", "No"),
    ("away", "那段时间家里没人", "Nobody was at home then"),
    DONT_KNOW,
    REFUSED,
)
KNOWN = b.choices("known", ("yes", "知道", "Yes"), ("no", "不知道", "No"), REFUSED)
COACHED = b.choices(
    "coached",
    ("nobody", "没有", "No"),
    ("told", "有人说过该怎么回答", "Was told how to answer"),
    ("given", "给过东西", "Was given something"),
    REFUSED,
)
CHANGE = b.choices(
    "change",
    ("much_better", "好了很多", "Much better"),
    ("better", "好了一些", "Somewhat better"),
    ("same", "差不多", "About the same"),
    ("worse", "差了一些", "Somewhat worse"),
    ("much_worse", "差了很多", "Much worse"),
    DONT_KNOW,
    REFUSED,
)
PARENTS = b.choices(
    "parents",
    ("both", "父母都在家", "Both at home"),
    ("father", "只有父亲在家", "Only the father"),
    ("mother", "只有母亲在家", "Only the mother"),
    ("neither", "都不在家", "Neither"),
    DONT_KNOW,
    REFUSED,
)
WORRIES = b.choices(
    "worries",
    ("work", "找工作、挣钱", "Work and earning"),
    ("schooling", "孩子上学", "Children's schooling"),
    ("medical", "看病", "Illness and treatment"),
    ("old_age", "养老", "Support in old age"),
    ("care", "照顾老人、病人、孩子", "Looking after family"),
    ("debts", "欠债、钱不够", "Debts, or too little money"),
    ("marriage", "儿女婚事", "A child's marriage"),
    ("house", "房子", "The house"),
    ("land", "地里的事", "Fields and crops"),
    OTHER,
    ("none", "没有什么操心的", "Nothing much"),
    DONT_KNOW,
    REFUSED,
)
NEEDS = b.choices(
    "needs",
    ("living", "钱不够过日子、欠债", "Not enough to live on, debts"),
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
    ("wages", "工钱要不回来", "Wages owed"),
    ("skills", "缺技术", "Lack of skills"),
    ("capital", "缺本钱、贷款难（种养、做生意用）", "Too little capital, or loans hard to get (for farming or business)"),
    ("selling", "东西卖不出去", "Produce does not sell"),
    ("labour", "缺劳力", "Lack of labour"),
    ("land", "土地的事", "Land"),
    ("land_taken", "征地、拆迁、宅基地", "Land taken, demolition or house plots"),
    ("disaster", "受灾、庄稼牲畜损失", "Disaster, lost crops or animals"),
    ("wildlife", "野猪等毁庄稼", "Wild animals spoiling crops"),
    ("marriage", "婚嫁、彩礼", "Marriage costs, bride price"),
    ("benefits", "该享受的待遇没享受到", "Benefits due, but not received"),
    ("dispute", "邻里纠纷", "A dispute with neighbours"),
    ("documents", "办证、办手续", "Certificates and procedures"),
    ("sanitation", "垃圾、污水", "Rubbish or waste water"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
TOLD_WHOM = b.choices(
    "told_whom",
    ("nobody", "没有跟谁说过", "Nobody"),
    ("village", "村里", "The village"),
    ("team", "驻村工作队", "The posted work team"),
    ("grid", "网格员", "The grid worker"),
    ("town", "镇里", "The town"),
    ("county", "县里", "The county"),
    ("hotline", "打过12345等热线", "12345 or another hotline"),
    ("online", "网上留言", "Online message"),
    ("petition", "信访", "The petition office"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
OUTCOMES = b.choices(
    "outcome",
    ("solved", "解决了", "Solved"),
    ("partly", "解决了一部分", "Partly solved"),
    ("under_way", "正在办", "Being dealt with"),
    ("promised", "答应了，没有动静", "Promised, and nothing happened since"),
    ("explained", "说明了办不了的原因", "It was explained why it cannot be done"),
    ("no_answer", "没有答复", "No answer"),
    DONT_KNOW,
    REFUSED,
)

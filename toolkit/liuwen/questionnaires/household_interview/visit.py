"""How a visit opens: who, where and when; what became of it at the door; what the visit is for; the household's consent."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Texts
from liuwen.questionnaires.asking import ASKING, equals, one, several, specify
from liuwen.questionnaires.bank import AGREE, OTHER
from liuwen.questionnaires.places import Places

CONSENTED = equals("consent", "yes")
_READY = equals("visit_result", "ready")

RESULTS = b.choices(
    "visit_result",
    ("ready", "有满18岁、能回答的人在家", "Someone of 18 or over who can answer is at home"),
    ("nobody", "家里没人", "Nobody at home"),
    ("no_adult", "只有孩子在家，或者没有人能回答", "Only children, or no one able to answer"),
    ("away", "整户外出，常年不在", "The whole household lives away"),
    ("vacant", "空房，没人住", "House not lived in"),
)
GROUPS = b.choices(
    "household_groups",
    ("allowance", "低保户", "Minimum living allowance"),
    ("near_allowance", "低保边缘户", "Just above the allowance line"),
    ("extreme", "特困供养（原来的五保）", "Extreme-hardship support (formerly five-guarantee)"),
    ("high_costs", "刚性支出困难户", "In hardship through unavoidable costs"),
    ("lifted", "脱贫户", "Lifted out of poverty"),
    ("monitored", "监测户（防止返贫致贫对象）", "Monitored against falling back into poverty"),
    ("disabled", "有持证残疾人", "Has a member with a disability certificate"),
    ("party_hardship", "困难党员", "Party member in hardship"),
    ("former_officer", "离任村干部", "Former village officer"),
    ("veteran", "退役军人、军烈属", "Veteran, or family of a soldier or martyr"),
    ("lost_only_child", "计划生育特殊家庭", "Only child lost or disabled (family-planning special family)"),
    ("prospered", "致富能手、种养大户", "Has prospered, or grows or breeds on a large scale"),
    ("not_looked_up", "没有查名册", "The register was not looked at"),
    ("none", "以上都不是", "None of these"),
)
"""Status on the village's registers. Who lives in the household is reckoned from its members and not asked again."""
ROLES = b.choices(
    "respondent_role",
    ("head", "户主", "Head of the household"),
    ("spouse", "户主的配偶", "The head's spouse"),
    ("child", "户主的成年子女或其配偶", "The head's grown-up child, or that child's spouse"),
    ("parent", "户主的父母", "The head's parent"),
    ("other_adult", "家里其他满18岁的人", "Another member aged 18 or over"),
)
REFUSAL = b.choices(
    "refusal_reason",
    ("not_now", "现在没空，可以改天再来", "Not now, another day is fine"),
    ("visited_lately", "前不久刚有人来过，不想再谈", "Was visited lately and does not want another visit"),
    ("cannot_follow", "听不懂、耳背、病着", "Cannot follow the language, hard of hearing, or ill"),
    ("unwilling", "不愿意谈", "Does not wish to talk"),
    OTHER,
)
TOPICS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "situation": ("家里的情况", "how your household is doing"),
        "difficulties": ("难处", "your difficulties"),
        "aspirations": ("挣钱的打算", "your plans for earning"),
        "suggestions": ("对村镇的建议", "your suggestions for village and town"),
        "development": ("村镇发展的主意", "your ideas for their development"),
        "matters": ("要办的事", "what you ask to have done"),
        "appraisal": ("对干部的看法", "your view of the officials"),
    }
)


def purpose(modules: Sequence[str], minutes: int, keep_years: int) -> Texts:
    """The introduction at the door: who asks, what about, how long it takes, and what is done with the answers.

    It speaks of the chosen `modules` only. It names what China's Personal Information Protection Law asks for before anything
    is collected (article 17): who, what for, how long it is kept, and how to have it corrected or deleted.
    """
    named = [name for name in TOPICS if name in modules and not (name == "development" and "suggestions" in modules)]
    topics = [TOPICS[name] for name in named] or [TOPICS["situation"]]
    zh = "、".join(topic for topic, _ in topics)
    en = ", ".join(topic for _, topic in topics)
    matter_zh, matter_en = _MATTERS if "matters" in modules else ("", "")
    return {
        "zh": f"您好！我是镇里来走访的干部（说姓名、单位，出示工作证），想听听{zh}。大约需要{minutes}分钟。说不说都由您，"
        f"哪一题不想答就不答，随时可以停，不影响您家任何待遇。{matter_zh}{'其他' if matter_zh else '您的'}回答只给办事的人看，"
        f"公布时只有合计数，看不出是哪一家。回答保存{keep_years}年；要看、要更正、要删除，或者对走访有意见，打卡上的电话。",
        "en": f"Good day. I am an official of the town (say name and unit, show the badge) and should like to hear about {en}. "
        f"It takes about {minutes} minutes. It is up to you: skip any question, stop at any time; nothing you are entitled to "
        f"depends on it. {matter_en}{'Your other' if matter_en else 'Your'} answers are seen only by those who handle them, and "
        "are published only as totals in which no household can be recognised. They are kept for "
        f"{keep_years} year{'s' * (keep_years != 1)}; to see, correct or delete them, or to complain about this visit, ring the "
        "number on the card.",
    }


_MATTERS = (
    "您提的具体事情会登记下来办理，办到哪一步会在村里公开栏公布，不写您的名字；不想公布的，告诉我一声。",
    "A matter that you ask us to deal with is written down, and what becomes of it is posted on the village board without your "
    "name; tell me if you do not want that. ",
)


def metadata() -> list[Item]:
    """What the phone notes by itself."""
    return [b.start(), b.end(), b.today(), b.audit()]


def opening(places: Places, said: Texts) -> list[Item]:
    """Visitor, day and house; what became of the visit; then consent, without which nothing is asked of the household."""
    return [
        b.group("visit", zh="走访", en="The visit", items=visited(places)),
        _consent(said),
        b.calculate(
            "visit_outcome",
            f"if({CONSENTED}, 'interviewed', if({equals('consent', 'no')}, "
            f"if({equals('refusal_reason', 'not_now')}, 'another_day', 'refused'), ${{visit_result}}))",
        ),
    ]


def visited(places: Places) -> list[Item]:
    """Who went where on which day, and what became of it at the door."""
    return [
        places.visitor,
        b.integer(
            "companions",
            zh="几个人和您一起去？（干部，不算您自己）",
            en="How many other officials go with you?",
            hint=ASKING["visitor"],
            required=True,
            default="0",
            constraint=". >= 0 and . <= 50",
            constraint_message={"zh": "请填0到50之间的人数。", "en": "Give a number of people from 0 to 50."},
        ),
        day("visit_date", "走访日期", "Date of the visit"),
        *places.village,
        *places.household,
        one(
            "visit_result",
            RESULTS,
            asking="visitor",
            zh="这次走访，家里有没有人？",
            en="Was anybody at home on this visit?",
        ),
    ]


def day(name: str, zh: str, en: str) -> Item:
    """A day that is today unless said otherwise, and never later."""
    return b.date(
        name,
        zh=zh,
        en=en,
        hint=ASKING["visitor"],
        required=True,
        default="today()",
        constraint=". <= today()",
        constraint_message={"zh": "日期不能晚于今天。", "en": "The date cannot be later than today."},
    )


def _consent(said: Texts) -> Item:
    return b.group(
        "consenting",
        zh="征得同意",
        en="Consent",
        relevant=_READY,
        items=[
            b.note("purpose", label=said, hint={"zh": "请读给住户听。", "en": "Read this out."}),
            b.select_one("consent", AGREE, zh="您愿意跟我聊一聊吗？", en="Are you willing to talk with me?", required=True),
            one(
                "refusal_reason",
                REFUSAL,
                asking="visitor",
                zh="没有谈成，是因为什么？",
                en="Why was there no interview?",
                hint={"zh": "不追问。", "en": "Do not press for a reason."},
                relevant=equals("consent", "no"),
            ),
            specify("refusal_reason", "其他原因是什么？", "What was the other reason?"),
            b.date(
                "come_back",
                zh="约好哪天再来？",
                en="Which day was agreed for another visit?",
                relevant=equals("refusal_reason", "not_now"),
                constraint=". >= ${visit_date}",
                constraint_message={"zh": "再来的日期不能早于这次走访。", "en": "The day cannot be before this visit."},
            ),
        ],
    )


def home(*, roster: bool, position: bool) -> Item:
    """Status of the household, and with `position` where it stands; who answers, where no roster of members says so."""
    role = one("respondent_role", ROLES, asking="visitor", zh="回答的人是这家的什么人？", en="Who in the household is answering?")
    return b.group(
        "home",
        zh="住户",
        en="The household",
        relevant=CONSENTED,
        items=[
            *([] if roster else [role]),
            several(
                "household_groups",
                GROUPS,
                asking="visitor",
                zh="名册上，这一家是哪些身份？",
                en="Which statuses do the registers give this household?",
                hint={
                    "zh": "按名册填，只核对，不当着外人念。",
                    "en": "From the register; only confirm it, and never before others.",
                },
                constraint="count-selected(.) = 1 or not(selected(., 'none') or selected(., 'not_looked_up'))",
            ),
            *(_position() if position else []),
        ],
    )


def _position() -> list[Item]:
    return [
        b.select_one(
            "position_agreed",
            AGREE,
            zh="您愿意让手机记下您家房子的位置吗？只用来安排修路、通水等事，不公布；不记也行，不影响走访。",
            en="May the phone record where your house stands? It serves to plan roads and other works and is not published; "
            "you may say no.",
            required=True,
        ),
        b.geopoint(
            "position",
            zh="记录位置",
            en="Record the position",
            hint={"zh": "站在门口；没有信号可以跳过。", "en": "Stand at the door; skip it where there is no signal."},
            relevant=equals("position_agreed", "yes"),
        ),
    ]

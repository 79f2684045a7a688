"""Fourth question, 干部评价: the village's two committees and the town's staff, ability and conduct asked apart.

The group is marked as unlinked: when submissions are read, its answers go into a table of their own, without household, visitor
or order. The submission itself still holds both, and the people are told no more than that; where that is too little, encrypt
what is collected, or ask with the anonymous form. Nothing in it names a person.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import AGREE, DONT_KNOW, OTHER, QUALITY, REFUSED, TIMES, equals, one, several, specify

CONDUCT = b.choices(
    "conduct_problems",
    ("indifferent", "对群众的难处不上心", "Indifferent to people's hardship"),
    ("careless", "做事马虎", "Careless at work"),
    ("absent", "很难找到人", "Hard to find"),
    ("slow", "办事拖拉", "Slow"),
    ("rude", "态度不好", "Rude"),
    ("unfair", "办事不公道", "Unfair"),
    ("promises", "说了不做", "Does not do what was promised"),
    ("secret", "账目、事情不公开", "Accounts or decisions kept from people"),
    ("meddling", "为亲友、老板插手工程", "Meddles in projects for relatives or private owners"),
    ("favours", "吃请、收礼", "Takes meals or gifts"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
ABILITY = b.choices(
    "ability_problems",
    ("ideas", "缺少发展的办法", "No ideas for development"),
    ("projects", "争不来项目", "Brings in no projects"),
    ("finish", "事情办不成、办不完", "Things are not carried through"),
    ("disputes", "调解不了纠纷", "Cannot settle disputes"),
    ("policy", "政策讲不清楚", "Cannot explain policy"),
    ("unity", "班子不团结", "Does not work together"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)

BODIES = {
    "branch": ("村党支部", "the village Party branch"),
    "committee": ("村委会", "the village committee"),
    "town": ("镇干部", "the town's staff"),
}
"""Who is appraised: the village's two committees, and the town's staff."""

ASSURANCE = {
    "zh": "下面想听听您对村里、镇里工作的看法。整理的时候，这一部分会和您家的其他回答分开，看不出是哪一家说的。",
    "en": "Now I should like to hear what you think of the work of the village and the town. When the answers "
    "are read, these are taken apart from your household's others, so that it cannot be told which household gave them.",
}
WITHOUT_OFFICIALS = {
    "zh": "有村组干部在场时，请他们先回避；请不要在这一部分写人名。",
    "en": "If a village official is present, ask them to step away first. Write no person's name in this part.",
}


def appraisal(relevant: str) -> Item:
    """The section, asked where `relevant` holds, and within it of those who wish to speak."""
    return b.group(
        "appraisal", zh="四、干部评价", en="4. Appraisal", unlinked=True, relevant=relevant, items=[_agreement(), _asked()]
    )


def appraisal_questions() -> list[Item]:
    """What is asked, one body after the other, then what was done well and what could be better."""
    ratings = [item for body, (zh, en) in BODIES.items() for item in _body(body, zh, en)]
    return [*ratings, *_visits(), *_village_affairs(), *_problems(), *_words()]


def _agreement() -> Item:
    return b.group(
        "appraisal_start",
        zh="评价之前",
        en="Before the appraisal",
        items=[
            b.note("assurance", label=ASSURANCE, hint=WITHOUT_OFFICIALS),
            b.select_one(
                "appraisal_agreed", AGREE, zh="您愿意谈谈吗？", en="Are you willing to say what you think?", required=True
            ),
        ],
    )


def _asked() -> Item:
    agreed = equals("appraisal_agreed", "yes")
    return b.group("appraisal_asked", zh="评价", en="The appraisal", relevant=agreed, items=appraisal_questions())


def _body(body: str, zh: str, en: str) -> list[Item]:
    return [
        one(
            f"{body}_ability",
            QUALITY,
            zh=f"您觉得{zh}的工作能力怎么样？",
            en=f"How do you find the ability of {en} to do its work?",
        ),
        one(
            f"{body}_conduct", QUALITY, zh=f"您觉得{zh}的工作作风怎么样？", en=f"How do you find the conduct of {en} in its work?"
        ),
    ]


def _visits() -> list[Item]:
    asked = {"village": ("村干部", "a village official"), "town": ("镇里的干部", "someone from the town's staff")}
    return [
        one(
            f"{place}_visits",
            TIMES,
            zh=f"最近12个月，{zh}到您家来过几次？",
            en=f"In the past 12 months, how often did {en} come to your home?",
            hint={"zh": "不算这一次。", "en": "Not counting this visit."},
        )
        for place, (zh, en) in asked.items()
    ]


def _village_affairs() -> list[Item]:
    return [
        one(
            "village_fairness",
            QUALITY,
            zh="您觉得村里在办事公道上做得怎么样？",
            en="How well does the village do at treating people fairly?",
        ),
        one(
            "village_openness",
            QUALITY,
            zh="您觉得村里在账目公开上做得怎么样？",
            en="How well does the village do at publishing its accounts?",
        ),
    ]


def _problems() -> list[Item]:
    low = {kind: " or ".join(equals(f"{body}_{kind}", "poor", "very_poor") for body in BODIES) for kind in ("conduct", "ability")}
    return [
        several(
            "conduct_problems",
            CONDUCT,
            zh="您觉得作风差在哪些地方？",
            en="In what ways is conduct poor?",
            relevant=low["conduct"],
        ),
        specify("conduct_problems", "还差在哪里？", "In what other way?"),
        several(
            "ability_problems",
            ABILITY,
            zh="您觉得能力差在哪些地方？",
            en="In what ways is ability poor?",
            relevant=low["ability"],
        ),
        specify("ability_problems", "还差在哪里？", "In what other way?"),
    ]


def _words() -> list[Item]:
    hint = {"zh": "可以不填；不写人名。", "en": "May be left blank; no names."}
    return [
        b.text("done_well", zh="哪些事做得好？", en="What is done well?", hint=hint),
        b.text("do_better", zh="哪些事应该做得更好？", en="What should be done better?", hint=hint),
    ]

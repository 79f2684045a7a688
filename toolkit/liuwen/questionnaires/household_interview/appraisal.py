"""Fourth question, 干部评价: the village's officials and the town's staff; what was met with first, then how it was.

It is asked last and by the respondent's own hand. The group is marked as unlinked: when submissions are read, its answers go
into a table of their own, without household, visitor or order, and nothing outside it hangs on them. The submission itself
still holds both, and people are told no more; where it is too little, encrypt, or ask with the anonymous form.
Secretary and director are mostly one person today (一肩挑), so the two committees (村两委) are rated together; ability is asked
as what they get done, conduct as how they treat people and how carefully they work. Nothing in it names a person.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import Asking, equals, one, several, specify
from liuwen.questionnaires.bank import AGREE, DONT_KNOW, OTHER, OUTCOMES, REFUSED, TIMES, YES_NO_UNSURE
from liuwen.questionnaires.scales import DEALINGS, coin, rated

PROBLEMS = b.choices(
    "problems",
    ("indifferent", "对群众的难处不上心", "Indifferent to people's hardship"),
    ("careless", "做事马虎", "Careless at work"),
    ("absent", "很难找到人", "Hard to find"),
    ("slow", "办事拖拉", "Slow"),
    ("rude", "态度不好", "Unfriendly"),
    ("unequal", "对人不一样、评得不公道", "Treats people unequally, awards help unfairly"),
    ("promises", "说了不做", "Does not do what was promised"),
    ("secret", "账目、事情不公开", "Keeps accounts or decisions from people"),
    ("meddling", "为亲友、老板插手工程", "Meddles in projects for relatives or business owners"),
    ("favours", "吃请、收礼", "Takes meals or gifts"),
    ("unfinished", "事情办不成、办不完", "Does not carry things through"),
    ("policy", "政策讲不清楚", "Cannot explain policy"),
    ("disputes", "调解不了纠纷", "Cannot settle disputes"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
BODIES = {
    "village": ("村两委干部", "the village's officials", "村里的事"),
    "town": ("镇干部", "the town's staff", "镇里的事"),
}
"""Who is rated in full: the village's two committees, and the town's staff."""
ASPECTS = ("manner", "care", "results")
"""How they treat people, how carefully they work (both 作风), what they get done (能力)."""

ASSURANCE = {
    "zh": "下面几题是说干部的，不写户号，整理时和您家的其他回答分开。请您自己拿手机点，我不看，点到请您交还手机为止。",
    "en": "The next questions are about officials. This part carries no household number and is kept apart from your other "
    "answers. Please take the phone and tap the answers yourself; I do not look, until it asks you to give the phone back.",
}
WITHOUT_OFFICIALS = {
    "zh": "请读出来，把手机交给对方。有村组干部在场时，请他们先回避。",
    "en": "Read this out and hand over the phone. If a village official is present, ask them to step away first.",
}
PRESENT = b.choices(
    "official_present",
    ("nobody", "没有干部在场", "No official was present"),
    ("village", "有村组干部在场", "A village official was present"),
    ("town", "有镇里的其他干部在场", "Other town staff were present"),
)


def appraisal(relevant: str, *, officials: bool = False) -> Item:
    """The section, asked where `relevant` holds, of those who wish to speak; with `officials`, of more than the two bodies."""
    agreed = equals("appraisal_agreed", "yes")
    asked = b.group(
        "appraisal_asked", zh="评价", en="The appraisal", relevant=agreed, items=appraisal_questions("self", officials=officials)
    )
    return b.group(
        "appraisal",
        zh="四、干部评价",
        en="4. Appraisal",
        unlinked=True,
        relevant=relevant,
        items=[_agreement(), *coin("appraisal_"), asked, *_handed_back()],
    )


def appraisal_questions(asking: Asking, *, officials: bool) -> list[Item]:
    """Whether they were met with, then how it was; fairness and accounts; what is poor, body by body; own words."""
    nearby = _nearby(asking) if officials else []
    return [
        *_village(asking, officials),
        *nearby,
        *_town(asking, officials),
        *_fairness(asking, officials),
        *_problems(asking, officials),
        *_words(officials),
    ]


def _agreement() -> Item:
    return b.group(
        "appraisal_start",
        zh="评价之前",
        en="Before the appraisal",
        items=[
            b.note("assurance", label=ASSURANCE, hint=WITHOUT_OFFICIALS),
            b.select_one(
                "appraisal_agreed", AGREE, zh="您愿意说说吗？", en="Are you willing to say what you think?", required=True
            ),
        ],
    )


def _handed_back() -> list[Item]:
    return [
        b.note("handed_back", zh="请把手机交还走访人。谢谢！", en="Please give the phone back to the visitor. Thank you."),
        official_present(),
    ]


def official_present() -> Item:
    """Whether an official stood by, kept with the appraisal so that it can be held against it."""
    return one(
        "official_present",
        PRESENT,
        asking="visitor",
        zh="评价时有没有干部在场？",
        en="Was any official present during the appraisal?",
        hint={"zh": "问的人自己不算。", "en": "Not counting who asked."},
    )


def _village(asking: Asking, officials: bool) -> list[Item]:
    return [*_met("village", asking, "村干部", "the village's officials", visits=officials), *_ratings("village", asking)]


def _town(asking: Asking, officials: bool) -> list[Item]:
    return [*_met("town", asking, "镇里的干部", "the town's staff", visits=officials), *_ratings("town", asking)]


def _met(body: str, asking: Asking, zh: str, en: str, *, visits: bool) -> list[Item]:
    came = one(
        f"{body}_visits",
        TIMES,
        asking=asking,
        zh=f"最近12个月，{zh}到您家来过几次？",
        en=f"In the past 12 months, how many times did {en} come to your home?",
        hint={"zh": "不算这一次。", "en": "Not counting this visit."},
    )
    went = [
        one(
            f"{body}_asked",
            YES_NO_UNSURE,
            zh=f"最近12个月，您家有没有事找过{zh}？",
            en=f"In the past 12 months, did your household go to {en} with anything?",
        ),
        one(
            f"{body}_came_of_it",
            OUTCOMES,
            asking=asking,
            zh="找了以后，怎么样了？",
            en="What came of it?",
            relevant=equals(f"{body}_asked", "yes"),
        ),
    ]
    return [came, *went] if visits else went


def _ratings(body: str, asking: Asking) -> list[Item]:
    zh, en, affairs = BODIES[body]
    worded = {
        "manner": (f"{zh}待人的态度怎么样？", f"How do {en} treat people?"),
        "care": (f"{zh}办事的认真劲怎么样？", f"How would you rate the thoroughness with which {en} work?"),
        "results": (f"{affairs}，他们办得怎么样？", f"How well do {en} get things done?"),
    }
    return [_rated(f"{body}_{aspect}", asking, *worded[aspect]) for aspect in ASPECTS]


def _rated(name: str, asking: Asking, zh: str, en: str) -> Item:
    return rated(name, DEALINGS, section="appraisal_", asking=asking, zh=zh, en=en)


def _nearby(asking: Asking) -> list[Item]:
    return [
        _rated(
            "head_manner",
            asking,
            "村民小组长（队长）待人的态度怎么样？",
            "How does the head of your villagers' group treat people?",
        ),
        _rated("team_manner", asking, "驻村工作队待人的态度怎么样？", "How does the posted work team treat people?"),
    ]


def _fairness(asking: Asking, officials: bool) -> list[Item]:
    asked = [
        _rated(
            "village_equal",
            asking,
            "村里评补助、办事情，一碗水端得怎么样？",
            "How would you rate the fairness with which the village awards allowances and handles affairs?",
        ),
        _rated("village_accounts", asking, "村里的账，公开得怎么样？", "How well are the village's accounts published?"),
    ]
    return asked if officials else asked[:1]


def _problems(asking: Asking, officials: bool) -> list[Item]:
    found: list[Item] = []
    accounts = ["village_accounts"] if officials else []
    rated_low = {
        "village": ["village_manner", "village_care", "village_results", "village_equal", *accounts],
        "town": ["town_manner", "town_care", "town_results"],
    }
    for body, (zh, en, _) in BODIES.items():
        low = " or ".join(equals(question, "poor", "very_poor") for question in rated_low[body])
        found += [
            several(
                f"{body}_problems",
                PROBLEMS,
                asking=asking,
                zh=f"{zh}，哪些地方做得不够？",
                en=f"In what ways do {en} fall short?",
                relevant=low,
            ),
            specify(f"{body}_problems", "还有哪里不够？（不写人名）", "In what other way? (no names)"),
        ]
    return found


def _words(officials: bool) -> list[Item]:
    hint = {"zh": "可以不填；不写人名。", "en": "May be left blank; no names."}
    well = b.text("done_well", zh="他们哪些事做得好？", en="What do they do well?", hint=hint)
    better = b.text("do_better", zh="他们哪些事应该做得更好？", en="What should they do better?", hint=hint)
    return [well, better] if officials else [better]

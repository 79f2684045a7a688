"""How a visit opens and closes: who, where and when, the household's consent, the service card, thanks."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import AGREE, OTHER, REFUSED, YES_NO, equals, one, several, specify
from liuwen.questionnaires.places import Places

CONSENTED = equals("consent", "yes")

HOUSEHOLD_TYPES = b.choices(
    "household_type",
    ("ordinary", "一般农户（下面的情况都没有）", "Ordinary household (none of those below)"),
    ("allowance", "低保户", "Receives the minimum living allowance"),
    ("hardship", "低保以外的困难户", "In hardship without the allowance"),
    ("five_guarantee", "五保户（特困供养）", "Five-guarantee household"),
    ("elderly_alone", "只有老人在家", "Only elderly people at home"),
    ("left_behind_children", "父母外出、孩子留在家", "Children left behind by parents working away"),
    ("disabled", "家里有残疾人", "Has a disabled member"),
    ("migrant", "家里有人常年外出打工", "Has members working away all year"),
    ("large_producer", "种养或经营大户", "Large grower, breeder or trader"),
    REFUSED,
)
ROLES = b.choices(
    "respondent_role",
    ("head", "户主", "Head of the household"),
    ("spouse", "户主的配偶", "The head's spouse"),
    ("child", "户主的成年子女或其配偶", "The head's grown-up child, or that child's spouse"),
    ("parent", "户主的父母", "The head's parent"),
    ("other_adult", "家里的其他成年人", "Another adult of the household"),
)
REFUSAL = b.choices(
    "refusal_reason",
    ("not_now", "现在没空，可以改天再来", "Not now, another day is fine"),
    ("unwilling", "不愿意接受访谈", "Does not wish to be interviewed"),
    ("no_adult", "家里没有能回答的成年人", "No adult at home who can answer"),
    OTHER,
)
PRESENT = b.choices(
    "present",
    ("nobody", "没有外人在场", "Nobody from outside the household"),
    ("neighbours", "邻居或亲戚", "Neighbours or relatives"),
    ("village_official", "村组干部", "A village official"),
    ("town_staff", "镇上的其他干部", "Other town staff"),
    OTHER,
)
CARD_REASONS = b.choices(
    "card_reason",
    ("had_one", "这家已经有了", "The household has one already"),
    ("not_ready", "卡还没有印好", "The card was not ready"),
    ("declined", "这家不想要", "The household did not want one"),
    OTHER,
)
PURPOSE = {
    "zh": "您好！我是来走访的工作人员，想听听您家的情况、困难和想法，好帮着解决问题、改进工作。大约需要20到25分钟。"
    "参不参加由您决定；哪一题不想答都可以不答，随时可以停下，不影响您家的任何待遇。"
    "您的回答只给办事的人看，公布时只有合计数，看不出是哪一家。",
    "en": "Good day. I am visiting households to hear how you are doing, your difficulties and your ideas, so that problems can "
    "be solved and work improved. It takes 20 to 25 minutes. Taking part is up to you; you may skip any question and stop at any "
    "time, and nothing you are entitled to depends on it. Only those who handle the matters see your answers; what is published "
    "is totals in which no household can be recognised.",
}


def metadata() -> list[Item]:
    """What the phone notes by itself."""
    return [b.start(), b.end(), b.today(), b.audit()]


def opening(places: Places) -> list[Item]:
    """Visitor, date and place; then consent, without which nothing more is asked."""
    visit = [
        b.text("visitor", zh="走访人姓名", en="Name of the visitor", required=True),
        b.date(
            "visit_date",
            zh="走访日期",
            en="Date of the visit",
            required=True,
            default="today()",
            constraint=". <= today()",
            constraint_message={"zh": "走访日期不能晚于今天。", "en": "The date of the visit cannot be later than today."},
        ),
        *places.village,
    ]
    return [b.group("visit", zh="走访", en="The visit", items=visit), _consent(), _household(places.household)]


def _consent() -> Item:
    return b.group(
        "consenting",
        zh="征得同意",
        en="Consent",
        items=[
            b.note("purpose", label=PURPOSE, hint={"zh": "请读给住户听。", "en": "Read this out."}),
            b.select_one("consent", AGREE, zh="您愿意接受访谈吗？", en="Are you willing to be interviewed?", required=True),
            one(
                "refusal_reason",
                REFUSAL,
                zh="没有访谈的原因",
                en="Why there was no interview",
                hint={"zh": "由走访人填写，不追问。", "en": "Filled in by the visitor, without asking further."},
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


def _household(household: Item) -> Item:
    return b.group(
        "home",
        zh="住户",
        en="The household",
        relevant=CONSENTED,
        items=[
            household,
            one("respondent_role", ROLES, zh="回答的人是这家的什么人？", en="Who in the household is answering?"),
            several(
                "household_type",
                HOUSEHOLD_TYPES,
                zh="您家有下面哪些情况？",
                en="Which of these describe your household?",
                hint={
                    "zh": "可以多选。名册上已有的先勾上，再和住户核对。",
                    "en": "Several may apply. Tick what the roster says, then confirm it.",
                },
            ),
            b.select_one(
                "position_agreed",
                AGREE,
                zh="您愿意让手机记下您家房子的位置吗？只用来安排修路、通水等事，不公布。",
                en="May the phone record where your house stands? It serves to plan roads and other works and is not published.",
                required=True,
            ),
            b.geopoint(
                "position",
                zh="记录位置",
                en="Record the position",
                hint={"zh": "站在门口；没有信号可以跳过。", "en": "Stand at the door; skip it where there is no signal."},
                relevant=equals("position_agreed", "yes"),
            ),
        ],
    )


def closing() -> list[Item]:
    """The service card, a return visit, the visitor's diary, thanks."""
    asked = [
        b.select_one(
            "card_given", YES_NO, zh="民情服务卡是否已交给住户？", en="Was the service card handed over?", required=True
        ),
        one("card_reason", CARD_REASONS, zh="没有交的原因", en="Why not", relevant=equals("card_given", "no")),
        specify("card_reason", "其他原因是什么？", "What was the other reason?"),
        b.select_one(
            "revisit_agreed",
            AGREE,
            zh="您愿意以后接听我们的回访电话吗？",
            en="May we telephone you later to follow up?",
            required=True,
        ),
        b.text(
            "phone",
            zh="请留一个电话号码。",
            en="Please give a telephone number.",
            hint={"zh": "可以不留。只有办事的人能看到。", "en": "It may be left out. Only those who handle your matters see it."},
            relevant=equals("revisit_agreed", "yes"),
            note="sensitive",
            appearance="numbers",
            constraint="regex(., '^[0-9 +-]{7,16}$')",
            constraint_message={"zh": "电话号码应有7到16位数字。", "en": "A telephone number has 7 to 16 digits."},
        ),
        several(
            "present",
            PRESENT,
            zh="访谈时有哪些外人在场？",
            en="Who from outside the household was present?",
            hint={"zh": "由走访人填写，可以多选。", "en": "Filled in by the visitor; several may apply."},
        ),
        specify("present", "还有什么人在场？", "Who else was present?"),
        b.text(
            "diary",
            zh="走访日记",
            en="Visit diary",
            hint={
                "zh": "由走访人填写：看到什么、答应了什么。写事实，不评价人。",
                "en": "By the visitor: what was seen and what was promised. Facts, no judgements of people.",
            },
            note="sensitive",
            appearance="multiline",
        ),
    ]
    return [
        b.group("closing", zh="结束", en="Closing", relevant=CONSENTED, items=asked),
        b.note("thanks", zh="访谈到此结束，谢谢您！", en="That is all. Thank you very much!"),
    ]

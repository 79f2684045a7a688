"""How a visit closes: the household's last word, the service card, a telephone; then what the visitor saw, and thanks."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import AGREE, OTHER
from liuwen.questionnaires.household_interview.visit import CONSENTED

CARD = b.choices(
    "card",
    ("given", "交给住户了", "Handed over"),
    ("had_one", "这家已经有了", "The household has one already"),
    ("not_ready", "没有给：卡还没有印好", "Not handed over: the card was not ready"),
    ("declined", "没有给：这家不想要", "Not handed over: the household did not want one"),
    ("other", "没有给：其他原因", "Not handed over: another reason"),
)
PRESENT = b.choices(
    "present",
    ("nobody", "没有外人在场", "Nobody from outside the household"),
    ("neighbours", "邻居或亲戚", "Neighbours or relatives"),
    ("village_official", "村组干部", "A village official"),
    ("town_staff", "镇上的其他干部", "Other town staff"),
    OTHER,
)
UNDERSTOOD = b.choices(
    "understood",
    ("well", "都听得懂", "Understood everything"),
    ("partly", "有些要再说一遍", "Some questions had to be repeated"),
    ("hardly", "多半听不懂", "Hardly understood"),
)
OPENNESS = b.choices(
    "openness",
    ("free", "有啥说啥", "Spoke freely"),
    ("careful", "有顾虑", "Held back"),
    ("short", "想早点结束", "Wanted to be done"),
)
SPOKEN = b.choices(
    "spoken",
    ("putonghua", "普通话", "Standard Chinese"),
    ("dialect", "当地话", "The local dialect"),
    ("minority", "民族语", "A minority language"),
)
INTERRUPTED = b.choices(
    "interrupted",
    ("no", "没有中断", "No"),
    ("briefly", "停了一会儿，又接着谈", "Briefly, then went on"),
    ("ended", "没谈完就停了", "Yes, it was not finished"),
)


def closing() -> list[Item]:
    """What the household is asked last, what the visitor notes alone, and thanks."""
    return [
        b.group("closing", zh="结束", en="Closing", relevant=CONSENTED, items=_asked()),
        b.note("thanks", zh="谢谢您，打扰了！", en="Thank you very much for your time!", relevant=CONSENTED),
        b.group("observation", zh="走访人记录", en="The visitor's notes", relevant=CONSENTED, items=_observed()),
    ]


def last_word() -> Item:
    """The household's own last word."""
    return b.text(
        "last_word",
        zh="您还有什么想说的，或者想问我的？",
        en="Is there anything else you would like to say, or to ask me?",
        hint={"zh": "可以不填；不写人名。", "en": "May be left blank; no names."},
        note="sensitive",
    )


def phone(relevant: str) -> Item:
    """A telephone number, which may be left out."""
    return b.text(
        "phone",
        zh="请留一个电话号码。",
        en="Please give a telephone number.",
        hint={"zh": "可以不留。只有办事的人能看到。", "en": "It may be left out. Only those who handle your matters see it."},
        relevant=relevant,
        note="sensitive",
        appearance="numbers",
        constraint="regex(., '^1[0-9]{10}$|^(0[0-9]{2,3}-?)?[0-9]{7,8}$')",
        constraint_message={
            "zh": "手机号是11位数字；座机是7到8位，加不加区号都行。",
            "en": "A mobile number has 11 digits; a fixed line has 7 or 8, with or without its area code.",
        },
    )


def card() -> list[Item]:
    """Whether the service card was handed over, and why not."""
    return [
        one(
            "card",
            CARD,
            asking="visitor",
            zh="民情服务卡交给住户了吗？",
            en="Was the service card handed over?",
        ),
        specify("card", "其他原因是什么？", "What was the other reason?"),
    ]


def _asked() -> list[Item]:
    return [
        last_word(),
        b.select_one(
            "revisit_agreed",
            AGREE,
            zh="您愿意以后接听我们的回访电话吗？",
            en="May we telephone you later to follow up?",
            required=True,
        ),
        phone(equals("revisit_agreed", "yes")),
        *card(),
    ]


def _observed() -> list[Item]:
    return [
        several(
            "present", PRESENT, asking="visitor", zh="谈的时候有哪些外人在场？", en="Who from outside the household was present?"
        ),
        specify("present", "还有什么人在场？", "Who else was present?"),
        one("understood", UNDERSTOOD, asking="visitor", zh="对方听得懂吗？", en="How well did the respondent understand?"),
        one("openness", OPENNESS, asking="visitor", zh="说话放得开吗？", en="How freely did the respondent speak?"),
        several("spoken", SPOKEN, asking="visitor", zh="说的是什么话？", en="Which language was spoken?"),
        one("interrupted", INTERRUPTED, asking="visitor", zh="有没有中断？", en="Was the talk interrupted?"),
        b.text(
            "diary",
            zh="走访日记（走访人填）",
            en="Visit diary (visitor)",
            hint={
                "zh": "不念，由您填。看到什么，写事实，不评价人。答应的事请登记成事项，写上日期。",
                "en": "Do not read out; you fill it in. Facts that were seen, no judgements of people. Enter what "
                "was promised as a matter, with its date.",
            },
            note="sensitive",
            appearance="multiline",
        ),
    ]

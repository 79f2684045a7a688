"""The bank: lists, scales and habits of asking that several questionnaires share.

Every closed question can be left unanswered openly: *don't know* and *would rather not say* are two answers, kept apart, and
neither goes together with another one. Scales have as many steps up as down.
"""

from typing import Unpack

from liuwen.form import builder as b
from liuwen.form.builder.building import FileOptions, Item, Options

Answer = tuple[str, str, str]
"""One answer: what is stored, Chinese, English."""

DONT_KNOW: Answer = ("dont_know", "不知道、说不清", "Don't know")
REFUSED: Answer = ("refused", "不想说", "Would rather not say")
NONE: Answer = ("none", "没有", "None")
OTHER: Answer = ("other", "其他", "Other")
ALONE = ("none", "ordinary", "nobody", "dont_know", "refused")
"""Values that cannot go together with others."""

SAID_BEFORE = "What “other” is was asked where it was first chosen. # liuwen: ignore=other-without-specify"
"""Stands in the note column of a question whose choices are those of an earlier answer."""

ANONYMOUS = "Anonymous: the times of day could point at a household. # liuwen: ignore=no-start-end"
"""Stands in the note column of an anonymous form's settings."""

NOT_READ_OUT = ("other", "dont_know", "refused")
READ_OUT = 7
"""Lists with more choices than this are not read out; the visitor ticks what is said."""

_SPONTANEOUS = {"zh": "不念选项，听到什么选什么。", "en": "Do not read out the list; tick what is said."}
_SEVERAL = {"zh": "可以多选。", "en": "Several may apply."}
_ALONE_MESSAGE = {
    "zh": "“没有”“不知道”“不想说”这类回答不能和别的选项一起选，请去掉一个。",
    "en": "Answers such as “none”, “don't know” or “would rather not say” cannot go with others; take one away.",
}

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
AGREE = b.choices("agree", ("yes", "愿意", "Yes"), ("no", "不愿意", "No"))
YES_NO_UNSURE = b.choices("yes_no_unsure", ("yes", "有", "Yes"), ("no", "没有", "No"), DONT_KNOW, REFUSED)
ALL_SOME_NONE = b.choices(
    "all_some_none",
    ("all", "都参加了", "All of them"),
    ("some", "有的参加了", "Some of them"),
    ("none", "都没有参加", "None of them"),
    DONT_KNOW,
    REFUSED,
)
QUALITY = b.choices(
    "quality",
    ("very_good", "很好", "Very good"),
    ("good", "比较好", "Fairly good"),
    ("fair", "一般", "Neither good nor poor"),
    ("poor", "比较差", "Fairly poor"),
    ("very_poor", "很差", "Very poor"),
    DONT_KNOW,
    REFUSED,
)
SATISFACTION = b.choices(
    "satisfaction",
    ("very_satisfied", "很满意", "Very satisfied"),
    ("satisfied", "比较满意", "Fairly satisfied"),
    ("neutral", "一般", "Neither satisfied nor dissatisfied"),
    ("dissatisfied", "不太满意", "Fairly dissatisfied"),
    ("very_dissatisfied", "很不满意", "Very dissatisfied"),
    DONT_KNOW,
    REFUSED,
)
SEX = b.choices("sex", ("male", "男", "Male"), ("female", "女", "Female"))
TIMES = b.choices(
    "times",
    ("never", "没有来过", "Never"),
    ("once", "1次", "Once"),
    ("two_three", "2到3次", "2 or 3 times"),
    ("four_more", "4次以上", "4 times or more"),
    DONT_KNOW,
    REFUSED,
)


def one(name: str, options: Options | FileOptions, **told: Unpack[b.QuestionOptions]) -> Item:
    """One answer, always given, be it that it is not known or not told."""
    return b.select_one(name, options, **{"required": True, **told})  # type: ignore[arg-type]


def several(name: str, options: Options, *, most: int = 0, **told: Unpack[b.QuestionOptions]) -> Item:
    """Any number of answers (or at most `most`), where *none* and its like stand alone; the hint says how to ask."""
    alone = [option.value for option in options.options if option.value in ALONE]
    together = " or ".join(f"selected(., '{value}')" for value in alone)
    rules = [f"(count-selected(.) = 1 or not({together}))"] if alone else []
    message = dict(_ALONE_MESSAGE)
    if most:
        rules.append(f"count-selected(.) <= {most}")
        message["zh"] += f"最多选{most}项。"
        message["en"] += f" Choose {most} at most."
    long = sum(option.value not in NOT_READ_OUT for option in options.options) > READ_OUT
    limit = {"zh": f"最多选{most}项。", "en": f"Choose {most} at most."} if most else _SEVERAL
    hint = {code: (_SPONTANEOUS[code] + " " * (code == "en") if long else "") + limit[code] for code in ("zh", "en")}
    bound: b.QuestionOptions = {"constraint": " and ".join(rules), "constraint_message": message} if rules else {}
    return b.select_multiple(name, options, **{"required": True, "hint": hint, **bound, **told})  # type: ignore[arg-type]


def specify(question: str, zh: str, en: str) -> Item:
    """What *other* was, asked where it was chosen."""
    return b.text(f"{question}_other", zh=zh, en=en, relevant=chosen(question, "other"), required=True)


def equals(question: str, *values: str) -> str:
    """The condition that a single answer is one of `values`.

    >>> equals("consent", "yes")
    "${consent} = 'yes'"
    """
    return " or ".join(f"${{{question}}} = '{value}'" for value in values)


def chosen(question: str, *values: str) -> str:
    """The condition that one of `values` is among the answers.

    >>> chosen("needs", "road")
    "selected(${needs}, 'road')"
    """
    return " or ".join(f"selected(${{{question}}}, '{value}')" for value in values)


def said_in(question: str) -> str:
    """The choice filter that offers what was chosen in an earlier question of the same list, or no choice at all."""
    return f"selected(${{{question}}}, name) or name = 'dont_know' or name = 'refused'"


def substantive(question: str, at_least: int = 1) -> str:
    """The condition that at least so many answers were chosen that say something."""
    return f"count-selected(${{{question}}}) >= {at_least} and not({chosen(question, 'none', 'dont_know', 'refused')})"

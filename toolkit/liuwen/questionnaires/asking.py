"""How a question is put: read out, told and coded, pointed at, tapped by the respondent, or filled in by the visitor.

Which of them it is stands on the phone's screen, in the hint of every list of more than two answers; else half of the visitors
read a list out and half do not, and one village differs from the next by who went there.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, Unpack

from liuwen.form import builder as b
from liuwen.form.builder.building import FileOptions, Item, Options, Texts
from liuwen.questionnaires.bank import ALONE, NOT_READ_OUT

Asking = Literal["read", "listen", "card", "self", "visitor", ""]
"""Read every answer out; read none and tick the answer; let the respondent point; hand over the phone; the visitor fills in."""

ASKING: Mapping[Asking, Texts] = MappingProxyType(
    {
        "read": {"zh": "逐项念给对方听。", "en": "Read each answer out."},
        "listen": {"zh": "不念选项，听到什么选什么。", "en": "Do not read out the list; tick what is said."},
        "card": {"zh": "把屏幕给对方看，指一个就行。", "en": "Show the screen and let the respondent point."},
        "self": {"zh": "请对方自己点，走访人不看。", "en": "The respondent taps the answer; do not look."},
        "visitor": {"zh": "不念，由您填。", "en": "Do not read out; you fill it in."},
    }
)
_UNREAD = {"zh": "不知道、不想说这类不念。", "en": "Leave out don't know and the like."}
_PROBE = {"zh": "等一等，再问一声：还有吗？", "en": "Wait, then ask: anything else?"}
_SEVERAL = {"zh": "可以多选。", "en": "More than one may be chosen."}
_ALONE_MESSAGE = {
    "zh": "没有、不知道、不想说这类回答不能和别的选项一起选，请去掉一个。",
    "en": "Answers such as none, don't know or would rather not say cannot go with others; take one away.",
}


def one(name: str, options: Options | FileOptions, *, asking: Asking | None = None, **told: Unpack[b.QuestionOptions]) -> Item:
    """One answer, always given, be it that it is not known or not told; a short list needs no instruction how to ask it."""
    way = asking if asking is not None else "read" if _is_long(options) else ""
    hint = _joined(*_how(way, options), told.get("hint", {}))
    return b.select_one(name, options, **{"required": True, **told, **({"hint": hint} if hint else {})})  # type: ignore[arg-type]


def several(name: str, options: Options, *, asking: Asking = "listen", most: int = 0, **told: Unpack[b.QuestionOptions]) -> Item:
    """Any number of answers (or at most `most`), where *none* and its like stand alone; the hint says how to ask."""
    alone = [option.value for option in options.options if option.value in ALONE]
    together = " or ".join(f"selected(., '{value}')" for value in alone)
    rules = [f"(count-selected(.) = 1 or not({together}))"] if alone else []
    message = dict(_ALONE_MESSAGE)
    limit: Texts = _SEVERAL
    if most:
        rules.append(f"count-selected(.) <= {most}")
        limit = {"zh": f"最多选{most}项。", "en": f"Choose {most} at most."}
        message = {"zh": message["zh"] + limit["zh"], "en": f"{message['en']} {limit['en']}"}
    hint = _joined(*_how(asking, options), _PROBE if asking == "listen" else {}, limit, told.get("hint", {}))
    bound: b.QuestionOptions = {"constraint": " and ".join(rules), "constraint_message": message} if rules else {}
    return b.select_multiple(name, options, **{"required": True, **bound, **told, "hint": hint})  # type: ignore[arg-type]


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


def _how(way: Asking, options: Options | FileOptions) -> list[Texts]:
    """How to ask; where a list is read out that has answers offered to nobody, which ones are passed over."""
    if not way:
        return []
    values = {option.value for option in options.options} if isinstance(options, Options) else set()
    return [ASKING[way], _UNREAD] if way == "read" and values & set(NOT_READ_OUT) else [ASKING[way]]


def _is_long(options: Options | FileOptions) -> bool:
    return isinstance(options, Options) and sum(option.value not in NOT_READ_OUT for option in options.options) > 2


def _joined(*texts: object) -> dict[str, str]:
    """Hints after one another, language by language; English parts are kept apart by a blank."""
    given = [text for text in texts if isinstance(text, Mapping)]
    codes = dict.fromkeys(code for text in given for code in text)
    return {code: ("" if code == "zh" else " ").join(text[code] for text in given if code in text) for code in codes}

"""An anonymous form that asks for what points at a person, a place or a moment."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Text
from liuwen.form.headers import ANONYMOUS
from liuwen.form.types import METADATA, POINTING
from liuwen.messages import Sentence

POINTS = Sentence(
    zh="匿名问卷里不能有 {type}（“{name}”）：它会说出是谁、在哪里或什么时候答的，请去掉。",
    en="an anonymous form must not have {type} (“{name}”): it tells who answered, where or when; take it out.",
)
ASKS_PHONE = Sentence(
    zh="匿名问卷的 {column} 里不能用 property('{what}')：它会说出是谁的手机，请去掉。",
    en="the {column} of an anonymous form must not use property('{what}'): it tells whose phone it is; take it out.",
)
ENTITY = Sentence(
    zh="匿名问卷不能登记实体：实体会说出哪一户在什么时候答了什么，请去掉 entities 表和 save_to。",
    en="an anonymous form must not fill an entity list, which tells who answered what and when; take out entities and save_to.",
)
NOT_THIS_COLUMN = Sentence(
    zh="这一列应写作 {column}：照现在的写法，答卷不会匿名。",
    en="call this column {column}; as it is written, answers are not anonymous.",
)
_IDENTIFYING = METADATA - {"start", "end", "today", "audit", "start-geopoint", "background-audio"}


def anonymous_form_asks_who(facts: Facts) -> Iterator[Fault]:
    """Times and positions lead to the household that was visited then and there; a day may be asked for."""
    if not facts.form.anonymous:
        if "anonymous" in {name.lower() for name in facts.form.settings}:
            yield error(facts.place("settings", 1, "anonymous"), NOT_THIS_COLUMN.filled(column=ANONYMOUS))
        return
    for element in facts.questions:
        if element.type in POINTING:
            yield error(facts.at(element, "type"), POINTS.filled(type=element.type, name=element.name))
    for element in facts.elements:
        if element.cell("save_to"):
            yield error(facts.at(element, "save_to"), ENTITY)
    if facts.form.entities:
        yield error(facts.place("entities", 2, "list_name"), ENTITY)
    for formula in facts.formulas:
        for what in _asked_of_phone(formula):
            yield error(formula.place, ASKS_PHONE.filled(column=formula.place.column or "", what=what))


def _asked_of_phone(formula: Formula) -> Iterator[str]:
    for part in formula.parts:
        match part:
            case Call(function="property", arguments=(Text(value=what),)) if what.lower() in _IDENTIFYING:
                yield what
            case _:
                pass

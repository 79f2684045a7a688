"""A select that stands alone as a condition, where “no” counts as true: `${consent} and ${age} > 18`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Binary, Call, Expression, Named
from liuwen.form.elements import Element
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.messages import Sentence

ANSWERED = Sentence(
    zh="${{{name}}} 单独站着，只要作答就成立，答“{no}”也一样：请写成 ${{{name}}} = '{yes}'；"
    "只想知道有没有作答，请写成 ${{{name}}} != ''。",
    en="${{{name}}} on its own is true as soon as it is answered, “{no}” included; write ${{{name}}} = '{yes}', or "
    "${{{name}}} != '' if any answer will do.",
)
_NO = frozenset({"0", "no", "n", "false", "non", "nein", "não", "nao", "hapana", "tidak", "否", "不", "没有"})
_CONDITIONS = frozenset({"relevant", "constraint", "required", "read_only"})


def answer_as_truth(facts: Facts) -> Iterator[Fault]:
    """Phones take every text that is not empty for true; calculations and numbers are true unless they come to 0."""
    for formula in facts.formulas:
        for named in dict.fromkeys(part.name for part in _alone(formula) if isinstance(part, Named) and not part.last_saved):
            asked = facts.only.get(named)
            no = _says_no(facts, asked) if asked and asked.type == "select_one" else ""
            if no:
                yes = next((name for name in _names(facts, asked) if name != no), "yes")
                yield warning(formula.place, ANSWERED.filled(name=named, no=no, yes=yes))


def _alone(formula: Formula) -> Iterator[Expression]:
    """What counts as true or false, uncompared."""
    if formula.tree is None:
        return
    if formula.column in _CONDITIONS:
        yield formula.tree
    for part in walk_outside_predicates(formula.tree):
        match part:
            case Binary(operator="and" | "or", left=left, right=right):
                yield from (left, right)
            case Call(function="not" | "boolean", arguments=(test,)) | Call(function="if", arguments=(test, _, _)):
                yield test
            case Binary(operator="=" | "!=", left=left, right=Call(function="true" | "false")):
                yield left
            case Binary(operator="=" | "!=", left=Call(function="true" | "false"), right=right):
                yield right
            case _:
                pass


def _says_no(facts: Facts, asked: Element) -> str:
    return next((name for name in _names(facts, asked) if name.lower() in _NO), "")


def _names(facts: Facts, asked: Element | None) -> tuple[str, ...]:
    choices = facts.choices_of(asked) if asked else None
    return tuple(choices.names) if choices else ()

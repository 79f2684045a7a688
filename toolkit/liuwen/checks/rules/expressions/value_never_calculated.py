"""A calculation compared with a value that it never has: `${grade} = 'c'` where `grade` is `if(${age} > 3, 'a', 'b')`."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.moments import is_number
from liuwen.expressions import Binary, Call, Expression, Named, Number, Text
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import NodeSet, as_number, compare, plain_text
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="“{name}”只会算出 {results}，{text} 永远不成立：请核对值的写法。",
    en="“{name}” only ever comes to {results}, so {text} is never true; check how the value is spelled.",
)
ALWAYS = Sentence(
    zh="“{name}”只会算出 {results}，{text} 总是成立：请核对值的写法。",
    en="“{name}” only ever comes to {results}, so {text} is always true; check how the value is spelled.",
)
NUMBER = Sentence(
    zh="“{name}”算出来是数字，永远不等于“{value}”：请与数字比较。",
    en="“{name}” comes to a number and never equals “{value}”; compare it with a number.",
)
_MOST = 20


def value_never_calculated(facts: Facts) -> Iterator[Fault]:
    """Calculations that choose between fixed values."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in {"=", "!="}:
                for one, other in ((part.left, part.right), (part.right, part.left)):
                    results, value = _results_of(facts, one), fixed_value(other)
                    if value is None or isinstance(value, NodeSet) or plain_text(value) == "":
                        continue
                    calculated = _calculation(facts, one)
                    if isinstance(value, str) and _is_word(value) and calculated and is_number(calculated):
                        yield (error if part.operator == "=" else warning)(
                            formula.place, NUMBER.filled(name=_name(one), value=value)
                        )
                    if not results:
                        continue
                    if not any(compare(result, "=", value) for result in results):
                        said = NEVER if part.operator == "=" else ALWAYS
                        told = ", ".join(f"“{result}”" for result in results)
                        yield error(formula.place, said.filled(name=_name(one), results=told, text=written(part)))


def _is_word(value: str) -> bool:
    """Whether it is no number, nor what some phones write where a calculation fails."""
    return isnan(as_number(value)) and value.lower() not in {"nan", "infinity", "invalid date", "undefined", "null"}


def _name(side: Expression) -> str:
    return side.name if isinstance(side, Named) else ""


def _results_of(facts: Facts, side: Expression) -> tuple[str, ...]:
    """All that a calculation may come to, as phones keep it; empty if that is not known."""
    calculation = _calculation(facts, side)
    results = _results(calculation) if calculation else None
    return () if results is None or len(results) > _MOST else tuple(dict.fromkeys(results))


def _calculation(facts: Facts, side: Expression) -> Expression | None:
    read = facts.only.get(side.name) if isinstance(side, Named) and not side.last_saved else None
    formula = facts.formula_of.get((read.row, "calculation")) if read and read.type == "calculate" else None
    return formula.tree if formula else None


def _results(tree: Expression) -> list[str] | None:
    match tree:
        case Number(value=value) | Text(value=value):
            return [plain_text(value)]
        case Call(function="if", arguments=(_, then, otherwise)):
            first, second = _results(then), _results(otherwise)
            return None if first is None or second is None else first + second
        case Call(function="once", arguments=(inside,)):
            return _results(inside)
        case _:
            return None

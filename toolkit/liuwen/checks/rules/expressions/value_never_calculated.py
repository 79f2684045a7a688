"""A calculation compared with a value that it never has: `${grade} = 'c'` where `grade` is `if(${age} > 3, 'a', 'b')`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Binary, Call, Expression, Named, Number, Text
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import NodeSet, compare, plain_text
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="“{name}”只会算出 {results}，{text} 永远不成立：请核对值的写法。",
    en="“{name}” only ever comes to {results}, so {text} is never true; check how the value is spelled.",
)
ALWAYS = Sentence(
    zh="“{name}”只会算出 {results}，{text} 总是成立：请核对值的写法。",
    en="“{name}” only ever comes to {results}, so {text} is always true; check how the value is spelled.",
)
_MOST = 20


def value_never_calculated(facts: Facts) -> Iterator[Fault]:
    """Calculations that choose between fixed values."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in {"=", "!="}:
                for one, other in ((part.left, part.right), (part.right, part.left)):
                    results, value = _results_of(facts, one), fixed_value(other)
                    if not results or value is None or isinstance(value, NodeSet) or plain_text(value) == "":
                        continue
                    if not any(compare(result, "=", value) for result in results):
                        said = NEVER if part.operator == "=" else ALWAYS
                        told = ", ".join(f"“{result}”" for result in results)
                        yield error(formula.place, said.filled(name=_name(one), results=told, text=written(part)))


def _name(side: Expression) -> str:
    return side.name if isinstance(side, Named) else ""


def _results_of(facts: Facts, side: Expression) -> tuple[str, ...]:
    """All that a calculation may come to, as phones keep it; empty if that is not known."""
    read = facts.only.get(side.name) if isinstance(side, Named) and not side.last_saved else None
    formula = facts.formula_of.get((read.row, "calculation")) if read and read.type == "calculate" else None
    results = _results(formula.tree) if formula and formula.tree else None
    return () if results is None or len(results) > _MOST else tuple(dict.fromkeys(results))


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

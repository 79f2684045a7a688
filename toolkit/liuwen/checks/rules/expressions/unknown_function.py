"""A function that phones do not know."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import Call
from liuwen.expressions.functions import ARITIES
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="没有 {name}() 这个函数：请核对写法。",
    en="there is no function {name}(); check the spelling.",
)
MISSPELT = Sentence(
    zh="没有 {name}() 这个函数，是不是想写 {meant}()？",
    en="there is no function {name}(); did you mean {meant}()?",
)
INSTEAD = Sentence(
    zh="没有 {name}() 这个函数：请写成 {meant} 。",
    en="there is no function {name}(); write {meant}.",
)
_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "and": "a and b",
        "or": "a or b",
        "len": "string-length(…)",
        "length": "string-length(…)",
        "concatenate": "concat(…)",
        "isblank": "… = ''",
        "isnull": "… = ''",
        "is-null": "… = ''",
        "isempty": "… = ''",
        "average": "sum(…) div count(…)",
        "avg": "sum(…) div count(…)",
        "mean": "sum(…) div count(…)",
        "substring": "substr(…)",
        "mid": "substr(…)",
        "left": "substr(…, 0, n)",
        "trim": "normalize-space(…)",
        "iif": "if(…)",
        "ifelse": "if(…)",
        "datediff": "date(…) - date(…)",
        "date-diff": "date(…) - date(…)",
        "power": "pow(…)",
        "year": "format-date(…, '%Y')",
        "month": "format-date(…, '%n')",
        "day": "format-date(…, '%e')",
        "rand": "random()",
        "ceil": "ceiling(…)",
        "ifs": "if(…, …, if(…, …, …))",
        "case": "if(…, …, if(…, …, …))",
        "switch": "if(…, …, if(…, …, …))",
        "vlookup": "pulldata(…)",
        "lookup": "pulldata(…)",
        "in": "selected(…)",
        "replace": "translate(…)",
        "index": "indexed-repeat(…)",
        "counta": "count-non-empty(…)",
        "countif": "count(…[…])",
        "sumif": "sum(…[…])",
    }
)
"""Functions of spreadsheets and programming languages, and what XLSForm writes for them."""


def unknown_function(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices only when it comes to evaluate it, which may be in the village."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Call) and part.function not in ARITIES:
                elsewhere = _ELSEWHERE.get(part.function.lower())
                if elsewhere:
                    yield error(formula.place, INSTEAD.filled(name=part.function, meant=elsewhere))
                    continue
                meant = nearest(part.function, ARITIES)
                said = MISSPELT.filled(name=part.function, meant=meant) if meant else UNKNOWN.filled(name=part.function)
                yield error(formula.place, said)

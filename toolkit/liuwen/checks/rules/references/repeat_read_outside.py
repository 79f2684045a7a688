"""An answer inside a repeat, read from outside without saying which."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Call, Expression, Named, Path, parts
from liuwen.expressions.functions import ARITIES
from liuwen.form.elements import Element
from liuwen.messages import Sentence

WHICH = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个，从外面只会读到第一个：请用 sum()、count()、join() 或 indexed-repeat()。",
    en="“{name}” exists once for each “{repeat}”, and from outside only the first is read; use sum(), "
    "count(), join() or indexed-repeat().",
)
IN_THE_NAME = Sentence(
    zh="“{name}”在重复组“{repeat}”里有许多个，instance_name 读到两个就报错停下：请改用组外的题，或 join(', ', ${{{name}}})。",
    en="“{name}” exists once for each “{repeat}”, and phones stop with an error when instance_name reads two of them; use a "
    "question outside the repeat, or join(', ', ${{{name}}}).",
)
_AGGREGATES = frozenset(
    "sum count min max join concat count-non-empty indexed-repeat area distance position intersects randomize "
    "sum-if count-if min-if max-if join-if rank-index".split()
)
_ONE_SET_ALONE = frozenset({"concat", "min", "max"})


def repeat_read_outside(facts: Facts) -> Iterator[Fault]:
    """Aggregates, indexed-repeat and paths with a filter say which one they mean."""
    for formula in facts.formulas:
        if formula.tree is None or formula.place.sheet == facts.place("entities").sheet:
            continue
        for named in _plainly_read(formula.tree):
            read = facts.only.get(named.name)
            if read and not named.last_saved:
                outside = _repeats_left_out(read, formula.element)
                if outside and not _offers_each(facts, formula, read):
                    values = {"name": read.name, "repeat": outside[-1].name}
                    if formula.column == "instance_name":
                        yield error(formula.place, IN_THE_NAME.filled(**values))
                    else:
                        yield warning(formula.place, WHICH.filled(**values))


def _repeats_left_out(read: Element, here: Element | None) -> list[Element]:
    around = {repeat.row for repeat in (*here.repeats, here)} if here else set[int]()
    return [repeat for repeat in read.repeats if repeat.row not in around]


def _offers_each(facts: Facts, formula: Formula, read: Element) -> bool:
    """Whether it is the filter of a select that offers the answers of that repeat, and so is tried on each in turn."""
    listed = (formula.element.list_name or "") if formula.element and formula.column == "choice_filter" else ""
    source = facts.only.get(listed[2:-1]) if listed.startswith("${") else None
    return source is not None and source.repeats == read.repeats


def _plainly_read(tree: Expression) -> Iterator[Named]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Named):
            yield part
        elif isinstance(part, Path) and (part.predicates or part.steps):
            continue
        elif not (isinstance(part, Call) and _gathers(part)):
            waiting.extend(parts(part))


def _gathers(call: Call) -> bool:
    """Whether a function takes the whole set; `concat('HH ', ${name})` and `max(${age}, 18)` want one value of it."""
    if call.function.lower() in _AGGREGATES and call.function not in ARITIES and call.function not in _AGGREGATES:
        return True  # SUM: `unknown-function` says what to write
    if call.function in _ONE_SET_ALONE:
        return len(call.arguments) == 1
    return call.function in _AGGREGATES

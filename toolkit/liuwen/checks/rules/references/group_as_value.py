"""A group, a repeat or a note used as if it had a value."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Call, Expression, Named, Path, parts, references
from liuwen.form.elements import Element
from liuwen.messages import Sentence

EMPTY = Sentence(
    zh="“{name}”是组，本身没有值，${{{name}}} 永远是空的：请改用里面的题。",
    en="“{name}” is a group and has no value of its own, so ${{{name}}} is always empty; use a question inside it.",
)
REPEATED = Sentence(
    zh="“{name}”是重复组，本身没有值，${{{name}}} 永远是空的：要数有几个请写 count(${{{name}}})，否则请改用里面的题。",
    en="“{name}” is a repeat and has no value of its own, so ${{{name}}} is always empty; write count(${{{name}}}) for their "
    "number, or use a question inside it.",
)
UNANSWERED = Sentence(
    zh="“{name}”是说明，没有人作答，${{{name}}} 永远是空的：请改用作答的题。",
    en="“{name}” is a note that nobody answers, so ${{{name}}} is always empty; use a question that is answered.",
)
NEVER_CHANGES = Sentence(
    zh="“{name}”不由人作答，永远不会触发：trigger 请写会改动的题。",
    en="“{name}” is not answered by anybody, so it never triggers anything; write a question whose answer changes.",
)
_TAKES_NODES = frozenset(
    "count count-non-empty position indexed-repeat intersects randomize area distance "
    "count-if sum-if min-if max-if join-if rank-index".split()
)


def group_as_value(facts: Facts) -> Iterator[Fault]:
    """In expressions, where it decides something, and in wordings, where nothing is shown."""
    for formula in facts.formulas:
        for named in dict.fromkeys(part.name for part in _read_as_values(formula.tree)) if formula.tree else ():
            said = _said(facts.only.get(named))
            if said:
                yield error(formula.place, said)
    for element in facts.questions:
        for name in dict.fromkeys(found.name for found in references(element.cell("trigger"))):
            if _said(facts.only.get(name)):
                yield error(facts.at(element, "trigger"), NEVER_CHANGES.filled(name=name))
    for _, cell in facts.survey_texts:
        for name in dict.fromkeys(found.name for found in references(cell.text)):
            said = _said(facts.only.get(name))
            if said:
                yield warning(cell.place, said)


def _said(read: Element | None) -> Sentence | None:
    if read is None:
        return None
    if read.kind == "repeat":
        return REPEATED.filled(name=read.name)
    if read.kind == "group":
        return EMPTY.filled(name=read.name)
    silent = read.type == "note" and not any(read.cell(column) for column in ("calculation", "default", "trigger"))
    return UNANSWERED.filled(name=read.name) if silent else None


def _read_as_values(tree: Expression) -> Iterator[Named]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        match part:
            case Named(last_saved=False):
                yield part
            case Path():
                waiting.extend(inside for inside in parts(part) if inside is not part.origin)
            case Call(function=function, arguments=arguments) if function in _TAKES_NODES:
                waiting.extend(each for each in arguments if not isinstance(each, Named))
            case _:
                waiting.extend(parts(part))

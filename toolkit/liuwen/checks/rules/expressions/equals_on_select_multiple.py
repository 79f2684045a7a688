"""`=` used on a question with several answers."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named, Number, Path, Text
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_number, plain_text
from liuwen.form.elements import Element
from liuwen.logic.fixed_values import literal
from liuwen.messages import Sentence

EQUALS = Sentence(
    zh="“{name}”可以选几项，用 = 只在恰好选这一项时成立：请改成 {meant}。",
    en="“{name}” allows several answers, and = is true only if this one alone is selected; write {meant}.",
)
DIFFERS = Sentence(
    zh="“{name}”可以选几项，用 != 时与别的项同选也算不等：请改成 not({meant})。",
    en="“{name}” allows several answers, and != is also true if this is one of them; write not({meant}).",
)
OTHER_EQUALS = Sentence(
    zh="“{name}”可以选几项，用 = 只在恰好选一项时成立：请改成 selected({subject}, {other})。",
    en="“{name}” allows several answers, and = is true only if exactly one is selected; write selected({subject}, {other}).",
)
OTHER_DIFFERS = Sentence(
    zh="“{name}”可以选几项，用 != 时与别的项同选也算不等：请改成 not(selected({subject}, {other}))。",
    en="“{name}” allows several answers, and != is also true if it is selected with others; write "
    "not(selected({subject}, {other})).",
)
REVERSED = Sentence(
    zh="selected() 先写题、后写选项，这里反了，只在恰好选这一项时成立：请写成 {meant}。",
    en="selected() takes the question first and the choice second; the other way round it is true only if this one alone is "
    "selected. Write {meant}.",
)
COUNTED = Sentence(
    zh="{text} 比较的不是选了几项：请写成 count-selected({subject}) {operator} {number}。",
    en="{text} does not compare how many are selected; write count-selected({subject}) {operator} {number}.",
)
_SEVERAL = frozenset({"select_multiple", "rank"})


def equals_on_select_multiple(facts: Facts) -> Iterator[Fault]:
    """The answer is stored as "a b c", which equals "b" only where nothing else was chosen."""
    for formula, comparison in facts.comparisons:
        element, operator, value, _ = comparison
        shown = plain_text(value)
        several = element.type in _SEVERAL and operator in {"=", "!="} and shown
        if several and not _is_alone(shown, element, formula):
            said = EQUALS if operator == "=" else DIFFERS
            yield warning(formula.place, said.filled(name=element.name, meant=_selected(element.name, shown)))
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in {"=", "!="}:
                yield from _with_something_else(facts, formula, part)
                yield from _as_text(facts, formula, part)
                continue
            if isinstance(part, Binary) and part.operator in COMPARISONS:
                yield from _counted(facts, formula, part)
            elif isinstance(part, Call) and part.function == "selected":
                yield from _reversed(facts, formula, part)


def _reversed(facts: Facts, formula: Formula, part: Call) -> Iterator[Fault]:
    match part.arguments:
        case (Text(value=value), subject) if value and (asked := _asked(facts, formula, subject)):
            yield warning(formula.place, REVERSED.filled(meant=_selected(asked.name, value)))
        case (Path() as column, subject) if (
            column.bare_word and formula.column == "choice_filter" and _asked(facts, formula, subject)
        ):
            yield warning(formula.place, REVERSED.filled(meant=f"selected({written(subject)}, {written(column)})"))
        case _:
            pass


def _counted(facts: Facts, formula: Formula, part: Binary) -> Iterator[Fault]:
    asked = _asked(facts, formula, part.left)
    choices = facts.choices_of(asked) if asked else None
    if choices and isinstance(part.right, Number) and all(isnan(as_number(name)) for name in choices.names):
        values = {"subject": written(part.left), "operator": part.operator, "number": written(part.right)}
        yield error(formula.place, COUNTED.filled(text=written(part), **values))


def _with_something_else(facts: Facts, formula: Formula, part: Binary) -> Iterator[Fault]:
    """Compared with a column of the choices, or with another answer: in filters, in predicates, anywhere."""
    for subject, other in ((part.left, part.right), (part.right, part.left)):
        asked = _asked(facts, formula, subject)
        if asked is None or literal(other) is not None or _asked(facts, formula, other) or _gives_whole_answers(facts, other):
            continue
        said = OTHER_EQUALS if part.operator == "=" else OTHER_DIFFERS
        yield warning(formula.place, said.filled(name=asked.name, subject=written(subject), other=written(other)))


def _as_text(facts: Facts, formula: Formula, part: Binary) -> Iterator[Fault]:
    """`string(${a}) = 'b'`: the same comparison in other words."""
    for subject, other in ((part.left, part.right), (part.right, part.left)):
        match subject, other:
            case Call(function="string" | "normalize-space", arguments=(inside,)), Text(value=value) if value:
                asked = _asked(facts, formula, inside)
                if asked and not _is_alone(value, asked, formula):
                    said = EQUALS if part.operator == "=" else DIFFERS
                    yield warning(formula.place, said.filled(name=asked.name, meant=_selected(asked.name, value)))
            case _:
                pass


def _selected(name: str, value: str) -> str:
    """The same asked with `selected`, once for each choice in the text."""
    return " and ".join(f"selected(${{{name}}}, '{choice}')" for choice in value.split())


def _asked(facts: Facts, formula: Formula, part: Expression) -> Element | None:
    """The question with several answers that a side is."""
    is_here = isinstance(part, Path) and part.is_here and formula.column == "constraint"
    asked = formula.element if is_here else facts.only.get(part.name) if isinstance(part, Named) else None
    return asked if asked and asked.type in _SEVERAL else None


def _gives_whole_answers(facts: Facts, other: Expression) -> bool:
    """Whether it may be a whole answer again: the one given last time, or one that was calculated."""
    if not isinstance(other, Named):
        return isinstance(other, Call)
    read = facts.only.get(other.name)
    return other.last_saved or read is None or not read.is_asked


def _is_alone(value: str, element: Element, formula: Formula) -> bool:
    """Whether the value cannot be chosen with others, or the same cell asks for `selected` too: then `=` is meant."""
    texts = (element.cell("constraint"), formula.text)
    return any(f"'{value}'" in text and ("selected(" in text) for text in texts)

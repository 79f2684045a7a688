"""A choice filter that leaves some answer with no choice at all."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.vocabulary import OTHER, UNSURE
from liuwen.expressions import Binary, Expression, Named, Path, Text
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_number, as_truth
from liuwen.form.elements import Choice, ChoiceList
from liuwen.form.headers import TRANSLATED
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.logic.reasoning import outcome
from liuwen.messages import Sentence

NOTHING_LEFT = Sentence(
    zh="“{name}”选了 {values} 时，“{list}”里没有任何选项：请补上，或核对“{column}”列。",
    en="when “{name}” is {values}, the list “{list}” has no choices left; add choices, or check the column “{column}”.",
)


NEVER = Sentence(
    zh="“{list}”里没有哪个选项的“{column}”是“{value}”，这里永远没有选项：请核对写法。",
    en="no choice of “{list}” has “{value}” in the column “{column}”, so none is ever offered; check the spelling.",
)
SHUT = Sentence(
    zh="这个筛选永远不成立，一个选项也不会出现：请核对。", en="this filter is never true, so no choice is ever offered; check it."
)
OWN = Sentence(
    zh="“{name}”的选项要看“{name}”自己的答案，而它还没有答案，所以一个选项也不会出现：请改成前面的题。",
    en="the choices of “{name}” depend on the answer to “{name}” itself, which is still blank, so none is offered; name an "
    "earlier question.",
)
RELATIVE = Sentence(
    zh="choice_filter 里的 . 和 .. 指的是选项，不是题目，所以 {path} 是空的：请写成 {meant}。",
    en="in a choice_filter, . and .. stand for the choice and not for the question, so {path} is empty; write {meant}.",
)
NO_NUMBERS = Sentence(
    zh="“{name}”是数字，而“{list}”的“{column}”列里没有数字，永远没有选项：请核对引用的题。",
    en="“{name}” is a number, and “{list}” has no number in the column “{column}”, so none is ever offered; check the question.",
)


def filter_leaves_nothing(facts: Facts) -> Iterator[Fault]:
    """Filters of the form `column = ${question}`, alone or joined by and, where the question has a list of its own."""
    for formula, tree in facts.trees("choice_filter"):
        element = formula.element
        value = fixed_value(tree)
        if value is not None and not as_truth(value):
            yield error(formula.place, SHUT)
        yield from _missing(facts, formula, tree)
        yield from _relative(formula, tree)
        choices = facts.choices_of(element) if element else None
        for column, named in _equalities(tree) if choices else ():
            asked = facts.only.get(named.name)
            if asked and asked is element and not named.last_saved:
                yield error(formula.place, OWN.filled(name=asked.name))
                continue
            if asked and choices and asked.type in {"integer", "decimal"} and _has_no_number(choices, column):
                yield error(formula.place, NO_NUMBERS.filled(name=asked.name, list=choices.name, column=column))
                continue
            offered = (
                facts.choices_of(asked) if asked and asked.type == "select_one" and not asked.cell("choice_filter") else None
            )
            if choices is None or offered is None:
                continue
            present = {choice.columns.get(column, choice.name if column == "name" else "") for choice in choices}
            missing = [choice.name for choice in offered if choice.name not in present and not _is_apart(choice)]
            empty = [value for value in missing if _may_be_asked(facts, formula, named, value)]
            if empty:
                shown = ", ".join(empty[:5]) + (" …" if len(empty) > 5 else "")
                values = {"name": named.name, "values": shown, "list": choices.name, "column": column}
                yield warning(formula.place, NOTHING_LEFT.filled(**values))


def _may_be_asked(facts: Facts, formula: Formula, named: Named, value: str) -> bool:
    """Whether the question is asked at all once that choice is taken: `tourism` may be asked only of what is for tourists."""
    conditions = [cell.tree for cell in facts.conditions(formula.element) if cell.tree] if formula.element else []
    taken = Binary("=", named, Text(value, named.end, named.end), named.start, named.end)
    return not conditions or outcome([taken, *conditions], None, facts.known) != "never"


def _relative(formula: Formula, tree: Expression) -> Iterator[Fault]:
    for part in walk_outside_predicates(tree):
        if isinstance(part, Path) and part.origin is None and not part.absolute and part.steps[0].axis in {"self", "parent"}:
            last = part.steps[-1]
            meant = f"${{{last.name}}}" if last.axis == "child" else "${…}"
            yield error(formula.place, RELATIVE.filled(path=written(part), meant=meant))


def _missing(facts: Facts, formula: Formula, tree: Expression) -> Iterator[Fault]:
    """A value written in the filter that no choice has: `kind = 'shcool'`."""
    choices = facts.choices_of(formula.element) if formula.element else None
    wanted = list(_fixed_equalities(tree)) if choices else []
    for column, text in wanted:
        present = {choice.columns.get(column, choice.name if column == "name" else "") for choice in choices or ()}
        if text not in present and column not in TRANSLATED and present != {""}:
            yield error(formula.place, NEVER.filled(list=choices.name if choices else "", column=column, value=text))
            return
    if len(wanted) > 1 and not any(all(_has(choice, column, text) for column, text in wanted) for choice in choices or ()):
        yield error(formula.place, SHUT)


def _has(choice: Choice, column: str, text: str) -> bool:
    return column in TRANSLATED or choice.columns.get(column, choice.name if column == "name" else "") == text


def _has_no_number(choices: ChoiceList, column: str) -> bool:
    present = {choice.columns.get(column, choice.name if column == "name" else "") for choice in choices}
    return present != {""} and all(isnan(as_number(value)) for value in present)


def _is_apart(choice: Choice) -> bool:
    """Whether it is an "other" or a "don't know", for which nothing is listed on purpose."""
    return any(pattern.search(text) for pattern in (OTHER, UNSURE) for text in (choice.name, choice.label()))


def _equalities(tree: Expression) -> Iterator[tuple[str, Named]]:
    for part in _joined(tree):
        match part:
            case (
                Binary(operator="=", left=Path() as path, right=Named() as named)
                | Binary(operator="=", left=Named() as named, right=Path() as path)
            ) if path.bare_word:
                yield path.bare_word, named
            case _:
                pass


def _fixed_equalities(tree: Expression) -> Iterator[tuple[str, str]]:
    for part in _joined(tree):
        match part:
            case (
                Binary(operator="=", left=Path() as path, right=Text(value=text))
                | Binary(operator="=", left=Text(value=text), right=Path() as path)
            ) if path.bare_word and text and "${" not in text:
                yield path.bare_word, text
            case _:
                pass


def _joined(tree: Expression) -> Iterator[Expression]:
    """The parts that all must hold."""
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Binary(operator="and", left=left, right=right):
                waiting += [right, left]
            case part:
                yield part

"""A choice filter that leaves some answer with no choice at all."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.vocabulary import OTHER, UNSURE
from liuwen.expressions import Binary, Expression, Named, Path
from liuwen.form.elements import Choice
from liuwen.messages import Sentence

NOTHING_LEFT = Sentence(
    zh="“{name}”选了 {values} 时，“{list}”里没有任何选项：请补上，或核对“{column}”列。",
    en="when “{name}” is {values}, the list “{list}” has no choices left; add choices, or check the column “{column}”.",
)


def filter_leaves_nothing(facts: Facts) -> Iterator[Fault]:
    """Filters of the form `column = ${question}`, alone or joined by and, where the question has a list of its own."""
    for formula, tree in facts.trees("choice_filter"):
        element = formula.element
        choices = facts.choices_of(element) if element else None
        for column, named in _equalities(tree) if choices else ():
            asked = facts.only.get(named.name)
            offered = (
                facts.choices_of(asked) if asked and asked.type == "select_one" and not asked.cell("choice_filter") else None
            )
            if choices is None or offered is None:
                continue
            present = {choice.columns.get(column, choice.name if column == "name" else "") for choice in choices}
            empty = [choice.name for choice in offered if choice.name not in present and not _is_apart(choice)]
            if empty:
                shown = ", ".join(empty[:5]) + (" …" if len(empty) > 5 else "")
                values = {"name": named.name, "values": shown, "list": choices.name, "column": column}
                yield warning(formula.place, NOTHING_LEFT.filled(**values))


def _is_apart(choice: Choice) -> bool:
    """Whether it is an "other" or a "don't know", for which nothing is listed on purpose."""
    return any(pattern.search(text) for pattern in (OTHER, UNSURE) for text in (choice.name, choice.label()))


def _equalities(tree: Expression) -> Iterator[tuple[str, Named]]:
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Binary(operator="and", left=left, right=right):
                waiting += [right, left]
            case (
                Binary(operator="=", left=Path() as path, right=Named() as named)
                | Binary(operator="=", left=Named() as named, right=Path() as path)
            ) if path.bare_word:
                yield path.bare_word, named
            case _:
                pass

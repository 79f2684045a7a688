"""A "none" that can be chosen together with something."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, note, warning
from liuwen.checks.vocabulary import NONE, UNSURE
from liuwen.expressions import Expression
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import as_truth
from liuwen.form.elements import Choice, Element
from liuwen.messages import Sentence

TOGETHER = Sentence(
    zh="“{label}”可以和别的选项同时选上：请加 constraint：not(selected(., '{name}') and count-selected(.) > 1)。",
    en="“{label}” can be selected together with other choices; add the constraint not(selected(., '{name}') "
    "and count-selected(.) > 1).",
)
WRONG_WAY = Sentence(
    zh="条件写反了，“{label}”与别的项同选也通过，该通过的却不行：请写成 not(selected(., '{name}') and count-selected(.) > 1)。",
    en="this constraint is the wrong way round: it accepts “{label}” together with others and refuses what should pass; write "
    "not(selected(., '{name}') and count-selected(.) > 1).",
)
NOTHING_ELSE = Sentence(
    zh="这个条件只让人选“{label}”，别的项都不能选：请写成 not(selected(., '{name}') and count-selected(.) > 1)。",
    en="this constraint accepts “{label}” and no other choice; write not(selected(., '{name}') and count-selected(.) > 1).",
)
_NUMBER = re.compile(r"^\s*\d+\s*[.)、]\s*")
_READABLE = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_TEST = re.compile(r"selected\(\s*\$\{\s*([^}\s]+)\s*\}\s*,\s*['\"]([^'\"]*)['\"]")
_COUNT = re.compile(r"count-selected\(\s*\$\{\s*([^}\s]+)\s*\}")


def none_not_exclusive(facts: Facts) -> Iterator[Fault]:
    """Also "don't know" and "would rather not say", for which it is advice."""
    listed = {name: [choice for choice in choices if _excludes(choice)] for name, choices in facts.form.choice_lists.items()}
    guarded = set(_guarded(facts))
    for element in facts.asked:
        if element.type != "select_multiple" or element.from_file:
            continue
        for choice in listed.get(element.list_name or "", ()):
            verdict = _verdict(facts, element, choice)
            label = Sentence(zh=choice.label("zh"), en=choice.label("en"))
            place = facts.at(element, "constraint")
            if isinstance(verdict, Sentence):
                yield error(place, verdict.filled(label=label, name=choice.name))
            elif not verdict and (element.name, choice.name) not in guarded:
                certain = NONE.search(choice.name) or NONE.search(choice.label())
                yield (warning if certain else note)(place, TOGETHER.filled(label=label, name=choice.name))


def _verdict(facts: Facts, element: Element, choice: Choice) -> Sentence | bool:
    """Whether the constraint keeps a choice apart; where it does the contrary, what is wrong with it."""
    tree = facts.formula_of[element.row, "constraint"].tree if (element.row, "constraint") in facts.formula_of else None
    choices = facts.choices_of(element)
    others = [other.name for other in choices or () if other.name != choice.name and not _excludes(other)]
    named = re.search(rf"(?<![\w.]){re.escape(choice.name)}(?!\w)", element.cell("constraint")) is not None
    if tree is None or not named or not others:
        return named
    alone, together = (_accepts(tree, element, answer) for answer in (choice.name, f"{choice.name} {others[0]}"))
    ordinary = [_accepts(tree, element, " ".join(others[:count])) for count in range(1, len(others) + 1)]
    nothing_else = not any(accepted is not False for accepted in ordinary)
    if together and (alone is False or nothing_else or ordinary[:2] == [True, False]):
        return WRONG_WAY
    return NOTHING_ELSE if alone and nothing_else and together is False else not together


def _accepts(tree: Expression, element: Element, answer: str) -> bool | None:
    """Whether a constraint accepts an answer; None if that depends on other answers."""

    def lookup(name: str) -> str:
        if name not in {".", element.name}:
            raise UnknownError
        return answer

    try:
        return as_truth(evaluate(tree, lookup))
    except UnknownError:
        return None


def _guarded(facts: Facts) -> Iterator[tuple[str, str]]:
    """The choices that some other cell looks at together with their count: the relevance of a note that stops the walk."""
    for formula in facts.formulas:
        counted = set(_COUNT.findall(formula.text))
        yield from ((name, value) for name, value in _TEST.findall(formula.text) if name in counted)


def _excludes(choice: Choice) -> bool:
    """By its label; by its name too, which says "none" in any language, but "refused" only where no label says more."""
    label = _NUMBER.sub("", choice.label())
    if NONE.search(choice.name) or NONE.search(label) or UNSURE.search(label):
        return True
    return bool(UNSURE.search(choice.name)) and (label == choice.name or not _READABLE.search(label))

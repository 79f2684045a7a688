"""A bare word where a text, a question or a function was meant."""

from collections.abc import Iterator

from liuwen.checks.bare_words import FUNCTION, FUNCTIONS
from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, note
from liuwen.expressions import Path
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.messages import Sentence

BARE = Sentence(
    zh="{word} 没有引号，会当作一道题的名称，永远是空的：请写成 '{word}'。",
    en="{word} has no quotes, so it is read as the name of a question and is always empty; write '{word}'.",
)
NULL = Sentence(
    zh="{word} 不是 XPath 的写法，只是碰巧等于空：请写成 ''。",
    en="{word} does not exist in XPath and is empty only by accident; write ''.",
)
BARE_NAME = Sentence(
    zh="{word} 是一道题的名称：请写成 ${{{word}}}。",
    en="{word} is the name of a question; write ${{{word}}}.",
)
OWN = Sentence(
    zh="{word} 会当作空的路径：constraint 里本题的答案写成一个点 . 。",
    en="{word} is read as an empty path; in a constraint, the answer to the question itself is a dot: .",
)
TRUTH = Sentence(
    zh="{word} 没有引号，会当作空的路径：“是”与“否”请写成 {meant}，选项请写成 '{word}'。",
    en="{word} has no quotes, so it is read as an empty path; write {meant} for yes or no, or '{word}' for a choice.",
)
_TRUTHS = {"true": "true()", "false": "false()"}
_OWN = frozenset("value val this self answer input it x valor valeur wert respuesta resposta 答案 值".split())


def forgotten_quotes(facts: Facts) -> Iterator[Fault]:
    """`${a} = yes` compares with a question `yes` that does not exist; `lone-word` says it of a whole expression."""
    for formula in facts.formulas:
        if formula.tree is None or formula.column == "choice_filter":
            continue
        for part in walk_outside_predicates(formula.tree):
            word = part.bare_word if isinstance(part, Path) and part is not formula.tree else None
            if word and not word.endswith("()") and word not in _below(facts, formula):
                said = meant_word(facts, formula, word)
                filled = said.filled(word=word, meant=_TRUTHS.get(word.lower(), ""))
                yield (note if said is NULL else error)(formula.place, filled)


def meant_word(facts: Facts, formula: Formula, word: str) -> Sentence:
    """What to say of a bare word in an expression."""
    if word.lower() == "null":
        return NULL
    if word in facts.named:
        return BARE_NAME
    if word.lower() in FUNCTIONS:
        return FUNCTION
    if formula.column == "constraint" and word.lower() in _OWN:
        return OWN
    return TRUTH if word.lower() in _TRUTHS else BARE


def _below(facts: Facts, formula: Formula) -> frozenset[str]:
    """What a group or a repeat may name without a path: the questions directly inside it."""
    here = formula.element
    if here is None or here.kind == "question":
        return frozenset()
    return frozenset(each.name for each in facts.elements if each.parents and each.parents[-1] is here)

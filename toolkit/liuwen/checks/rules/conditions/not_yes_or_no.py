"""`required`, `read_only` or `disabled` with a word that is neither yes nor no."""

from collections.abc import Iterator, Mapping

from liuwen.checks.columns import SAYS_NO, SAYS_YES, is_mere_word
from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Call, ExpressionError, Named, Number, Text, try_parse, walk
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.tree import COMPARISONS, Binary, Expression
from liuwen.expressions.values import as_truth
from liuwen.form.elements import Element
from liuwen.logic.reasoning import outcome
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="“{word}”不是 yes，手机当作空的路径，{column} 不起作用：请写成 yes。",
    en="“{word}” is not yes; phones read it as an empty path, so {column} has no effect. Write yes.",
)
ALWAYS = Sentence(
    zh="加了引号的 '{word}' 只要不是空的，手机就当作“是”：请写成 {meant}。",
    en="phones take the quoted '{word}' for yes because it is not empty; write {meant}.",
)
BY_ACCIDENT = Sentence(
    zh="“{word}”不是 XLSForm 的写法，碰巧与 no 一样不起作用：请写成 no，或留空。",
    en="“{word}” is not a word of XLSForm and only by accident means no; write no, or leave the cell blank.",
)
FIXED = Sentence(
    zh="{text} 不看任何回答，总是“{meant}”：请直接写 {meant}，或写出要看的题目。",
    en="{text} depends on no answer and always means {meant}; write {meant}, or the question that it should depend on.",
)
SETTING = Sentence(
    zh="设置 {column} 只能是 yes 或 no，“{word}”不起作用：请改成 yes 或 no。",
    en="the setting {column} must be yes or no, and “{word}” has no effect; write yes or no.",
)
_COLUMNS = ("required", "read_only", "disabled")
_KNOWN = SAYS_YES | SAYS_NO
_NO = frozenset(
    "no non nein não nao nej nei nie ne nu hayır нет ні tidak không hapana 否 不 不是 不必 不用 无 没有 いいえ 아니요 "
    "لا n f false faux falso falsch off 选答 可选 optional facultatif opcional".split()
)
_SETTINGS = ("allow_choice_duplicates", "omit_instanceid", "clean_text_values", "auto_send", "auto_delete")


def not_yes_or_no(facts: Facts) -> Iterator[Fault]:
    """In the language of the form, as people write it: oui, ja, sim, sí, 是, x, ✓."""
    for element in facts.form.elements:
        for column in _COLUMNS:
            text = element.cell(column).strip()
            fault = _of_cell(facts, element, column, text) if text and text not in _KNOWN else None
            if fault:
                yield fault
    yield from _of_settings(facts, facts.form.settings)


def _of_cell(facts: Facts, element: Element, column: str, text: str) -> Fault | None:
    place = facts.at(element, column)
    tree = try_parse(text)
    if isinstance(tree, Text):
        no = tree.value.strip().lower() in _NO
        return (error if no else warning)(place, ALWAYS.filled(word=tree.value, meant="no" if no else "yes"))
    if not isinstance(tree, ExpressionError) and _is_fixed(tree):
        return warning(place, FIXED.filled(text=text, meant="yes" if as_truth(fixed_value(tree) or False) else "no"))
    if not isinstance(tree, ExpressionError) and (always := _always(facts, tree)) is not None:
        return warning(place, FIXED.filled(text=text, meant="yes" if always else "no"))
    if not is_mere_word(text):
        return None
    if text.lower() in _NO:
        return warning(place, BY_ACCIDENT.filled(word=text))
    return error(place, NEVER.filled(word=text, column=column))


def _always(facts: Facts, tree: Expression) -> bool | None:
    """What a condition comes to whatever is answered; None if that depends."""
    if not any(isinstance(part, Named) for part in walk(tree)):
        return None
    found = outcome([tree], None, facts.known)
    return None if found == "depends" else found == "always"


def _is_fixed(tree: Expression) -> bool:
    """Whether it comes to the same whatever is answered, other than 0, 1, true() and false(), which are known ways to say it."""
    if (isinstance(tree, Number) and tree.value in {0.0, 1.0}) or (isinstance(tree, Call) and tree.function in {"true", "false"}):
        return False
    compares = any(isinstance(part, Binary) and part.operator in COMPARISONS for part in walk(tree))
    return not compares and fixed_value(tree) is not None


def _of_settings(facts: Facts, settings: Mapping[str, str]) -> Iterator[Fault]:
    for column in _SETTINGS:
        word = settings.get(column, "").strip()
        if word and word.lower() not in {"yes", "no", "true", "false", "true()", "false()", "1", "0"}:
            yield warning(facts.place("settings", 2, column), SETTING.filled(column=column, word=word))

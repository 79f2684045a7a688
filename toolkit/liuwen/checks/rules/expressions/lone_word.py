"""A whole expression that is a bare word, a number or a text."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.appearances import SUPPORT
from liuwen.checks.bare_words import FUNCTION, FUNCTIONS
from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Binary, Call, Expression, Negative, Number, Path, Text, parts
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.numbers import plain_text_of
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_number
from liuwen.messages import Sentence

APPEARANCE = Sentence(
    zh="“{word}”是一种外观，写在 {column} 里会当作空的路径，条件永远不成立：请移到 appearance 列。",
    en="“{word}” is an appearance; in {column} it is read as an empty path and is never true. Move it to the appearance column.",
)
QUESTION = Sentence(
    zh="“{word}”是一道题的名称，不加 ${{}} 就当作空的路径：请写成 ${{{word}}}。",
    en="“{word}” is the name of a question, but without ${{}} it is read as an empty path; write ${{{word}}}.",
)
TRUTH = Sentence(
    zh="“{word}”会当作空的路径，永远不成立：请写成 {meant}，或删去。",
    en="“{word}” is read as an empty path and is never true; write {meant}, or delete it.",
)
TAKEN = Sentence(
    zh="“{word}”会当作 {meant}，算出来是“{result}”，不是“{word}”：文字请写成 '{word}'。",
    en="“{word}” is taken for {meant}, so the result is “{result}” and not “{word}”; write '{word}' for the text.",
)
CONDITION = Sentence(
    zh="“{word}”不是条件，会当作空的路径，永远不成立：请写成 ${{题名}} = '{word}' 这样，或删去。",
    en="“{word}” is not a condition; it is read as an empty path and is never true. Write something such as "
    "${{question}} = '{word}', or delete it.",
)
VALUE = Sentence(
    zh="“{word}”会当作空的路径，算出来永远是空的：文字请写成 '{word}'，题目请写成 ${{{word}}}。",
    en="“{word}” is read as an empty path, so the result is always empty; write '{word}' for a text, or ${{{word}}} for a "
    "question.",
)
ALWAYS = Sentence(
    zh="{word} 不是条件，永远成立，所以不起作用：请写出要比较的题目，或删去。",
    en="{word} is not a condition; it is always true and so has no effect. Write what it is compared with, or delete it.",
)
NEVER = Sentence(
    zh="{word} 不是条件，永远不成立：请写出要比较的题目，或删去。",
    en="{word} is not a condition and is never true; write what it is compared with, or delete it.",
)
RANGE = Sentence(
    zh="{word} 是一道减法，不是范围：请写成 {meant}。",
    en="{word} is a subtraction, not a range; write {meant}.",
)
SAME_NAME = Sentence(
    zh="{word} 不看任何回答，每一份都叫这个名字：请写成 concat('…', ${{题名}}) 这样。",
    en="{word} looks at no answer, so all have the same name; write for example concat('…', ${{question}}).",
)
NO_COUNT = Sentence(
    zh="{word} 不是数字，重复次数是 0：请写出次数，或写成 ${{题名}}。",
    en="{word} is no number, so the repeat is repeated 0 times; write a number, or a reference such as ${{question}}.",
)
_CONDITIONS = frozenset({"relevant", "constraint", "choice_filter", "create_if", "update_if"})
_VALUES = frozenset({"calculation", "repeat_count", "instance_name", "label", "entity_id"})
_TRUTHS = {"true": "true()", "yes": "true()", "false": "false()", "no": "false()"}
_SWITCHES = frozenset({0.0, 1.0})
_APPEARANCES = frozenset(word for words in SUPPORT.values() for word in words)


def lone_word(facts: Facts) -> Iterator[Fault]:
    """A phone takes a bare word for the path of something that is not there; 0 and 1 are known ways to say no and yes.

    pyxform makes true() and false() of yes and no, which is what a condition means by them, but not a calculation.
    """
    for formula in facts.formulas:
        match formula.tree:
            case Path(bare_word=str(word)) if not word.endswith("()"):
                said = _of_word(facts, formula, word)
                if said:
                    meant = _TRUTHS.get(word.lower(), "")
                    yield error(formula.place, said.filled(word=word, column=formula.place.column, meant=meant))
            case Call() if formula.column == "calculation" and formula.text.lower() in {"yes", "no"}:
                meant = _TRUTHS[formula.text.lower()]
                yield error(formula.place, TAKEN.filled(word=formula.text, meant=meant, result=int(meant == "true()")))
            case Text() as text if formula.column == "repeat_count" and isnan(as_number(text.value)):
                yield error(formula.place, NO_COUNT.filled(word=written(text)))
            case Number() | Text() as name if formula.column in {"instance_name", "label"} and formula.element is None:
                yield warning(formula.place, SAME_NAME.filled(word=written(name)))
            case Number() | Text() | Negative() | Binary() as tree if formula.column in _CONDITIONS and _is_constant(tree):
                yield from _of_constant(formula, tree)
            case _:
                pass


def _is_constant(tree: Expression) -> bool:
    """Whether it is a number, a text, or something calculated with numbers alone."""
    if isinstance(tree, Binary):
        return tree.operator in {"+", "-", "*"} and all(isinstance(each, Number | Negative) for each in parts(tree))
    return not isinstance(tree, Negative) or isinstance(tree.operand, Number)


def _of_constant(formula: Formula, tree: Expression) -> Iterator[Fault]:
    if isinstance(tree, Binary) and tree.operator == "-":
        subject = "." if formula.column == "constraint" else "${…}"
        meant = f"{subject} >= {written(tree.left)} and {subject} <= {written(tree.right)}"
        yield error(formula.place, RANGE.filled(word=written(tree), meant=meant))
        return
    value = fixed_value(tree)
    if isinstance(value, float | str) and value not in _SWITCHES:
        shown = plain_text_of(value) if isinstance(value, float) else f"'{value}'"
        yield error(formula.place, (ALWAYS if value else NEVER).filled(word=shown))


def _of_word(facts: Facts, formula: Formula, word: str) -> Sentence | None:
    if formula.column == "choice_filter":
        return None  # a column of the choices: whoever fills it with true and false may filter by it
    if word.lower() in _APPEARANCES and formula.column in _CONDITIONS:
        return APPEARANCE
    if word in facts.named and formula.column in _CONDITIONS | _VALUES:
        return QUESTION
    if word.lower() in FUNCTIONS and formula.column in _CONDITIONS | _VALUES:
        return FUNCTION
    if word.lower() in _TRUTHS and formula.column in _CONDITIONS:
        return TRUTH
    return CONDITION if formula.column in _CONDITIONS else VALUE if formula.column in _VALUES else None

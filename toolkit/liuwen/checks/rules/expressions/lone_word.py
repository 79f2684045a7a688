"""A whole expression that is a bare word, a number or a text."""

from collections.abc import Iterator

from liuwen.checks.appearances import SUPPORT
from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Number, Path, Text
from liuwen.expressions.numbers import plain_text_of
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
_CONDITIONS = frozenset({"relevant", "constraint", "choice_filter", "create_if", "update_if"})
_VALUES = frozenset({"calculation", "repeat_count", "instance_name", "label", "entity_id"})
_TRUTHS = {"true": "true()", "yes": "true()", "false": "false()", "no": "false()"}
_SWITCHES = frozenset({0.0, 1.0})
_APPEARANCES = frozenset(word for words in SUPPORT.values() for word in words)


def lone_word(facts: Facts) -> Iterator[Fault]:
    """A phone takes a bare word for the path of something that is not there; 0 and 1 are known ways to say no and yes."""
    for formula in facts.formulas:
        match formula.tree:
            case Path(bare_word=str(word)) if not word.endswith("()"):
                said = _of_word(facts, formula, word)
                if said:
                    meant = _TRUTHS.get(word.lower(), "")
                    yield error(formula.place, said.filled(word=word, column=formula.place.column, meant=meant))
            case Number(value=value) | Text(value=value) if formula.column in _CONDITIONS and value not in _SWITCHES:
                said = ALWAYS if value else NEVER
                shown = plain_text_of(value) if isinstance(value, float) else f"'{value}'"
                yield error(formula.place, said.filled(word=shown))
            case _:
                pass


def _of_word(facts: Facts, formula: Formula, word: str) -> Sentence | None:
    if formula.column == "choice_filter":
        return None  # a column of the choices: whoever fills it with true and false may filter by it
    if word.lower() in _APPEARANCES and formula.column in _CONDITIONS:
        return APPEARANCE
    if word in facts.named and formula.column in _CONDITIONS | _VALUES:
        return QUESTION
    if word.lower() in _TRUTHS and formula.column in _CONDITIONS:
        return TRUTH
    return CONDITION if formula.column in _CONDITIONS else VALUE if formula.column in _VALUES else None

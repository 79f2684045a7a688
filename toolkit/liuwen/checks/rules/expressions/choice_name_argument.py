"""`jr:choice-name()` whose second argument is not its question in quotes."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Expression, Named, Text, references
from liuwen.expressions.rewriting import written
from liuwen.messages import Sentence

UNQUOTED = Sentence(
    zh="jr:choice-name() 的第二个参数要加引号，否则表单打不开：请写成 jr:choice-name({value}, '{question}')。",
    en="the second argument of jr:choice-name() needs quotes, or the form does not open; write "
    "jr:choice-name({value}, '{question}').",
)
NO_QUESTION = Sentence(
    zh="jr:choice-name() 的第二个参数 {found} 不是题目，结果是空的：请写成 jr:choice-name({value}, '{question}')。",
    en="the second argument of jr:choice-name(), {found}, is no question, so the result is always empty; write a reference to "
    "the select, such as jr:choice-name({value}, '{question}').",
)
NO_SELECT = Sentence(
    zh="“{name}”不是选择题，没有选项文字，jr:choice-name() 的结果永远是空的：请用选择题。",
    en="“{name}” is not a select and has no choice labels, so jr:choice-name() is always empty; use a select question.",
)


def choice_name_argument(facts: Facts) -> Iterator[Fault]:
    """It names the question whose list is looked into; a path in quotes is left alone."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Call) and part.function == "jr:choice-name" and len(part.arguments) == 2:
                sentence = _said(facts, *part.arguments)
                if sentence:
                    yield error(formula.place, sentence)


def _said(facts: Facts, value: Expression, question: Expression) -> Sentence | None:
    shown = written(value)
    if isinstance(question, Named):
        return UNQUOTED.filled(value=shown, question=written(question))
    if not isinstance(question, Text) or "/" in question.value:
        return None
    found = references(question.value)
    if not found:
        meant = shown if isinstance(value, Named) else "${…}"
        return NO_QUESTION.filled(found=written(question), value=shown, question=meant)
    read = facts.only.get(found[0].name)
    is_select = read is None or read.is_select or read.type == "select_one_external"
    return None if is_select else NO_SELECT.filled(name=found[0].name)

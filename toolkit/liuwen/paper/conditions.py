"""A condition as words on paper: `${consent} = 'yes' and selected(${needs}, 'road')` → 'question 2 is “Yes” and …'.

What has no words, such as a calculation, is given as it is written, with the numbers of the questions in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from liuwen.expressions import (
    COMPARISONS,
    Binary,
    Call,
    Expression,
    ExpressionError,
    Named,
    Number,
    Path,
    Text,
    references,
    try_parse,
)
from liuwen.expressions.numbers import plain_text_of
from liuwen.form.choices import offered
from liuwen.form.model import Form
from liuwen.form.plain_wording import plain
from liuwen.messages import Language, Sentence

NUMBER = Sentence(zh="第 {number} 题", en="question {number}")
IS = Sentence(zh="{question}选“{label}”", en='{question} is "{label}"')
IS_NOT = Sentence(zh="{question}没有选“{label}”", en='{question} is not "{label}"')
BLANK = Sentence(zh="{question}空着", en="{question} is blank")
FILLED = Sentence(zh="{question}填了", en="{question} is filled in")
COMPARED = {
    "=": Sentence(zh="{left}等于 {right}", en="{left} is {right}"),
    "!=": Sentence(zh="{left}不等于 {right}", en="{left} is not {right}"),
    "<": Sentence(zh="{left}小于 {right}", en="{left} is below {right}"),
    "<=": Sentence(zh="{left}不超过 {right}", en="{left} is at most {right}"),
    ">": Sentence(zh="{left}大于 {right}", en="{left} is above {right}"),
    ">=": Sentence(zh="{left}不小于 {right}", en="{left} is at least {right}"),
}
CHOSEN = Sentence(zh="{question}选的项数", en="the number of answers to {question}")
ANSWER = Sentence(zh="答案", en="the answer")
DAY = Sentence(zh="当天", en="the day of the interview")
EITHER = Sentence(zh="{left}，或者{right}", en="{left}, or {right}")
BOTH = Sentence(zh="{left}，并且{right}", en="{left}, and {right}")
NOT = Sentence(zh="不是“{said}”", en="it is not so that {said}")
APART = Sentence(zh="（{said}）", en="({said})")


@dataclass(frozen=True)
class ConditionWords:
    """Puts the conditions of a form into words of one language.

    Attributes:
        form: The form.
        language: The language of the words; the answers are named in it where the form has it.
        numbers: Name of a question → its number on paper.
    """

    form: Form
    language: Language
    numbers: Mapping[str, str]

    def of(self, condition: str) -> str:
        """The condition in words; "" if there is none."""
        tree = try_parse(condition)
        return self._as_written(condition) if isinstance(tree, ExpressionError) else self._said(tree, condition)

    def limits(self, constraint: str) -> str:
        """What a constraint asks of the answer, in words; "" where it does more than compare the answer with something."""
        tree = try_parse(constraint)
        if isinstance(tree, ExpressionError) or not all(map(_compares_the_answer, _joined(tree))):
            return ""
        return self._said(tree, constraint)

    def question(self, name: str) -> str:
        """How a question is named on paper: by its number, or by its name if it has none."""
        number = self.numbers.get(name)
        return self._in(NUMBER, number=number) if number else name

    @cached_property
    def form_language(self) -> str:
        """The language of the form that is printed."""
        return self.form.language(self.language) or next(iter(self.form.languages), "")

    def _said(self, node: Expression, whole: str) -> str:
        if isinstance(node, Binary) and node.operator in {"and", "or"}:
            sentence = BOTH if node.operator == "and" else EITHER
            left, right = (self._part(each, node.operator, whole) for each in (node.left, node.right))
            return self._in(sentence, left=left, right=right)
        if isinstance(node, Binary) and node.operator in COMPARISONS:
            return self._compared(node, whole)
        if isinstance(node, Call):
            return self._called(node, whole)
        return self._as_written(whole[node.start : node.end])

    def _part(self, node: Expression, within: str, whole: str) -> str:
        said = self._said(node, whole)
        mixed = isinstance(node, Binary) and node.operator in {"and", "or"} and node.operator != within
        return self._in(APART, said=said) if mixed else said

    def _compared(self, node: Binary, whole: str) -> str:
        if node.operator in {"=", "!="}:
            for asked, value in ((node.left, node.right), (node.right, node.left)):
                answer = self._answer(asked, value)
                if isinstance(asked, Named) and answer is not None:
                    return self._answered(asked.name, answer, same=node.operator == "=")
        left, right = (self._operand(each, whole) for each in (node.left, node.right))
        return self._in(COMPARED[node.operator], left=left, right=right)

    def _answer(self, asked: Expression, value: Expression) -> str | None:
        """The answer that a question is compared with: a text, or the number of a choice."""
        match asked, value:
            case Named(), Text():
                return value.value
            case Named(name=name), Number() if name in self.form and self.form[name].is_select:
                return plain_text_of(value.value)
            case _:
                return None

    def _answered(self, name: str, value: str, *, same: bool) -> str:
        if not value:
            return self._in(BLANK if same else FILLED, question=self.question(name))
        return self._in(IS if same else IS_NOT, question=self.question(name), label=self.label(name, value))

    def _operand(self, node: Expression, whole: str) -> str:
        match node:
            case Named():
                return self.question(node.name)
            case Number():
                return plain_text_of(node.value)
            case Path(is_here=True):
                return self._in(ANSWER)
            case Call("today", ()):
                return self._in(DAY)
            case Call("count-selected", (Named(name=name),)):
                return self._in(CHOSEN, question=self.question(name))
            case _:
                return self._as_written(whole[node.start : node.end])

    def _called(self, node: Call, whole: str) -> str:
        match node:
            case Call("selected", (Named(name=name), Text(value=value))):
                return self._answered(name, value, same=True)
            case Call("not", (Call("selected", (Named(name=name), Text(value=value))),)):
                return self._answered(name, value, same=False)
            case Call("not", (inner,)):
                return self._in(NOT, said=self._said(inner, whole))
            case _:
                return self._as_written(whole[node.start : node.end])

    def label(self, name: str, value: str) -> str:
        """The words of an answer; the value itself where it has none."""
        if name not in self.form or not self.form[name].is_select:
            return value
        listed = offered(self.form, self.form[name])
        return plain(listed.labels(self.form_language).get(value, value)) if listed else value

    def _as_written(self, text: str) -> str:
        for reference in reversed(references(text)):
            text = text[: reference.start] + self.question(reference.name) + text[reference.end :]
        return text

    def _in(self, sentence: Sentence, **told: object) -> str:
        return sentence.filled(**told).in_language(self.language)


def _joined(node: Expression) -> Iterator[Expression]:
    """The parts that `and` and `or` put together."""
    if isinstance(node, Binary) and node.operator in {"and", "or"}:
        yield from _joined(node.left)
        yield from _joined(node.right)
    else:
        yield node


def _compares_the_answer(node: Expression) -> bool:
    match node:
        case Binary(operator=operator, left=Path(is_here=True), right=Named() | Number() | Call("today", ())):
            return operator in COMPARISONS
        case _:
            return False

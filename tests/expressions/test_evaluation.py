"""Expressions evaluate to JavaRosa's value, or are unknown."""

import math
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import pytest

from liuwen.expressions import parse, references
from liuwen.expressions.answers import answer_value
from liuwen.expressions.evaluation import Lookup, evaluate, fixed_value
from liuwen.expressions.functions_of_values import FUNCTIONS
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import NodeSet

INTERVIEWS = 300
EXPRESSIONS = 80

TEXTS = (
    "", " ", "0", "1", "01", "001", " 1", "1 ", "1.0", "1.", ".5", "-5", "+5", "--5", "5-", "- 5", ".", "-", "1e3", "1E3", "1.5",
    "1,5", "1,000", "1.000,5", "１２", "１.５", "12", "a", "b", "a b", "b a", " a", "a  b", "\ta", "\u00a05", "\u30005", "A",
    "NaN", "Infinity", "true", "false", "TRUE", "no", "村", "𠮷野", "110101199003078888", "110101199003078889", "00123",
    "9007199254740993", "1.0E10", "3000000000", "2026-03-01", "2026-3-1", "2026-02-30", "2026-03-01T10:30", "2026-03-02",
    "2026-03-01T10:30:15.5", "2026-03-01T24:00", "2026-03-01T10:30:00.000+08:00", "2026-03-01T10:30Z", "2026-03", "0026-03-01",
    "10:30", "08:30:00", "%Y-%m-%d", "%e/%n/%y %H:%M:%S.%3", "%b", "%q",
)  # fmt: skip
NUMBERS = (
    "0", "1", "2", "3", "5", "12", "01", "0.5", ".5", "1.50", "2.5", "0.1", "0.3", "1000000", "12345678.5", "3000000000",
    "0.0001", "0.0000000000001", "20513", "1.005", "2147483648",
)  # fmt: skip
ANSWERS: Mapping[str, Sequence[str]] = {
    "text": TEXTS,
    "integer": ("", "0", "1", "5", "-5", "007", "+5", "１２", "1.5", "2147483647", "20513", "120"),
    "decimal": ("", "0", "-0.0", "0.1", "2.5", "-2.5", "1e3", "1.005", "12345678.5", "3000000000", "0.00012", "NaN", "１２", "x"),
    "date": ("", "2026-03-01", "2026-3-1", "2024-02-29", "1969-12-31", "1899-12-31", "2026-02-30", "soon"),
    "dateTime": (
        "",
        "2026-03-01T10:30",
        "2026-03-01T10:30:15.5",
        "2026-03-01",
        "1969-12-31T23:59",
        "2026-03-01T10:30:00.000+08:00",
    ),
    "time": ("", "10:30", "10:30:15", "10:30:00.000+08:00"),
    "select_one": ("", "a", "b", "01", "1", "12", "a b"),
    "select_multiple": ("", "a", "a b", "b a", "a  b", "01 1", "12"),
}
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or")
OVER_NODES = ("count", "count-non-empty", "sum", "max", "min", "join", "concat", "checklist")

LEFT_OPEN: Mapping[str, str] = {
    r"\$\{clock\}": "a phone adds the day's date to a time of day",
    r"\+08:00|10:30Z": "the local time of a moment in a time zone depends on the phone's",
    r"date-time\(|format-date\(": "the moment that a number of days stands for depends on the phone's time zone",
    r"%b": "the names of months depend on the phone's language",
    r"0026-03-01|date\(": "Java counts days before 1582 by the Julian calendar",
}
"""Pattern of an expression that may be unknown → reason."""


class Maker:
    """Generates random answers and expressions."""

    def __init__(self, seed: int, questions: Mapping[str, str], member_questions: Mapping[str, str]) -> None:
        self.chance = random.Random(seed)
        self.questions = questions
        self.member_questions = member_questions

    def interview(self) -> tuple[dict[str, str], list[dict[str, str]], frozenset[str], list[str]]:
        answers = self.answers(self.questions)
        members = [self.answers(self.member_questions) for _ in range(self.chance.randrange(4))]
        irrelevant = frozenset(name for name in [*self.questions, *self.member_questions] if self.chance.random() < 0.05)
        return answers, members, irrelevant, [self.expression(self.chance.randrange(1, 4)) for _ in range(EXPRESSIONS)]

    def answers(self, questions: Mapping[str, str]) -> dict[str, str]:
        return {name: self.chance.choice(ANSWERS[kind]) for name, kind in questions.items()}

    def expression(self, depth: int) -> str:
        draw = self.chance.random()
        if depth == 0:
            return self.operand()
        if draw < 0.55:
            return f"({self.expression(depth - 1)} {self.chance.choice(OPERATORS)} {self.expression(depth - 1)})"
        if draw < 0.6:
            return f"(-{self.expression(depth - 1)})"
        if draw < 0.65:
            return f"if({self.expression(depth - 1)}, {self.expression(depth - 1)}, {self.expression(depth - 1)})"
        if draw < 0.7:
            return f"coalesce({self.expression(depth - 1)}, {self.expression(depth - 1)})"
        return self.call(self.chance.choice(list(FUNCTIONS)), depth)

    def call(self, name: str, depth: int) -> str:
        function = FUNCTIONS[name]
        most = function.most if function.most is not None else function.fewest + 2
        arguments = [self.expression(depth - 1) for _ in range(self.chance.randint(function.fewest, most))]
        if name in OVER_NODES and self.chance.random() < 0.7:
            nodes = f"${{{self.chance.choice([*self.member_questions, *self.questions])}}}"
            arguments = [*{"join": arguments[:1], "checklist": ["1", "2"]}.get(name, []), nodes]
        if name.startswith("selected") and self.chance.random() < 0.7:
            arguments[0] = "${several}"
        return f"{name}({', '.join(arguments)})"

    def operand(self) -> str:
        draw = self.chance.random()
        if draw < 0.55:
            return f"${{{self.chance.choice([*self.questions, *self.questions, *self.member_questions])}}}"
        return f"'{self.chance.choice(TEXTS)}'" if draw < 0.8 else self.chance.choice(NUMBERS)


@pytest.mark.slow
def test_random_expressions_evaluate_as_in_javarosa(javarosa, questions, member_questions) -> None:
    """24,000 expressions over random answers: the same value, the same refusal, or unknown for a listed reason."""
    maker = Maker(20261126, questions, member_questions)
    interviews = [maker.interview() for _ in range(INTERVIEWS)]
    types = {**questions, **member_questions}
    wrong, told = [], Counter()
    for (answers, members, irrelevant, expressions), values in zip(interviews, javarosa(interviews), strict=True):
        lookup = _lookup(answers, members, irrelevant, types)
        for text, expected in zip(expressions, values, strict=True):
            ours = _ours(text, lookup)
            told[type(ours).__name__] += 1
            shown = _shown(text, answers, members)
            if not _agree(ours, expected, shown):
                wrong.append((shown, expected, ours))
    assert not wrong, (len(wrong), wrong[:5])
    assert told.total() == INTERVIEWS * EXPRESSIONS
    assert told["UnknownError"] < 0.12 * told.total(), told
    assert min(told[kind] for kind in ("str", "float", "bool", "datetime")) > 100, told


def _lookup(
    answers: Mapping[str, str], members: Sequence[Mapping[str, str]], irrelevant: frozenset[str], types: Mapping[str, str]
) -> Lookup:
    def lookup(name: str) -> NodeSet:
        texts = [answers[name]] if name in answers else [member[name] for member in members]
        return NodeSet(() if name in irrelevant else tuple(answer_value(text, types[name]) for text in texts))

    return lookup


def _ours(text: str, lookup: Lookup) -> Any:
    try:
        value = evaluate(parse(text), lookup)
        if isinstance(value, NodeSet) and len(value.values) > 1:
            return MismatchError()
    except UnknownError as error:
        return error
    return (value.values or ("",))[0] if isinstance(value, NodeSet) else value


def _shown(text: str, answers: Mapping[str, str], members: Sequence[Mapping[str, str]]) -> str:
    """The expression, and the answers it refers to."""
    names = dict.fromkeys(reference.name for reference in references(text))
    given = {name: [each[name] for each in (answers, *members) if name in each] for name in names}
    return f"{text} with {given}"


def _agree(ours: Any, expected: Any, text: str) -> bool:
    if isinstance(expected, MismatchError):
        return isinstance(ours, UnknownError) or _is_settled_by_one_side(text)
    if isinstance(ours, UnknownError):
        return not isinstance(ours, MismatchError) and _has_unknown_part(text)
    if isinstance(ours, float) and isinstance(expected, float) and math.isnan(ours):
        return math.isnan(expected)
    if isinstance(ours, time):
        return isinstance(expected, datetime) and expected.time() == ours
    return type(ours) is type(expected) and ours == expected


def _is_settled_by_one_side(text: str) -> bool:
    """Here `unknown and false` is false, though JavaRosa may refuse to evaluate the unknown side."""
    return (" and " in text or " or " in text) and _has_unknown_part(text)


def _has_unknown_part(text: str) -> bool:
    return any(re.search(pattern, text) for pattern in LEFT_OPEN)


def test_a_sum_of_thousands_is_worked_out() -> None:
    """From the left, without recursion."""
    assert fixed_value(parse(" + ".join(["1"] * 3000) + " - 1000 * 2")) == 1000.0

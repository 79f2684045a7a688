"""Evaluates expressions with JavaRosa itself, many at once, inside the engine's worker."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import cloudpickle
import pytest

from liuwen.engine import engine
from liuwen.expressions import references
from liuwen.expressions.unknown import MismatchError

QUESTIONS: Mapping[str, str] = {
    "t1": "text",
    "t2": "text",
    "i1": "integer",
    "i2": "integer",
    "d1": "decimal",
    "day1": "date",
    "day2": "date",
    "moment": "dateTime",
    "clock": "time",
    "one": "select_one",
    "several": "select_multiple",
}
MEMBER_QUESTIONS: Mapping[str, str] = {"rt": "text", "ri": "integer"}
_TYPES = {**QUESTIONS, **MEMBER_QUESTIONS}
_BINDS = {"text": "string", "integer": "int", "select_one": "string", "select_multiple": "string"}
_NUMBERS = {"text": 1, "integer": 2, "decimal": 3, "date": 4, "time": 5, "dateTime": 6, "select_multiple": 8}
_BATCH = 50
_CALENDAR = 250_000_000_000_000
"""The range of Python's calendar in milliseconds from 1970; a moment outside stays a number."""

Interview = tuple[Mapping[str, str], Sequence[Mapping[str, str]], frozenset[str], Sequence[str]]
"""Answers by question, answers of each member, irrelevant questions, and the expressions to evaluate."""


@pytest.fixture(scope="session")
def questions() -> Mapping[str, str]:
    """Name → type of the questions that JavaRosa has answers to."""
    return QUESTIONS


@pytest.fixture(scope="session")
def member_questions() -> Mapping[str, str]:
    """Name → type of the questions inside the repeat `r`."""
    return MEMBER_QUESTIONS


@pytest.fixture(scope="session")
def javarosa() -> Callable[[Sequence[Interview]], list[list[Any]]]:
    """Returns the value of each expression of each interview; a `MismatchError` with JavaRosa's message where it refuses."""

    def ask(interviews: Sequence[Interview]) -> list[list[Any]]:
        written = [(*interview[:3], [_as_xpath(text) for text in interview[3]]) for interview in interviews]
        batches = (written[start : start + _BATCH] for start in range(0, len(written), _BATCH))
        return [[_as_python(*value) for value in values] for batch in batches for values in _ask_javarosa(batch)]

    return ask


def _ask_javarosa(interviews: Sequence[Interview]) -> list[list[tuple[str, Any]]]:
    module = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(module)
    try:
        return engine().call(_work_out, interviews, timeout=300)
    finally:
        cloudpickle.unregister_pickle_by_value(module)


def _as_xpath(text: str) -> str:
    for found in reversed(references(text)):
        path = f"/data/r/{found.name}" if found.name in MEMBER_QUESTIONS else f"/data/{found.name}"
        text = f"{text[: found.start]}{path}{text[found.end :]}"
    return text


def _as_python(kind: str, content: Any) -> Any:
    if kind == "refused":
        return MismatchError(content)
    if kind == "moment" and abs(content) < _CALENDAR:
        return datetime(1970, 1, 1, 8) + timedelta(milliseconds=content)
    return content


# -- inside the worker --------------------------------------------------------------------------------------------------


def _work_out(interviews: Sequence[Interview]) -> list[list[tuple[str, Any]]]:
    from liuwen.engine.javarosa import java

    zone = java("java.util.TimeZone")
    zone.setDefault(zone.getTimeZone("GMT+08:00"))
    java("org.joda.time.DateTimeZone").setDefault(java("org.joda.time.DateTimeZone").forOffsetHours(8))
    definitions = cache(_definition)
    return [_values(definitions(len(interview[1])), interview) for interview in interviews]


def _definition(members: int) -> Any:
    from liuwen.engine.loading import parse

    return parse(_form(members), {})


def _values(definition: Any, interview: Interview) -> list[tuple[str, Any]]:
    from liuwen.engine.javarosa import java

    answers, members, irrelevant, expressions = interview
    instance = definition.getMainInstance()
    _fill(instance.getRoot(), answers, irrelevant)
    for position, member in enumerate(members):
        _fill(instance.getRoot().getChild("r", position), member, irrelevant)
    context = java("org.javarosa.core.model.condition.EvaluationContext")(
        definition.getEvaluationContext(), instance.getRoot().getRef()
    )
    return [_value(expression, instance, context) for expression in expressions]


def _fill(parent: Any, answers: Mapping[str, str], irrelevant: frozenset[str]) -> None:
    for name, text in answers.items():
        node = parent.getFirstChild(name)
        node.setAnswer(_data(name, text) if text else None)
        node.setRelevant(name not in irrelevant)


def _data(name: str, text: str) -> Any:
    from liuwen.engine.javarosa import java

    if _TYPES[name] == "select_one":
        return java("org.javarosa.core.model.data.SelectOneData")(java("org.javarosa.core.model.data.helper.Selection")(text))
    return java("org.javarosa.xform.util.XFormAnswerDataParser").getAnswerData(text, _NUMBERS[_TYPES[name]], None)


def _value(expression: str, instance: Any, context: Any) -> tuple[str, Any]:
    from liuwen.engine.javarosa import is_java, java, said

    try:
        tree = java("org.javarosa.xpath.XPathParseTool").parseXPath(expression)
        return _result_of(java("org.javarosa.xpath.expr.XPathFuncExpr").unpack(tree.eval(instance, context)))
    except Exception as error:
        if is_java(error):
            return "refused", said(error)
        raise


def _result_of(value: Any) -> tuple[str, Any]:
    name = type(value).__name__
    if name == "java.lang.Double":
        return "number", float(value)
    if name == "java.lang.Boolean":
        return "truth", bool(value)
    return ("moment", int(value.getTime())) if name == "java.util.Date" else ("text", str(value))


def _form(members: int) -> str:
    nodes = "".join(f"<{name}/>" for name in QUESTIONS)
    inside = "".join(f"<{name}/>" for name in MEMBER_QUESTIONS)
    binds = "".join(
        f'<bind nodeset="/data/{path}{name}" type="{_BINDS.get(kind, kind)}"/>'
        for path, kinds in (("", QUESTIONS), ("r/", MEMBER_QUESTIONS))
        for name, kind in kinds.items()
    )
    inputs = "".join(f'<input ref="/data/r/{name}"><label>{name}</label></input>' for name in MEMBER_QUESTIONS)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>values</h:title><model><instance>'
        f'<data id="values">{nodes}<r jr:template="">{inside}</r>{f"<r>{inside}</r>" * members}</data></instance>{binds}'
        '</model></h:head><h:body><group ref="/data/r"><label>r</label><repeat nodeset="/data/r">'
        f"{inputs}</repeat></group></h:body></h:html>"
    )

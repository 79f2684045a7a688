"""How long an interview takes: each question asked is read aloud and answered, and the form itself says which are asked.

The estimate is arithmetic, not a measurement. A question's label is spoken at `SPEECH`, and so are the choices of a short list
the first time it comes; the answer takes the seconds in `ANSWERING`, longer where it must be typed. Hints are for the visitor and
are not read.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from liuwen.engine import Question, interview
from liuwen.form.model import Form
from liuwen.questionnaires.bank import NOT_READ_OUT, READ_OUT

SPEECH = {"zh": 3.5, "en": 2.3}
"""Characters a second of Chinese, words a second of English: unhurried speech, for elderly listeners too."""

ANSWERING = {
    "select_one": 4,
    "select_multiple": 9,
    "integer": 5,
    "decimal": 7,
    "date": 5,
    "text": 22,
    "geopoint": 20,
    "image": 25,
}
"""Seconds from the end of the question to the next one; notes take none, other types 10."""

Answers = Mapping[str, object]
"""Question → answer; a repeat has a list of such mappings."""


class Length(NamedTuple):
    """How many questions a household was asked, and how many minutes that takes."""

    questions: int
    minutes: float


def length(form: Form, answers: Answers, language: str = "zh") -> Length:
    """How long the interview with these `answers` takes in `language`.

    What they do not say is left blank, or where it is required answered with the first choice. The form is walked through the
    phone's own engine, so that only what is asked is counted. Raises `AnswerError` where the form refuses an answer.

    >>> from liuwen.form import builder as b
    >>> form = b.build_form("wells", version="1", languages=["en"], items=[b.integer("wells", en="How many wells are there?")])
    >>> length(form, {"wells": 2}, "en").questions
    1
    """
    heard: set[tuple[str, ...]] = set()
    asked = walked(form, answers, language)
    taken = 0.0
    for question in asked:
        offered = tuple(question.choices)
        taken += seconds(question, language, known=offered in heard)
        heard.add(offered)
    return Length(sum(question.type != "note" for question in asked), round(taken / 60, 1))


def walked(form: Form, answers: Answers, language: str = "zh") -> list[Question]:
    """Every question and note that a household with these `answers` is shown, in order."""
    walk = interview(form, language=language)
    shown: list[Question] = []
    while (question := walk.question) is not None:
        if question.type == "repeat":
            walk.answer(_instance(question.path) <= len(_instances(_around(question.path, answers), question.name)))
        elif question.read_only:
            shown.append(question)
            walk.next()
        else:
            answer = _answer(question, answers)
            shown.append(question._replace(value=None if answer is None else str(answer)))
            walk.answer(answer)
    return shown


def seconds(question: Question, language: str, *, known: bool = False) -> float:
    """How long one question takes; `known` where its list was read out before."""
    offered = [label for value, label in question.choices.items() if value not in NOT_READ_OUT]
    read_out = offered if len(offered) <= READ_OUT and not known else []
    spoken = " ".join([question.label, *read_out])
    if question.type == "note":
        return _spoken(spoken, language)
    answering = ANSWERING.get(question.type, 10)
    return _spoken(spoken, language) + (3 if question.value is None else answering)


def _spoken(text: str, language: str) -> float:
    units = re.findall(r"[\u3400-\u9fff]|[0-9A-Za-z']+", text)
    return len(units) / SPEECH["zh" if language == "zh" else "en"]


def _answer(question: Question, answers: Answers) -> object:
    given = _around(question.path, answers).get(question.name, question.value)
    if given is None and question.required:
        return next(iter(question.choices), "1")
    return given


def _around(path: str, answers: Answers) -> Answers:
    """The answers of the innermost repeat that the question or repeat at `path` stands in."""
    for part in path.split("/")[:-1]:
        if "[" in part:
            inner = _instances(answers, part.partition("[")[0])
            answers = inner[_instance(part) - 1] if _instance(part) <= len(inner) else {}
    return answers


def _instances(answers: Answers, repeat: str) -> Sequence[Answers]:
    given = answers.get(repeat, ())
    return given if isinstance(given, Sequence) else ()


def _instance(path: str) -> int:
    return int(path.rpartition("[")[2].rstrip("]")) if path.endswith("]") else 1

"""How long an interview takes: each question asked is read aloud and answered, and the form itself says which are asked.

A question's label is spoken at `SPEECH`, and so are the choices of a list that is read out, the first time it comes; the
answer takes the seconds in `ANSWERING`, longer where it must be typed. What the visitor fills in is not spoken, nor are
hints. That arithmetic alone gives 10.6 seconds a question asked aloud in Chinese (11.7 in English). Afrobarometer's paradata
give 14.0 (round 7) to 17.1 seconds a question, for interviews on a tablet with people much like ours: the arithmetic leaves
out reading again, dialect, talk in between. What is asked aloud is therefore stretched by `PACE`, the middle of the two over
the arithmetic; `fast` and `slow` are the two ends. It remains an estimate: correct it by what `start` and `end` say of the
first visits.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from liuwen.engine import Question, interview
from liuwen.form.model import Form
from liuwen.questionnaires.asking import ASKING
from liuwen.questionnaires.bank import NOT_READ_OUT

SPEECH = {"zh": 3.5, "en": 2.3}
"""Characters a second of Chinese, words a second of English: unhurried speech, for elderly listeners too."""

ANSWERING = {
    "select_one": 4,
    "select_multiple": 9,
    "integer": 5,
    "decimal": 7,
    "date": 5,
    "time": 5,
    "text": 22,
    "geopoint": 20,
    "image": 25,
}
"""Seconds from the end of the question to the next one; notes take none, other types 10."""
SHORTER: Mapping[str, int] = MappingProxyType(
    {**dict.fromkeys(("member_called", "visitor", "household", "hamlet", "town", "village"), 8), "matter_title": 15}
)
"""Texts of a word or a line → seconds to type them."""

FASTEST, SLOWEST = 14.0, 17.1
"""Seconds a question that is asked aloud: the two ends of what was measured."""
ARITHMETIC = {"zh": 10.6, "en": 11.7}
"""Seconds a question asked aloud by the arithmetic alone, for the household with much to say; held by a test."""
PACE = {language: (FASTEST + SLOWEST) / 2 / seconds for language, seconds in ARITHMETIC.items()}
ALONE = ("observation",)
"""Groups that the visitor fills in after leaving; they take none of the household's time."""

Answers = Mapping[str, object]
"""Question → answer; a repeat has a list of such mappings."""


class Length(NamedTuple):
    """How many questions there were, and the minutes with the household: likely, at the fast pace, at the slow pace."""

    questions: int
    minutes: float
    fast: float
    slow: float


def length(form: Form, answers: Answers, language: str = "zh") -> Length:
    """How long the interview with these `answers` takes in `language`.

    The form is walked through the phone's own engine, so that only what is asked is counted.

    Args:
        form: The form.
        answers: What a household says; what they do not say is left blank, or, where required, answered with the first choice.
        language: The language it is asked in.

    Returns:
        The questions asked or filled in (notes are not counted), and the minutes spent with the household.

    Raises:
        AnswerError: The form refuses an answer.

    >>> from liuwen.form import builder as b
    >>> form = b.build_form("wells", version="1", languages=["en"], items=[b.integer("wells", en="How many wells are there?")])
    >>> length(form, {"wells": 2}, "en").questions
    1
    """
    asked = walked(form, answers, language)
    taken = timed(asked, language)
    aloud = sum(each for question, each in zip(asked, taken, strict=True) if is_aloud(question, language))
    silent = sum(
        each
        for question, each in zip(asked, taken, strict=True)
        if not is_aloud(question, language) and question.path.partition("/")[0] not in ALONE
    )
    arithmetic = ARITHMETIC["zh" if language == "zh" else "en"]
    minutes = [round((aloud * pace / arithmetic + silent) / 60, 1) for pace in ((FASTEST + SLOWEST) / 2, FASTEST, SLOWEST)]
    return Length(sum(question.type != "note" for question in asked), *minutes)


def is_aloud(question: Question, language: str) -> bool:
    """Whether a question is put to the respondent, rather than filled in by the visitor."""
    return ASKING["visitor"].get(language, " ") not in question.hint


def timed(asked: Sequence[Question], language: str) -> list[float]:
    """The seconds of each question in turn, by the arithmetic alone."""
    heard: set[tuple[str, ...]] = set()
    taken: list[float] = []
    for question in asked:
        offered = tuple(sorted(question.choices))
        taken.append(seconds(question, language, known=offered in heard))
        heard.add(offered)
    return taken


def walked(form: Form, answers: Answers, language: str = "zh") -> list[Question]:
    """Every question and note that a household with these `answers` is shown, in order."""
    walk = interview(form, language=language, seed=1)
    shown: list[Question] = []
    while (question := walk.question) is not None:
        if question.type == "repeat":
            walk.answer(_instance(question.path) <= len(_instances(_around(question.path, answers), question.name)))
        elif question.read_only:
            shown.append(question)
            walk.next()
        else:
            answer = _answer(question, answers)
            shown.append(question._replace(value=None if answer is None else _as_text(answer)))
            walk.answer(answer)
    return shown


def seconds(question: Question, language: str, *, known: bool = False) -> float:
    """How long one question takes by the arithmetic alone; `known` where its list was read out before."""
    read = ASKING["read"].get(language, "") in question.hint and bool(question.hint)
    offered = [label for value, label in question.choices.items() if value not in NOT_READ_OUT]
    spoken = _spoken(" ".join([question.label, *(offered if read and not known else [])]), language)
    if not is_aloud(question, language):
        spoken = 0.0
    if question.type == "note":
        return spoken
    typed = SHORTER.get(question.name, ANSWERING.get(question.type, 10))
    return spoken + (3 if question.value is None else typed)


def _spoken(text: str, language: str) -> float:
    units = re.findall(r"[\u3400-\u9fff]|[0-9A-Za-z']+", text)
    return len(units) / SPEECH["zh" if language == "zh" else "en"]


def _answer(question: Question, answers: Answers) -> object:
    given = _around(question.path, answers).get(question.name, question.value)
    if given is None and question.required:
        return next(iter(question.choices), "1")
    return given


def _as_text(answer: object) -> str:
    return " ".join(map(str, answer)) if isinstance(answer, list | tuple) else str(answer)


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

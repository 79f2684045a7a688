"""Fills in a form as a phone does, from the caller's side: the current question, an answer, the next one, the finished
submission.
"""

import itertools
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from liuwen.engine.answers import as_text
from liuwen.engine.entities import WrittenEntity, entities_of
from liuwen.engine.opening import moment_of, xml_of
from liuwen.engine.paths import ends
from liuwen.engine.phone import Device, PhoneState, new_seed
from liuwen.engine.process import Engine, engine
from liuwen.engine.session import Action, Question, Setup, perform, reopen
from liuwen.errors import AnswerError
from liuwen.form.headers import named_language
from liuwen.form.model import Form
from liuwen.messages import Sentence

REFUSED = Sentence(zh="“{name}”的回答 {value!r} 没有被接受：{message}", en="'{name}' does not accept {value!r}: {message}")
NO_MESSAGE = {
    "required": Sentence(zh="必须回答", en="an answer is required"),
    "constraint": Sentence(
        zh="不符合约束条件（表单没有写明原因）",
        en="it does not satisfy the constraint (the form gives no reason)",
    ),
}
NO_QUESTION = Sentence(zh="表单里没有叫“{name}”的题目。", en="The form has no question named '{name}'.")
NOT_ASKED = Sentence(
    zh="现在不问“{name}”：它的显示条件不成立，或所在的重复组还没有添加。",
    en="'{name}' is not asked now: it is not relevant, or its repeat has not been added.",
)
READ_ONLY = Sentence(
    zh="“{name}”只给人看，不能回答。",
    en="'{name}' is read-only and cannot be answered.",
)
NO_CHOICE = Sentence(
    zh="“{name}”现在没有选项 {value!r}；可选的有：{choices}。",
    en="'{name}' has no choice {value!r} now; it has: {choices}.",
)
OUT_OF_RANGE = Sentence(
    zh="“{name}”只能在 {low:g} 到 {high:g} 之间。",
    en="'{name}' must be between {low:g} and {high:g}.",
)
AT_THE_END = Sentence(
    zh="已经到了表单末尾，没有可回答的题目。",
    en="This is the end of the form; there is no question to answer.",
)
NO_REPEAT = Sentence(zh="现在不能添加“{name}”。", en="'{name}' cannot be added now.")
NOT_TAKEN_OUT = Sentence(
    zh="不能去掉“{name}”：没有这一个，或个数由表单决定。",
    en="'{name}' cannot be removed: it does not exist, or the form determines the number of repeats.",
)
NO_LANGUAGE = Sentence(
    zh="表单没有“{language}”；它有：{languages}。",
    en="The form has no language '{language}'; it has: {languages}.",
)
NOT_FINISHED = Sentence(
    zh="访谈还没有完成，请先调用 finalise()。",
    en="The interview is not finished; call finalise() first.",
)

_numbers = itertools.count(1)
_NOT_GIVEN = object()


def interview(
    form: "Form | str | os.PathLike[str]",
    *,
    language: str | None = None,
    now: datetime | str | None = None,
    today: date | str | None = None,
    device: Device | None = None,
    seed: int | None = None,
    media: Mapping[str, bytes] | None = None,
    timeout: float = 60.0,
    using: Engine | None = None,
) -> "Interview":
    r"""Start filling in a form with JavaRosa, the engine of ODK Collect.

    Args:
        form: A form, the path of one, or the XML of an XForm. Files beside a path are used as media.
        language: The language to show: "zh", or as the form names it; by default the form's default language.
        now: What the phone's clock says; it stands still until `Interview.now` is set.
        today: The phone's date, if only the date matters.
        device: What the phone knows of itself and its owner.
        seed: The seed of everything random, so that a run can be repeated.
        media: Files that the form needs, by name.
        timeout: Seconds that one step may take.
        using: The engine to use; by default the one that this process shares.

    Returns:
        The interview, at its first question.

    Raises:
        AnswerError: If the form does not have the language.
        EngineError: If JavaRosa cannot load the form.
        ReadError: If the file does not exist or contains no form.

    Example:
        >>> from liuwen.engine import interview
        >>> from liuwen.form import read_form
        >>> rows = b"| survey |\n| | type | name | label | relevant |\n| | integer | wells | How many wells? | |\n"
        >>> walk = interview(read_form(rows + b"| | text | why | Why none? | ${wells} = 0 |"))
        >>> walk.question.label
        'How many wells?'
        >>> walk.answer(2).asks("why")
        False
    """
    xml, files = xml_of(form)
    phone = PhoneState(device or Device(), moment_of(now, today), new_seed() if seed is None else seed)
    return Interview(Setup(xml, {**files, **(media or {})}, phone), language, using or engine(), timeout)


class Interview:
    """A form being filled in; `interview` starts one.

    Each step returns the interview itself, so that steps can be chained. If the engine's worker process dies or is
    replaced, the steps are repeated in a new one.
    """

    def __init__(self, setup: Setup, language: str | None, using: Engine, timeout: float = 60.0) -> None:
        self._setup = setup
        self._engine = using
        self._timeout = timeout
        self._number = f"{os.getpid()}.{next(_numbers)}"
        self._journal: list[Action] = []
        self._submission: bytes | None = None
        self._attachments: dict[str, bytes] = {}
        self._screen = self._do(Action("look"))
        self.languages: tuple[str, ...] = self._ask(Action("languages"))
        if language is not None:
            self.speak(language)

    # -- current position -------------------------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """The current question, or None at the end. The offer to add a repeat is a question of type "repeat"; answer True to
        add one.
        """
        return self._screen

    def asks(self, name: str) -> bool:
        """Whether a question is asked, given the answers so far.

        Args:
            name: The question's name, or the end of its path.

        Returns:
            True if it is relevant now.

        Raises:
            AnswerError: If the form has no question with this name.
        """
        found: bool | None = self._ask(Action("asks", name))
        if found is None:
            raise AnswerError(NO_QUESTION.filled(name=name))
        return found

    def value(self, name: str) -> str | None:
        """The answer to a question, or the result of a calculation.

        Args:
            name: The question's name, or the end of its path.

        Returns:
            The value as the XML holds it; None if there is none.

        Raises:
            AnswerError: If the form has nothing with this name.
        """
        known, found = self._ask(Action("value", name))
        if not known:
            raise AnswerError(NO_QUESTION.filled(name=name))
        text: str | None = found
        return text

    def values(self) -> dict[str, str]:
        """All relevant answers so far.

        Returns:
            Path (with the positions of repeats) → value as the XML holds it.
        """
        found: dict[str, str] = self._ask(Action("values"))
        return found

    @property
    def now(self) -> datetime:
        """The time on the phone's clock; set it to let time pass."""
        return next((action.value for action in reversed(self._journal) if action.verb == "clock"), self._setup.phone.now)

    @now.setter
    def now(self, moment: datetime | str) -> None:
        self._move(Action("clock", value=moment_of(moment, None)))

    # -- steps ------------------------------------------------------------------------------------------------------

    def answer(self, name: object, value: object = _NOT_GIVEN) -> "Interview":
        """Answer the current question, or the one called `name`, and go to the next.

        Args:
            name: The question's name; with one argument only, the value for the current question.
            value: Text, a number or a date; True for an acknowledgement or one more repeat; a list for several choices or
                a ranking; (latitude, longitude) for a position; (file name, bytes) or a path for a file; None for no
                answer.

        Returns:
            The interview.

        Raises:
            AnswerError: If the form refuses the answer; the message is the form's own, and the interview stays where it
                is.
        """
        if value is _NOT_GIVEN:
            value = name
        elif self.question is None or not ends(self.question.path, str(name)):
            self.jump(str(name))
        question = self.question
        if question is None:
            raise AnswerError(AT_THE_END)
        if question.type == "repeat":
            return self._move(Action("add" if value else "next"))
        text = self._text(question, value)
        refusal = self._ask(Action("answer", value=text), lasting=True)
        if refusal is not None:
            message = refusal.message if refusal.message.strip(" -") else NO_MESSAGE[refusal.reason]
            raise AnswerError(REFUSED.filled(name=question.name, value=text or "", message=message))
        return self._move(Action("next"))

    def next(self) -> "Interview":
        """Go to the next question without changing the answer.

        Returns:
            The interview.

        Raises:
            AnswerError: If the question is required and has no answer.
        """
        question = self.question
        if question and question.required and question.value is None and question.type not in {"note", "repeat"}:
            return self.answer(None)
        return self._move(Action("next"))

    def back(self) -> "Interview":
        """Go back to the previous question.

        Returns:
            The interview.
        """
        return self._move(Action("back"))

    def jump(self, name: str) -> "Interview":
        """Go to a question.

        Args:
            name: The question's name; of several in repeats, the nearest one is taken.

        Returns:
            The interview.

        Raises:
            AnswerError: If the question does not exist or is not relevant.
        """
        found = self._ask(Action("jump", name), lasting=True)
        if found != "":
            raise AnswerError((NOT_ASKED if found == "irrelevant" else NO_QUESTION).filled(name=name))
        return self._look()

    def add(self, repeat: str) -> "Interview":
        """Add one instance of a repeat and go to its first question.

        Args:
            repeat: The name of the repeat.

        Returns:
            The interview.

        Raises:
            AnswerError: If the repeat is not relevant or its count is fixed by the form.
        """
        if not self._ask(Action("add", repeat), lasting=True):
            raise AnswerError(NO_REPEAT.filled(name=repeat))
        return self._look()

    def remove(self, repeat: str) -> "Interview":
        """Remove one instance of a repeat.

        Args:
            repeat: Its path with a position, such as "member[2]".

        Returns:
            The interview, where the instance was.

        Raises:
            AnswerError: If there is no such instance, or the count is fixed by the form.
        """
        if not self._ask(Action("remove", repeat), lasting=True):
            raise AnswerError(NOT_TAKEN_OUT.filled(name=repeat))
        return self._look()

    def speak(self, language: str) -> "Interview":
        """Show the form in another language.

        Args:
            language: One of `languages`, or its code.

        Returns:
            The interview.

        Raises:
            AnswerError: If the form does not have the language.
        """
        written = named_language(dict.fromkeys(self.languages), language)
        if written is None:
            raise AnswerError(NO_LANGUAGE.filled(language=language, languages=", ".join(self.languages) or "-"))
        return self._move(Action("speak", written))

    # -- finishing --------------------------------------------------------------------------------------------------

    def finalise(self) -> bytes:
        """Finish the interview.

        Returns:
            The XML of the submission.

        Raises:
            AnswerError: If an answer is no longer valid; the interview then moves to that question.
        """
        xml, refusal = self._ask(Action("finalise"), lasting=True)
        self._look()
        if refusal is not None:
            name = self.question.name if self.question else ""
            value = self.question.value if self.question else None
            message = refusal.message if refusal.message.strip(" -") else NO_MESSAGE[refusal.reason]
            raise AnswerError(REFUSED.filled(name=name, value=value or "", message=message))
        self._submission = xml
        return self.submission

    @property
    def submission(self) -> bytes:
        """The XML of the finished submission; raises `AnswerError` before `finalise()`."""
        if self._submission is None:
            raise AnswerError(NOT_FINISHED)
        return self._submission

    @property
    def attachments(self) -> Mapping[str, bytes]:
        """The files that belong to the submission, by the name in its XML."""
        kept = set(self.values().values())
        return {name: content for name, content in self._attachments.items() if name in kept}

    @property
    def entities(self) -> tuple[WrittenEntity, ...]:
        """The entities that the finished submission creates or updates."""
        return entities_of(self.submission, self._setup.xml)

    def __repr__(self) -> str:
        question = self.question
        where = f"at {question.path!r}: {question.label!r}" if question else "at the end"
        return f"<Interview {where}>"

    # -- communication with the worker ------------------------------------------------------------------------------

    def _move(self, action: Action) -> "Interview":
        self._screen = self._do(action)
        return self

    def _look(self) -> "Interview":
        return self._move(Action("look"))

    def _do(self, action: Action) -> Question | None:
        shown: Question | None = self._ask(action, lasting=action.verb != "look")
        return shown

    def _ask(self, action: Action, *, lasting: bool = False) -> Any:
        known, result = self._engine.call(perform, self._number, action, timeout=self._timeout)
        if not known:
            result = self._engine.call(reopen, self._number, self._setup, tuple(self._journal), action, timeout=self._timeout)
        if lasting:
            self._journal.append(action)
            self._submission = None
        return result

    def _text(self, question: Question, value: object) -> str | None:
        if question.read_only:
            raise AnswerError(READ_ONLY.filled(name=question.name))
        if question.holds == "file" and value is not None:
            value = self._attach(value)
        text = as_text(question.name, question.holds, value)
        if text is None:
            return None
        if question.is_select:
            self._check_choices(question, text)
        if question.bounds and not question.bounds[0] <= float(text) <= question.bounds[1]:
            raise AnswerError(OUT_OF_RANGE.filled(name=question.name, low=question.bounds[0], high=question.bounds[1]))
        return text

    def _check_choices(self, question: Question, text: str) -> None:
        values = [text] if question.type == "select_one" else text.split()
        for value in values:
            if value not in question.choices:
                offered = ", ".join(itertools.islice(question.choices, 20))
                raise AnswerError(NO_CHOICE.filled(name=question.name, value=value, choices=offered))

    def _attach(self, value: object) -> object:
        if isinstance(value, Path):
            value = (value.name, value.read_bytes())
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes):
            self._attachments[str(value[0])] = value[1]
            return value[0]
        return value

"""Inside the worker: the loop that walks a form with a made-up respondent and brings back the submission."""

import random
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from liuwen.engine.answers import as_text
from liuwen.engine.formwalk import END, NEW_REPEAT, QUESTION, REPEAT, AskedItem, FormWalk
from liuwen.engine.paths import unpositioned
from liuwen.engine.phone import PhoneState
from liuwen.errors import AnswerError
from liuwen.logic.drawing_texts import TooManyError, draw
from liuwen.logic.limits import AnswerLimits, XFormRules, facts_of
from liuwen.logic.patterns import TOO_LARGE, UnsolvedError
from liuwen.logic.text_sets import NOT_BLANK, both
from liuwen.messages import Sentence
from liuwen.simulation.audit import AUDIT_FILE, AuditLog
from liuwen.simulation.last_resort import likely_answers
from liuwen.simulation.respondent import FILES, Respondent
from liuwen.simulation.visits import CHINA, VisitPlan, visit_of
from liuwen.simulation.wanted_texts import wanted_texts

NO_ANSWER = Sentence(
    zh="模拟填答给“{path}”试了 {tries} 次，都不符合它的约束条件。请检查约束，或用 answers={{'{name}': …}} 指定回答。",
    en="After {tries} tries the simulation found no answer to '{path}' that satisfies its constraint. Check "
    "the constraint, or pass answers={{'{name}': ...}}.",
)
NOT_TAKEN = Sentence(
    zh="“{path}”不接受指定的回答 {value!r}：请换成符合约束条件、在选项之中的，例如 answers={{'{name}': …}}。",
    en="'{path}' does not accept the settled answer {value!r}; give one that satisfies its constraint and is among its choices, "
    "such as answers={{'{name}': ...}}.",
)
NO_TIME = Sentence(
    zh="“{path}”的约束条件直接比较时刻：手机比较的是日期，任何时刻都一样。请写成 decimal-time(.) 和 decimal-time(${{…}})。",
    en="The constraint of '{path}' compares times of day as they are; a phone compares them as days, so all are equal. Write "
    "decimal-time(.) and decimal-time(${{…}}).",
)
NO_TEXT = Sentence(
    zh="没有一个答案符合“{path}”的约束条件（{condition}）。请改正约束，或用 answers={{'{name}': …}} 指定回答。",
    en="No answer to '{path}' satisfies its constraint ({condition}). Correct the constraint, or pass answers={{'{name}': ...}}.",
)
NOT_SOLVED = Sentence(
    zh="模拟填答解不了“{path}”的约束条件：{reason}。请用 answers={{'{name}': …}} 指定回答。",
    en="The simulation cannot solve the constraint of '{path}': {reason}. Pass answers={{'{name}': ...}}.",
)
NOTHING_OFFERED = Sentence(
    zh="“{name}”必须回答，却没有选项可选。选项若在文件里，请把文件放进 form.media。",
    en="'{name}' is required but has no choices. If its choices are in a file, put the file into form.media.",
)
NOBODY_ANSWERS = Sentence(
    zh="“{name}”必须回答，却是说明或只读，没有人能作答，手机上也无法完成。请去掉 required。",
    en="'{name}' is required, but it is a note or read-only and nobody can answer it, so the form cannot be finished on a phone "
    "either. Remove required.",
)
NO_END = Sentence(
    zh="模拟填答超过 {steps} 步还没有结束，请检查重复组。",
    en="The simulation did not finish within {steps} steps; check the repeats.",
)

Answers = Mapping[str, Any]
_TRIES = 40
_TRIES_AGAIN = 2
"""How often a question is tried that was not solved before."""
_STEPS = 200_000
_MENDS = 5
_ATTEMPTS = 12


class Job(NamedTuple):
    """A form, and how it is to be filled."""

    xml: str
    media: Mapping[str, bytes]
    plan: VisitPlan
    answers: Answers
    """Question → fixed answer, distribution (value → weight), or function of what was said so far and a `random.Random`."""
    usual: Answers = MappingProxyType({})
    """The same for questions that are not settled: what made-up people answer, where the form accepts it."""


class Filled(NamedTuple):
    """One synthetic submission: its XML, the files that go with it by name, and when it was finished."""

    xml: bytes
    attachments: Mapping[str, bytes]
    finished: datetime
    answered: int
    """How many questions were answered."""
    unsolved: Mapping[str, Sentence]
    """Path of a question that had to be left without a valid answer → why."""


def prepare_to_fill() -> None:
    """Loads, by being called in the worker, all that filling takes."""


def fill(job: Job, first: int, count: int) -> list[Filled]:
    """The submissions of `count` visits from number `first` on."""
    walk = FormWalk(job.xml, job.media, phone=phone_of(job.plan, first))
    filler = Filler(walk, facts_of(job.xml), job)
    made = [filler.visit(number) for number in range(first, first + count)]
    walk.close()
    return made


def phone_of(plan: VisitPlan, number: int) -> PhoneState:
    """The phone of a visit: its device, its clock when it begins, its chance."""
    visit = visit_of(plan, number)
    return PhoneState(visit.device, visit.begins, random.Random(f"phone|{plan.seed}|{number}").getrandbits(47))


class Filler:
    """One walk, visit after visit."""

    def __init__(self, walk: FormWalk, facts: XFormRules, job: Job) -> None:
        self.walk = walk
        self._facts = facts
        self._job = job
        self._instance = ""
        """The path of the repeat that was entered last."""
        self._log: AuditLog | None = None
        self._attachments: dict[str, bytes] = {}
        self._left_blank: set[str] = set()
        """The paths of questions that the respondent chose to leave without an answer."""
        self._unanswerable: set[str] = set()
        """The notes and read-only questions that were seen."""
        self._unsolved: dict[str, Sentence] = {}
        """What no answer was found to so far, in this interview and earlier ones."""

    def visit(self, number: int) -> Filled:
        """Fill in the form for one visit and give the submission; answers that lead nowhere are drawn all over again."""
        last = (_TRIES_AGAIN if self._unsolved else _ATTEMPTS) - 1
        for attempt in range(last):
            try:
                return self._attempt(number, attempt)
            except AnswerError:
                continue
        return self._attempt(number, last, as_is=True)

    def _attempt(self, number: int, attempt: int, *, as_is: bool = False) -> Filled:
        self.walk.begin(phone_of(self._job.plan, number))
        self._log = AuditLog(self.walk.phone.millis) if self._facts.audited else None
        self._attachments = {}
        self._left_blank = set()
        respondent = Respondent(self._job.plan, visit_of(self._job.plan, number), attempt)
        said: dict[str, str] = {}
        self.go(respondent, said)
        for _ in range(_MENDS):
            if self._log:
                self.walk.name_file("audit", AUDIT_FILE)
            xml, _ = self.walk.finalise(quickly=True)
            if xml is not None:
                return self._finished(xml, said)
            stuck = self.walk.path()
            if unpositioned(stuck) in self._unsolved:
                return self._finished(self.walk.finalise_as_is(), said)
            self._question(respondent, said)
            self.go(respondent, said, only_blank=True)
        if not as_is:
            raise _no_answer(stuck, _MENDS)
        self._unsolved[unpositioned(stuck)] = self._why_stuck(stuck)
        return self._finished(self.walk.finalise_as_is(), said)

    def _why_stuck(self, path: str) -> Sentence:
        nobody = unpositioned(path) in self._unanswerable
        return NOBODY_ANSWERS.filled(name=unpositioned(path)) if nobody else _no_answer(path, _MENDS).sentence

    def _finished(self, xml: bytes, said: Mapping[str, str]) -> Filled:
        millis = self.walk.phone.millis
        if self._log:
            self._attachments[AUDIT_FILE] = self._log.closed(millis)
        return Filled(xml, self._attachments, datetime.fromtimestamp(millis / 1000, CHINA), len(said), dict(self._unsolved))

    def go(self, respondent: Respondent, said: dict[str, str], *, only_blank: bool = False) -> None:
        """Walk on to the end, answering everything or only what has no answer yet."""
        walk = self.walk
        wanted: dict[str, int] = {}
        for _ in range(_STEPS):
            event = walk.step()
            if event == QUESTION:
                self._question(respondent, said, only_blank=only_blank)
            elif event == NEW_REPEAT:
                self._offer(respondent, wanted, only_blank=only_blank)
            elif event == REPEAT:
                self._instance = walk.path()
                if not only_blank:
                    self._first(respondent, wanted)
            elif event == END:
                return
        raise AnswerError(NO_END.filled(steps=_STEPS))

    def _offer(self, respondent: Respondent, wanted: dict[str, int], *, only_blank: bool) -> None:
        stem, _, position = self.walk.path().rpartition("[")
        if stem not in wanted:
            wanted[stem] = respondent.repeats(unpositioned(stem))
        if not only_blank and int(position.rstrip("]")) <= wanted[stem]:
            self.walk.add_repeat()
            self._instance = f"{stem}[{position}"

    def _first(self, respondent: Respondent, wanted: dict[str, int]) -> None:
        stem, _, position = self._instance.rpartition("[")
        if stem in wanted:
            return
        wanted[stem] = respondent.repeats(unpositioned(stem))
        if position == "1]" and not wanted[stem] and self.walk.may_remove():
            self.walk.remove_repeat()
            self.walk.step_back()

    def _question(self, respondent: Respondent, said: dict[str, str], *, only_blank: bool = False) -> None:
        walk = self.walk
        prompt = walk.prompt()
        item = walk.item(prompt)
        if item.type == "note" or (item.path in self._facts.read_only and bool(prompt.isReadOnly())):
            self._unanswerable.add(item.path)
            self.note(item, prompt, None)
            return
        respondent.turns_to(walk, item, self._instance)
        keeps = item.path in self._facts.prefilled and respondent.keeps(item)
        held = prompt.getAnswerValue() if only_blank or keeps else None
        if only_blank and (held is not None or (walk.path() in self._left_blank and not self._is_required(item, prompt))):
            return
        self._pass_time(item, respondent)
        if item.name in self._job.answers:
            text = self._given(item, prompt, said, respondent)
        elif held is not None and walk.stands(item, str(held.uncast().getString())):
            text = str(held.uncast().getString())  # a default that the form itself proposes
        elif (usual := self._usual(item, prompt, said, respondent)) is not None:
            text = usual
        elif respondent.leaves_blank(item, required=self._is_required(item, prompt)):
            text = None
            self._left_blank.add(walk.path())
        else:
            text = self._drawn(item, prompt, respondent)
        if item.path in self._facts.counting and item.name not in self._job.answers and text is not None:
            text = self._counted(item, text, respondent)
        respondent.heard(item, text)
        if text is not None:
            said[item.name] = text
            if item.type in FILES:
                self._attachments[text] = FILES[item.type][1]
        self.note(item, prompt, text)

    def _pass_time(self, item: AskedItem, respondent: Respondent) -> None:
        shown = self.walk.phone.millis
        self.walk.tick(respondent.seconds(item))
        if self._log:
            self._log.question(f"/{self._facts.root}/{self._path(item)}", shown, self.walk.phone.millis)

    def _path(self, item: AskedItem) -> str:
        """Where the question stands, repeats with their positions."""
        if not item.repeated:
            return item.path
        stem = unpositioned(self._instance) + "/"
        return f"{self._instance}/{item.path.removeprefix(stem)}" if item.path.startswith(stem) else self.walk.path()

    def note(self, item: AskedItem, prompt: Any, text: str | None) -> None:
        """Called at each question with the answer it got, for who wants to keep account."""

    def _drawn(self, item: AskedItem, prompt: Any, respondent: Respondent) -> str | None:
        walk = self.walk
        limits = self._facts.of(item.path)
        offered = walk.choice_values(item, prompt) if item.is_select else ()
        for _ in range(_TRIES_AGAIN if item.path in self._unsolved else _TRIES):
            drawn = respondent.draw(walk, item, limits, offered)
            if drawn is None or walk.answer(item, drawn) == 0:
                break
        else:
            drawn = next((text for text in likely_answers(walk, item, limits, offered) if walk.answer(item, text) == 0), None)
        if drawn is not None:
            return drawn
        if self._is_required(item, prompt):
            self._unsolved.setdefault(item.path, self._reason(item, limits, offered))
        return None

    def _reason(self, item: AskedItem, limits: AnswerLimits, offered: tuple[str, ...]) -> Sentence:
        """Why a required question has no answer: there is none, or none was found."""
        values = {"path": item.path, "name": item.name, "condition": limits.source}
        if item.is_select and not offered:
            return NOTHING_OFFERED.filled(name=item.path)
        if item.type == "time" and limits.bounds:
            return NO_TIME.filled(path=item.path)
        if item.type == "text" and limits.source:
            try:
                wanted = wanted_texts(self.walk, limits.source)
                if wanted.certain and draw(both(wanted.texts, NOT_BLANK), random.Random(0)) is None:
                    return NO_TEXT.filled(**values)
            except UnsolvedError as fault:
                return NOT_SOLVED.filled(**values, reason=fault.sentence)
            except TooManyError:
                return NOT_SOLVED.filled(**values, reason=TOO_LARGE)
        return _no_answer(item.path, _TRIES).sentence

    def _is_required(self, item: AskedItem, prompt: Any) -> bool:
        condition = self._facts.required.get(item.path, "")
        return condition == "true()" or (condition != "" and bool(prompt.isRequired()))

    def _counted(self, item: AskedItem, text: str, respondent: Respondent) -> str:
        fewer = respondent.counted(text)
        if self.walk.answer(item, fewer) == 0:
            return fewer
        self.walk.answer(item, text)
        return text

    def _usual(self, item: AskedItem, prompt: Any, said: dict[str, str], respondent: Respondent) -> str | None:
        if item.name not in self._job.usual:
            return None
        try:
            return self._settled_by(self._job.usual[item.name], item, prompt, said, respondent)
        except AnswerError:
            return None

    def _given(self, item: AskedItem, prompt: Any, said: dict[str, str], respondent: Respondent) -> str | None:
        return self._settled_by(self._job.answers[item.name], item, prompt, said, respondent)

    def _settled_by(self, rule: Any, item: AskedItem, prompt: Any, said: dict[str, str], respondent: Respondent) -> str | None:
        offered = self.walk.choice_values(item, prompt) if item.is_select else ()
        text = None
        for _ in range(_TRIES if isinstance(rule, Mapping) or callable(rule) else 1):
            text = as_text(item.name, item.holds, _settled(rule, said, respondent.chance))
            chosen = [text] if item.type == "select_one" else (text or "").split()
            is_offered = text is None or not item.is_select or set(chosen) <= set(offered)
            if is_offered and self.walk.answer(item, text) == 0:
                return text
        raise AnswerError(NOT_TAKEN.filled(path=item.path, name=item.name, value=text or ""))


def _no_answer(path: str, tries: int) -> AnswerError:
    return AnswerError(NO_ANSWER.filled(path=path, name=unpositioned(path.rpartition("/")[2]), tries=tries))


def _settled(rule: Any, said: dict[str, str], chance: random.Random) -> Any:
    if isinstance(rule, Mapping):
        return chance.choices(list(rule), list(rule.values()))[0]
    return rule(dict(said), chance) if callable(rule) else rule

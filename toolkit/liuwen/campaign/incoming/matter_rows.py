"""A sheet with a row a matter: each row becomes the steps that it tells of."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from liuwen.campaign.days import number_of
from liuwen.campaign.incoming.naming import SheetApplicants, SheetNames, read_applicants
from liuwen.campaign.incoming.sheet_rows import SheetRow
from liuwen.campaign.incoming.vocabulary import cells
from liuwen.campaign.incoming.written_days import dated_parts, written_day, written_deadline
from liuwen.campaign.posts import Posts
from liuwen.messages import Sentence

NO_TITLE = Sentence(zh="没有写事项。请补上后再读。", en="It names no matter. Write what it is about.")
NO_RAISED = Sentence(
    zh="登记日期没有写或看不懂。请写成 2026-03-05 这样。",
    en="The day of entry is missing or cannot be read. Write it as 2026-03-05.",
)
NO_YEAR_OR_DAY = Sentence(zh="日期看不懂。请写成 2026-03-05 这样。", en="The day cannot be read. Write it as 2026-03-05.")
NO_DEADLINE = Sentence(zh="看不懂这个时限，按层级的天数计。", en="This deadline cannot be read; the tier's days are used.")
NO_CLASS = Sentence(zh="方案里没有这个类别，留待归类。", en="The programme has no such class; the matter waits to be sorted.")
NO_STATE = Sentence(zh="看不懂这个状态，按办理中计。", en="This state cannot be read; the matter counts as open.")
NO_END = Sentence(
    zh="写了已办结，却没有办结日期，仍按办理中计。请补日期，或用 as_of 指明此表截至哪一天。",
    en="It is done, but no day says when, so it stays open. Add the day, or say with as_of for which day the sheet was made.",
)
NO_APPLIED = Sentence(
    zh="写了已上报，却没有上报日期，没有记入。请补日期，或用 as_of 指明此表截至哪一天。",
    en="It was applied for, but no day says when; not placed. Add the day, or say with as_of for which day the sheet was made.",
)
HIGHER_TIER = Sentence(
    zh="层级没有记入：请补上报日期和上级受理日期。", en="The tier is not placed: add the days of applying and of acceptance."
)
NO_SUCH_TIER = Sentence(zh="方案里没有这个层级。", en="The programme has no such tier.")
NO_OTHER = Sentence(zh="没有写并入哪个事项，仍按办理中计。", en="It does not say into which matter it was merged; it stays open.")
NOT_SATISFIED_WORD = Sentence(zh="看不懂这个满意度，按没有问计。", en="This satisfaction cannot be read; it counts as not asked.")
NO_ANSWER = Sentence(
    zh="看不懂是否已反馈，按未反馈计。", en="Whether an answer was given cannot be read; it counts as not given."
)
NOT_DONE_YET = Sentence(zh="还没有办结，这项没有记入。", en="The matter is not done yet; this is not placed.")
UNDATED = Sentence(zh="进展没有日期，记在登记日。", en="The progress has no date and stands on the day of entry.")
ENDS_BEFORE = Sentence(zh="办结早于登记。请核对日期。", en="It was done before it was entered. Check the days.")
DAY_AS_OF = Sentence(
    zh="没有日期，记在此表截至的 {day}。", en="No day is given; it stands on {day}, for which the sheet was made."
)
NOT_POSTED = Sentence(
    zh="{named}在 {day} 不在该村任职，这一步记为当时的责任人{other}。",
    en="{named} held no post there on {day}; that step stands for whoever was responsible then: {other}.",
)
DAY_OF_END = Sentence(zh="没有反馈日期，记在办结日。", en="The answer has no date and stands on the day it was done.")
ENDING = {"done": "done", "closed": "done", "explained": "explain", "withdrawn": "withdraw", "duplicate": "duplicate"}
"""The step that ends a matter of each state."""

StepCells = dict[str, Any]


@dataclass(frozen=True)
class MatterReading:
    """What reading a row needs to know besides the row."""

    names: SheetNames
    year: int | None
    as_of: date | None
    workdays_after: Callable[[date, int], date]
    sheet_village: str
    posts: Posts
    codes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The codes that stand for names, while a sheet is read: by matter and name."""

    def code_of(self, matter: str, said: str, count: int) -> list[str]:
        """The codes that stand for the names of a cell, the same wherever the matter names them."""
        taken = sum(len(codes) for (one, _), codes in self.codes.items() if one == matter)
        made = [f"{matter}-A{taken + number + 1}" for number in range(count)]
        return self.codes.setdefault((matter, said), made)


def matter_steps(row: SheetRow, reading: MatterReading) -> list[StepCells]:
    """The steps of one matter; [] where the row cannot be placed, which is then said."""
    if not row.text("title"):
        row.refuse(NO_TITLE)
        return []
    raised = written_day(row.cells.get("raised", ""), reading.year)
    if raised is None and row.has("on") and not row.has("raised"):
        raised = written_day(row.cells.get("on", ""), reading.year)
    if raised is None:
        row.refuse(NO_RAISED)
        return []
    return list(_Matter(row, reading, raised).steps())


def own_code(row: SheetRow, village: str, raised: date) -> str:
    """A code for a matter that the sheet gives none: the same for the same day, village and words, wherever the row stands."""
    said = f"{raised}|{village}|{row.text('title')}".encode()
    return "M" + hashlib.blake2b(said, digest_size=4).hexdigest()


class _Matter:
    """One row while it is read."""

    def __init__(self, row: SheetRow, reading: MatterReading, raised: date) -> None:
        self.row, self.reading, self.raised = row, reading, raised
        self.names = reading.names
        self.village = self.names.village(row.text("village") or reading.sheet_village)
        self.code = row.text("matter") or own_code(row, self.village, raised)
        by = self.names.person(row.text("by"))
        self.first = self.names.person(row.text("first_visitor")) or by
        self.by = by or self.first
        self.stood_in: set[str] = set()
        self.handler = self.names.person(row.text("handler"))
        self.state = self._state()

    def steps(self) -> Iterator[StepCells]:
        """The steps in order."""
        applicants = self._applicants()
        ended = self._ended()
        if self.state == "settled":
            yield self._step("settle", self.raised, **self._born(applicants), note=self._result_words())
            return
        yield self._step("raise", self.raised, **self._born(applicants), **self._promised())
        yield from self._climbed()
        notes, last = self._progress(ended)
        yield from notes
        if ended is not None:
            yield from self._finished(ended, last, applicants)
        else:
            self._refuse_answers()

    # -- what is in the cells -------------------------------------------------------------------------------------

    def _born(self, applicants: list[str]) -> StepCells:
        topic = self.row.text("class")
        found = self.names.topic(topic) if topic else ""
        if topic and not found:
            self.row.refuse(NO_CLASS, "class")
        words = {"words": self.row.text("words")} if self.row.text("words") else {}
        return {
            "by": self.first,
            "household": " ".join(applicants),
            "class": found,
            "title": self.row.text("title"),
            "channel": self.row.text("channel"),
            **words,
        }

    def _applicants(self) -> list[str]:
        codes = read_applicants(self.row.text("household"), self.names, codes_only=True) if self.row.text("household") else None
        said = codes or read_applicants(self.row.text("applicant"), self.names)
        stored = SheetApplicants(said.codes, said.unnamed).stored(self.code)
        if said.unnamed:
            codes_made = ", ".join(stored[len(said.codes) :][:3]) + ("…" if said.unnamed > 3 else "")
            self.row.hide_name(codes_made)
        return stored

    def _promised(self) -> StepCells:
        if "deadline" not in self.row.cells:
            return {}
        day = written_deadline(self.row.cells["deadline"], self.reading.year, self.raised, self.reading.workdays_after)
        if day is None:
            self.row.refuse(NO_DEADLINE, "deadline")
        return {} if day is None else {"deadline": day}

    def _state(self) -> str:
        said = self.row.text("state")
        if not said:
            return "closed" if self.row.text("closed") else "done" if self.row.text("ended") else "open"
        found = cells("state").inside(said)
        if not found and written_day(self.row.cells["state"], self.reading.year, self.raised) is not None:
            return "done"
        if not found:
            self.row.refuse(NO_STATE, "state")
        return found or "open"

    def _ended(self) -> date | None:
        """The day the matter ended; None if it is open, or if no day is found, which is then reported."""
        if self.state not in ENDING:
            return None
        if self.state == "duplicate" and not self.row.text("of"):
            self.row.refuse(NO_OTHER, "state")
            return None
        day = self._day_of("ended") or self._day_of("closed") or self._day_of("answered_on")
        if day is None:
            day = written_day(self.row.cells.get("state", ""), self.reading.year, self.raised)
        if day is None and self.reading.as_of is not None:
            day = self.reading.as_of
            self.row.notice(DAY_AS_OF.filled(day=day), "state")
        if day is None:
            self.row.refuse(NO_END, "state" if self.row.text("state") else "ended")
        elif day < self.raised:
            self.row.refuse(ENDS_BEFORE, "ended" if self.row.text("ended") else "state")
            day = None
        return day

    def _day_of(self, role: str) -> date | None:
        if not self.row.text(role):
            return None
        day = written_day(self.row.cells[role], self.reading.year, self.raised)
        if day is None:
            self.row.refuse(NO_YEAR_OR_DAY, role)
        return day

    # -- steps ----------------------------------------------------------------------------------------------------

    def _climbed(self) -> Iterator[StepCells]:
        """Applied to the next tier, and accepted there, as far as days say so."""
        applied, accepted = self._day_of("applied_on"), self._day_of("accepted_on")
        if self.state == "applied" and applied is None:
            applied = self.reading.as_of
            if applied is None:
                self.row.refuse(NO_APPLIED, "state")
        reason = self.row.text("reason") or self.row.text("note") or self.row.text("state")
        if applied is not None:
            yield self._step("apply", applied, by=self.by, reason=reason)
        if accepted is not None:
            yield self._step("accept", accepted, by=self.handler or self.by, handler=self.handler, **self._promised())
        tier = self.row.text("tier")
        at = self.names.tiers.whole(tier)
        if tier and not at:
            self.row.refuse(NO_SUCH_TIER, "tier")
        elif at and accepted is None and applied is None and at not in self._first_tier():
            self.row.refuse(HIGHER_TIER, "tier")

    def _first_tier(self) -> tuple[str, ...]:
        return tuple(self.names.tiers.meanings.values())[:1]

    def _progress(self, ended: date | None) -> tuple[list[StepCells], str]:
        """A note for each dated part of the progress; what stands last goes with the end of a matter that has one."""
        text = self.row.text("note")
        parts = dated_parts(text, self.reading.year, self.raised) if text else []
        latest = self.reading.as_of
        known = [(day if day is None or latest is None or day <= latest else None, said) for day, said in parts]
        if ended is not None and known and (known[-1][0] is None or known[-1][0] >= ended):
            return [self._note(day, said) for day, said in known[:-1]], known[-1][1]
        return [self._note(day, said) for day, said in known], ""

    def _note(self, day: date | None, said: str) -> StepCells:
        at = day or self._day_of("noted_on")
        if at is None:
            self.row.notice(UNDATED, "note")
        return self._step("note", max(at or self.raised, self.raised), by=self.by, note=said)

    def _finished(self, ended: date, last: str, applicants: list[str]) -> Iterator[StepCells]:
        step = ENDING[self.state]
        said = last or self.row.text("reason") or self._result_words()
        spoken = {"note": said} if step == "done" else {"reason": self.row.text("reason") or said}
        merged = {"of": self.row.text("of")} if step == "duplicate" else {}
        yield self._step(step, ended, by=self.by, **spoken, **merged)
        if step in ("done", "explain"):
            yield from self._answers(ended, applicants)
        else:
            self._refuse_answers()

    def _answers(self, ended: date, applicants: list[str]) -> Iterator[StepCells]:
        """An answer to each applicant, where the sheet says that they have one; struck off says so too."""
        said = self.row.text("answered")
        day = self._day_of("answered_on")
        if day is None and said:
            day = written_day(self.row.cells["answered"], self.reading.year, self.raised)
        meaning = cells("yes").inside(said) if said else ""
        if said and not meaning and day is None:
            self.row.refuse(NO_ANSWER, "answered")
        given = day is not None or meaning == "yes" or (self.state == "closed" and meaning != "no")
        satisfied = self._satisfied() if given else ""
        if given and day is None and said:
            self.row.notice(DAY_OF_END, "answered")
        closed = self._day_of("closed") if given and day is None else None
        for household in applicants if given else ():
            yield self._step("answer", max(day or closed or ended, ended), by=self.by, household=household, satisfied=satisfied)

    def _refuse_answers(self) -> None:
        """An answer to an unfinished matter is reported as left out; "no" and a blank are not."""
        for role in ("answered", "answered_on", "satisfied"):
            if self.row.text(role) and cells("yes").inside(self.row.text(role)) != "no":
                self.row.refuse(NOT_DONE_YET, role)

    def _satisfied(self) -> str:
        said = self.row.text("satisfied")
        found = said if said in ("1", "2", "3", "4", "5") else cells("satisfied").whole(said) if said else ""
        if said and not found:
            self.row.refuse(NOT_SATISFIED_WORD, "satisfied")
        return found

    def _result_words(self) -> str:
        """What was done, in the sheet's own words."""
        said = self.row.text("note") or self.row.text("state")
        return said if len(said) > 1 else "办结"

    def _then_responsible(self, day: date) -> str:
        """Who took a step that the sheet gives to today's person responsible, where that one held no post there yet."""
        posts, at = self.reading.posts, number_of(day)
        if not posts.given or not self.by or self.by == self.handler or posts.posted(self.by, self.village, at):
            return self.by
        other = posts.responsible(self.village, self.first, at)
        if other and other != self.by and other not in self.stood_in:
            self.stood_in.add(other)
            label = self.names.labels.get(other, other)
            self.row.notice(NOT_POSTED.filled(named=self.row.text("by"), day=day, other=label), "by")
        return other or self.by

    def _step(self, step: str, day: date, **said: Any) -> StepCells:
        if said.get("by") and said["by"] == self.by and step not in ("raise", "settle", "accept"):
            said["by"] = self._then_responsible(day)
        held = {
            "matter": self.code,
            "step": step,
            "on": day,
            "village": self.village,
            "row": self.row.number,
            "sheet": self.row.sheet,
        }
        return held | said

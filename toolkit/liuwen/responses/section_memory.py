"""What loads of a store have shown of sections that are kept apart, so that the difference of two loads gives nobody away.

Who answered between two loads is known, and so is whose answers were edited or erased. So new rows wait until at least the
minimum of households of a place can come together; where a row of such a batch goes later, as many others go as are needed
(`liuwen.responses.section_batches`). Tables by place are counted of the same rows. While fewer than half of a section's rows
could be shown so, those that wait come with those of the next coarser place instead; no figure of a finer place counts them,
then or later.

What is remembered of a row is a keyed mark of the submission's instance ID, or of its content where it has none; no answer and no
place. What is gone from the store is forgotten.
"""

import hashlib
import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from liuwen.errors import AnswerError, StoreError
from liuwen.form.households import household_column
from liuwen.form.places import likely_places
from liuwen.form.sensitive import own_minimum
from liuwen.messages import Sentence
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.plan import MAIN, TablePlan
from liuwen.responses.record_keeper import RecordKeeper
from liuwen.responses.section_batches import LEAST, content_of, staying
from liuwen.responses.submission_header import SubmissionHeader

NOT_A_RECORD = Sentence(
    zh="库里记着已读入过哪些分开存放的回答，这份记录已损坏（表单“{form}”）；请从备份恢复库。",
    en="The store's record of what was shown of sections kept apart is damaged (form {form}); restore the store from a backup.",
)
WAITING = Sentence(
    zh="“{table}”与答卷分开存放：{count} 份回答没有列入，要等一地新的满 {minimum} 户一起列入，或因同批有回答修改、删除而退出。",
    en="{table} is kept apart: {count} of its rows are left out, until {minimum} new households of a place come together, or "
    "because a row of the same batch was changed or erased.",
)
IN_PART = Sentence(
    zh="“{table}”与答卷分开存放，只读一部分答卷时不列入。",
    en="{table} is kept apart, and left out where only some of the submissions are loaded.",
)
NOT_REMEMBERED = Sentence(
    zh="这个库不能写入，记不住读入过哪些分开存放的回答，所以新的没有列入。",
    en="The store cannot be written, so that what is shown of sections kept apart cannot be remembered: new rows are left out.",
)
NO_MEMORY = Sentence(
    zh="“{tables}”与答卷分开存放，但这样读入没有记忆：与上次读入的一比，新来的回答就看得出来。请从库读入，或用 release() 发布。",
    en="{tables}: kept apart, but loaded without a memory, so that a comparison with an earlier load shows the rows of new "
    "answers. Load from a store, or publish with release().",
)
_STRAYS = Sentence(
    zh="分开存放的部分里还有 {count} 个表单中没有的字段，没有列入 .unknown。",
    en="Values in fields that the form does not have, in sections kept apart, not listed in .unknown: {count}.",
)
_LONG = 8
"""Bytes of a mark."""


class SectionRow(NamedTuple):
    """A row of a section that is kept apart, before it is known whether it is shown.

    Attributes:
        whose: The instance ID of its submission; its content where nobody is to know that.
        places: The places of the submission, the finest first; "" for one that was not given.
        home: The household.
    """

    whose: str
    places: tuple[str, ...]
    home: object


class Batch(NamedTuple):
    """Rows that came together.

    Attributes:
        levels: The columns of places by which they are counted.
        marks: The rows.
    """

    levels: tuple[str, ...]
    marks: frozenset[str]


@dataclass(frozen=True)
class SectionRecord:
    """What loads have shown of the sections of a form.

    Attributes:
        secret: What marks are made with.
        batches: Section → the batches whose rows are shown.
        left: Section → rows that were shown once, and never are again.
    """

    secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    batches: Mapping[str, Sequence[Batch]] = field(default_factory=dict)
    left: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, form_id: str) -> "SectionRecord":
        """That of a text, a new one for ""; raises `AnswerError` for another text."""
        if not text:
            return cls()
        try:
            held: dict[str, Any] = json.loads(text)
            batches = {
                name: [Batch(tuple(levels), frozenset(marks)) for levels, marks in each] for name, each in held["batches"].items()
            }
            return cls(str(held["secret"]), batches, {name: frozenset(marks) for name, marks in held["left"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnswerError(NOT_A_RECORD.filled(form=form_id)) from error

    @property
    def text(self) -> str:
        """As it is kept; in the order of the marks, which tells nothing."""
        batches = {name: sorted([each.levels, sorted(each.marks)] for each in of) for name, of in sorted(self.batches.items())}
        left = {name: sorted(marks) for name, marks in sorted(self.left.items())}
        return json.dumps({"secret": self.secret, "batches": batches, "left": left})

    def marks(self, table: str, rows: Iterable[SectionRow]) -> list[str]:
        """The mark of each row: keyed, with a number after the point where several are of the same submission or content."""
        seen: Counter[str] = Counter()
        found = []
        for row in rows:
            mark = self.mark(table, row.whose)
            found.append(f"{mark}.{seen[mark]}")
            seen[mark] += 1
        return found

    def mark(self, table: str, whose: str) -> str:
        """The mark of a submission, or of a content, up to its point."""
        return hashlib.blake2b(f"{table}\0{whose}".encode(), key=self.secret.encode(), digest_size=_LONG).hexdigest()


Levels = Sequence[tuple[str, ...] | None]
"""For each row of a section, the columns of places by which it is counted; None for one that is left out."""


class RowsTold(NamedTuple):
    """What is shown of each section; and what a reader should know of it."""

    levels: Mapping[str, Levels]
    notes: tuple[Sentence, ...]


@dataclass(frozen=True)
class SectionMemory:
    """Decides which rows of sections kept apart a load shows, and remembers them.

    Attributes:
        form_id: The form.
        keeper: What keeps the record; None if only some of the submissions are loaded, so that no row is shown.
    """

    form_id: str
    keeper: RecordKeeper | None

    def told(
        self,
        plan: TablePlan,
        rows: Mapping[str, Sequence[SectionRow]],
        unreadable: Collection[str] = (),
        *,
        anonymous: bool = False,
    ) -> RowsTold:
        """Which rows are shown.

        Args:
            plan: The tables of the form.
            rows: All rows that were read of each section.
            unreadable: The instance IDs of submissions that are there and could not be read: what came with their rows waits
                for them.
            anonymous: Whether rows are identified by their content: whose could not be read is unknown then, and as long as there
                are any, nothing comes and nothing goes.

        Returns:
            How each row is counted; and notes.
        """
        if self.keeper is None:
            told = tuple(IN_PART.filled(table=name) for name, own in rows.items() if own)
            return RowsTold({name: [None] * len(own) for name, own in rows.items()}, told)
        levels = tuple(likely_places(plan.form, [column.name for column in plan.tables[MAIN].columns]))
        minimum = {name: _minimum(plan, name) for name in rows}
        held = anonymous and bool(unreadable)
        record, could = self._remembered(self.keeper, _Load(rows, levels, minimum, unreadable, held))
        found: dict[str, Levels] = {}
        for name, own in rows.items():
            marks = record.marks(name, own)
            there = set(marks)
            whole = (batch for batch in record.batches.get(name, ()) if batch.marks <= there)
            shown = {mark: batch.levels for batch in whole for mark in batch.marks}
            found[name] = [shown.get(mark) for mark in marks]
        out = {name: sum(known is None for known in of) for name, of in found.items()}
        waiting = (WAITING.filled(table=name, count=count, minimum=minimum[name]) for name, count in out.items() if count)
        return RowsTold(found, (*(() if could else (NOT_REMEMBERED,)), *waiting))

    def _remembered(self, keeper: RecordKeeper, load: "_Load") -> tuple[SectionRecord, bool]:
        """The record once a load was shown, and whether it could be kept; another load may be quicker."""
        before = keeper.read(self.form_id)
        while True:
            record = SectionRecord.read(before, self.form_id)
            now = load.after(record)
            if now == record:
                return now, True
            try:
                kept = keeper.write(self.form_id, before, now.text)
            except StoreError:
                return load.after(record, new=False), False
            if kept == now.text:
                return now, True
            before = kept


@dataclass(frozen=True)
class _Load:
    """The rows that a load read of each section, the levels of places, the minimum of each; whether the record stays."""

    rows: Mapping[str, Sequence[SectionRow]]
    levels: tuple[str, ...]
    minimum: Mapping[str, int]
    unreadable: Collection[str]
    held: bool

    def after(self, record: SectionRecord, *, new: bool = True) -> SectionRecord:
        """The record once it was shown; without new rows where it could not be kept."""
        if self.held:
            return record
        batches, left = dict(record.batches), dict(record.left)
        for name, rows in self.rows.items():
            kept, gone = self._section(record, name, rows, new=new)
            batches |= {name: kept} if kept or name in batches else {}
            left |= {name: gone} if gone or name in left else {}
        return SectionRecord(record.secret, batches, left)

    def _section(
        self, record: SectionRecord, name: str, rows: Sequence[SectionRow], *, new: bool
    ) -> tuple[list[Batch], frozenset[str]]:
        own, least = dict(zip(record.marks(name, rows), rows, strict=True)), self.minimum[name]
        apart = {record.mark(name, whose) for whose in self.unreadable}
        held = record.batches.get(name, ())
        there = own.keys() | {mark for batch in held for mark in batch.marks if content_of(mark) in apart}
        lost = Counter(content_of(mark) for batch in held for mark in batch.marks - there)
        kept = [Batch(batch.levels, frozenset(staying(batch.marks, there, lost, least))) for batch in held]
        going = {mark for batch, after in zip(held, kept, strict=True) for mark in batch.marks - after.marks}
        kept = [batch for batch in kept if batch.marks]
        shown = {mark for batch in kept for mark in batch.marks}
        once = record.left.get(name, frozenset()) | going
        gone = frozenset(mark for mark in once if mark in there or content_of(mark) in apart)
        if new:
            waiting = {mark: own[mark] for mark in sorted(own.keys() - gone - shown)}
            kept += _new_batches(waiting, self.levels, least, everybody=len(own), shown=len(shown & own.keys()))
        return kept, gone


def _new_batches(
    waiting: Mapping[str, SectionRow], levels: tuple[str, ...], minimum: int, *, everybody: int, shown: int
) -> list[Batch]:
    """What of the waiting rows comes together: those of a place; of a coarser one while too few are shown."""
    found, left = [], dict(waiting)
    for depth in range(len(levels) + 1):
        of: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for mark, row in left.items():
            of[row.places[depth:]].append(mark)
        for marks in of.values():
            if len({left[mark].home for mark in marks}) >= minimum:
                found.append(Batch(levels[depth:], frozenset(marks)))
        for mark in (mark for batch in found for mark in batch.marks):
            left.pop(mark, None)
        if 2 * (shown + len(waiting) - len(left)) >= everybody:
            break
    return found


def _minimum(plan: TablePlan, name: str) -> int:
    """How many must come together: at least five, more where a question of the section asks for more."""
    return max(LEAST, *(own_minimum(column.element) for column in plan.tables[name].columns))


class SectionRows:
    """The rows of sections kept apart, gathered part by part.

    Args:
        plan: The tables of the form.
        anonymous: Whether nobody is to know who answered, so that rows are identified by their content.
    """

    def __init__(self, plan: TablePlan, *, anonymous: bool) -> None:
        columns = [column.name for column in plan.tables[MAIN].columns]
        self._places = [columns.index(place) for place in likely_places(plan.form, columns)]
        number = household_column(plan.form, columns)
        self._number = None if number is None else columns.index(number)
        self._anonymous = anonymous
        self.found: dict[str, list[SectionRow]] = {name: [] for name, table in plan.tables.items() if table.unlinked}

    def add(self, tables: Mapping[str, RawTable], headers: Sequence[SubmissionHeader], rows: Mapping[str, Sequence[int]]) -> None:
        """Take in some rows of each section."""
        main = tables[MAIN]
        columns = main.columns()
        cells = {at: columns[at].to_pylist() for at in {*self._places, *(() if self._number is None else (self._number,))}}
        of = {submission: row for row, submission in enumerate(main.submissions)}
        for name, own in rows.items():
            contents = tables[name].rows() if self._anonymous else []
            for row in own:
                submission = tables[name].submissions[row]
                places = tuple(cells[at][of[submission]] or "" for at in self._places)
                whose = repr((places, contents[row])) if self._anonymous else headers[submission].instance_id
                number = None if self._number is None else cells[self._number][of[submission]]
                home = (places, number) if number else headers[submission].instance_id
                self.found[name].append(SectionRow(whose, places, home))


def left_out_strays(count: int) -> tuple[Sentence, ...]:
    """A note of values that the form does not know, where there are any."""
    return (_STRAYS.filled(count=count),) if count else ()


def without_memory(plan: TablePlan, tables: Mapping[str, Sized]) -> tuple[Sentence, ...]:
    """A note of sections kept apart that were loaded without a memory, where there are any."""
    there = [name for name, table in plan.tables.items() if table.unlinked and len(tables[name])]
    return (NO_MEMORY.filled(tables=", ".join(there)),) if there else ()

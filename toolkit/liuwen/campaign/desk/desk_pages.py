"""The pages of diaries, household files and attendance."""

from collections.abc import Mapping

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.days import EPOCH
from liuwen.campaign.desk.diaries import PersonDiary
from liuwen.campaign.event_kinds import EVENT_KINDS
from liuwen.campaign.months.pages import (
    CellText,
    PageColumn,
    PageFigure,
    PageSection,
    PageWords,
    TownPage,
    day_words,
    month_words,
)
from liuwen.campaign.reasons import reason_sentence
from liuwen.messages import Sentence

DIARY = Sentence(zh="{person}{month}民情日记", en="Diary of {person}, {month}")
DIARY_LINE = Sentence(
    zh="含{known}前收到的登记 · 只给本人、接任的人和负责人",
    en="With what had been received by {known} · for the writer, the successor and the leader",
)
ENTRIES = Sentence(zh="每一次", en="Entries")
BLANK = Sentence(zh="在职而没有登记的工作日", en="Working days in post without an entry")
BLANK_NOTE = Sentence(zh="没有登记不等于没有做事。", en="No entry does not mean that nothing was done.")
COUNTED = {
    "entries": Sentence(zh="登记", en="entries"),
    "late": Sentence(zh="补报", en="late"),
    "blank": Sentence(zh="没有登记的工作日", en="working days without entry"),
}
LATE = Sentence(zh="补报。", en="Reported late.")
ENTRY_HEADINGS = {
    "on": (Sentence(zh="日期", en="day"), 1.0),
    "known": (Sentence(zh="收到", en="received"), 1.0),
    "kind": (Sentence(zh="做了什么", en="what"), 1.1),
    "village": (Sentence(zh="村", en="village"), 1.0),
    "household": (Sentence(zh="户", en="household"), 1.2),
    "words": (Sentence(zh="记了什么", en="words"), 3.2),
    "why": (Sentence(zh="说明", en="remark"), 1.8),
}
FILE = Sentence(zh="{village}民情档案", en="Household files of {village}")
FILE_LINE = Sentence(zh="截至{on} · 只存办公室，请勿张贴", en="As of {on} · kept at the desk: do not hang it up")
FILE_NOTE = Sentence(
    zh="只有走访和事项的次数，没有任何回答和看法；姓名请手写在村里存的名册上。",
    en="Counts of visits and matters only, no answer and no opinion; names are written by hand on the village's own sheet.",
)
HOUSEHOLDS = Sentence(zh="各户", en="Households")
FILE_HEADINGS = {
    "household": (Sentence(zh="户号", en="household"), 1.4),
    "visits": (Sentence(zh="今年走访", en="visits this year"), 1.0),
    "last_visit": (Sentence(zh="最近一次", en="last visit"), 1.2),
    "matters": (Sentence(zh="提过的事项", en="matters asked for"), 1.0),
    "open": (Sentence(zh="还没办完", en="still open"), 1.0),
    "linked_to": (Sentence(zh="联系人", en="linked to"), 1.8),
}
ATTENDANCE = Sentence(zh="{month}驻村考勤和伙食", en="Attendance and meals, {month}")
ATTENDANCE_LINE = Sentence(zh="截至{on} · 按编码排列，不排名", en="As of {on} · in the order of codes; nobody is ranked")
PEOPLE = Sentence(zh="各人", en="People")
ATTENDANCE_HEADINGS = {
    "person": (Sentence(zh="姓名", en="name"), 1.4),
    "villages": (Sentence(zh="村", en="villages"), 2.0),
    "stays": (Sentence(zh="次", en="stays"), 0.7),
    "days": (Sentence(zh="天", en="days"), 0.7),
    "nights": (Sentence(zh="夜", en="nights"), 0.7),
    "meals_paid": (Sentence(zh="饭钱已付或没有吃", en="meals paid or none"), 1.2),
    "meals_unpaid": (Sentence(zh="饭钱没有付", en="meals unpaid"), 1.0),
    "meals_unknown": (Sentence(zh="没有写", en="not said"), 0.9),
}
Headings = Mapping[str, tuple[Sentence, float]]


def diary_page(
    diary: PersonDiary, words: PageWords, steps: Mapping[str, Sentence], *, issuer: Sentence, synthetic: bool
) -> TownPage:
    """The diary of a person in a month; `steps` are the names of the steps of matters."""
    year, called = _year(diary.month), {**EVENT_KINDS, **steps}
    rows = tuple(tuple(_entry(name, row, words, called, year) for name in ENTRY_HEADINGS) for row in records(diary.table))
    blank = tuple((day_words(day, year),) for day in diary.blank)
    counts = {"entries": len(rows), "late": int(diary.table["late"].sum()), "blank": len(blank)}
    return TownPage(
        id=f"diary-{diary.person}-{diary.month}",
        title=DIARY.filled(person=words.person(diary.person), month=month_words(diary.month)),
        issuer=issuer,
        dateline=DIARY_LINE.filled(known=day_words(diary.known)),
        sections=(
            PageSection(ENTRIES, _columns(ENTRY_HEADINGS, main="on"), rows),
            PageSection(BLANK, (PageColumn(ENTRY_HEADINGS["on"][0], main=True),), blank, note=BLANK_NOTE),
        ),
        figures=tuple(PageFigure(COUNTED[name], str(count)) for name, count in counts.items()),
        synthetic=synthetic,
        known=diary.known,
    )


def household_files_page(
    village: str, files: pd.DataFrame, on: int, words: PageWords, *, issuer: Sentence, synthetic: bool
) -> TownPage:
    """The files of a village's households."""
    rows = tuple(tuple(_of_file(name, row, words) for name in FILE_HEADINGS) for row in records(files))
    return TownPage(
        id=f"household-files-{village}",
        title=FILE.filled(village=words.place(village)),
        issuer=issuer,
        dateline=FILE_LINE.filled(on=day_words(on)),
        sections=(PageSection(HOUSEHOLDS, _columns(FILE_HEADINGS, main="household"), rows),),
        said=(FILE_NOTE,),
        synthetic=synthetic,
        known=on,
    )


def attendance_page(table: pd.DataFrame, month: str, on: int, words: PageWords, *, issuer: Sentence, synthetic: bool) -> TownPage:
    """Who stayed where in a month, and which meals were not paid for."""
    rows = tuple(tuple(_of_person(name, row, words) for name in ATTENDANCE_HEADINGS) for row in records(table))
    marked = frozenset(at for at, unpaid in enumerate(table["meals_unpaid"]) if unpaid)
    return TownPage(
        id=f"attendance-{month}",
        title=ATTENDANCE.filled(month=month_words(month)),
        issuer=issuer,
        dateline=ATTENDANCE_LINE.filled(on=day_words(on)),
        sections=(PageSection(PEOPLE, _columns(ATTENDANCE_HEADINGS, main="person"), rows, marked),),
        synthetic=synthetic,
        known=on,
    )


def _columns(headings: Headings, main: str) -> tuple[PageColumn, ...]:
    numbers = ("visits", "matters", "open", "stays", "days", "nights", "meals_paid", "meals_unpaid", "meals_unknown")
    return tuple(PageColumn(said, width, name in numbers, name == main) for name, (said, width) in headings.items())


def _entry(name: str, row: Mapping[str, object], words: PageWords, called: Mapping[str, Sentence], year: int) -> CellText:
    if name in ("on", "known"):
        return _day(row[name], year)
    if name == "kind":
        what = str(row["step"] or row["kind"])
        return called.get(what, what)
    if name == "village":
        return words.place(str(row["village"]))
    if name == "why":
        why = reason_sentence(str(row["why"])) if row["why"] else None
        return why or (LATE if row["late"] else "")
    return str(row[name])


def _of_file(name: str, row: Mapping[str, object], words: PageWords) -> CellText:
    if name == "last_visit":
        return _day(row[name])
    return _people(str(row[name]), words) if name == "linked_to" else str(row[name])


def _of_person(name: str, row: Mapping[str, object], words: PageWords) -> CellText:
    if name == "person":
        return words.person(str(row[name]))
    return "、".join(words.place(one) for one in str(row[name]).split()) if name == "villages" else str(row[name])


def _people(codes: str, words: PageWords) -> str:
    return "、".join(words.person(one) for one in codes.split())


def _day(day: object, year: int | None = None) -> CellText:
    return day_words(day.toordinal() - EPOCH, year) if isinstance(day, pd.Timestamp) and not pd.isna(day) else ""


def _year(month: str) -> int:
    return int(month[:4])

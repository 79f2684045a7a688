"""Dates of a programme are days that exist, and its end is not before its beginning."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liuwen.campaign.faults import Path
from liuwen.campaign.schema import LUNAR_DAYS, Programme
from liuwen.messages import Sentence

NO_DAY = Sentence(
    zh='“{text}”不是日子。请写成“月-日”（如 `"04-30"`）或“年-月-日”。',
    en='"{text}" is not a day. Write "MM-DD" (as "04-30") or "YYYY-MM-DD".',
)
ENDS_BEFORE = Sentence(zh="结束日 {ends} 早于开始日 {begins}。", en="It ends on {ends}, before it begins on {begins}.")
NO_MONTH_END = Sentence(zh="月末日 {day} 应在 1 到 31 之间。", en="The day of month_end is between 1 and 31, not {day}.")
NO_ZONE = Sentence(
    zh='不认识时区“{zone}”。请写成 "Asia/Shanghai" 这样的名称。',
    en='Unknown time zone "{zone}". Write a name such as "Asia/Shanghai".',
)
NO_FESTIVAL = Sentence(
    zh="只有春节 `[1, 1]`、端午 `[5, 5]`、中秋 `[8, 15]` 有节日表，没有 {day}。",
    en="Only New Year [1, 1], Dragon Boat [5, 5] and Mid-Autumn [8, 15] are in the table of festival days, not {day}.",
)
NO_LUNAR = Sentence(zh="农历日期应写成 `[月, 日]`，如 `[8, 15]`。", en="A lunar day is [month, day], as [8, 15].")


def days_exist(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Each day written in the programme."""
    written: list[tuple[Path, str]] = [(("begins",), programme.begins), (("ends",), programme.ends)]
    written += [(("duties", duty.id, "until"), duty.until) for duty in programme.duties if duty.until]
    for phase in programme.phases:
        written += [(("phases", phase.id, "from"), phase.from_), (("phases", phase.id, "to"), phase.to)]
    bad = {path for path, text in written if day_of(text) is None}
    yield from ((path, NO_DAY.filled(text=text)) for path, text in written if path in bad)
    if not bad & {("begins",), ("ends",)} and _order(programme.begins) > _order(programme.ends):
        yield ("ends",), ENDS_BEFORE.filled(begins=programme.begins, ends=programme.ends)
    yield from _calendar(programme)


def day_of(text: str, year: int = 2000) -> date | None:
    """The day of "MM-DD" in `year` (29 February may be the 28th), or of "YYYY-MM-DD"; None if no such day exists."""
    full = text if len(text) > 5 else f"2000-{text}"
    try:
        day = date.fromisoformat(full)
    except ValueError:
        return None
    if len(text) > 5:
        return day
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _order(text: str) -> str:
    return text if len(text) > 5 else f"2000-{text}"


def _calendar(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    calendar = programme.calendar
    if not 1 <= calendar.month_end.day <= 31:
        yield ("calendar", "month_end", "day"), NO_MONTH_END.filled(day=calendar.month_end.day)
    try:
        ZoneInfo(calendar.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("calendar", "timezone"), NO_ZONE.filled(zone=calendar.timezone)
    for id, festival in calendar.festivals.items():
        if len(festival.lunar) != 2 or not (1 <= festival.lunar[0] <= 12 and 1 <= festival.lunar[1] <= 30):
            yield ("calendar", "festivals", id, "lunar"), NO_LUNAR
        elif festival.lunar not in LUNAR_DAYS:
            yield ("calendar", "festivals", id, "lunar"), NO_FESTIVAL.filled(day=list(festival.lunar))

"""The plan of visits and the roster on paper: a page with a table for each village, a poster, and a calendar file."""

from collections.abc import Iterator

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.days import EPOCH
from liuwen.campaign.months.pages import WEEKDAYS, CellText, PageColumn, PageSection, PageWords, TownPage, day_words, month_words
from liuwen.campaign.reasons import reason_sentence
from liuwen.campaign.visit_plan import MonthPlan
from liuwen.messages import Language, Sentence

PLAN = Sentence(zh="{month}走访计划", en="Plan of visits, {month}")
PLAN_LINE = Sentence(
    zh="按{known}前收到的登记 · 只给走访人，请勿张贴",
    en="With what had been received by {known} · for visitors only: do not hang it up",
)
LEFT_OUT = Sentence(zh="这个月不去打扰的", en="Not to be disturbed this month")
LEFT_NOTE = Sentence(
    zh="走访次数已到上限；本户找人或要答复的除外。",
    en="The bound on visits is reached; a household that waits for somebody is not among them.",
)
PLAN_HEADINGS = {
    "household": Sentence(zh="户号", en="household"),
    "visitor": Sentence(zh="走访人", en="visitor"),
    "reasons": Sentence(zh="为什么去", en="why"),
    "due_by": Sentence(zh="不晚于", en="by"),
    "form": Sentence(zh="用哪份表", en="form"),
    "done": Sentence(zh="已去（打勾）", en="done (tick)"),
}
HOUSES = Sentence(zh="{village}：{count} 户", en="{village}: {count} households")
ONE_HOUSE = Sentence(zh="{village}：1 户", en="{village}: 1 household")
SHORT = Sentence(zh="回访短表（已预填）", en="short form, filled in before")
WHOLE = Sentence(zh="完整访谈", en="whole interview")
REMIND = Sentence(zh="别忘了听一听：{groups}。", en="Remember to hear: {groups}.")
POSTER = Sentence(zh="{place}{month}值班公示", en="{place}: who receives in {month}")
POSTER_LINE = Sentence(zh="有事请来村里找值班的人，来之前不用预约。", en="Come to whoever is on duty; no appointment is needed.")
POSTER_HEADINGS = (Sentence(zh="日期", en="day"), Sentence(zh="星期", en="weekday"), Sentence(zh="值班人", en="on duty"))
NOBODY = Sentence(zh="（暂无人）", en="(nobody yet)")
INSTEAD = Sentence(zh="{person}（替{before}）", en="{person} (for {before})")
PROVISIONAL = Sentence(
    zh="明年的放假安排还没有公布，日期是暂定的。",
    en="The public holidays of that year are not announced yet: the days are provisional.",
)
ON_DUTY = Sentence(zh="值班：{place}", en="On duty: {place}")


def plan_page(plan: MonthPlan, words: PageWords, groups: tuple[Sentence, ...], *, issuer: Sentence, synthetic: bool) -> TownPage:
    """The plan of a month as one page, a table a village in walking order."""
    sections = [_village(str(village), rows, words) for village, rows in plan.table.groupby("village", sort=True)]
    left = tuple((words.place(row["village"]), row["household"], str(row["visits"])) for row in records(plan.left_out))
    headings = (Sentence(zh="村", en="village"), PLAN_HEADINGS["household"], Sentence(zh="走访次数", en="visits"))
    columns = tuple(PageColumn(said, 1.0, at == 2, at == 1) for at, said in enumerate(headings))
    sections.append(PageSection(LEFT_OUT, columns, left, note=LEFT_NOTE))
    named = Sentence(zh="、".join(one.zh for one in groups), en=", ".join(one.en for one in groups))
    return TownPage(
        id=f"plan-{plan.month}",
        title=PLAN.filled(month=month_words(plan.month)),
        issuer=issuer,
        dateline=PLAN_LINE.filled(known=day_words(plan.known)),
        sections=tuple(sections),
        said=(REMIND.filled(groups=named),) if groups else (),
        synthetic=synthetic,
        known=plan.known,
    )


def _village(village: str, rows: pd.DataFrame, words: PageWords) -> PageSection:
    made: list[tuple[CellText, ...]] = []
    for row in records(rows):
        said = [reason_sentence(one) for one in row["reasons"].split()]
        why = Sentence(zh="、".join(one.zh.rstrip("。") for one in said), en=" ".join(one.en for one in said))
        due = "" if pd.isna(row["due_by"]) else day_words(row["due_by"].toordinal() - EPOCH, row["due_by"].year)
        form = SHORT if row["second_visit"] else WHOLE
        made.append((row["household"], words.person(row["visitor"]), why, due, form, ""))
    widths = (1.3, 1, 2.6, 1, 1.4, 0.9)
    columns = tuple(
        PageColumn(said, width, main=at == 0) for at, (said, width) in enumerate(zip(PLAN_HEADINGS.values(), widths, strict=True))
    )
    place = words.place(village)
    heading = ONE_HOUSE.filled(village=place) if len(made) == 1 else HOUSES.filled(village=place, count=len(made))
    return PageSection(heading, columns, tuple(made), counted=False)


def roster_poster(
    table: pd.DataFrame, place: str, month: str, words: PageWords, *, issuer: Sentence, synthetic: bool
) -> TownPage:
    """The poster of a village's duty days in a month."""
    own = records(table[table["place"] == place])
    rows: list[tuple[CellText, ...]] = []
    for row in own:
        number = row["day"].toordinal() - EPOCH
        person: CellText = words.person(row["person"]) if row["person"] else NOBODY
        if row["person"] and row["instead_of"]:
            person = INSTEAD.filled(person=words.person(row["person"]), before=words.person(row["instead_of"]))
        rows.append((day_words(number, row["day"].year), tuple(WEEKDAYS.values())[row["day"].weekday()], person))
    columns = tuple(PageColumn(said, (1.2, 1, 2)[at], main=at == 2) for at, said in enumerate(POSTER_HEADINGS))
    name = words.place(place)
    return TownPage(
        id=f"roster-{place}-{month}",
        title=POSTER.filled(place=name, month=month_words(month)),
        issuer=issuer,
        dateline=POSTER_LINE,
        sections=(PageSection(Sentence(zh="值班表", en="Roster"), columns, tuple(rows), counted=False),),
        said=(PROVISIONAL,) if any(row["provisional"] for row in own) else (),
        synthetic=synthetic,
    )


def roster_calendar(table: pd.DataFrame, person: str, words: PageWords, language: Language) -> bytes:
    """A person's duty days as a calendar file (RFC 5545): a whole day each, the same bytes each time."""
    return ("\r\n".join(_calendar_lines(table, person, words, language)) + "\r\n").encode()


def _calendar_lines(table: pd.DataFrame, person: str, words: PageWords, language: Language) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//liuwen//roster//ZH", "CALSCALE:GREGORIAN")
    for row in records(table[table["person"] == person]):
        day, after = row["day"], row["day"] + pd.Timedelta(days=1)
        said = ON_DUTY.filled(place=words.place(row["place"])).in_language(language)
        yield "BEGIN:VEVENT"
        yield f"UID:{row['roster']}-{row['place']}-{day:%Y%m%d}-{person}@liuwen"
        yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
        yield "SUMMARY:" + said.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        yield "END:VEVENT"
    yield "END:VCALENDAR"

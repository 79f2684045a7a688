"""The brief as a page (HTML, PDF, CSV) and as a text for the group chat, in both languages."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from liuwen.campaign.boards import BATCH
from liuwen.campaign.brief import TownBrief
from liuwen.campaign.cells import records
from liuwen.campaign.months.notice import SYNTHETIC
from liuwen.campaign.months.pages import CellText, PageColumn, PageSection, PageWords, TownPage, day_words, month_words, signed
from liuwen.campaign.months.rates_section import FEW, OF_PEOPLE, people_in_steps, rates_section
from liuwen.campaign.schema import Programme
from liuwen.messages import Language, Sentence

TITLE = Sentence(zh="{month}民情简报", en="Brief of {month}")
DATELINE = Sentence(zh="情况截至{on} · 含{known}前收到的全部登记", en="As of {on} · with all that had been received by {known}")
TEN = Sentence(zh="十个数", en="The ten figures")
NAMES = {
    "raised": Sentence(zh="新登记事项", en="matters entered"),
    "settled": Sentence(zh="当场解决", en="settled on the spot"),
    "struck_off": Sentence(zh="销号", en="struck off"),
    "open": Sentence(zh="正在办", en="open"),
    "overdue": Sentence(zh="超期", en="overdue"),
    "waiting_too_long": Sentence(zh="等得太久", en="waiting too long"),
    "answered": Sentence(zh="已反馈申请人", en="applicants answered"),
    "visited": Sentence(zh="走访到的户", en="households visited"),
    "behind": Sentence(zh="落后于进度的人", en="people behind on duty"),
    "late_or_unsettled": Sentence(zh="补报或要核对", en="reports late or to settle"),
}
BASES = {
    "raised": Sentence(zh="登记总数", en="all entered so far"),
    "settled": Sentence(zh="当场解决加新登记", en="settled and entered"),
    "struck_off": Sentence(zh="上期在册、新登记和重办的", en="on the last list, entered or reopened"),
    "open": Sentence(zh="登记总数", en="all entered so far"),
    "overdue": Sentence(zh="正在办", en="open"),
    "waiting_too_long": Sentence(zh="等待上一级的", en="waiting for an office"),
    "answered": Sentence(zh="应反馈申请人", en="applicants to be answered"),
    "visited": Sentence(zh="在册的户", en="households that live there"),
    "behind": Sentence(zh="有走访等任务的人", en="people who owe a duty"),
    "late_or_unsettled": Sentence(zh="本期收到的登记", en="reports received"),
}
COLUMNS = {
    "figure": Sentence(zh="指标", en="figure"),
    "numerator": Sentence(zh="数", en="number"),
    "base": Sentence(zh="基数", en="of"),
    "of": Sentence(zh="基数是什么", en="of what"),
    "change": Sentence(zh="比上期", en="change"),
}
FEW_PEOPLE = Sentence(zh="人数太少，不显示", en="too few people to be shown")
LACKS = Sentence(zh="本方案没有这一项", en="not in this programme")
SECTIONS: Mapping[str, tuple[Sentence, tuple[tuple[str, Sentence, float], ...]]] = {
    "offices": (
        Sentence(zh="在等谁答复", en="Who keeps people waiting"),
        (
            ("waiting_for", Sentence(zh="部门", en="office"), 2),
            ("matters", Sentence(zh="件数", en="matters"), 1),
            ("longest", Sentence(zh="最长已等（天）", en="longest wait (days)"), 1),
        ),
    ),
    "overdue": (
        Sentence(zh="超期的事项", en="Overdue matters"),
        (
            ("number", Sentence(zh="编号", en="number"), 1.6),
            ("village", Sentence(zh="村", en="village"), 1),
            ("title", Sentence(zh="事项", en="title"), 3),
            ("responsible", Sentence(zh="责任人", en="responsible"), 1),
            ("overdue_days", Sentence(zh="超期天数", en="days overdue"), 0.8),
        ),
    ),
    "nobody": (
        Sentence(zh="没有人负责的事项", en="Matters for which nobody is responsible"),
        (
            ("number", Sentence(zh="编号", en="number"), 1.6),
            ("village", Sentence(zh="村", en="village"), 1),
            ("title", Sentence(zh="事项", en="title"), 3),
        ),
    ),
    "duties": (
        Sentence(zh="任务完成情况", en="Duties"),
        (
            ("duty", Sentence(zh="任务", en="duty"), 3),
            ("owed", Sentence(zh="应完成", en="owed by"), 1),
            ("met", Sentence(zh="已完成", en="met"), 1),
            ("behind", Sentence(zh="落后", en="behind"), 1),
            ("over", Sentence(zh="超过上限", en="over the bound"), 1),
        ),
    ),
    "coverage": (
        Sentence(zh="各村走访覆盖", en="Coverage by village"),
        (
            ("village", Sentence(zh="村", en="village"), 2),
            ("households", Sentence(zh="户数", en="households"), 1),
            ("visited", Sentence(zh="走访到", en="visited"), 1),
            ("twice", Sentence(zh="两次以上", en="twice or more"), 1),
        ),
    ),
    "festivals": (
        Sentence(zh="节日走访", en="Festival visits"),
        (
            ("period", Sentence(zh="节日", en="festival"), 2),
            ("owed", Sentence(zh="应走访户", en="households"), 1),
            ("visited", Sentence(zh="已走访", en="visited"), 1),
        ),
    ),
    "help": (
        Sentence(zh="结对帮扶", en="Help given"),
        (
            ("kind", Sentence(zh="类别", en="kind"), 2),
            ("times", Sentence(zh="次数", en="times"), 1),
            ("amount", Sentence(zh="金额（元）", en="amount (yuan)"), 1),
        ),
    ),
}
"""The sections with the columns of their tables."""
FEW_OF = {"festivals": "owed", "coverage": "households", "help": "times"}
"""A section whose rows are not shown where this column counts few."""
_NUMBERS = frozenset("matters longest overdue_days owed met behind over households visited twice times amount".split())
ALWAYS = ("offices", "overdue", "nobody")
"""Sections that every brief has."""
ASKED = ("duties", "coverage", "festivals", "help")
"""Sections that a programme may ask for, each of the part of that name."""
IN_FIGURES = ("ledger", "waiting")
"""Sections that are in the ten figures and the tables that every brief has."""
BEHIND = Sentence(zh="落后于进度的人", en="People behind on duty")
BEHIND_NOTE = Sentence(
    zh="按编码排列，不排名。为什么差，用 explain 可以看每一次。",
    en="In the order of codes; nobody is ranked. `explain` lists every visit.",
)
NOT_MADE = Sentence(zh="简报还不能列出“{section}”。", en='The brief cannot list "{section}" yet.')
OWN = Sentence(
    zh="此页有干部姓名和少数几户的情况，只给负责人，请勿张贴或转发；发群用同名的文字稿。",
    en="For those who lead: this page names officials and counts few households. Do not hang it up or pass it on; "
    "the text of the same name is for the group chat.",
)
OPEN_ONLY = Sentence(zh="反映干部作风的事项不在以上任何数字里。", en="Matters of conduct are in none of these figures.")
TOO_MANY = 15
MORE = Sentence(zh="只列前 {shown} 件，共 {count} 件。", en="The first {shown} of {count}.")
CHAT = Sentence(zh="【{place}{title}】（截至{on}）", en="[{place}: {title}] (as of {on})")
CHAT_LINE = Sentence(zh="{name} {numerator}（{of} {base}）{change}", en="{name}: {numerator} ({of}: {base}){change}")
CHANGED = Sentence(zh="，比上期 {change}", en=", change {change}")
ON_PAPER = ("behind",)
"""Figures of officers: on the leader's page, never in the group chat."""


def brief_page(brief: TownBrief, programme: Programme, words: PageWords, *, issuer: Sentence, synthetic: bool) -> TownPage:
    """The page of a brief."""
    names = [*ALWAYS, *(one for one in brief.sections if one in ASKED)]
    sections = [ten_figures(brief), *(_part(name, brief, programme, words) for name in names)]
    if "duties" in names:
        sections.append(_people(brief, programme, words))
    if "rates" in brief.sections:
        sections.append(rates_section(brief.parts["rates"]))
    missing = [one for one in brief.sections if one not in (*ASKED, *IN_FIGURES, "rates")]
    return TownPage(
        id=f"brief-{brief.month}",
        title=TITLE.filled(month=month_words(brief.month)),
        issuer=issuer,
        dateline=DATELINE.filled(on=day_words(brief.on), known=day_words(brief.known)),
        sections=tuple(sections),
        said=(OWN, OPEN_ONLY, *(NOT_MADE.filled(section=one) for one in missing)),
        synthetic=synthetic,
        known=brief.known,
    )


def brief_text(brief: TownBrief, place: Sentence, language: Language, *, synthetic: bool = False) -> str:
    """The brief for a group chat: its figures, without anybody's name or a count of few people."""
    title = TITLE.filled(month=month_words(brief.month))
    lines = [CHAT.filled(place=place, title=title, on=day_words(brief.on)), *([SYNTHETIC] if synthetic else [])]
    for row in records(brief.figures):
        shown = _shown(row)
        if row["figure"] in ON_PAPER or shown is None:
            continue
        numerator, base, change = shown
        said = CHANGED.filled(change=change) if change else ""
        name, of = NAMES[row["figure"]], BASES[row["figure"]]
        lines.append(CHAT_LINE.filled(name=name, numerator=numerator, of=of, base=base, change=said))
    return "\n".join(line.in_language(language) for line in lines) + "\n"


def _shown(row: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """A figure, its base and its change ("" without one) as everybody may read them; None if they are not shown."""
    if pd.isna(row["numerator"]):
        return None
    if row["figure"] in OF_PEOPLE:
        steps = people_in_steps(int(row["base"]), int(row["numerator"]))
        return None if steps is None else (f"{steps[1]}+", f"{steps[0]}+", "")
    return str(row["numerator"]), str(row["base"]), "" if pd.isna(row["change"]) else signed(row["change"])


def ten_figures(brief: TownBrief) -> PageSection:
    rows: list[tuple[CellText, ...]] = []
    for row in records(brief.figures):
        name, shown = NAMES[row["figure"]], _shown(row)
        if shown is None:
            rows.append((name, "–", "–", LACKS if pd.isna(row["numerator"]) else FEW_PEOPLE, "–"))
            continue
        numerator, base, change = shown
        rows.append((name, numerator, base, BASES[row["figure"]], change or "–"))
    widths = {"figure": 2.0, "of": 2.4}
    columns = tuple(
        PageColumn(heading, widths.get(name, 0.8), name in ("numerator", "base", "change"), name == "figure")
        for name, heading in COLUMNS.items()
    )
    return PageSection(TEN, columns, tuple(rows), counted=False)


def _part(name: str, brief: TownBrief, programme: Programme, words: PageWords) -> PageSection:
    heading, columns = SECTIONS[name]
    table = brief.parts[name]
    shown = records(table.head(TOO_MANY) if name in ("overdue", "nobody") else table)
    rows = tuple(tuple(_cell(column, row[column], programme, words) for column, _, _ in columns) for row in shown)
    if name in FEW_OF:
        few = (FEW.filled(batch=BATCH),) * (len(columns) - 1)
        rows = tuple((row[0], *few) if int(one[FEW_OF[name]]) < BATCH else row for row, one in zip(rows, shown, strict=True))
    note = MORE.filled(shown=TOO_MANY, count=len(table)) if len(table) > len(shown) else None
    made = tuple(PageColumn(said, width, column in _NUMBERS, at == 0) for at, (column, said, width) in enumerate(columns))
    return PageSection(heading, made, rows, note=note, counted=name in ("overdue", "nobody") and note is None)


def _people(brief: TownBrief, programme: Programme, words: PageWords) -> PageSection:
    rows = tuple(
        (
            words.person(row["who"]),
            _cell("duty", row["duty"], programme, words),
            f"{row['done']} / {row['required']}",
            f"{row['expected_by_now']:.1f}",
        )
        for row in records(brief.parts["people_behind"])
    )
    headings = (
        Sentence(zh="姓名", en="name"),
        Sentence(zh="任务", en="duty"),
        Sentence(zh="已做 / 应做", en="done / owed"),
        Sentence(zh="到今天应有", en="expected by now"),
    )
    columns = tuple(PageColumn(said, (1.2, 3, 1, 1)[at], at > 1, at == 0) for at, said in enumerate(headings))
    return PageSection(BEHIND, columns, rows, note=BEHIND_NOTE)


def _cell(column: str, value: object, programme: Programme, words: PageWords) -> CellText:
    if column == "village":
        return words.place(str(value))
    if column == "responsible":
        return words.person(str(value))
    if column == "waiting_for":
        return words.tier(str(value))
    if column == "duty":
        return next((one.name for one in programme.duties if one.id == value), str(value))
    if column == "period":
        year, _, festival = str(value).partition("-")
        rule = programme.calendar.festivals.get(festival)
        return str(value) if rule is None else Sentence(zh=f"{year}年{rule.zh}", en=f"{rule.en} {year}")
    return str(value)

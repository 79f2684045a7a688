"""The ledger as a workbook in the layout of today's spreadsheet: what is read from it again is the same ledger."""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.confidential import visible_table
from liuwen.campaign.days import NO_DAY, UNREADABLE, date_of
from liuwen.campaign.months.making import MonthPages
from liuwen.campaign.months.pages import SYNTHETIC, PageWords, dateline_of, in_words
from liuwen.campaign.months.settle_page import HEADINGS as SETTLE_HEADINGS
from liuwen.campaign.months.settle_page import reasons_in_words
from liuwen.campaign.months.sheet_cells import with_rows
from liuwen.campaign.months.standing import ledger_cell
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MATTERS = Sentence(zh="台账", en="ledger")
STEPS = Sentence(zh="步骤", en="steps")
TO_SETTLE = Sentence(zh="要核对的", en="to settle")
STATES = {
    "open": Sentence(zh="办理中", en="open"),
    "applied": Sentence(zh="已上报", en="applied"),
    "done": Sentence(zh="已办结", en="done"),
    "explained": Sentence(zh="已解释", en="explained"),
    "closed": Sentence(zh="已销号", en="closed"),
    "withdrawn": Sentence(zh="已撤回", en="withdrawn"),
    "duplicate": Sentence(zh="已并入", en="duplicate"),
}
MATTER_HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "title": Sentence(zh="事项", en="title"),
    "class": Sentence(zh="类别", en="class"),
    "household": Sentence(zh="户号", en="household"),
    "raised": Sentence(zh="登记日期", en="raised"),
    "first_visitor": Sentence(zh="首访人", en="first visitor"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "handler": Sentence(zh="经办人", en="handler"),
    "tier": Sentence(zh="层级", en="tier"),
    "deadline": Sentence(zh="办理时限", en="deadline"),
    "last_note": Sentence(zh="办理情况", en="progress"),
    "state": Sentence(zh="状态", en="state"),
    "ended": Sentence(zh="办结日期", en="done on"),
    "closed": Sentence(zh="销号日期", en="closed on"),
    "overdue_days": Sentence(zh="超期天数", en="days overdue"),
    "awaiting_answer": Sentence(zh="待反馈", en="awaiting an answer"),
    "joined_to": Sentence(zh="并入", en="merged into"),
}
STEP_HEADINGS = {
    "matter": Sentence(zh="事项编码", en="matter"),
    "step": Sentence(zh="步骤", en="step"),
    "on": Sentence(zh="日期", en="date"),
    "known": Sentence(zh="收到日期", en="received"),
    "by": Sentence(zh="办理人", en="by"),
    "village": Sentence(zh="村", en="village"),
    "household": Sentence(zh="户号", en="household"),
    "class": Sentence(zh="类别", en="class"),
    "title": Sentence(zh="事项", en="title"),
    "deadline": Sentence(zh="办理时限", en="deadline"),
    "note": Sentence(zh="办理情况", en="note"),
    "reason": Sentence(zh="理由", en="reason"),
    "of": Sentence(zh="并入", en="merged into"),
    "handler": Sentence(zh="经办人", en="handler"),
    "satisfied": Sentence(zh="满意度", en="satisfied"),
    "event": Sentence(zh="步骤编码", en="event"),
    "after": Sentence(zh="前一步", en="after"),
    "undoes": Sentence(zh="撤销哪一步", en="undoes"),
    "replaces": Sentence(zh="代替哪一步", en="replaces"),
    "sent_by": Sentence(zh="报送人", en="sent by"),
    "entered_by": Sentence(zh="录入人", en="entered by"),
    "synthetic": Sentence(zh="合成", en="synthetic"),
}
WIDE = ("title", "last_note", "note", "reason", "why", "household")


def ledger_workbook(pages: MonthPages, language: Language) -> bytes:
    """Three sheets: the ledger (a row a matter), its steps (a row a step; these are what is read again), what is to settle.

    Confidential matters are in none of them.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": pd.Timestamp(date_of(pages.known)).to_pydatetime()})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bg_color": "#e8edf1", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "late": book.add_format({"border": 1, "text_wrap": True, "valign": "top", "bg_color": "#fbeeed"}),
        "day": book.add_format({"border": 1, "valign": "top", "num_format": "yyyy-mm-dd"}),
    }
    filled = []
    for name, headings, columns, late in _sheets(pages, language):
        _head(book.add_worksheet(name), pages, headings=headings, count=len(late), styles=styles, language=language)
        filled.append((columns, late))
    book.close()
    return with_rows(buffer.getvalue(), filled)


Columns = list[list[Any]]


def _sheets(pages: MonthPages, language: Language) -> Iterator[tuple[str, Mapping[str, Sentence], Columns, list[bool]]]:
    yield in_words(MATTERS, language), MATTER_HEADINGS, *_matters(pages, language)
    steps = _steps(pages)
    yield in_words(STEPS, language), STEP_HEADINGS, steps, [False] * len(steps[0])
    settle = pd.concat(pages.unsettled.values(), ignore_index=True)
    said = {why: reasons_in_words(why.split()).in_language(language) for why in set(settle["why"])}
    settle["why"] = settle["why"].map(said)
    columns = [_plain(settle[name]) for name in SETTLE_HEADINGS]
    yield in_words(TO_SETTLE, language), SETTLE_HEADINGS, columns, [False] * len(settle)


def _matters(pages: MonthPages, language: Language) -> tuple[Columns, list[bool]]:
    ledger, words = pages.ledger, pages.words
    asked = {matter.id: " ".join(matter.applicants) for matter in ledger.matters}
    table = visible_table(ledger)
    table["household"] = [asked[matter] for matter in table["matter"]]
    table["joined_to"] = [ledger.numbers.get(other, other) for other in table["joined_to"]]
    columns: Columns = []
    for name in MATTER_HEADINGS:
        cells = _plain(table[name])
        if name == "overdue_days" or table[name].dtype.kind == "M":
            columns.append(cells)
        else:
            said = {cell: _matter_cell(name, cell, words, language) for cell in set(cells)}
            columns.append([said[cell] for cell in cells])
    return columns, (table["overdue_days"] > 0).tolist()


def _matter_cell(name: str, value: Any, words: PageWords, language: Language) -> Any:
    if name == "state":
        return in_words(STATES.get(value, value), language)
    if name == "class" and not value:
        return ""
    return in_words(ledger_cell(name, value, words), language)


def _steps(pages: MonthPages) -> Columns:
    """Every step that was received, as it was received, without those of confidential matters."""
    frame = pages.desk_steps.reindex(columns=list(STEP_HEADINGS), fill_value="")
    return [_days(frame[name]) if name in ("on", "known", "deadline") else frame[name].tolist() for name in STEP_HEADINGS]


def _days(numbers: "pd.Series[int]") -> list[Any]:
    days = {number: "" if number in (NO_DAY, UNREADABLE, "") else date_of(int(number)) for number in numbers.unique()}
    return [days[number] for number in numbers]


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The cells of a column: days as dates, nothing as ""."""
    days = column.dt.date if column.dtype.kind == "M" else column
    return days.astype(object).where(column.notna(), "").tolist()


def _head(
    sheet: "Worksheet",
    pages: MonthPages,
    *,
    headings: Mapping[str, Sentence],
    count: int,
    styles: Mapping[str, Any],
    language: Language,
) -> None:
    title = f"{pages.issuer.in_language(language)} {dateline_of(pages.month, pages.ledger.on, pages.known).in_language(language)}"
    made_up = f"（{SYNTHETIC.in_language(language)}）" if pages.synthetic else ""
    sheet.write_string(0, 0, title + made_up, styles["title"])
    for at, (name, heading) in enumerate(headings.items()):
        sheet.write_string(1, at, heading.in_language(language), styles["head"])
        sheet.set_column(at, at, 30 if name in WIDE else 18 if name in ("number", "matter", "event") else 12)
    for at, name in enumerate(("cell", "late", "day")):
        sheet.write_blank(2, at, None, styles[name])
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, max(count + 1, 1), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)

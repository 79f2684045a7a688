"""The county report of a form, and the month's pages of the ledger, as files; each is logged."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from liuwen.messages import Sentence
from liuwen.office.downloads import EMPTY, ENCRYPTED, sent_from
from liuwen.office.rendering import shown
from liuwen.office.rights import Right
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="报告", en="Reports"),
    "county": Sentence(zh="写给县里的报告", en="County report"),
    "about_county": Sentence(
        zh="怎么问的、覆盖、各村需求、满意度、统计方法。每个数字都有分母和区间，不足 5 户的不显示，没有姓名和电话。",
        en="How it was asked, coverage, needs by village, satisfaction, method. Every figure has its base and interval, none is "
        "of fewer than 5 households, and there are no names or telephones.",
    ),
    "form": Sentence(zh="问卷", en="Form"),
    "format": Sentence(zh="格式", en="Format"),
    "docx": Sentence(zh="Word（.docx）", en="Word (.docx)"),
    "pdf": Sentence(zh="PDF", en="PDF"),
    "html": Sentence(zh="网页（.html）", en="Page (.html)"),
    "heading": Sentence(zh="标题（可不填）", en="Title (optional)"),
    "author": Sentence(zh="报告单位（可不填）", en="Whose report it is (optional)"),
    "make": Sentence(zh="下载报告", en="Download the report"),
    "none": Sentence(zh="没有可以写报告的问卷。", en="There is no form to report on."),
    "month": Sentence(zh="一个月的台账", en="A month of the ledger"),
    "about_month": Sentence(
        zh="镇和各村的公开栏、会议题、每人本周要办的事、群通知、工作簿，一个 zip。"
        "库里要有登记册；公布用命令 liuwen campaign publish。",
        en="Boards of the town and its villages, agenda, a week sheet each, texts for the group chat, the workbook, in one zip. "
        "The store needs its registers; publishing is done with liuwen campaign publish.",
    ),
    "programme": Sentence(zh="方案", en="Programme"),
    "which": Sentence(zh="哪个月", en="Month"),
    "make_month": Sentence(zh="下载这个月", en="Download the month"),
}
NO_KIND = Sentence(zh="报告没有这种格式：{format}", en="A report has no such format: {format}")
NO_PROGRAMME = Sentence(zh="没有方案“{name}”。", en='There is no programme "{name}".')
NO_MATTERS = Sentence(zh="库里还没有事项，出不了清单。", en="The store has no matters yet, so there is no list to make.")
KINDS = ("docx", "pdf", "html")
PROGRAMMES = ("our_town", "hubin", "yunnan", "chongqing")


def reports(asked: "OfficeRequest") -> Response:
    """The page with both."""
    forms = [form for form in asked.office.forms_with_answers(asked) if not form.encrypted]
    month = f"{datetime.now().astimezone():%Y-%m}"
    return shown("reports.html", asked, "/reports", WORDS, forms=forms, kinds=KINDS, programmes=PROGRAMMES, month=month)


def county_report(asked: "OfficeRequest") -> Response:
    """The report on the answers to a form."""
    from liuwen.reports import report

    form = asked.office.require_answers(asked, asked.field("form"))
    kind = asked.field("format")
    if kind not in KINDS:
        raise RefusedError(400, NO_KIND.filled(format=kind))
    if form.encrypted:
        raise RefusedError(400, ENCRYPTED)
    responses = asked.office.answers.of(form.form_id)
    if not len(responses):
        raise RefusedError(400, EMPTY)
    made = report(responses, title=asked.fields.get("heading", "")[:200], author=asked.fields.get("author", "")[:200])
    asked.office.store.office.note("report made", form.form_id, kind)
    return sent_from(lambda folder: made.write(folder / f"report.{kind}", asked.language), f"{form.form_id}-report")


def month_pages(asked: "OfficeRequest") -> Response:
    """All pages of a month, as a zip; those for receivers only if the person is one."""
    from liuwen.campaign import read_campaign
    from liuwen.campaign.months.run import RECEIVERS

    store, programme, month = asked.office.store, asked.field("programme"), asked.field("month")
    if programme not in PROGRAMMES:
        raise RefusedError(400, NO_PROGRAMME.filled(name=programme))
    campaign = read_campaign(programme, store=store)
    if not campaign.events().table["kind"].isin(campaign.ledgers).any():
        raise RefusedError(400, NO_MATTERS)
    store.office.note("month made", month, programme)

    def written(folder: Path) -> Path:
        with tempfile.TemporaryDirectory(prefix="liuwen-month-") as pages:
            made = campaign.month(month, Path(pages))
            if not asked.may(Right.CONFIDENTIAL):
                shutil.rmtree(made.folder / RECEIVERS)
            return Path(shutil.make_archive(str(folder / "month"), "zip", pages))

    return sent_from(written, f"month-{month}")

"""A month's run: every page written to a folder, the same again where nothing changed."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.campaign.days import date_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.files import begun_files, page_files, page_printers, pages_files, write_file
from liuwen.campaign.months.index_page import index_html
from liuwen.campaign.months.making import MonthPages, month_pages
from liuwen.campaign.months.notice import notice_text
from liuwen.campaign.months.screen import screen_month
from liuwen.campaign.months.workbook import ledger_workbook
from liuwen.campaign.screening import ListScreening
from liuwen.charts.export import harmless
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.campaign.month_runs import MonthRuns

SUMMARY = Sentence(
    zh="{month}：{files} 个文件写到 {folder}（统计到 {on}，含 {known} 前收到的）。{settle}{screening}",
    en="{month}: files written to {folder}: {files} (as of {on}, with what had come in by {known}). {settle} {screening}",
)
TO_SETTLE = Sentence(
    zh="没有计入 {not_counted} 条，没有采纳 {exceptions} 步，见 desk/to_settle。",
    en="Not counted: {not_counted}; steps not taken: {exceptions}; see desk/to_settle.",
)
RECORD = "month.json"
"""What the run wrote beside the receivers' pages: the next run takes away what it no longer makes."""
RECEIVERS = "receivers/"
"""The folder of the receivers' pages, which only its owner can open."""


@dataclass(frozen=True, repr=False)
class MonthRun:
    """What a month's run wrote: `files` by name with the SHA-256 of each, and what must be looked at before publishing."""

    month: str
    on: int
    known: int
    folder: Path
    files: dict[str, str] = field(repr=False)
    ledger: TownLedger = field(repr=False)
    screening: ListScreening = field(repr=False)
    unsettled: dict[str, int]
    """Number of reports `not_counted`, of steps not taken (`exceptions`) and of `remarks`, as the page of the desk has them."""

    @property
    def summary(self) -> Sentence:
        """What was written, and what is to settle and to look at."""
        settle = TO_SETTLE.filled(not_counted=self.unsettled["not_counted"], exceptions=self.unsettled["exceptions"])
        return SUMMARY.filled(
            month=self.month,
            files=sum(not name.startswith(RECEIVERS) for name in self.files),
            folder=self.folder,
            on=date_of(self.on),
            known=date_of(self.known),
            settle=settle,
            screening=self.screening.summary,
        )

    def __repr__(self) -> str:
        return f"<MonthRun: {self.summary}>"

    def __str__(self) -> str:
        return str(self.summary)


def run_month(
    campaign: "MonthRuns", month: str, folder: Path, *, known: int | None, language: Language, id: str = "", pdf: bool = True
) -> MonthRun:
    """Write every page of a month under `folder/MONTH`; files of an earlier run that are no longer made are taken away."""
    pages = month_pages(campaign, month, known, id)
    target = folder / month
    screening = screen_month(pages)
    (target / RECEIVERS).mkdir(parents=True, exist_ok=True)
    (target / RECEIVERS).chmod(0o700)
    files = {name: write_file(target / name, data) for name, data in _files(pages, screening, language, pdf=pdf)}
    _clear(target, files)
    record = {
        "month": month,
        "on": str(date_of(pages.ledger.on)),
        "known": str(date_of(pages.known)),
        "language": language,
        "files": {name: digest for name, digest in files.items() if not name.startswith(RECEIVERS)},
    }
    write_file(target / RECORD, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    unsettled = {name: len(table) for name, table in pages.unsettled.items()}
    return MonthRun(month, pages.ledger.on, pages.known, target, files, pages.ledger, screening, unsettled)


def public_files(pages: MonthPages, language: Language, *, pdf: bool = True) -> Iterator[tuple[str, bytes]]:
    """What may hang: each board and each town's page, as HTML, CSV, PDF and text for a group chat."""
    with page_printers() as printers:
        yield from _public_files(printers, pages, language, pdf=pdf)


def _public_files(printers: Executor, pages: MonthPages, language: Language, *, pdf: bool) -> Iterator[tuple[str, bytes]]:
    boards = [pages.board_page(board) for board in pages.boards]
    notices = (
        (f"{page.id}.txt", notice_text(board, pages.words, language, synthetic=pages.synthetic).encode())
        for board, page in zip(pages.boards, boards, strict=True)
    )
    return chain(begun_files(printers, [*pages.town_pages(), *boards], language, pdf=pdf), notices)


def _files(pages: MonthPages, screening: ListScreening, language: Language, *, pdf: bool) -> Iterator[tuple[str, bytes]]:
    names = []
    with page_printers() as printers:
        for name, data in _linked_files(printers, pages, screening, language, pdf=pdf):
            names.append(name)
            yield name, data
    for name, data in pages_files(pages.receivers(), language, pdf=pdf, csv=False):
        yield f"{RECEIVERS}{name}", data
    yield "index.html", index_html(pages, names, screening, language).encode()


def _linked_files(
    printers: Executor, pages: MonthPages, screening: ListScreening, language: Language, *, pdf: bool
) -> Iterator[tuple[str, bytes]]:
    """The files that the index links to; every PDF is begun before the first file is done, so that printers never wait."""
    hung = _public_files(printers, pages, language, pdf=pdf)
    agenda = begun_files(printers, [pages.agenda()], language, pdf=pdf)
    weeks = begun_files(printers, pages.weeks(), language, pdf=pdf, csv=False)
    yield from _inside("boards", hung)
    yield from _inside("desk", agenda)
    yield from _inside("desk", page_files(pages.to_settle(), language, pdf=False))
    book = ledger_workbook(pages, language)
    yield from _inside("desk/weeks", weeks)
    yield "desk/look_here.csv", harmless(screening.table).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    yield "desk/ledger.xlsx", book


def _inside(folder: str, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    return ((f"{folder}/{name}", data) for name, data in files)


def _clear(target: Path, files: dict[str, str]) -> None:
    """Take away what an earlier run wrote, as its record says, and this one did not."""
    record = target / RECORD
    earlier = json.loads(record.read_text(encoding="utf-8")).get("files", {}) if record.is_file() else {}
    pages = [path.relative_to(target).as_posix() for path in (target / RECEIVERS).glob("receiver-*")]
    for name in {*earlier, *pages} - set(files):
        if (target / name).resolve().is_relative_to(target.resolve()):
            (target / name).unlink(missing_ok=True)

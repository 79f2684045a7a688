"""Publish a month: freeze what hangs, with its SHA-256; never overwrite; correct on a numbered sheet."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.confidential import confidential_matters
from liuwen.campaign.days import as_day, date_of
from liuwen.campaign.ledgers.numbers import PublishedList
from liuwen.campaign.months.correction_page import correction_page, lines_changed
from liuwen.campaign.months.files import page_files
from liuwen.campaign.months.making import MonthPages, month_pages
from liuwen.campaign.months.pages import in_words
from liuwen.campaign.months.run import public_files
from liuwen.campaign.months.screen import screen_month
from liuwen.campaign.published import RECORD, PublishedLists, PublishedSheet, keep_published, read_published
from liuwen.campaign.screening import ListScreening
from liuwen.errors import CampaignError
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.campaign.month_runs import MonthRuns

LOOK_FIRST = Sentence(
    zh="还不能公布 {month}：清单里有 {count} 处要人看。\n{marks}\n看过、改好后，再用核对码 {code} 公布。",
    en=(
        "{month} cannot be published yet; somebody must look at the places "
        "marked: {count}.\n{marks}\nThen publish with the code {code}."
    ),
)
LIST_CHANGED = Sentence(
    zh="核对码 {given} 不是这份清单的：看过之后清单又变了。\n{marks}\n请再看一遍，用核对码 {code} 公布。",
    en=(
        "The code {given} is not of this list: it has changed since somebody "
        "looked.\n{marks}\nLook again and publish with the code {code}."
    ),
)
PUBLISHED_ALREADY = Sentence(
    zh="{month} 已在 {on} 公布，不能覆盖。要更正，请写明原因：命令行用 --correction，Python 用 correction=。",
    en=(
        "{month} was published on {on} and is never overwritten. "
        "To correct it, say why with --correction (in Python: correction=)."
    ),
)
NOT_PUBLISHED = Sentence(
    zh="{month} 还没有公布，没有可更正的。", en="{month} was not published yet: there is nothing to correct."
)
NOTHING_CHANGED = Sentence(
    zh="与已公布的完全一样，没有可更正的。", en="Nothing differs from what was published: there is nothing to correct."
)
IN_THE_WAY = Sentence(
    zh="{folder} 已经存在，却没有公布记录。请看一下是什么，移开后再公布。",
    en="{folder} is there without a record of publication. See what it is, move it away, and publish again.",
)
OUT_OF_ORDER = Sentence(
    zh="{later} 已经公布，不能再补公布更早的 {month}：编号由最早公布的清单给出。",
    en="{later} was published already, so the earlier {month} cannot be: numbers are given by the first list published.",
)
RECORD_TABLE = "published.csv"


def publish_month(
    campaign: "MonthRuns",
    month: str,
    folder: Path,
    *,
    known: int | None,
    looked_at: str,
    correction: str,
    published_on: date,
    language: Language,
) -> PublishedSheet:
    """Freeze a month's list, or a numbered correction of it, under `folder`."""
    lists = read_published(folder)
    earlier = lists.of(month)
    if earlier and not correction:
        raise CampaignError(PUBLISHED_ALREADY.filled(month=month, on=earlier[0].published_on))
    if correction and not earlier:
        raise CampaignError(NOT_PUBLISHED.filled(month=month))
    later = [one.month for one in lists.sheets if one.month > month]
    if later and not earlier:
        raise CampaignError(OUT_OF_ORDER.filled(later=later[0], month=month))
    pages = month_pages(campaign.with_published(published_lists(lists)), month, known)
    screening = screen_month(pages)
    _require_looked_at(month, screening, looked_at)
    rows = board_rows(pages, language)
    files = _correction_files(pages, earlier, rows, correction, language) if earlier else dict(public_files(pages, language))
    sheet = PublishedSheet(
        folder=folder / (f"{month}-correction-{len(earlier)}" if earlier else f"{month}-list"),
        month=month,
        sheet=len(earlier),
        on=str(date_of(pages.ledger.on)),
        known=str(date_of(pages.known)),
        published_on=str(published_on),
        looked_at=looked_at,
        why=correction,
        files={name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        rows=rows,
    )
    _freeze(sheet, files)
    _write_table(folder)
    if campaign.store is not None:
        keep_published(campaign.store, read_published(folder))
    return sheet


def board_rows(pages: MonthPages, language: Language) -> dict[str, dict[str, list[str]]]:
    """Of each board the lines that hang, by number and kind of line; what is confidential is in none."""
    numbers = pages.ledger.table.set_index("matter")["number"]
    held = {}
    for board in pages.boards:
        page = pages.board_page(board)
        cells = [row for section in page.sections for row in section.rows]
        keys = _keys(board.rows, numbers)
        headings = [in_words(column.heading, language) for column in page.sections[0].columns]
        lines = {key: [in_words(cell, language) for cell in row] for key, row in zip(keys, cells, strict=True)}
        held[page.id] = {"": headings} | lines
    return held


def _keys(rows: pd.DataFrame, numbers: "pd.Series[Any]") -> list[str]:
    """The key of each line in the order of the page: open, struck off, then what left."""
    lines = ["open", "struck_off"]
    parts = [rows[rows["line"] == line] for line in lines] + [rows[~rows["line"].isin(lines)]]
    ordered = pd.concat(parts)
    keys = [f"{numbers[matter]} {line}" for matter, line in zip(ordered["matter"], ordered["line"], strict=True)]
    return [f"{key} {keys[:at].count(key) + 1}" if key in keys[:at] else key for at, key in enumerate(keys)]


def published_lists(lists: PublishedLists) -> list[PublishedList]:
    """The lists that give the matters their numbers: each month's first."""
    firsts = lists.lists
    return [
        PublishedList(month=month, on=as_day(on), known=as_day(known))
        for month, on, known in zip(firsts["month"], firsts["on"], firsts["known"], strict=True)
    ]


def _require_looked_at(month: str, screening: ListScreening, looked_at: str) -> None:
    if not screening.marks or looked_at == screening.code:
        return
    marks = Sentence(zh="\n".join(_said(screening, "zh")), en="\n".join(_said(screening, "en")))
    said = LIST_CHANGED if looked_at else LOOK_FIRST
    filled = said.filled(month=month, count=len(screening.marks), marks=marks, code=screening.code, given=looked_at)
    raise CampaignError(filled)


def _said(screening: ListScreening, language: Language) -> Iterable[str]:
    from liuwen.messages import use_language

    with use_language(language):
        return [str(mark) for mark in screening.marks]


def _correction_files(
    pages: MonthPages, earlier: list[PublishedSheet], rows: Mapping[str, Any], why: str, language: Language
) -> dict[str, bytes]:
    """The sheet that says what changed since the list, and since its last correction."""
    confidential = confidential_matters(pages.ledger)
    hidden = frozenset(number for matter, number in pages.ledger.numbers.items() if matter in confidential)
    changes = lines_changed(earlier[-1].rows, rows, hidden, earlier[0].rows)
    if not any(changes.values()):
        raise CampaignError(NOTHING_CHANGED)
    page = correction_page(pages, changes, number=len(earlier), why=why, published=earlier[0].published_on)
    return dict(page_files(replace(page, id="correction"), language))


def _freeze(sheet: PublishedSheet, files: Mapping[str, bytes]) -> None:
    """Write everything beside its place, then move it there at once: a crash leaves no half of a list."""
    if sheet.folder.exists():
        raise CampaignError(IN_THE_WAY.filled(folder=sheet.folder))
    sheet.folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".publishing-", dir=sheet.folder.parent))
    try:
        for name, data in files.items():
            (draft / name).write_bytes(data)
            (draft / name).chmod(0o444)
        held = {name: getattr(sheet, name) for name in sheet.__dataclass_fields__ if name != "folder"}
        (draft / RECORD).write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(sheet.folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _write_table(folder: Path) -> None:
    table = read_published(folder).table
    (folder / RECORD_TABLE).write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))

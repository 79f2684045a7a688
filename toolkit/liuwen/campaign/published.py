"""What was published, read again: each month's list and its corrections as they hung, byte for byte."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Store

TABLE = "published"
"""The desk table of a store that says what was published."""
RECORD = "list.json"
COLUMNS = ["month", "sheet", "on", "known", "published_on", "looked_at", "why", "file", "sha256"]
NOT_PUBLISHED = Sentence(zh="{folder} 里没有公布过 {month}。", en="{month} was never published in {folder}.")
NO_FILE = Sentence(zh="{month} 的清单里没有 {file}。", en="The list of {month} has no file {file}.")
CHANGED = Sentence(
    zh="{file} 与公布时不一样了（SHA-256 不符）。请从备份恢复。",
    en="{file} is no longer what was published: its SHA-256 differs. Restore it from a backup.",
)
NOT_A_RECORD = Sentence(zh="{file} 读不懂。请从备份恢复。", en="{file} cannot be read. Restore it from a backup.")


@dataclass(frozen=True)
class PublishedSheet:
    """One thing that hung: a month's list (`sheet` 0) or its correction number `sheet`."""

    folder: Path
    month: str
    sheet: int
    on: str
    known: str
    published_on: str
    looked_at: str
    why: str
    files: Mapping[str, str] = field(repr=False)
    rows: Mapping[str, Any] = field(repr=False)
    """Of each board, its lines as they hung, by number: what a correction is compared with."""


@dataclass(frozen=True)
class PublishedLists:
    """Everything published in a folder.

    Attributes:
        folder: The folder.
        sheets: The lists and their corrections, by month.
    """

    folder: Path
    sheets: tuple[PublishedSheet, ...] = field(repr=False)

    @property
    def lists(self) -> pd.DataFrame:
        """For `read_campaign(published=...)`: `month, on, known`, a row a month."""
        rows = [(one.month, one.on, one.known) for one in self.sheets if one.sheet == 0]
        return pd.DataFrame(rows, columns=["month", "on", "known"])

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a file: `month, sheet, on, known, published_on, looked_at, why, file, sha256`."""
        rows = [
            (
                one.month,
                one.sheet,
                one.on,
                one.known,
                one.published_on,
                one.looked_at,
                one.why,
                f"{one.folder.name}/{name}",
                digest,
            )
            for one in self.sheets
            for name, digest in one.files.items()
        ]
        return pd.DataFrame(rows, columns=COLUMNS)

    def of(self, month: str) -> list[PublishedSheet]:
        """The list of a month and its corrections.

        Args:
            month: The month, such as "2026-07".

        Returns:
            The sheets in order; empty if nothing was published.
        """
        return [one for one in self.sheets if one.month == month]

    def read(self, month: str, file: str, sheet: int = 0) -> bytes:
        """Read a published file, and check that it has not changed.

        Args:
            month: The month, such as "2026-07".
            file: The name of the file.
            sheet: 0 for the list, from 1 for its corrections.

        Returns:
            The bytes of the file.

        Raises:
            CampaignError: If the month was not published, its list has no such file, or the file has changed.
        """
        found = next((one for one in self.of(month) if one.sheet == sheet), None)
        if found is None:
            raise CampaignError(NOT_PUBLISHED.filled(folder=self.folder, month=month))
        if file not in found.files:
            raise CampaignError(NO_FILE.filled(month=month, file=file))
        if not _is_intact(found.folder / file, found.files[file]):
            raise CampaignError(CHANGED.filled(file=found.folder / file))
        return (found.folder / file).read_bytes()

    def changed(self) -> list[str]:
        """Find published files that are missing or have changed.

        Returns:
            The names of the files; empty if there are none.
        """
        return [
            f"{one.folder.name}/{name}"
            for one in self.sheets
            for name, digest in one.files.items()
            if not _is_intact(one.folder / name, digest)
        ]


def read_published(folder: str | Path) -> PublishedLists:
    """Read what was published in a folder.

    Args:
        folder: The folder; it need not exist yet.

    Returns:
        The published lists.

    Raises:
        CampaignError: If a record cannot be read.
    """
    place = Path(folder)
    sheets = [_read(record) for record in sorted(place.glob(f"*/{RECORD}"))]
    return PublishedLists(place, tuple(sorted(sheets, key=lambda one: (one.month, one.sheet))))


def _read(record: Path) -> PublishedSheet:
    try:
        held = json.loads(record.read_text(encoding="utf-8"))
        return PublishedSheet(folder=record.parent, **held)
    except (ValueError, TypeError):
        raise CampaignError(NOT_A_RECORD.filled(file=record)) from None


def _is_intact(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def keep_published(store: "Store", lists: PublishedLists) -> None:
    """Say in a store what was published, and with which SHA-256: its lists give the numbers from then on."""
    store.desk_tables[TABLE] = lists.table


def lists_kept(store: "Store") -> pd.DataFrame | None:
    """The published lists recorded in a store (`month, on, known`); None if nothing was published."""
    table = store.desk_tables.get(TABLE)
    if table is None or table.empty:
        return None
    return table.loc[table["sheet"] == "0", ["month", "on", "known"]].drop_duplicates().reset_index(drop=True)

"""A page as files: HTML, CSV and PDF, each written only where it says something else."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from liuwen.campaign.months.html import page_html
from liuwen.campaign.months.pages import TownPage
from liuwen.campaign.months.printing import page_pdf
from liuwen.campaign.months.tables import page_csv
from liuwen.messages import Language


def page_files(page: TownPage, language: Language, *, pdf: bool = True, csv: bool = True) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of a page."""
    yield f"{page.id}.html", page_html(page, language).encode()
    if csv:
        yield f"{page.id}.csv", page_csv(page, language)
    if pdf:
        yield f"{page.id}.pdf", page_pdf(page, language)


def write_file(path: Path, data: bytes) -> str:
    """Write a file where it says something else; its SHA-256."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()

"""A page as files: HTML, CSV and PDF, each written only where it says something else."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

from liuwen.campaign.months.html import page_html
from liuwen.campaign.months.pages import TownPage
from liuwen.campaign.months.printing import page_pdf
from liuwen.campaign.months.tables import page_csv
from liuwen.messages import Language

PRINTERS = 2
"""PDFs made at the same time. Typst works outside the interpreter's lock, so the other files are made meanwhile."""


def page_files(page: TownPage, language: Language, *, pdf: bool = True, csv: bool = True) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of a page."""
    return pages_files([page], language, pdf=pdf, csv=csv)


def pages_files(
    pages: Iterable[TownPage], language: Language, *, pdf: bool = True, csv: bool = True
) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of several pages, page by page."""
    with page_printers() as printers:
        yield from begun_files(printers, pages, language, pdf=pdf, csv=csv)


def page_printers() -> ThreadPoolExecutor:
    """What prints PDFs while other files are made."""
    return ThreadPoolExecutor(PRINTERS)


def begun_files(
    printers: Executor, pages: Iterable[TownPage], language: Language, *, pdf: bool = True, csv: bool = True
) -> Iterator[tuple[str, bytes]]:
    """The files of several pages, as `pages_files`; the printers begin at once, whenever the files are asked for."""
    made = [(page, printers.submit(page_pdf, page, language) if pdf else None) for page in pages]
    return _finished(made, language, csv=csv)


def _finished(
    made: list[tuple[TownPage, "Future[bytes] | None"]], language: Language, *, csv: bool
) -> Iterator[tuple[str, bytes]]:
    for page, printed in made:
        yield f"{page.id}.html", page_html(page, language).encode()
        if csv:
            yield f"{page.id}.csv", page_csv(page, language)
        if printed is not None:
            yield f"{page.id}.pdf", printed.result()


def write_file(path: Path, data: bytes) -> str:
    """Write a file where it says something else; its SHA-256."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()

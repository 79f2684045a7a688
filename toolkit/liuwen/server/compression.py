"""Compresses texts for clients that accept gzip, each once and outside the event loop; photos are compressed already."""

import asyncio
import mimetypes
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request

from liuwen.store.compressed import WORTH_IT, compressed, write_compressed

VARY = {"Vary": "Accept-Encoding"}
"""A header for all responses that depend on Accept-Encoding."""
GZIP = {"Content-Encoding": "gzip", **VARY}

_AT_ONCE = 32 * 1024
"""Size in bytes up to which compressing is faster than switching threads."""
_TEXTS = {"application/json", "application/geo+json", "application/xml", "image/svg+xml"}
_TEXT_SUFFIXES = {".csv", ".geojson", ".json", ".svg", ".txt", ".xml"}


def is_text(name: str) -> bool:
    """Whether a file of this name benefits from compression.

    >>> is_text("villages.csv"), is_text("hall.jpg")
    (True, False)
    """
    kind = mimetypes.guess_type(name)[0] or ""
    return Path(name).suffix.lower() in _TEXT_SUFFIXES or kind.startswith("text/") or kind in _TEXTS


def accepts_gzip(request: Request) -> bool:
    """Whether the response may be gzip: Accept-Encoding names it without weight 0."""
    weights = {}
    for given in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = given.partition(";")
        weights[name.strip()] = weight.replace(" ", "").rstrip("0") not in {"q=", "q=0."}
    return weights.get("gzip", weights.get("*", False))


async def document(request: Request, content: bytes) -> tuple[bytes, dict[str, str]]:
    """A generated text and its headers, compressed if the client accepts it and it is worthwhile."""
    if len(content) < WORTH_IT or not accepts_gzip(request):
        return content, VARY
    packed = compressed(content) if len(content) <= _AT_ONCE else await asyncio.to_thread(compressed, content)
    return packed, GZIP


class CompressedFiles:
    """Unchanging texts as gzip files, by content hash.

    Args:
        folder: The folder of the files; missing ones are created again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        folder.mkdir(exist_ok=True)
        for left in folder.glob("*.part"):
            left.unlink(missing_ok=True)

    async def path(self, key: str, read: Callable[[], Path | bytes]) -> Path | None:
        """The gzip file of the text `key`, created from `read()` if it does not exist.

        None if compression is not worthwhile, or the disk is full.
        """
        path = self._folder / f"{key}.gz"
        async with self._locks[key]:
            if not path.exists():
                with suppress(OSError):
                    await asyncio.to_thread(_compress, read, path)
        return path if path.exists() else None


def _compress(read: Callable[[], Path | bytes], path: Path) -> None:
    source = read()
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size >= WORTH_IT:
        write_compressed(source, path)

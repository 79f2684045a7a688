"""Texts compressed once, beside what they were made from, for all the phones that will fetch them."""

import gzip
import io
import secrets
import shutil
from pathlib import Path

WORTH_IT = 1024
"""Bytes below which compressing gains nothing."""
_PIECE = 1024 * 1024


def write_compressed(source: Path | bytes, target: Path) -> None:
    """Write `source` to `target` as gzip, whole or not at all; the same bytes give the same bytes."""
    half = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        with half.open("xb") as stream, _opened(source) as plain, _compressing(stream) as packed:
            shutil.copyfileobj(plain, packed, _PIECE)
        half.replace(target)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def compressed(text: bytes) -> bytes:
    """A short text as gzip."""
    return gzip.compress(text, mtime=0)


def _opened(source: Path | bytes) -> io.BufferedIOBase:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _compressing(stream: io.BufferedIOBase) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0)

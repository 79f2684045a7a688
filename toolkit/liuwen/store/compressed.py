"""Compressed copies of texts, made once and served to all phones."""

import gzip
import io
import secrets
import shutil
from pathlib import Path

WORTH_IT = 1024
"""Size in bytes below which compression is not worthwhile."""
_PIECE = 1024 * 1024


def write_compressed(source: Path | bytes, target: Path) -> None:
    """Write `source` to `target` as gzip, atomically; equal input gives equal output."""
    half = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        with half.open("xb") as stream, _opened(source) as plain, _compressing(stream) as packed:
            shutil.copyfileobj(plain, packed, _PIECE)
        half.replace(target)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def compressed(text: bytes) -> bytes:
    """Compress a short text with gzip."""
    return gzip.compress(text, mtime=0)


def _opened(source: Path | bytes) -> io.BufferedIOBase:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _compressing(stream: io.BufferedIOBase) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0)

"""Paths that may name nothing, and zip files that may be damaged, encrypted or made to harm."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What Python raises on a zip that is damaged, encrypted or compressed in an unknown way."""


def exists(path: Path) -> bool:
    """Whether there is such a file or folder; a text that no path can be, such as a whole CSV, names none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def zip_names(path: Path) -> list[str] | None:
    """The names of the files in a zip, in order, without the extra files of macOS; None if the zip is damaged or not a zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(name for name in archive.namelist() if not (_is_of_macos(name) or name.endswith("/")))
    except FAULTS:
        return None


def _is_of_macos(name: str) -> bool:
    """Whether it is a file that macOS puts beside another one, on disks that hold less of it."""
    return "__MACOSX/" in name or is_companion(PurePosixPath(name).name)


def is_companion(name: str) -> bool:
    """Whether a file's name is that of what macOS knows of another file ("._1.xml" of "1.xml")."""
    return name.startswith("._")


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes | None:
    """The first `limit` bytes of a file in a zip; None if it cannot be unpacked."""
    try:
        with archive.open(name) as opened:
            return opened.read(limit)
    except FAULTS:
        return None

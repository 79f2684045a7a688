"""Where submissions come from: a folder, a zip, one file, or XML already in memory."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from liuwen.errors import ReadError
from liuwen.messages import Sentence
from liuwen.responses.instance import MAX_BYTES

_MISSING = Sentence(zh="找不到 {path}。", en="There is no {path}.")
_BAD_ZIP = Sentence(zh="{path} 不是完整的 zip 文件。", en="{path} is not a whole zip file.")
_NONE = Sentence(zh="{path} 中没有答卷（.xml 文件）。", en="There are no submissions (.xml files) in {path}.")
_NOT_BYTES = Sentence(
    zh="答卷应是 XML 的字节，而不是 {kind}。", en="A submission must be given as the bytes of its XML, not as {kind}."
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission as it was received: its XML, and what the receiver knows of it."""

    xml: bytes
    source: str = ""
    """Where it came from: a file's name, or its place in what was given."""
    submitted_at: str = ""
    """When it was received, as ISO 8601; "" where that is not known."""


SubmissionSource = str | PathLike[str] | Iterable[bytes | Submission] | Mapping[str, bytes]
"""A folder, a zip or one file by its path; or submissions in memory, which a mapping names."""


def submissions(source: SubmissionSource) -> Iterator[Submission]:
    """Each submission of `source`, in a fixed order; raises `ReadError` where there is nothing to read."""
    if isinstance(source, str | PathLike):
        return _of_path(Path(source))
    if isinstance(source, Mapping):
        return (Submission(data, name) for name, data in source.items())
    return _of_memory(source)


def _of_path(path: Path) -> Iterator[Submission]:
    if not path.exists():
        raise ReadError(_MISSING.filled(path=path))
    if path.is_dir():
        return _of_folder(path)
    if zipfile.is_zipfile(path):
        return _of_zip(path)
    if path.suffix.lower() == ".zip":
        raise ReadError(_BAD_ZIP.filled(path=path))
    return iter([Submission(path.read_bytes(), path.name)])


def _of_folder(folder: Path) -> Iterator[Submission]:
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".xml" and file.is_file())
    if not files:
        raise ReadError(_NONE.filled(path=folder))
    return (Submission(_start_of(file), file.relative_to(folder).as_posix()) for file in files)


def _start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _of_zip(path: Path) -> Iterator[Submission]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith(".xml") and "__MACOSX/" not in name)
        if not names:
            raise ReadError(_NONE.filled(path=path))
        for name in names:
            with archive.open(name) as opened:
                yield Submission(opened.read(MAX_BYTES + 1), name)


def _of_memory(source: Iterable[bytes | Submission]) -> Iterator[Submission]:
    for number, given in enumerate(source, start=1):
        if isinstance(given, Submission):
            yield given
        elif isinstance(given, bytes):
            yield Submission(given, str(number))
        else:
            raise ReadError(_NOT_BYTES.filled(kind=type(given).__name__))

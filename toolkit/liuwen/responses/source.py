"""Where submissions come from: a folder, a zip, one file, or XML already in memory."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from os import PathLike
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING

from liuwen.errors import ReadError
from liuwen.messages import Sentence
from liuwen.responses.archive import exists, is_companion, read_entry, zip_names
from liuwen.responses.file_names import kept_file_name
from liuwen.responses.from_submissions.instance import MAX_BYTES

if TYPE_CHECKING:
    import pandas as pd

_MISSING = Sentence(zh="找不到 {path}。", en="Not found: {path}.")
_BAD_ZIP = Sentence(zh="{path} 不是完整的 zip 文件。", en="{path} is not a complete zip file.")
_NONE = Sentence(zh="{path} 中没有答卷（.xml 文件）。", en="There are no submissions (.xml files) in {path}.")
_STORE = Sentence(
    zh="{path} 是一个库：请用 lw.read_responses({path!r}) 读取，或用 liuwen load。",
    en="{path} is a store; read it with lw.read_responses({path!r}), or with liuwen load.",
)
_PACKED = Sentence(
    zh="无法从 zip 中解出，可能已损坏或被加密。",
    en="It cannot be extracted from the zip: it is damaged or encrypted.",
)
_NOT_BYTES = Sentence(
    zh="答卷应是 XML 的字节，而不是 {kind}。", en="A submission must be given as the bytes of its XML, not as {kind}."
)
_LONGEST_NAME = 255
"""Bytes of a file's name; no file system has longer ones."""
_LONGEST_SHOWN = 200
"""Characters of a path that a sentence repeats: somebody may have given the text of a file."""

Opener = Callable[[str], IO[bytes] | None]
"""Opens a submission's attachment by its name; None if it is missing."""


def _nothing(_: str) -> None:
    return None


def is_plain_name(name: str) -> bool:
    """Whether a name that stands in an answer is that of a file, and leads to no other folder.

    >>> is_plain_name("1730000000.jpg"), is_plain_name("../key.pem"), is_plain_name("/etc/passwd")
    (True, False, False)
    """
    is_alone = PurePosixPath(name).name == name == PureWindowsPath(name).name and not name.startswith(".")
    return is_alone and 0 < len(name.encode()) <= _LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission as it was received.

    Attributes:
        xml: Its XML.
    """

    xml: bytes
    source: str = ""
    """Where it came from: a file's name, or its place in what was given."""
    submitted_at: str = ""
    """When it was received, as ISO 8601; "" where that is not known."""
    open_file: Opener = field(default=_nothing, repr=False)
    """Opens an attachment that came with it; encrypted submissions need theirs."""
    fault: Sentence | None = None
    """Why its XML could not be had, where it could not."""
    sent_by: str = ""
    """The account that sent it (the collector who was signed in); "" where that is not known or not kept."""
    again: "Callable[[], bytes | None] | None" = field(default=None, repr=False)
    """Reads its XML again; None if the source cannot be read twice."""
    number: int | None = None
    """The number that its source gives it and never gives again; None if it gives none."""
    server: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What else its server knows of it: column of `Responses.submissions` → value."""


@dataclass(frozen=True, slots=True)
class Export:
    """Submissions that a server gives only as tables, not as XML.

    Attributes:
        tables: The tables, by name; all values are text.
        source: Where they come from.
    """

    tables: Mapping[str, "pd.DataFrame"]
    source: str = ""


Received = Submission | Export
SubmissionSource = str | PathLike[str] | Iterable[bytes | Received] | Mapping[str, bytes]
"""A folder, a zip or one file by its path; or submissions in memory, which a mapping names."""


def submissions(source: SubmissionSource) -> Iterator[Received]:
    """Each submission of `source`, in a fixed order; raises `ReadError` where there is nothing to read."""
    if isinstance(source, str | PathLike):
        return _of_path(Path(source))
    if isinstance(source, Mapping):
        return _of_files(source)
    return _of_memory(source)


def _of_path(path: Path) -> Iterator[Submission]:
    if not exists(path):
        shown = str(path) if len(str(path)) <= _LONGEST_SHOWN else f"{str(path)[:_LONGEST_SHOWN]}…"
        raise ReadError(_MISSING.filled(path=shown))
    if path.is_dir():
        return _of_folder(path)
    names = zip_names(path)
    if names is not None:
        return _of_zip(path, [name for name in names if name.lower().endswith(".xml")])
    if path.suffix.lower() == ".zip":
        raise ReadError(_BAD_ZIP.filled(path=path))
    return iter([_of_file(path, path.name)])


def _of_folder(folder: Path) -> Iterator[Submission]:
    found = (file for file in folder.rglob("*") if file.suffix.lower() == ".xml" and not is_companion(file.name))
    files = sorted(file for file in found if file.is_file())
    if not files:
        raise ReadError((_STORE if (folder / "store.sqlite").is_file() else _NONE).filled(path=str(folder)))
    return (_of_file(file, file.relative_to(folder).as_posix()) for file in files)


def _of_file(file: Path, source: str) -> Submission:
    return Submission(_start_of(file), source, open_file=partial(_beside, file), again=partial(_start_of, file))


def _beside(submission: Path, name: str) -> IO[bytes] | None:
    """A file that lies with a submission, or where a pull from a server puts it."""
    pulled = submission.parent.parent / "attachments" / submission.stem / kept_file_name(name)
    beside = [submission.parent / name] if is_plain_name(name) else []
    file = next((file for file in (*beside, pulled) if file.is_file()), None)
    return file.open("rb") if file else None


def _start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _of_zip(path: Path, names: list[str]) -> Iterator[Submission]:
    if not names:
        raise ReadError(_NONE.filled(path=path))
    archive = zipfile.ZipFile(path)  # open as long as a submission of it may ask for an attachment
    for name in names:
        data = read_entry(archive, name, MAX_BYTES + 1)
        yield Submission(
            data or b"",
            name,
            open_file=partial(_in_zip, archive, name),
            fault=_PACKED if data is None else None,
            again=partial(read_entry, archive, name, MAX_BYTES + 1),
        )


def _in_zip(archive: zipfile.ZipFile, submission: str, name: str) -> IO[bytes] | None:
    file = (PurePosixPath(submission).parent / name).as_posix()
    return archive.open(file) if is_plain_name(name) and file in archive.NameToInfo else None


def _of_files(files: Mapping[str, bytes]) -> Iterator[Submission]:
    for name, data in files.items():
        if not name.lower().endswith(".enc"):
            yield Submission(data, name, open_file=partial(_in_files, files, name), again=partial(files.get, name))


def _in_files(files: Mapping[str, bytes], submission: str, name: str) -> IO[bytes] | None:
    data = files.get((PurePosixPath(submission).parent / name).as_posix()) if is_plain_name(name) else None
    return None if data is None else io.BytesIO(data)


def _of_memory(source: Iterable[bytes | Received]) -> Iterator[Received]:
    for number, given in enumerate(source, start=1):
        if isinstance(given, Submission | Export):
            yield given
        elif isinstance(given, bytes):
            yield Submission(given, str(number), again=partial(bytes, given) if isinstance(source, list | tuple) else None)
        else:
            raise ReadError(_NOT_BYTES.filled(kind=type(given).__name__))

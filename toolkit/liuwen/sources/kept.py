"""The log of a pull folder: one line per submission, written as each arrives, so that an interrupted pull can continue."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses.beside import PULLED
from liuwen.responses.file_names import kept_file_name
from liuwen.sources.source import Listed

_OTHER = Sentence(
    zh="文件夹“{folder}”里放的是从“{there}”取回的 {form}；请另选文件夹。",
    en='The folder "{folder}" contains {form} from "{there}"; choose another folder.',
)
_FIELDS = {field.name for field in fields(Listed)}
_NEEDED = {"key", "stamp", "submitted_at"}
"""Fields of a listing; a line of the log without these is skipped, and its submission downloaded again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission in the folder, with its listing at the time of download."""

    listed: Listed
    files: tuple[str, ...] = ()


class Ledger:
    """The log of a folder: its submissions, and the time up to which the source was listed completely."""

    def __init__(self, folder: Path, source: str, form_id: str, *, renamed: bool = False) -> None:
        self.folder = folder
        self.kept: dict[str, Kept] = {}
        self.mark = ""
        self._head: dict[str, object] = {"source": source, "form": form_id, **({"renamed": form_id} if renamed else {})}
        folder.mkdir(parents=True, exist_ok=True)
        self._read()

    def add(self, kept: Kept) -> None:
        """Record a submission that is now in the folder."""
        self.kept[kept.listed.key] = kept
        self._append({"kept": asdict(kept)})

    def drop(self, keys: Iterable[str]) -> None:
        """Remove submissions that the source no longer has, with their files."""
        for key in keys:
            kept = self.kept.pop(key)
            self.xml_path(key).unlink(missing_ok=True)
            for name in kept.files:
                self.file_path(key, name).unlink(missing_ok=True)
            self._append({"gone": key})

    def finish(self, mark: str) -> None:
        """Record that the folder is complete up to `mark`, and rewrite the log without outdated lines."""
        self.mark = mark
        self.kept = dict(sorted(self.kept.items(), key=_by_time))  # anonymous ones sorted by day and key, not by time of the pull
        lines = [self._head, *({"kept": asdict(kept)} for kept in self.kept.values()), {"mark": mark}]
        write_whole(self.folder / PULLED, [(json.dumps(line, ensure_ascii=False) + "\n").encode() for line in lines])

    def xml_path(self, key: str) -> Path:
        """The path of a submission's XML."""
        return xml_path(self.folder, key)

    def file_path(self, key: str, name: str) -> Path:
        """The path of an attachment."""
        return file_path(self.folder, key, name)

    def _read(self) -> None:
        log = self.folder / PULLED
        if not log.exists():
            return
        for line in log.read_bytes().split(b"\n"):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):  # the incomplete last line of an interrupted pull
                continue
            self._take(record)

    def _take(self, record: dict[str, object]) -> None:
        match record:
            case {"source": there, "form": form} if record != self._head:
                raise SourceError(_OTHER.filled(folder=self.folder, there=there, form=form))
            case {"kept": {"listed": {"key": str()} as listed, "files": list() as files}} if _NEEDED <= listed.keys() <= _FIELDS:
                self.kept[listed["key"]] = Kept(Listed(**listed), tuple(files))
            case {"gone": str() as key}:
                self.kept.pop(key, None)
            case {"mark": str() as mark}:
                self.mark = mark

    def _append(self, line: dict[str, object]) -> None:
        """Append a line; a folder belongs to a source once it has a submission, so a mistyped address does not claim it."""
        with (self.folder / PULLED).open("a", encoding="utf-8") as log:
            for each in [line] if log.tell() else [self._head, line]:
                log.write(json.dumps(each, ensure_ascii=False) + "\n")


def _by_time(item: tuple[str, Kept]) -> tuple[str, str]:
    return item[1].listed.submitted_at, item[0]


def xml_path(folder: Path, key: str) -> Path:
    """The path of the XML of submission `key` in a folder."""
    return folder / "submissions" / f"{kept_file_name(key)}.xml"


def file_path(folder: Path, key: str, name: str) -> Path:
    """The path of attachment `name` of submission `key` in a folder."""
    return folder / "attachments" / kept_file_name(key) / kept_file_name(name)


def reviewed(kept: Kept, listed: Listed) -> Kept:
    """The same content with the current listing."""
    return replace(kept, listed=listed)


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:80]}.part")
    try:
        with beside.open("wb") as opened:
            for piece in pieces:
                opened.write(piece)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

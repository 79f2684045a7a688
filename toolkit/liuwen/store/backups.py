"""Backups of a store: one state of everything, with what has not changed since the last backup kept only once.

A backup folder has `parts/`, in which each piece of a file is named by the hash of its content, and `states/`, with one list of
files and pieces for each backup. Databases are cut into pieces, so that a backup adds only what changed. Nothing in the folder
is ever overwritten, and the list is written last: a backup that is interrupted leaves the earlier ones as they were. Only the
anonymous answers have one copy, which each backup replaces (`liuwen.store.anonymous.backed_up`).
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.anonymous.backed_up import back_up_anonymous
from liuwen.store.anonymous.slots import FILE
from liuwen.store.backup_parts import BackupParts, read_piece
from liuwen.store.connections import connect_to_read
from liuwen.store.damage import telling_damage
from liuwen.store.files import sync_folder, write_in_place
from liuwen.store.lock import locked
from liuwen.store.sealed_boxes import boxes_for, open_boxes
from liuwen.store.upkeep import copy_database, name_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from liuwen.store.keeping import Keeping

NO_BACKUP = Sentence(zh="“{path}”里没有备份。", en='There is no backup in "{path}".')
NOT_EMPTY = Sentence(
    zh="“{path}”里有别的东西，不是备份文件夹；请给一个空的或新的文件夹。",
    en='"{path}" contains other files and is not a backup folder; use an empty or new folder.',
)
UNREADABLE = Sentence(
    zh="“{path}”里的备份清单读不出来（{state}）：{why}",
    en='The list of a backup in "{path}" cannot be read ({state}): {why}',
)
NO_SPACE = Sentence(
    zh="备份没有做成：“{path}”写不进去（{why}）。以前的备份没有动。请清出空间，或换一个盘。",
    en='There is no new backup: "{path}" cannot be written ({why}). Earlier backups are untouched. Free some space, or use '
    "another disk.",
)
IN_STORE = Sentence(
    zh="备份不能放在库自己的文件夹里：“{path}”。请放到别的盘或 U 盘上。",
    en='A backup must not be inside the store: "{path}". Use another disk or a USB stick.',
)

_DATABASE = "store.sqlite"
_BALLAST = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUpFile:
    """A file of a backup: its path in the store, size and SHA-256, and the names of its pieces."""

    path: str
    size: int
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """One state of a store.

    Attributes:
        made: When it was made.
        store: The name of the store's folder.
        submissions: How many submissions it holds.
        files: Its files, with their digests.
        lacking: The names of attachments, or of the file of anonymous answers, that could not be read or written.
        anonymous: The name of the copy of the anonymous answers, "" if there are none; all states have the newest.
        added: How many bytes this backup added to the folder; not kept.
    """

    made: datetime
    store: str
    submissions: int
    files: tuple[BackedUpFile, ...]
    lacking: tuple[str, ...] = ()
    anonymous: str = ""
    added: int = field(default=0, compare=False)

    @property
    def state(self) -> str:
        """The name of its list of files."""
        return f"{self.made:%Y%m%dT%H%M%S%fZ}"


def back_up(keeping: "Keeping", folder: Path, public_key: bytes | None) -> Backup:
    """Make a backup, also while the store is served; see `Store.backup`."""
    if folder.is_relative_to(keeping.folder):
        raise StoreError(IN_STORE.filled(path=folder))
    try:
        if folder.exists() and not _is_backup(folder) and any(folder.iterdir()):
            raise StoreError(NOT_EMPTY.filled(path=folder))
        return _back_up(keeping, folder, public_key)
    except OSError as full:
        raise StoreError(NO_SPACE.filled(path=folder, why=full.strerror or full)) from full


def _back_up(keeping: "Keeping", folder: Path, public_key: bytes | None) -> Backup:
    for made in (folder, folder / "states"):
        made.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError):  # USB sticks have no permissions
            made.chmod(0o700)
    with locked(folder):
        return _add_state(keeping, folder, public_key)


def _add_state(keeping: "Keeping", folder: Path, public_key: bytes | None) -> Backup:
    for left in (*folder.glob("parts/??/*.part"), *folder.glob("anonymous/*.part")):
        left.unlink()
    parts = BackupParts(folder, boxes_for(folder, public_key))
    ballast = _reserve(folder)
    with _place_for_copy(keeping.folder) as copies:
        kept = copy_database(keeping, copies)
        files = [_put(parts, _DATABASE, copies / _DATABASE)]
        count = _count(copies / _DATABASE)
    anonymous = back_up_anonymous(keeping.folder, folder, parts.boxes)  # a moment later, so that no answer is in neither
    attachments = {sha256: _put_attachment(keeping, parts, sha256) for sha256 in kept}
    lacking = tuple(name_of(keeping, sha256) for sha256, file in attachments.items() if file is None)
    lacking += () if anonymous.renewed else (FILE,)
    files += [file for file in attachments.values() if file is not None]
    backup = Backup(datetime.now(UTC), keeping.folder.name, count, tuple(files), lacking, anonymous.name, parts.added)
    ballast.unlink()
    parts.sync()
    _write_state(folder, parts, backup)
    return backup


def _reserve(folder: Path) -> Path:
    """Space for the list of files, so that a full disk does not cost the backup of everything that did fit."""
    ballast = folder / "states" / "reserved"
    ballast.write_bytes(bytes(_BALLAST))
    return ballast


@contextmanager
def _place_for_copy(folder: Path) -> Iterator[Path]:
    """A temporary folder in the store, whose disk has room for a copy; the system's for a store that cannot be written.

    What a killed backup left there is deleted: it may hold answers that were erased since then.
    """
    for left in folder.glob("backup-*"):
        with suppress(StoreError), locked(left):  # another backup is using it
            shutil.rmtree(left, ignore_errors=True)
    place = folder if os.access(folder, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="backup-", dir=place) as made, locked(Path(made)):
        yield Path(made)


def _count(database: Path) -> int:
    with telling_damage(database.parent), closing(connect_to_read(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM submission_hashes").fetchone()[0])


def _put_attachment(keeping: "Keeping", parts: BackupParts, sha256: str) -> BackedUpFile | None:
    try:
        file = _put(parts, f"attachments/{sha256[:2]}/{sha256}", keeping.files.path(sha256))
    except (OSError, ValueError):  # missing, unreadable, not a file name, or no room for it
        return None
    return file if file.sha256 == sha256 else None


def _put(parts: BackupParts, path: str, source: Path) -> BackedUpFile:
    whole = hashlib.sha256()
    names, size = [], 0
    with source.open("rb") as stream:
        while piece := read_piece(stream):
            whole.update(piece)
            names.append(parts.put(piece))
            size += len(piece)
    return BackedUpFile(path, size, whole.hexdigest(), tuple(names))


def _write_state(folder: Path, parts: BackupParts, backup: Backup) -> None:
    told = {**asdict(backup), "made": backup.made.isoformat()}
    del told["added"]
    content = parts.boxes.close(json.dumps(told, ensure_ascii=False).encode())
    whole, pieces = state_files(folder, backup.state)
    half = whole.with_suffix(".part")
    names = sorted({name for file in backup.files for name in file.parts})
    write_in_place(pieces, half, "".join(f"{name}\n" for name in names).encode())
    write_in_place(whole, half, content)
    sync_folder(whole.parent)


def state_files(folder: Path, state: str) -> tuple[Path, Path]:
    """The list of files of a backup, and the names of its pieces, which are read without a key."""
    return folder / "states" / f"{state}.json", folder / "states" / f"{state}.pieces"


def parts_of(folder: Path, state: str, key: "RSAPrivateKey | None") -> set[str]:
    """The names of the pieces of a backup; raises `StoreError` if they cannot be read."""
    _, pieces = state_files(folder, state)
    if pieces.exists():
        return set(pieces.read_text(encoding="ascii").split())
    return {name for file in read_backup(folder, state, key).files for name in file.parts}


def _is_backup(folder: Path) -> bool:
    return (folder / "states").is_dir()


def states(folder: Path) -> list[str]:
    """The names of the backups in a folder, oldest first."""
    return sorted(path.stem for path in (folder / "states").glob("*.json"))


def read_backup(folder: Path, state: str, key: "RSAPrivateKey | None") -> Backup:
    """The list of files of a backup; raises `StoreError` if it cannot be read."""
    try:
        told: dict[str, Any] = json.loads(open_boxes(folder, key).open((folder / "states" / f"{state}.json").read_bytes()))
        files = tuple(BackedUpFile(one["path"], one["size"], one["sha256"], tuple(one["parts"])) for one in told["files"])
        made = datetime.fromisoformat(told["made"])
        return Backup(
            made, str(told["store"]), int(told["submissions"]), files, tuple(told["lacking"]), told.get("anonymous", "")
        )
    except (OSError, ValueError, LookupError, TypeError) as broken:
        raise StoreError(UNREADABLE.filled(path=folder, state=state, why=broken)) from broken


def newest(folder: Path, key: "RSAPrivateKey | None", state: str | None = None) -> Backup:
    """The newest backup in a folder, or the one with this name; raises `StoreError` if there is none."""
    found = states(folder)
    if not found or (state is not None and state not in found):
        raise StoreError(NO_BACKUP.filled(path=folder if state is None else f"{folder} ({state})"))
    return read_backup(folder, state or found[-1], key)


def pieces_of(folder: Path, file: BackedUpFile, key: "RSAPrivateKey | None") -> Iterator[bytes]:
    """The content of a file, piece by piece; raises `StoreError` or `OSError` at a piece that is damaged or gone."""
    boxes = open_boxes(folder, key)
    parts = BackupParts(folder, boxes)
    for name in file.parts:
        yield parts.get(name)

"""Restores a backup into a new folder, and verifies backups."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.store.anonymous.backed_up import leave_out_unknown, read_anonymous_copy
from liuwen.store.anonymous.slots import FILE
from liuwen.store.backup_parts import BackupParts
from liuwen.store.backups import BackedUpFile, Backup, newest, pieces_of, read_backup, states
from liuwen.store.files import sync_folder
from liuwen.store.sealed_boxes import open_boxes
from liuwen.store.upkeep import StoreFault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

THERE = Sentence(
    zh="“{path}”已经存在；恢复只写到新的文件夹。请换一个名称，或先把旧的移开。",
    en='"{path}" already exists; a backup is restored to a new folder only. Use another name, or move the old one away first.',
)
NO_DATABASE = Sentence(
    zh="没有恢复：备份里的数据库“{name}”已损坏（{why}）。请试更早的备份（--state）。",
    en='Nothing was restored: the database "{name}" in the backup is damaged ({why}). Try an earlier backup (--state).',
)
LACKING = Sentence(
    zh="“{path}”里的备份 {state} 缺 {count} 个文件（如“{name}”）；备份时就没有读到。",
    en='The backup {state} in "{path}" lacks {count} files (such as "{name}"), which could not be read when it was made.',
)
DAMAGED = Sentence(
    zh="“{path}”里的备份 {state}：文件“{name}”已损坏或缺失（{why}）。",
    en='The backup {state} in "{path}": the file "{name}" is damaged or missing ({why}).',
)

NEWER = Sentence(
    zh="有 {count} 份匿名答卷属于备份 {state} 之后才发布的问卷版本，没有恢复。"
    "要连它们一起恢复，请恢复最近的备份（不带 --state）。",
    en="{count} anonymous answers belong to versions of forms that were published after the backup {state}; they were left out. "
    "To restore them too, restore the newest backup (without --state).",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored backup, and what it lacks.

    Attributes:
        backup: The backup.
        faults: What was missing or damaged, or newer than the backup.
    """

    backup: Backup
    faults: tuple[StoreFault, ...]


def restore_backup(
    folder: str | PathLike[str],
    to: str | PathLike[str],
    *,
    state: str | None = None,
    key: "RSAPrivateKey | str | PathLike[str] | bytes | None" = None,
    passphrase: str | None = None,
) -> Restored:
    """Restore a backup to a new folder, also on another computer.

    Args:
        folder: The backup folder (see `Store.backup`).
        to: The folder to create; it is a store when this returns, and does not exist before.
        state: Which backup, by the name of its list in `states/`; the newest by default.
        key: The private key of encrypted backups.
        passphrase: Its passphrase.

    Returns:
        The backup, and what could not be restored.

    Raises:
        StoreError: If there is no backup, the folder `to` exists, or a database in the backup is damaged.

    Example:
        >>> import tempfile
        >>> from liuwen.store import Store
        >>> place = Path(tempfile.mkdtemp())
        >>> made = Store(place / "town").backup(place / "backups")
        >>> restore_backup(place / "backups", place / "again").faults
        ()
    """
    private = read_private_key(key, passphrase) if key is not None else None
    return _restore(Path(folder), Path(to).absolute(), state, private)


def _restore(folder: Path, to: Path, state: str | None, key: "RSAPrivateKey | None") -> Restored:
    if to.exists():
        raise StoreError(THERE.filled(path=to))
    backup = newest(folder, key, state)
    half = to.with_name(f"{to.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    faults = [fault for file in backup.files for fault in _restore_file(folder, half, backup, file, key)]
    faults += _restore_anonymous(folder, half, backup, key)
    for inside in (*half.glob("attachments/*"), *half.glob("attachments"), half):
        sync_folder(inside)
    half.rename(to)
    sync_folder(to.parent)
    return Restored(backup, (*_lacking(folder, backup), *faults))


def _restore_anonymous(folder: Path, half: Path, backup: Backup, key: "RSAPrivateKey | None") -> Iterator[StoreFault]:
    """Write the anonymous answers; all states have their newest copy."""
    if not backup.anonymous:
        return
    try:
        content = read_anonymous_copy(folder, backup.anonymous, open_boxes(folder, key))
    except (FileNotFoundError, ValueError) as broken:
        yield StoreFault(DAMAGED.filled(path=folder, state=backup.state, name=FILE, why=broken))
        return
    _write(half / FILE, iter((content,)))
    if count := leave_out_unknown(half):
        yield StoreFault(NEWER.filled(count=count, state=backup.state))


def _restore_file(
    folder: Path, half: Path, backup: Backup, file: BackedUpFile, key: "RSAPrivateKey | None"
) -> Iterator[StoreFault]:
    """Write one file; a damaged attachment is left out and reported, a damaged database ends it."""
    place = half / _inside(file.path)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write(place, pieces_of(folder, file, key))
    except (FileNotFoundError, ValueError) as broken:
        if not file.path.startswith("attachments/"):
            raise StoreError(NO_DATABASE.filled(name=file.path, why=broken)) from broken
        place.unlink(missing_ok=True)
        yield StoreFault(DAMAGED.filled(path=folder, state=backup.state, name=file.path, why=broken))


def _write(place: Path, pieces: Iterator[bytes]) -> None:
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


def _inside(path: str) -> PurePosixPath:
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts:
        raise StoreError(NO_DATABASE.filled(name=path, why=path))
    return inside


def _lacking(folder: Path, backup: Backup) -> Iterator[StoreFault]:
    if backup.lacking:
        said = LACKING.filled(path=folder, state=backup.state, count=len(backup.lacking), name=backup.lacking[0])
        yield StoreFault(said)


def check_backups(
    folder: str | PathLike[str],
    *,
    key: "RSAPrivateKey | str | PathLike[str] | bytes | None" = None,
    passphrase: str | None = None,
) -> tuple[StoreFault, ...]:
    """Read every backup in a folder whole, and list what is damaged or missing.

    Args:
        folder: The backup folder.
        key: The private key of encrypted backups.
        passphrase: Its passphrase.

    Returns:
        The faults; empty if there are none.

    Raises:
        StoreError: If there is no backup in the folder.
    """
    private = read_private_key(key, passphrase) if key is not None else None
    return tuple(_faults(Path(folder), private))


def _faults(folder: Path, key: "RSAPrivateKey | None") -> Iterator[StoreFault]:
    newest(folder, key)
    boxes = open_boxes(folder, key)
    parts, checked, copies = BackupParts(folder, boxes), dict[str, str](), {""}
    for state in states(folder):
        try:
            backup = read_backup(folder, state, key)
        except StoreError as broken:
            yield StoreFault(broken.sentence)
            continue
        yield from _lacking(folder, backup)
        if backup.anonymous not in copies:
            copies.add(backup.anonymous)
            if said := _why(lambda name: read_anonymous_copy(folder, name, boxes), backup.anonymous, checked):
                yield StoreFault(DAMAGED.filled(path=folder, state=backup.state, name=FILE, why=said))
        for file in backup.files:
            why = next((why for why in (_why(parts.get, name, checked) for name in file.parts) if why), None)
            if why:
                yield StoreFault(DAMAGED.filled(path=folder, state=backup.state, name=file.path, why=why))


def _why(read: Callable[[str], bytes], name: str, checked: dict[str, str]) -> str:
    """Why a piece cannot be read, "" if it can; each piece is read once, however many backups it belongs to."""
    if name not in checked:
        try:
            read(name)
            checked[name] = ""
        except (OSError, ValueError) as broken:
            checked[name] = str(broken)
    return checked[name]

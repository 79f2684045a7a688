"""Deletes old backups from a backup folder, and the pieces that only they needed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.store.backups import NO_BACKUP, NO_SPACE, parts_of, state_files, states
from liuwen.store.files import sync_folder
from liuwen.store.lock import locked

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

TOO_SHORT = Sentence(zh="备份至少留 1 天，不是 {days} 天。", en="Backups are kept for at least 1 day, not {days}.")
ALWAYS = 3
"""The newest backups that stay however old they are: a clock that is years ahead must not cost the earlier ones."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was deleted.

    Attributes:
        states: The names of the backups.
        freed: Bytes of the pieces that no other backup needs.
    """

    states: tuple[str, ...]
    freed: int


def prune_backups(
    folder: str | PathLike[str],
    days: float,
    *,
    key: "RSAPrivateKey | str | PathLike[str] | bytes | None" = None,
    passphrase: str | None = None,
) -> Pruned:
    """Delete the backups in a folder that are older than so many days; the newest three stay however old they are.

    Interrupted at any moment, the backups that stay are whole. What was erased from the store is in these as long as one of them
    was made before.

    Args:
        folder: The backup folder.
        days: How many days a backup is kept, counted back from the newest.
        key: The private key; needed only if an encrypted backup has no list of its pieces beside its list of files.
        passphrase: Its passphrase.

    Returns:
        What was deleted.

    Raises:
        StoreError: If there is no backup in the folder, it cannot be written, or a list of pieces cannot be read.

    Example:
        >>> import tempfile
        >>> from liuwen.store import Store
        >>> place = Path(tempfile.mkdtemp())
        >>> made = Store(place / "town").backup(place / "backups")
        >>> prune_backups(place / "backups", 90).states
        ()
    """
    place, private = Path(folder), read_private_key(key, passphrase) if key is not None else None
    if days < 1:
        raise StoreError(TOO_SHORT.filled(days=f"{days:g}"))
    if not states(place):
        raise StoreError(NO_BACKUP.filled(path=place))
    try:
        with locked(place):
            return _prune(place, days, private)
    except OSError as fault:
        raise StoreError(NO_SPACE.filled(path=place, why=fault.strerror or fault)) from fault


def _prune(folder: Path, days: float, key: "RSAPrivateKey | None") -> Pruned:
    known = states(folder)
    limit = _made(known[-1]) - timedelta(days=days)
    old = [state for state in known[:-ALWAYS] if _made(state) < limit]
    needed = {name for state in known if state not in old for name in parts_of(folder, state, key)}
    for state in old:
        for file in state_files(folder, state):
            file.unlink(missing_ok=True)
    sync_folder(folder / "states")
    freed = 0
    for part in folder.glob("parts/??/*"):
        if part.name not in needed:
            freed += part.stat().st_size
            part.unlink()
    return Pruned(tuple(old), freed)


def _made(state: str) -> datetime:
    return datetime.strptime(state, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)

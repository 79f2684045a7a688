"""Copies of a backup folder in an S3-compatible store: what is new is sent, the lists of files last.

The keys of access are taken from the environment, as other programs do: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION; for
other stores than Amazon's AWS_ENDPOINT, and AWS_ALLOW_HTTP=true for one without TLS.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.backups import NO_BACKUP, states
from liuwen.store.files import write_in_place
from liuwen.store.lock import locked

if TYPE_CHECKING:
    from obstore.store import ObjectStore, RetryConfig

NO_LIBRARY = Sentence(
    zh="存到 S3 要装一个附加包：pip install 'liuwen[s3]'。", en="Copies to S3 need an extra package: pip install 'liuwen[s3]'."
)
NOT_REACHED = Sentence(
    zh="“{address}”读写不了：{why}。本机的备份没有动。请检查地址、桶和环境变量 AWS_ACCESS_KEY_ID、"
    "AWS_SECRET_ACCESS_KEY、AWS_ENDPOINT。",
    en='"{address}" cannot be read or written: {why}. The backup here is untouched. Check the address, the bucket, and the '
    "variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT.",
)
OTHERS = Sentence(
    zh="“{address}”里是另一个备份文件夹的副本，没有动它。请换一个名称，如 {address}-2。",
    en='"{address}" holds the copy of another backup folder, which is left alone. Choose another name, such as {address}-2.',
)
SCHEME = "s3://"
_RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(minutes=1)}
_ORDER = ("keys", "parts", "anonymous", "states")
"""Lists of files come last, so that a copy that is interrupted holds no list without its pieces."""


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was done to a copy.

    Attributes:
        sent: How many files were sent.
        bytes: Their size.
        deleted: How many files of pruned backups were deleted.
        encrypted: Whether only the holder of a private key can read the copy.
    """

    sent: int
    bytes: int
    deleted: int
    encrypted: bool


def mirror_backups(folder: str | PathLike[str], address: str) -> Mirrored:
    """Copy a backup folder to an S3-compatible store; only what is not there is sent.

    Files of backups that were pruned here are deleted there. A copy that has no backup in common with this folder is another
    one's, and refused.

    Args:
        folder: The backup folder.
        address: Where to: `s3://bucket/name`.

    Returns:
        What was done.

    Raises:
        StoreError: If there is no backup in the folder, the address holds the copy of another one, the store cannot be reached,
            or the package obstore is not installed.
    """
    place = Path(folder)
    if not states(place):
        raise StoreError(NO_BACKUP.filled(path=place))
    with _reached(address) as (remote, there), locked(place):
        kept = {name for name in there if name.startswith("states/")}
        if kept and not any((place / name).exists() for name in kept):
            raise StoreError(OTHERS.filled(address=address))
        return _mirror(place, remote, there)


def _mirror(place: Path, remote: "ObjectStore", there: dict[str, int]) -> Mirrored:
    import obstore

    here = {
        file.relative_to(place).as_posix(): file for top in _ORDER for file in sorted((place / top).rglob("*")) if file.is_file()
    }
    new = [name for name, file in here.items() if name.startswith("anonymous/") or there.get(name) != file.stat().st_size]
    for name in new:
        obstore.put(remote, name, here[name])
    gone = sorted((name for name in there if name not in here), key=lambda name: not name.startswith("states/"))
    for name in gone:
        obstore.delete(remote, name)
    size = sum(here[name].stat().st_size for name in new)
    return Mirrored(len(new), size, len(gone), (place / "keys").is_dir())


def fetch_backups(address: str, folder: str | PathLike[str]) -> Path:
    """Fetch a copy of a backup folder, to verify it or to restore from it.

    Args:
        address: Where it is: `s3://bucket/name`.
        folder: The folder to create.

    Returns:
        The folder.

    Raises:
        StoreError: If there is no backup at the address, or it cannot be reached.
    """
    place = Path(folder)
    with _reached(address) as (remote, there):
        import obstore

        if not any(name.startswith("states/") for name in there):
            raise StoreError(NO_BACKUP.filled(path=address))
        for name in there:
            file = place.joinpath(*(part for part in name.split("/") if part not in {"", ".", ".."}))
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_in_place(file, file.with_name(f"{file.name}.part"), bytes(obstore.get(remote, name).bytes()))
    return place


@contextmanager
def _reached(address: str) -> "Iterator[tuple[ObjectStore, dict[str, int]]]":
    """The store at an address, and the sizes of what is in it."""
    try:
        import obstore
        from obstore.exceptions import BaseError
        from obstore.store import from_url
    except ImportError as missing:
        raise StoreError(NO_LIBRARY) from missing
    try:
        remote = from_url(address, retry_config=_RETRIES)
        yield remote, {one["path"]: one["size"] for some in obstore.list(remote) for one in some}
    except (BaseError, OSError, ValueError) as fault:
        why = " ".join(str(fault).split("\n\nDebug source")[0].split())[:300]
        raise StoreError(NOT_REACHED.filled(address=address, why=why)) from fault

"""Remembers the last backups of a store in a file beside the database.

Not in the database: its log would change with every backup, and a series of backups must not differ unless the content does.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

_FILE = "backups.json"
_MOST = 20


@dataclass(frozen=True, slots=True)
class BackupAttempt:
    """A backup that was made, or that failed.

    Attributes:
        moment: When.
        who: Who made it.
        folder: The backup folder.
        submissions: How many submissions it holds.
        fault: Why it was not made; "" if it was.
    """

    moment: datetime
    who: str
    folder: str
    submissions: int = 0
    fault: str = ""


def remember_backup(store: Path, folder: Path, who: str, *, submissions: int = 0, fault: str = "") -> None:
    """Add a backup to the list; a store on a read-only medium or a full disk keeps none."""
    told = BackupAttempt(datetime.now(UTC), who, str(folder), submissions, fault)
    kept = [*past_backups(store), told][-_MOST:]
    half = store / f"{_FILE}.part"
    with suppress(OSError):
        half.touch(mode=0o600)
        half.write_text(json.dumps([{**asdict(one), "moment": one.moment.isoformat()} for one in kept]), encoding="utf-8")
        half.replace(store / _FILE)


def past_backups(store: Path) -> tuple[BackupAttempt, ...]:
    """The last backups, oldest first."""
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        listed = json.loads((store / _FILE).read_text(encoding="utf-8"))
        return tuple(BackupAttempt(**{**one, "moment": datetime.fromisoformat(one["moment"])}) for one in listed)
    return ()

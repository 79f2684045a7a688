"""What was said under an instance ID, so that a second submission under it can be told to be the same.

Only where an ID comes again is the first read once more; if its bytes are others, both are brought into canonical form, for they
may differ in spacing alone. A submission whose source cannot be read twice has its canonical form hashed at once.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from lxml import etree

from liuwen.responses.from_submissions.instance import InstanceError, digest, parse


@dataclass(frozen=True, slots=True)
class Seen:
    """One submission that was taken in."""

    source: str
    canonical: bytes | None
    again: "Callable[[], bytes | None] | None"

    @classmethod
    def of(cls, source: str, again: "Callable[[], bytes | None] | None", tree: "Callable[[], etree._Element]") -> "Seen":
        """What to remember of a submission, which `again` reads once more; None if it cannot."""
        return cls(source, None if again else digest(tree()), again)

    def says_as(self, xml: bytes, tree: "Callable[[], etree._Element]") -> bool:
        """Whether another submission says the same."""
        if self.again is None:
            return self.canonical == digest(tree())
        first = self.again()
        return first is not None and (first == xml or _digest_of(first) == digest(tree()))


class SeenSubmissions(Protocol):
    """The submissions that were taken in, by their instance IDs."""

    def get(self, instance_id: str) -> Seen | None:
        """The submission of an ID."""
        ...

    def add(self, instance_id: str, seen: Seen, xml: bytes) -> None:
        """Remember the submission of an ID."""
        ...


class SeenInMemory:
    """Submissions that were taken in; their XML stays where it is."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def get(self, instance_id: str) -> Seen | None:
        """The submission of an ID."""
        return self._seen.get(instance_id)

    def add(self, instance_id: str, seen: Seen, xml: bytes) -> None:
        """Remember the submission of an ID."""
        self._seen[instance_id] = seen


class SeenOnDisk:
    """Submissions that were taken in, in a file, for as many as memory does not hold.

    Args:
        folder: A private folder; what is written there may be deleted when the reading ends.
    """

    def __init__(self, folder: Path) -> None:
        self._texts = (folder / "seen.lz4").open("w+b")
        self._ids = sqlite3.connect(folder / "seen.sqlite", isolation_level=None)
        self._ids.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN;"
            "CREATE TABLE seen (id TEXT PRIMARY KEY, source TEXT, canonical BLOB, at INTEGER, packed INTEGER, size INTEGER)"
        )
        self._end = 0

    def get(self, instance_id: str) -> Seen | None:
        """The submission of an ID."""
        row = self._ids.execute("SELECT source, canonical, at, packed, size FROM seen WHERE id = ?", (instance_id,)).fetchone()
        if row is None:
            return None
        source, canonical, *place = row
        return Seen(source, canonical, None if canonical else partial(self._text, *place))

    def add(self, instance_id: str, seen: Seen, xml: bytes) -> None:
        """Remember the submission of an ID, with its XML unless what it says is hashed."""
        content = b"" if seen.canonical else pa.compress(xml, codec="lz4", asbytes=True)
        row = (instance_id, seen.source, seen.canonical, self._end, len(content), len(xml))
        self._ids.execute("INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)", row)
        self._end += self._texts.write(content)

    def _text(self, at: int, packed: int, size: int) -> bytes:
        self._texts.seek(at)
        content = self._texts.read(packed)
        self._texts.seek(0, 2)
        return bytes(pa.decompress(content, decompressed_size=size, codec="lz4", asbytes=True))

    def close(self) -> None:
        """Close the files."""
        self._texts.close()
        self._ids.close()


def _digest_of(xml: bytes) -> bytes | None:
    try:
        return digest(parse(xml))
    except InstanceError:  # its file was changed meanwhile
        return None

"""What was said under an instance ID, so that a second submission under it can be told to be the same.

The bytes of each are hashed. Only where an ID comes again with other bytes are both brought into canonical form, for they may
differ in spacing alone; a source that cannot be read twice has its canonical form hashed at once.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from liuwen.responses.from_submissions.instance import InstanceError, digest, parse


class Rereadable(Protocol):
    """What is needed of a submission."""

    @property
    def xml(self) -> bytes:
        """Its XML."""
        ...

    @property
    def source(self) -> str:
        """Where it came from."""
        ...

    @property
    def again(self) -> "Callable[[], bytes | None] | None":
        """Gives its XML once more."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """One submission that was taken in."""

    source: str
    raw: bytes
    canonical: bytes | None
    again: "Callable[[], bytes | None] | None"

    @classmethod
    def of(cls, submission: Rereadable, tree: "Callable[[], etree._Element]") -> "Seen":
        """What to remember of a submission; an encrypted one is remembered by its content."""
        raw = hashlib.blake2b(submission.xml, digest_size=16).digest()
        can_wait = submission.again is not None and b"base64EncryptedKey" not in submission.xml
        return cls(submission.source, raw, None if can_wait else digest(tree()), submission.again if can_wait else None)

    def says_as(self, xml: bytes, tree: "Callable[[], etree._Element]") -> bool:
        """Whether another submission says the same."""
        if self.raw == hashlib.blake2b(xml, digest_size=16).digest():
            return True
        return self._canonical() == digest(tree())

    def _canonical(self) -> bytes | None:
        if self.canonical is not None or self.again is None:
            return self.canonical
        first = self.again()
        try:
            return digest(parse(first)) if first is not None else None
        except InstanceError:
            return None

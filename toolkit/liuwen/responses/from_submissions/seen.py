"""What was said under an instance ID, so that a second submission under it can be told to be the same.

Only where an ID comes again is the first read once more; if its bytes are others, both are brought into canonical form, for they
may differ in spacing alone. A submission whose source cannot be read twice has its canonical form hashed at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

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


def _digest_of(xml: bytes) -> bytes | None:
    try:
        return digest(parse(xml))
    except InstanceError:  # its file was changed meanwhile
        return None

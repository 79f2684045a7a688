"""Keys for answers that are kept in a browser until they are sent.

The browser encrypts them with a key that only the server can compute, from a secret of the store, and that it only gives to a
page that was opened with a valid code. A phone's storage alone therefore tells nothing, and a revoked code opens nothing.
"""

import hashlib
import hmac
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from liuwen.store.anonymous.slots import FILE, secret_of
from liuwen.store.connections import connect_to_read


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Where a browser keeps one person's answers to one form, and the key to them.

    Args:
        slot: The name of the place, which tells nothing about the form or the person.
        key: 32 bytes, hexadecimal; None if the next user of the device may be another person. The page then keeps
            the answers with a key of its own until it is closed.
    """

    slot: str
    key: str | None


class DraftKeys:
    """The keys of a store, which has been opened for writing before."""

    def __init__(self, folder: Path) -> None:
        with closing(connect_to_read(folder / FILE)) as connection:
            self._secret = secret_of(connection, "main")

    def of(self, holder: str, form_id: str, *, lasting: bool) -> DraftKey:
        """The key of a holder: the collector, with any of its codes, or the link; `lasting` if that is one person."""
        slot, key = (self._derived(what, holder, form_id) for what in ("draft slot", "draft key"))
        return DraftKey(slot[:32], key if lasting else None)

    def _derived(self, *parts: str) -> str:
        return hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256).hex()

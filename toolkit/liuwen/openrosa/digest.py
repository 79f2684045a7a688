"""Digest authentication as OpenRosa restricts it (RFC 2617: MD5, qop=auth); each nonce and request count is used once."""

import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

LIFETIME = 15 * 60.0
"""Lifetime of a nonce in seconds."""
NONCES = 10_000
"""Maximum number of nonces; the oldest is dropped first."""

_FIELD = re.compile(r'(?<![a-z])([a-z]{1,32})=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))', re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_COUNT = re.compile(r"[0-9a-fA-F]{8}")


class Nonces:
    """The issued nonces, and the request counts used with each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: OrderedDict[str, tuple[float, set[int]]] = OrderedDict()

    def issue(self) -> str:
        """Issue a new nonce."""
        while len(self._given) >= NONCES:
            self._given.popitem(last=False)
        nonce = secrets.token_hex(16)
        self._given[nonce] = (self._clock(), set())
        return nonce

    def use(self, nonce: str, count: int) -> bool:
        """Whether the nonce is ours, fresh, and unused with this request count."""
        given, used = self._given.get(nonce, (0.0, None))
        if used is None or self._clock() - given > LIFETIME or count in used:
            return False
        used.add(count)
        return True


def challenge(realm: str, nonce: str, *, stale: bool) -> str:
    """The WWW-Authenticate header of a Digest challenge."""
    said_stale = ", stale=true" if stale else ""
    return f'Digest realm="{realm}", domain="/", nonce="{nonce}", algorithm=MD5, qop="auth"{said_stale}'


def read_fields(authorization: str) -> dict[str, str]:
    """The fields of an `Authorization: Digest …` header, names in lower case."""
    fields: dict[str, str] = {}
    for name, quoted, bare in _FIELD.findall(authorization.partition(" ")[2]):
        fields.setdefault(name.lower(), _ESCAPED.sub(r"\1", quoted) or bare)
    return fields


def is_answer(fields: Mapping[str, str], secret: str, method: str, target: str) -> bool:
    """Whether the fields are a correct response for this request by somebody who knows the password.

    `secret` is H(A1), `target` the path and query of the request as sent.
    """
    if fields.get("uri") != target or fields.get("qop") != "auth" or fields.get("algorithm", "MD5").upper() != "MD5":
        return False
    parts = (fields.get("nonce", ""), fields.get("nc", ""), fields.get("cnonce", ""), "auth", _md5(f"{method}:{target}"))
    expected = _md5(":".join([secret, *parts]))
    return hmac.compare_digest(expected.encode(), fields.get("response", "").lower().encode())


def request_count(fields: Mapping[str, str]) -> int | None:
    """The request count (`nc`, eight hexadecimal digits); None if it is invalid."""
    count = fields.get("nc", "")
    return int(count, 16) if _COUNT.fullmatch(count) else None


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

"""Authenticates requests: by a secret token in the URL, by Digest, or by Basic over https."""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request

from liuwen.messages import Sentence
from liuwen.openrosa.digest import Nonces, challenge, is_answer, read_fields, request_count
from liuwen.openrosa.refused import RefusedError
from liuwen.server.attempts import Attempts
from liuwen.store.collectors import Collector, Token, digest_secret, find_token, read_collectors
from liuwen.store.keeping import Keeping
from liuwen.store.permissions import Sender

SIGN_IN = Sentence(
    zh="请打开采集员自己的完整地址（里面有 /key/），或用采集员的用户名和密码登录。",
    en="Open the complete address of a collector (with /key/ in it), or sign in with a collector's user name and password.",
)
NO_RIGHTS = Sentence(
    zh="此地址里的令牌不对；请重新扫码，或打开完整的链接。还不行，请向负责人要新的二维码。",
    en="The token in this address is unknown. Scan the code again, or open the complete link. If that fails, ask the person "
    "who runs the server for a new one.",
)
EXPIRED = Sentence(
    zh="这个码已过期；请向负责人要新的。ODK Collect 里没发出的答卷不会丢，换了码再发。",
    en="This code has expired. Ask the person who runs the server for a new one; what ODK Collect has not sent yet stays on the "
    "phone and can be sent with it.",
)
REVOKED = Sentence(
    zh="这个码已停用；请向负责人要新的。ODK Collect 里没发出的答卷不会丢，换了码再发。",
    en="This code was revoked. Ask the person who runs the server for a new one; what ODK Collect has not sent yet stays on the "
    "phone and can be sent with it.",
)
LINK_EXPIRED = Sentence(
    zh="这个链接已过期；请向给您链接的人要一个新的。", en="This link has expired. Ask whoever gave it to you for a new one."
)
LINK_REVOKED = Sentence(
    zh="这个链接已停用；请向给您链接的人要一个新的。", en="This link was revoked. Ask whoever gave it to you for a new one."
)
NOT_TOKEN = Sentence(
    zh="此地址里的令牌不完整。请重新扫码。",
    en="The token in this address is incomplete. Scan the code again.",
)
NOT_SECURE = Sentence(
    zh="Basic 登录只能用于 https。请改用 Digest。",
    en="Basic authentication requires https; use Digest.",
)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{64}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """The authenticated client, and the base of its URLs (without a trailing slash).

    `link` is the form of a link: its users are unknown, and see neither other forms nor submissions. `uses` is the number of
    submissions left, None if unlimited.
    """

    collector: Collector
    token: str | None
    base: str
    link: str | None = None
    uses: int | None = None

    def sender(self, device: str = "", author: str = "") -> Sender:
        """The client as a sender for the store; its token is told only if it is good for a limited number of answers."""
        token = None if self.uses is None else self.token
        return Sender(self.collector.number, self.collector.forms, token, device, self.link is not None, author)


class ChallengeError(RefusedError):
    """A refusal with a request to authenticate."""

    def __init__(self, sentence: Sentence, header: str) -> None:
        super().__init__(401, sentence)
        self.header = header


class Door:
    """Authenticates collectors; reloaded when the store's collectors change.

    Args:
        keeping: The store.
        prefix: What the addresses of a draft begin with; "" for the store that is served.
    """

    def __init__(self, keeping: Keeping, prefix: str = "") -> None:
        self._keeping = keeping
        self._prefix = prefix
        self.is_trial = bool(prefix)
        self._nonces = Nonces()
        self._attempts = Attempts(keeping)
        self._edition = -1
        self._collectors: Mapping[int, Collector] = {}
        self._tokens: dict[str, Token] = {}
        with keeping.reading() as connection:
            self._realm: str = connection.execute("SELECT realm FROM identity").fetchone()[0]

    def admit(self, request: Request) -> Visitor:
        """Authenticate a request; raises `RefusedError` (401 or 403, as ODK Central)."""
        self._refresh()
        origin = f"{request.scope['scheme']}://{request.headers.get('host', '')}{self._prefix}"
        token = request.path_params.get("token")
        if token is not None:
            return self._by_token(token, f"{origin}/key/{token}")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "digest":
            return Visitor(self._by_digest(request), None, origin)
        if scheme.lower() == "basic":
            return Visitor(self._by_password(request, given), None, origin)
        raise self._challenge()

    def _refresh(self) -> None:
        edition = self._keeping.access
        if self._edition != edition:
            with self._keeping.reading() as connection:
                self._collectors = {collector.number: collector for collector in read_collectors(connection)}
            self._edition = edition
            self._tokens.clear()

    def _by_token(self, given: str, base: str) -> Visitor:
        if not _TOKEN.fullmatch(given):
            raise RefusedError(401, NOT_TOKEN)
        token, now = self._token(given), self._keeping.clock()
        if token is None:
            raise RefusedError(403, NO_RIGHTS)
        collector = self._collectors[token.collector]
        for holder in (token, collector):
            if not holder.is_valid(now):
                expired, revoked = (EXPIRED, REVOKED) if token.form is None else (LINK_EXPIRED, LINK_REVOKED)
                raise RefusedError(403, expired if holder.revoked is None else revoked)
        if token.form is not None:
            collector = replace(collector, forms=frozenset({token.form}))
        return Visitor(collector, token.sha256, base, token.form, token.uses)

    def _token(self, given: str) -> Token | None:
        """A token; those for any number of answers are remembered until collectors change."""
        known = self._tokens.get(given)
        if known is not None:
            return known
        with self._keeping.reading() as connection:
            found = find_token(connection, given)
        if found is not None and found.uses is None:
            self._tokens[given] = found
        return found

    def _by_digest(self, request: Request) -> Collector:
        fields = read_fields(request.headers["authorization"])
        collector = self._named(fields.get("username", ""))
        target = request.scope["raw_path"].decode("ascii")
        if request.scope["query_string"]:
            target += "?" + request.scope["query_string"].decode("ascii")
        stranger = self._attempts.of(request, fields.get("username", ""))
        if collector is None or not is_answer(fields, collector.digest, request.method, target):
            self._attempts.fail(stranger)
            raise self._challenge()
        count = request_count(fields)
        if count is None or not self._nonces.use(fields.get("nonce", ""), count):
            raise self._challenge(stale=True)
        return collector

    def _by_password(self, request: Request, given: str) -> Collector:
        if request.url.scheme != "https":
            raise RefusedError(401, NOT_SECURE)
        try:
            username, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except ValueError as broken:  # not base64, or not UTF-8
            raise self._challenge() from broken
        stranger = self._attempts.of(request, username)
        collector = self._named(username)
        secret = digest_secret(username, self._realm, password)
        if collector is None or not hmac.compare_digest(secret, collector.digest):
            self._attempts.fail(stranger)
            raise self._challenge()
        return collector

    def _named(self, username: str) -> Collector | None:
        found = next((collector for collector in self._collectors.values() if collector.username == username), None)
        return found if found is not None and found.is_valid(self._keeping.clock()) else None

    def _challenge(self, *, stale: bool = False) -> ChallengeError:
        return ChallengeError(SIGN_IN, challenge(self._realm, self._nonces.issue(), stale=stale))

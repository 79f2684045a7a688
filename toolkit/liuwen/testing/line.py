"""The HTTP connection of a phone, with the headers and the Digest authentication of ODK Collect."""

import gzip
import hashlib
import http.client
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from types import MappingProxyType
from urllib.parse import SplitResult, quote, urlsplit

from liuwen.openrosa.digest import read_fields

TIMEOUT = 300
"""Timeout of a request in seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an HTTP request.

    Attributes:
        status: The status code.
        headers: The headers, with names in lower case.
        body: The body, decompressed if it was sent as gzip.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class PhoneLine:
    """One connection to a server, reopened when it breaks."""

    def __init__(self, device: str, username: str, password: str, context: ssl.SSLContext | None) -> None:
        self._device = device
        self._username, self._password = username, password
        self._context = context
        self._connection: http.client.HTTPConnection | None = None
        self._challenge: dict[str, str] = {}
        self._count = 0

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def request(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Answer:
        """Send a request, and authenticate if the server requires it."""
        url = urlsplit(address)
        query = "&".join(part for part in (url.query, f"deviceID={quote(self._device)}") if part)
        target = f"{url.path}?{query}"
        answer = self._request_once(method, url, target, body, headers)
        challenge = answer.headers.get("www-authenticate", "")
        if answer.status == 401 and self._username and challenge.lower().startswith("digest"):
            fields = read_fields(challenge)
            if self._challenge and fields.get("stale", "").lower() != "true":
                return answer
            self._challenge, self._count = fields, 0
            answer = self._request_once(method, url, target, body, headers)
        return answer

    def _request_once(self, method: str, url: SplitResult, target: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        sent = {
            "User-Agent": "org.odk.collect.android/v2026.3 Dalvik/2.1.0",
            "X-OpenRosa-Version": "1.0",
            "Accept-Encoding": "gzip",
            "Date": formatdate(usegmt=True),
            **headers,
        }
        if self._challenge:
            sent["Authorization"] = self._authorization(method, target)
        for attempt in (1, 2):
            connection = self._connection_to(url)
            try:
                connection.request(method, target, body, sent)
                got = connection.getresponse()
                told = {k.lower(): v for k, v in got.getheaders()}
                return Answer(got.status, told, _unpacked(got.read(), told))
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if attempt == 2 or method == "POST":
                    raise
        raise AssertionError

    def _connection_to(self, url: SplitResult) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port = url.hostname or "", url.port
            if url.scheme == "https":
                self._connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=self._context)
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        return self._connection

    def _authorization(self, method: str, target: str) -> str:
        self._count += 1
        realm, nonce = self._challenge.get("realm", ""), self._challenge.get("nonce", "")
        count, own = f"{self._count:08x}", secrets.token_hex(8)
        secret = _md5(f"{self._username}:{realm}:{self._password}".encode())
        response = _md5(f"{secret}:{nonce}:{count}:{own}:auth:{_md5(f'{method}:{target}'.encode())}".encode())
        return (
            f'Digest username="{self._username}", realm="{realm}", nonce="{nonce}", uri="{target}", algorithm=MD5, '
            f'qop=auth, nc={count}, cnonce="{own}", response="{response}"'
        )


def _unpacked(body: bytes, headers: Mapping[str, str]) -> bytes:
    return gzip.decompress(body) if body and headers.get("content-encoding") == "gzip" else body


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()

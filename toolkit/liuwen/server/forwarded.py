"""The Forwarded header (RFC 7239) of a TLS proxy: who asked, and by https; believed from the named proxy only."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PAIR = re.compile(r'\s*(?:([\w!#$%&\'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*))\s*)?([;,]|$)')
_NODE = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|([^:\s]+)(?::\d+)?")
_ESCAPED = re.compile(r"\\(.)")
_SCHEMES = {"http", "https"}


class ForwardedHeader:
    """Gives the application the scheme and address that the proxy names, as the X-Forwarded headers do.

    Args:
        app: The application.
        proxies: The addresses of proxies, separated by commas; "*" for any.
    """

    def __init__(self, app: "ASGIApp", proxies: str) -> None:
        self._app = app
        self._proxies = {each.strip() for each in proxies.split(",")}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve a request."""
        client = scope.get("client")
        if scope["type"] == "http" and client and ("*" in self._proxies or client[0] in self._proxies):
            given = b",".join(value for name, value in scope["headers"] if name == b"forwarded")
            told = last_forwarded(given.decode("latin-1"))
            if told.get("proto", "").lower() in _SCHEMES:
                scope["scheme"] = told["proto"].lower()
            if address := _address(told.get("for", "")):
                scope["client"] = (address, 0)
        await self._app(scope, receive, send)


def last_forwarded(header: str) -> dict[str, str]:
    """What the last proxy said, by parameter: earlier elements may come from anybody, and a header that breaks off says nothing.

    >>> last_forwarded('for=192.0.2.60, for="[2001:db8::17]:4711";proto=https')
    {'for': '[2001:db8::17]:4711', 'proto': 'https'}
    """
    told: dict[str, str] = {}
    place = 0
    while place < len(header):
        found = _PAIR.match(header, place)
        if found is None:
            return {}
        name, quoted, plain, end = found.groups()
        if name:
            told[name.lower()] = plain if quoted is None else _ESCAPED.sub(r"\1", quoted)
        place = found.end()
        if end == "," and header[place:].strip():
            told = {}
    return told


def _address(node: str) -> str:
    """The address of a node such as `192.0.2.60:80` or `[2001:db8::17]`; "" for `unknown` and hidden names."""
    found = _NODE.fullmatch(node)
    if found is None or node == "unknown" or node.startswith("_"):
        return ""
    return found[1] or found[2]

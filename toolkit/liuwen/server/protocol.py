"""Limits the time and size of HTTP request headers, so that slow clients cannot hold connections open."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_WITHIN = 30.0
"""Seconds in which a request's headers must arrive, and in which an idle connection is closed."""
HEADERS_SIZE = 32 * 1024
"""Maximum size of request headers in bytes; larger ones are refused with 400."""


class HeadersTooLargeError(Exception):
    """More headers than `HEADERS_SIZE`; the parser passes it on as an error of its own."""


class BoundedProtocol(HttpToolsProtocol):
    """Closes connections that have been idle, or sending headers, for longer than `HEADERS_WITHIN`.

    Headers larger than `HEADERS_SIZE` are refused with 400, whether they arrive in one read or several. One timer a connection
    looks again and again, so that a request costs none.
    """

    headers_within = HEADERS_WITHIN
    _timer: asyncio.TimerHandle | None = None
    _is_heading = True
    _heading = _unfinished = 0
    _since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._timer = self.loop.call_later(self.headers_within, self._look)

    def data_received(self, data: bytes) -> None:
        was_heading = self._is_heading
        super().data_received(data)
        if was_heading and self._is_heading:  # a header that is not complete yet is still with the parser
            self._unfinished += len(data)
            if self._unfinished > HEADERS_SIZE and not self.transport.is_closing():
                self.send_400_response("The headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_heading, self._heading, self._unfinished = True, 0, 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value) + 4)
        if self._is_heading:  # what follows a chunked body is no header of the request
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_heading = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._since = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _count(self, size: int) -> None:
        self._heading += size
        if self._heading > HEADERS_SIZE:
            raise HeadersTooLargeError

    def _look(self) -> None:
        is_waiting = self.cycle is None or self.cycle.response_complete
        left = self._since + self.headers_within - self.loop.time() if is_waiting else self.headers_within
        if left <= 0:
            self.transport.close()
        else:
            self._timer = self.loop.call_later(left, self._look)

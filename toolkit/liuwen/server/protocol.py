"""Limits the time and size of HTTP request headers, so that slow clients cannot hold connections open."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = 30.0
"""Seconds in which a request's headers must arrive, and in which an idle connection is closed."""
HEADERS_SIZE = 32 * 1024
"""Maximum size of request headers in bytes; larger ones are refused with 400 or 431."""


class BoundedConnection(h11.Connection):
    """h11 limits only incomplete headers; this class also limits headers that arrive in one read."""

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request) and _size_of(event) > HEADERS_SIZE:
            raise h11.RemoteProtocolError("the headers are too large", error_status_hint=431)
        return event


def _size_of(request: h11.Request) -> int:
    return len(request.method) + len(request.target) + sum(len(name) + len(value) + 4 for name, value in request.headers)


class BoundedProtocol(H11Protocol):
    """Closes connections that have been idle, or sending headers, for longer than `HEADERS_WITHIN`.

    Headers larger than `HEADERS_SIZE` are refused with 400, whether they arrive in one read or several.
    """

    headers_within = HEADERS_WITHIN
    _timer: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conn = BoundedConnection(h11.SERVER, HEADERS_SIZE)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data[: HEADERS_SIZE + 1])  # headers still incomplete at the timeout are refused
        if len(data) > HEADERS_SIZE + 1 and not self.transport.is_closing():
            super().data_received(data[HEADERS_SIZE + 1 :])
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.headers_within, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()

"""HTTP that nobody can hold open: a request's headers must come whole within a time, and are of bounded size."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = 30.0
"""Seconds for a request's headers to come, and for a connection to stand idle."""
HEADERS_SIZE = 32 * 1024
"""The most bytes of a request's headers; more are refused with 400 or 431."""


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol, closing connections that are open without a request for longer than `HEADERS_WITHIN`."""

    headers_within = HEADERS_WITHIN
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
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

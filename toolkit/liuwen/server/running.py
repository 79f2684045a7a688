"""Runs a web application on an address, in a thread or in the foreground."""

import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.server.addresses import lan_address, listen

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

TAKEN = Sentence(
    zh="地址 {host}:{port} 已被占用或不可用；请换一个端口（命令用 --port，Python 用 port=）。",
    en="The address {host}:{port} is in use or not available; choose another port (--port on the command line, port= in Python).",
)
NO_START = Sentence(zh="服务器没有启动成功。", en="The server did not start.")
NO_CERTIFICATE = Sentence(
    zh="给了私钥，没有给证书（命令用 --certificate，Python 用 certificate=）。",
    en="There is a private key without a certificate (--certificate on the command line, certificate= in Python).",
)
NO_TLS = Sentence(
    zh="证书或私钥无法读取：{detail}",
    en="Cannot read the certificate or its key: {detail}",
)


class RunningApp:
    """A web application on an address. `url` is its address on this computer, `address` the one for other devices.

    Args:
        app: The application.
        host: The address to listen on; "0.0.0.0" for all of this computer's.
        port: The port; 0 for any free one.
        certificate: A TLS certificate (PEM) for https.
        key: The private key of the certificate.
        proxy: The address of a TLS proxy whose Forwarded and X-Forwarded-* headers are believed; "" for none.
        on_end: Called when it has stopped.
    """

    def __init__(
        self,
        app: "ASGIApp",
        host: str,
        port: int,
        *,
        certificate: str | Path | None = None,
        key: str | Path | None = None,
        proxy: str = "",
        on_end: Callable[[], object] = lambda: None,
    ) -> None:
        self._server = _uvicorn(app, certificate, key, proxy)
        self._listening = _listen(host, port)
        self._on_end = on_end
        self._thread: threading.Thread | None = None
        scheme = "https" if certificate else "http"
        self.port: int = self._listening.getsockname()[1]
        self.url = f"{scheme}://{'127.0.0.1' if host == '0.0.0.0' else _bracketed(host)}:{self.port}"
        self.address = f"{scheme}://{lan_address()}:{self.port}" if host == "0.0.0.0" else self.url

    def start(self) -> None:
        """Serve in a thread; raises `StoreError` if the server does not start."""
        self._thread = threading.Thread(target=self.run, name="liuwen-server", daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise StoreError(NO_START)
            self._thread.join(0.005)

    def run(self) -> None:
        """Serve in the foreground until the program is stopped."""
        try:
            self._server.run(sockets=[self._listening])
        finally:
            self._listening.close()
            self._on_end()

    def stop(self) -> None:
        """Finish the current requests, and stop."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except (OSError, OverflowError) as taken:
        raise StoreError(TAKEN.filled(host=host, port=port)) from taken


def _uvicorn(app: "ASGIApp", certificate: str | Path | None, key: str | Path | None, proxy: str) -> "uvicorn.Server":
    import uvicorn

    from liuwen.server.forwarded import ForwardedHeader
    from liuwen.server.protocol import BoundedProtocol

    if key and not certificate:
        raise StoreError(NO_CERTIFICATE)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        ForwardedHeader(app, proxy) if proxy else app,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_config=None,
        access_log=False,
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
        server_header=False,
        backlog=1024,
        limit_concurrency=1000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except OSError as unreadable:
        raise StoreError(NO_TLS.filled(detail=unreadable)) from unreadable
    return uvicorn.Server(config)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

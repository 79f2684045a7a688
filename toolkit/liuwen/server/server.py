"""Serves a store: in a thread for notebooks and tests, or in the foreground for the command; shows how phones join."""

import logging
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

from liuwen.errors import StoreError
from liuwen.messages import Language, Sentence, language_in_force
from liuwen.server.addresses import lan_address, listen
from liuwen.server.joining import Joining, join_at, link_at
from liuwen.server.serving import say_serving
from liuwen.store.collectors import Credentials
from liuwen.store.store import Store, keeping_of
from liuwen.store.upkeep import delete_orphaned_files
from liuwen.webform import DoorPlate

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

    from liuwen.server.upload import UploadLimits

PORT = 8060
"""The default port."""

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


class Server:
    """A running server. `url` is its address on this computer, `address` the one for phones."""

    def __init__(self, store: Store, server: "uvicorn.Server", listening: socket.socket, scheme: str, host: str) -> None:
        self.store = store
        self._server = server
        self._listening = listening
        self._thread: threading.Thread | None = None
        self.port: int = listening.getsockname()[1]
        self.url = f"{scheme}://{'127.0.0.1' if host == '0.0.0.0' else _bracketed(host)}:{self.port}"
        self.address = f"{scheme}://{lan_address()}:{self.port}" if host == "0.0.0.0" else self.url

    def start(self) -> None:
        """Serve in a thread.

        Raises:
            StoreError: If the server does not start.
        """
        self._thread = threading.Thread(target=self._serve, name="liuwen-server", daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise StoreError(NO_START)
            self._thread.join(0.005)

    def run(self) -> None:
        """Serve in the foreground until the program is stopped (Ctrl-C or a signal)."""
        self._serve()

    def stop(self) -> None:
        """Finish the current requests and release the store."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def join(self, who: Credentials | str, name: str = "") -> Joining:
        """Make the QR code and address of a collector.

        Args:
            who: What `Store.add_collector` or `Store.add_token` returned.
            name: The name of the collector, for a token.

        Returns:
            The QR code for ODK Collect, and the address, at which a browser shows the same forms.
        """
        token, called = (who, name) if isinstance(who, str) else (who.token, who.name)
        return join_at(self.address, token, called, holder="" if isinstance(who, str) else called)

    def link(self, token: str, name: str = "") -> Joining:
        """Make the QR code and address of a link.

        Args:
            token: What `Store.add_link` returned.
            name: The name to show.

        Returns:
            The QR code and address, at which anybody can fill in the form in a browser.
        """
        return link_at(self.address, token, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._listening])
        finally:
            self._listening.close()
            keeping_of(self.store).release()

    def __repr__(self) -> str:
        return f"Server({self.url!r})"


def serve(
    store: Store,
    *,
    port: int = PORT,
    lan: bool = False,
    block: bool = False,
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    limits: "UploadLimits | None" = None,
    language: Language | None = None,
    town: str = "",
    contact: str = "",
) -> Server:
    """Serve a store to ODK Collect and to browsers.

    Args:
        store: The store; no other program can write to it while the server runs.
        port: The port; 0 for any free one.
        lan: Whether phones on the same network can connect; by default only this computer can.
        block: Whether to serve until the program is stopped. By default the server runs in a thread until `Server.stop()`
            or the end of its `with` block.
        certificate: A TLS certificate (PEM) for https.
        key: The private key of the certificate.
        limits: How large and how slow a request may be.
        language: The language for phones that do not ask for one; by default the one in force.
        town: Whose server it is, for the page at its bare address.
        contact: Whom to ask, for that page and for refusals in a browser.

    Returns:
        The running server.

    Raises:
        StoreError: If another program writes to the store, the port is taken, or the certificate cannot be read.

    Example:
        >>> import tempfile
        >>> with serve(Store(tempfile.mkdtemp()), port=0) as server:
        ...     server.url.startswith("http://127.0.0.1:")
        True
    """
    if key and not certificate:
        raise StoreError(NO_CERTIFICATE)
    host = "0.0.0.0" if lan else "127.0.0.1"
    keeping = keeping_of(store)
    writer = keeping.hold()
    try:
        writer.submit(lambda connection: delete_orphaned_files(connection, keeping.files))
        from liuwen.server.app import make_app
        from liuwen.server.upload import UploadLimits

        plate = DoorPlate(town, contact)
        app = make_app(store, limits=limits or UploadLimits(), language=language or language_in_force(), plate=plate)
        made = _uvicorn(app, certificate, key)
        listening = _listen(host, port)
    except BaseException:
        keeping.release()
        raise
    server = Server(store, made, listening, "https" if certificate else "http", host)
    say_serving(store.folder, server.address)
    if block:
        server.run()
    else:
        server.start()
    return server


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except (OSError, OverflowError) as taken:
        raise StoreError(TAKEN.filled(host=host, port=port)) from taken


def _uvicorn(app: "Starlette", certificate: str | Path | None, key: str | Path | None) -> "uvicorn.Server":
    import uvicorn

    from liuwen.server.protocol import HEADERS_SIZE, BoundedProtocol

    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=1024,
        limit_concurrency=1000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=HEADERS_SIZE,
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

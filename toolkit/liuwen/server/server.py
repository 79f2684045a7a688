"""Serves a store: in a thread for notebooks and tests, or in the foreground for the command; shows how phones join."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from liuwen.messages import Language, language_in_force
from liuwen.server.joining import Joining, join_at, link_at
from liuwen.server.running import RunningApp
from liuwen.server.serving import say_serving
from liuwen.store.collectors import Credentials
from liuwen.store.store import Store, keeping_of
from liuwen.store.upkeep import delete_orphaned_files
from liuwen.webform import DoorPlate

if TYPE_CHECKING:
    from liuwen.server.authority import LocalCertificate
    from liuwen.server.upload import UploadLimits

PORT = 8060
"""The default port."""


class Server:
    """A running server. `url` is its address on this computer, `address` the one for phones; `own_certificate` is the one that it
    made for itself, if it did.
    """

    def __init__(self, store: Store, running: RunningApp, own: "LocalCertificate | None" = None) -> None:
        self.store = store
        self.own_certificate = own
        self._running = running
        self.port, self.url, self.address = running.port, running.url, running.address

    def start(self) -> None:
        """Serve in a thread.

        Raises:
            StoreError: If the server does not start.
        """
        self._running.start()

    def run(self) -> None:
        """Serve in the foreground until the program is stopped (Ctrl-C or a signal)."""
        self._running.run()

    def stop(self) -> None:
        """Finish the current requests and release the store."""
        self._running.stop()

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
    https: bool = False,
    behind: str = "",
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
        https: Whether to make a certificate of the store's own for this computer's addresses; phones install its authority
            once, from the address `/authority.crt`.
        behind: The address of a TLS proxy on this computer or network, whose headers Forwarded (RFC 7239), X-Forwarded-Proto
            and X-Forwarded-For are believed; it must pass the Host header on. From others these headers are ignored.
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
    host = "0.0.0.0" if lan else "127.0.0.1"
    own = _own_certificate(store) if https and not (certificate or key) else None
    if own is not None:
        certificate, key = own.certificate, own.key
    keeping = keeping_of(store)
    writer = keeping.hold()
    try:
        writer.submit(lambda connection: delete_orphaned_files(connection, keeping.files))
        from liuwen.server.app import make_app
        from liuwen.server.upload import UploadLimits

        plate = DoorPlate(town, contact)
        spoken, root = language or language_in_force(), own.authority if own else None
        app = make_app(store, limits=limits or UploadLimits(), language=spoken, plate=plate, authority=root)
        running = RunningApp(app, host, port, certificate=certificate, key=key, proxy=behind, on_end=keeping.release)
    except BaseException:
        keeping.release()
        raise
    server = Server(store, running, own)
    say_serving(store.folder, server.address, own_root=own is not None)
    if block:
        server.run()
    else:
        server.start()
    return server


def _own_certificate(store: Store) -> "LocalCertificate":
    from liuwen.server.addresses import lan_address
    from liuwen.server.authority import local_certificate

    now = datetime.fromtimestamp(keeping_of(store).clock(), UTC)
    return local_certificate(store.folder, {"127.0.0.1", lan_address()}, now)

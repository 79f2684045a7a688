"""Starts the office page on an address of its own, beside the server for phones or without it."""

from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Self

from liuwen.errors import StoreError
from liuwen.messages import Language, Sentence, language_in_force, use_language
from liuwen.server.addresses import lan_address
from liuwen.server.running import RunningApp

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from liuwen.office.answer_index import AnswerIndex
    from liuwen.office.desk import Office
    from liuwen.store import Store

PORT = 8061
"""The default port."""

NEEDS_TLS = Sentence(
    zh="办公页面要让别的电脑打开，必须有 TLS 证书（--certificate），否则同一 Wi-Fi 上的人能读到密码。",
    en="To open the office page to other computers a TLS certificate is needed (--certificate); without one, anybody on the "
    "Wi-Fi could read the passwords.",
)
NO_PAGE = Sentence(zh="没有这一页。", en="There is no such page.")


class RunningOffice:
    """A running office page.

    Attributes:
        url: Its address; accounts sign in there.
        entrance: The address that signs in whoever started it; it holds a secret.
    """

    def __init__(self, running: RunningApp, index: "AnswerIndex", local_key: str) -> None:
        self._running = running
        self._index = index
        self.url, self.address, self.port = running.url, running.address, running.port
        self.entrance = f"{running.url}/sign-in?key={local_key}"

    def run(self) -> None:
        """Serve in the foreground until the program is stopped (Ctrl-C or a signal)."""
        self._index.start()
        self._running.run()
        self._index.stop()

    def stop(self) -> None:
        """Stop."""
        self._running.stop()
        self._index.stop()

    def __enter__(self) -> Self:
        self._running.start()
        self._index.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"RunningOffice({self.url!r})"


def open_office(
    store: "Store",
    *,
    port: int | None = None,
    lan: bool = False,
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    language: Language | None = None,
    town: str = "",
    backup_to: Path | None = None,
) -> RunningOffice:
    """Open the office page of a store; `with` starts it.

    Args:
        store: The store; another process can be serving it to phones.
        port: The port; by default 8061, or any free one if that is taken.
        lan: Whether other computers can open it; this needs a certificate, because passwords are sent.
        certificate: A TLS certificate (PEM) for https.
        key: The private key of the certificate.
        language: The language for browsers that prefer neither; by default the one in force.
        town: Whose office it is.
        backup_to: The folder that is offered for backups.

    Returns:
        The office page, not started yet.

    Raises:
        StoreError: If the port is taken, the certificate cannot be read, or there is none for other computers.

    Example:
        >>> import tempfile
        >>> from liuwen.store import Store
        >>> with open_office(Store(tempfile.mkdtemp()), port=0) as office:
        ...     office.url.startswith("http://127.0.0.1:")
        True
    """
    from liuwen.office.answer_index import AnswerIndex
    from liuwen.office.desk import Office
    from liuwen.office.loaded_answers import LoadedAnswers
    from liuwen.office.sessions import Sessions
    from liuwen.server.attempts import Attempts
    from liuwen.store.store import keeping_of

    if lan and not certificate:
        raise StoreError(NEEDS_TLS)
    host = "0.0.0.0" if lan else "127.0.0.1"
    sessions = Sessions(store)
    index = AnswerIndex(store)
    office = Office(store, sessions, Attempts(keeping_of(store)), index, LoadedAnswers(store, index), town, backup_to)
    hosts: set[str] = set()
    app = _app(office, hosts, language or language_in_force(), secure=certificate is not None)
    started = partial(RunningApp, app, host, certificate=certificate, key=key)
    try:
        running = started(PORT if port is None else port)
    except StoreError:
        if port is not None:
            raise
        running = started(0)
    names = {"127.0.0.1", "localhost", "[::1]", *([lan_address()] if lan else [])}
    hosts |= {f"{name}:{running.port}" for name in names} | (names if running.port in {80, 443} else set())
    return RunningOffice(running, index, sessions.local_key)


def _app(office: "Office", hosts: set[str], language: Language, *, secure: bool) -> "ASGIApp":
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute, Route

    from liuwen.office.guard import HEADERS, Guard, OfficePage, OwnHosts, finished
    from liuwen.office.pages import PAGES
    from liuwen.office.rendering import notice
    from liuwen.office.sign_in import SignIn

    guard = Guard(office, "liuwen_office", language)
    entrance = SignIn(office, guard, secure=secure)
    style = files("liuwen.office").joinpath("static/office.css").read_bytes()

    def admitted(page: OfficePage) -> BaseRoute:
        async def answer(request: Request) -> Response:
            return await guard.admit(page, request)

        return Route(page.path, answer, methods=[page.method])

    async def style_sheet(_: Request) -> Response:
        return Response(style, headers={**HEADERS, "Cache-Control": "max-age=3600"}, media_type="text/css; charset=utf-8")

    routes: list[BaseRoute] = [
        Route("/office.css", style_sheet),
        Route("/sign-in", entrance.page, methods=["GET"]),
        Route("/sign-in", entrance.enter, methods=["POST"]),
        Route("/sign-out", entrance.leave, methods=["POST"]),
        *map(admitted, PAGES),
    ]

    async def missing(request: Request, _: Exception) -> Response:
        with use_language(guard.language(request)):
            return finished(notice(NO_PAGE, None), 404)

    return OwnHosts(Starlette(routes=routes, exception_handlers={404: missing, 405: missing}), hosts)

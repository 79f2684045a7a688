"""Decides about every request to the office page before a page sees it: host, origin, session, right, and the secret of a form.

Against names that lead to this computer (DNS rebinding) only the addresses of the page itself are accepted as Host. Against
forms of other sites, a change needs the session's secret, and is refused where the browser says that it comes from elsewhere;
the cookie is not sent along by other sites at all (SameSite).
"""

import asyncio
import secrets
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from liuwen.errors import LiuwenError
from liuwen.messages import Language, Sentence, use_language
from liuwen.office.desk import Office
from liuwen.office.rendering import notice
from liuwen.office.request import EMPTY, LARGEST, TOO_LARGE, OfficeRequest, read_form
from liuwen.office.rights import Right
from liuwen.office.sessions import OfficeSession
from liuwen.openrosa.refused import RefusedError
from liuwen.store.audit import acting_as

BAD_HOST = Sentence(
    zh="这个地址不是办公页面自己的；请用启动时显示的地址。",
    en="This address is not that of the office page; use the one that was printed when it was started.",
)
FOREIGN = Sentence(
    zh="这一步不是从办公页面发出的，没有执行；请刷新页面再试。",
    en="This was not sent from the office page, so nothing was done. Reload the page and try again.",
)
NO_RIGHT = Sentence(zh="您的账号没有这一页的权限。", en="Your account has no right to this page.")
NOT_DONE = Sentence(
    zh="读写磁盘时出错，没有做成：{why}。请检查磁盘空间和权限。",
    en="Reading or writing the disk failed, so nothing was done: {why}. Check the free space and the permissions.",
)

LANGUAGE_COOKIE = "liuwen_office_lang"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # without one, browsers would not tell where a form was sent from
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every answer: no script runs, nothing is kept by the browser, no other site can frame it."""

Run = Callable[[OfficeRequest], Response]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """A page of the office: its address, who may open it, and what it does.

    Attributes:
        path: The address, with parts in braces.
        right: The rights, of which one is needed.
        run: Makes the answer; in a thread of its own.
        method: "GET", or "POST" for what changes something.
    """

    path: str
    right: Collection[Right]
    run: Run
    method: str = "GET"


class OwnHosts:
    """Refuses requests whose Host is not one of the page's own addresses, which are filled in once the port is known."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
            if len(given) != 1 or given[0] not in self._hosts:
                await Response(str(BAD_HOST), 421, HEADERS, "text/plain; charset=utf-8")(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Guard:
    """Admits requests to pages.

    Args:
        office: The running office.
        cookie: The name of the session's cookie.
        language: The language of people whose browser prefers neither.
    """

    def __init__(self, office: Office, cookie: str, language: Language) -> None:
        self._office = office
        self.cookie = cookie
        self._language = language

    def language(self, request: Request) -> Language:
        """The language: chosen on the page, or preferred by the browser."""
        for told in (request.query_params.get("lang", ""), request.cookies.get(LANGUAGE_COOKIE, "")):
            if told in {"zh", "en"}:
                return "zh" if told == "zh" else "en"
        preferred = request.headers.get("accept-language", "").lower()
        return "zh" if preferred.startswith("zh") else "en" if preferred.startswith("en") else self._language

    def session(self, request: Request) -> OfficeSession | None:
        """The session of a request."""
        return self._office.sessions.find(request.cookies.get(self.cookie, ""))

    async def admit(self, page: OfficePage, request: Request) -> Response:
        """Answer a request, if it may be made."""
        language = self.language(request)
        session = await asyncio.to_thread(self.session, request)
        if session is None:
            return _ask_to_sign_in(request)
        with use_language(language):
            if session.rights.isdisjoint(page.right):
                return finished(notice(NO_RIGHT, session, self._office.town), 403)
            sent = EMPTY
            if page.method == "POST":
                if not is_own(request):
                    return finished(notice(FOREIGN, session, self._office.town), 403)
                read = await read_form(request)
                if read is None:
                    return finished(notice(TOO_LARGE.filled(most=LARGEST >> 20), session, self._office.town), 413)
                if not secrets.compare_digest(read.fields.get("csrf", "").encode(), session.csrf.encode()):
                    return finished(notice(FOREIGN, session, self._office.town), 403)
                sent = read
            address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            asked = OfficeRequest(
                self._office,
                session,
                language,
                request.path_params,
                request.query_params,
                sent.fields,
                sent.files,
                sent.lists,
                address,
            )
            response = await asyncio.to_thread(_run, page, asked)
        return self.remember(request, response)

    def remember(self, request: Request, response: Response) -> Response:
        """The answer with its headers; a chosen language is kept in a cookie."""
        chosen = request.query_params.get("lang", "")
        if chosen in {"zh", "en"}:
            response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31536000, httponly=True, samesite="strict")
        response.headers.update({**HEADERS, **{k: v for k, v in response.headers.items() if k == "content-disposition"}})
        return response


def _run(page: OfficePage, asked: OfficeRequest) -> Response:
    with acting_as(asked.session.who), use_language(asked.language):
        try:
            return page.run(asked)
        except RefusedError as refused:
            return finished(notice(refused.sentence, asked.session, asked.office.town), refused.status)
        except LiuwenError as wrong:
            return finished(notice(wrong.sentence, asked.session, asked.office.town), 400)
        except (OSError, sqlite3.OperationalError) as broken:
            return finished(notice(NOT_DONE.filled(why=broken), asked.session, asked.office.town), 507)


def is_own(request: Request) -> bool:
    """Whether a change comes from the page itself, as far as the browser tells."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def finished(html: str, status: int = 200) -> Response:
    """A page with its headers."""
    return Response(html, status, HEADERS, "text/html; charset=utf-8")


def _ask_to_sign_in(request: Request) -> Response:
    back = quote(request.url.path, safe="/") if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?next={back}", 303, HEADERS)

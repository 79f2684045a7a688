"""The web application: routes for phones and browsers, and responses for refused requests."""

import asyncio
import errno
import gc
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from liuwen.errors import StoreError
from liuwen.messages import Language, Sentence
from liuwen.openrosa.refused import RefusedError
from liuwen.server import documents as openrosa
from liuwen.server.catalogue import Catalogue
from liuwen.server.draft_addresses import ADDRESS, ServedDraft, ServedDrafts
from liuwen.server.front import Front
from liuwen.server.phone_routes import NOT_THERE, PhoneRoutes, said
from liuwen.server.sign_in import ChallengeError, Door
from liuwen.server.upload import UploadLimits
from liuwen.server.web_routes import authority_routes, bundle_routes, page_routes, refusal_page
from liuwen.store.damage import is_damage
from liuwen.store.store import Store, keeping_of
from liuwen.webform import DoorPlate

NOT_WRITTEN = Sentence(
    zh="服务器无法写入磁盘（可能已满），这次的内容没有保存；请通知负责人，稍后重新发送。",
    en="The server cannot write to its disk (it is probably full), so nothing was kept. Tell the person who "
    "runs it, and send again later.",
)
DAMAGED = Sentence(
    zh="服务器的数据库已损坏，这次的内容没有保存；答卷还在手机里，请通知负责人。",
    en="The server's database is damaged, so nothing was kept. Your answers are still on the phone; tell the person who runs it.",
)
NOT_DONE = Sentence(zh="此地址不支持这种请求。", en="This address does not support this kind of request.")

_BACKLOG_EVERY = 3600.0
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def make_app(store: Store, *, limits: UploadLimits, language: Language, plate: DoorPlate, authority: Path | None = None) -> Front:
    """The application for a store that is locked for writing; `authority` is the certificate that phones can install."""
    phones, collecting = _collecting(store, limits)

    def trying(draft: Store, prefix: str) -> ServedDraft:
        phones, routes = _collecting(draft, limits, prefix)
        app = Starlette(routes=[Mount("/key/{token}", routes=routes)], exception_handlers=ERRORS)
        return ServedDraft(draft, phones, dressed(app))

    def dressed(app: Starlette) -> Starlette:
        app.state.language = language
        app.state.plate = plate
        return app

    drafts = ServedDrafts(store.folder, trying)
    app = Starlette(
        lifespan=partial(_serving, store, phones, drafts),
        routes=[
            *bundle_routes(),
            *authority_routes(authority),
            Mount("/key/{token}", routes=collecting),
            Mount(f"{ADDRESS}/{{draft}}", app=drafts),
            *collecting,
        ],
        exception_handlers=ERRORS,
    )
    return Front(dressed(app), phones.submission, ERRORS)


def _collecting(store: Store, limits: UploadLimits, prefix: str = "") -> tuple[PhoneRoutes, list[BaseRoute]]:
    """The routes for phones and browsers, relative to the address of a code."""
    keeping = keeping_of(store)
    door, catalogue = Door(keeping, prefix), Catalogue(keeping)
    phones = PhoneRoutes(keeping, door, catalogue, limits)
    return phones, [*phones.routes(), *page_routes(store, door, catalogue)]


@asynccontextmanager
async def _serving(store: Store, phones: PhoneRoutes, drafts: ServedDrafts, _: Starlette) -> AsyncIterator[None]:
    """While the server runs, process the backlog of offline changes every hour; stop the worker threads at the end.

    What is there when it starts stays, so that Python need not look through it for garbage while everybody waits (50 ms).
    """

    async def process_backlog_hourly() -> None:
        while True:
            with suppress(sqlite3.Error, StoreError):  # the disk is full: try again later
                await asyncio.to_thread(store.entities.process_backlog)
            await asyncio.sleep(_BACKLOG_EVERY)

    seeing = asyncio.create_task(process_backlog_hourly())
    gc.freeze()
    yield
    gc.unfreeze()
    seeing.cancel()
    await asyncio.to_thread(phones.close)
    await asyncio.to_thread(drafts.close)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, RefusedError)
    response = _answer(refusal.status, said(request, refusal.sentence))
    if isinstance(refusal, ChallengeError):
        response.headers["WWW-Authenticate"] = refusal.header
    if refusal.status in {408, 413}:
        response.headers["Connection"] = "close"
    return response


async def _not_there(request: Request, missing: Exception) -> Response:
    assert isinstance(missing, HTTPException)
    sentence = NOT_THERE if missing.status_code == 404 else NOT_DONE
    if "text/html" in request.headers.get("accept", ""):
        response = refusal_page(request, RefusedError(missing.status_code, sentence))
    else:
        response = _answer(missing.status_code, said(request, sentence))
    response.headers.update(missing.headers or {})
    return response


async def _not_written(request: Request, fault: Exception) -> Response:
    if isinstance(fault, OSError) and fault.errno not in _NO_ROOM:
        raise fault
    return _answer(507, said(request, NOT_WRITTEN))


async def _not_kept(request: Request, fault: Exception) -> Response:
    """A database that cannot be written, or that is damaged; other faults are our own."""
    told = fault.__cause__ if isinstance(fault, StoreError) else fault
    if not isinstance(told, sqlite3.DatabaseError) or isinstance(told, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        raise fault
    return _answer(500, said(request, DAMAGED)) if is_damage(told) else _answer(507, said(request, NOT_WRITTEN))


def _answer(status: int, text: str) -> Response:
    return Response(
        openrosa.message(text, is_error=True), status_code=status, media_type="text/xml; charset=utf-8", headers=openrosa.HEADERS
    )


ERRORS: dict[Any, Any] = {
    RefusedError: _refused,
    HTTPException: _not_there,
    OSError: _not_written,
    sqlite3.DatabaseError: _not_kept,
    StoreError: _not_kept,
}
"""The responses to exceptions."""

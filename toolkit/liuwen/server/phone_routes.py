"""What phones ask for: the form list, forms and their files, entity lists, and taking submissions in."""

import asyncio
import mimetypes
import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from liuwen.messages import Sentence
from liuwen.openrosa.envelope import read_envelope
from liuwen.openrosa.names import is_plain
from liuwen.openrosa.refused import RefusedError
from liuwen.server import documents as openrosa
from liuwen.server.catalogue import Catalogue
from liuwen.server.sign_in import Door, Visitor
from liuwen.server.upload import UploadLimits, read_upload
from liuwen.store.entities.csv_files import ListFiles
from liuwen.store.entities.lists import states
from liuwen.store.forms import PublishedForm
from liuwen.store.store import Store

RECEIVED = Sentence(zh="提交已收妥。", en="Received, all of it.")
NOT_OPENROSA = Sentence(
    zh="请求缺少 X-OpenRosa-Version: 1.0（现为：{got}）。请用 ODK Collect 这样的程序访问。",
    en="The request lacks the header X-OpenRosa-Version: 1.0 (it has: {got}). Come with ODK Collect or a program like it.",
)
NOT_THERE = Sentence(zh="找不到所要的内容。请核对地址。", en="What was asked for is not here. Check the address.")
NOT_YOURS = Sentence(
    zh="这名采集员看不到这份内容。请向管理员要一个合适的二维码。",
    en="This collector may not see it. Ask whoever runs the store for a code that may.",
)

_LONGEST_DEVICE = 200
_INLINE_XML = 256 * 1024


class PhoneRoutes:
    """The OpenRosa side of a server."""

    def __init__(self, store: Store, door: Door, catalogue: Catalogue, limits: UploadLimits) -> None:
        self._store = store
        self._door = door
        self._limits = limits
        self._catalogue = catalogue
        self._lists = ListFiles(store)

    def routes(self) -> list[BaseRoute]:
        """The routes, relative to a collector's address."""
        return [
            Route("/formList", _openrosa(self.form_list)),
            Route("/submission", _openrosa(self.submission), methods=["HEAD", "GET", "POST"]),
            Route("/forms/{number}.xml", self.form_xml),
            Route("/forms/{number}/manifest", _openrosa(self.manifest)),
            Route("/forms/{number}/media/{name:path}", self.medium),
            Route("/entities/{name}/integrity", _openrosa(self.integrity)),
        ]

    # -- forms ----------------------------------------------------------------------------------------------------

    async def form_list(self, request: Request) -> Response:
        """The forms this collector may fill, or the one that `formID` asks for."""
        visitor = self._door.admit(request)
        asked = request.query_params.get("formID")
        listed = (form for form in self._catalogue.on_offer() if asked in {None, form.form_id})
        seen = [form for form in listed if visitor.collector.may_see(form.form_id)]
        return _xml(openrosa.form_list(seen, visitor.base))

    async def form_xml(self, request: Request) -> Response:
        """The exact bytes whose MD5 the form list gave."""
        _, form = self._visible(request)
        return _unless_known(request, form.md5, lambda: _xml(self._store.form_xml(form.number)))

    async def manifest(self, request: Request) -> Response:
        """The files that a form needs."""
        visitor, form = self._visible(request)
        hashes = {m.entity_list: self._lists.hash_of(m.entity_list) for m in form.media if m.entity_list}
        return _xml(openrosa.manifest(form, visitor.base, hashes))

    async def medium(self, request: Request) -> Response:
        """One of the files that a form needs, or an entity list as CSV."""
        _, form = self._visible(request)
        medium = next((m for m in form.media if m.name == request.path_params["name"]), None)
        if medium is None:
            raise RefusedError(404, NOT_THERE)
        if medium.entity_list is not None:
            return await self._list(request, medium.entity_list)
        path, md5 = self._store.files.path(medium.sha256 or ""), medium.md5 or ""
        kind = mimetypes.guess_type(medium.name)[0] or "application/octet-stream"
        return _unless_known(request, md5, lambda: _Large(path, media_type=kind))

    async def _list(self, request: Request, name: str) -> Response:
        if _is_known(request, md5 := self._lists.hash_of(name)):
            return _tagged(Response(status_code=304), md5)
        opened = await self._lists.open(name)
        length = {"Content-Length": str(opened.size)}
        return _tagged(StreamingResponse(opened.pieces(), media_type="text/csv; charset=utf-8", headers=length), opened.md5)

    async def integrity(self, request: Request) -> Response:
        """Which of a list's entities are deleted."""
        visitor = self._door.admit(request)
        name = request.path_params["name"]
        forms = [form for form in self._catalogue.all().values() if any(m.entity_list == name for m in form.media)]
        if not forms:
            raise RefusedError(404, NOT_THERE)
        if not any(visitor.collector.may_see(form.form_id) for form in forms):
            raise RefusedError(403, NOT_YOURS)
        asked = request.query_params.get("id", "").split(",")
        with self._store.reading() as connection:
            return _xml(openrosa.integrity(states(connection, name, asked)))

    # -- submissions ----------------------------------------------------------------------------------------------

    async def submission(self, request: Request) -> Response:
        """One route for what is asked before sending and for what is sent, so that `Allow` names both."""
        return await (self.receive(request) if request.method == "POST" else self.announce(request))

    async def announce(self, request: Request) -> Response:
        """Say, before anything large is sent, that this is the place to send it."""
        self._door.admit(request)
        return Response(status_code=204, headers=openrosa.HEADERS)

    async def receive(self, request: Request) -> Response:
        """Take a submission, or a part of one; the answer is sent when it is on disk."""
        visitor = self._door.admit(request)
        upload = await read_upload(request, self._store.files, self._limits)
        try:
            xml = upload.xml
            envelope = read_envelope(xml) if len(xml) < _INLINE_XML else await asyncio.to_thread(read_envelope, xml)
            kept = await upload.keep()
        except BaseException:
            upload.discard()
            self._store.let_go(upload.kept.values(), in_vain=True)
            raise
        sender = visitor.sender(_device(request))
        receiving = self._store.begin_receiving(envelope, kept, sender, complete=upload.is_complete)
        await asyncio.wrap_future(receiving)
        return _xml(openrosa.message(said(request, RECEIVED)), status=201)

    # -- who may see what -----------------------------------------------------------------------------------------

    def _visible(self, request: Request) -> tuple[Visitor, PublishedForm]:
        visitor = self._door.admit(request)
        form = self._catalogue.all().get(number_in(request.path_params["number"]))
        if form is None or form.state == "closed":
            raise RefusedError(404, NOT_THERE)
        if not visitor.collector.may_see(form.form_id):
            raise RefusedError(403, NOT_YOURS)
        return visitor, form


def number_in(text: str) -> int:
    """The number that an address names; raises `RefusedError` (404) for what is none, or far too large."""
    if not re.fullmatch("[0-9]{1,15}", text):
        raise RefusedError(404, NOT_THERE)
    return int(text)


def said(request: Request, sentence: Sentence) -> str:
    """The sentence in the language that the phone asks for, or else in the server's."""
    asked = request.headers.get("accept-language", "").strip().lower()
    if asked.startswith(("zh", "en")):
        return sentence.in_language("zh" if asked.startswith("zh") else "en")
    return sentence.in_language(request.app.state.language)


class _Large(FileResponse):
    """A file that may be large: read in few pieces, each of which costs a trip to another thread."""

    chunk_size = 1024 * 1024


Handler = Callable[[Request], Awaitable[Response]]


def _openrosa(handler: Handler) -> Handler:
    async def checked(request: Request) -> Response:
        got = request.headers.get("x-openrosa-version")
        if got != "1.0":
            raise RefusedError(400, NOT_OPENROSA.filled(got=got or ""))
        return await handler(request)

    return checked


def _xml(content: str | bytes, status: int = 200) -> Response:
    return Response(content, status_code=status, media_type="text/xml; charset=utf-8", headers=openrosa.HEADERS)


def _unless_known(request: Request, md5: str, answer: Callable[[], Response]) -> Response:
    return _tagged(Response(status_code=304) if _is_known(request, md5) else answer(), md5)


def _is_known(request: Request, md5: str) -> bool:
    known = {given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")}
    return f'"{md5}"' in known


def _tagged(response: Response, md5: str) -> Response:
    response.headers.update(openrosa.HEADERS)
    response.headers["ETag"] = f'"{md5}"'
    return response


def _device(request: Request) -> str:
    given = request.query_params.get("deviceID", "")
    return given if is_plain(given) and len(given) <= _LONGEST_DEVICE else ""

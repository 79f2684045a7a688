"""Routes for phones: the form list, forms and their files, entity lists, and submissions."""

import asyncio
import mimetypes
import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import get_args

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from liuwen.messages import Language, Sentence
from liuwen.openrosa.envelope import Envelope, read_envelope
from liuwen.openrosa.names import is_plain
from liuwen.openrosa.refused import RefusedError
from liuwen.server import documents as openrosa
from liuwen.server.catalogue import Catalogue
from liuwen.server.compression import GZIP, VARY, CompressedFiles, accepts_gzip, document, is_text
from liuwen.server.front import Handler
from liuwen.server.gate import Gate
from liuwen.server.handover import Handover
from liuwen.server.refusals import Refusals
from liuwen.server.sign_in import Door, Visitor
from liuwen.server.upload import Upload, UploadLimits, read_upload
from liuwen.store.entities.csv_files import ListFiles
from liuwen.store.entities.lists import states
from liuwen.store.entities.views import ListView
from liuwen.store.forms import Medium, PublishedForm
from liuwen.store.keeping import Keeping
from liuwen.store.office_desk import OfficeDesk
from liuwen.store.permissions import Sender
from liuwen.store.submissions import Received
from liuwen.store.writer import Job

RECEIVED = Sentence(zh="答卷已收到。", en="Received.")
NOT_OPENROSA = Sentence(
    zh="请求缺少 X-OpenRosa-Version: 1.0（现为：{got}）。请用 ODK Collect 或兼容的应用。",
    en="The request lacks the header X-OpenRosa-Version: 1.0 (it has: {got}). Use ODK Collect or a compatible app.",
)
NOT_THERE = Sentence(zh="找不到所要的内容。请核对地址。", en="Not found. Check the address.")
NOT_YOURS = Sentence(
    zh="这名采集员看不到这份内容。请向管理员要一个合适的二维码。",
    en="This collector has no access to it. Ask the person who runs the server for another code.",
)

_NUMBER = re.compile("[0-9]{1,15}")
_AUTHOR = re.compile("[A-Za-z0-9_-]{32,64}")
_LONGEST_DEVICE = 200
_INLINE_XML = 32 * 1024
"""Maximum size in bytes of XML parsed on the event loop; larger XML is parsed in threads."""
_XML_TYPE = "text/xml; charset=utf-8"


class PhoneRoutes:
    """The OpenRosa routes of a server."""

    def __init__(self, keeping: Keeping, door: Door, catalogue: Catalogue, limits: UploadLimits) -> None:
        self._keeping = keeping
        self._door = door
        self._limits = limits
        self._catalogue = catalogue
        self._lists = ListFiles(keeping)
        self._refusals = Refusals(keeping)
        self._compressed = CompressedFiles(keeping.folder / "cache")
        self._received = {each: _xml(openrosa.message(RECEIVED.in_language(each)), status=201) for each in get_args(Language)}
        self._handover: Handover | None = None
        self._small, self._large = Gate(limits.xml), Gate(limits.xml)
        # separate threads, so that pages and files do not wait for them
        self._parsing_threads = ThreadPoolExecutor(2, "liuwen-parsing")
        self._keeping_threads = ThreadPoolExecutor(4, "liuwen-keeping")

    def close(self) -> None:
        """Stop the threads."""
        self._parsing_threads.shutdown()
        self._keeping_threads.shutdown()

    def routes(self) -> list[BaseRoute]:
        """The routes, relative to a collector's address."""
        return [
            Route("/formList", _openrosa(self.form_list)),
            Route("/submission", self.submission, methods=["HEAD", "GET", "POST"]),
            Route("/forms/{number}.xml", self.form_xml),
            Route("/forms/{number}/manifest", _openrosa(self.manifest)),
            Route("/forms/{number}/media/{name:path}", self.medium),
            Route("/entities/{name}/integrity", _openrosa(self.integrity)),
        ]

    # -- forms ----------------------------------------------------------------------------------------------------

    async def form_list(self, request: Request) -> Response:
        """The forms that this collector may fill in, or the one given by `formID`."""
        visitor = self._door.admit(request)
        asked = request.query_params.get("formID")
        listed = (form for form in self._catalogue.on_offer() if asked in {None, form.form_id})
        seen = [form for form in listed if visitor.collector.may_see(form.form_id)]
        return await _document(request, openrosa.form_list(seen, visitor.base))

    async def form_xml(self, request: Request) -> Response:
        """The exact bytes of a form, matching the MD5 in the form list."""
        _, form = self._visible(request)
        if _is_known(request, form.md5):
            return _tagged(Response(status_code=304, headers=VARY), form.md5)
        read = partial(self._keeping.form_xml, form.number)
        packed = await self._compressed.path(f"form-{form.md5}", read) if accepts_gzip(request) else None
        if packed is not None:
            return _tagged(_Large(packed, media_type=_XML_TYPE, headers=GZIP), form.md5, is_gzip=True)
        return _tagged(Response(await asyncio.to_thread(read), media_type=_XML_TYPE, headers=VARY), form.md5)

    async def manifest(self, request: Request) -> Response:
        """The files that a form needs."""
        visitor, form = self._visible(request)
        hashes = {m.entity_list: self._lists.hash_of(m.entity_list, visitor.collector.view) for m in form.media if m.entity_list}
        return await _document(request, openrosa.manifest(form, visitor.base, hashes))

    async def medium(self, request: Request) -> Response:
        """One of the files of a form, or an entity list as CSV."""
        visitor, form = self._visible(request)
        medium = next((m for m in form.media if m.name == request.path_params["name"]), None)
        if medium is None:
            raise RefusedError(404, NOT_THERE)
        if medium.entity_list is not None:
            return await self._list(request, medium.entity_list, visitor.collector.view)
        return await self._file(request, medium)

    async def _file(self, request: Request, medium: Medium) -> Response:
        """A file, compressed if it is a long text; range requests get uncompressed bytes."""
        path, md5 = self._keeping.files.path(medium.sha256 or ""), medium.md5 or ""
        kind = mimetypes.guess_type(medium.name)[0] or "application/octet-stream"
        varies = is_text(medium.name)
        if _is_known(request, md5):
            return _tagged(Response(status_code=304, headers=VARY if varies else {}), md5)
        if varies and accepts_gzip(request) and "range" not in request.headers:
            packed = await self._compressed.path(f"file-{medium.sha256}", lambda: path)
            if packed is not None:
                return _tagged(_Large(packed, media_type=kind, headers=GZIP), md5, is_gzip=True)
        return _tagged(_Large(path, media_type=kind, headers=VARY if varies else {}), md5)

    async def _list(self, request: Request, name: str, view: ListView) -> Response:
        if _is_known(request, md5 := self._lists.hash_of(name, view)):
            return _tagged(Response(status_code=304, headers=VARY), md5)
        opened = await self._lists.open(name, view, compressed=accepts_gzip(request))
        headers = {"Content-Length": str(opened.size), **(GZIP if opened.is_gzip else VARY)}
        answer = StreamingResponse(opened.pieces(), media_type="text/csv; charset=utf-8", headers=headers)
        return _tagged(answer, opened.md5, is_gzip=opened.is_gzip)

    async def integrity(self, request: Request) -> Response:
        """Which of a list's entities are deleted or outside this collector's places."""
        visitor = self._door.admit(request)
        name = request.path_params["name"]
        forms = [form for form in self._catalogue.all().values() if any(m.entity_list == name for m in form.media)]
        if not forms:
            raise RefusedError(404, NOT_THERE)
        if not any(visitor.collector.may_see(form.form_id) for form in forms):
            raise RefusedError(403, NOT_YOURS)
        asked = request.query_params.get("id", "").split(",")
        with self._keeping.reading() as connection:
            found = states(connection, name, asked, visitor.collector.view)
        return await _document(request, openrosa.integrity(found))

    # -- submissions ----------------------------------------------------------------------------------------------

    async def submission(self, request: Request) -> Response:
        """One route for HEAD and POST, so that `Allow` names both."""
        _check_openrosa(request)
        return await (self.receive(request) if request.method == "POST" else self.announce(request))

    async def announce(self, request: Request) -> Response:
        """Answer HEAD, which phones send before large uploads."""
        self._door.admit(request)
        return Response(status_code=204, headers=openrosa.HEADERS)

    async def receive(self, request: Request) -> Response:
        """Receive a submission or a part of one; the response is sent when it is on disk."""
        visitor = self._door.admit(request)
        upload = None
        try:
            upload = await read_upload(request, self._keeping.files, self._limits)
            size = upload.xml_size
            async with (self._small if size <= _INLINE_XML else self._large).through(size):
                await self._store(upload, visitor.sender(_device(request), _author(request)))
        except RefusedError as refusal:
            form_id = visitor.link or (upload.form_id if upload else "")
            if not self._is_anonymous(form_id) and form_id not in OfficeDesk(self._keeping).confidential():
                self._refusals.note(visitor.collector.name, form_id, said(request, refusal.sentence))
            raise
        finally:
            if upload is not None:
                upload.discard()
        return self._received[_language(request)]

    async def _store(self, upload: Upload, sender: Sender) -> None:
        contents: dict[str, bytes] = {}
        try:
            envelope = await self._read(upload)
            upload.form_id = envelope.form_id
            loop = asyncio.get_running_loop()
            if upload.has_files and self._is_anonymous(envelope.form_id):
                contents = await loop.run_in_executor(self._keeping_threads, upload.contents)
            elif upload.has_files:
                await loop.run_in_executor(self._keeping_threads, upload.keep)
            complete = upload.is_complete
            await self._hand_over(self._keeping.receiving(envelope, upload.kept, sender, contents=contents, complete=complete))
        except BaseException:
            self._keeping.discard_files(upload.kept.values(), failed=True)
            raise
        self._keeping.discard_files(upload.kept.values())

    async def _hand_over(self, job: Job[Received]) -> None:
        if self._handover is None:
            self._handover = Handover(self._keeping.writer, asyncio.get_running_loop())
        await self._handover.submit(job)

    def _is_anonymous(self, form_id: str) -> bool:
        return any(form.anonymous for form in self._catalogue.all().values() if form.form_id == form_id)

    async def _read(self, upload: Upload) -> Envelope:
        if upload.xml_size <= _INLINE_XML:
            return read_envelope(upload.xml())
        return await asyncio.get_running_loop().run_in_executor(self._parsing_threads, lambda: read_envelope(upload.xml()))

    # -- permissions ----------------------------------------------------------------------------------------------

    def _visible(self, request: Request) -> tuple[Visitor, PublishedForm]:
        visitor = self._door.admit(request)
        form = self._catalogue.all().get(number_in(request.path_params["number"]))
        if form is None or form.state == "closed":
            raise RefusedError(404, NOT_THERE)
        if not visitor.collector.may_see(form.form_id):
            raise RefusedError(403, NOT_YOURS)
        return visitor, form


def number_in(text: str) -> int:
    """The number in a URL; raises `RefusedError` (404) if it is invalid or too large."""
    if not _NUMBER.fullmatch(text):
        raise RefusedError(404, NOT_THERE)
    return int(text)


def said(request: Request, sentence: Sentence) -> str:
    """The sentence in the language requested by the phone, or else in the server's."""
    return sentence.in_language(_language(request))


def _language(request: Request) -> Language:
    asked = request.headers.get("accept-language", "").strip().lower()
    if asked.startswith(("zh", "en")):
        return "zh" if asked.startswith("zh") else "en"
    served: Language = request.app.state.language
    return served


class _Large(FileResponse):
    """A file response in few large pieces, because each piece requires a switch of threads."""

    chunk_size = 1024 * 1024


def _openrosa(handler: Handler) -> Handler:
    async def checked(request: Request) -> Response:
        _check_openrosa(request)
        return await handler(request)

    return checked


def _check_openrosa(request: Request) -> None:
    got = request.headers.get("x-openrosa-version")
    if got != "1.0":
        raise RefusedError(400, NOT_OPENROSA.filled(got=got or ""))


def _xml(content: str | bytes, status: int = 200) -> Response:
    return Response(content, status_code=status, media_type=_XML_TYPE, headers=openrosa.HEADERS)


async def _document(request: Request, text: str) -> Response:
    content, headers = await document(request, text.encode())
    return Response(content, media_type=_XML_TYPE, headers={**openrosa.HEADERS, **headers})


def _is_known(request: Request, md5: str) -> bool:
    known = {given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")}
    return not known.isdisjoint({_tag(md5, is_gzip=False), _tag(md5, is_gzip=True)})


def _tagged(response: Response, md5: str, *, is_gzip: bool = False) -> Response:
    response.headers.update(openrosa.HEADERS)
    response.headers["ETag"] = _tag(md5, is_gzip=is_gzip)
    return response


def _tag(md5: str, *, is_gzip: bool) -> str:
    """The ETag of a content as sent: compressed and plain bytes differ (RFC 9110, 8.8.3.3)."""
    return f'"{md5}-gzip"' if is_gzip else f'"{md5}"'


def _author(request: Request) -> str:
    """The key of the sending page; "" for an app or an invalid key."""
    given = request.query_params.get("author", "")
    return given if _AUTHOR.fullmatch(given) else ""


def _device(request: Request) -> str:
    given = request.query_params.get("deviceID", "")
    return given if len(given) <= _LONGEST_DEVICE and is_plain(given) else ""

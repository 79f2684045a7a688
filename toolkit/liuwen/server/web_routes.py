"""Routes for browsers: a collector's home page, the page of a form, and editing a submission."""

import asyncio
import mimetypes
import secrets
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from liuwen.messages import Language, Sentence
from liuwen.openrosa.refused import RefusedError
from liuwen.server import documents as openrosa
from liuwen.server.catalogue import Catalogue
from liuwen.server.phone_routes import number_in
from liuwen.server.sign_in import ChallengeError, Door, Visitor
from liuwen.store.drafts import DraftKeys
from liuwen.store.forms import PublishedForm
from liuwen.store.kept_submissions import SentSubmission, StoredSubmission
from liuwen.store.permissions import check_change, is_in_time
from liuwen.store.store import Store, keeping_of
from liuwen.webform import (
    PAGE_HEADERS,
    Drafts,
    Edit,
    Offer,
    SentAnswer,
    bundle_gzip,
    bundle_name,
    desk,
    notice,
    page,
    welcome,
)

NOT_THERE = Sentence(
    zh="这份问卷不存在，或您无权查看。",
    en="This form does not exist, or you have no access to it.",
)
USED = Sentence(
    zh="此链接已经用过，您的答卷已收到，不用再填。谢谢您！",
    en="This link has already been used: your answer is here, and nothing is left to do. Thank you!",
)
ENCRYPTED = Sentence(
    zh="这份问卷在手机上加密，浏览器做不到；请用 ODK Collect 填。",
    en="This form is encrypted on the phone, which a browser cannot do; use ODK Collect.",
)
TRIAL = Sentence(zh="试填", en="Trial")
NOT_YOURS = Sentence(zh="只能修改您自己提交的答卷。", en="You can only correct answers that you sent yourself.")


def bundle_routes() -> list[BaseRoute]:
    """The JavaScript module that shows forms, the same for everybody."""
    return [Route("/webform/{name}", _bundle)]


def authority_routes(authority: Path | None) -> list[BaseRoute]:
    """The certificate that phones install, if the server has made its own; it is no secret."""
    if authority is None:
        return []

    async def installed(_: Request) -> Response:
        return FileResponse(authority, media_type="application/x-x509-ca-cert", filename="liuwen.crt")

    return [Route("/authority.crt", installed)]


async def _bundle(request: Request) -> Response:
    if request.path_params["name"] != bundle_name():
        raise RefusedError(404, NOT_THERE)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(bundle_gzip(), media_type="text/javascript; charset=utf-8", headers=headers)


def page_routes(store: Store, door: Door, catalogue: Catalogue) -> list[BaseRoute]:
    """The pages, relative to a collector's address."""
    pages = _Pages(store, door, catalogue)
    return [
        Route("/", pages.home),
        Route("/fill/{form_id:path}", pages.fill),
        Route("/sent/{number}.xml", pages.sent),
        Route("/sent/{number}/files/{name:path}", pages.sent_file),
    ]


class _Pages:
    def __init__(self, store: Store, door: Door, catalogue: Catalogue) -> None:
        self._store = store
        self._keeping = keeping_of(store)
        self._door = door
        self._catalogue = catalogue
        self._draft_keys = DraftKeys(store.folder)

    async def home(self, request: Request) -> Response:
        """A collector's home page, or for a link the page of its form; without either, a page that says how to go on."""
        if not _is_known(request):
            return HTMLResponse(welcome(request.app.state.plate, _language(request)), headers=dict(PAGE_HEADERS))
        try:
            visitor = self._door.admit(request)
            shown = await asyncio.to_thread(self._home, request, visitor)
        except RefusedError as refusal:
            return refusal_page(request, refusal)
        return HTMLResponse(shown, headers=dict(PAGE_HEADERS))

    async def fill(self, request: Request) -> Response:
        """The page of a form; `?edit=` with the number of a submission opens it for editing."""
        try:
            visitor = self._door.admit(request)
            asked = request.path_params["form_id"], request.query_params.get("edit")
            shown = await asyncio.to_thread(self._page, request, visitor, *asked)
        except RefusedError as refusal:
            return refusal_page(request, refusal)
        return HTMLResponse(shown, headers=dict(PAGE_HEADERS))

    def _home(self, request: Request, visitor: Visitor) -> str:
        return self._desk(request, visitor) if visitor.link is None else self._page(request, visitor, visitor.link, None)

    def _page(self, request: Request, visitor: Visitor, form_id: str, edited: str | None) -> str:
        own = None if edited is None else self._own(visitor, number_in(edited))
        form = self._form(visitor, form_id, own)
        if visitor.uses == 0:
            raise RefusedError(403, USED)
        return page(
            form.title,
            form=f"{visitor.base}/forms/{form.number}.xml",
            submit=f"{visitor.base}/submission{_author(visitor)}",
            bundle=f"/webform/{bundle_name()}",
            media={m.name: f"{visitor.base}/forms/{form.number}/media/{quote(m.name, safe='')}" for m in form.media},
            language=_language(request),
            edit=self._edit(visitor, own) if own else None,
            once=visitor.uses is not None,
            drafts=None if own else self._drafts(visitor, form),
            receipt=not form.anonymous,
            trial=self._door.is_trial,
        )

    def _drafts(self, visitor: Visitor, form: PublishedForm) -> Drafts:
        holder = f"link {visitor.token}" if visitor.link is not None else f"collector {visitor.collector.number}"
        for_many = visitor.link is not None and visitor.uses != 1
        kept = self._draft_keys.of(holder, form.form_id, lasting=not form.anonymous and not for_many)
        return Drafts(kept.slot, kept.key, visitor.base)

    def _desk(self, request: Request, visitor: Visitor) -> str:
        language = _language(request)
        forms = [form for form in self._catalogue.on_offer() if visitor.collector.may_see(form.form_id)]
        offers = [
            Offer(form.title, None if form.encrypted else _fill_address(visitor, form.form_id, language), form.anonymous)
            for form in forms
        ]
        sent = [self._listed(visitor, each, language) for each in self._keeping.latest(visitor.collector)]
        name = TRIAL.in_language(language) if self._door.is_trial else visitor.collector.name
        return desk(name, offers, sent, language, trial=self._door.is_trial)

    def _listed(self, visitor: Visitor, sent: SentSubmission, language: Language) -> SentAnswer:
        form = self._catalogue.find(sent.form_id, sent.version)
        moment = sent.received.astimezone().strftime("%Y-%m-%d %H:%M")
        title = form.title if form else sent.form_id
        called = sent.name or title
        in_time = is_in_time(sent.since.timestamp(), visitor.sender(), self._keeping.clock())
        if form is None or form.encrypted or not in_time or not visitor.collector.may_see(sent.form_id):
            return SentAnswer(title, called, moment, None)
        return SentAnswer(title, called, moment, f"{_fill_address(visitor, sent.form_id, language)}&edit={sent.number}")

    async def _asked(self, request: Request) -> StoredSubmission:
        visitor, number = self._door.admit(request), number_in(request.path_params["number"])
        return await asyncio.to_thread(self._own, visitor, number)

    async def sent(self, request: Request) -> Response:
        """The XML of a collector's own submission."""
        submission = await self._asked(request)
        return Response(submission.xml, media_type="text/xml; charset=utf-8", headers=openrosa.HEADERS)

    async def sent_file(self, request: Request) -> Response:
        """A file of a collector's own submission."""
        submission = await self._asked(request)
        name = request.path_params["name"]
        path = self._store.attachments(submission.form_id, submission.instance_id).get(name)
        if path is None:
            raise RefusedError(404, NOT_THERE)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {**openrosa.HEADERS, "Content-Disposition": "attachment"}
        return FileResponse(path, media_type=kind, headers=headers)

    def _form(self, visitor: Visitor, form_id: str, own: StoredSubmission | None) -> PublishedForm:
        """The current version of the form, or the version of the submission being edited."""
        form = self._catalogue.find(form_id, own.version if own else None)
        if form is None or not visitor.collector.may_see(form_id) or (own is not None and own.form_id != form_id):
            raise RefusedError(404, NOT_THERE)
        if form.encrypted:
            raise RefusedError(403, ENCRYPTED)
        return form

    def _edit(self, visitor: Visitor, own: StoredSubmission) -> Edit:
        address = f"{visitor.base}/sent/{own.number}"
        names = self._store.attachments(own.form_id, own.instance_id)
        return Edit(f"{address}.xml", {name: f"{address}/files/{quote(name, safe='')}" for name in names})

    def _own(self, visitor: Visitor, number: int) -> StoredSubmission:
        found = self._store.submission(number)
        owned = self._keeping.ownership(number) if found is not None else None
        if found is None or owned is None or not found.current or not owned.is_own(visitor.sender()):
            raise RefusedError(404, NOT_YOURS)
        check_change(owned, visitor.sender(), self._keeping.clock())
        return found


def _author(visitor: Visitor) -> str:
    """For a link, the key that allows only this page to edit what it sends."""
    return "" if visitor.link is None else f"?author={secrets.token_urlsafe(32)}"


def _fill_address(visitor: Visitor, form_id: str, language: Language) -> str:
    return f"{visitor.base}/fill/{quote(form_id, safe='')}?lang={language}"


def _is_known(request: Request) -> bool:
    """Whether a request says who sends it, or wants to."""
    asks = request.path_params.get("token") is not None or "sign-in" in request.query_params
    return asks or "authorization" in request.headers


def refusal_page(request: Request, refusal: RefusedError) -> Response:
    """An error page with the reason, for browsers."""
    challenged = {"WWW-Authenticate": refusal.header} if isinstance(refusal, ChallengeError) else {}
    plate = request.app.state.plate
    shown = [refusal.sentence] if refusal.status == 404 or not plate.contact else [refusal.sentence, plate.asking()]
    html = notice(shown, _language(request))
    return HTMLResponse(html, refusal.status, headers={**PAGE_HEADERS, **challenged})


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "").lower()
    if asked.startswith("zh"):
        return "zh"
    if asked.startswith("en"):
        return "en"
    language: Language = request.app.state.language
    return language

"""What browsers ask for: the page on which a form is filled in, the module that draws it, and a submission to correct."""

import mimetypes
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from liuwen.collect import openrosa
from liuwen.collect.forms import PublishedForm
from liuwen.collect.refused import RefusedError
from liuwen.collect.sign_in import Door, Visitor
from liuwen.collect.store import Store
from liuwen.collect.submissions import Submission
from liuwen.messages import Language, Sentence
from liuwen.webform import PAGE_HEADERS, Edit, bundle_gzip, bundle_name, notice, page

NOT_THERE = Sentence(zh="这份问卷不在了，或不是给您的。", en="This form is gone, or is not for you.")
USED = Sentence(zh="此链接已经用过。谢谢您！", en="This link has been used already. Thank you!")
NOT_YOURS = Sentence(zh="只能修改您自己交的答卷。", en="You can only correct what you sent yourself.")


def bundle_routes() -> list[BaseRoute]:
    """The module that draws forms in browsers, the same for everybody."""
    return [Route("/webform/{name}", _bundle)]


async def _bundle(request: Request) -> Response:
    if request.path_params["name"] != bundle_name():
        raise RefusedError(404, NOT_THERE)
    headers = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(bundle_gzip(), media_type="text/javascript; charset=utf-8", headers=headers)


def page_routes(store: Store, door: Door) -> list[BaseRoute]:
    """The pages, relative to a collector's address."""
    pages = _Pages(store, door)
    return [
        Route("/fill/{form_id:path}", pages.fill),
        Route("/sent/{number:int}.xml", pages.sent),
        Route("/sent/{number:int}/files/{name:path}", pages.sent_file),
    ]


class _Pages:
    def __init__(self, store: Store, door: Door) -> None:
        self._store = store
        self._door = door

    async def fill(self, request: Request) -> Response:
        """The page for a form; `?edit=` and the number of a submission opens that one again."""
        language = _language(request)
        try:
            visitor = self._door.admit(request)
            form = self._form(visitor, request.path_params["form_id"])
            edit = self._edit(visitor, request.query_params.get("edit"))
        except RefusedError as refusal:
            return HTMLResponse(notice(refusal.sentence, language), refusal.status, headers=dict(PAGE_HEADERS))
        uses = self._uses_left(visitor)
        if uses == 0:
            return HTMLResponse(notice(USED, language), 403, headers=dict(PAGE_HEADERS))
        html = page(
            form.title,
            form=f"{visitor.base}/forms/{form.number}.xml",
            submit=f"{visitor.base}/submission",
            bundle=f"/webform/{bundle_name()}",
            media={m.name: f"{visitor.base}/forms/{form.number}/media/{quote(m.name, safe='')}" for m in form.media},
            language=language,
            edit=edit,
            once=uses is not None,
        )
        return HTMLResponse(html, headers=dict(PAGE_HEADERS))

    async def sent(self, request: Request) -> Response:
        """The XML of a submission of one's own."""
        submission = self._own(self._door.admit(request), request.path_params["number"])
        return Response(submission.xml, media_type="text/xml; charset=utf-8", headers=openrosa.HEADERS)

    async def sent_file(self, request: Request) -> Response:
        """A file of a submission of one's own."""
        submission = self._own(self._door.admit(request), request.path_params["number"])
        name = request.path_params["name"]
        path = self._store.attachments(submission.form_id, submission.instance_id).get(name)
        if path is None:
            raise RefusedError(404, NOT_THERE)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {**openrosa.HEADERS, "Content-Disposition": "attachment", "Content-Security-Policy": "sandbox"}
        return FileResponse(path, media_type=kind, headers=headers)

    def _form(self, visitor: Visitor, form_id: str) -> PublishedForm:
        listed = (form for form in self._store.forms() if form.current and form.state == "open" and form.form_id == form_id)
        form = next(listed, None)
        if form is None or not visitor.collector.may_see(form_id):
            raise RefusedError(404, NOT_THERE)
        return form

    def _edit(self, visitor: Visitor, asked: str | None) -> Edit | None:
        if asked is None or not asked.isdigit():
            return None
        submission = self._own(visitor, int(asked))
        address = f"{visitor.base}/sent/{submission.number}"
        names = self._store.attachments(submission.form_id, submission.instance_id)
        return Edit(f"{address}.xml", {name: f"{address}/files/{quote(name, safe='')}" for name in names})

    def _own(self, visitor: Visitor, number: int) -> Submission:
        found = next(self._store.submissions(after=number - 1), None)
        if found is None or found.number != number or found.collector != visitor.collector.name:
            raise RefusedError(404, NOT_YOURS)
        return found

    def _uses_left(self, visitor: Visitor) -> int | None:
        with self._store.reading() as connection:
            row = connection.execute("SELECT uses FROM tokens WHERE sha256 = ?", (visitor.token,)).fetchone()
        return row[0] if row else None


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "").lower()
    if asked.startswith("zh"):
        return "zh"
    if asked.startswith("en"):
        return "en"
    language: Language = request.app.state.language
    return language

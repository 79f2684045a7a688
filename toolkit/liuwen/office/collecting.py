"""Collectors and links: add, show a new code, print it, revoke; while the store is served, with effect at the next request."""

import secrets
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence
from liuwen.office.answers import caught_up
from liuwen.office.join_sheets import NO_END, UNTIL, write_sheet
from liuwen.office.rendering import moment, shown
from liuwen.office.sessions import HandedOut
from liuwen.office.words import last_day, state_of
from liuwen.openrosa.refused import RefusedError
from liuwen.server.codes import Given, end_of
from liuwen.server.joining import root_at
from liuwen.server.serving import served_at
from liuwen.store.store import keeping_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liuwen.office.request import OfficeRequest
    from liuwen.server import Joining

_SHARED: Mapping[str, Sentence] = {
    "name": Sentence(zh="姓名", en="Name"),
    "forms": Sentence(zh="可填的问卷", en="Forms"),
    "all_forms": Sentence(zh="全部", en="all"),
    "sent": Sentence(zh="交来", en="Sent"),
    "created": Sentence(zh="添加于", en="Added"),
    "state": Sentence(zh="状态", en="State"),
    "until": Sentence(zh="有效到（可不填）", en="Valid until (optional)"),
    "add": Sentence(zh="添加", en="Add"),
    "again": Sentence(zh="新码", en="New code"),
    "revoke": Sentence(zh="停用", en="Revoke"),
    "rename": Sentence(zh="改名", en="Rename"),
    "new_name": Sentence(zh="“{name}”的新姓名", en="New name of {name}"),
    "done_renamed": Sentence(
        zh="已改名；码照旧有效。用姓名和密码登录的人需要一个新码。",
        en="Renamed; codes stay valid. Who signs in with the name and a password needs a new code.",
    ),
    "done_revoked": Sentence(zh="已停用，马上生效。", en="Revoked, with effect at once."),
}
COLLECTORS: Mapping[str, Sentence] = {
    **_SHARED,
    "title": Sentence(zh="采集员", en="Collectors"),
    "new": Sentence(zh="添加采集员", en="Add a collector"),
    "none": Sentence(zh="还没有采集员。", en="There are no collectors yet."),
    "about": Sentence(
        zh="每人一个码，分得清谁收了什么。手机丢了就停用；换手机用“新码”，旧码仍有效。",
        en='Give each person a code of their own. Revoke the code of a lost phone; "New code" is for a further phone.',
    ),
}
LINKS: Mapping[str, Sentence] = {
    **_SHARED,
    "title": Sentence(zh="链接", en="Links"),
    "new": Sentence(zh="新链接", en="New link"),
    "form": Sentence(zh="问卷", en="Form"),
    "uses": Sentence(zh="能交几份（可不填）", en="Answers accepted (optional)"),
    "left": Sentence(zh="还能交", en="Left"),
    "any": Sentence(zh="不限", en="any"),
    "make": Sentence(zh="生成链接", en="Make the link"),
    "none": Sentence(zh="还没有链接。", en="There are no links yet."),
    "about": Sentence(
        zh="谁拿到链接，都能在浏览器里填这一份问卷；看不到别的问卷，也看不到别人的回答。",
        en="Whoever has a link can fill in that one form in a browser, and sees no other form and nobody's answers.",
    ),
}
CODE: Mapping[str, Sentence] = {
    "title": Sentence(zh="新码", en="New code"),
    "once": Sentence(
        zh="码只显示这一次：库里只存指纹。请现在印出来，或让本人当场扫。",
        en="The code is shown only now; the store keeps a hash. Print it, or let the person scan it at once.",
    ),
    "wifi": Sentence(zh="印上 Wi-Fi 名称（可不填）", en="Wi-Fi name to print (optional)"),
    "print": Sentence(zh="印一页（PDF）", en="Print a page (PDF)"),
    "address": Sentence(zh="地址", en="Address"),
    "back": Sentence(zh="返回", en="Back"),
}
NO_CODE = Sentence(
    zh="这个码已经不在了（退出过，或重启过）；请用“新码”再生成一个。",
    en="This code is gone (after signing out or a restart); make a new one.",
)
BAD_DAY = Sentence(zh="日子要写成 年-月-日，如 2027-03-31：{day}", en="A day is written as YYYY-MM-DD, such as 2027-03-31: {day}")
BAD_COUNT = Sentence(
    zh="份数要是 1 以上的整数：{count}", en="The number of answers must be a whole number of at least 1: {count}"
)
WITH_DRAFT = Sentence(zh="有效到问卷发布或草稿删除为止。", en="Valid until the form is published or the draft is deleted.")
NO_SHEET = Sentence(zh="只有采集员的码有可印的一页。", en="Only the codes of collectors have a page to print.")
TAKEN = Sentence(
    zh="已有采集员“{name}”；请用“新码”，或换一个名称。", en='There is a collector "{name}"; use "New code", or another name.'
)


def collectors(asked: "OfficeRequest") -> Response:
    """The list of collectors."""
    store = asked.office.store
    now = keeping_of(store).clock()
    titles = {form.form_id: form.title for form in asked.office.forms()}
    caught_up(asked.office)
    counted = asked.office.index.counts("collector", asked.office.concealed(asked), now, now)
    sent = {row["name"]: row["total"] for row in counted}
    rows = [
        {
            "name": one.name,
            "asks_name": COLLECTORS["new_name"].filled(name=one.name),
            "forms": [titles.get(form, form) for form in sorted(one.forms)] if one.forms is not None else None,
            "sent": sent.get(one.name, 0),
            "created": moment(one.created),
            "state": state_of(one, now),
            "valid": one.is_valid(now),
        }
        for one in sorted(store.collectors(), key=lambda one: one.name)
    ]
    return shown("collectors.html", asked, "/collectors", COLLECTORS, rows=rows, forms=asked.office.forms())


def add_collector(asked: "OfficeRequest") -> Response:
    """Add a collector and show the code."""
    name = asked.field("name")
    if any(one.name == name for one in asked.office.store.collectors()):
        raise RefusedError(400, TAKEN.filled(name=name))
    only = tuple(asked.lists.get("forms", ()))
    return _hand_out(asked, _given(asked, only).joining([name]), "/collectors")


def show_again(asked: "OfficeRequest") -> Response:
    """Make another code of a collector."""
    return _hand_out(asked, _given(asked, ()).joining([asked.field("name")]), "/collectors")


def revoke_collector(asked: "OfficeRequest") -> Response:
    """Revoke a collector."""
    asked.office.store.revoke(asked.field("name"))
    return RedirectResponse("/collectors?done=revoked", 303)


def rename_collector(asked: "OfficeRequest") -> Response:
    """Rename a collector."""
    asked.office.store.rename_collector(asked.field("name"), asked.field("new"))
    return RedirectResponse("/collectors?done=renamed", 303)


def links(asked: "OfficeRequest") -> Response:
    """The list of links."""
    now = keeping_of(asked.office.store).clock()
    titles = {form.form_id: form.title for form in asked.office.forms()}
    rows = [
        {
            "id": one.id,
            "form": titles.get(one.form_id, one.form_id),
            "created": moment(one.created),
            "left": one.uses,
            "state": state_of(one, now),
            "valid": one.is_valid(now),
        }
        for one in reversed(asked.office.store.links())
    ]
    offered = [form for form in asked.office.forms() if not form.encrypted]
    return shown("links.html", asked, "/links", LINKS, rows=rows, forms=offered)


def add_link(asked: "OfficeRequest") -> Response:
    """Make a link and show it."""
    return _hand_out(asked, _given(asked, ()).links([asked.field("form")]), "/links")


def revoke_link(asked: "OfficeRequest") -> Response:
    """Revoke a link."""
    asked.office.store.revoke_link(asked.field("id"))
    return RedirectResponse("/links?done=revoked", 303)


def code(asked: "OfficeRequest") -> Response:
    """The code that was made last, as long as the session knows it."""
    handed = _handed(asked)
    told = {"joining": handed.joining, "until": _until(handed), "number": asked.path["number"]}
    return shown("code.html", asked, handed.page, CODE, may_print=handed.page == "/collectors", **told)


def sheet(asked: "OfficeRequest") -> Response:
    """The code as a page to print."""
    handed = _handed(asked)
    if handed.page != "/collectors":
        raise RefusedError(404, NO_SHEET)
    root = root_at(handed.joining.address, asked.office.store.folder)
    wifi = asked.query.get("wifi", "").strip()
    with tempfile.TemporaryDirectory(prefix="liuwen-sheet-") as folder:
        pdf = write_sheet(handed.joining, Path(folder), wifi=wifi, until=handed.until, root=root).read_bytes()
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": 'inline; filename="code.pdf"'})


def _given(asked: "OfficeRequest", only: tuple[str, ...]) -> Given:
    store = asked.office.store
    expires = _end(asked.fields.get("until", "").strip(), keeping_of(store).clock())
    uses = asked.fields.get("uses", "").strip()
    if uses and not (uses.isascii() and uses.isdigit() and len(uses) < 7 and int(uses)):
        raise RefusedError(400, BAD_COUNT.filled(count=uses))
    return Given(store, served_at(store.folder, 8060), only, expires, int(uses) if uses else None)


def _end(day: str, now: float) -> datetime | None:
    if not day:
        return None
    try:
        return end_of(datetime.strptime(day, "%Y-%m-%d"), now)  # a day of this computer's calendar
    except ValueError as bad:
        raise RefusedError(400, BAD_DAY.filled(day=day)) from bad


def _hand_out(asked: "OfficeRequest", made: "Iterable[Joining]", page: str) -> Response:
    (joining,) = made
    expires = _end(asked.fields.get("until", "").strip(), keeping_of(asked.office.store).clock())
    return shown_once(asked, HandedOut(joining, last_day(expires) if expires else "", page))


def shown_once(asked: "OfficeRequest", handed: HandedOut) -> Response:
    """Leads to the page of a code that was just made."""
    number = secrets.token_urlsafe(9)
    asked.session.codes[number] = handed
    return RedirectResponse(f"/codes/{number}", 303)


def _handed(asked: "OfficeRequest") -> HandedOut:
    found = asked.session.codes.get(str(asked.path["number"]))
    if found is None:
        raise RefusedError(404, NO_CODE)
    return found


def _until(handed: HandedOut) -> Sentence:
    if handed.page == "/forms":
        return WITH_DRAFT
    return UNTIL.filled(day=handed.until) if handed.until else NO_END

"""Every page from every role: what is not allowed is refused, whatever is sent."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette import applications
from starlette.applications import Starlette
from starlette.routing import Route

from liuwen.office import open_office
from liuwen.office.pages import PAGES
from liuwen.office.rights import RIGHTS, Right
from liuwen.server import serve
from liuwen.store import Store
from liuwen.testing.phone import Phone, PhoneError

Browser = Any
"""A browser of `conftest`."""

ALLOWED = {
    "GET /": "office leader keys",
    "POST /plan": "office",
    "GET /answers": "office receiver",
    "GET /answers/{number:int}": "office",
    "POST /answers/{number:int}/review": "office",
    "GET /answers/{number:int}/files/{name:path}": "office",
    "GET /figures": "office leader",
    "GET /collectors": "office",
    "POST /collectors/add": "office",
    "POST /collectors/show": "office",
    "POST /collectors/rename": "office",
    "POST /collectors/revoke": "office",
    "GET /codes/{number}": "office",
    "GET /codes/{number}/sheet": "office",
    "GET /links": "office",
    "POST /links/add": "office",
    "POST /links/revoke": "office",
    "GET /forms": "office",
    "GET /forms/check": "office",
    "POST /forms/state": "office",
    "POST /forms/publish": "office",
    "GET /forms/drafts/{name}": "office",
    "POST /forms/drafts/{name}/code": "office",
    "POST /forms/drafts/{name}/publish": "office",
    "POST /forms/drafts/{name}/discard": "office",
    "GET /lists": "office",
    "GET /lists/{name}/{uuid}": "office",
    "GET /reports": "office",
    "POST /reports/file": "office",
    "POST /reports/month": "office",
    "GET /downloads": "office",
    "POST /downloads/file": "office",
    "GET /backup": "office keys",
    "POST /backup/make": "office keys",
    "GET /accounts": "keys",
    "POST /accounts/add": "keys",
    "POST /accounts/revoke": "keys",
    "POST /accounts/confidential": "keys",
    "GET /log": "office keys",
}
"""Who may open what, an ordinary answer (number 1) for those of one answer; written down a second time, on purpose."""


def filled_in(path: str) -> str:
    """The address with parts that exist."""
    return (
        path.replace("{number:int}", "1")
        .replace("{name:path}", "p0.jpg")
        .replace("{number}", "1")
        .replace("{name}/{uuid}", "households/none")
        .replace("{name}", "none")
    )


def refused(browser: Browser, method: str, path: str) -> bool:
    """Whether a request with the session's own secret is refused for want of a right; what it would do else does not matter."""
    got = browser.get(path, allow_redirects=False) if method == "GET" else browser.post(path, follow=False)
    return got.status_code == 403


def test_the_table_names_every_page() -> None:
    """A new page must be written down here too."""
    assert [f"{page.method} {page.path}" for page in PAGES] == list(ALLOWED)
    assert set(RIGHTS) == {"office", "leader", "receiver", "keys"}
    assert all(page.right for page in PAGES)


def test_no_address_stands_outside_the_table(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the running page answers is in the table, or shows nothing of the store: its style and the sign-in."""
    served: list[str] = []

    class Recorded(Starlette):
        def __init__(self, *, routes: list[Route], **told: Any) -> None:
            served.extend(f"{method} {route.path}" for route in routes for method in sorted((route.methods or set()) - {"HEAD"}))
            super().__init__(routes=routes, **told)

    monkeypatch.setattr(applications, "Starlette", Recorded)
    with open_office(filled, port=0):
        pass
    assert served == ["GET /office.css", "GET /sign-in", "POST /sign-in", "POST /sign-out", *ALLOWED]


@pytest.mark.parametrize("role", list(RIGHTS))
def test_each_role_opens_its_pages_and_no_others(role: str, signed_in: Callable[..., Browser]) -> None:
    """All pages, with the secret that its own forms hold."""
    browser = signed_in(role)
    assert browser.csrf
    for page, roles in ALLOWED.items():
        method, path = page.split(" ")
        if page == "GET /forms/check" and role in roles.split():
            continue  # needs no second check of a form here
        assert refused(browser, method, filled_in(path)) == (role not in roles.split()), (role, page)


def test_nobody_opens_a_page_without_signing_in(browse: Callable[[], Browser], filled: Store) -> None:
    """Every page leads to the sign-in page, and nothing is done; a collector's password and code open nothing."""
    wang = filled.add_collector("Li")
    stranger = browse()
    for page in PAGES:
        path = filled_in(page.path)
        got = stranger.get(path, allow_redirects=False) if page.method == "GET" else stranger.post(path, follow=False)
        assert got.status_code == 303 and got.headers["location"].startswith("/sign-in"), path
    assert stranger.post("/sign-in", name="Li", password=wang.password).status_code == 403
    assert stranger.get(f"/key/{wang.token}/").status_code == 404
    assert stranger.get("/", allow_redirects=False).status_code == 303


def test_confidential_answers_are_for_receivers_alone(signed_in: Callable[..., Browser], filled: Store) -> None:
    """The receiver sees the complaint and nothing else; the office sees everything but it, in no list, figure or download."""
    number = int(filled.office.listing("letter")["number"].iloc[0])
    receiver, clerk = signed_in("receiver"), signed_in("office")
    assert "a complaint about Li" in receiver.get(f"/answers/{number}").text
    assert "Zhao" not in receiver.get("/answers").text and receiver.get("/answers?form=house").status_code == 403
    for path in (f"/answers/{number}", "/answers?form=letter", "/figures?form=letter"):
        assert clerk.get(path).status_code == 403
    assert "letter" not in clerk.get("/answers").text and "letter" not in clerk.get("/downloads").text
    clerk.get("/collectors")
    assert clerk.post("/downloads/file", form="letter", format="csv").status_code == 403
    assert clerk.post(f"/answers/{number}/review", state="approved", comment="").status_code == 403


def test_others_do_not_learn_that_a_complaint_came(signed_in: Callable[..., Browser], filled: Store) -> None:
    """Pages do not change when a complaint arrives, or is refused; a receiver in the office sees the counts."""
    pages = ("/", "/forms", "/collectors")
    office, both = signed_in("office"), signed_in("office", "receiver")
    before, counted = [numbers(office.get(path).text) for path in pages], numbers(both.get("/collectors").text)
    token = filled.add_token("Wang")
    logged = len(filled.log())
    with serve(filled, port=0, language="en") as server, Phone(f"{server.url}/key/{token}") as phone:
        phone.send(a_letter())
        with pytest.raises(PhoneError):
            phone.send(a_letter().replace(b"again", b"another"))
    assert "submission refused" not in {one.name for one in filled.log()[logged:]}
    assert [numbers(office.get(path).text) for path in pages] == before
    assert numbers(both.get("/collectors").text) != counted


def a_letter() -> bytes:
    """A complaint."""
    return b'<data id="letter" version="1"><said>again</said><meta><instanceID>uuid:second</instanceID></meta></data>'


def numbers(page: str) -> list[str]:
    """What stands in the cells of a page: counts, but no size on disk."""
    return [cell for cell in re.findall(r"<(?:td|dd)[^>]*>([^<]*)<", page) if not re.search(r"[KMG]B", cell)]


def test_two_roles_have_the_rights_of_both(signed_in: Callable[..., Browser], filled: Store) -> None:
    """An office clerk who also receives complaints."""
    both = signed_in("office", "receiver")
    assert "Letter" in both.get("/answers").text or "信件" in both.get("/answers").text


def test_anonymous_answers_are_never_shown_one_by_one(signed_in: Callable[..., Browser], filled: Store) -> None:
    """Only as figures, for leaders too; no role lists or downloads them."""
    both = signed_in("office", "receiver", "leader", "keys")
    both.get("/collectors")
    assert both.get("/answers?form=opinion").status_code == 403
    assert both.post("/downloads/file", form="opinion", format="csv").status_code == 403
    figures = both.get("/figures?form=opinion").text
    assert "50 %" in figures and "12 households" in figures


def test_a_revoked_account_is_out_at_once(signed_in: Callable[..., Browser], filled: Store) -> None:
    """Its open session too."""
    leader = signed_in("leader")
    assert leader.get("/figures", allow_redirects=False).status_code == 200
    filled.office.revoke_account(filled.office.accounts()[0].name)
    assert leader.get("/figures", allow_redirects=False).status_code == 303


def test_every_right_belongs_to_somebody() -> None:
    """No page is out of everybody's reach."""
    assert frozenset[Right]().union(*RIGHTS.values()) == set(Right)

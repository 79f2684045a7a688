"""What other sites, other names of this computer and wrong passwords can do: nothing."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from liuwen.errors import StoreError
from liuwen.office import RunningOffice, open_office
from liuwen.office.sessions import IDLE, Sessions
from liuwen.store import Store

Browser = Any
"""A browser of `conftest`."""


FOREIGN_CHANGES: tuple[dict[str, str], ...] = (
    {"csrf": ""},
    {"csrf": "guessed"},
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)


def test_a_change_must_come_from_the_page(clerk: Browser, filled: Store) -> None:
    """With the cookie, but without the secret or from elsewhere, nothing happens."""
    for change in FOREIGN_CHANGES:
        headers = {name: value for name, value in change.items() if name != "csrf"}
        data = {"csrf": change.get("csrf", clerk.csrf), "name": "Wang"}
        got = clerk.session.post(f"{clerk.office.url}/collectors/revoke", data=data, headers=headers, timeout=60)
        assert got.status_code == 403, change
    assert filled.collectors()[0].revoked is None


def test_a_change_from_the_page_is_made(clerk: Browser, filled: Store) -> None:
    """The same request as above, as browsers send it."""
    headers = {"origin": clerk.office.url, "sec-fetch-site": "same-origin"}
    data = {"csrf": clerk.csrf, "name": "Wang"}
    assert clerk.session.post(f"{clerk.office.url}/collectors/revoke", data=data, headers=headers, timeout=60).status_code == 200
    assert filled.collectors()[0].revoked is not None


def test_other_names_of_this_computer_are_refused(clerk: Browser) -> None:
    """DNS rebinding: a name of another site that leads to loopback; even with the cookie."""
    for name in ("evil.test", "evil.test:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.test:{port}"):
        host = name.format(port=clerk.office.port)
        got = clerk.session.get(f"{clerk.office.url}/answers", headers={"Host": host}, timeout=60)
        assert got.status_code == 421 and "Zhao" not in got.text, name


def test_cookie_and_headers(office: RunningOffice) -> None:
    """No script reads the cookie, no other site sends it, and nothing is kept or framed."""
    got = requests.get(office.entrance, allow_redirects=False, timeout=60)
    cookie = got.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert office.entrance.split("key=")[1] not in got.headers["location"]
    assert "frame-ancestors 'none'" in got.headers["content-security-policy"] and got.headers["cache-control"] == "no-store"
    page = requests.get(f"{office.url}/sign-in", timeout=60)
    assert "default-src 'none'" in page.headers["content-security-policy"] and "script" not in page.text


def test_wrong_keys_and_passwords(browse: Callable[[], Browser], filled: Store) -> None:
    """They are counted and logged; after five of them even the right one waits."""
    password = filled.office.add_account("Liu", ["leader"])
    browser = browse()
    assert browser.get("/sign-in?key=wrong").status_code == 403
    for _ in range(5):
        assert browser.post("/sign-in", name="Liu", password="wrong").status_code == 403
    assert browser.post("/sign-in", name="Liu", password=password).status_code == 429
    assert [one.name for one in filled.log()].count("wrong password") == 5
    assert password not in repr(filled.log())


def test_signing_in_leads_to_no_other_site(office: RunningOffice) -> None:
    """The address to go back to is one of the page's own."""
    for back in ("//evil.test", "https://evil.test", "/\\evil.test", "/sign-in"):
        got = requests.get(office.entrance, params={"next": back}, allow_redirects=False, timeout=60)
        assert got.headers["location"] == "/", back


def test_sessions_end(filled: Store) -> None:
    """After two hours without a request."""
    now = [0.0]
    sessions = Sessions(filled, clock=lambda: now[0])
    cookie = sessions.open_locally(sessions.local_key)
    assert cookie is not None
    now[0] = IDLE - 1
    assert sessions.find(cookie) is not None
    now[0] = 2 * IDLE
    assert sessions.find(cookie) is None and sessions.find(cookie) is None


def test_signing_out(clerk: Browser) -> None:
    """The cookie is worth nothing afterwards."""
    cookie = clerk.session.cookies.get("liuwen_office") or ""
    clerk.post("/sign-out")
    clerk.session.cookies.set("liuwen_office", cookie, domain="127.0.0.1", path="/")
    assert clerk.get("/answers", allow_redirects=False).status_code == 303


def test_other_computers_need_a_certificate(filled: Store) -> None:
    """Passwords are not sent over plain http."""
    with pytest.raises(StoreError, match="certificate"):
        open_office(filled, port=0, lan=True, language="en")


def test_the_office_opens_beside_another(filled: Store, office: RunningOffice) -> None:
    """On another port if its own is taken; a port that was asked for is not replaced."""
    with pytest.raises(StoreError):
        open_office(filled, port=office.port)


def test_an_account_sees_its_name_in_the_log(signed_in: Callable[..., Browser], filled: Store) -> None:
    """Every view of answers is logged under the account, as is every change."""
    clerk = signed_in("office")
    clerk.get("/answers?form=house&search=Zhao")
    clerk.get("/answers/1")
    clerk.get("/answers/1/files/p0.jpg")
    told = [(one.who, one.name, one.subject, one.detail) for one in filled.log()[-3:]]
    name = filled.office.accounts()[0].name
    viewed = [(name, "answer viewed", "house #1", ""), (name, "file viewed", "house #1", "p0.jpg")]
    assert told == [(name, "answers listed", "house", "3/3"), *viewed]
    assert "Zhao" not in repr(filled.log())

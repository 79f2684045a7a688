"""Links give access to one form and nothing else; and the home page at a collector's own address."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa import new_keys
from liuwen.server import Server
from liuwen.store import Credentials, Store
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def get(server: Server, path: str, **headers: str) -> tuple[int, str]:
    """The status and text of a page."""
    with Phone(server.url) as browser:
        answer = browser.request("GET", server.url + path, headers=headers)
    return answer.status, unescape(answer.body.decode())


def without_photo(form: bytes) -> bytes:
    """The form with a text question instead of its photo, which an anonymous form must not have."""
    return form.replace(b"upload", b"input").replace(b'type="binary"', b'type="string"')


def test_a_link_opens_its_form_and_is_kept_under_its_name(server: Server, visit: Make) -> None:
    """At one short address, which the QR code contains."""
    link = server.link(server.store.add_link("visit", collector="poster"), "入户走访")
    assert link.address == link.qr.text == f"{server.address}/key/{link.address[-64:]}"
    status, html = get(server, f"/key/{link.address[-64:]}/")
    assert status == 200 and f"{link.address}/forms/1.xml" in html
    with Phone(link.address) as phone:
        phone.send(visit())
    assert [kept.collector for kept in server.store.submissions()] == ["poster"]
    assert link.address in str(link) and link.address in link.steps.zh and "<svg" in link._repr_html_()


def test_link_gives_no_access_to_submissions(server: Server, visit: Make) -> None:
    """Anybody may see a link on a poster: it opens neither its own submissions nor another form."""
    token = server.store.add_link("visit")
    with Phone(f"{server.url}/key/{token}") as phone:
        phone.send(visit(), {"a.jpg": b"jpeg"})
    (kept,) = server.store.submissions()
    for path in (f"fill/visit?edit={kept.number}", f"sent/{kept.number}.xml", f"sent/{kept.number}/files/a.jpg"):
        assert get(server, f"/key/{token}/{path}")[0] == 404


def test_a_link_opens_no_other_form(server: Server, visit_form: Make, visit: Make) -> None:
    """Neither to read, nor to submit, nor in the list."""
    other = server.store.publish(visit_form(form_id="other"))
    token = server.store.add_link("visit")
    assert get(server, f"/key/{token}/fill/other")[0] == 404
    assert get(server, f"/key/{token}/forms/{other.number}.xml")[0] == 403
    with Phone(f"{server.url}/key/{token}") as phone:
        assert [form.form_id for form in phone.form_list()] == ["visit"]
        with pytest.raises(PhoneError, match="may not fill in"):
            phone.send(visit(form="other"))


def test_link_requires_a_form_and_an_active_collector(store: Store) -> None:
    """The error is raised on creating the link, not shown to respondents."""
    with pytest.raises(StoreError, match='no form "nothing"'):
        store.add_link("nothing")
    store.add_collector("wang")
    store.revoke("wang")
    with pytest.raises(StoreError, match="gets no new code"):
        store.add_link("visit", collector="wang")
    with pytest.raises(StoreError, match="gets no new code"):
        store.add_token("wang")


def test_home_page_lists_forms_and_editable_submissions(server: Server, who: Credentials, phone: Phone, visit: Make) -> None:
    """In both languages; only the collector's own, newest first, with edits replacing their originals."""
    other = server.store.add_collector("other")
    with Phone(f"{server.url}/key/{other.token}") as theirs:
        theirs.send(visit("uuid:theirs"))
    phone.send(visit("uuid:a"))
    phone.send(visit("uuid:b"))
    phone.send(visit("uuid:a2", "东湖", edits="uuid:a"))
    status, chinese = get(server, f"/key/{who.token}/?lang=zh")
    assert status == 200 and "填写" in chinese and "Fill in" not in chinese and "入户走访" in chinese
    english = get(server, f"/key/{who.token}/", **{"Accept-Language": "en"})[1]
    assert "Fill in" in english and "填写" not in english
    addresses = re.findall(r'href="([^"]*edit=[^"]*)"', english)
    numbers = {kept.instance_id: kept.number for kept in server.store.submissions()}
    assert [address.rpartition("=")[2] for address in addresses] == [str(numbers["uuid:a2"]), str(numbers["uuid:b"])]
    assert all(get(server, address.removeprefix(server.url))[0] == 200 for address in addresses)


def test_home_page_lists_no_anonymous_answers(
    server: Server, who: Credentials, phone: Phone, visit_form: Make, visit: Make
) -> None:
    """Nobody knows who sent it."""
    server.store.publish(without_photo(visit_form(form_id="quiet", title="安静")), anonymous=True)
    phone.send(visit(form="quiet"))
    html = get(server, f"/key/{who.token}/")[1]
    assert html.count("安静") == 1 and "edit=" not in html


def test_submission_is_edited_with_its_own_version(
    server: Server, who: Credentials, phone: Phone, visit_form: Make, visit: Make
) -> None:
    """A newer version may have different questions."""
    phone.send(visit())
    server.store.publish(visit_form(version="2"))
    assert "/forms/2.xml" in get(server, f"/key/{who.token}/fill/visit")[1]
    assert "/forms/1.xml" in get(server, f"/key/{who.token}/fill/visit?edit=1")[1]


def test_encrypted_form_cannot_be_filled_in_a_browser(server: Server, who: Credentials, visit_form: Make) -> None:
    """Encrypted answers would otherwise be in the store in plain text."""
    server.store.publish(visit_form(version="2"), key=new_keys("six questions, one answer").public)
    assert get(server, f"/key/{who.token}/fill/visit")[0] == 403
    with pytest.raises(StoreError, match="encrypted on the phone"):
        server.store.add_link("visit")
    assert "encrypted" in get(server, f"/key/{who.token}/")[1]


def test_home_page_without_a_token_requires_authentication(server: Server, who: Credentials) -> None:
    """The browser asks for name and password; a wrong token gives an error page."""
    with Phone(server.url, username=who.username, password=who.password) as browser:
        assert who.name in browser.request("GET", f"{server.url}/?sign-in").body.decode()
    with Phone(server.url) as browser:
        assert "www-authenticate" not in browser.request("GET", f"{server.url}/").headers
        assert "digest" in browser.request("GET", f"{server.url}/?sign-in").headers["www-authenticate"].lower()
    status, html = get(server, f"/key/{'a' * 64}/")
    assert status == 403 and "ask the person who runs the server" in html


def test_unknown_address_gives_a_page_or_a_message(server: Server) -> None:
    """People see a sentence, not XML."""
    status, html = get(server, "/nowhere", **{"Accept": "text/html,*/*", "Accept-Language": "zh-CN"})
    assert status == 404 and html.startswith("<!doctype html>") and "请核对地址" in html
    status, xml = get(server, "/nowhere")
    assert status == 404 and "<OpenRosaResponse" in xml

"""Pages for browsers: the page of a form, its JavaScript module, and editing a submission."""

import json
import re
from collections.abc import Callable

import pytest

from liuwen.server import Server
from liuwen.store import Credentials
from liuwen.testing.phone import Answer, Phone
from liuwen.webform import bundle_name, bundle_path

Make = Callable[..., bytes]


def module_data(answer: Answer) -> dict[str, object]:
    """The data that the page passes to its module."""
    found = re.search(rb'id="liuwen-form">(.*?)</script>', answer.body)
    assert found is not None
    asked: dict[str, object] = json.loads(found[1])
    return asked


def test_a_form_opens_at_a_link(phone: Phone) -> None:
    """All requests of the page stay below the collector's address."""
    answer = phone.request("GET", f"{phone.address}/fill/visit?lang=zh")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    asked = module_data(answer)
    assert (asked["language"], asked["once"], asked["edit"]) == ("zh", False, None)
    assert asked["submit"] == f"{phone.address}/submission"
    assert phone.request("GET", str(asked["form"])).status == 200


def test_module_is_compressed_and_cacheable(phone: Phone, server: Server) -> None:
    """Its name changes with its content; other names are not found."""
    answer = phone.request("GET", f"{server.url}/webform/{bundle_name()}")
    assert answer.headers["content-encoding"] == "gzip" and answer.body == bundle_path().read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert phone.request("GET", f"{server.url}/webform/other.js").status == 404


def test_unavailable_form_gives_an_error_page(phone: Phone, server: Server) -> None:
    """Missing, closed, not permitted, or an invalid link."""
    assert phone.request("GET", f"{phone.address}/fill/nothing").status == 404
    other = server.store.add_collector("other", forms=[])
    assert phone.request("GET", f"{server.url}/key/{other.token}/fill/visit").status == 404
    assert phone.request("GET", f"{server.url}/key/{'a' * 64}/fill/visit").status == 403
    server.store.set_state("visit", "closed")
    answer = phone.request("GET", f"{phone.address}/fill/visit")
    assert (answer.status, answer.headers["content-type"][:9]) == (404, "text/html")


def test_used_link_gives_an_error_page(server: Server, visit: Make) -> None:
    """It opens until the submission arrives."""
    link = server.store.add_link("visit", uses=1)
    with Phone(f"{server.url}/key/{link}") as phone:
        assert module_data(phone.request("GET", f"{phone.address}/fill/visit"))["once"] is True
        phone.send(visit())
        assert phone.request("GET", f"{phone.address}/fill/visit").status == 403


def test_own_submission_can_be_reopened(phone: Phone, server: Server, visit: Make) -> None:
    """With its answers and files."""
    phone.send(visit(photo="图 1.jpg"), {"图 1.jpg": b"jpeg"})
    (kept,) = server.store.submissions()
    edit = module_data(phone.request("GET", f"{phone.address}/fill/visit?edit={kept.number}"))["edit"]
    assert isinstance(edit, dict)
    assert phone.request("GET", edit["xml"]).body == visit(photo="图 1.jpg")
    answer = phone.request("GET", edit["files"]["图 1.jpg"])
    assert (answer.body, answer.headers["content-disposition"]) == (b"jpeg", "attachment")


def without_photo(form: bytes) -> bytes:
    """The form with a text question instead of its photo, which an anonymous form must not have."""
    return form.replace(b"upload", b"input").replace(b'type="binary"', b'type="string"')


@pytest.mark.parametrize("path", ["fill/visit?edit={number}", "sent/{number}.xml", "sent/{number}/files/a.jpg"])
def test_submissions_of_others_cannot_be_opened(phone: Phone, server: Server, who: Credentials, visit: Make, path: str) -> None:
    """Neither with another collector's token, nor one of an anonymous form."""
    other = server.store.add_collector("other")
    with Phone(f"{server.url}/key/{other.token}") as theirs:
        theirs.send(visit(), {"a.jpg": b"jpeg"})
    (kept,) = server.store.submissions()
    assert phone.request("GET", f"{phone.address}/{path.format(number=kept.number)}").status == 404


def test_anonymous_answer_cannot_be_reopened(phone: Phone, server: Server, visit_form: Make, visit: Make) -> None:
    """Nobody knows who sent it, so nobody owns it."""
    server.store.publish(without_photo(visit_form(form_id="quiet")), anonymous=True)
    phone.send(visit(form="quiet"))
    (kept,) = server.store.submissions()
    assert phone.request("GET", f"{phone.address}/sent/{kept.number}.xml").status == 404

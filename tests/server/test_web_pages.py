"""What browsers get: the page of a form, the module that draws it, and one's own submission to correct."""

import json
import re
from collections.abc import Callable

import pytest

from liuwen.server import Server
from liuwen.store import Credentials
from liuwen.testing.phone import Answer, Phone
from liuwen.webform import bundle_name, bundle_path

Make = Callable[..., bytes]


def asked_of(answer: Answer) -> dict[str, object]:
    """What the page tells its module to draw."""
    found = re.search(rb'id="liuwen-form">(.*?)</script>', answer.body)
    assert found is not None
    asked: dict[str, object] = json.loads(found[1])
    return asked


def test_a_form_opens_at_a_link(phone: Phone) -> None:
    """Everything the page asks for lies below the same collector's address."""
    answer = phone.request("GET", f"{phone.address}/fill/visit?lang=zh")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    asked = asked_of(answer)
    assert (asked["language"], asked["once"], asked["edit"]) == ("zh", False, None)
    assert asked["submit"] == f"{phone.address}/submission"
    assert phone.request("GET", str(asked["form"])).status == 200


def test_the_module_comes_compressed_and_may_be_kept(phone: Phone, server: Server) -> None:
    """Under a name that changes with its bytes; no other name gives anything."""
    answer = phone.request("GET", f"{server.url}/webform/{bundle_name()}")
    assert answer.headers["content-encoding"] == "gzip" and answer.body == bundle_path().read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert phone.request("GET", f"{server.url}/webform/other.js").status == 404


def test_a_form_that_is_gone_is_said_so_on_a_page(phone: Phone, server: Server) -> None:
    """Not there, closed, not this collector's, or a link that lets nobody in."""
    assert phone.request("GET", f"{phone.address}/fill/nothing").status == 404
    other = server.store.add_collector("other", forms=[])
    assert phone.request("GET", f"{server.url}/key/{other.token}/fill/visit").status == 404
    assert phone.request("GET", f"{server.url}/key/{'a' * 64}/fill/visit").status == 403
    server.store.set_state("visit", "closed")
    answer = phone.request("GET", f"{phone.address}/fill/visit")
    assert (answer.status, answer.headers["content-type"][:9]) == (404, "text/html")


def test_a_link_for_one_answer_says_when_it_was_used(server: Server, visit: Make) -> None:
    """It opens until the answer has come."""
    link = server.store.add_link("visit", uses=1)
    with Phone(f"{server.url}/key/{link}") as phone:
        assert asked_of(phone.request("GET", f"{phone.address}/fill/visit"))["once"] is True
        phone.send(visit())
        assert phone.request("GET", f"{phone.address}/fill/visit").status == 403


def test_ones_own_submission_opens_again(phone: Phone, server: Server, visit: Make) -> None:
    """With its answers and files."""
    phone.send(visit(photo="图 1.jpg"), {"图 1.jpg": b"jpeg"})
    (kept,) = server.store.submissions()
    edit = asked_of(phone.request("GET", f"{phone.address}/fill/visit?edit={kept.number}"))["edit"]
    assert isinstance(edit, dict)
    assert phone.request("GET", edit["xml"]).body == visit(photo="图 1.jpg")
    answer = phone.request("GET", edit["files"]["图 1.jpg"])
    assert (answer.body, answer.headers["content-disposition"]) == (b"jpeg", "attachment")


def without_photo(form: bytes) -> bytes:
    """The form with a text in place of its photo, which an anonymous one must not have."""
    return form.replace(b"upload", b"input").replace(b'type="binary"', b'type="string"')


@pytest.mark.parametrize("path", ["fill/visit?edit={number}", "sent/{number}.xml", "sent/{number}/files/a.jpg"])
def test_nobody_elses_submission_opens(phone: Phone, server: Server, who: Credentials, visit: Make, path: str) -> None:
    """Not with another's token, and not one of an anonymous form with anybody's."""
    other = server.store.add_collector("other")
    with Phone(f"{server.url}/key/{other.token}") as theirs:
        theirs.send(visit(), {"a.jpg": b"jpeg"})
    (kept,) = server.store.submissions()
    assert phone.request("GET", f"{phone.address}/{path.format(number=kept.number)}").status == 404


def test_an_anonymous_answer_cannot_be_opened_again(phone: Phone, server: Server, visit_form: Make, visit: Make) -> None:
    """Nobody knows whose it is, so it is nobody's."""
    server.store.publish(without_photo(visit_form(form_id="quiet")), anonymous=True)
    phone.send(visit(form="quiet"))
    (kept,) = server.store.submissions()
    assert phone.request("GET", f"{phone.address}/sent/{kept.number}.xml").status == 404

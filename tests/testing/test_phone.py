"""The behaviour of ODK Collect, step by step, with a real server over HTTP.

The same steps run with ODK Central if `CENTRAL_URL`, `CENTRAL_EMAIL` and `CENTRAL_PASSWORD` are set.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from liuwen.server import Server
from liuwen.sources import Central
from liuwen.store.collectors import Credentials
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


@pytest.fixture(params=["liuwen", "central"] if "CENTRAL_URL" in os.environ else ["liuwen"])
def address(request: pytest.FixtureRequest) -> str:
    """The server's address: ours, or ODK Central's."""
    if request.param == "central":
        return str(request.getfixturevalue("central_address"))
    server: Server = request.getfixturevalue("server")
    who: Credentials = request.getfixturevalue("who")
    return f"{server.url}/key/{who.token}"


@pytest.fixture
def central_address(visit_form: Callable[..., bytes]) -> str:
    """A new project on the real server with the form, and the address of an app user."""
    project = Central().send("POST", "projects", server_wide=True, json={"name": f"liuwen {uuid.uuid4()}"}).json()["id"]
    central = Central(project=project)
    headers = {"Content-Type": "application/xml"}
    central.send("POST", "forms", params={"publish": "true", "ignoreWarnings": "true"}, data=visit_form(), headers=headers)
    return central.add_app_user("phone", forms=("visit",)).address


@pytest.fixture
def collect(address: str) -> Iterator[Phone]:
    """ODK Collect with the server's settings."""
    with Phone(address) as phone:
        yield phone


@pytest.fixture
def instance() -> str:
    """A new instance ID."""
    return f"uuid:{uuid.uuid4()}"


def test_form_list_is_readable_by_the_app(collect: Phone) -> None:
    """The expected type, headers and namespace; each entry with its ID, name, version, hash and address."""
    answer = collect.request("GET", f"{collect.address}/formList")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.headers["x-openrosa-version"] == "1.0"
    form = next(form for form in collect.form_list() if form.form_id == "visit")
    assert (form.name, form.version) == ("入户走访", "1")


def test_downloaded_form_has_the_listed_hash(collect: Phone, visit_form: Make) -> None:
    """The hash is of the exact bytes."""
    form = next(form for form in collect.form_list() if form.form_id == "visit")
    assert form.hash == "md5:" + hashlib.md5(collect.fetch(form).xml).hexdigest()
    assert collect.fetch(form).xml == visit_form()


def test_form_list_can_be_limited_to_one_form(collect: Phone) -> None:
    """`formID` selects one form."""
    answer = collect.request("GET", f"{collect.address}/formList?formID=visit")
    assert answer.body.count(b"<formID>") == 1
    answer = collect.request("GET", f"{collect.address}/formList?formID=nothing")
    assert answer.body.count(b"<formID>") == 0


def test_head_announces_the_maximum_length(collect: Phone) -> None:
    """Exactly 204, with the maximum length of a POST."""
    answer = collect.request("HEAD", f"{collect.address}/submission")
    assert (answer.status, answer.body) == (204, b"")
    assert int(answer.headers["x-openrosa-accept-content-length"]) >= 10_000_000
    assert answer.headers["x-openrosa-version"] == "1.0"


def test_a_request_without_the_version_header_is_refused(collect: Phone) -> None:
    """400, as for a browser at this address."""
    for target in ("formList", "submission"):
        assert collect.request("GET", f"{collect.address}/{target}", headers={"X-OpenRosa-Version": "2.0"}).status == 400


def test_repeated_submission_is_accepted(collect: Phone, visit: Make, instance: str) -> None:
    """201 with a message; the same submission again is a success too."""
    assert collect.send(visit(instance))
    assert collect.send(visit(instance))


def test_same_id_with_different_content_is_refused(collect: Phone, visit: Make, instance: str) -> None:
    """409, with a message that the app shows."""
    collect.send(visit(instance, "Hubin"))
    with pytest.raises(PhoneError, match="different XML") as refused:
        collect.send(visit(instance, "Donghu"))
    assert refused.value.status == 409


def test_photos_are_split_over_several_posts(collect: Phone, visit: Make, instance: str) -> None:
    """Each request repeats the XML and announces that more will follow."""
    collect.send(visit(instance, photo="7.jpg"), {f"{number}.jpg": bytes([number]) * 100 for number in range(250)})


def test_a_file_name_may_be_in_any_language(collect: Phone, visit: Make, instance: str) -> None:
    """Names are sent as UTF-8."""
    collect.send(visit(instance, photo="照片 1.jpg"), {"照片 1.jpg": b"jpeg"})


@pytest.mark.parametrize(("form", "version"), [("nothing", "1"), ("visit", "no such version")])
def test_an_unknown_form_or_version_is_not_found(collect: Phone, visit: Make, instance: str, form: str, version: str) -> None:
    """404."""
    with pytest.raises(PhoneError) as refused:
        collect.send(visit(instance, form=form, version=version))
    assert refused.value.status == 404


def test_edits_of_current_outdated_and_unknown_originals(collect: Phone, visit: Make, instance: str) -> None:
    """An edit names its original; an outdated or unknown original is refused."""
    collect.send(visit(instance))
    collect.send(visit(f"{instance}2", edits=instance))
    collect.send(visit(f"{instance}2", edits=instance))
    for edits, status in ((instance, 409), ("uuid:nothing", 404)):
        with pytest.raises(PhoneError) as refused:
            collect.send(visit(f"{instance}3", edits=edits))
        assert refused.value.status == status


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/xml", b"<data/>"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=xml_submission_file\r\n\r\n<te"),
    ],
)
def test_malformed_posts_are_refused(collect: Phone, kind: str, body: bytes) -> None:
    """No multipart, no boundary, no end, no XML: 400."""
    assert collect.request("POST", f"{collect.address}/submission", body, {"Content-Type": kind}).status == 400


def test_a_wrong_token_is_refused(address: str) -> None:
    """403 for a well-formed token; at 401 the app would ask for a password."""
    base, _, after = address.partition("/key/")
    wrong = f"{base}/key/{'a' * 64}{after[64:]}"
    with Phone(wrong) as phone:
        assert phone.request("GET", f"{wrong}/formList").status == 403
        assert phone.request("HEAD", f"{wrong}/submission").status == 403

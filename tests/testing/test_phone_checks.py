"""What the phone refuses, as ODK Collect does: wrong types, hashes, statuses and addresses of a faulty server."""

import hashlib
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from liuwen.testing.phone import Phone, PhoneError
from liuwen.testing.posts import FILES_A_POST, posts

OPENROSA = {"X-OpenRosa-Version": "1.0"}
XML = {**OPENROSA, "Content-Type": "text/xml; charset=utf-8"}
FORM = b"<h:html/>"
HASH = f"md5:{hashlib.md5(FORM, usedforsecurity=False).hexdigest()}"
MESSAGE = b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>No room</message></OpenRosaResponse>'


@dataclass
class Server:
    """Answers from a table: method and path → status, headers, body."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    url: str = ""

    def form_list(self, entry: str = "") -> bytes:
        fields = f"<formID>v</formID><name>Visit</name><version>1</version><hash>{HASH}</hash>"
        form = f"<xform>{fields}<downloadUrl>{self.url}/form</downloadUrl>{entry}</xform>"
        return f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{form}</xforms>'.encode()

    def manifest(self, attributes: str = "", file_hash: str = HASH) -> bytes:
        file = f"<filename>a.csv</filename><hash>{file_hash}</hash><downloadUrl>{self.url}/a.csv</downloadUrl>"
        address = f"<integrityUrl>{self.url}/integrity</integrityUrl>"
        media = f"<mediaFile {attributes}>{file}{address}</mediaFile>"
        return f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{media}</manifest>'.encode()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback, whose answers the test sets."""
    table = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = table.answers.get(f"{self.command} {self.path.split('?')[0]}", (404, OPENROSA, b""))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else body)

        def log_message(self, *_: object) -> None: ...

    for method in ("GET", "POST", "HEAD"):
        setattr(Handler, f"do_{method}", Handler.serve)
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
    table.url = f"http://127.0.0.1:{serving.server_port}"
    yield table
    serving.shutdown()
    serving.server_close()


@pytest.fixture
def phone(server: Server) -> Iterator[Phone]:
    with Phone(server.url) as phone:
        yield phone


def test_form_with_its_files_is_downloaded(server: Server, phone: Phone) -> None:
    """Hashes of form and files are compared with those promised."""
    server.answers = {
        "GET /formList": (200, XML, server.form_list(f"<manifestUrl>{server.url}/manifest</manifestUrl>")),
        "GET /manifest": (200, XML, server.manifest()),
        "GET /form": (200, XML, FORM),
        "GET /a.csv": (200, OPENROSA, FORM),
    }
    (listed,) = phone.form_list()
    fetched = phone.fetch(listed)
    assert (fetched.xml, fetched.files) == (FORM, {"a.csv": FORM})


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, OPENROSA, MESSAGE), r"refused it \(500\): No room"),
        ((200, {**XML, "Content-Type": "application/xml"}, b""), "application/xml"),
        ((200, {"Content-Type": "text/xml"}, b""), "text/xml"),
        ((200, XML, b"<xforms/>"), "xforms"),
        ((200, XML, b'<forms xmlns="http://openrosa.org/xforms/xformsList"/>'), "forms"),
    ],
    ids=["status", "type", "version header", "namespace", "root"],
)
def test_wrong_form_list_is_refused(server: Server, phone: Phone, answer: tuple[int, dict[str, str], bytes], said: str) -> None:
    """The app needs the right status, type, version header, root element and namespace."""
    server.answers["GET /formList"] = answer
    with pytest.raises(PhoneError, match=said) as refused:
        phone.form_list()
    assert refused.value.status == (answer[0] if answer[0] != 200 else 0)


@pytest.mark.parametrize("wrong", ["form", "file"])
def test_wrong_hash_is_refused(server: Server, phone: Phone, wrong: str) -> None:
    """Of the form and of its files; an entity list has no MD5."""
    manifest = server.manifest(file_hash=HASH if wrong == "form" else "md5:0")
    server.answers = {
        "GET /formList": (200, XML, server.form_list(f"<manifestUrl>{server.url}/manifest</manifestUrl>")),
        "GET /manifest": (200, XML, manifest),
        "GET /form": (200, XML, b"<other/>" if wrong == "form" else FORM),
        "GET /a.csv": (200, OPENROSA, FORM),
    }
    with pytest.raises(PhoneError, match="hash: "):
        phone.fetch(phone.form_list()[0])


def test_missing_file_is_refused(server: Server, phone: Phone) -> None:
    """The app does not offer a form without its files."""
    server.answers["GET /formList"] = (200, XML, server.form_list())
    with pytest.raises(PhoneError, match=r"\(404\)"):
        phone.fetch(phone.form_list()[0])


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (200, OPENROSA, r"\(200\): HEAD"),
        (204, {}, "OpenRosa: HEAD"),
        (204, {**OPENROSA, "Location": "http://elsewhere.example/submission"}, "OpenRosa: Location"),
    ],
    ids=["status", "version header", "other host"],
)
def test_wrong_announcement_is_refused(server: Server, phone: Phone, status: int, headers: dict[str, str], said: str) -> None:
    """Before a submission is sent, HEAD must answer 204 on the same host."""
    server.answers["HEAD /submission"] = (status, headers, b"")
    with pytest.raises(PhoneError, match=said):
        phone.send(b"<data/>")


@pytest.mark.parametrize(("status", "taken"), [(201, True), (202, True), (200, False), (400, False)])
def test_submission_needs_201_or_202(server: Server, phone: Phone, status: int, taken: bool) -> None:
    """200 counts as a failure, as in the app; the server's message is shown."""
    server.answers = {"HEAD /submission": (204, OPENROSA, b""), "POST /submission": (status, XML, MESSAGE)}
    if taken:
        assert phone.send(b"<data/>") == "No room"
    else:
        with pytest.raises(PhoneError, match="No room"):
            phone.send(b"<data/>")


def break_connection(phone: Phone) -> None:
    connection = phone._line._connection
    assert connection is not None
    connection.sock.shutdown(socket.SHUT_RDWR)


def test_broken_connection_is_reopened_for_reading(server: Server, phone: Phone) -> None:
    """As after the server has been restarted."""
    server.answers["GET /formList"] = (200, XML, server.form_list())
    assert phone.form_list()
    break_connection(phone)
    assert phone.form_list()


def test_submission_is_not_repeated_after_a_broken_connection(server: Server, phone: Phone) -> None:
    """Whether it arrived is unknown; the user sends it again."""
    server.answers = {"HEAD /submission": (204, OPENROSA, b""), "POST /submission": (201, XML, MESSAGE)}
    phone.send(b"<data/>")
    break_connection(phone)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        phone.send(b"<data/>")
    assert phone.send(b"<data/>") == "No room"


@pytest.mark.parametrize(("files", "at_most", "requests"), [(0, 10, 1), (1, 10, 1), (FILES_A_POST + 2, 10**9, 2), (3, 15, 3)])
def test_files_are_split_over_requests(files: int, at_most: int, requests: int) -> None:
    """By number and by size; all but the last request announce that more follows."""
    made = [body for body, _ in posts(b"<d/>", {f"{n}.jpg": b"x" * 8 for n in range(files)}, at_most)]
    assert len(made) == requests
    assert [b"*isIncomplete*" in body for body in made] == [True] * (requests - 1) + [False]
    assert all(body.count(b"xml_submission_file") == 1 for body in made)
    assert sum(body.count(b".jpg") for body in made) == 2 * files

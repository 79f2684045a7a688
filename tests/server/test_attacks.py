"""Malicious requests: refused with the right status, without harm to others."""

import http.client
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from liuwen.server import Server, serve
from liuwen.server.protocol import HEADERS_SIZE, BoundedProtocol
from liuwen.server.upload import UploadLimits
from liuwen.store import Credentials, Store
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]

BOMB = b"""<!DOCTYPE b [<!ENTITY a "ha">%s]><data id="visit" version="1"><village>&z;</village></data>""" % b"".join(
    b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 20) for c in range(ord("b"), ord("z") + 1)
)
OUTSIDE = (
    b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="visit" version="1"><village>&x;</village>'
    b"<meta><instanceID>uuid:x</instanceID></meta></data>"
)


@pytest.fixture
def tight(store: Store) -> Iterator[Server]:
    """A server with small limits, so that they are reached quickly."""
    with serve(store, port=0, language="en", limits=UploadLimits(upload=2_000_000, xml=200_000, stillness=0.4)) as server:
        yield server


@pytest.fixture
def address(tight: Server, who: Credentials) -> str:
    """A collector's address on this server."""
    return f"{tight.url}/key/{who.token}"


@pytest.fixture
def attacker(address: str) -> Iterator[Phone]:
    """A phone of an attacker."""
    with Phone(address) as phone:
        yield phone


def part(name: str, content: bytes, extra: str = "") -> bytes:
    """One part of a form."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + content + b"\r\n"


def posted(phone: Phone, *parts: bytes) -> int:
    """The status of a POST with these parts."""
    body = b"".join(parts) + b"--b--\r\n"
    return phone.request("POST", f"{phone.address}/submission", body, {"Content-Type": "multipart/form-data; boundary=b"}).status


def raw(server: Server, *pieces: bytes, pause: float = 0.0) -> bytes:
    """The response to these bytes, sent unchanged."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=300) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionResetError:
            pass
        return answer


def assert_healthy(server: Server, who: Credentials, visit: Make) -> bool:
    """An honest phone is served, and nothing of the attack was stored."""
    with Phone(f"{server.url}/key/{who.token}") as phone:
        phone.send(visit("uuid:honest"))
    return [s.instance_id for s in server.store.submissions()] == ["uuid:honest"] and server.store.check() == ()


@pytest.mark.parametrize(
    "xml",
    [
        BOMB,
        OUTSIDE,
        b'<data id="visit" version="1">' + b"<a>" * 50_000,
        b'<data id="visit" version="1" ' + b" ".join(b'a%d=""' % n for n in range(20_000)) + b">",
        "<data id='other' version='1'/>".encode("utf-16"),
        b"\xff\xfe\x00",
        b'<data id="../../x" version="1"/>',
        b'<data id="visit&#0;" version="1"/>',
    ],
    ids=["bomb", "outside entity", "deep", "attributes", "utf-16", "binary", "path", "nul"],
)
def test_malicious_xml_is_refused(tight: Server, attacker: Phone, who: Credentials, visit: Make, xml: bytes) -> None:
    """400 or 404, and the server keeps working."""
    assert posted(attacker, part("xml_submission_file", xml)) in {400, 404}
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize("name", ["../../../outside", "/etc/passwd", "a/../../b", "..", "a\\..\\b", "nul\x00.jpg", "x" * 400])
def test_file_names_with_paths_are_refused(tight: Server, attacker: Phone, who: Credentials, visit: Make, name: str) -> None:
    """400, and no file is written anywhere."""
    assert posted(attacker, part("xml_submission_file", visit()), part(name, b"evil")) == 400
    assert not any(path.name.startswith(("outside", "b")) for path in tight.store.folder.parent.rglob("*") if path.is_file())
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize(
    "path",
    [
        "/forms/1/media/../../../../../../etc/passwd",
        "/forms/1/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/forms/1/media/..%5c..%5cstore.sqlite",
        "/forms/1/media//etc/passwd",
        "/forms/1/../../store.sqlite",
        "/forms/99999999999999999999999.xml",
        "/forms/-1.xml",
        "/forms/1.xml%00",
        "/entities/..%2f..%2f/integrity",
        "/fill/..%2f..%2fetc%2fpasswd",
        "/sent/0.xml",
        "/sent/99999999999999999999999.xml",
        f"/sent/{'1' * 5000}.xml",
        f"/forms/{'1' * 5000}.xml",
        f"/forms/{'1' * 5000}/media/a.jpg",
        f"/fill/visit?edit={'1' * 5000}",
        "/fill/visit?edit=%C2%B2",
        "/webform/..%2f..%2fpage.py",
        "/fill/visit?edit=",
    ],
    ids=lambda path: path[:40],
)
def test_addresses_outside_the_routes_are_not_found(attacker: Phone, path: str) -> None:
    """404."""
    assert attacker.request("GET", attacker.address + path).status in {400, 404}


def test_a_gigabyte_is_refused_before_it_is_read(tight: Server, who: Credentials, visit: Make) -> None:
    """413 by its declared length, and the connection is closed."""
    head = f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
    kind = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1073741824\r\n\r\n"
    assert raw(tight, (head + kind).encode()).startswith(b"HTTP/1.1 413")
    assert assert_healthy(tight, who, visit)


def test_gigabyte_without_a_length_is_stopped_at_the_limit(tight: Server, who: Credentials, visit: Make) -> None:
    """413 when the limit is reached; the received bytes are discarded."""
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
    ).encode()
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    first = part("a.jpg", b"")[:-2]
    answer = raw(tight, head, b"%x\r\n%s\r\n" % (len(first), first), *[chunk] * 40)
    assert answer.startswith(b"HTTP/1.1 413")
    assert list((tight.store.folder / "incoming").iterdir()) == []
    assert assert_healthy(tight, who, visit)


def test_oversized_xml_is_refused(attacker: Phone) -> None:
    """413: answers are small, photos come in separate parts."""
    assert posted(attacker, part("xml_submission_file", b"x" * 300_000)) == 413


def test_stalled_body_times_out(tight: Server, who: Credentials, visit: Make) -> None:
    """408 after a timeout, and the connection is closed."""
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b"
    )
    assert raw(tight, head.encode()).startswith(b"HTTP/1.1 408")
    assert assert_healthy(tight, who, visit)


def test_slow_body_times_out(tight: Server, who: Credentials, visit: Make) -> None:
    """408 as well: it never pauses, but would never end."""
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b"
    )
    with socket.create_connection(("127.0.0.1", tight.port), timeout=0.1) as connection:
        connection.sendall(head.encode())
        for _ in range(3_000):
            with suppress(TimeoutError):
                answer = connection.recv(65536)
                break
            connection.sendall(b"x")
        else:
            pytest.fail("it may go on for ever")
    assert answer.startswith(b"HTTP/1.1 408")
    assert assert_healthy(tight, who, visit)


def test_slow_headers_close_the_connection(monkeypatch: pytest.MonkeyPatch, tight: Server, who: Credentials, visit: Make) -> None:
    """The connection is closed, however slowly the headers arrive; also between two requests."""
    monkeypatch.setattr(BoundedProtocol, "headers_within", 0.3)
    assert raw(tight, b"") == b""
    raw(tight, b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 30, pause=0.05)
    assert raw(tight, b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 404")
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize(
    "flood",
    [
        b"".join(b"X-%d: y\r\n" % n for n in range(20_000)),
        b"X-Long: " + b"y" * 1_000_000 + b"\r\n",
        b"Cookie: " + b"; ".join(b"a%d=b" % n for n in range(50_000)) + b"\r\n",
    ],
    ids=["many", "long", "cookies"],
)
def test_too_many_headers_are_refused(tight: Server, who: Credentials, visit: Make, flood: bytes) -> None:
    """400 or 431, or the connection is closed."""
    answer = raw(tight, b"GET /formList HTTP/1.1\r\nHost: x\r\n" + flood + b"\r\n")
    assert answer == b"" or answer.split(b" ")[1] in {b"400", b"431"}
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize("before", [b"", b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["alone", "after another"])
@pytest.mark.parametrize(
    "headers",
    [b"X-Long: " + b"y" * 40_000 + b"\r\n", b"".join(b"X-%d: y\r\n" % n for n in range(5_000)), b"X: y\r\n" * 30_000],
    ids=["one", "many", "very many"],
)
def test_oversized_headers_are_refused_in_one_read(tight: Server, headers: bytes, before: bytes) -> None:
    """Headers that arrive at once are complete when first parsed; the limit applies all the same."""
    answer = raw(tight, before + b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + b"\r\n")
    assert answer == b"" or answer.rpartition(b"HTTP/1.1 ")[2][:3] in {b"400", b"431"}


@pytest.mark.parametrize("pieces", [1, 7])
@pytest.mark.parametrize(("size", "status"), [(HEADERS_SIZE - 200, b"404"), (HEADERS_SIZE, b"400")])
def test_headers_of_the_maximum_size_are_accepted(tight: Server, size: int, status: bytes, pieces: int) -> None:
    """In one read or several."""
    asked = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: " + b"y" * size + b"\r\n\r\n"
    step = -(-len(asked) // pieces)
    answer = raw(tight, *(asked[start : start + step] for start in range(0, len(asked), step)), pause=0.01)
    assert answer.split(b" ")[1] == status


def test_trailers_are_ignored(tight: Server, who: Credentials, visit: Make) -> None:
    """What follows a chunked body does not sign anybody in, and the next request on the connection is read."""
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
    ).encode()
    body = part("xml_submission_file", visit("uuid:honest")) + b"--b--\r\n"
    trailers = b"".join(b"X-%d: y\r\n" % n for n in range(100)) + b"Host: y\r\n"
    following = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = raw(tight, head + b"%x\r\n%s\r\n0\r\n" % (len(body), body) + trailers + b"\r\n" + following)
    assert [each[:3] for each in answer.split(b"HTTP/1.1 ")[1:]] == [b"201", b"404"]
    assert assert_healthy(tight, who, visit)


def test_longest_authorization_header_does_not_block_the_server(tight: Server, who: Credentials, visit: Make) -> None:
    """It is parsed before the sender is known, while other requests wait: this must take no time."""
    asked = b"GET /formList HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\nConnection: close\r\n"
    before = time.process_time()
    assert raw(tight, asked + b"Authorization: Digest " + b"a" * 31_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 401")
    assert time.process_time() - before < 2
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize(
    "headers",
    [
        b"Transfer-Encoding: chunked\r\nContent-Length: 4",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Content-Length: 4\r\nContent-Length: 4",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        b"Transfer-Encoding: xchunked",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding:\r\n chunked",
        b"X-Folded: a\r\n b\r\nContent-Length: 4",
        b"X-Bare: a\rTransfer-Encoding: chunked\r\nContent-Length: 4",
    ],
)
def test_a_length_that_a_proxy_could_read_otherwise_is_refused(tight: Server, who: Credentials, headers: bytes) -> None:
    """And the connection is closed, so that what follows is not taken for another request."""
    request = f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: town\r\nX-OpenRosa-Version: 1.0\r\n".encode() + headers
    hidden = f"\r\n\r\n0\r\n\r\nGET /key/{who.token}/formList HTTP/1.1\r\nHost: town\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", tight.port), timeout=60) as line:
        line.sendall(request + hidden)
        answer = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert answer.startswith(b"HTTP/1.1 400") and answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    "length",
    [
        b"Content-Length: -1",
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: x",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    ],
)
def test_invalid_content_lengths_are_refused(tight: Server, who: Credentials, visit: Make, length: bytes) -> None:
    """No request is smuggled inside another."""
    head = f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n".encode()
    answer = raw(tight, head + length + b"\r\n\r\nhello" + b"GET /formList HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"HTTP/1.1 20" not in answer
    assert assert_healthy(tight, who, visit)


@pytest.mark.parametrize(
    "parts",
    [
        [part(f"{n}.jpg", b"") for n in range(2000)],
        [part("a", b"", "; " + "x" * 100_000)],
        [b"--b\r\n" + b"X: y\r\n" * 5000 + b"\r\n\r\n"],
        [b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n"],
        [b"--b\r\nContent-Disposition: form-data; name=\xff\xfe\r\n\r\nx\r\n"],
        [b"--bx" * 100_000],
    ],
    ids=["many parts", "long name", "many headers", "no name", "no text", "boundaries"],
)
def test_malformed_multipart_is_refused(
    tight: Server, attacker: Phone, who: Credentials, visit: Make, parts: list[bytes]
) -> None:
    """400, even if the other parts are valid."""
    assert posted(attacker, part("xml_submission_file", visit("uuid:evil")), *parts) == 400
    assert list((tight.store.folder / "incoming").iterdir()) == []
    assert assert_healthy(tight, who, visit)


def test_scripts_in_labels_are_escaped(tight: Server, attacker: Phone, visit_form: Make) -> None:
    """In the form list, and on the page for browsers, which runs no other script."""
    evil = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    tight.store.publish(visit_form(form_id="evil", title=evil), media={'"><script>.jpg': b""})
    listed = attacker.form_list()[-1]
    assert listed.name == "</script><script>alert(1)</script>"
    assert [file.name for file in attacker.manifest(listed)] == ['"><script>.jpg']
    answer = attacker.request("GET", f"{attacker.address}/fill/evil")
    assert answer.status == 200
    assert b"<script>alert" not in answer.body
    assert b'"><script>.jpg' not in answer.body
    assert "script-src 'self'" in answer.headers["content-security-policy"]


SCRIPTED = '<h:script xmlns:h="http://www.w3.org/1999/xhtml">document.title = "attacked"</h:script>'


@pytest.mark.slow
@pytest.mark.browser
def test_scripts_in_forms_files_and_answers_do_not_run_in_a_browser(
    tight: Server, attacker: Phone, visit_form: Make, chromium: str
) -> None:
    """The addresses show them, but nothing runs, in particular no XHTML inside XML."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "attacked"</script></svg>'
    page = b"<!doctype html><title>page</title><script>document.title = 'attacked'</script>"
    form = tight.store.publish(visit_form(form_id="evil", extra=SCRIPTED), media={"a.svg": picture, "a.html": page})
    meta = "<meta><instanceID>uuid:e</instanceID></meta>"
    attacker.send(f'<data id="evil" version="1"><village/>{SCRIPTED}{meta}</data>'.encode())
    paths = ["sent/1.xml", *(f"forms/{form.number}{what}" for what in (".xml", "/media/a.svg", "/media/a.html"))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        for path in paths:
            tab.goto(f"{attacker.address}/{path}")
            assert tab.title() != "attacked", path
        browser.close()


def test_scripts_in_submissions_are_escaped_on_the_home_page(tight: Server, visit_form: Make) -> None:
    """Titles, instance names, and the collector's own name."""
    script = "<script>alert(1)</script>"
    told = script.replace("<", "&lt;")
    tight.store.publish(visit_form(form_id="evil", title=told))
    meta = f"<meta><instanceID>uuid:e</instanceID><instanceName>{told}</instanceName></meta>"
    other = tight.store.add_collector(script)
    with Phone(f"{tight.url}/key/{other.token}") as theirs:
        theirs.send(f'<data id="evil" version="1"><village/>{meta}</data>'.encode())
        answer = theirs.request("GET", f"{theirs.address}/")
    assert answer.body.count(b"&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert b"<script" not in answer.body
    assert "script-src 'self'" in answer.headers["content-security-policy"]


# -- fuzzing all routes -----------------------------------------------------------------------------------------------

ROUTES = ["", "formList", "submission", "forms/1.xml", "forms/1/manifest", "forms/1/media/a.jpg", "entities/visit/integrity",
          "fill/visit", "sent/1.xml", "sent/1/files/a.jpg", "webform/x.js"]  # fmt: skip
SEGMENTS = ["forms", "1", "1.xml", "media", "entities", "key", "..", "", "%2e%2e", "%00", "%ff", "名", "a" * 300, "<x>", "'", '"']
HEADERS = ["X-OpenRosa-Version", "Authorization", "Content-Type", "Accept-Language", "If-None-Match", "Range", "Expect", "Host",
           "Connection", "Transfer-Encoding", "X-Forwarded-Proto", "Upgrade"]  # fmt: skip
VALUES = [
    "1.0", "multipart/form-data; boundary=b", 'Digest username="wang", nc=x', "Basic !!", "Basic d2FuZzp4", "zh", "bytes=0-1,5-2",
    "bytes=-", '"x"', "100-continue", "", "a" * 5000, "\x7f", "chunked", "close", "multipart/form-data; boundary=", "h2c",
]  # fmt: skip
SCRAPS = [
    b"--b\r\n", b"--b--\r\n", b"\r\n\r\n", b'Content-Disposition: form-data; name="xml_submission_file"\r\n', b"<data",
    b' id="visit" version="1"', b"/>", b"<meta><instanceID>", b"</instanceID></meta></data>", b"\x00\xff", b"x" * 70_000,
]  # fmt: skip
PATHS = st.one_of(
    st.sampled_from(ROUTES), st.sampled_from(ROUTES), st.lists(st.sampled_from(SEGMENTS + ROUTES), max_size=5).map("/".join)
)
KNOWN = {"X-OpenRosa-Version": "1.0", "Content-Type": "multipart/form-data; boundary=b"}


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, visit_form: Make) -> Iterator[tuple[Server, str]]:
    """A server for the fuzzer, and its collector's token."""
    store = Store(tmp_path_factory.mktemp("fuzz") / "town")
    store.publish(visit_form())
    who = store.add_collector("wang")
    with serve(store, port=0, language="en", limits=UploadLimits(upload=1_000_000, xml=100_000, stillness=1)) as server:
        yield server, who.token
    store.close()


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    method=st.one_of(
        st.just("GET"), st.just("POST"), st.sampled_from(["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"])
    ),
    path=PATHS,
    with_token=st.integers(0, 3).map(bool),
    query=st.sampled_from(["", "?deviceID=%00", "?formID=visit", "?id=" + "a," * 500, "?edit=1", "?lang=<script>", "?%"]),
    headers=st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(VALUES), max_size=4).map(lambda given: KNOWN | given),
    body=st.lists(st.sampled_from(SCRAPS), max_size=8).map(b"".join),
)
def test_no_request_causes_an_internal_error(
    fuzzed: tuple[Server, str], *, method: str, path: str, query: str, headers: dict[str, str], body: bytes, with_token: bool
) -> None:
    """The response to any request is never an internal error."""
    server, token = fuzzed
    target = ("/key/" + token if with_token else "") + "/" + path + query
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in {"Host": "x", **headers}.items())]
    lines += [] if "Transfer-Encoding" in headers else [f"Content-Length: {len(body)}"]
    answer = raw_with_end(server, "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)
    assert answer == b"" or answer.split(b" ", 2)[1][:1] in {b"2", b"3", b"4"}, answer[:200]


def raw_with_end(server: Server, sent: bytes) -> bytes:
    """The response, after which the client closes its side."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=300) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        except (ConnectionError, OSError):
            return b""
        return answer


def test_server_works_after_the_attacks(fuzzed: tuple[Server, str], visit: Make) -> None:
    """After random bytes, an honest phone is served."""
    server, token = fuzzed
    for seed in range(50):
        raw_with_end(server, random.Random(seed).randbytes(500) + b"\r\n\r\n")
    with Phone(f"{server.url}/key/{token}") as phone:
        try:
            phone.send(visit("uuid:honest"))
        except http.client.HTTPException as broken:  # pragma: no cover
            pytest.fail(str(broken))
    assert server.store.check() == ()

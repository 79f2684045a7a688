"""Uploads designed to exhaust memory or time: limits hold, and other phones are answered meanwhile."""

import os
import socket
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from liuwen.openrosa import envelope
from liuwen.server import Server, phone_routes
from liuwen.server.upload import Upload, UploadLimits
from liuwen.store import Credentials, Store, kept_submissions
from liuwen.store.files import Files, MemoryRoom
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]
GUARD = 120.0
"""Timeout in seconds for tests that could hang."""

SERVING = """
import sys
from liuwen.server import serve
from liuwen.store import Store
with serve(Store(sys.argv[1]), port=0) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""


def part(name: str, content: bytes) -> bytes:
    """A part of a form."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"


def large(instance: str = "uuid:large", name: str = "Hubin 7") -> bytes:
    """A submission of 9.8 MB that consists of empty elements."""
    meta = f"<meta><instanceID>{instance}</instanceID><instanceName>{name}</instanceName></meta>"
    return b'<data id="visit" version="1">' + b"<a/>" * 2_450_000 + meta.encode() + b"</data>"


def open_upload(port: int, token: str, parts: int, size: int) -> socket.socket:
    """An unfinished upload whose parts have all arrived."""
    body = b"".join(part(f"{number}.bin", os.urandom(16) + bytes(size - 16)) for number in range(parts))
    head = (
        f"POST /key/{token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body) + 100}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", port), timeout=GUARD)
    connection.sendall(head.encode() + body)
    return connection


def peak_of(process: int) -> int:
    """Peak memory of a process, in bytes."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0]) * 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what another process takes")
def test_ten_open_uploads_of_480_parts_take_little_memory(store: Store, who: Credentials, visit: Make) -> None:
    """Nor many open files, though each part is too small to go to disk by itself."""
    store.close()
    command = [sys.executable, "-c", SERVING, str(store.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process, ExitStack() as held:
        assert process.stdout is not None and process.stdin is not None
        port = int(process.stdout.readline())
        address = f"http://127.0.0.1:{port}/key/{who.token}"
        with Phone(address) as phone:
            phone.send(visit())
        before = peak_of(process.pid)
        for _ in range(10):
            held.enter_context(open_upload(port, who.token, 480, 60_000))
        with Phone(address) as phone:
            phone.send(visit("uuid:other"), {"a.jpg": b"jpeg" * 1000})
        assert peak_of(process.pid) - before < 120 * 1024 * 1024
        process.stdin.close()
        process.wait(GUARD)


def test_uploads_share_one_memory_limit(tmp_path: Path) -> None:
    """Excess parts go to disk, stay complete, and release the memory afterwards."""
    files = Files(tmp_path)
    files.prepare()
    files.memory = MemoryRoom(1_000_000)
    tracemalloc.start()
    uploads = [Upload(files, UploadLimits()) for _ in range(10)]
    for upload in uploads:
        for number in range(48):
            sink = upload.open(f"{number}.bin")
            for _ in range(4):
                sink.write(bytes([number]) * 25_000)
            sink.close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000
    uploads[9].keep()
    assert len(uploads[9].kept) == 48
    assert all(files.path(kept.sha256).stat().st_size == 100_000 for kept in uploads[9].kept.values())
    for upload in uploads:
        upload.discard()
    assert list(files.incoming.iterdir()) == []
    assert files.memory.take(1_000_000)


def test_other_phones_are_answered_while_a_large_submission_is_parsed(
    server: Server, who: Credentials, visit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is parsed outside the event loop, in its turn; another phone is fully served meanwhile."""
    begun, may_end = threading.Event(), threading.Event()
    read = envelope.read_envelope
    threads: list[str] = []

    def slowly(xml: bytes) -> envelope.Envelope:
        if len(xml) > 1_000_000:
            threads.append(threading.current_thread().name)
            begun.set()
            assert may_end.wait(GUARD)
        return read(xml)

    monkeypatch.setattr(phone_routes, "read_envelope", slowly)
    xml = b'<data id="visit" version="1">' + b"<a/>" * 400_000 + b"<meta><instanceID>uuid:%s</instanceID></meta></data>"

    def send(name: bytes) -> None:
        with Phone(f"{server.url}/key/{who.token}") as phone:
            phone.send(xml % name)

    sending = [threading.Thread(target=send, args=(name,)) for name in (b"a", b"b", b"c", b"d", b"e", b"f", b"g", b"h")]
    for thread in sending:
        thread.start()
    assert begun.wait(GUARD)
    with Phone(f"{server.url}/key/{who.token}") as phone:
        assert phone.fetch(phone.form_list()[0])
        phone.send(visit(), {"a.jpg": b"jpeg" * 100_000})
        assert b"<main" in phone.request("GET", f"{phone.address}/").body
        assert phone.request("GET", f"{phone.address}/fill/visit?edit={keeping_of(server.store).last_number()}").status == 200
    assert [s.instance_id for s in server.store.submissions()] == ["uuid:one"]
    assert len(threads) * len(xml) <= UploadLimits().xml and "liuwen-server" not in threads
    may_end.set()
    for thread in sending:
        thread.join(GUARD)
    assert server.store.count() == 9


@pytest.mark.slow
def test_large_submission_is_received_while_others_are_served(server: Server, who: Credentials, visit: Make) -> None:
    """Other requests are served meanwhile; the page that lists it parses no XML."""
    over = threading.Event()

    def send() -> None:
        with Phone(f"{server.url}/key/{who.token}") as phone:
            phone.send(large())
            over.set()

    sending = threading.Thread(target=send)
    sending.start()
    answered = 0
    with Phone(f"{server.url}/key/{who.token}") as phone:
        while not over.is_set():
            phone.send(visit(f"uuid:{answered}"))
            answered += 1
        sending.join(GUARD)
        assert answered >= 3
        html = phone.request("GET", f"{phone.address}/").body.decode()
    assert "Hubin 7" in html


def test_home_page_parses_no_xml(server: Server, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instance names are stored on arrival, at most 200 characters."""
    name = "湖滨村 " * 100
    meta = f"<meta><instanceID>uuid:n</instanceID><instanceName> {name}</instanceName></meta>"
    phone.send(f'<data id="visit" version="1"><village/>{meta}</data>'.encode())

    def parsed(*_: object) -> str:
        raise AssertionError("parsed")

    monkeypatch.setattr(kept_submissions, "instance_name", parsed)
    monkeypatch.setattr(envelope, "parse", parsed)
    html = phone.request("GET", f"{phone.address}/").body.decode()
    assert name.strip()[:200] in html and name.strip()[:210] not in html


def test_instance_names_of_an_older_store_are_read_once(server: Server, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """When first listed, outside the event loop, and stored then."""
    for number in range(3):
        meta = f"<meta><instanceID>uuid:{number}</instanceID><instanceName>Visit {number}</instanceName></meta>"
        phone.send(f'<data id="visit" version="1"><village/>{meta}</data>'.encode())
    keeping_of(server.store).write(lambda c: c.execute("UPDATE submissions SET instance_name = NULL"))
    read = kept_submissions.instance_name
    threads: list[str] = []

    def noting(xml: bytes) -> str:
        threads.append(threading.current_thread().name)
        return read(xml)

    monkeypatch.setattr(kept_submissions, "instance_name", noting)
    for _ in range(2):
        html = phone.request("GET", f"{phone.address}/").body.decode()
        assert all(f"Visit {number}" in html for number in range(3))
        keeping_of(server.store).write(lambda _: None)
    assert len(threads) == 3 and "liuwen-server" not in threads


def test_waiting_xml_is_on_disk(server: Server, who: Credentials) -> None:
    """Only small XML is held in memory; interrupted uploads are discarded."""
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n"
    )
    incoming = server.store.folder / "incoming"
    with socket.create_connection(("127.0.0.1", server.port), timeout=GUARD) as connection:
        connection.sendall(head.encode() + part("xml_submission_file", b"<a/>" * 1_000_000))
        with Phone(f"{server.url}/key/{who.token}") as phone:
            for _ in range(int(GUARD * 20)):
                if sum(path.stat().st_size for path in incoming.iterdir()) > 3_900_000:
                    break
                assert phone.form_list()
            else:
                pytest.fail("it is held in memory")
    with Phone(f"{server.url}/key/{who.token}") as phone:
        for _ in range(int(GUARD * 20)):
            if not list(incoming.iterdir()):
                break
            assert phone.form_list()
    assert list(incoming.iterdir()) == []

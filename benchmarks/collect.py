"""How fast and how steadily a store takes in what phones send, on disk before each answer.

Run with `python benchmarks/collect.py [--beside ADDRESS] [--many]`. `ADDRESS` is a collector's address on another OpenRosa
server that has the same forms (`bench-0` to `bench-99`) and an entity list `households` of 100,000: it is then asked the same
by the same client in the same run, round about. `--many` sends a million small submissions and prints the server's memory and
the size of its database on the way.

Each is measured beside what no server can do without: one SQLite insert with a sync for each submission, one write with a sync
for each photo; photos also beside a program that only receives them over loopback and writes each with a sync. The client is as
lean as can be (bytes made beforehand, one selector), so that the servers' time is what is measured; the server's CPU time is
read from the system.
"""

import argparse
import os
import re
import selectors
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from urllib.parse import urlsplit

from liuwen.server import serve
from liuwen.store import Store

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Bench {n}</h:title><model>
<instance><data id="bench-{n}" version="1"><household/><words/><meta><instanceID/></meta></data></instance>{extra}
<bind nodeset="/data/household" type="string"/><bind nodeset="/data/words" type="string"/></model></h:head>
<h:body><input ref="/data/household"><label>h</label></input><input ref="/data/words"><label>w</label></input></h:body>
</h:html>"""
LIST = '<instance id="households" src="jr://file-csv/households.csv"/>'
HOUSEHOLDS = 100_000
ROUNDS = 3
SUBMISSIONS = {1: 200, 4: 400, 16: 800, 64: 1600}
"""How many are sent a round, by the number of phones."""
PHOTOS = {1: 40, 8: 160}
PHOTO = 1_000_000
Bare = Callable[[], tuple[float, list[float]]]
BOUNDARY = "c0ffee00-1234-4abc-8def-0123456789ab"
"""As long as those of phones."""


class Line:
    """One phone's connection, and as little else as possible."""

    def __init__(self, address: str) -> None:
        url = urlsplit(address)
        self.path, self.host = url.path, url.netloc
        self.socket = socket.create_connection((url.hostname, url.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and body of the answer."""
        self.socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        if length is None and b"chunked" in head.lower():
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
        while length is not None and len(body) < int(length[1]):
            body += self._more()
        return int(head.split(b" ", 2)[1]), body

    def _more(self) -> bytes:
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError
        return chunk

    def get(self, path: str) -> bytes:
        """A request for something below the address."""
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nX-OpenRosa-Version: 1.0\r\n\r\n".encode()

    def submission(self, number: int, words: int = 750, photo: int = 0) -> bytes:
        """A POST of a new interview, by default of about 4 KB, with a photo of so many bytes."""
        answers = f"<household>{number}</household><words>{'word ' * words}</words>"
        meta = f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta>"
        body = _part("xml_submission_file", f'<data id="bench-0" version="1">{answers}{meta}</data>'.encode())
        body += _part("photo.jpg", os.urandom(photo)) if photo else b""
        body += f"--{BOUNDARY}--\r\n".encode()
        head = (
            f"POST {self.path}/submission HTTP/1.1\r\nHost: {self.host}\r\nX-OpenRosa-Version: 1.0\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def start(self, request: bytes) -> None:
        """Send a request without waiting for the response."""
        self.began, self.answer = perf_counter(), b""
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Read what has arrived; whether the response is complete."""
        self.answer += self._more()
        head, _, body = self.answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")


def _part(name: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


def sent(address: str, phones: int, count: int, **options: int) -> tuple[float, list[float]]:
    """Submissions a second from so many phones at once, and the seconds that each took."""
    took: list[float] = []
    lines = [Line(address) for _ in range(phones)]
    requests = iter([lines[0].submission(number, **options) for number in range(count)])
    began = perf_counter()
    with selectors.DefaultSelector() as ready:
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.start(next(requests))
        while len(took) < count:
            for line in [key.data for key, _ in ready.select() if key.data.is_answered()]:
                took.append(perf_counter() - line.began)
                if not line.answer.startswith(b"HTTP/1.1 201"):
                    raise AssertionError(line.answer[:300])
                if request := next(requests, None):
                    line.start(request)
    rate = count / (perf_counter() - began)
    for line in lines:
        line.socket.close()
    return rate, took


def fetched(address: str, path: str) -> float:
    """Seconds to fetch something, once it was fetched before."""
    line = Line(address)
    took = []
    for _ in range(4):
        began = perf_counter()
        status, _ = line.ask(line.get(path))
        took.append(perf_counter() - began)
        if status != 200:
            raise AssertionError(f"{status} for {path}")
    return median(took[1:])


def list_path(address: str) -> str:
    """Where the household list of the last form is fetched."""
    line = Line(address)
    _, forms = line.ask(line.get(f"{line.path}/formList?formID=bench-99"))
    manifest = urlsplit(re.search(rb"<manifestUrl>(.*?)</manifestUrl>", forms)[1].decode()).path  # type: ignore[index]
    _, files = line.ask(line.get(manifest))
    return urlsplit(re.search(rb"<downloadUrl>(.*?)</downloadUrl>", files)[1].decode()).path  # type: ignore[index]


def filled(folder: Path) -> tuple[Store, str]:
    """A store with 100 forms and 100,000 households, and a collector's token."""
    store = Store(folder)
    with store:
        store.entities.create_list("households", ["head", "village"])
        rows = ({"label": f"Household {n}", "head": f"Head {n}", "village": f"v{n % 12}"} for n in range(HOUSEHOLDS))
        store.entities.create("households", rows)
        for number in range(100):
            store.publish(FORM.format(n=number, extra=LIST if number == 99 else "").encode())
        return store, store.add_collector("bench").token


def bare_inserts(folder: Path) -> tuple[float, list[float]]:
    """Inserts a second of 4 KB into an SQLite database, each synced."""
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS bare (number INTEGER PRIMARY KEY, content BLOB)")
        return per_second(lambda: connection.execute("INSERT INTO bare (content) VALUES (?)", (os.urandom(4000),)), 300)


def bare_photos(folder: Path) -> tuple[float, list[float]]:
    """Files a second of the size of a photo, each synced."""
    names: Iterator[int] = iter(range(1000))

    def write() -> None:
        with (folder / f"bare-{next(names)}").open("wb") as stream:
            stream.write(photo)
            stream.flush()
            os.fsync(stream.fileno())

    photo = os.urandom(PHOTO)
    return per_second(write, 40)


def receive(folder: Path, port: int) -> None:
    """Receive photos over loopback, a thread for each connection, and write each with a sync: nothing else that a server does."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        while True:
            line, _ = listening.accept()
            threading.Thread(target=_write_received, args=(line, folder), daemon=True).start()


def _write_received(line: socket.socket, folder: Path) -> None:
    buffer, path = memoryview(bytearray(2 * PHOTO)), folder / str(uuid.uuid4())
    while count := line.recv_into(buffer):
        head = bytes(buffer[:count]).partition(b"\r\n\r\n")[0]
        size = len(head) + 4 + int(re.search(rb"Content-Length: (\d+)", head)[1])  # type: ignore[index]
        while count < size:
            count += line.recv_into(buffer[count:])
        with path.with_name(f"{path.name}-{uuid.uuid4()}").open("wb") as stream:
            stream.write(buffer[:count])
            stream.flush()
            os.fsync(stream.fileno())
        line.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")


def per_second(work: Callable[[], object], count: int) -> tuple[float, list[float]]:
    """How often it can be done in a second, and the seconds that each time took."""
    took = []
    for _ in range(count):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return count / sum(took), took


def cpu_of(process: int) -> float:
    """The CPU seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> int:
    """Resident memory in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def compare(addresses: dict[str, str], process: int, folder: Path) -> None:
    """Print what each server does, in turns, and what the disk can do."""
    for load in SUBMISSIONS.items():
        measure(addresses, process, load, partial(bare_inserts, folder))
    with started("--receive", folder) as (receiver, _):
        for load in PHOTOS.items():
            measure({**addresses, "receiver": receiver}, process, load, partial(bare_photos, folder), photo=PHOTO)
    for what in ("form list of 100 forms", f"entity list of {HOUSEHOLDS:,}"):
        for name, address in addresses.items():
            path = urlsplit(address).path + "/formList" if "form" in what else list_path(address)
            print(f"{what:30} {name:8} {fetched(address, path) * 1000:8.1f} ms")


def measure(addresses: dict[str, str], process: int, load: tuple[int, int], bare: Bare, **options: int) -> None:
    """Print the rate of each server and of the bare disk, in turns."""
    phones, count = load
    rates: dict[str, list[float]] = {name: [] for name in [*addresses, "bare"]}
    took: dict[str, list[float]] = {name: [] for name in [*addresses, "bare"]}
    cpu = 0.0
    for _ in range(ROUNDS):
        rate, each = bare()
        rates["bare"].append(rate)
        took["bare"] += each
        for name, address in addresses.items():
            before = cpu_of(process)
            rate, each = sent(address, phones, count, **options)
            cpu += cpu_of(process) - before
            rates[name].append(rate)
            took[name] += each
    what = "with photo" if options else ""
    for name, each_round in rates.items():
        p99 = quantiles(took[name], n=100)[98] * 1000
        print(f"{phones:3} phones {what} {name:8} {median(each_round):7.0f} a second   p99 {p99:6.1f} ms")
    print(f"    CPU of liuwen {1000 * cpu / ROUNDS / count:.2f} ms each", flush=True)


def steady(address: str, process: int, folder: Path) -> None:
    """Print the server's memory and the size of its database while a million small submissions come in."""
    for step in range(10):
        cpu = cpu_of(process)
        rate, _ = sent(address, 64, 100_000, words=20)
        each = 1000 * (cpu_of(process) - cpu) / 100_000
        size = sum(file.stat().st_size for file in folder.glob("store.sqlite*")) / 1e6
        total = f"{(step + 1) * 100_000:,}"
        print(
            f"after {total} submissions: {memory_of(process)} MB, {rate:.0f} a second, CPU {each:.2f} ms, {size:.0f} MB",
            flush=True,
        )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", default="")
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--serve", nargs=2)
    parser.add_argument("--receive", nargs=2)
    options = parser.parse_args()
    if options.serve:
        serve(Store(options.serve[0]), port=int(options.serve[1]), block=True)
    elif options.receive:
        receive(Path(options.receive[0]), int(options.receive[1]))
    else:
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    print(f"load average {os.getloadavg()[0]:.1f} before the run")
    with tempfile.TemporaryDirectory() as folder:
        store, token = filled(Path(folder) / "town")
        store.close()
        with started("--serve", store.folder) as (server, process):
            address = f"{server}/key/{token}"
            if options.many:
                steady(address, process, store.folder)
            else:
                others = {"other": options.beside} if options.beside else {}
                compare({"liuwen": address, **others}, process, Path(folder))


@contextmanager
def started(mode: str, folder: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a server of this file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, mode, str(folder), str(port)])
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)


if __name__ == "__main__":
    main()

"""How fast and how steadily a store takes in what phones send, on disk before each answer.

Run with `python benchmarks/collect.py [--beside ADDRESS] [--many]`. `ADDRESS` is a collector's address on another OpenRosa
server that has the same forms (`bench-0` to `bench-99`) and an entity list `households` of 100,000: it is then asked the same
by the same client in the same run, round about. `--many` sends 100,000 submissions and prints the server's memory on the way.

The client is as lean as can be (bytes made beforehand, one thread a phone), so that the servers' time is what is measured.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import uuid
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
SUBMISSIONS = {1: 100, 4: 200, 16: 320}
"""How many are sent a round, by the number of phones."""


class Line:
    """One phone's connection, and as little else as possible."""

    def __init__(self, address: str) -> None:
        url = urlsplit(address)
        self.path, self.host = url.path, url.netloc
        self._socket = socket.create_connection((url.hostname, url.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and body of the answer."""
        self._socket.sendall(request)
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
        chunk = self._socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError
        return chunk

    def get(self, path: str) -> bytes:
        """A request for something below the address."""
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nX-OpenRosa-Version: 1.0\r\n\r\n".encode()

    def submission(self, number: int) -> bytes:
        """A POST of a new interview of about 4 KB."""
        answers = f"<household>{number}</household><words>{'word ' * 750}</words>"
        meta = f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta>"
        body = (
            '--b\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r\n'
            f'Content-Type: text/xml\r\n\r\n<data id="bench-0" version="1">{answers}{meta}</data>\r\n--b--\r\n'
        )
        return (
            f"POST {self.path}/submission HTTP/1.1\r\nHost: {self.host}\r\nX-OpenRosa-Version: 1.0\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def sent(address: str, phones: int, count: int) -> tuple[float, list[float]]:
    """Submissions a second from so many phones at once, and the seconds that each took."""
    took: list[float] = []

    def phone(start: threading.Barrier) -> None:
        line = Line(address)
        requests = [line.submission(number) for number in range(count // phones)]
        start.wait()
        for request in requests:
            began = perf_counter()
            status, body = line.ask(request)
            took.append(perf_counter() - began)
            if status != 201:
                raise AssertionError(f"{status} {body[:200]!r}")

    barrier = threading.Barrier(phones + 1)
    threads = [threading.Thread(target=phone, args=(barrier,), daemon=True) for _ in range(phones)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = perf_counter()
    for thread in threads:
        thread.join()
    if len(took) != count // phones * phones:
        raise AssertionError("a phone gave up")
    return count / (perf_counter() - began), took


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


def memory_of(process: int) -> int:
    """Resident memory in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def compare(addresses: dict[str, str]) -> None:
    """Print what each server does, in turns."""
    for phones, count in SUBMISSIONS.items():
        rates: dict[str, list[float]] = {name: [] for name in addresses}
        took: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(ROUNDS):
            for name, address in addresses.items():
                rate, each = sent(address, phones, count)
                rates[name].append(rate)
                took[name] += each
        for name in addresses:
            p99 = quantiles(took[name], n=100)[98] * 1000
            print(f"{phones:3} phones  {name:8} {median(rates[name]):7.0f} a second   p99 {p99:6.1f} ms")
    for what in ("form list of 100 forms", f"entity list of {HOUSEHOLDS:,}"):
        for name, address in addresses.items():
            path = urlsplit(address).path + "/formList" if "form" in what else list_path(address)
            print(f"{what:30} {name:8} {fetched(address, path) * 1000:8.1f} ms")


def steady(address: str, process: int) -> None:
    """Print the server's memory while 100,000 submissions come in."""
    for step in range(10):
        rate, _ = sent(address, 8, 10_000)
        print(f"after {(step + 1) * 10_000:7,} submissions: {memory_of(process)} MB, {rate:.0f} a second")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", default="")
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--serve", nargs=2)
    options = parser.parse_args()
    if options.serve:
        serve(Store(options.serve[0]), port=int(options.serve[1]), block=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        store, token = filled(Path(folder) / "town")
        store.close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([sys.executable, __file__, "--serve", str(store.folder), str(port)])
        address = f"http://127.0.0.1:{port}/key/{token}"
        try:
            wait_for(port)
            if options.many:
                steady(address, server.pid)
            else:
                compare({"liuwen": address, **({"other": options.beside} if options.beside else {})})
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)


if __name__ == "__main__":
    print(f"load average {os.getloadavg()[0]:.1f} before the run")
    main()

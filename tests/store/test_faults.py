"""Failures in the field: power cuts, full disks, broken connections, many phones at once. All with real processes."""

import http.client
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.server import Server, serve
from liuwen.store import Credentials, Store
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]

KILLS = int(os.environ.get("LIUWEN_KILLS", "20"))
"""How often the server is killed; 200 kills have been run without loss."""


class Process:
    """A server in its own process, which can be killed and restarted at once."""

    def __init__(self, folder: Path, parent: "subprocess.Popen[str]") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder, self._parent = folder, parent
        self.child = 0

    def start(self) -> None:
        """Serves from the moment this returns."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{self.port} {self._folder}\n")
        self._parent.stdin.flush()
        self.child = int(self._parent.stdout.readline())
        until = time.monotonic() + 600
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.005)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """Kill it as a power cut would; the process is gone when this returns."""
        with suppress(ProcessLookupError):
            while True:
                os.kill(self.child, signal.SIGKILL)
                time.sleep(0.001)


@pytest.fixture(scope="module")
def parent() -> Iterator["subprocess.Popen[str]"]:
    """The process that forks servers."""
    script = Path(__file__).with_name("forking_server.py")
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield parent


@pytest.fixture
def process(store: Store, who: Credentials, parent: "subprocess.Popen[str]") -> Iterator[Process]:
    """The store, served by another process."""
    process = Process(store.folder, parent)
    process.start()
    yield process
    process.kill()


def send_until_accepted(process: Process, token: str, xml: bytes, files: dict[str, bytes]) -> None:
    """Send as a phone that gets no response: again, until it does."""
    while True:
        with Phone(f"{process.url}/key/{token}") as phone:
            try:
                phone.send(xml, files)
            except (OSError, http.client.HTTPException):
                time.sleep(0.002)
            else:
                return


def wait_for_more(answered: dict[str, tuple[bytes, bytes]]) -> None:
    before, until = len(answered), time.monotonic() + 600
    while len(answered) == before and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.slow
def test_server_killed_repeatedly_under_load_loses_nothing(process: Process, store: Store, who: Credentials, visit: Make) -> None:
    """Every submission answered with 201 is stored afterwards: complete, once, with its photo."""
    answered: dict[str, tuple[bytes, bytes]] = {}
    over = threading.Event()

    def collect(visitor: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            instance, photo = f"uuid:{visitor}-{number}", random.Random(visitor * 10**6 + number).randbytes(2000)
            xml = visit(instance, "x" * 500, photo="p.jpg")
            send_until_accepted(process, who.token, xml, {"p.jpg": photo})
            answered[instance] = (xml, photo)

    chance = random.Random(6)
    with ThreadPoolExecutor(4) as phones:
        for visitor in range(4):
            phones.submit(collect, visitor)
        try:
            for kill in range(KILLS):
                time.sleep(chance.uniform(0.0, 0.15))
                process.kill()
                process.start()
                if kill % 3 == 0:  # on a busy machine a server may be killed before it accepts anything
                    wait_for_more(answered)
        finally:
            over.set()
    process.kill()

    kept = {s.instance_id: s.xml for s in store.submissions()}
    assert len(answered) > KILLS / 4
    assert len(list(store.submissions())) == len(kept)
    assert {instance for instance in answered if kept.get(instance) != answered[instance][0]} == set()
    assert all(store.attachments("visit", i)["p.jpg"].read_bytes() == photo for i, (_, photo) in answered.items())
    assert store.check() == ()


def test_a_second_server_on_the_store_is_refused(process: Process, store: Store) -> None:
    """One sentence names the first server, which keeps running."""
    code = "import sys; from liuwen.server import serve; from liuwen.store import Store; serve(Store(sys.argv[1]), port=0)"
    environment = {**os.environ, "LC_ALL": "C"}
    second = subprocess.run(
        [sys.executable, "-c", code, str(store.folder)], capture_output=True, text=True, check=False, env=environment
    )
    assert second.returncode != 0
    assert f"Another program (process {process.child}) is writing" in second.stderr
    with Phone(process.url) as phone:
        assert phone.request("GET", f"{process.url}/formList").status == 401


def test_file_size_limit(process: Process, store: Store, who: Credentials, visit: Make) -> None:
    """507 and nothing stored partially; when there is space again it continues without a restart."""
    unlimited = resource.prlimit(process.child, resource.RLIMIT_FSIZE)
    resource.prlimit(process.child, resource.RLIMIT_FSIZE, (300_000, unlimited[1]))
    answers: dict[int, int] = {}
    with Phone(f"{process.url}/key/{who.token}") as phone:

        def send(number: int) -> int:
            try:
                phone.send(visit(f"uuid:{number}", "x" * 20_000), {f"{number}.jpg": b"x" * (400_000 if number % 5 == 0 else 10)})
            except PhoneError as refused:
                return refused.status
            return 201

        answers |= {number: send(number) for number in range(30)}
        assert set(answers.values()) == {201, 507}
        assert {s.instance_id for s in store.submissions()} == {f"uuid:{n}" for n, status in answers.items() if status == 201}
        resource.prlimit(process.child, resource.RLIMIT_FSIZE, unlimited)
        assert {send(number) for number in range(30)} == {201}
    assert len(list(store.submissions())) == 30
    assert store.check() == ()
    assert list((store.folder / "incoming").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Path, "subprocess.Popen[str]"]]:
    """A file system of 6 MB visible only to one process and its children: its path there, its path for this test, and a prefix.

    The test is skipped if mounting is not permitted.
    """
    place = tmp_path / "disk"
    place.mkdir()
    own = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    mount = [*own, "sh", "-c", 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"', str(place)]
    if shutil.which("unshare") is None or subprocess.run([*mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let tests mount a small disk: a full one was tried by a file-size limit only")
    script = Path(__file__).with_name("forking_server.py")
    with subprocess.Popen([*mount, sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        reached = Path(f"/proc/{parent.pid}/root{place}")
        while reached.stat().st_dev == place.stat().st_dev:
            time.sleep(0.01)
        yield place, reached, parent


def test_full_disk(
    small_disk: tuple[Path, Path, "subprocess.Popen[str]"],
    *,
    store: Store,
    who: Credentials,
    visit_form: Make,
    visit: Make,
    tmp_path: Path,
) -> None:
    """507 for content that is not on disk, while reads work; with space again writes work, and all accepted content is
    complete.
    """
    place, reached, parent = small_disk
    store.entities.create_list("households", ["head"])
    store.publish(visit_form("list", extra='<instance id="h" src="jr://file-csv/households.csv"/>'))
    store.entities.create("households", [{"label": f"{n}" * 20, "head": "x" * 100} for n in range(3000)])
    store.close()
    shutil.copytree(store.folder, reached / "town")
    (reached / "ballast").write_bytes(b"x" * 2_000_000)
    process = Process(place / "town", parent)
    process.start()
    photos = {number: random.Random(number).randbytes((400_000, 1_000)[number % 2]) for number in range(40)}
    with Phone(f"{process.url}/key/{who.token}") as phone:

        def send(number: int) -> int:
            try:
                phone.send(visit(f"uuid:{number}", "x" * 30_000), {"a.jpg": photos[number]})
            except PhoneError as refused:
                return refused.status
            return 201

        answers = {number: send(number) for number in photos}
        assert set(answers.values()) == {201, 507}
        assert answers[39] == 507, "the disk is full to the last page"
        taken = {number for number, status in answers.items() if status == 201}
        ends = time.monotonic() + 600
        while len(photos_in(reached / "town")) > len(taken) and time.monotonic() < ends:
            time.sleep(0.05)  # a refused photo is deleted after the response
        assert_complete(reached / "town", taken, photos, tmp_path / "seen")
        visits, households = phone.form_list()
        assert phone.request("GET", visits.download_url).status == 200
        (listed,) = phone.manifest(households)
        assert phone.request("GET", listed.download_url).status == 507
        assert list((reached / "town" / "cache").iterdir()) == []
        (reached / "ballast").unlink()
        assert phone.request("GET", listed.download_url).body.count(b"\n") == 3001
        again = next(number for number in photos if number not in taken)
        assert send(again) == 201
    process.kill()
    assert_complete(reached / "town", taken | {again}, photos, tmp_path / "seen")


def photos_in(folder: Path) -> list[Path]:
    """The files in a store."""
    return [path for path in (folder / "attachments").rglob("*") if path.is_file()]


def assert_complete(folder: Path, taken: set[int], photos: dict[int, bytes], seen: Path) -> None:
    """A copy of the store contains exactly these submissions with their photos, and no other file."""
    shutil.rmtree(seen, ignore_errors=True)
    shutil.copytree(folder, seen)
    store = Store(seen)
    assert store.check() == ()
    assert {s.instance_id for s in store.submissions()} == {f"uuid:{number}" for number in taken}
    assert all(store.attachments("visit", f"uuid:{n}")["a.jpg"].read_bytes() == photos[n] for n in taken)
    assert len(photos_in(seen)) == len(taken)
    assert list((seen / "incoming").iterdir()) == []
    store.close()


def test_truncated_log_loses_only_its_end(process: Process, store: Store, who: Credentials, visit: Make, tmp_path: Path) -> None:
    """A disk that lost its last writes: the store opens, consistent, with the submissions up to the loss."""
    with Phone(f"{process.url}/key/{who.token}") as phone:
        for number in range(40):
            phone.send(visit(f"uuid:{number}", "x" * 2000))
    process.kill()
    log = (store.folder / "store.sqlite-wal").read_bytes()
    kept_at: list[int] = []
    for cut in sorted(random.Random(1).sample(range(len(log)), 12)):
        copy = tmp_path / f"cut-{cut}"
        copy.mkdir()
        shutil.copyfile(store.folder / "store.sqlite", copy / "store.sqlite")
        (copy / "store.sqlite-wal").write_bytes(log[:cut])
        try:
            opened = Store(copy)
        except StoreError:  # pragma: no cover  # the failure that this test looks for
            pytest.fail(f"cut at {cut} of {len(log)} bytes, the store does not open")
        instances = [s.instance_id for s in opened.submissions()]
        assert instances == [f"uuid:{number}" for number in range(len(instances))]
        assert opened.check() == ()
        kept_at.append(len(instances))
        opened.close()
    assert kept_at == sorted(kept_at)
    assert 0 < kept_at[-1] <= 40


def test_a_hundred_phones_with_photos_at_once(process: Process, store: Store, who: Credentials, visit: Make) -> None:
    """All are accepted, while the office reads."""
    photos = {number: random.Random(number).randbytes(300_000) for number in range(100)}

    def send(number: int) -> None:
        xml = visit(f"uuid:{number}", photo="a.jpg")
        with Phone(f"{process.url}/key/{who.token}", device=f"collect:{number}") as phone:
            phone.send(xml, {"a.jpg": photos[number], "b.jpg": photos[number][:1000]})

    with ThreadPoolExecutor(100) as phones:
        sending = [phones.submit(send, number) for number in range(100)]
        seen = [len(list(store.submissions())) for _ in range(20)]
        for one in sending:
            one.result()
    assert seen == sorted(seen)
    kept = list(store.submissions())
    assert {s.device for s in kept} == {f"collect:{number}" for number in range(100)}
    assert all(store.attachments("visit", f"uuid:{number}")["a.jpg"].read_bytes() == photo for number, photo in photos.items())


def test_clock_set_back(tmp_path: Path, visit_form: Make, visit: Make) -> None:
    """By a year, while a phone is authenticated: nothing is lost, reordered, refused or counted twice."""
    now = [1_800_000_000.0]
    store = Store(tmp_path / "town", clock=lambda: now[0])
    store.publish(visit_form())
    who = store.add_collector("wang", expires=datetime.fromtimestamp(now[0] + 3600, UTC))
    with serve(store, port=0) as server, Phone(server.url, username=who.username, password=who.password) as phone:
        phone.send(visit("uuid:a"))
        seen = keeping_of(store).last_number()
        now[0] -= 365 * 86400
        phone.send(visit("uuid:b"))
        phone.send(visit("uuid:a"))
        phone.send(visit("uuid:c", edits="uuid:a"))
        assert phone.form_list()
        with Phone(f"{server.url}/key/{store.add_token('wang')}") as another:
            another.send(visit("uuid:d"))
    assert [s.instance_id for s in store.submissions(after=seen)] == ["uuid:b", "uuid:c", "uuid:d"]
    assert [s.instance_id for s in store.submissions(current=False)] == ["uuid:a", "uuid:b", "uuid:c", "uuid:d"]
    assert store.responses("visit").table.index.tolist() == ["uuid:b", "uuid:c", "uuid:d"]
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize("seed", range(4))
def test_database_damaged_while_it_is_served(store: Store, who: Credentials, visit: Make, seed: int) -> None:
    """What is acknowledged is read again exactly, or reading says that the database is damaged; refusals say so too."""
    chance = random.Random(seed)
    accepted = {f"uuid:{number}": visit(f"uuid:{number}", "x" * 900) for number in range(40)}
    for xml in accepted.values():
        store.receive(xml)
    store.close()
    with serve(store, port=0, language="en") as server, Phone(f"{server.url}/key/{who.token}") as phone:
        for damaged in store.folder.glob("store.sqlite*[!m]"):
            with damaged.open("r+b") as stream:
                for _ in range(3):
                    stream.seek(chance.randrange(damaged.stat().st_size))
                    stream.write(chance.randbytes(2000))
        for number in range(100, 110):
            xml = visit(f"uuid:{number}", "y" * 900)
            try:
                phone.send(xml)
            except PhoneError as refused:
                assert refused.status == 500
                assert "HEAD" in str(refused) or "database is damaged" in str(refused)
            else:
                accepted[f"uuid:{number}"] = xml
    try:
        kept = {each.instance_id: each.xml for each in Store(store.folder).submissions()}
    except StoreError as told:
        assert "is damaged" in told.sentence.en
    else:
        assert kept == accepted


def test_instance_sent_over_many_connections_is_stored_once(server: Server, who: Credentials, visit: Make) -> None:
    """With the files of all connections; of two contents with one ID, one is stored and the other refused."""

    def send(number: int) -> int:
        with Phone(f"{server.url}/key/{who.token}") as phone:
            try:
                phone.send(visit("uuid:same", "a" if number % 2 else "b"), {f"{number}.jpg": bytes([number])})
            except PhoneError as refused:
                return refused.status
            return 201

    with ThreadPoolExecutor(16) as phones:
        answers = list(phones.map(send, range(32)))
    assert sorted(answers) == [201] * 16 + [409] * 16
    (kept,) = server.store.submissions()
    taken = {number for number, status in enumerate(answers) if status == 201}
    assert set(server.store.attachments("visit", "uuid:same")) == {f"{number}.jpg" for number in taken}
    assert kept.xml == visit("uuid:same", "a" if taken == set(range(1, 32, 2)) else "b")


def test_parts_may_come_in_any_order(server: Server, phone: Phone, visit: Make) -> None:
    """The last part first: the submission is the same."""
    from liuwen.testing.posts import posts

    requests = list(posts(visit(photo="7.jpg"), {f"{n}.jpg": bytes([n]) * 50 for n in range(250)}, 10**7))
    assert len(requests) == 3
    for body, boundary in reversed(requests):
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        assert phone.request("POST", f"{phone.address}/submission", body, kind).status == 201
    assert len(server.store.attachments("visit", "uuid:one")) == 250
    assert len(list(server.store.submissions())) == 1


@pytest.mark.parametrize("part", [0.01, 0.3, 0.7, 0.999])
def test_interrupted_upload_leaves_nothing(server: Server, who: Credentials, visit: Make, part: float) -> None:
    """Neither a submission nor a partial file; the same content sent again is accepted."""
    from liuwen.testing.posts import posts

    files = {"big.jpg": b"x" * 2_000_000}
    ((body, boundary),) = posts(visit(), files, 10**7)
    head = (
        f"POST /key/{who.token}/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + body[: int(len(body) * part)])
    incoming = server.store.folder / "incoming"
    until = time.monotonic() + 600
    time.sleep(0.05)
    while list(incoming.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert list(incoming.iterdir()) == []
    assert list(server.store.submissions()) == []
    with Phone(f"{server.url}/key/{who.token}") as phone:
        phone.send(visit(), files)
    assert len(list(server.store.submissions())) == 1

"""An attacker with everything that a store leaves on disk cannot match interviews to the opinions given after them."""

import json
import logging
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from liuwen.form import builder as b
from liuwen.server import serve
from liuwen.sources import StoreSource, pull
from liuwen.store import Store
from liuwen.store.anonymous.slots import FILE, Slots
from liuwen.store.connections import connect_to_read
from liuwen.testing.phone import Phone

HOUSEHOLDS = 200
VISIT = b.build_form("visit", version="1", zh="入户访谈", en="Visit", items=[b.text("village", zh="村", en="Village")])
POLL = b.build_form("poll", version="1", zh="群众测评", en="Poll", anonymous=True, items=[b.text("say", zh="意见", en="Opinion")])


@dataclass(frozen=True)
class Town:
    """What was sent, and everything left on disk: the store, a backup, a pulled folder and tables."""

    folder: Path
    store: Store
    opinions: list[str]
    """In the order of the interviews before them, which the attacker knows."""
    instances: list[str]
    logged: str


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """200 households are interviewed, and after each interview the same phone sends an opinion."""
    folder = tmp_path_factory.mktemp("town")
    store = Store(folder / "store")
    store.publish(VISIT)
    store.publish(POLL)
    words, instances, log = [f"opinion{uuid.uuid4().hex}" * random.randint(1, 90) for _ in range(HOUSEHOLDS)], [], _Log()
    logging.getLogger().addHandler(log)
    with serve(store, port=0) as server, Phone(f"{server.url}/key/{store.add_collector('Wang').token}") as phone:
        for number, word in enumerate(words):
            phone.send(_xml("visit", "village", f"household {number}", f"uuid:{uuid.uuid4()}"))
            instances.append(str(uuid.uuid4()))
            phone.send(_xml("poll", "say", word, f"uuid:{instances[-1]}"))
            if number % 10 == 0:  # the network failed before the phone received the response
                phone.send(_xml("poll", "say", word, f"uuid:{instances[-1]}"))
        store.copy_to(folder / "running")
        _copy(store.folder, folder / "taken while running")
        logging.getLogger().removeHandler(log)
    store.copy_to(folder / "backup")
    pull(StoreSource(store), "poll", folder / "pulled")
    responses = store.responses("poll")
    responses.to_parquet(folder / "tables")
    responses.table.to_csv(folder / "table.csv")
    yield Town(folder, store, words, instances, log.text)
    store.close()


def _xml(form: str, question: str, answer: str, instance: str) -> bytes:
    body = f"<{question}>{answer}</{question}><meta><instanceID>{instance}</instanceID></meta>"
    return f'<data id="{form}" version="1">{body}</data>'.encode()


def _copy(source: Path, target: Path) -> None:
    """Copies file by file, in whatever state it is."""
    for path in source.rglob("*"):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())


class _Log(logging.Handler):
    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += record.getMessage()


def assert_no_better_than_chance(found: Sequence[str], town: Town) -> None:
    """The order of the opinions must be independent of the order of the interviews.

    By chance one of 200 is in its own place, at any offset, and the rank correlation is 0 with a standard deviation of 0.07:
    nine matches, or 0.3, occur by chance less than once in 10,000 times.
    """
    assert sorted(found) == sorted(town.opinions), "every opinion is there, once"
    place = {opinion: number for number, opinion in enumerate(town.opinions)}
    ranks = [place[opinion] for opinion in found]
    assert abs(np.corrcoef(ranks, range(HOUSEHOLDS))[0, 1]) < 0.3
    for order in (ranks, ranks[::-1]):
        assert sum(rank == number for number, rank in enumerate(order)) < 9
    follows = sum(later == earlier + 1 for earlier, later in pairwise(ranks))
    assert follows < 9, "nor do neighbours stay neighbours"


def _said(xmls: Iterable[bytes]) -> list[str]:
    return [xml.decode().partition("<say>")[2].partition("</say>")[0] for xml in xmls]


@pytest.mark.slow
def test_reading_order_reveals_nothing(town: Town) -> None:
    """Submissions, tables, Parquet and CSV."""
    assert_no_better_than_chance(_said(kept.xml for kept in town.store.submissions("poll")), town)
    for table in (
        town.store.responses("poll").table,
        pd.read_parquet(town.folder / "tables" / "submissions.parquet"),
        pd.read_csv(town.folder / "table.csv"),
    ):
        assert_no_better_than_chance(list(table["say"]), town)


@pytest.mark.slow
@pytest.mark.parametrize("copy", ["store", "running", "taken while running", "backup"])
def test_position_in_files_reveals_nothing(town: Town, copy: str) -> None:
    """Rows, slots and raw bytes, in the store itself, while it ran, and in its backups."""
    path = town.folder / copy / FILE
    raw = path.read_bytes()
    with closing(connect_to_read(path)) as connection:
        slots = Slots(connection, "main")
        records = dict(slots.items())
        query = "SELECT token FROM places WHERE token NOT IN (zeroblob(16), ?) ORDER BY number"
        by_row = [bytes(token) for (token,) in connection.execute(query, (b"\xff" * 16,))]
    for tokens in (list(records), by_row, sorted(records, key=lambda token: raw.index(records[token][:900]))):
        assert_no_better_than_chance([_opinion(records[token]) for token in tokens], town)
    assert all(raw.count(record[:900]) == 1 for record in records.values()), "no older copy is left in the file"


def _opinion(record: bytes) -> str:
    import base64
    import zlib

    return _said([base64.b64decode(json.loads(zlib.decompress(record))["xml"])])[0]


@pytest.mark.slow
def test_opinions_are_in_no_other_file(town: Town) -> None:
    """Its instance ID is in no file; the opinion is not among the interviews, in their log or in free pages."""
    tokens = [token for token, _ in _records(town.store.folder / FILE)]
    files = [path for path in town.folder.rglob("*") if path.is_file()]
    assert any(path.name == "store.sqlite-wal" and path.stat().st_size for path in files), "the log was taken too"
    for path in files:
        raw = path.read_bytes()
        for instance in town.instances:
            named = (
                instance.encode(),
                instance.encode("utf-16-le"),
                instance.replace("-", "").encode(),
                uuid.UUID(instance).bytes,
            )
            assert not any(name in raw for name in named), path
        if path.name.startswith("store.sqlite"):
            assert not any(opinion[:39].encode() in raw for opinion in town.opinions), path
            assert not any(token in raw or str(uuid.UUID(bytes=token)).encode() in raw for token in tokens), path
    assert not any(instance in town.logged for instance in town.instances)


def _records(path: Path) -> list[tuple[bytes, bytes]]:
    with closing(connect_to_read(path)) as connection:
        return Slots(connection, "main").items()


@pytest.mark.slow
def test_numbers_and_times_reveal_nothing(town: Town) -> None:
    """Interviews are numbered without gaps, in all tables; of opinions only the day is known."""
    assert [kept.number for kept in town.store.submissions("visit")] == list(range(1, HOUSEHOLDS + 1))
    opinions = list(town.store.submissions("poll"))
    assert {kept.number for kept in opinions} == {0} and {kept.collector + kept.device for kept in opinions} == {""}
    assert {kept.received.strftime("%H:%M:%S.%f") for kept in opinions} == {"00:00:00.000000"}
    table = town.store.responses("poll").table
    assert list(table.index) == [str(number) for number in range(1, HOUSEHOLDS + 1)]
    assert {moment.strftime("%H:%M:%S.%f") for moment in table["submitted_at"]} == {"00:00:00.000000"}


@pytest.mark.slow
def test_pulled_folder_reveals_nothing(town: Town) -> None:
    """File names, log entries, file times, and the order of creation."""
    folder = town.folder / "pulled"
    paths = sorted((folder / "submissions").iterdir())
    assert {path.stat().st_mtime for path in paths} == {paths[0].stat().st_mtime}
    for ordered in (paths, sorted(paths, key=lambda path: path.stat().st_ino)):
        assert_no_better_than_chance(_said(path.read_bytes() for path in ordered), town)
    said = {path.stem: _said([path.read_bytes()])[0] for path in paths}
    lines = [json.loads(line) for line in (folder / "pulled.jsonl").read_text(encoding="utf-8").splitlines()]
    keys = [line["kept"]["listed"]["key"] for line in lines if "kept" in line]
    assert_no_better_than_chance([said[key.replace(":", "%3A")] for key in keys], town)


@pytest.mark.slow
def test_opinion_sent_twice_counts_once(town: Town) -> None:
    """Twenty are sent again, and recognised although their IDs are not stored."""
    assert town.store.count("poll") == HOUSEHOLDS

"""A damaged database is reported: nothing is read differently without a message."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import LiuwenError, StoreError
from liuwen.form import builder as b
from liuwen.store import Store
from liuwen.store.anonymous.slots import FILE
from liuwen.store.permissions import Sender
from liuwen.store.seals import row_hash, sum_of
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]
POLL = b.build_form("poll", version="1", zh="评议", en="Poll", anonymous=True, items=[b.text("opinion", zh="意见", en="Opinion")])
POLLED = b'<data id="poll" version="1"><opinion>x</opinion><meta><instanceID>uuid:p</instanceID></meta></data>'


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, visit_form: Make, visit: Make) -> Path:
    """A store with every kind of content, in two files without logs."""
    store = Store(tmp_path_factory.mktemp("kept") / "town")
    store.publish(visit_form())
    store.publish(POLL)
    store.add_collector("王", forms=["visit"])
    store.add_link("visit", uses=3)
    store.entities.create_list("households", ["village"])
    store.entities.create("households", [{"label": f"Zhang {n}", "village": "East"} for n in range(20)])
    store.desk_tables["roster"] = pd.DataFrame({"day": ["1"], "who": ["王"]})
    with store:
        for number in range(40):
            photo = {"p.jpg": b"photo %d" % number} if number % 3 == 0 else {}
            by = Sender(collector=1, device="collect:1")
            store.receive(visit(f"uuid:{number}", "好" * number, photo="p.jpg" if photo else ""), photo, by)
        store.receive(visit("uuid:edit", "changed", edits="uuid:7"))
        store.receive(POLLED)
    store.close()
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return store.folder


def everything(folder: Path) -> object:
    """What a user can read of a store; None if it says that something is wrong."""
    try:
        store = Store(folder)
        forms = [(one, store.form(one.form_id, one.version).sheets) for one in store.forms()]
        submissions = [one for form in (None, "visit") for one in store.submissions(form, current=False)]
        answers = store.responses("visit").table
        files = {one.instance_id: store.attachments("visit", one.instance_id) for one in submissions}
        counts = [store.count(), store.count("visit"), store.count("poll"), store.anonymous_counts()]
        entities = {name: store.entities[name].to_csv() for name in store.entities.lists()}
        tables = store.desk_tables["roster"].to_csv()
        alone = [store.submission(number) for number in range(1, 42)]
        read = (forms, submissions, answers.to_csv(), files, counts, entities, tables, alone, store.collectors())
        store.close()
    except LiuwenError as told:
        assert told.sentence.zh and told.sentence.en
        return None
    return repr(read).replace(str(folder), "")


def damaged(content: bytes, seed: int) -> bytes:
    """One changed byte, one changed bit, twenty bytes, a stretch of noise or zeros, two pages exchanged, a cut."""
    chance, made = random.Random(seed), bytearray(content)
    place = chance.randrange(100, len(made) - 600)
    kind = seed % 7
    if kind == 0:
        made[place] = (made[place] + chance.randrange(1, 256)) % 256
    elif kind == 1:
        made[place] ^= 1 << chance.randrange(8)
    elif kind == 2:
        for _ in range(20):
            made[chance.randrange(len(made))] = chance.randrange(256)
    elif kind in {3, 4}:
        made[place : place + 500] = chance.randbytes(500) if kind == 3 else bytes(500)
    elif kind == 5:
        one, two = (4096 * chance.randrange(1, len(made) // 4096) for _ in range(2))
        made[one : one + 4096], made[two : two + 4096] = made[two : two + 4096], made[one : one + 4096]
    else:
        del made[place:]
    return bytes(made)


def damage(kept: Path, folder: Path, seed: int) -> Path:
    shutil.copytree(kept, folder)
    name = FILE if seed % 10 == 9 else "store.sqlite"
    (folder / name).write_bytes(damaged((kept / name).read_bytes(), seed))
    return folder


@pytest.fixture(scope="module")
def whole(kept: Path) -> object:
    """What the store says when nothing is damaged."""
    return everything(kept)


@pytest.mark.parametrize("seed", range(14))
def test_damage_is_reported_or_changes_nothing(kept: Path, whole: object, tmp_path: Path, seed: int) -> None:
    """Each kind of damage twice; a free page or a slot that nothing uses may change without effect."""
    assert whole is not None
    assert everything(damage(kept, tmp_path / "town", seed)) in {None, whole}


def changes() -> Iterator[str]:
    yield "UPDATE submissions SET xml = CAST(replace(CAST(xml AS TEXT), '好', '坏') AS BLOB) WHERE number = 5"
    yield "UPDATE submissions SET current = 0 WHERE number = 5"
    yield "UPDATE submissions SET received = received + 1 WHERE number = 5"
    yield "DELETE FROM submissions WHERE number = 5"
    yield "DELETE FROM submission_hashes WHERE number = 5"
    yield "UPDATE submissions SET form = 2 WHERE number = 5"
    yield "UPDATE submission_files SET name = 'q.jpg' WHERE submission = 4"
    yield "UPDATE collectors SET name = 'Li' WHERE number = 1"
    yield "UPDATE entities SET label = 'Wang' WHERE number = 3"
    yield "UPDATE forms SET form_id = 'visits' WHERE number = 1"
    yield "UPDATE desk_tables SET content = content || 'x'"
    yield "DELETE FROM seals WHERE name = 'tokens'"
    yield "UPDATE seals SET name = x'01' WHERE name = 'tokens'"


@pytest.mark.parametrize("change", list(changes()))
def test_a_changed_value_is_reported(kept: Path, whole: object, tmp_path: Path, change: str) -> None:
    """SQLite finds the file in order; the checksums do not. `check` names the place."""
    folder = tmp_path / "town"
    shutil.copytree(kept, folder)
    with closing(sqlite3.connect(folder / "store.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(change).rowcount
    assert everything(folder) is None
    assert Store(folder).check()


@pytest.mark.parametrize("content", [None, "text", "itself"])
def test_a_broken_chain_of_anonymous_answers_is_reported(kept: Path, tmp_path: Path, content: str | None) -> None:
    """A piece that is gone, one that is no bytes, one that leads back to itself."""
    shutil.copytree(kept, tmp_path / "town")
    with closing(sqlite3.connect(tmp_path / "town" / FILE, isolation_level=None)) as connection:
        for number, held in connection.execute("SELECT number, content FROM slots").fetchall():
            if content is None:
                connection.execute("DELETE FROM slots WHERE number = ?", (number,))
            else:
                changed = "text" if content == "text" else (number + 1).to_bytes(8, "big") + held[8:]
                connection.execute("UPDATE slots SET content = ? WHERE number = ?", (changed, number))
    assert everything(tmp_path / "town") is None


def test_the_message_names_the_submission(kept: Path, tmp_path: Path) -> None:
    """And says what to do."""
    shutil.copytree(kept, tmp_path / "town")
    with closing(sqlite3.connect(tmp_path / "town" / "store.sqlite", isolation_level=None)) as connection:
        connection.execute("UPDATE submissions SET device = 'another' WHERE number = 9")
    with pytest.raises(StoreError, match=r"submission 9 \(uuid:8\) is not as it was stored.*liuwen restore"):
        list(Store(tmp_path / "town").submissions())


def test_all_kinds_of_writing_keep_the_checksums(store: Store, visit: Make, visit_form: Make) -> None:
    """Inserted, replaced, edited, revoked, deleted: a store that is only used is always whole."""
    store.add_collector("wang")
    store.receive(visit(photo="a.jpg"), {"a.jpg": b"one"}, Sender(collector=1))
    store.receive(visit(photo="a.jpg"), {"a.jpg": b"two"}, Sender(collector=1))
    store.receive(visit("uuid:two", edits="uuid:one"))
    store.publish(visit_form(version="2"))
    store.entities.create_list("households", ["village"])
    store.entities.create("households", [{"label": "Zhang", "village": "East"}])
    store.set_state("visit", "closing")
    store.revoke("wang")
    assert store.check() == ()
    keeping_of(store).write(lambda c: c.execute("DELETE FROM replaced_files").rowcount)
    assert store.check() == ()
    store.close()
    assert Store(store.folder).count() == 1


@pytest.mark.parametrize("others", [("East", None), ("East", ""), ("East", 1.0), ("East", b"1"), ("Eas", "t1"), ("East", "1")])
def test_different_rows_have_different_hashes(others: tuple[object, ...]) -> None:
    """Types count, and where one value ends."""
    assert row_hash(*others) != row_hash("East", 1)


def test_sums_stay_within_64_bits() -> None:
    """And a row that is taken off leaves the sum of the others."""
    large, small = 2**63 - 1, -(2**63)
    assert sum_of(large, 1) == small
    assert sum_of(sum_of(large, large), -large) == large

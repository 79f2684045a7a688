"""When a form becomes anonymous, its earlier answers are moved, and no trace of their senders remains."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.openrosa.refused import RefusedError
from liuwen.store import Store
from liuwen.store.anonymous.slots import FILE
from liuwen.store.permissions import Sender
from liuwen.store.seals import seal, teach

JPEG = b"\xff\xd8\xff\xe1\x00\x14Exif 30.12N 103.9E\xff\xda\x00\x02picture\xff\xd9"
ITEMS = (
    b.start(),
    b.deviceid(),
    b.geopoint("where", zh="位置", en="Where"),
    b.text("say", zh="意见", en="Opinion"),
    b.image("house", zh="照片", en="Photo"),
)
NAMED = b.build_form("poll", version="1", zh="测评", en="Poll", items=list(ITEMS))
POLL = b.build_form("poll", version="2", zh="测评", en="Poll", anonymous=True, items=[b.text("say", zh="意见", en="Opinion")])


def answer(number: int, *, edits: str = "") -> bytes:
    """A submission to the earlier, named version of the form."""
    deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
    return (
        f'<data id="poll" version="1"><start>2026-11-20T09:1{number}:00.000+08:00</start><deviceid>collect:{number}</deviceid>'
        f"<where>30.12 103.9 0 5</where><say>opinion {number}</say><house>17000000{number}.jpg</house>"
        f"<meta><instanceID>uuid:named-{number}</instanceID>{deprecated}</meta></data>"
    ).encode()


@pytest.fixture
def named(tmp_path: Path) -> Store:
    """A store with four answers to the named version, one of them edited."""
    store = Store(tmp_path / "town", clock=lambda: 1_800_000_123.5)
    store.publish(NAMED)
    store.add_collector("Wang")
    for number in range(4):
        sender = Sender(collector=1, device=f"collect:{number}")
        store.receive(answer(number), {f"17000000{number}.jpg": JPEG + bytes([number])}, sender)
    store.receive(answer(4, edits="uuid:named-0"), {"170000004.jpg": JPEG}, Sender(collector=1))
    return store


def assert_apart(store: Store) -> None:
    """The answers are readable, and no file contains anything else about them."""
    kept = {submission.xml.decode().partition("<say>")[2][:9]: submission for submission in store.submissions("poll")}
    assert sorted(kept) == ["opinion 1", "opinion 2", "opinion 3", "opinion 4"]
    for submission in kept.values():
        assert (submission.number, submission.collector, submission.device) == (0, "", "")
        assert submission.received.isoformat() == "2027-01-15T00:00:00+00:00"
        assert submission.files == {"file1.jpg": b"\xff\xd8\xff\xda\x00\x02picture\xff\xd9"}
        assert b"<house>file1.jpg</house>" in submission.xml and b"103.9" not in submission.xml
    for path in (path for path in store.folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        for gone in (b"named-", b"2026-11-20T09", b"collect:1", b"17000000", b"103.9E"):
            assert gone not in raw, (path, gone)
        assert path.name == FILE or b"opinion 1" not in raw, path
    table = store.responses("poll").table
    assert sorted(table["say"]) == ["opinion 1", "opinion 2", "opinion 3", "opinion 4"]
    assert not {"start", "deviceid", "where.latitude", "house"} & set(table.columns)
    assert store.check() == ()


def test_a_form_that_becomes_anonymous(named: Store) -> None:
    """Earlier answers are moved as soon as the new version is published."""
    named.publish(POLL)
    assert_apart(named)
    assert named.count("poll") == 4


def test_form_becomes_anonymous_while_the_store_is_held(named: Store) -> None:
    """While the server holds the store, the write-ahead log is emptied too."""
    with named:
        named.publish(POLL)
        assert_apart(named)


def test_old_store_opens_with_its_answers(named: Store) -> None:
    """In old stores, anonymous answers were in the ordinary tables, with number, time and place."""
    named.close()
    (named.folder / FILE).unlink()
    with closing(sqlite3.connect(named.folder / "store.sqlite")) as older:
        older.executescript("UPDATE forms SET anonymous = 1; UPDATE submissions SET collector = NULL, device = '';")
        teach(older)
        seal(older)
        older.commit()
        older.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened = Store(named.folder)
    with opened:
        assert_apart(opened)
    opened.close()


def test_moved_answer_sent_again_is_recognised(named: Store) -> None:
    """The phone missed the response; a photo that it still has to send is added."""
    named.publish(POLL)
    named.receive(answer(2))
    assert named.count("poll") == 4
    with pytest.raises(RefusedError, match="different XML"):
        named.receive(answer(2).replace(b"opinion", b"another"))


def test_answers_to_other_forms_are_unchanged(named: Store) -> None:
    """Their numbers, times and collectors are unchanged."""
    visit: Form = b.build_form("visit", version="1", zh="走访", en="Visit", items=[b.text("village", zh="村", en="Village")])
    named.publish(visit)
    xml = b'<data id="visit" version="1"><village>x</village><meta><instanceID>uuid:v</instanceID></meta></data>'
    named.receive(xml, sender=Sender(collector=1, device="collect:9"))
    before = list(named.submissions("visit"))
    named.publish(POLL)
    assert list(named.submissions("visit")) == before and before[0].xml == xml

"""Submissions in a store, as received and as tables, with their attachments."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liuwen.form.builder import build_form, image, integer, text
from liuwen.openrosa import new_keys
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.server import Server
from liuwen.store import Store
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def test_submissions_are_read_in_order_byte_for_byte(store: Store, visit: Make) -> None:
    """The raw XML is the record."""
    for name in ("a", "b", "c"):
        store.receive(visit(f"uuid:{name}"))
    kept = list(store.submissions("visit"))
    assert [submission.instance_id for submission in kept] == ["uuid:a", "uuid:b", "uuid:c"]
    assert kept[1].xml == visit("uuid:b")
    assert [s.instance_id for s in store.submissions(after=kept[1].number)] == ["uuid:c"]


def test_edit_replaces_its_original(store: Store, visit: Make) -> None:
    """Both are kept; the last one counts."""
    store.receive(visit("uuid:a", "Hubin"))
    store.receive(visit("uuid:b", "Donghu", edits="uuid:a"))
    assert [(s.instance_id, s.root_id) for s in store.submissions()] == [("uuid:b", "uuid:a")]
    assert [s.instance_id for s in store.submissions(current=False)] == ["uuid:a", "uuid:b"]


def test_responses_are_typed_tables(tmp_path: Path) -> None:
    """Answers are typed according to the form."""
    form = build_form(
        "visit",
        en="Visit",
        languages=("en",),
        version="1",
        items=[text("village", en="Which?"), integer("members", en="How many?")],
    )
    store = Store(tmp_path / "town")
    store.publish(form)
    answers = "<village>湖滨</village><members>4</members><meta><instanceID>uuid:a</instanceID></meta>"
    store.receive(f'<data id="visit" version="1">{answers}</data>'.encode())
    table = store.responses(form).table
    assert (table.loc["uuid:a", "village"], table.loc["uuid:a", "members"]) == ("湖滨", 4)
    assert table.loc["uuid:a", "submitted_at"].date() == datetime.now(UTC).date()
    assert store.responses("visit").table.equals(table)


def test_answers_are_read_with_their_own_version(tmp_path: Path) -> None:
    """A removed question is not lost, and a new one was not asked."""
    store = Store(tmp_path / "town")
    first = build_form("visit", en="Visit", languages=("en",), version="1", items=[text("village", en="Which?")])
    items = [text("village", en="Which?"), integer("members", en="How many?")]
    second = build_form("visit", en="Visit", languages=("en",), version="2", items=items)
    for form in (first, second):
        store.publish(form)
    for version, members in (("1", ""), ("2", "<members>4</members>")):
        meta = f"<meta><instanceID>uuid:{version}</instanceID></meta>"
        store.receive(f'<data id="visit" version="{version}"><village>Hubin</village>{members}{meta}</data>'.encode())
    responses = store.responses("visit")
    assert responses.table["village"].tolist() == ["Hubin", "Hubin"]
    assert responses.base("members") == 1


def test_responses_of_a_published_xform(store: Store, visit: Make) -> None:
    """Its questions are read from the XML."""
    store.receive(visit(village="Donghu"))
    assert store.responses("visit").table["village"].tolist() == ["Donghu"]


def test_equal_attachments_are_stored_once(store: Store, visit: Make) -> None:
    """A photo sent with two submissions is stored once."""
    for name in ("a", "b"):
        store.receive(visit(f"uuid:{name}"), {f"{name}.jpg": b"photo" * 1000})
    first, second = (store.attachments("visit", f"uuid:{name}") for name in ("a", "b"))
    assert first["a.jpg"] == second["b.jpg"]
    assert first["a.jpg"].read_bytes() == b"photo" * 1000
    assert len([p for p in (store.folder / "attachments").rglob("*") if p.is_file()]) == 1


def test_counting_and_reading_one_submission(store: Store, visit_form: Make, visit: Make) -> None:
    """Edits count once; a number returns its submission, even one replaced by an edit."""
    store.publish(visit_form(form_id="other"))
    for xml in (visit("uuid:a"), visit("uuid:b"), visit("uuid:c", edits="uuid:a"), visit("uuid:d", form="other")):
        store.receive(xml)
    assert (store.count(), store.count("visit"), store.count("other"), store.count("nothing")) == (3, 2, 1, 0)
    first, second, *_ = store.submissions(current=False)
    assert store.count("visit", after=first.number) == 1
    assert store.submission(first.number) == first and store.submission(second.number) == second
    assert store.submission(99) is None


def test_file_of_a_concurrent_upload_is_not_deleted(store: Store) -> None:
    """Two phones send the same photo, and one upload is refused."""
    with store:
        keeping = keeping_of(store)
        first, second = keeping.files.add(b"photo"), keeping.files.add(b"photo")
        keeping.discard_files([first], failed=True)
        keeping.write(lambda _: None)
        assert keeping.files.path(second.sha256).read_bytes() == b"photo"
        keeping.discard_files([second], failed=True)
        keeping.write(lambda _: None)
        assert not keeping.files.path(second.sha256).exists()


def test_files_of_a_refused_submission_are_deleted(server: Server, phone: Phone, visit: Make) -> None:
    """Unless another accepted submission has the same file; also if both arrive at once."""
    phone.send(visit("uuid:a"), {"a.jpg": b"shared" * 100_000})
    for xml in (visit("uuid:a", "other"), visit("uuid:b", form="nothing"), visit("uuid:c", version="9")):
        with pytest.raises(PhoneError):
            phone.send(xml, {"a.jpg": b"shared" * 100_000, "b.jpg": b"alone" * 100_000})

    def send(number: int) -> None:
        with Phone(phone.address) as another, suppress(PhoneError):
            another.send(visit(f"uuid:{number}", form="visit" if number % 2 else "nothing"), {"c.jpg": b"both" * 100_000})

    with ThreadPoolExecutor(8) as phones:
        list(phones.map(send, range(40)))
    keeping_of(server.store).write(lambda _: None)
    assert len([path for path in (server.store.folder / "attachments").rglob("*") if path.is_file()]) == 2
    assert server.store.check() == ()


def test_photo_question_names_its_file(tmp_path: Path) -> None:
    """The answer is the name of the file."""
    form = build_form("visit", en="Visit", languages=("en",), version="1", items=[image("photo", en="Photo")])
    store = Store(tmp_path / "town")
    store.publish(form)
    sent = b'<data id="visit" version="1"><photo>1.jpg</photo><meta><instanceID>uuid:a</instanceID></meta></data>'
    store.receive(sent, {"1.jpg": b"jpeg"})
    name = store.responses(form).table.loc["uuid:a", "photo"]
    assert store.attachments("visit", "uuid:a")[name].read_bytes() == b"jpeg"


def test_encrypted_anonymous_answers_are_decrypted_without_their_origin(tmp_path: Path, seal: Make, visit: Make) -> None:
    """Decryption needs the instance ID, so the envelope keeps it; tables do not show it."""
    keys = new_keys("six questions, one answer")
    form = build_form("poll", version="1", zh="测评", en="Poll", anonymous=True, items=[text("say", zh="意见", en="Opinion")])
    store = Store(tmp_path / "town")
    store.publish(form, key=keys.public)
    plain = b'<data id="poll" version="1"><say>roads</say><meta><instanceID>uuid:1</instanceID></meta></data>'
    private = read_private_key(keys.private, "six questions, one answer")
    xml, files = seal(plain, private.public_key(), form_id="poll", version="1")
    store.receive(xml, files)
    store.receive(xml, files)
    assert store.count("poll") == 1 and not list((store.folder / "attachments").rglob("*"))
    table = store.responses("poll", key=keys.private, passphrase="six questions, one answer").table
    assert (table["say"].tolist(), table.index.tolist()) == (["roads"], ["1"])
    assert store.copy_to(tmp_path / "copy") and Store(tmp_path / "copy").count("poll") == 1

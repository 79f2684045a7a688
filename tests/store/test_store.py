"""The store: forms with all versions, submissions as received, backups and checks."""

import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liuwen.errors import FormError, StoreError
from liuwen.form.builder import build_form, image, integer, text
from liuwen.openrosa import new_keys
from liuwen.openrosa.envelope import read_envelope
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.server import Server, serve
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.schema import APPLICATION, MIGRATIONS
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def test_published_form_is_read_back_unchanged(tmp_path: Path) -> None:
    """The store keeps the questionnaire itself, not only the XForm for phones."""
    form = build_form("visit", en="Visit", languages=("en",), version="1", items=[text("village", en="Which village?")])
    store = Store(tmp_path / "town")
    published = store.publish(form)
    assert (published.form_id, published.version, published.title, published.current) == ("visit", "1", "Visit", True)
    assert store.form("visit") == form


def test_an_xform_is_served_byte_for_byte(store: Store, visit_form: Make) -> None:
    """An XForm from elsewhere is not changed."""
    assert keeping_of(store).form_xml(store.published("visit").number) == visit_form()


def test_all_versions_are_kept_and_the_last_is_current(store: Store, visit_form: Make) -> None:
    """An old submission still finds the questions of its version."""
    store.publish(visit_form(version="2"))
    assert [(form.version, form.current) for form in store.forms()] == [("1", False), ("2", True)]
    assert store.published("visit", "1").version == "1"


def test_publishing_an_unchanged_form_again_changes_nothing(store: Store, visit_form: Make) -> None:
    """A publishing script may be run twice."""
    assert store.publish(visit_form()) == store.published("visit")
    assert len(store.forms()) == 1


def test_published_version_cannot_change_its_content(store: Store, visit_form: Make) -> None:
    """Otherwise phones with version 1 would disagree about its questions."""
    with pytest.raises(FormError, match=r'Version "1" of the form "visit" is already published'):
        store.publish(visit_form(title="Another"))


def test_published_version_cannot_change_its_files(store: Store, visit_form: Make) -> None:
    """A corrected list of villages reaches phones only with a new version, and is not dropped silently."""
    asks = {"form_id": "list", "extra": '<instance id="v" src="jr://file-csv/villages.csv"/>'}
    store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\n"})
    assert store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\n"}).version == "1"
    with pytest.raises(FormError, match="already published"):
        store.publish(visit_form(**asks), media={"villages.csv": b"name,label\na,A\nb,B\n"})
    assert store.publish(visit_form(version="2", **asks), media={"villages.csv": b"name,label\na,A\nb,B\n"}).current
    assert store.check() == ()


@pytest.mark.parametrize("name", ["满意度\u3000调查", "3.04.05\u202fPM", "👨\u200d👩\u200d👧", "\ue863村"])
def test_names_may_contain_any_space_and_letter(store: Store, visit_form: Make, visit: Make, name: str) -> None:
    """Two-character names with a wide space, names of screenshots, and rare characters."""
    assert store.publish(visit_form(form_id="other", title=name)).title == name
    assert store.add_collector(name).name == name
    store.receive(visit(photo=f"{name}.jpg"), {f"{name}.jpg": b"jpeg"})
    assert list(store.attachments("visit", "uuid:one")) == [f"{name}.jpg"]


def test_missing_file_is_refused(store: Store, visit_form: Make) -> None:
    """The form is refused on publishing, instead of failing on the phone."""
    needing = visit_form(form_id="list", extra='<instance id="v" src="jr://file-csv/villages.csv"/>')
    with pytest.raises(FormError, match=r"villages\.csv"):
        store.publish(needing)
    assert store.forms()[-1].form_id == "visit"
    published = store.publish(needing, media={"villages.csv": "name,label\na,甲\n".encode()})
    assert [medium.name for medium in published.media] == ["villages.csv"]


@pytest.mark.parametrize("name", ["照片 1.png", "the hall's.png", "a (1) & b.png", "村 口.png "])
def test_a_file_may_have_a_name_with_spaces(tmp_path: Path, visit_form: Make, name: str) -> None:
    """As cameras and people name them; referenced in a label or in an expression."""
    written = name.replace("&", "&amp;")
    extra = f'<itext><translation lang="zh"><text id="v"><value form="image">jr://images/{written}</value></text></translation></itext>'
    extra += """<bind nodeset="/data/village" calculate="if(true(), 'jr://images/no way.png', 'jr://images/')"/>"""
    files = {name.strip(): b"png", "no way.png": b"png"}
    published = Store(tmp_path / "town").publish(visit_form(extra=extra), media=files)
    assert [medium.name for medium in published.media] == list(files)


@pytest.mark.parametrize("name", ["a&#10;b", "a&#9;b", "a&#x85;b", "visit&#x202E;txt.exe", "x" * 501])
@pytest.mark.parametrize("what", ["form_id", "title", "version"])
def test_names_with_control_characters_are_refused(store: Store, visit_form: Make, what: str, name: str) -> None:
    """They would break lines and disguise names wherever they are shown."""
    with pytest.raises(FormError, match="Invalid form ID or title"):
        store.publish(visit_form(**{"version": "9", what: name}))
    assert len(store.forms()) == 1


@pytest.mark.parametrize("name", ["../passwd", "a/b.csv", "a\\b.csv", "..", "", "a\nb", "x" * 300])
def test_file_names_with_paths_are_refused(store: Store, visit_form: Make, name: str) -> None:
    """A form's files must not leave their folder."""
    with pytest.raises(FormError):
        store.publish(visit_form(form_id="other"), media={name: b""})


@pytest.mark.parametrize(
    "broken", [b"<data/>", b"<h:html", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", b"<x><model><instance/></model></x>"]
)
def test_invalid_xform_is_refused(store: Store, broken: bytes) -> None:
    """One clear sentence, and nothing is stored."""
    with pytest.raises(FormError):
        store.publish(broken)
    assert len(store.forms()) == 1


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


@pytest.mark.parametrize(
    ("bind", "what"),
    [
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="deviceid"/>', "deviceid"),
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="phonenumber"/>', "phonenumber"),
        ('<bind nodeset="/data/village" jr:preload="property" jr:preloadParams="uri:deviceid"/>', "uri:deviceid"),
        ('<bind nodeset="/data/village" calculate="concat(property( \'username\'), 1)"/>', "username"),
        ('<setvalue event="odk-instance-first-load" ref="/data/village" value="property(&quot;email&quot;)"/>', "email"),
        ('<bind nodeset="/data/village" odk:identify-user="true"/>', "audit identify-user"),
    ],
)
def test_form_that_identifies_the_phone_cannot_be_anonymous(store: Store, visit_form: Make, bind: str, what: str) -> None:
    """The answers themselves would identify people."""
    spaces = 'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" nodeset'
    asking = visit_form(form_id="quiet", extra=bind.replace("nodeset", spaces)).replace(b"upload", b"input")
    asking = asking.replace(b'type="binary"', b'type="string"')
    with pytest.raises(FormError, match=rf"{what}.*anonymous|anonymous.*{what}"):
        store.publish(asking, anonymous=True)
    assert [form.form_id for form in store.forms()] == ["visit"]
    assert not store.publish(asking).anonymous


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


def test_a_second_writer_is_refused_with_one_sentence(store: Store, visit: Make) -> None:
    """Two writing programs would each assume that nobody else writes."""
    other = Store(store.folder)
    with store:
        store.receive(visit())
        with pytest.raises(StoreError, match=f"Another program \\(process {os.getpid()}\\) is writing"):
            other.receive(visit("uuid:two"))
        assert len(list(other.submissions())) == 1
    other.receive(visit("uuid:two"))
    assert len(list(store.submissions())) == 2
    other.close()


def test_commits_are_synced_to_disk(store: Store) -> None:
    """These two settings decide what a power cut may destroy; no test can cut the power."""
    settings = keeping_of(store).write(
        lambda c: [c.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )
    assert settings == ["wal", 2]


def test_reading_while_writing(store: Store, visit: Make) -> None:
    """A reader sees complete submissions, each a little later."""
    reader = Store(store.folder)
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(sum(1 for s in reader.submissions() if s.xml.endswith(b"</data>")))

    watching = threading.Thread(target=watch)
    with store:
        watching.start()
        for number in range(300):
            store.receive(visit(f"uuid:{number}"))
        done.set()
        watching.join()
    assert seen == sorted(seen)
    assert len(list(reader.submissions())) == 300
    reader.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells what is open")
def test_ended_threads_leave_no_open_connections(store: Store) -> None:
    """A notebook that pulls every hour runs for weeks."""
    for _ in range(20):
        thread = threading.Thread(target=store.count)
        thread.start()
        thread.join()
    folder = os.path.realpath(store.folder)
    opened = [path for path in Path("/proc/self/fd").iterdir() if os.path.realpath(path) == f"{folder}/store.sqlite"]
    assert len(opened) < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a person's folders from others in its own way")
def test_other_accounts_cannot_read_the_store(tmp_path: Path) -> None:
    """Other accounts of the computer cannot read a store or its backup."""
    store = Store(tmp_path / "new")
    folders = (store.folder, store.backup(tmp_path / "copy"))
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700]


def test_backup_while_writing_is_consistent(store: Store, visit: Make, tmp_path: Path) -> None:
    """The copy is a consistent snapshot, with attachments."""
    store.receive(visit("uuid:first", photo="p.jpg"), {"p.jpg": b"photo"})
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.receive(visit(f"uuid:{number}"), {"p.jpg": str(number).encode()})

    with store:
        writing = threading.Thread(target=write)
        writing.start()
        copy = Store(store.backup(tmp_path / "copy"))
        stop.set()
        writing.join()
    assert copy.check() == ()
    kept = {submission.instance_id for submission in copy.submissions()}
    assert "uuid:first" in kept
    assert all(path.exists() for instance in kept for path in copy.attachments("visit", instance).values())
    with pytest.raises(StoreError, match="already exists"):
        store.backup(tmp_path / "copy")
    copy.close()


def test_backup_of_a_large_store_ends_while_submissions_arrive(store: Store, visit: Make, tmp_path: Path) -> None:
    """Even while submissions keep arriving; writing continues."""
    stop = threading.Event()

    def write() -> int:
        number = 0
        while not stop.is_set():
            number += 1
            store.receive(visit(f"uuid:{number}"))
        return number

    with store, ThreadPoolExecutor(2) as hands:
        large = [
            keeping_of(store).begin_receiving(read_envelope(visit(f"uuid:l{n}", "x" * 30_000)), {}, Sender()) for n in range(1000)
        ]
        assert all(one.result().is_new for one in large)
        writing = hands.submit(write)
        try:
            copy = Store(hands.submit(store.backup, tmp_path / "copy").result(timeout=600))
        finally:
            stop.set()
        assert writing.result() > 1
    assert {f"uuid:l{n}" for n in range(1000)} <= {kept.instance_id for kept in copy.submissions()}
    assert copy.check() == ()
    copy.close()


def test_check_finds_damaged_files(store: Store, visit: Make) -> None:
    """A missing file, and one whose content has changed."""
    store.receive(visit(), {"a.jpg": b"one", "b.jpg": b"two"})
    assert store.check() == ()
    paths = store.attachments("visit", "uuid:one")
    paths["a.jpg"].unlink()
    paths["b.jpg"].write_bytes(b"three")
    assert sorted(fault.sentence.en.split(" (")[0] for fault in store.check()) == [
        'The content of the attachment "b.jpg" has changed',
        'The file of the attachment "a.jpg" is missing',
    ]


def test_damaged_database_is_reported(store: Store, visit: Make) -> None:
    """By every request, and by the check as far as it can read."""
    for number in range(200):
        store.receive(visit(f"uuid:{number}", "x" * 500))
    store.close()
    place = store.folder / "store.sqlite"
    with place.open("r+b") as stream:
        stream.seek(-16 * 4096, os.SEEK_END)
        stream.write(b"\xff" * 8 * 4096)
    with pytest.raises(StoreError, match=r"damaged .*last backup"):
        list(store.submissions())
    assert any("damaged" in str(fault) for fault in store.check())
    store.close()
    place.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=rf'"{store.folder.name}" is damaged .*last backup'):
        Store(store.folder)


def test_store_on_a_read_only_medium_can_be_read(store: Store, visit: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup on a read-only medium, or under another account."""
    store.receive(visit())
    store.close()
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = {path.name for path in store.folder.iterdir()}
    reader = Store(store.folder)
    assert (reader.count(), reader.check()) == (1, ())
    assert {path.name for path in store.folder.iterdir()} == before
    reader.close()


def test_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """A store is not created in a folder of other files, nor from another program's database."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    with pytest.raises(StoreError, match="contains other files"):
        Store(tmp_path / "photos")
    with pytest.raises(StoreError, match="is a file"):
        Store(tmp_path / "photos" / "a.jpg")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    with sqlite3.connect(foreign / "store.sqlite") as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    with pytest.raises(StoreError, match="not a liuwen store"):
        Store(foreign)


def test_incomplete_new_store_is_completed(tmp_path: Path, visit_form: Make) -> None:
    """A power cut may leave an empty database."""
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "store.sqlite").touch()
    store = Store(tmp_path / "town")
    assert store.publish(visit_form()).current
    store.close()


def in_layout(store: Store, layout: int, folder: Path) -> Path:
    """A store as created with only the first `layout` migrations, with the content of this one."""
    copy = store.backup(folder)
    (copy / "store.sqlite").rename(folder / "newer.sqlite")
    connection = sqlite3.connect(copy / "store.sqlite")
    connection.executescript("".join(MIGRATIONS[:layout]))
    connection.execute("ATTACH ? AS newer", (str(folder / "newer.sqlite"),))
    for (table,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT NULL").fetchall():
        if not table.startswith("sqlite_"):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {layout}")
    connection.commit()
    connection.close()
    (folder / "newer.sqlite").unlink()
    return copy


@pytest.mark.parametrize("layout", range(1, len(MIGRATIONS)))
def test_store_with_an_older_layout_is_migrated(store: Store, visit_form: Make, visit: Make, tmp_path: Path, layout: int) -> None:
    """Its content is kept, and new features work with it; collectors can still edit their submissions."""
    who = store.add_collector("wang")
    store.receive(visit(photo="a.jpg"), {"a.jpg": b"first"}, Sender(collector=1))
    store.publish(visit_form(form_id="secret"), key=new_keys("six questions, one answer").public)
    opened = Store(in_layout(store, layout, tmp_path / "older"))
    assert [kept.xml for kept in opened.submissions("visit")] == [visit(photo="a.jpg")]
    assert [form.encrypted for form in opened.forms()] == [False, True]
    assert opened.add_link("visit", uses=1)
    with serve(opened, port=0) as server, Phone(f"{server.url}/key/{who.token}") as phone:
        phone.send(visit("uuid:two"))
        phone.send(visit(photo="a.jpg"), {"a.jpg": b"second"})
        phone.send(visit("uuid:three", photo="a.jpg", edits="uuid:one"))
    assert [kept.instance_id for kept in opened.submissions("visit")] == ["uuid:two", "uuid:three"]
    assert opened.replaced_attachments("visit", "uuid:one")["a.jpg"][0].read_bytes() == b"first"
    assert opened.check() == ()
    opened.close()


def test_a_store_of_a_newer_liuwen_is_refused(store: Store, tmp_path: Path) -> None:
    """An older program does not interpret an unknown layout."""
    newer = tmp_path / "newer"
    shutil.copytree(store.backup(tmp_path / "copy"), newer)
    connection = sqlite3.connect(newer / "store.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer liuwen"):
        Store(newer)


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
    assert store.backup(tmp_path / "copy") and Store(tmp_path / "copy").count("poll") == 1

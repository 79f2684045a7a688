"""Administrative acts: done while a server runs, logged, and with effect at once."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa.refused import RefusedError
from liuwen.server import serve
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def test_a_second_process_administers_a_served_store(store: Store, visit: Make) -> None:
    """The server sees new and revoked collectors, links and closed forms at the next request."""
    office = Store(store.folder)
    with serve(store, port=0) as server:
        wang = office.add_collector("wang")
        with Phone(f"{server.url}/key/{wang.token}") as phone:
            assert len(phone.form_list()) == 1
            phone.send(visit())
            office.set_state("visit", "closed")
            assert phone.form_list() == []
            office.set_state("visit", "open")
            assert len(phone.form_list()) == 1
            office.revoke("wang")
            with pytest.raises(PhoneError):
                phone.form_list()
        with Phone(f"{server.url}/key/{office.add_link('visit')}") as phone:
            phone.send(visit("uuid:two"))
            office.revoke_link(office.links()[0].id)
            with pytest.raises(PhoneError):
                phone.send(visit("uuid:three"))
    assert office.count() == 2
    assert store.check() == ()
    office.close()


def test_a_second_process_changes_lists_of_a_served_store(store: Store) -> None:
    """Rows are added, changed, replaced and deleted; each act of a person stands in the log, without names."""
    office = Store(store.folder)
    with serve(store, port=0):
        office.entities.create_list("households", ["head"])
        (zhao, li) = office.entities.create("households", [{"label": "Zhao", "head": "Wei"}, {"label": "Li", "head": "Na"}])
        office.entities.update("households", zhao, {"head": "Fang"})
        office.entities.delete("households", li)
        board = office.entities["households"][["label", "head"]].set_axis([str(uuid.uuid4())])
        assert office.entities.replace("boards", board) == 1
        assert office.entities.process_backlog() == 0
        assert store.entities["households"]["head"].tolist() == store.entities["boards"]["head"].tolist() == ["Fang"]
    assert [one.subject for one in store.log() if one.name == "list changed"] == ["households"] * 4
    assert "Zhao" not in repr(store.log()) and store.check() == ()
    office.close()


def test_every_act_is_logged_without_secrets(store: Store) -> None:
    """Who, what, to whom; a refused act is not logged."""
    until = datetime.now(UTC) + timedelta(days=1)
    wang = store.add_collector("wang", forms=["visit"], expires=until)
    token = store.add_token("wang")
    store.revoke_token(token)
    link = store.add_link("visit", uses=1)
    store.revoke("wang")
    with pytest.raises(StoreError):
        store.revoke("nobody")
    log = store.log()
    (published, *told) = [(entry.act.en, entry.subject) for entry in log]
    assert published == ("form published", "visit")
    assert told[0] == ("collector added", "wang") and told[-1] == ("collector revoked", "wang")
    assert [act for act, _ in told] == ["collector added", "code made", "code revoked", "link made", "collector revoked"]
    assert all(entry.who for entry in log)
    assert not any(secret in repr(log) for secret in (wang.token, wang.password, token, link))


def test_links_are_listed_with_what_is_left(store: Store, visit: Make) -> None:
    """Without their secrets; a used-up link is not valid."""
    token = store.add_link("visit", uses=1)
    (link,) = store.links()
    assert (link.form_id, link.uses, link.is_valid(0)) == ("visit", 1, True)
    assert token not in repr(link)
    with pytest.raises(StoreError, match="no link"):
        store.revoke_link("00000000")


def test_an_erased_answer_is_gone_from_the_folder(store: Store, visit: Make) -> None:
    """With its edits and photos; a phone that sends it again is refused, others are not."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"only theirs"})
    store.receive(visit("uuid:edit", "a secret wish", edits="uuid:one", photo="p.jpg"))
    store.receive(visit("uuid:two", photo="q.jpg"), {"q.jpg": b"of another"})
    erased = store.erase(instance="uuid:one")
    assert set(erased.instances) == {"uuid:one", "uuid:edit"} and len(erased.files) == 1
    assert [one.instance_id for one in store.submissions(current=False)] == ["uuid:two"]
    for again in ("uuid:one", "uuid:edit"):
        with pytest.raises(RefusedError, match="erased at the request"):
            store.receive(visit(again))
    assert store.check() == ()
    store.close()
    there = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert not any(text in there for text in (b"a secret wish", b"only theirs", b"uuid:edit"))
    assert b"of another" in there


ERASING = """
import sys
from liuwen.store import Store
from liuwen.store import erasing
from liuwen.store import store as face
from liuwen.store.files import Files
from liuwen.store.writer import Writer
owner, name = {"deleting": (erasing, "_forget"), "deleted": (Writer, "empty_log"), "log emptied": (Files, "forget")}[sys.argv[2]]
doing = getattr(owner, name)
def slowly(*given):
    print(".", flush=True)
    sys.stdin.readline()
    return doing(*given)
setattr(owner, name, slowly)
Store(sys.argv[1]).erase(instance="uuid:one")
"""


@pytest.mark.parametrize(("when", "is_gone"), [("deleting", False), ("deleted", True), ("log emptied", True)])
def test_an_erasure_that_was_killed_can_be_repeated(store: Store, visit: Make, when: str, is_gone: bool) -> None:
    """The answer is there whole, or gone; whichever it is, erasing it again leaves nothing of it in the folder."""
    store.receive(visit("uuid:one", "a secret wish", photo="p.jpg"), {"p.jpg": b"only theirs"})
    store.receive(visit("uuid:two", photo="q.jpg"), {"q.jpg": b"of another"})
    store.close()
    command = [sys.executable, "-c", ERASING, str(store.folder), when]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout and worker.stdout.readline() == ".\n"
        worker.kill()
    assert [one.instance_id for one in store.submissions()] == (["uuid:two"] if is_gone else ["uuid:one", "uuid:two"])
    assert store.check() == ()
    if not is_gone:
        assert store.attachments("visit", "uuid:one")["p.jpg"].read_bytes() == b"only theirs"
    with pytest.raises(StoreError, match="has no answer") if is_gone else nullcontext():
        store.erase(instance="uuid:one")
    store.close()
    there = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert not any(text in there for text in (b"a secret wish", b"only theirs", b"uuid:one"))
    assert b"of another" in there


def test_erasing_a_household(store: Store, visit: Make) -> None:
    """The row of the list, and every answer that names it; while the store is served, too."""
    store.entities.create_list("households", ["village"])
    one, other = store.entities.create("households", [{"label": "Zhang", "village": "E"}, {"label": "Li", "village": "E"}])
    store.receive(visit("uuid:one", f"visited {one}"))
    store.receive(visit("uuid:two", f"visited {other}"))
    office = Store(store.folder)
    with serve(store, port=0):
        erased = office.erase(household=one)
        assert (erased.instances, erased.entities) == (("uuid:one",), 1)
    assert office.entities["households"]["label"].tolist() == ["Li"]
    assert [kept.instance_id for kept in office.submissions()] == ["uuid:two"]
    last = office.log()[-1]
    assert (office.check(), last.act.en, last.subject, last.detail) == ((), "household erased", "", "")
    with pytest.raises(StoreError, match="No entity list"):
        office.erase(household=one)
    with pytest.raises(StoreError, match="has no answer"):
        office.erase(instance="uuid:one")
    office.close()


@pytest.mark.parametrize("code", ["", "7", "a", "uuid:one", "0f3b9c1e"])
def test_a_code_that_is_a_part_of_others_erases_nothing(store: Store, visit: Make, code: str) -> None:
    """Every answer has an “a” somewhere, and household 7 is in 17."""
    store.receive(visit("uuid:one", "household 17"))
    with pytest.raises(StoreError, match="not an ID of an entity list"):
        store.erase(household=code)
    assert store.count("visit") == 1


def test_erasing_beside_a_server_empties_its_log(store: Store, visit: Make) -> None:
    """Nothing is left in the log of the database; photos are deleted when a server starts next."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"only theirs"})
    office = Store(store.folder)
    with serve(store, port=0) as server:
        with Phone(f"{server.url}/key/{office.add_collector('wang').token}") as phone:
            phone.send(visit("uuid:two", "a secret wish"))
        office.erase(instance="uuid:one")
        office.erase(instance="uuid:two")
        there = b"".join(path.read_bytes() for path in store.folder.glob("store.sqlite*"))
        assert b"a secret wish" not in there and b"uuid:two" not in there
    with serve(store, port=0):
        pass
    assert not [path for path in (store.folder / "attachments").rglob("*") if path.is_file()]
    office.close()


def test_a_file_that_others_use_is_kept(store: Store, visit: Make) -> None:
    """Two households sent the same picture."""
    for instance in ("uuid:one", "uuid:two"):
        store.receive(visit(instance, photo="p.jpg"), {"p.jpg": b"same"}, Sender())
    assert store.erase(instance="uuid:one").files == ()
    assert store.attachments("visit", "uuid:two")["p.jpg"].read_bytes() == b"same"


def test_a_folder_that_existed_becomes_private(tmp_path: Path, visit_form: Make) -> None:
    """Whatever its modes were."""
    folder = tmp_path / "town"
    folder.mkdir(mode=0o755)
    store = Store(folder)
    (folder / "store.sqlite").chmod(0o644)
    folder.chmod(0o755)
    store.publish(visit_form())
    modes = {path.name: path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir()) if path.name != "store.sqlite-shm"}
    assert os.name == "nt" or set(modes.values()) == {0}, modes
    store.close()


@pytest.mark.parametrize("name", ["", " \u3000", "a\nb", "王" * 101])
def test_names_of_collectors_have_up_to_a_hundred_characters(store: Store, name: str) -> None:
    """They are printed on sheets and shown by phones."""
    with pytest.raises(StoreError, match="1 to 100 characters"):
        store.add_collector(name)
    assert store.add_collector("王" * 100).name == "王" * 100

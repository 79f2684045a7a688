"""Each instance once, attachments added, edits replacing what they edit, with ODK Central's answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.openrosa import RefusedError
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]


def status_of(store: Store, xml: bytes, sender: Sender | None = None) -> int:
    """What the server would answer."""
    try:
        store.receive(xml, sender=sender)
    except RefusedError as refusal:
        return refusal.status
    return 201


def test_the_same_submission_again_is_kept_once(store: Store, visit: Make) -> None:
    """A phone that did not hear the answer sends it again."""
    assert [store.receive(visit()).is_new for _ in range(3)] == [True, False, False]
    assert len(list(store.submissions())) == 1


def test_the_same_id_with_other_content_is_refused(store: Store, visit: Make) -> None:
    """Nobody's answers are overwritten."""
    store.receive(visit(village="Hubin"))
    assert status_of(store, visit(village="Donghu")) == 409
    assert [s.xml for s in store.submissions()] == [visit(village="Hubin")]


def test_files_that_come_later_are_added(store: Store, visit: Make) -> None:
    """Large photos come in requests of their own, each with the same XML."""
    store.receive(visit(), {"a.jpg": b"a"})
    store.receive(visit(), {"b.jpg": b"b"})
    assert sorted(store.attachments("visit", "uuid:one")) == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize(
    ("form", "version", "status"), [("nothing", "1", 404), ("visit", "7", 404), ("visit", "", 404), ("visit", "1", 201)]
)
def test_only_known_forms_and_versions_are_taken(store: Store, visit: Make, form: str, version: str, status: int) -> None:
    """As ODK Central: an unknown form, or an unknown version of a known one, is not found."""
    assert status_of(store, visit(form=form, version=version)) == status


def test_an_old_version_of_a_form_is_still_taken(store: Store, visit_form: Make, visit: Make) -> None:
    """A phone that was offline for a month has last month's form."""
    store.publish(visit_form(version="2"))
    assert status_of(store, visit(version="1")) == 201


@pytest.mark.parametrize(("state", "status"), [("open", 201), ("closing", 201), ("closed", 409)])
def test_a_closed_form_takes_nothing(store: Store, visit: Make, state: str, status: int) -> None:
    """`closing` still takes what phones have begun."""
    store.set_state("visit", state)  # type: ignore[arg-type]
    assert status_of(store, visit()) == status


def test_a_form_that_is_not_the_collectors_is_refused(store: Store, visit: Make) -> None:
    """A token for one form does not open another."""
    assert status_of(store, visit(), Sender(forms=frozenset({"other"}))) == 401


def test_edits_follow_each_other(store: Store, visit: Make) -> None:
    """Each edit names the one before; all belong to the first."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:2", edits="uuid:1"))
    store.receive(visit("uuid:3", edits="uuid:2"))
    assert [(s.instance_id, s.root_id) for s in store.submissions()] == [("uuid:3", "uuid:1")]


def test_what_an_edit_may_not_do(store: Store, visit: Make) -> None:
    """Edit what is not there, edit what is out of date, or take an ID that is taken."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:other"))
    assert status_of(store, visit("uuid:2", edits="uuid:nothing")) == 404
    assert status_of(store, visit("uuid:other", edits="uuid:1")) == 409
    assert status_of(store, visit("uuid:2", edits="uuid:1")) == 201
    assert status_of(store, visit("uuid:3", edits="uuid:1")) == 409
    assert status_of(store, visit("uuid:1")) == 409


def test_an_edit_sent_again_is_kept_once(store: Store, visit: Make) -> None:
    """Its answer may be lost like any other's; with other content it is refused."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:2", edits="uuid:1"))
    assert status_of(store, visit("uuid:2", edits="uuid:1")) == 201
    assert status_of(store, visit("uuid:2", "other", edits="uuid:1")) == 409
    assert len(list(store.submissions(current=False))) == 2


def test_an_edit_keeps_the_files_it_still_names(store: Store, visit: Make) -> None:
    """The phone need not send a photo again; one that was taken out is left behind."""
    store.receive(visit("uuid:1", photo="a.jpg"), {"a.jpg": b"a", "b.jpg": b"b"})
    store.receive(visit("uuid:2", photo="a.jpg", edits="uuid:1"))
    assert sorted(store.attachments("visit", "uuid:2")) == ["a.jpg"]


def test_the_same_instance_id_may_stand_in_two_forms(store: Store, visit_form: Make, visit: Make) -> None:
    """An ID belongs to its form."""
    store.publish(visit_form(form_id="other"))
    assert status_of(store, visit()) == status_of(store, visit(form="other")) == 201


def test_spaces_around_a_forms_id_are_not_part_of_it(store: Store, visit_form: Make, visit: Make) -> None:
    """Neither where it is published, nor taken in, nor read."""
    store.publish(visit_form(form_id=" other "))
    for number, form in enumerate(("other", " other ")):
        store.receive(visit(f"uuid:{number}", form=form))
    read = store.responses("other")
    assert (len(read), len(read.rejected)) == (2, 0)


def test_a_submission_without_an_id_is_known_by_its_bytes(store: Store) -> None:
    """Sent twice, it is still one; another is another."""
    for village in ("a", "a", "b"):
        store.receive(f'<data id="visit" version="1"><village>{village}</village></data>'.encode())
    assert len(list(store.submissions())) == 2


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<test",
        b"not xml",
        b"<data/>",
        b'<data id="visit"',
        b'<!DOCTYPE d [<!ENTITY a "b">]><data id="visit" version="1">&a;</data>',
        b'<data id="visit" version="1"><meta><instanceID>uuid:\x01</instanceID></meta></data>',
        b'<data id="' + b"x" * 600 + b'"/>',
        b'<data id="visit" version="1"><base64EncryptedKey>x</base64EncryptedKey></data>',
    ],
)
def test_what_is_no_submission_is_refused(store: Store, xml: bytes) -> None:
    """Broken XML, no form ID, a document type, IDs with control characters, an encrypted one that nobody could read."""
    assert status_of(store, xml) == 400


def test_a_submission_is_whole_when_the_last_part_has_come(store: Store, visit: Make) -> None:
    """Until then it is kept and marked as incomplete."""
    from liuwen.openrosa.envelope import read_envelope

    with store:
        envelope = read_envelope(visit())
        keeping_of(store).begin_receiving(envelope, {}, Sender(), complete=False).result()
        assert [s.complete for s in store.submissions()] == [False]
        keeping_of(store).begin_receiving(envelope, {}, Sender(), complete=True).result()
        assert [s.complete for s in store.submissions()] == [True]


def test_a_clock_set_back_loses_and_reorders_nothing(tmp_path: Path, visit_form: Make, visit: Make) -> None:
    """Order is by arrival, whatever the clock says."""
    times = iter([2000.0, 2000.0, 1000.0, 3000.0, 500.0, 400.0])
    store = Store(tmp_path / "town", clock=lambda: next(times))
    store.publish(visit_form())
    for name in ("a", "b", "c"):
        store.receive(visit(f"uuid:{name}"))
    assert [s.instance_id for s in store.submissions()] == ["uuid:a", "uuid:b", "uuid:c"]

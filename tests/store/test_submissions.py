"""Each instance is stored once, attachments are added, edits replace their originals; responses as in ODK Central."""

from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.openrosa import RefusedError
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]


def status_of(store: Store, xml: bytes, sender: Sender | None = None) -> int:
    """The status that the server would return."""
    try:
        store.receive(xml, sender=sender)
    except RefusedError as refusal:
        return refusal.status
    return 201


def test_duplicate_submission_is_stored_once(store: Store, visit: Make) -> None:
    """A phone that missed the response sends the submission again."""
    assert [store.receive(visit()).is_new for _ in range(3)] == [True, False, False]
    assert len(list(store.submissions())) == 1


def test_same_id_with_different_content_is_refused(store: Store, visit: Make) -> None:
    """No answers are overwritten."""
    store.receive(visit(village="Hubin"))
    assert status_of(store, visit(village="Donghu")) == 409
    assert [s.xml for s in store.submissions()] == [visit(village="Hubin")]


def test_later_files_are_added(store: Store, visit: Make) -> None:
    """Large photos come in separate requests, each with the same XML."""
    store.receive(visit(), {"a.jpg": b"a"})
    store.receive(visit(), {"b.jpg": b"b"})
    assert sorted(store.attachments("visit", "uuid:one")) == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize(
    ("form", "version", "status"), [("nothing", "1", 404), ("visit", "7", 404), ("visit", "", 404), ("visit", "1", 201)]
)
def test_unknown_forms_and_versions_are_refused(store: Store, visit: Make, form: str, version: str, status: int) -> None:
    """As in ODK Central: an unknown form, or an unknown version of a known form, is not found."""
    assert status_of(store, visit(form=form, version=version)) == status


def test_old_version_of_a_form_is_still_accepted(store: Store, visit_form: Make, visit: Make) -> None:
    """A phone that was offline for a month has an old version."""
    store.publish(visit_form(version="2"))
    assert status_of(store, visit(version="1")) == 201


@pytest.mark.parametrize(("state", "status"), [("open", 201), ("closing", 201), ("closed", 409)])
def test_closed_form_accepts_no_submissions(store: Store, visit: Make, state: str, status: int) -> None:
    """`closing` still accepts interviews already begun."""
    store.set_state("visit", state)  # type: ignore[arg-type]
    assert status_of(store, visit()) == status


def test_form_not_permitted_to_the_collector_is_refused(store: Store, visit: Make) -> None:
    """A token for one form does not open another."""
    assert status_of(store, visit(), Sender(forms=frozenset({"other"}))) == 401


def test_successive_edits(store: Store, visit: Make) -> None:
    """Each edit names its predecessor; all belong to the first."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:2", edits="uuid:1"))
    store.receive(visit("uuid:3", edits="uuid:2"))
    assert [(s.instance_id, s.root_id) for s in store.submissions()] == [("uuid:3", "uuid:1")]


def test_edits_of_a_store_tell_what_they_changed(store: Store, visit_form: Make, visit: Make) -> None:
    """Also where the submission before the edit was made with an earlier version; the edited one counts once."""
    store.receive(visit("uuid:1", village="Hubin"))
    store.publish(visit_form(version="2"))
    store.receive(visit("uuid:2", edits="uuid:1", village="Donghu", version="2"))
    read = store.responses()
    assert read.table["village"].to_dict() == {"uuid:2": "Donghu"}
    assert read.counts == {"given": 2, "read": 1, "rejected": 0, "again": 0, "replaced": 1}
    assert read.edits[["key", "field", "before", "after"]].to_numpy().tolist() == [["uuid:2", "village", "Hubin", "Donghu"]]


def test_invalid_edits_are_refused(store: Store, visit: Make) -> None:
    """An unknown original, an outdated original, and an ID that is already used."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:other"))
    assert status_of(store, visit("uuid:2", edits="uuid:nothing")) == 404
    assert status_of(store, visit("uuid:other", edits="uuid:1")) == 409
    assert status_of(store, visit("uuid:2", edits="uuid:1")) == 201
    assert status_of(store, visit("uuid:3", edits="uuid:1")) == 409
    assert status_of(store, visit("uuid:1")) == 409


def test_duplicate_edit_is_stored_once(store: Store, visit: Make) -> None:
    """The response to an edit may be lost too; different content is refused."""
    store.receive(visit("uuid:1"))
    store.receive(visit("uuid:2", edits="uuid:1"))
    assert status_of(store, visit("uuid:2", edits="uuid:1")) == 201
    assert status_of(store, visit("uuid:2", "other", edits="uuid:1")) == 409
    assert len(list(store.submissions(current=False))) == 2


def test_edit_keeps_the_files_it_still_names(store: Store, visit: Make) -> None:
    """The phone need not send a photo again; a removed one is not carried over."""
    store.receive(visit("uuid:1", photo="a.jpg"), {"a.jpg": b"a", "b.jpg": b"b"})
    store.receive(visit("uuid:2", photo="a.jpg", edits="uuid:1"))
    assert sorted(store.attachments("visit", "uuid:2")) == ["a.jpg"]


def test_instance_id_may_occur_in_two_forms(store: Store, visit_form: Make, visit: Make) -> None:
    """An ID is unique within its form."""
    store.publish(visit_form(form_id="other"))
    assert status_of(store, visit()) == status_of(store, visit(form="other")) == 201


def test_spaces_around_a_form_id_are_ignored(store: Store, visit_form: Make, visit: Make) -> None:
    """On publishing, receiving and reading."""
    store.publish(visit_form(form_id=" other "))
    for number, form in enumerate(("other", " other ")):
        store.receive(visit(f"uuid:{number}", form=form))
    read = store.responses("other")
    assert (len(read), len(read.rejected)) == (2, 0)


def test_submission_without_an_id_is_identified_by_its_content(store: Store) -> None:
    """Sent twice it is stored once; different content is another submission."""
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
def test_invalid_submissions_are_refused(store: Store, xml: bytes) -> None:
    """Invalid XML, no form ID, a document type, IDs with control characters, an encrypted submission without an ID."""
    assert status_of(store, xml) == 400


def test_submission_is_complete_when_the_last_part_arrives(store: Store, visit: Make) -> None:
    """Until then it is stored and marked as incomplete."""
    from liuwen.openrosa.envelope import read_envelope

    with store:
        envelope = read_envelope(visit())
        keeping_of(store).begin_receiving(envelope, {}, Sender(), complete=False).result()
        assert [s.complete for s in store.submissions()] == [False]
        keeping_of(store).begin_receiving(envelope, {}, Sender(), complete=True).result()
        assert [s.complete for s in store.submissions()] == [True]


def test_clock_set_back_does_not_reorder_submissions(tmp_path: Path, visit_form: Make, visit: Make) -> None:
    """The order is by arrival, whatever the clock says."""
    times = iter([2000.0, 2000.0, 1000.0, 3000.0, 500.0, 400.0])
    store = Store(tmp_path / "town", clock=lambda: next(times))
    store.publish(visit_form())
    for name in ("a", "b", "c"):
        store.receive(visit(f"uuid:{name}"))
    assert [s.instance_id for s in store.submissions()] == ["uuid:a", "uuid:b", "uuid:c"]

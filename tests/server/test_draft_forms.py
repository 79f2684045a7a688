"""Draft forms: tried with a test code on a phone or in a browser; their answers stay apart, and go when the form is published."""

import os
import time
from collections.abc import Callable

import pytest

from liuwen.errors import StoreError
from liuwen.server import serve
from liuwen.store import Store, restore_backup
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def test_a_draft_is_filled_in_and_stays_apart(store: Store, visit_form: Make, visit: Make) -> None:
    """The phone sees the draft alone, its answers are in no table and no backup; the real code does not see the draft."""
    real = store.add_collector("wang")
    beside = Store(store.folder)  # the office page in another process
    with serve(store, port=0, language="en") as server:
        draft = beside.drafts.add(visit_form(version="2"))
        address = f"{server.url}/test/{draft.name}/key/{draft.new_code()}"
        with Phone(address) as tester, Phone(f"{server.url}/key/{real.token}") as phone:
            (offered,) = tester.form_list()
            assert offered.version == "2" and offered.download_url.startswith(address)
            assert [form.version for form in phone.form_list()] == ["1"]
            tester.send(visit(version="2", photo="a.jpg"), {"a.jpg": b"picture"})
            tester.send(visit("uuid:two", version="2"))
            page = tester.request("GET", f"{address}/fill/visit")
            assert page.status == 200 and address.encode() in page.body
            assert (draft.answers, beside.count(), store.count()) == (2, 0, 0)
            with pytest.raises(PhoneError):
                phone.send(visit(version="2"))
            with Phone(f"{server.url}/key/{draft.new_code()}") as astray, pytest.raises(PhoneError):
                astray.form_list()
            beside.drafts.publish(draft.name)
            assert [form.version for form in phone.form_list()] == ["2"]
            with pytest.raises(PhoneError, match="404"):
                tester.form_list()
    assert not list((store.folder / "drafts").iterdir()) and store.count() == 0
    assert store.check() == ()
    beside.close()


def test_a_draft_has_a_copy_of_its_lists(store: Store, visit_form: Make) -> None:
    """With the IDs of the rows; what the test changes is changed in the copy."""
    store.entities.create_list("households", ["village"])
    (uuid,) = store.entities.create("households", [{"label": "Zhao", "village": "east"}])
    listed = '<instance id="households" src="jr://file-csv/households.csv"/>'
    draft = store.drafts.add(visit_form(form_id="second").replace(b"</instance>", b"</instance>" + listed.encode(), 1))
    assert draft.store.entities["households"].loc[uuid, "village"] == "east"
    draft.store.entities.update("households", uuid, {"village": "west"})
    assert store.entities["households"].loc[uuid, "village"] == "east"
    store.backup(store.folder.parent / "usb")
    restore_backup(store.folder.parent / "usb", store.folder.parent / "again")
    assert Store(store.folder.parent / "again").drafts.all() == ()


def test_an_erased_household_goes_from_drafts_too(store: Store, visit_form: Make) -> None:
    """Also while the draft is served; other rows stay."""
    store.entities.create_list("households", ["village"])
    gone, stays = store.entities.create("households", [{"label": label, "village": "east"} for label in ("Zhao", "Qian")])
    listed = '<instance id="households" src="jr://file-csv/households.csv"/>'
    draft = store.drafts.add(visit_form(form_id="second").replace(b"</instance>", b"</instance>" + listed.encode(), 1))
    with serve(store, port=0) as server:
        with Phone(f"{server.url}/test/{draft.name}/key/{draft.new_code()}") as tester:
            tester.form_list()
        store.erase(household=gone)
    assert list(draft.store.entities["households"].index) == [stays]


def test_a_newer_draft_replaces_the_earlier(store: Store, visit_form: Make) -> None:
    """There is one draft of a form; a discarded one is gone."""
    store.drafts.add(visit_form(version="2"))
    draft = store.drafts.add(visit_form(version="3"))
    assert [one.form.version for one in store.drafts.all()] == ["3"]
    store.drafts.discard(draft.name)
    assert store.drafts.all() == ()
    for name in (draft.name, "../town", ""):
        with pytest.raises(StoreError):
            store.drafts.get(name)


def test_a_wrong_code_of_a_draft_is_refused_as_any_other(store: Store, visit_form: Make) -> None:
    """With its status and a sentence; so is an address that leads nowhere."""
    draft = store.drafts.add(visit_form(version="2"))
    with serve(store, port=0, language="en") as server:
        for path, status in (("key/wrong/formList", 401), (f"key/{draft.new_code()}/nowhere", 404)):
            with Phone(f"{server.url}/test/{draft.name}/key/{draft.new_code()}") as tester:
                answer = tester.request("GET", f"{server.url}/test/{draft.name}/{path}")
            assert answer.status == status and b"Internal" not in answer.body


def test_a_draft_that_was_not_finished_is_deleted(store: Store, visit_form: Make) -> None:
    """It may hold a copy of a list; one that is being made is spared."""
    store.drafts.add(visit_form(version="2"))
    for name, age in (("0f3b9c1e8a524c6d.part", 3600), ("1f3b9c1e8a524c6d.part", 0), ("2f3b9c1e8a524c6d", 3600)):
        (store.folder / "drafts" / name).mkdir()
        os.utime(store.folder / "drafts" / name, (time.time() - age,) * 2)
    store.drafts.erase_rows([])
    assert [path.name for path in (store.folder / "drafts").iterdir() if path.name != store.drafts.all()[0].name] == [
        "1f3b9c1e8a524c6d.part"
    ]

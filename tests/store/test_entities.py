"""Entities: the same outcome as in ODK Central for the same sequence of submissions.

The sequences and their outcomes were taken from the behaviour of Central (v2026.2, its tests of entities, offline entities
and entities in repeats), with households instead of people and trees.
"""

import re
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liuwen.errors import FormError, StoreError
from liuwen.server import app, serve
from liuwen.store import Entity, Store
from liuwen.store.entities import backlog
from liuwen.store.store import keeping_of

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>户</h:title>
<model entities:entities-version="2024.1.0"><instance><data id="{form_id}" version="1"><head/><members/><status/>
<meta><instanceID/><entity dataset="households" id="" create="" update="" baseVersion="" trunkVersion="" branchId=""><label/>
</entity></meta></data></instance>
<bind nodeset="/data/head" type="string" entities:saveto="head"/>
<bind nodeset="/data/members" type="string" entities:saveto="members"/>
<bind nodeset="/data/status" type="string" entities:saveto="status"/></model></h:head></h:html>"""

THERE = "12345678-1234-4123-8234-123456789abc"
NEW = "12345678-1234-4123-8234-123456789ddd"
BRANCH = "aaaaaaaa-1234-4123-8234-123456789abc"


class Town:
    """A store with one household, and the ways in which phones and the office change it."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_800_000_000.0
        self.store = Store(folder, clock=lambda: self.now)
        self.store.publish(FORM.format(form_id="household").encode())
        self.store.entities.create("households", [{"name": THERE, "label": "Li", "head": "Li", "members": "4"}])
        self._sent = 0

    def send(self, action: str, household: str = THERE, *, label: str | None = None, edits: str = "", **said: object) -> None:
        """A phone sends the form; attributes as `baseVersion=`, `branchId=`, …, answers by name; `edits` is the submission it
        edits.
        """
        self._sent += 1
        names = ("baseVersion", "trunkVersion", "branchId")
        chain = " ".join(f'{name}="{said.pop(name, "")}"' for name in names)
        actions = " ".join(f'{name}="1"' for name in action.split())
        answers = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
        entity = f'<entity dataset="households" id="{household}" {actions} {chain}><label>{label or ""}</label></entity>'
        edited = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        meta = f"<meta><instanceID>uuid:{self._sent}</instanceID>{edited}{entity}</meta>"
        self.store.receive(f'<data id="household" version="1">{answers}{meta}</data>'.encode())

    def change(self, household: str = THERE, **change: str) -> None:
        """The office changes the household."""
        self.store.entities.update("households", household, change)

    def get(self, household: str = THERE) -> Entity:
        """The current state of the household."""
        return self.store.entities.get("households", household)

    @property
    def waiting(self) -> int:
        """The number of submissions held."""
        with keeping_of(self.store).reading() as connection:
            return int(connection.execute("SELECT count(DISTINCT submission) FROM entity_backlog").fetchone()[0])

    @property
    def faults(self) -> list[str]:
        """The faults found, with their reasons."""
        return list(self.store.entities.faults()["en"])

    def state(self, household: str = THERE) -> tuple[int, int | None, dict[str, str]]:
        """The current version, base version and data of the household."""
        entity = self.get(household)
        return entity.version, entity.versions[-1].base_version, dict(entity.data)

    def conflicts(self, household: str = THERE) -> list[str | None]:
        """The conflict of each version, and the current one of the household."""
        entity = self.get(household)
        return [*(version.conflict for version in entity.versions), entity.conflict]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town with one household."""
    town = Town(tmp_path / "town")
    with town.store:
        yield town
    town.store.close()


def test_a_form_creates_a_household(town: Town) -> None:
    """At version 1, with the saved properties, from that submission."""
    town.send("create", NEW, label="Wang", head="Wang", members="3", status="new")
    entity = town.get(NEW)
    assert (entity.label, dict(entity.data), entity.version) == ("Wang", {"head": "Wang", "members": "3", "status": "new"}, 1)
    (version,) = entity.versions
    assert (version.base_version, version.branch_id, version.conflict, version.submission) == (None, None, None, "uuid:1")


def test_a_form_updates_a_household(town: Town) -> None:
    """Irrelevant questions keep their value; blank answers clear it; the label changes only if one is given."""
    town.send("update", baseVersion=1, status="visited", members="")
    assert town.state() == (2, 1, {"head": "Li", "members": "", "status": "visited"})
    assert town.get().label == "Li"
    town.send("update", baseVersion=2, label="Li senior")
    assert town.get().label == "Li senior"
    assert town.conflicts() == [None, None, None, None]


def test_an_upsert_updates_what_is_there_and_creates_what_is_not(town: Town) -> None:
    """Update is tried first."""
    town.send("create update", baseVersion=1, label="Li", status="a")
    town.send("create update", NEW, baseVersion="", label="Wang", status="b")
    assert town.state() == (2, 1, {"head": "Li", "members": "4", "status": "a"})
    assert town.state(NEW) == (1, None, {"status": "b"})


@pytest.mark.parametrize(
    ("action", "household", "said", "fault"),
    [
        ("create", NEW, {}, "has no label"),
        ("create", "", {"label": "x"}, "has no uuid"),
        ("create", "not-a-uuid", {"label": "x"}, "uuid does not follow"),
        ("create", "12345678-1234-1123-8234-123456789abc", {"label": "x"}, "uuid does not follow"),
        ("create", THERE, {"label": "x"}, "already exists"),
        ("update", NEW, {"baseVersion": 1}, f'list "households" has no entity {NEW}'),
        ("update", THERE, {"baseVersion": 9}, "has no version 9"),
        ("update", THERE, {"baseVersion": ""}, "has no baseVersion"),
        ("update", THERE, {"baseVersion": "a"}, "baseVersion does not follow"),
        ("update", THERE, {"baseVersion": 1, "trunkVersion": 1}, "has no branchId"),
        ("update", THERE, {"baseVersion": 1, "branchId": "x"}, "branchId does not follow"),
        ("update", THERE, {"baseVersion": 1, "trunkVersion": 2, "branchId": BRANCH}, "has no version trunkVersion=2"),
    ],
)  # fmt: skip
def test_faulty_entity_is_recorded_and_the_submission_kept(
    town: Town, action: str, household: str, said: dict[str, object], fault: str
) -> None:
    """No answer is lost because of an entity."""
    town.send(action, household, **said)  # type: ignore[arg-type]
    assert len(list(town.store.submissions())) == 1
    (noted,) = town.faults
    assert re.search(fault, noted), noted
    assert town.state() == (1, None, {"head": "Li", "members": "4"})
    assert town.waiting == 0


def test_deleted_household_cannot_be_created_or_changed(town: Town) -> None:
    """Phones learn of the deletion; its history is kept."""
    town.store.entities.delete("households", THERE)
    town.send("create", THERE, label="x")
    town.send("update", THERE, baseVersion=1)
    assert [("deleted" in fault) for fault in town.faults] == [True, True]
    assert town.get().deleted
    assert list(town.store.entities["households"].index) == []


def test_equal_changes_from_two_phones_are_a_soft_conflict(town: Town) -> None:
    """Both were made from version 1; the second is applied all the same."""
    town.send("update", baseVersion=1, status="visited")
    town.send("update", baseVersion=1, members="5")
    assert town.state() == (3, 1, {"head": "Li", "members": "5", "status": "visited"})
    assert town.conflicts() == [None, None, "soft", "soft"]


def test_two_values_for_the_same_property_are_a_hard_conflict(town: Town) -> None:
    """The last one received wins, and the conflicting properties are named."""
    town.send("update", baseVersion=1, status="visited", label="Li A")
    town.send("update", baseVersion=1, status="moved", label="Li B", members="4")
    assert town.state() == (3, 1, {"head": "Li", "members": "4", "status": "moved"})
    assert town.conflicts() == [None, None, "hard", "hard"]
    assert set(town.get().versions[-1].conflicting) == {"status", "label"}


def test_conflict_stays_until_it_is_resolved(town: Town) -> None:
    """Later contiguous changes neither resolve nor soften it."""
    for said in ({"status": "a"}, {"status": "b"}):
        town.send("update", baseVersion=1, **said)
    town.send("update", baseVersion=3, members="6")
    assert town.conflicts() == [None, None, "hard", None, "hard"]
    town.store.entities.resolve("households", THERE)
    entity = town.get()
    assert entity.conflict is None
    assert [version.resolved for version in entity.versions] == [False, False, True, False]
    with pytest.raises(StoreError, match="no conflict"):
        town.store.entities.resolve("households", THERE)


def test_update_with_an_outdated_base_version_is_refused(town: Town) -> None:
    """A change based on an older version is refused if the version is given."""
    town.send("update", baseVersion=1, status="visited")
    with pytest.raises(StoreError, match="now at version 2, not 1"):
        town.store.entities.update("households", THERE, {"status": "x"}, base_version=1)
    town.store.entities.update("households", THERE, {"status": "x"}, base_version=2)
    with pytest.raises(StoreError, match=r'"households" has no property "colour"'):
        town.store.entities.update("households", THERE, {"colour": "x"})


def test_number_from_the_office_equals_the_text_of_a_phone(town: Town) -> None:
    """The same value from both is not a hard conflict."""
    town.store.entities.update("households", THERE, {"status": 2})  # type: ignore[dict-item]
    town.send("update", baseVersion=1, status="2")
    assert town.get().conflict == "soft"


# -- offline chains ---------------------------------------------------------------------------------------------------


def test_offline_changes_in_order(town: Town) -> None:
    """Two changes of one chain, each based on the other."""
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert town.state() == (3, 2, {"head": "Li", "members": "4", "status": "b"})
    last = town.get().versions[-1]
    assert (last.branch_id, last.branch_base_version, last.trunk_version) == (BRANCH, 2, 1)
    assert town.conflicts() == [None, None, None, None]


def test_offline_changes_after_a_change_at_the_office(town: Town) -> None:
    """The base is that of the chain, not the number that the phone counted."""
    town.change(label="Li (4)")
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert town.state() == (4, 3, {"head": "Li", "members": "4", "status": "b"})
    assert town.conflicts() == [None, None, "soft", "soft", "soft"]


def test_an_interrupted_chain(town: Town) -> None:
    """The office changes the household before and between."""
    town.change(label="Li changed")
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    town.change(label="Li (4)")
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert town.state() == (5, 3, {"head": "Li", "members": "4", "status": "b"})


def test_created_and_changed_offline(town: Town) -> None:
    """The creation has no branch; the change names base 1 and no trunk."""
    town.send("create", NEW, label="Wang", head="Wang", members="3", status="new")
    town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="checked")
    assert town.state(NEW) == (2, 1, {"head": "Wang", "members": "3", "status": "checked"})
    assert town.get(NEW).versions[-1].trunk_version is None
    assert town.conflicts(NEW) == [None, None, None]


def test_created_offline_with_a_change_at_the_office_in_between(town: Town) -> None:
    """The true base of the last change is version 3; the phone counted 2."""
    town.send("create", NEW, label="Wang", head="Wang", members="3", status="new")
    town.change(NEW, members="4")
    town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="a")
    town.change(NEW, members="5")
    town.send("update", NEW, baseVersion=2, branchId=BRANCH, status="b")
    assert town.state(NEW) == (5, 3, {"head": "Wang", "members": "5", "status": "b"})
    assert town.get(NEW).versions[-1].branch_base_version == 2


def test_early_change_is_held(town: Town) -> None:
    """It is not a fault, and changes nothing yet."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert (town.waiting, town.faults, town.get().version) == (1, [], 1)


def test_held_change_is_applied_after_its_base(town: Town) -> None:
    """In the order first, third, second: the third is applied after the second."""
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    town.send("update", baseVersion=3, trunkVersion=1, branchId=BRANCH, status="c")
    assert (town.waiting, town.get().version) == (1, 2)
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert town.state() == (4, 3, {"head": "Li", "members": "4", "status": "c"})
    assert (town.waiting, town.conflicts()) == (0, [None] * 5)


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_a_whole_chain_in_reverse_order(town: Town, changes: int) -> None:
    """The creation comes last, and the others follow it at once."""
    for number in range(changes, 0, -1):
        town.send("update", NEW, baseVersion=number, branchId=BRANCH, status=str(number))
    assert town.waiting == changes
    town.send("create", NEW, label="Wang", head="Wang", status="new")
    assert town.state(NEW) == (changes + 1, changes, {"head": "Wang", "status": str(changes)})
    assert (town.waiting, town.faults) == (0, [])


def test_two_phones_in_either_order(tmp_path: Path) -> None:
    """One registers a household, another records a matter about it: the lists are equal whichever syncs first."""
    outcomes = []
    for order in ((0, 1), (1, 0)):
        town = Town(tmp_path / f"town{order[0]}")
        acts: list[Callable[[], None]] = [
            lambda town=town: town.send("create", NEW, label="Wang", head="Wang", status="new"),  # type: ignore[misc]
            lambda town=town: town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="roof leaks"),  # type: ignore[misc]
        ]
        with town.store:
            for number in order:
                acts[number]()
        outcomes.append((town.state(NEW), town.conflicts(NEW), town.waiting, town.faults))
        town.store.close()
    assert outcomes[0] == outcomes[1]


# -- the backlog ------------------------------------------------------------------------------------------------------


def test_held_change_is_forced_after_five_days(town: Town) -> None:
    """Not sooner; it is applied to the latest existing version."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.now += (backlog.DAYS - 1) * 86400
    assert town.store.entities.process_backlog() == 0
    town.send("update", baseVersion=3, trunkVersion=1, branchId=BRANCH, status="c")
    town.now += 2 * 86400
    assert town.store.entities.process_backlog() == 1
    assert town.state() == (2, 1, {"head": "Li", "members": "4", "status": "b"})
    assert town.get().versions[-1].branch_base_version == 2
    assert town.waiting == 1


def test_two_changes_of_a_chain_without_its_first(town: Town) -> None:
    """In their order."""
    town.send("update", baseVersion=3, trunkVersion=1, branchId=BRANCH, status="c")
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    assert town.store.entities.process_backlog(days=0) == 2
    assert town.state() == (3, 2, {"head": "Li", "members": "4", "status": "c"})


def test_edit_does_not_overtake_its_original(town: Town) -> None:
    """The edit changes nothing while the original waits."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.send("update", baseVersion=1, edits="uuid:1", status="c")
    assert (town.get().version, town.waiting, town.faults) == (1, 1, [])


def test_forced_change_of_an_unknown_household_creates_it(town: Town) -> None:
    """Its label says so; and the next change follows."""
    town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="a")
    town.send("update", NEW, baseVersion=2, branchId=BRANCH, status="b", head="Dana")
    assert town.store.entities.process_backlog(days=0) == 2
    assert (town.get(NEW).label, town.state(NEW)) == ("auto generated", (2, 1, {"status": "b", "head": "Dana"}))
    town.send("update", NEW, baseVersion=10, branchId=BRANCH, status="c")
    town.store.entities.process_backlog(days=0)
    assert town.state(NEW) == (3, 2, {"status": "c", "head": "Dana"})


def test_late_creation_is_applied_as_a_change(town: Town) -> None:
    """It is a hard conflict if the values differ, and names the conflicting properties."""
    town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="checked", members="5")
    town.store.entities.process_backlog(days=0)
    assert town.get(NEW).conflict is None
    town.send("create", NEW, label="Wang", head="Wang", members="3", status="new")
    assert town.state(NEW) == (2, 1, {"head": "Wang", "members": "3", "status": "new"})
    assert town.conflicts(NEW) == [None, "hard", "hard"]
    assert town.get(NEW).versions[-1].conflicting == ("members", "status", "label")


def test_late_creation_with_equal_values_is_a_soft_conflict(town: Town) -> None:
    """It is out of order, but no values differ."""
    for action, chain in (("update", {"baseVersion": 1, "branchId": BRANCH}), ("create", {})):
        town.send(action, NEW, label="Wang", head="Wang", **chain)
        town.store.entities.process_backlog(days=0)
    assert town.conflicts(NEW) == [None, "soft", "soft"]


def test_a_late_creation_still_needs_its_label(town: Town) -> None:
    """It is validated as a creation."""
    town.send("update", NEW, baseVersion=1, branchId=BRANCH, status="checked")
    town.store.entities.process_backlog(days=0)
    town.send("create", NEW, head="Wang")
    assert (town.get(NEW).version, town.faults) == (1, ["The entity has no label."])


def test_second_creation_of_a_household_is_refused(town: Town) -> None:
    """Only an entity created out of order may be created again."""
    for label in ("Wang", "Zhao"):
        town.send("create", NEW, label=label)
    assert (town.get(NEW).label, len(town.faults)) == ("Wang", 1)


def test_forced_changes_leave_the_chain_uneven(town: Town) -> None:
    """One is held and forced, then the earlier one arrives, and a later one is forced again."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.store.entities.process_backlog(days=0)
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    assert town.get().conflict == "hard"
    town.send("update", baseVersion=4, trunkVersion=1, branchId=BRANCH, status="d")
    town.store.entities.process_backlog(days=0)
    assert town.conflicts() == [None, None, "hard", "soft", "hard"]


def test_chain_continues_after_its_conflict_is_resolved(town: Town) -> None:
    """The chain stays separate from its trunk."""
    town.change(members="5")
    town.send("update", baseVersion=1, trunkVersion=1, branchId=BRANCH, status="a")
    assert town.get().conflict == "soft"
    town.store.entities.resolve("households", THERE)
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, members="6")
    assert town.conflicts() == [None, None, "soft", "soft", "soft"]


def test_household_deleted_while_its_change_is_held(town: Town) -> None:
    """The change is dropped and a fault recorded."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.store.entities.delete("households", THERE)
    assert town.store.entities.process_backlog(days=0) == 1
    assert (town.waiting, ["deleted" in fault for fault in town.faults]) == (0, [True])


def test_running_server_processes_the_backlog(town: Town) -> None:
    """No manual action is needed."""
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.now += (backlog.DAYS + 1) * 86400
    with serve(town.store, port=0):
        until = time.monotonic() + 600
        while town.waiting and time.monotonic() < until:
            time.sleep(0.02)
    assert town.state() == (2, 1, {"head": "Li", "members": "4", "status": "b"})


def test_running_server_retries_after_a_full_disk(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single failure does not end the processing."""
    monkeypatch.setattr(app, "_BACKLOG_EVERY", 0.02)
    failed: list[bool] = []
    process = town.store.entities.process_backlog

    def full_at_first() -> int:
        if not failed:
            failed.append(True)
            raise sqlite3.OperationalError("database or disk is full")
        return process()

    monkeypatch.setattr(town.store.entities, "process_backlog", full_at_first)
    town.send("update", baseVersion=2, trunkVersion=1, branchId=BRANCH, status="b")
    town.now += (backlog.DAYS + 1) * 86400
    with serve(town.store, port=0):
        until = time.monotonic() + 600
        while town.waiting and time.monotonic() < until:
            time.sleep(0.02)
    assert failed and not town.waiting


# -- edits, permissions, declarations -----------------------------------------------------------------------------


def test_an_edited_submission_changes_its_entity_only_once(town: Town) -> None:
    """As in Central: an answer that created an entity does not create it again when edited."""
    town.send("create", NEW, label="Wang", status="a")
    edit = next(town.store.submissions()).xml.replace(b"<status>a", b"<status>b")
    edit = edit.replace(b"<instanceID>uuid:1<", b"<instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID><x>")
    edit = edit.replace(b"<x>/instanceID>", b"")
    town.store.receive(edit)
    assert (town.get(NEW).version, town.faults) == (1, [])


def test_edit_may_correct_a_faulty_entity(town: Town) -> None:
    """The edit is processed as the original was."""
    town.send("update", NEW, baseVersion=1, status="a")
    first = next(town.store.submissions()).xml
    edit = first.replace(NEW.encode(), THERE.encode()).replace(
        b"<instanceID>uuid:1</instanceID>", b"<instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID>"
    )
    town.store.receive(edit)
    assert town.state() == (2, 1, {"head": "Li", "members": "4", "status": "a"})


def test_undeclared_action_is_refused(tmp_path: Path) -> None:
    """A submission that requests another action than the form declares is refused it."""
    store = Store(tmp_path / "town")
    store.publish(FORM.format(form_id="household").replace(' update=""', "").encode())
    store.entities.create("households", [{"name": THERE, "label": "Li"}])
    entity = f'<entity dataset="households" id="{THERE}" update="1" baseVersion="1"><label/></entity>'
    store.receive(f'<data id="household" version="1"><meta><instanceID>uuid:1</instanceID>{entity}</meta></data>'.encode())
    assert store.entities.faults()["en"].str.contains("may not").tolist() == [True]
    store.close()


def test_submission_writes_only_to_lists_of_its_form(town: Town) -> None:
    """A collector of one form cannot write to the lists of others."""
    town.store.entities.create_list("officers", ["rank"])
    entity = f'<entity dataset="officers" id="{NEW}" create="1"><label>Wang</label></entity>'
    town.store.receive(
        f'<data id="household" version="1"><head>x</head><meta><instanceID>uuid:9</instanceID>{entity}</meta></data>'.encode()
    )
    assert len(town.store.entities["officers"]) == 0
    assert town.faults == ['This form does not write to the entity list "officers".']


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2024.1.0", "2021.1.0", "2022.1 to 2025.1"),
        ('dataset="households"', 'dataset="__households"', "Invalid entity"),
        ('dataset="households"', 'dataset="a.b"', "Invalid entity"),
        ('saveto="head"', 'saveto="name"', "Invalid entity"),
        ('saveto="head"', 'saveto="__head"', "Invalid entity"),
        (' create="" update=""', "", "neither creates nor updates"),
    ],
)
def test_form_with_invalid_entity_declarations_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """On publishing, before any phone has it."""
    with pytest.raises(FormError, match=fault):
        Store(tmp_path / "town").publish(FORM.format(form_id="household").replace(old, new).encode())


def test_households_are_loaded_from_a_table(town: Town) -> None:
    """All rows or none."""
    import pandas as pd

    frame = pd.DataFrame({"label": ["A", "B"], "head": ["a", None]})
    made = town.store.entities.create("households", frame)
    assert town.store.entities["households"].loc[made, ["label", "head"]].to_numpy().tolist() == [["A", "a"], ["B", ""]]
    taken = {"label": ["C", "D"], "name": [str(uuid.uuid4()), THERE]}
    for bad in ({"label": ["C", " "]}, {"label": ["C"], "colour": ["red"]}, taken):
        with pytest.raises(StoreError):
            town.store.entities.create("households", pd.DataFrame(bad))
    assert len(town.store.entities["households"]) == 3

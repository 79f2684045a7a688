"""Entity lists as phones receive them, and submissions with several entities."""

import csv
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from liuwen.errors import FormError, LiuwenWarning
from liuwen.form import Form, read_form
from liuwen.openrosa import new_keys
from liuwen.server import Server, serve
from liuwen.store import Credentials, Store
from liuwen.store.entities.csv_files import ListFiles
from liuwen.store.store import keeping_of
from liuwen.testing.phone import ListedFile, Phone

MEMBERS = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>户</h:title>
<model entities:entities-version="2025.1.0"><instance><data id="members" version="1"><head/><who><member><name/><age/>
<meta><entity dataset="people" id="" create="" update="" baseVersion=""><label/></entity></meta></member></who>
<meta><instanceID/><entity dataset="households" id="" create=""><label/></entity></meta></data></instance>
<bind nodeset="/data/head" entities:saveto="head"/><bind nodeset="/data/who/member/name" entities:saveto="full_name"/>
<bind nodeset="/data/who/member/age" entities:saveto="age"/></model></h:head></h:html>"""

FOLLOW_UP = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>回访</h:title>
<model><instance><data id="follow" version="1"><which/><meta><instanceID/></meta></data></instance>
<instance id="households" src="jr://file-csv/households.csv"/></model></h:head></h:html>"""

HOUSE = "f73ea0a0-f51f-4d13-a7cb-c2123ba06f30"
FIRST = "f73ea0a0-f51f-4d13-a7cb-c2123ba06f31"
SECOND = "f73ea0a0-f51f-4d13-a7cb-c2123ba06f32"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Store]:
    """A store with a form that registers households and members, and one that selects a household."""
    store = Store(tmp_path / "town")
    store.publish(MEMBERS.encode())
    store.publish(FOLLOW_UP.encode())
    yield store
    store.close()


@pytest.fixture
def who(town: Store) -> Credentials:
    """A collector."""
    return town.add_collector("wang")


@pytest.fixture
def served(town: Store) -> Iterator[Server]:
    """The running server of the store."""
    with serve(town, port=0) as server:
        yield server


@pytest.fixture
def phone(served: Server, who: Credentials) -> Iterator[Phone]:
    """A phone."""
    with Phone(f"{served.url}/key/{who.token}") as phone:
        yield phone


def member(uuid: str, name: str, age: str = "", action: str = 'create="1"') -> str:
    """One instance of the repeat."""
    entity = f'<entity dataset="people" id="{uuid}" {action}><label>{name}</label></entity>'
    return f"<member><name>{name}</name><age>{age}</age><meta>{entity}</meta></member>"


def registration(instance: str, *members: str, house: str = HOUSE, label: str = "Li") -> bytes:
    """A household with its members."""
    entity = f'<entity dataset="households" id="{house}" create="1"><label>{label}</label></entity>'
    meta = f"<meta><instanceID>{instance}</instanceID>{entity}</meta>"
    return f'<data id="members" version="1"><head>{label}</head><who>{"".join(members)}</who>{meta}</data>'.encode()


def listed(phone: Phone) -> ListedFile:
    """The household list in the manifest of the follow-up form."""
    form = next(form for form in phone.form_list() if form.form_id == "follow")
    return phone.manifest(form)[0]


def fetched(phone: Phone) -> list[list[str]]:
    """The household list as the phone reads it."""
    form = next(form for form in phone.form_list() if form.form_id == "follow")
    return list(csv.reader(io.StringIO(phone.fetch(form).files["households.csv"].decode())))


def test_household_and_members_become_entities(town: Store) -> None:
    """One submission, two lists; each entity with its own properties."""
    town.receive(registration("uuid:1", member(FIRST, "Li Gang", "50"), member(SECOND, "Li Xia")))
    households, people = town.entities["households"], town.entities["people"]
    assert households.loc[HOUSE, ["label", "head"]].tolist() == ["Li", "Li"]
    assert people[["full_name", "age"]].to_dict("index") == {
        FIRST: {"full_name": "Li Gang", "age": "50"},
        SECOND: {"full_name": "Li Xia", "age": ""},
    }


def test_members_may_be_created_and_updated_in_one_submission(town: Store) -> None:
    """Some are updated, others created."""
    town.receive(registration("uuid:1", member(FIRST, "Li Gang", "50")))
    again = member(FIRST, "Li Gang", "51", 'update="1" baseVersion="1"')
    town.receive(registration("uuid:2", again, member(SECOND, "Li Xia"), house=HOUSE[:-1] + "9"))
    assert town.entities["people"]["age"].tolist() == ["51", ""]


def test_entities_of_a_submission_are_all_stored_or_none(town: Store) -> None:
    """If one fails, none is stored; the fault gives the number and the reasons."""
    town.receive(registration("uuid:1", member(FIRST, "Li Gang"), member("bad", "Li Xia"), member("", "Li Bo")))
    assert town.entities["people"].empty
    assert town.entities["households"].empty
    assert town.entities.faults()["en"].str.startswith("2 of 4 entities are invalid").all()


BRANCHES = {FIRST: "aaaaaaaa-1234-4123-8234-123456789abc", SECOND: "bbbbbbbb-1234-4123-8234-123456789abc"}


def offline(uuid: str, name: str, age: str, base: int) -> str:
    """An instance that updates a member on a phone without network."""
    return member(uuid, name, age, f'update="1" baseVersion="{base}" trunkVersion="1" branchId="{BRANCHES[uuid]}"')


@pytest.mark.parametrize("comes", [True, False])
def test_held_entity_of_a_submission_is_processed_later(town: Store, comes: bool) -> None:
    """Two members changed offline; the previous change of one arrives later, or not within five days."""
    town.receive(registration("uuid:1", member(FIRST, "Li Gang", "50"), member(SECOND, "Li Xia", "20")))
    second = [offline(FIRST, "Li Gang", "52", 2), offline(SECOND, "Li Xia", "21", 1)]
    town.receive(registration("uuid:3", *second, house=HOUSE[:-1] + "8"))
    assert town.entities["people"]["age"].to_dict() == {FIRST: "50", SECOND: "21"}
    if comes:
        town.receive(registration("uuid:2", offline(FIRST, "Li Gang", "51", 1), house=HOUSE[:-1] + "9"))
    else:
        town.entities.process_backlog(days=0)
    people = town.entities["people"]
    assert people["age"].to_dict() == {FIRST: "52", SECOND: "21"}
    assert people["version"].to_dict() == {FIRST: 3 if comes else 2, SECOND: 2}
    assert town.entities.faults().empty and len(town.entities["households"]) == (3 if comes else 2)


def test_list_is_sent_to_the_phone(phone: Phone) -> None:
    """A household registered in the morning can be selected in the afternoon."""
    assert fetched(phone) == [["name", "label", "__version", "head"]]
    before = listed(phone)
    assert (before.name, before.is_entity_list) == ("households.csv", True)
    phone.send(registration("uuid:1", label="Li, 老"))
    assert fetched(phone) == [["name", "label", "__version", "head"], [HOUSE, "Li, 老", "1", "Li, 老"]]
    assert listed(phone).hash not in {"", before.hash}


PICK = """
| survey |
| | type | name | label |
| | select_one_from_file households.csv | which | Which household? |
| settings |
| | form_id | version |
| | pick | {version} |
"""


def test_entity_list_takes_precedence_over_a_file_beside_the_form(town: Store) -> None:
    """A file beside the form is for trying it out; phones get the entity list unless the file is passed explicitly."""
    sample = {"households.csv": b"name,label\nx,Made-up household\n"}
    form = Form(read_form(PICK.format(version=1).encode()).sheets, sample)
    with pytest.warns(LiuwenWarning, match=r"households\.csv is an entity list"):
        (medium,) = town.publish(form).media
    assert medium.entity_list == "households"
    (medium,) = town.publish(read_form(PICK.format(version=2).encode()), media=sample).media
    assert medium.entity_list is None


def test_form_with_entities_cannot_be_encrypted(town: Store) -> None:
    """The server could not read the entities."""
    with pytest.raises(FormError, match=r"households"):
        town.publish(MEMBERS.replace('version="1"', 'version="2"').encode(), key=new_keys("six questions").public)


def test_unchanged_list_has_the_same_hash(phone: Phone, town: Store) -> None:
    """Phones download it once; a submission without entities does not change it."""
    phone.send(registration("uuid:1"))
    before = listed(phone).hash
    fetched(phone)
    phone.send(b'<data id="follow" version="1"><which/><meta><instanceID>uuid:f</instanceID></meta></data>')
    assert listed(phone).hash == before
    assert len(list((town.folder / "cache").glob("*.csv"))) == 1


def test_list_of_a_restored_store_is_downloaded_again(phone: Phone, town: Store, tmp_path: Path) -> None:
    """The same number of changes after restoring a backup gives another hash."""
    copy = town.copy_to(tmp_path / "copy")
    phone.send(registration("uuid:1"))
    lost = listed(phone).hash.removeprefix("md5:")
    assert lost == ListFiles(keeping_of(town)).hash_of("households")
    restored = Store(copy)
    restored.receive(registration("uuid:2", house=FIRST, label="Wang"))
    assert ListFiles(keeping_of(restored)).hash_of("households") != lost
    restored.close()


def test_constantly_changing_list_can_be_downloaded(phone: Phone, town: Store) -> None:
    """A download in progress is not interrupted, and old files are deleted."""
    address = listed(phone).download_url
    over = threading.Event()

    def register() -> None:
        while not over.is_set():
            town.entities.create("households", [{"label": "Li", "head": "Li"}])

    def fetch(_: int) -> list[tuple[int, int]]:
        with Phone(phone.address) as another:
            answers = [another.request("GET", address) for _ in range(25)]
        return [(answer.status, answer.body.count(b"name,label")) for answer in answers]

    with ThreadPoolExecutor(7) as hands:
        registering = hands.submit(register)
        try:
            got = [each for answers in hands.map(fetch, range(6)) for each in answers]
        finally:
            over.set()
        registering.result()
    assert set(got) == {(200, 1)}
    assert len(list((town.folder / "cache").glob("*.csv"))) == 1
    assert len(list((town.folder / "cache").glob("*.csv.gz"))) <= 1


def test_integrity_lists_deleted_entities(phone: Phone, town: Store) -> None:
    """For the requested IDs; unknown IDs are not mentioned."""
    phone.send(registration("uuid:1"))
    phone.send(registration("uuid:2", house=FIRST))
    town.entities.delete("households", FIRST)
    assert phone.deleted(listed(phone), [HOUSE, FIRST, SECOND]) == {HOUSE: False, FIRST: True}
    assert [row[0] for row in fetched(phone)[1:]] == [HOUSE]


def test_values_are_sent_unchanged(phone: Phone) -> None:
    """Formulas, quotes and line ends are unchanged: the phone reads text, and no spreadsheet opens this file."""
    labels = ['=1+1,"x"\n@y', "a\rb"]
    phone.send(registration("uuid:1", label=labels[0].replace('"', "&quot;")))
    phone.send(registration("uuid:2", label="a&#13;b", house=FIRST))
    assert {row[1] for row in fetched(phone)[1:]} == set(labels)


def test_long_list_is_written_in_chunks(phone: Phone, town: Store) -> None:
    """More households than fit in one chunk, each once, newest first."""
    town.entities.create("households", ({"label": f"{number}", "head": "x"} for number in range(5001)))
    labels = [row[1] for row in fetched(phone)[1:]]
    assert labels == [str(number) for number in range(5000, -1, -1)]


def test_integrity_requires_access_to_a_form_of_the_list(phone: Phone, served: Server, town: Store) -> None:
    """403 for others, 404 for a list that no form uses."""
    address = listed(phone).integrity_url
    other = town.add_collector("other", forms=["members"])
    theirs = address.replace(phone.address, f"{served.url}/key/{other.token}")
    assert phone.request("GET", f"{theirs}?id={HOUSE}").status == 403
    assert phone.request("GET", address.replace("households", "nothing")).status == 404

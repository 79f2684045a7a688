"""Two phones offline, through the real server: what they report from one state is kept, and the list says what came of it."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign.list_keeper import PhoneListKeeper
from liuwen.campaign.phone_list import write_phone_list
from liuwen.form import Form
from liuwen.server import Server, serve
from liuwen.testing.phone import ListedFile, Phone

Make = Callable[..., bytes]


@pytest.fixture
def served(town: lw.Store) -> Iterator[Server]:
    """The town's store, served on loopback."""
    with serve(town, port=0, language="en") as server:
        yield server


def phone_of(server: Server, store: lw.Store, name: str) -> Phone:
    """The phone of a collector who was just added."""
    return Phone(f"{server.url}/key/{store.add_collector(name).token}")


def list_on(phone: Phone) -> bytes:
    """The CSV of the list `matters` as this phone has it after a sync."""
    form = next(one for one in phone.form_list() if one.form_id == "matter_step")
    return phone.fetch(form).files["matters.csv"]


def listed_file(phone: Phone) -> ListedFile:
    """The entry of the list in this phone's own manifest."""
    form = next(one for one in phone.form_list() if one.form_id == "matter_step")
    return next(file for file in phone.manifest(form) if file.name == "matters.csv")


@pytest.fixture
def report(fill: Make, forms: dict[str, Form]) -> Callable[..., bytes]:
    """A step of the one matter on the list that a phone holds, filled in on a day."""

    def filled(media: bytes, visitor: str, step: str, day: str, **said: str) -> bytes:
        matter = media.decode().splitlines()[1].split(",")[0]
        where = {"visitor": visitor, "town": "T1", "village": "V1", "about": "active", "matter": matter}
        answers = {**where, "step": step, "on_day": day, "reason": "说明", **said}
        return fill(forms["matter_step"], answers, f"{day}T09:00:00+08:00", {"matters.csv": media})

    return filled


@pytest.fixture
def applied(town: lw.Store, served: Server, a_matter: Make, report: Callable[..., bytes], clock) -> Iterator[tuple[Phone, Phone]]:
    """A matter was raised and applied to the town; the phones of the visitor and of the town both know that."""
    with (
        PhoneListKeeper(town, "our_town", year=2026) as keeper,
        phone_of(served, town, "wang") as wang,
        phone_of(served, town, "Sun") as sun,
    ):
        wang.send(a_matter())
        keeper.refresh()
        clock.set("2026-07-03T10:00:00+08:00")
        wang.send(report(list_on(wang), "Wang", "apply", "2026-07-03"))
        keeper.refresh()
        yield wang, sun


@pytest.mark.slow
@pytest.mark.parametrize("order", [("done", "accept"), ("accept", "done")], ids=" then ".join)
def test_two_reports_from_one_state_commute(
    order: tuple[str, str], town: lw.Store, applied: tuple[Phone, Phone], report: Callable[..., bytes], clock
) -> None:
    """The visitor says done while the town accepts: the same ledger, one report an exception, no conflict in the list."""
    wang, sun = applied
    held = list_on(wang)
    assert list_on(sun) == held
    reports = {
        "done": (wang, report(held, "Wang", "done", "2026-07-05")),
        "accept": (sun, report(held, "Sun", "accept", "2026-07-06", new_deadline="2026-08-01")),
    }
    clock.set("2026-07-07T10:00:00+08:00")
    for step in order:
        phone, xml = reports[step]
        phone.send(xml)
    campaign = lw.read_campaign("our_town", 2026, store=town)
    write_phone_list(campaign, town, "2026-07-10")
    ledger = campaign.ledger(on="2026-07-10")
    assert ledger.table["state"].tolist() == ["done"]
    assert (ledger.exceptions["step"].tolist(), len(ledger.steps)) == (["accept"], 4)
    rows = town.entities["matters"]
    assert (rows["state"].tolist(), rows["conflict"].isna().all()) == (["done"], True)
    assert list_on(sun) == list_on(wang) != held


@pytest.mark.slow
def test_the_list_follows_what_arrives_by_itself(town: lw.Store, served: Server, a_matter: Make) -> None:
    """Nobody asks for it: the keeper sees the arrival and writes the list."""
    with PhoneListKeeper(town, "our_town", year=2026), phone_of(served, town, "wang") as phone:
        phone.send(a_matter())
        for _ in range(600):
            if "matters" in town.entities.lists() and len(town.entities["matters"]):
                break
            phone.form_list()
        assert town.entities["matters"]["title"].tolist() == ["井坏了"]


@pytest.mark.slow
def test_a_phone_gets_the_matters_of_its_own_villages_alone(town: lw.Store, served: Server, a_matter: Make) -> None:
    """Wang is posted to V1, Zhao to V2, Sun to the town; a phone that held more learns that the rest is gone."""
    town.add_collector("web")
    with (
        PhoneListKeeper(town, "our_town", year=2026) as keeper,
        phone_of(served, town, "wang") as wang,
        phone_of(served, town, "Zhao") as zhao,
        phone_of(served, town, "Sun") as sun,
    ):
        wang.send(a_matter())
        keeper.refresh()
        lines = {name: list_on(phone).decode().splitlines() for name, phone in (("wang", wang), ("Zhao", zhao), ("Sun", sun))}
        assert {name: len(rows) - 1 for name, rows in lines.items()} == {"wang": 1, "Zhao": 0, "Sun": 1}
        matter = lines["wang"][1].split(",")[0]
        assert [phone.deleted(listed_file(phone), [matter]) for phone in (wang, zhao)] == [{matter: False}, {matter: True}]
    assert {one.name: one.places for one in town.collectors()} == {
        "web": frozenset(),
        "wang": frozenset({"V1"}),
        "Zhao": frozenset({"V2"}),
        "Sun": None,
    }


def test_no_register_of_the_desk_reaches_a_phone(town: lw.Store, served: Server) -> None:
    """Whatever a phone may fetch, forms and lists alike: no illness, no hardship, no pair, no rank."""
    town.desk_tables["leave"] = pd.DataFrame({"person": ["Wang"], "from": "2026-07-01", "to": "", "why": ["SECRET-illness"]})
    town.desk_tables["membership"] = pd.DataFrame({"household": ["H1"], "group": ["SECRET-hardship"], "from": "2026-01-01"})
    town.desk_tables["pairs"] = pd.DataFrame({"person": ["Wang"], "subject": ["SECRET-pair"], "rule": "r", "from": "2026-01-01"})
    with phone_of(served, town, "Sun") as phone:
        fetched = [phone.fetch(form) for form in phone.form_list()]
    read = b"".join(part for one in fetched for part in (one.xml, *one.files.values()))
    assert {form.form_id for form in town.forms()} == {"matter", "matter_step"} and b"matters.csv" in read
    assert b"SECRET" not in read and b"town_office" not in read

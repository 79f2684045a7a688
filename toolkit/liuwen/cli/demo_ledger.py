"""The demo's ledger: half a year of a made-up town, two phones that were offline, and the pages of the last month."""

import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.messages import language_in_force

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign import Campaign, MadeUpTown
    from liuwen.campaign.list_keeper import PhoneListKeeper
    from liuwen.form import Form
    from liuwen.store import Store
    from liuwen.testing.phone import Phone

MONTH, YEAR, PROGRAMME = "2026-09", 2026, "hubin"
VILLAGES, MATTERS = 6, 150
VISITOR, OFFICE = "S02", "O1"
"""Who holds the two phones: a member of staff, and the town's office."""


class DemoClock:
    """The time at which the demo's server receives: it is set forward through September."""

    def __init__(self, moment: str) -> None:
        self.set(moment)

    def set(self, moment: str) -> None:
        """From here on it is `moment`."""
        self.moment = f"{moment}+08:00"

    def __call__(self) -> float:
        return datetime.fromisoformat(self.moment).timestamp()


def play_ledger(folder: Path) -> "Campaign":
    """Play half a year into a new store in `folder`; the campaign that it is."""
    from liuwen.campaign import made_up_town, read_campaign
    from liuwen.store import Store

    if folder.exists():
        shutil.rmtree(folder)
    town = made_up_town(VILLAGES, MATTERS, language=language_in_force())
    clock = DemoClock("2026-09-13T08:00:00")
    store = Store(folder, clock=clock)
    forms = _keep(store, town)
    with _served(store) as (phones, keeper):
        _two_phones(forms, phones, keeper, clock)
    return read_campaign(PROGRAMME, YEAR, store=store, events={"visit": town.events["visit"]})


def _keep(store: "Store", town: "MadeUpTown") -> "dict[str, Form]":
    """The registers, what the desk has of the half-year, and the two forms, in the store."""
    from liuwen.campaign.phone_list import LIST, PROPERTIES
    from liuwen.questionnaires import matter, matter_step

    for name, table in town.registers.items():
        store.desk_tables[name] = table
    steps = town.events["matters"]
    store.desk_tables["desk_steps"] = steps[steps["received"].astype(str) <= "2026-09-30"]
    villages, people = _choices(town)
    forms = {form.id: form for form in (matter(villages, people), matter_step(villages, people))}
    store.entities.create_list(LIST, PROPERTIES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the server's list takes the place of the empty file
        for form in forms.values():
            store.publish(form)
    return forms


def _choices(town: "MadeUpTown") -> "tuple[pd.DataFrame, pd.DataFrame]":
    places, households = town.registers["places"], town.registers["households"]
    named = households.merge(places, left_on="village", right_on="place")
    villages = named.rename(columns={"within": "town"})[["town", "village", "label", "household"]]
    return villages, town.registers["people"].assign(collector="")


@contextmanager
def _served(store: "Store") -> "Iterator[tuple[dict[str, Phone], PhoneListKeeper]]":
    """The store on loopback, with two phones and the list kept true."""
    from liuwen.campaign.list_keeper import PhoneListKeeper
    from liuwen.server import serve
    from liuwen.testing.phone import Phone

    keeper = PhoneListKeeper(store, PROGRAMME, year=YEAR)
    with serve(store, port=0) as server:
        phones = {name: Phone(f"{server.url}/key/{store.add_collector(name).token}") for name in (VISITOR, OFFICE)}
        keeper.refresh()
        try:
            yield phones, keeper
        finally:
            for phone in phones.values():
                phone.close()


def _two_phones(forms: "dict[str, Form]", phones: "dict[str, Phone]", keeper: "PhoneListKeeper", clock: DemoClock) -> None:
    """A matter is raised and applied; then both phones are offline: one says done, the other accepts, from one state."""
    chinese = language_in_force() == "zh"
    title = "村口路灯不亮" if chinese else "Lamp at the village gate is dark"
    where = {"on_day": "2026-09-14", "town": "T", "village": "V02"}
    said = where | {
        "visitor": VISITOR,
        "channel": "visit",
        "matter_class": "difficulty",
        "raised_by": "household",
        "household": "V02-H007",
        "matter_title": title,
        "matter_text": "晚上看不见路" if chinese else "No light at night",
        "matter_scope": "public",
        "matter_disposition": "by_date",
        "matter_by_date": "2026-09-28",
        "matter_publish": "yes",
        "matter_reply": "board",
    }
    clock.set("2026-09-14T18:00:00")
    phones[VISITOR].send(_filled(forms["matter"], said, "2026-09-14T09:30:00"))
    keeper.refresh()
    reports = [
        (VISITOR, "apply", "2026-09-15", {"reason": "要换线路" if chinese else "Needs new wiring"}),
        (OFFICE, "accept", "2026-09-21", {"new_deadline": "2026-10-15"}),
        (VISITOR, "done", "2026-09-22", {"reason": "已修好" if chinese else "Repaired"}),
    ]
    held = _list_on(phones[VISITOR], forms)
    for who, step, day, more in reports:
        answers = where | {"visitor": who, "about": "active", "matter": _matter(held, title), "step": step, "on_day": day} | more
        filled = _filled(forms["matter_step"], answers, f"{day}T10:00:00", {"matters.csv": held})
        clock.set("2026-09-23T18:00:00" if step != "apply" else f"{day}T18:00:00")
        phones[who].send(filled)
        if step == "apply":
            keeper.refresh()
            held = _list_on(phones[VISITOR], forms)
    keeper.refresh()


def _list_on(phone: "Phone", forms: "dict[str, Form]") -> bytes:
    listed = next(one for one in phone.form_list() if one.form_id == forms["matter_step"].id)
    return phone.fetch(listed).files["matters.csv"]


def _matter(held: bytes, title: str) -> str:
    """The ID of the matter with this title on the list that a phone holds."""
    import csv
    import io

    rows = csv.DictReader(io.StringIO(held.decode()))
    return next(row["name"] for row in rows if row["title"] == title)


def _filled(form: "Form", answers: Mapping[str, str], now: str, media: Mapping[str, bytes] | None = None) -> bytes:
    """A form as the phone's own engine fills it in."""
    from liuwen.engine import interview

    walk = interview(form, language=language_in_force(), now=f"{now}+08:00", media=media)
    while walk.question is not None:
        name = walk.question.name
        walk.answer(answers[name]) if name in answers else walk.next()
    return walk.finalise()

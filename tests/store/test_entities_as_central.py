"""Entity lists and histories equal those of ODK Central for the same sequence of requests.

`entities_recorded.json` holds randomly generated sequences of requests by phones and the office, and Central's outcome of
each. If `CENTRAL_URL`, `CENTRAL_EMAIL` and `CENTRAL_PASSWORD` are set, Central is asked again.
"""

import json
import os
import secrets
import time
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from liuwen.sources import Central
from liuwen.store import Store

RECORDED = json.loads(Path(__file__).with_name("entities_recorded.json").read_text("utf-8"))
FIELDS = {
    "version": "version",
    "label": "label",
    "data": "data",
    "conflict": "conflict",
    "baseVersion": "base_version",
    "trunkVersion": "trunk_version",
    "branchId": "branch_id",
    "branchBaseVersion": "branch_base_version",
    "conflictingProperties": "conflicting",
}
"""The compared fields of each version: Central's name, and ours."""
SECONDS = 60
"""Central processes its queue periodically, at most this much later."""

XML = {"Content-Type": "application/xml"}

REPROCESSED = 3
"""How often to wait each time: a held submission is processed again after the one it waits for."""

Outcome = dict[str, dict[str, Any]]
"""Household → its conflict and its versions."""


@pytest.mark.parametrize("number", range(len(RECORDED["sequences"])))
def test_outcome_equals_the_recorded_one(number: int, tmp_path: Path) -> None:
    """Every version of every household: content, base version and conflict."""
    sequence = RECORDED["sequences"][number]
    assert outcome_here(sequence["requests"], tmp_path) == sequence["outcome"]


@pytest.mark.parametrize("place", ["central"] * ("CENTRAL_URL" in os.environ) or ["recorded"])
def test_recorded_outcome_equals_central(place: str) -> None:
    """Forty sequences, including both kinds of conflict and chains out of order."""
    sequences = [each["requests"] for each in RECORDED["sequences"]]
    recorded = [each["outcome"] for each in RECORDED["sequences"]]
    assert len(sequences) == 40
    assert {entity["conflict"] for outcome in recorded for entity in outcome.values()} == {None, "soft", "hard"}
    assert place == "recorded" or outcomes_on_central(sequences) == recorded


def outcome_here(requests: list[dict[str, Any]], folder: Path) -> Outcome:
    """The outcome in our store."""
    store = Store(folder / "town")
    store.publish(RECORDED["form"].encode())
    store.entities.create("households", [RECORDED["there"]])
    for request in requests:
        if "xml" in request:
            store.receive(request["xml"].encode())
        else:
            store.entities.update("households", RECORDED["there"]["name"], request["change"])
    entities = [store.entities.get("households", household) for household in store.entities["households"].index]
    store.close()
    return {
        entity.uuid: {
            "conflict": entity.conflict,
            "versions": [{name: plain(getattr(version, ours)) for name, ours in FIELDS.items()} for version in entity.versions],
        }
        for entity in entities
    }


def plain(value: Any) -> Any:
    """As in JSON; Central lists conflicting properties in no order, and writes "none" in two ways."""
    return sorted(value) or None if isinstance(value, tuple | list) else dict(value) if hasattr(value, "keys") else value


def outcomes_on_central(sequences: list[list[dict[str, Any]]]) -> list[Outcome]:
    """Central's outcome of each sequence, in its own project; the first request of all, then the second of all, and so on."""
    projects = [Project() for _ in sequences]
    last = Project()
    for requests in zip_longest(*sequences):
        for project, request in zip(projects, requests, strict=True):
            if request:
                project.ask(request)
        for _ in range(REPROCESSED):
            last.wait_until_processed()
    return [project.outcome() for project in projects]


class Project:
    """A new project on Central with the form and the household; Central must not know any of the IDs yet."""

    def __init__(self) -> None:
        name = f"synthetic {secrets.token_hex(4)}"
        self.central = Central(project=Central().send("POST", "projects", server_wide=True, json={"name": name}).json()["id"])
        self.called = {known_as: str(uuid4()) for known_as in RECORDED["ids"]}
        said = {"publish": "true", "ignoreWarnings": "true"}
        self.central.send("POST", "forms", params=said, data=RECORDED["form"].encode(), headers=XML)
        there = dict(RECORDED["there"])
        told = {"uuid": self.called[there.pop("name")], "label": there.pop("label"), "data": there}
        self.central.send("POST", "datasets/households/entities", json=told)

    def ask(self, request: dict[str, Any]) -> None:
        """Send as a phone, or change as the office."""
        self._entities()  # Central may close an idle connection during a request that cannot be repeated
        if "xml" in request:
            self.send(request["xml"])
        else:
            data = dict(request["change"])
            label = {"label": data.pop("label")} if "label" in data else {}
            where = f"datasets/households/entities/{self.called[RECORDED['there']['name']]}"
            self.central.send("PATCH", where, params={"force": "true"}, json={**label, "data": data})

    def send(self, xml: str) -> None:
        """Send a submission about the households of this project."""
        for known_as, called in self.called.items():
            xml = xml.replace(known_as, called)
        self.central.send("POST", "forms/household/submissions", data=xml.encode(), headers=XML)

    def wait_until_processed(self) -> None:
        """Central processes submissions in order: once this one is processed, so are earlier ones."""
        household = str(uuid4())
        entity = f'<entity dataset="households" id="{household}" create="1"><label>last</label></entity>'
        meta = f"<meta><instanceID>uuid:{household}</instanceID>{entity}</meta>"
        self._entities()
        self.send(f'<data id="household" version="1">{meta}</data>')
        ends = time.monotonic() + SECONDS
        while household not in {entity["uuid"] for entity in self._entities()}:
            assert time.monotonic() < ends, "Central did not take it in"
            time.sleep(0.5)
        time.sleep(1)

    def outcome(self) -> Outcome:
        """All entities with all their versions."""
        there = {
            each["uuid"]: {"conflict": each["conflict"], "versions": self._versions(each["uuid"])} for each in self._entities()
        }
        told = json.dumps(there)
        for known_as, called in self.called.items():
            told = told.replace(called, known_as)
        outcome: Outcome = json.loads(told)
        return outcome

    def _entities(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.central.get("datasets/households/entities").json()
        return listed

    def _versions(self, called: str) -> list[dict[str, Any]]:
        versions = self.central.get(f"datasets/households/entities/{called}/versions").json()
        return [{name: plain(version[name]) for name in FIELDS} for version in versions]

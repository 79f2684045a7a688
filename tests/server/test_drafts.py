"""The key of answers that are not sent yet is given to the pages of one person only."""

import json
import re
from typing import Any

import pytest
import requests

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store


@pytest.fixture
def served(store: Store) -> Any:
    """A named and an anonymous form."""
    for form_id in ("opinions", "survey"):
        form = build_form(form_id, version="1", zh="测评", en="Survey", items=[b.text("opinion", zh="意见", en="Opinion")])
        store.publish(form, anonymous=form_id == "survey")
    with serve(store, port=0) as server:
        yield server


def drafts(address: str) -> dict[str, str | None]:
    page = requests.get(address, timeout=60).text
    found = re.search(r'id="liuwen-form">(.*?)</script>', page)
    assert found is not None, page
    told: dict[str, str | None] = json.loads(found[1])["drafts"]
    return told


def test_only_one_person_gets_a_key_that_outlives_the_page(served: Server, store: Store) -> None:
    """A link for many people may be opened on one device by one household after the other."""
    address = served.join(store.add_collector("zhao")).address
    personal = served.link(store.add_link("opinions", uses=1)).address
    assert drafts(f"{address}/fill/opinions")["key"] and drafts(f"{personal}/")["key"]
    assert drafts(f"{address}/fill/survey")["key"] is None
    for link in (store.add_link("opinions"), store.add_link("opinions", uses=30), store.add_link("survey", uses=1)):
        assert drafts(f"{served.link(link).address}/")["key"] is None


def test_another_code_of_a_collector_finds_the_same_place(served: Server, store: Store) -> None:
    """And nobody else does, nor another form."""
    first = drafts(f"{served.join(store.add_collector('zhao')).address}/fill/opinions")
    again = drafts(f"{served.join(store.add_token('zhao')).address}/fill/opinions")
    other = drafts(f"{served.join(store.add_collector('qian')).address}/fill/opinions")
    assert (first["slot"], first["key"]) == (again["slot"], again["key"])
    assert first["slot"] != other["slot"] and first["key"] != other["key"]

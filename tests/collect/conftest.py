"""Forms, submissions, stores and servers that the tests of the collecting room share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liuwen.collect import Credentials, Server, Store, serve
from liuwen.collect.phone import Phone

VISIT = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>{title}</h:title><model>
<instance><data id="{form_id}" version="{version}"><village/><photo/><orx:meta><orx:instanceID/></orx:meta></data></instance>
{extra}<bind nodeset="/data/village" type="string"/><bind nodeset="/data/photo" type="binary"/>
</model></h:head>
<h:body><input ref="/data/village"><label>村</label></input>
<upload ref="/data/photo" mediatype="image/*"><label>照片</label></upload></h:body></h:html>"""


@pytest.fixture(scope="session")
def visit_form() -> Callable[..., bytes]:
    """An XForm with a village and a photo."""

    def make(form_id: str = "visit", version: str = "1", title: str = "入户走访", extra: str = "") -> bytes:
        return VISIT.format(form_id=form_id, version=version, title=title, extra=extra).encode()

    return make


@pytest.fixture(scope="session")
def visit() -> Callable[..., bytes]:
    """A filled-in visit."""

    def make(
        instance: str = "uuid:one",
        village: str = "湖滨",
        *,
        edits: str = "",
        form: str = "visit",
        version: str = "1",
        photo: str = "",
    ) -> bytes:
        deprecated = f"<orx:deprecatedID>{edits}</orx:deprecatedID>" if edits else ""
        return (
            f'<data xmlns:orx="http://openrosa.org/xforms" id="{form}" version="{version}"><village>{village}</village>'
            f"<photo>{photo}</photo><orx:meta><orx:instanceID>{instance}</orx:instanceID>{deprecated}</orx:meta></data>"
        ).encode()

    return make


@pytest.fixture
def store(tmp_path: Path, visit_form: Callable[..., bytes]) -> Iterator[Store]:
    """A store with one published form."""
    store = Store(tmp_path / "town")
    store.publish(visit_form())
    yield store
    store.close()


@pytest.fixture
def who(store: Store) -> Credentials:
    """A collector who may see every form."""
    return store.add_collector("wang")


@pytest.fixture
def server(store: Store, who: Credentials) -> Iterator[Server]:
    """The store being served on loopback."""
    with serve(store, port=0, language="en") as server:
        yield server


@pytest.fixture
def phone(server: Server, who: Credentials) -> Iterator[Phone]:
    """A phone with the collector's token."""
    with Phone(f"{server.url}/key/{who.token}") as phone:
        yield phone


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences are compared in English, wherever the tests run."""
    monkeypatch.setenv("LC_ALL", "C")

"""`read_responses` reads directly from a source, and leaves no files behind."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.errors import SourceError
from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.sources import StoreSource, pull
from liuwen.store import Store


def visit(version: str = "1", name: str = "village", form_id: str = "visit") -> Form:
    return build_form(form_id, version=version, zh="走访", en="Visit", items=[b.text(name, zh="村", en="Village")])


def answered(instance: str, village: str, *, version: str = "1", name: str = "village") -> bytes:
    answers = f"<{name}>{village}</{name}><meta><instanceID>{instance}</instanceID></meta>"
    return f'<data id="visit" version="{version}">{answers}</data>'.encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.publish(visit())
    store.receive(answered("uuid:1", "east"))
    store.receive(answered("uuid:2", "west"))
    return store


def test_store_source_and_pull_give_equal_responses(store: Store, tmp_path: Path) -> None:
    """With a given form, or with the published one."""
    pulled = pull(StoreSource(store), "visit", tmp_path / "pulled")
    for source in (store, StoreSource(store), pulled, tmp_path / "pulled"):
        read = lw.read_responses(source, visit())
        assert read.table["village"].to_dict() == {"uuid:1": "east", "uuid:2": "west"}
    for source in (store, StoreSource(store), pulled):
        assert lw.read_responses(source).table["village"].tolist() == ["east", "west"]


@pytest.mark.parametrize("spelling", [str, Path])
def test_a_store_is_read_by_its_folder(store: Store, spelling: type) -> None:
    """Positionally or by name; a submission that came twice counts once."""
    folder = spelling(store.folder)
    assert lw.read_responses(folder).table["village"].tolist() == ["east", "west"]
    assert len(lw.read_responses(source=folder, form=visit())) == 2
    assert store.responses().table.equals(lw.read_responses(folder).table)


def test_no_files_are_left(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are not left on the disk."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert len(lw.read_responses(StoreSource(store), visit())) == 2
    assert list((tmp_path / "temporary").iterdir()) == []


def test_form_id_selects_one_of_several_forms(store: Store) -> None:
    """Without an ID, the message lists the forms."""
    store.publish(visit(form_id="market"))
    for source in (store, StoreSource(store)):
        with pytest.raises(SourceError, match=r"visit, market"):
            lw.read_responses(source)
        assert len(lw.read_responses(source, form_id="visit")) == 2


def test_earlier_versions_are_read_with_their_own_form(store: Store) -> None:
    """A renamed question is one column."""
    store.publish(visit("2", "hamlet"))
    store.receive(answered("uuid:3", "north", version="2", name="hamlet"))
    for source in (store, StoreSource(store)):
        assert lw.read_responses(source).table["hamlet"].tolist() == ["east", "west", "north"]


def test_a_frame_with_a_column_called_responses_is_a_frame() -> None:
    """It is read as an export."""
    frame = pd.DataFrame({"village": ["east"], "responses": ["x"]})
    assert lw.read_responses(frame, visit()).table["village"].tolist() == ["east"]

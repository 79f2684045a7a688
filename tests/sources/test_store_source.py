"""A store is a source like any other."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from liuwen.errors import SourceError
from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.messages import Sentence
from liuwen.responses import read_responses
from liuwen.sources import StoreSource, pull
from liuwen.sources.source import Listed
from liuwen.store import Store


@pytest.fixture
def form() -> Form:
    village = b.text("village", zh="村", en="Village")
    return build_form("visit", version="1", zh="走访", en="Visit", items=[village, b.image("photo", zh="照片", en="Photo")])


@pytest.fixture
def store(tmp_path: Path, form: Form) -> Store:
    store = Store(tmp_path / "store")
    store.publish(form)
    return store


def answered(instance: str, village: str, *, edits: str = "") -> bytes:
    deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
    return (
        f'<data id="visit" version="1"><village>{village}</village><photo>house.jpg</photo>'
        f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></data>"
    ).encode()


def test_a_store_is_pulled_like_a_server(store: Store, form: Form, tmp_path: Path) -> None:
    """New submissions and edits are pulled, each once, with their files."""
    store.receive(answered("uuid:1", "east"), {"house.jpg": b"JPEG"})
    store.receive(answered("uuid:2", "west"))
    source = StoreSource(store)
    first = pull(source, "visit", tmp_path / "pulled")
    assert (first.new, first.files) == (2, 1)
    store.receive(answered("uuid:3", "north", edits="uuid:1"), {"house.jpg": b"NEW"})
    second = pull(source, "visit", tmp_path / "pulled")
    assert (second.new, second.changed, second.unchanged) == (0, 1, 1)
    assert sorted(second.responses(form).table["village"]) == ["north", "west"]
    assert [path.read_bytes() for path in (tmp_path / "pulled" / "attachments").rglob("*.jpg")] == [b"NEW"]


def test_clock_set_back_misses_no_submission(tmp_path: Path, form: Form) -> None:
    """An edit with an earlier time than the last pull is pulled all the same."""
    now = [1_800_000_000.0]
    store = Store(tmp_path / "store", clock=lambda: now[0])
    store.publish(form)
    store.receive(answered("uuid:1", "east"))
    pull(StoreSource(store), "visit", tmp_path / "pulled")
    now[0] -= 86_400
    store.receive(answered("uuid:2", "north", edits="uuid:1"))
    again = pull(StoreSource(store), "visit", tmp_path / "pulled")
    assert (again.changed, again.responses(form).table["village"].tolist()) == (1, ["north"])


def test_replaced_content_is_downloaded_again(store: Store, form: Form, tmp_path: Path) -> None:
    """Other answers with the same ID, after the form was deleted and published again, and removed files."""
    store.receive(answered("uuid:1", "east"), {"house.jpg": b"JPEG"})
    pull(StoreSource(store), "visit", tmp_path / "pulled")
    shutil.rmtree(store.folder)
    store = Store(store.folder)
    store.publish(form)
    store.receive(answered("uuid:1", "west"))
    again = pull(StoreSource(store), "visit", tmp_path / "pulled")
    assert (again.changed, again.responses(form).table["village"].tolist()) == (1, ["west"])
    assert not list((tmp_path / "pulled").rglob("house.jpg"))


def test_a_folder_belongs_to_one_source_and_form(store: Store, form: Form, tmp_path: Path) -> None:
    """Two sources are never mixed in one folder."""
    pull(StoreSource(store), "visit", tmp_path / "pulled")
    other = Store(tmp_path / "other")
    other.publish(form)
    with pytest.raises(SourceError, match="store"):
        pull(StoreSource(other), "visit", tmp_path / "pulled")


def test_empty_folder_is_not_claimed(store: Store, tmp_path: Path) -> None:
    """A mistyped address without a server does not claim the folder."""

    class Mistyped(StoreSource):
        def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
            raise SourceError(Sentence(zh="连不上。", en="It cannot be reached."))

    with pytest.raises(SourceError, match="reached"):
        pull(Mistyped(Store(tmp_path / "other")), "visit", tmp_path / "pulled")
    assert pull(StoreSource(store), "visit", tmp_path / "pulled").new == 0


def test_attachments_are_available_for_reading(store: Store, form: Form, tmp_path: Path) -> None:
    """Encrypted submissions need their files beside them."""
    store.receive(answered("uuid:1", "east"), {"house.jpg": b"JPEG"})
    [submission] = pull(StoreSource(store), "visit", tmp_path / "pulled").submissions()
    opened = submission.open_file("house.jpg")
    assert opened is not None
    with opened:
        assert opened.read() == b"JPEG"
    assert submission.open_file("other.jpg") is None


@pytest.mark.parametrize("name", ["户主's?.jpg", "a#b%.jpg", "家" * 80 + ".jpg"])
def test_attachments_with_unusual_names_are_found(store: Store, form: Form, tmp_path: Path, name: str) -> None:
    """A pull keeps them under a name that every file system takes; answers still have the name of the phone."""
    store.receive(answered("uuid:1", "east").replace(b"house.jpg", name.encode()), {name: b"JPEG"})
    pulled = pull(StoreSource(store), "visit", tmp_path / "pulled")
    for responses in (pulled.responses(form), read_responses(pulled.folder, form)):
        with responses.attachment("photo", "uuid:1") as file:
            assert file.read() == b"JPEG"


def test_pull_continues_after_a_truncated_log_line(store: Store, form: Form, tmp_path: Path) -> None:
    """An interruption may cut a Chinese character in half."""
    store.receive(answered("uuid:1", "east"), {"照片.jpg": b"JPEG"})
    pull(StoreSource(store), "visit", tmp_path / "pulled")
    log = tmp_path / "pulled" / "pulled.jsonl"
    said = log.read_bytes()
    log.write_bytes(said[: said.index("片".encode()) + 1])
    store.receive(answered("uuid:2", "west"))
    assert pull(StoreSource(store), "visit", tmp_path / "pulled").responses(form).table["village"].tolist() == ["east", "west"]


def test_names_cannot_escape_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """Instance IDs and file names from elsewhere are made safe."""
    store.receive(answered("uuid:../../evil", "east"), {"house.jpg": b"JPEG"})

    def misnamed(self: StoreSource, form_id: str, listed: Any, told: Callable[..., Any] = StoreSource.attachments) -> Any:
        return dict.fromkeys(["../../../house.jpg"], next(iter(told(self, form_id, listed).values())))

    monkeypatch.setattr(StoreSource, "attachments", misnamed)
    pull(StoreSource(store), "visit", tmp_path / "inner" / "pulled")
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix in {".jpg", ".xml"}]
    assert [
        path for path in outside if tmp_path / "inner" / "pulled" not in path.parents and tmp_path / "store" not in path.parents
    ] == []


def test_forms_of_a_store_are_listed_with_counts(store: Store) -> None:
    """As a server lists them."""
    store.receive(answered("uuid:1", "east"))
    [listed] = StoreSource(store).forms()
    assert (listed.form_id, listed.version, listed.submissions) == ("visit", "1", 1)
    assert StoreSource(store).form("visit").id == "visit"

"""A damaged store gives one sentence, whatever is requested, and returns all that is readable."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from liuwen.errors import LiuwenError, StoreError
from liuwen.responses import read_responses
from liuwen.store import Store
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]
WRONG = [None, "x", b"\xff\xfe", 1e300, -5, "[" * 30_000, "{}", "[1]"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, visit_form: Make, visit: Make) -> Path:
    """A store with every kind of content, in one file."""
    store = Store(tmp_path_factory.mktemp("kept") / "town")
    store.publish(visit_form())
    store.add_collector("wang")
    store.entities.create_list("households", ["village"])
    store.entities.create("households", [{"label": "Zhang", "village": "East"}])
    for number in range(8):
        store.receive(visit(f"uuid:{number}", photo="p.jpg"), {"p.jpg": b"photo %d" % number})
    store.close()
    with sqlite3.connect(store.folder / "store.sqlite") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return store.folder


def request_everything(folder: Path, visit: Make) -> None:
    """Every request returns a result or raises one of our errors."""
    copy = folder.with_name(f"copy{len(list(folder.parent.iterdir()))}")

    def ask(question: Callable[[], object]) -> object:
        try:
            return question()
        except LiuwenError as error:
            assert error.sentence.zh and error.sentence.en
            return None

    ask(lambda: read_responses(folder))
    store = ask(lambda: Store(folder))
    if not isinstance(store, Store):
        return
    questions: list[Callable[[], object]] = [
        store.forms, lambda: store.form("visit"), lambda: list(store.submissions()), store.count,
        lambda: [keeping_of(store).latest(each) for each in store.collectors()], lambda: store.attachments("visit", "uuid:1"),
        store.entities.lists, lambda: store.entities["households"], store.check, lambda: store.copy_to(copy),
        lambda: store.receive(visit("uuid:new")), lambda: store.add_collector("li"), lambda: store.add_link("visit"),
    ]  # fmt: skip
    for question in questions:
        ask(question)
    store.close()


@pytest.mark.parametrize("seed", range(30))
def test_damaged_bytes_in_the_database(kept: Path, visit: Make, tmp_path: Path, seed: int) -> None:
    """Truncated, flipped at single bits, or overwritten in one stretch."""
    folder = tmp_path / "town"
    shutil.copytree(kept, folder)
    chance = random.Random(seed)
    content = bytearray((folder / "store.sqlite").read_bytes())
    if seed % 3 == 0:
        del content[chance.randrange(len(content)) :]
    elif seed % 3 == 1:
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
    else:
        place = chance.randrange(len(content))
        content[place : place + 500] = chance.randbytes(500)
    (folder / "store.sqlite").write_bytes(content)
    request_everything(folder, visit)


def columns(folder: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(folder / "store.sqlite") as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
            yield from ((table, column[1]) for column in connection.execute(f"PRAGMA table_info({table})"))
    connection.close()


@pytest.mark.slow
def test_invalid_values_in_each_column(kept: Path, visit: Make, tmp_path: Path) -> None:
    """Each column in turn: invalid text, other JSON, no number, a time beyond all calendars."""
    chance, folder = random.Random(6), tmp_path / "town"
    shutil.copytree(kept, folder)
    for table, column in columns(kept):
        for value in (b"\xff\xfe", chance.choice(WRONG)):
            for file in folder.iterdir():
                if file.is_file():
                    file.unlink()
            shutil.copy(kept / "store.sqlite", folder)
            given = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            with sqlite3.connect(folder / "store.sqlite") as connection, suppress(sqlite3.IntegrityError):
                connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {given}", (value,))
            connection.close()
            request_everything(folder, visit)


def test_invalid_utf8_is_reported_as_damage(kept: Path, tmp_path: Path) -> None:
    """The message names the store and suggests the backup."""
    shutil.copytree(kept, tmp_path / "town")
    with sqlite3.connect(tmp_path / "town" / "store.sqlite") as connection:
        connection.execute("UPDATE submissions SET device = CAST(x'fffe' AS TEXT)")
    connection.close()
    with pytest.raises(StoreError, match=r"town.*last backup|town.*最近的备份"):
        list(Store(tmp_path / "town").submissions())


def test_backup_with_a_missing_photo(kept: Path, tmp_path: Path) -> None:
    """Everything else is copied, and the error names the missing file."""
    shutil.copytree(kept, tmp_path / "town")
    store = Store(tmp_path / "town")
    store.attachments("visit", "uuid:3")["p.jpg"].unlink()
    with pytest.raises(StoreError, match=r"p\.jpg"):
        store.copy_to(tmp_path / "copy")
    copy = Store(tmp_path / "copy")
    assert copy.count() == 8
    assert len(copy.check()) == 1
    assert copy.attachments("visit", "uuid:4")["p.jpg"].read_bytes() == b"photo 4"


def test_without_free_file_handles_there_is_one_sentence(kept: Path) -> None:
    """Also when the very first file cannot be opened (EMFILE)."""
    resource = pytest.importorskip("resource", reason="limits of file handles are set on Unix only")
    store = Store(kept)
    store.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError), (kept / "store.sqlite").open("rb") as opened:
        resource.setrlimit(resource.RLIMIT_NOFILE, (opened.fileno(), hard))
    try:
        with pytest.raises(StoreError, match=r"could not be read|无法读写"):
            store.count()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_command_reports_damage_with_exit_status_2(
    kept: Path, tmp_path: Path, visit_form: Make, liuwen: Callable[..., Any]
) -> None:
    """One sentence, no traceback."""
    shutil.copytree(kept, tmp_path / "town")
    with sqlite3.connect(tmp_path / "town" / "store.sqlite") as connection:
        connection.execute("UPDATE form_versions SET version = CAST(x'fffe' AS TEXT)")
    connection.close()
    (tmp_path / "visit.xml").write_bytes(visit_form())
    said = liuwen("load", tmp_path / "town", "--form", tmp_path / "visit.xml")
    assert said.status == 2
    assert "damaged" in said.err
    assert "Traceback" not in said.err

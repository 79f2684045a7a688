"""The index that the office finds answers by follows the store: what arrives, is edited, erased, moved apart."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from liuwen.form import builder as b
from liuwen.office.answer_index import AnswerFilter, AnswerIndex
from liuwen.office.answer_text import _position
from liuwen.store import Store
from liuwen.store.erased_index import INDEX

Make = Callable[..., bytes]


@pytest.fixture
def index(filled: Store) -> Iterator[AnswerIndex]:
    """The index of the store, up to date."""
    made = AnswerIndex(filled)
    assert made.catch_up() == 0
    yield made
    made.stop()


def found(index: AnswerIndex, *words: str) -> list[str]:
    """The IDs of the interviews with these words, the newest first."""
    index.catch_up()
    return [row["instance_id"] for row in index.found(AnswerFilter("house", words), 0, 50)[1]]


def test_words_are_found_anywhere(index: AnswerIndex) -> None:
    """In answers, in labels of any language, in the receipt number, in the collector's name; every word must be there."""
    assert found(index, "hao") == ["uuid:house-2", "uuid:house-1", "uuid:house-0"]
    assert found(index, "西村") == found(index, "west", "zhao", "wang") == ["uuid:house-2"]
    assert found(index, "house-1") == ["uuid:house-1"]
    assert found(index, "west", "house-1") == found(index, "%") == []


@pytest.mark.parametrize(
    "signs", [((0xE000, 0xF8FF),), ((0xE000, 0xE000), (0xF0000, 0xF0000)), ()], ids=["plenty", "two", "none"]
)
def test_labels_are_found_however_many_there_are(filled: Store, monkeypatch: pytest.MonkeyPatch, signs: tuple) -> None:
    """A label is kept once; those beyond the number of signs are kept in each answer. Also after the file was opened again."""
    monkeypatch.setattr("liuwen.office.answer_index._PRIVATE", signs)
    index = AnswerIndex(filled)
    for _ in range(2):
        assert found(index, "east") == found(index, "东村") == ["uuid:house-1", "uuid:house-0"]
        assert found(index, "西", "es", "zhao") == ["uuid:house-2"]
        assert found(index, "north") == []
        index.stop()


def test_an_edit_replaces_what_was_indexed(index: AnswerIndex, filled: Store, house_xml: Make) -> None:
    """The answer is counted once, with its newest words."""
    edited = house_xml(7, called="Qian").replace(b"</meta>", b"<deprecatedID>uuid:house-1</deprecatedID></meta>")
    filled.receive(edited)
    assert found(index, "qian") == ["uuid:house-7"]
    assert found(index, "zhao") == ["uuid:house-2", "uuid:house-0"]
    assert index.found(AnswerFilter("house"), 0, 50)[1][0]["edits"] == 1


def test_nothing_of_an_erased_answer_stays_in_the_file(index: AnswerIndex, filled: Store, house_xml: Make) -> None:
    """Also if the office page is closed when it is erased."""
    filled.receive(house_xml(8, called="Ouyang Xiu"))
    assert found(index, "ouyang") == ["uuid:house-8"]
    index.stop()
    filled.erase(instance="uuid:house-8")
    assert not any(b"ouyang" in path.read_bytes() for path in (filled.folder / "cache").iterdir())
    assert found(index) == ["uuid:house-2", "uuid:house-1", "uuid:house-0"]


def test_a_label_that_only_an_erased_answer_had_goes_with_it(index: AnswerIndex, filled: Store) -> None:
    """Also while the index is open; the next label gets a sign of its own."""
    assert found(index, "west") == ["uuid:house-2"]
    filled.erase(instance="uuid:house-2")
    assert found(index, "east") == ["uuid:house-1", "uuid:house-0"]
    index.stop()
    assert not any("西村".encode() in path.read_bytes() for path in (filled.folder / "cache").iterdir())


def test_answers_moved_apart_leave_the_index(index: AnswerIndex, filled: Store) -> None:
    """When their form becomes anonymous, nobody finds them by name any more."""
    assert index.found(AnswerFilter("letter"), 0, 50)[0] == 1
    items = [b.text("said", zh="说什么？", en="What is said?")]
    index.stop()  # and at once, also if nobody opens the office page again
    filled.publish(b.build_form("letter", zh="信件", en="Letter", version="2", anonymous=True, items=items))
    with closing(sqlite3.connect(filled.folder / INDEX)) as connection:
        assert connection.execute("SELECT count(*) FROM answers WHERE instance_id LIKE '%letter%'").fetchone() == (0,)
    assert index.found(AnswerFilter("letter"), 0, 50) == (0, [])


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_a_lost_or_damaged_file_is_made_again(filled: Store, content: bytes) -> None:
    """The index holds nothing that the store does not."""
    (filled.folder / "cache").mkdir(exist_ok=True)
    (filled.folder / INDEX).write_bytes(content)
    index = AnswerIndex(filled)
    assert len(found(index, "zhao")) == 3
    index.stop()


def test_the_file_is_private(index: AnswerIndex, filled: Store) -> None:
    """It holds names."""
    assert (filled.folder / INDEX).stat().st_mode & 0o077 == 0


def test_collecting_does_not_wait_for_the_index(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission is stored in the middle of a batch; one that is erased there does not come back."""
    index, add = AnswerIndex(filled), AnswerIndex._add_one

    def slowly(self: AnswerIndex, connection: sqlite3.Connection, *answer: object) -> None:
        with closing(sqlite3.connect(filled.folder / "store.sqlite", timeout=0, isolation_level=None)) as beside:
            beside.execute("BEGIN IMMEDIATE")
            beside.execute("ROLLBACK")
        add(self, connection, *answer)

    monkeypatch.setattr(AnswerIndex, "_add_one", slowly)
    assert len(found(index, "zhao")) == 3
    index.stop()


def test_a_position_that_is_nowhere_is_left_out() -> None:
    """It would be on no map."""
    assert [_position(text) for text in ("30 120 0 5", "inf inf", "nan 1", "1e200 0", "x y")] == [(30.0, 120.0), *[None] * 4]


def test_a_damaged_page_is_made_again_when_it_is_met(index: AnswerIndex, filled: Store) -> None:
    """The next look finds everything."""
    index.stop()
    content = bytearray((filled.folder / INDEX).read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    (filled.folder / INDEX).write_bytes(content)
    again = AnswerIndex(filled)
    for _ in range(2):
        ids = found(again, "zhao")
    assert len(ids) == 3
    again.stop()

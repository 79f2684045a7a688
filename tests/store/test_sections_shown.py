"""Sections kept apart, loaded from a store again and again: rows come and go at least five together, in figures by place too."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import liuwen as lw
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.openrosa import new_keys
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.store import Store, restore_backup
from liuwen.store.store_records import StoreRecords


@pytest.fixture(scope="module")
def apart_form() -> Form:
    villages = b.choices("v", ("east", "东村", "East"), ("west", "西村", "West"))
    fair = b.choices("f", ("yes", "是", "Yes"), ("no", "否", "No"))
    return b.build_form("visit", version="1", zh="走访", en="Visit", items=[
        b.select_one("village", villages, zh="村", en="Village"),
        b.group("appraisal", unlinked=True, zh="评价", en="Appraisal", items=[
            b.select_one("fair", fair, zh="公道吗？", en="Fair?"), b.text("why", zh="为什么？", en="Why?"),
        ]),
    ])  # fmt: skip


PASSPHRASE = "six questions, one answer"


def an_answer(name: str, village: str = "east", fair: str = "yes", edits: str = "", odd: str = "") -> bytes:
    """A submission whose words in the section say whose it is."""
    meta = f"<instanceID>{name}</instanceID>" + (f"<deprecatedID>{edits}</deprecatedID>" if edits else "")
    apart = f"<appraisal><fair>{fair}</fair><why>words of {name}</why>{odd}</appraisal>"
    return f'<data id="visit" version="1"><village>{village}</village>{apart}<meta>{meta}</meta></data>'.encode()


@pytest.fixture
def filled(tmp_path: Path, apart_form: Form) -> Store:
    """A store with twelve answers of the east, which were loaded once."""
    store = Store(tmp_path / "store")
    store.publish(apart_form)
    for number in range(12):
        store.receive(an_answer(f"e{number}", fair="no" if number % 2 else "yes"))
    assert len(store.responses()["appraisal"]) == 12
    return store


def words(store: Store) -> set[str]:
    """Whose rows a load shows."""
    return {text.removeprefix("words of ") for text in store.responses()["appraisal"]["why"]}


def test_new_rows_wait_until_five_are_there(filled: Store) -> None:
    """How many wait is told, and not which; the submissions themselves are all there."""
    for number in range(4):
        filled.receive(an_answer(f"w{number}", "west"))
    responses = filled.responses()
    assert len(responses.table) == 16
    assert {name[0] for name in words(filled)} == {"e"}
    assert any("4 of its rows are left out" in str(note) for note in responses.notes)
    filled.receive(an_answer("w4", "west"))
    assert words(filled) >= {f"w{number}" for number in range(5)}


def test_an_erased_or_edited_row_takes_four_others(filled: Store) -> None:
    """Five are missing after the erasure; the edit takes the rest along, which would be fewer than five."""
    filled.erase(instance="e3")
    left = words(filled)
    assert len(left) == 7
    assert "e3" not in left
    filled.receive(an_answer("again", edits=min(left)))
    assert words(filled) == set()


def test_figures_by_place_are_counted_of_the_same_rows(filled: Store) -> None:
    """Else a village's figure of today less that of yesterday would be the newcomer's answer."""

    def base() -> int:
        shown = lw.shares(filled.responses(), "fair", by="village", language="en")
        return int(shown[shown["village"] == "east"]["asked"].iloc[0])

    assert base() == 12
    for number in range(3):
        filled.receive(an_answer(f"new{number}"))
        assert base() == 12
    for number in range(3, 5):
        filled.receive(an_answer(f"new{number}"))
    assert base() == 17


def test_the_base_of_a_village_stays_hidden_where_few_were_not_asked(filled: Store) -> None:
    """Rows that wait do not make it look as if more had been left out."""
    for number in range(3):
        meta = f"<meta><instanceID>silent{number}</instanceID></meta>"
        filled.receive(f'<data id="visit" version="1"><village>east</village>{meta}</data>'.encode())
    for number in range(2):
        filled.receive(an_answer(f"new{number}"))
    assert not lw.shares(filled.responses(), "fair", by="village")["shown"].any()


def test_the_log_says_when_new_rows_were_shown(filled: Store) -> None:
    """In both languages, and not for a load that shows what was shown before."""

    def logged() -> list[str]:
        return [one.act.zh for one in filled.log() if one.act.en == "rows of sections kept apart shown"]

    assert logged() == ["列出分开存放的回答"]
    filled.responses()
    assert len(logged()) == 1


def test_a_part_of_the_answers_shows_no_row(filled: Store) -> None:
    """Else any part could be compared with any other."""
    number = next(iter(filled.submissions())).number
    for responses in (filled.responses(after=number), filled.responses(numbers=[number])):
        assert responses["appraisal"].empty
        assert any("only some of the submissions" in str(note) for note in responses.notes)


@pytest.mark.parametrize("anonymous", [False, True])
def test_answers_that_need_a_key_are_not_gone(
    tmp_path: Path, apart_form: Form, seal: Callable[..., Any], anonymous: bool
) -> None:
    """Without it the batch that holds one of them is hidden for now; with it, the same rows are shown as before."""
    keys = new_keys(PASSPHRASE)
    private = read_private_key(keys.private, PASSPHRASE)
    store = Store(tmp_path / "store")
    store.publish(apart_form, key=keys.public, anonymous=anonymous)
    for number in range(6):
        xml, files = seal(an_answer(f"e{number}"), private.public_key(), instance_id=f"e{number}", version="1")
        store.receive(xml, files)

    def shown(**key: Any) -> int:
        return len(store.responses(**key)["appraisal"])

    assert shown(key=private) == 6
    xml, files = seal(an_answer("new"), private.public_key(), instance_id="new", version="1")
    store.receive(xml, files)
    assert shown() == 0
    assert shown(key=private) == 6


def test_a_streamed_folder_holds_the_same_rows(filled: Store, tmp_path: Path) -> None:
    filled.receive(an_answer("w0", "west"))
    filled.erase(instance="e0")
    lw.load_to_parquet(filled, tmp_path / "streamed", raw=True)
    filled.responses().to_parquet(tmp_path / "whole", raw=True)
    found = [pd.read_parquet(tmp_path / name / "appraisal.parquet") for name in ("streamed", "whole")]
    pd.testing.assert_frame_equal(*found)
    assert len(found[0]) == 7
    notes = [list(map(str, lw.read_responses(tmp_path / name).notes)) for name in ("streamed", "whole")]
    assert notes[0] == notes[1]
    assert any("5 of its rows are left out" in note for note in notes[0])


def test_unknown_fields_of_a_section_are_counted_and_not_listed(filled: Store) -> None:
    """A value that only the newest answer has would be that answer's."""
    filled.receive(an_answer("odd", odd="<secret>x</secret>"))
    responses = filled.responses()
    assert "x" not in set(responses.unknown["value"])
    assert any("not listed in .unknown: 1" in str(note) for note in responses.notes)


def test_a_release_counts_of_what_is_shown(filled: Store) -> None:
    """Rows that wait for others wait in a release too."""
    first = filled.responses().release("one")
    filled.receive(an_answer("w0", "west"))
    second = filled.responses().release("two")
    assert len(first["appraisal"]) == len(second["appraisal"]) == 12


def test_a_backup_holds_what_was_shown(filled: Store, tmp_path: Path) -> None:
    """A restored store shows what it showed when the backup was made, and goes on from there."""
    filled.receive(an_answer("w0", "west"))
    shown = words(filled)
    filled.backup(tmp_path / "backup")
    filled.receive(an_answer("w1", "west"))
    restore_backup(tmp_path / "backup", tmp_path / "restored")
    assert words(Store(tmp_path / "restored")) == shown


def test_a_store_that_cannot_be_written_shows_what_was_shown(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """New rows wait, since nobody would remember them."""
    for number in range(6):
        filled.receive(an_answer(f"w{number}", "west"))

    def refuse(*_: object) -> str:
        raise lw.errors.StoreError("read-only")

    monkeypatch.setattr(StoreRecords, "write", refuse)
    assert {name[0] for name in words(filled)} == {"e"}


def test_an_anonymous_form_tells_its_rows_by_content(tmp_path: Path, apart_form: Form) -> None:
    """It has no instance IDs; equal answers stand for each other."""
    store = Store(tmp_path / "store")
    store.publish(apart_form, anonymous=True)
    for number in range(6):
        store.receive(an_answer(f"e{number}"))
    assert Counter(store.responses()["appraisal"]["fair"]) == {"yes": 6}
    for number in range(3):
        store.receive(an_answer(f"n{number}", fair="no"))
    assert Counter(store.responses()["appraisal"]["fair"]) == {"yes": 6}
    for number in range(3, 5):
        store.receive(an_answer(f"n{number}", fair="no"))
    assert Counter(store.responses()["appraisal"]["fair"]) == {"yes": 6, "no": 5}

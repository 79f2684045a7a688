"""The log of a pull folder: safe names, atomic files, and damaged lines that only cost another download."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.errors import SourceError
from liuwen.sources import Listed
from liuwen.sources.kept import PULLED, Kept, Ledger, file_path, write_whole, xml_path

SUBMISSION = Listed("uuid:1", "0", "2026-11-22T02:00:00Z")
NAMES = st.one_of(st.text(min_size=1), st.sampled_from(["..", ".", "../../x", "/etc/passwd", "a/b", "a\\b", "con:1", "照" * 300]))


@given(NAMES, NAMES)
def test_names_stay_in_their_folder(key: str, name: str) -> None:
    """Whatever a server calls submissions and files; names are not too long for a file system."""
    for path, parent in (
        (xml_path(Path("f"), key), Path("f/submissions")),
        (file_path(Path("f"), key, name).parent, Path("f/attachments")),
    ):
        assert path.parent == parent
        assert path.name not in {".", ".."}
        assert len(path.name.encode()) <= 200


@given(st.sets(st.text(min_size=1), min_size=2, max_size=2))
def test_different_names_are_different_files(names: set[str]) -> None:
    """No submission overwrites another one."""
    first, second = (xml_path(Path("f"), name) for name in names)
    assert first != second


def test_log_is_read_back(tmp_path: Path) -> None:
    """Submissions, removals and the mark; the log names its source."""
    ledger = Ledger(tmp_path, "store", "visit")
    ledger.add(Kept(SUBMISSION, ("a.jpg",)))
    ledger.add(Kept(Listed("uuid:2", "0", "2026-11-21T02:00:00Z")))
    ledger.drop(["uuid:2"])
    ledger.finish("2026-11-22")
    again = Ledger(tmp_path, "store", "visit")
    assert (again.kept, again.mark) == ({"uuid:1": Kept(SUBMISSION, ("a.jpg",))}, "2026-11-22")
    with pytest.raises(SourceError, match="store"):
        Ledger(tmp_path, "central", "visit")


def test_dropped_submission_leaves_no_files(tmp_path: Path) -> None:
    """Neither its XML nor its attachments, even if some are missing already."""
    ledger = Ledger(tmp_path, "store", "visit")
    write_whole(ledger.xml_path("uuid:1"), [b"<data/>"])
    write_whole(ledger.file_path("uuid:1", "a.jpg"), [b"photo"])
    ledger.add(Kept(SUBMISSION, ("a.jpg", "gone.jpg")))
    ledger.drop(["uuid:1"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / PULLED]


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "1", '{"kept": {}}', '{"kept": {"listed": {"key": "uuid:9"}, "files": []}}',
     '{"kept": {"listed": {"key": 9, "stamp": "", "submitted_at": ""}, "files": []}}',
     '{"kept": {"listed": {"key": "uuid:9", "stamp": "", "submitted_at": "", "more": 1}, "files": []}}',
     '{"gone": ["a"]}', '{"mark": 5}', "[" * 100_000, "\u00e9"[:1]],
)  # fmt: skip
def test_damaged_line_is_skipped(tmp_path: Path, line: str) -> None:
    """The other lines count, and the damaged submission is downloaded again."""
    ledger = Ledger(tmp_path, "store", "visit")
    ledger.add(Kept(SUBMISSION))
    with (tmp_path / PULLED).open("ab") as log:
        log.write(line.encode() + b"\n\xff\xfe\n")
    assert Ledger(tmp_path, "store", "visit").kept == {"uuid:1": Kept(SUBMISSION)}


def test_interrupted_download_leaves_no_partial_file(tmp_path: Path) -> None:
    """The old content stays if there is one."""

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    path = tmp_path / "a.jpg"
    write_whole(path, [b"old"])
    with pytest.raises(ConnectionError):
        write_whole(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_log_contains_one_line_per_submission_when_finished(tmp_path: Path) -> None:
    """In order of time, whatever the order of the downloads."""
    ledger = Ledger(tmp_path, "store", "visit")
    for day in (3, 1, 2, 1):
        ledger.add(Kept(Listed(f"uuid:{day}", "0", f"2026-11-0{day}T00:00:00Z")))
    ledger.finish("m")
    lines = [json.loads(line) for line in (tmp_path / PULLED).read_text(encoding="utf-8").splitlines()]
    assert [line["kept"]["listed"]["key"] for line in lines[1:-1]] == ["uuid:1", "uuid:2", "uuid:3"]

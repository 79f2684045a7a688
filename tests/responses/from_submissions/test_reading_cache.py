"""A second reading takes only what is new, says what a first one would say, and keeps nothing that is gone."""

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import Responses, read_responses
from liuwen.responses.from_submissions import intake, plain_batch
from liuwen.responses.from_submissions.packed import table_of
from liuwen.responses.from_submissions.reading_cache import FILE

Same = Callable[[Responses, Responses], None]
Write = Callable[..., bytes]
Step = tuple[str, int, str, str]
"""What is done, to which interview, its answers, and its version."""
ANSWERS = (
    "<village>湖滨</village><consent>yes</consent><appraisal><fair>no</fair><why>w</why></appraisal>",
    "<village>a&amp;b</village><member><called>Li</called><illness><disease>d</disease></illness></member>",
    "<village/><old>kept</old><appraisal><odd>x</odd></appraisal><place>1 2</place>",
    "<visit_date>soon</visit_date><difficulties><needs>water other</needs><people>3</people></difficulties>",
    "<called>Li</called><appraisal><fair>yes</fair></appraisal>",
)
KEPT_WITH_ENTITY = '<entity dataset="homes" id="1" create="1"><label>Home</label></entity>'


def earlier_form() -> Form:
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.text("called", zh="哪个村？", en="Which village?")])


def read(folder: Path, form: Form, cache: Path | None, **told: object) -> Responses:
    return read_responses(folder, form, cache=cache, **told)  # type: ignore[arg-type]


def parsed_in(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The submissions that are read from here on, plainly or by the parser."""
    seen: list[bytes] = []
    plain, parse = plain_batch.plain_xml, intake.parse
    monkeypatch.setattr(plain_batch, "plain_xml", lambda xml: (seen.append(xml) if xml else None, plain(xml))[1])
    monkeypatch.setattr(intake, "parse", lambda xml: (seen.append(xml), parse(xml))[1])
    return seen


@pytest.fixture
def folder(tmp_path: Path, submission: Write) -> Path:
    """Three interviews, one of which only the parser can read."""
    made = tmp_path / "interviews"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.xml").write_bytes(submission(ANSWERS[number], f"uuid:{number}"))
    return made


def test_only_what_is_new_is_parsed(  # noqa: PLR0917 - fixtures
    folder: Path, visit: Form, submission: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assert_same_responses: Same
) -> None:
    read(folder, visit, tmp_path / "cache")
    (folder / "new.xml").write_bytes(submission(ANSWERS[3], "uuid:3", meta=KEPT_WITH_ENTITY))
    expected = read(folder, visit, None)
    seen = parsed_in(monkeypatch)
    again = read(folder, visit, tmp_path / "cache")
    assert set(seen) == {(folder / "new.xml").read_bytes()}
    assert_same_responses(again, expected)
    assert len(again.entities) == 1


STEP = st.tuples(
    st.sampled_from(("write", "edit", "again", "again otherwise", "remove", "damage", "other form", "unnamed")),
    st.integers(0, 5),
    st.sampled_from(ANSWERS),
    st.sampled_from(("1", "2", "3")),
)


@settings(max_examples=12, deadline=None)
@given(rounds=st.lists(st.tuples(st.lists(STEP, min_size=1, max_size=5), st.booleans(), st.booleans()), min_size=2, max_size=4))
def test_any_sequence_of_changes_reads_as_a_first_reading(
    rounds: list[tuple[list[Step], bool, bool]],
    visit: Form,
    submission: Write,
    assert_same_responses: Same,
) -> None:
    """Additions, edits, copies, removals, damaged files, other forms and versions; also read in another way in between."""
    with TemporaryDirectory() as home:
        place, cache = Path(home, "interviews"), Path(home, "cache")
        place.mkdir()
        (place / "always.xml").write_bytes(submission(ANSWERS[0], "uuid:always"))
        for steps, with_earlier, renamed in rounds:
            for step in steps:
                change(place, submission, step)
            told = {"earlier": [earlier_form()] if with_earlier else [], "renamed": {"old": "village"} if renamed else {}}
            assert_same_responses(read(place, visit, cache, **told), read(place, visit, None, **told))


def change(place: Path, submission: Write, step: Step) -> None:
    """Change the folder in one way."""
    kind, number, answers, version = step
    file, instance_id = place / f"{number}.xml", f"uuid:{number}"
    match kind:
        case "write":
            file.write_bytes(submission(answers, instance_id, version=version, meta=KEPT_WITH_ENTITY if number == 1 else ""))
        case "edit":
            meta = f"<orx:deprecatedID>{instance_id}</orx:deprecatedID>"
            (place / f"{number}-edit.xml").write_bytes(submission(answers, f"{instance_id}e", version=version, meta=meta))
        case "again" if file.exists():
            (place / f"0{number}.xml").write_bytes(file.read_bytes())
        case "again otherwise":
            (place / f"0{number}.xml").write_bytes(submission(answers, instance_id))
        case "remove":
            file.unlink(missing_ok=True)
        case "damage":
            file.write_bytes(submission(answers, instance_id)[:-9])
        case "other form":
            file.write_bytes(submission(answers, instance_id, form_id="other"))
        case "unnamed":
            for name in (file, place / f"0{number}.xml"):
                name.write_bytes(f'<data id="visit" version="{version}">{answers}</data>'.encode())


def kept_ids(cache: Path) -> set[str]:
    connection = sqlite3.connect(cache / FILE)
    heads = [table_of(row) for (row,) in connection.execute("SELECT heads FROM packs")]
    connection.close()
    return {name for each in heads for name in each["instance_id"].to_pylist()}


def test_removed_submissions_leave_the_cache(folder: Path, visit: Form, tmp_path: Path) -> None:
    read(folder, visit, tmp_path / "cache")
    assert kept_ids(tmp_path / "cache") == {"uuid:0", "uuid:1", "uuid:2"}
    (folder / "1.xml").unlink()
    read(folder, visit, tmp_path / "cache")
    assert kept_ids(tmp_path / "cache") == {"uuid:0", "uuid:2"}


def test_packs_of_another_way_of_reading_are_removed(folder: Path, visit: Form, tmp_path: Path) -> None:
    read(folder, visit, tmp_path / "cache", renamed={"old": "village"})
    read(folder, visit, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache" / FILE) as connection:
        assert connection.execute("SELECT count(DISTINCT way) FROM packs").fetchone() == (1,)
    connection.close()


def test_the_cache_is_private(folder: Path, visit: Form, tmp_path: Path) -> None:
    read(folder, visit, tmp_path / "cache")
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "cache" / FILE).stat().st_mode) == 0o600


def test_two_folders_share_a_cache(folder: Path, visit: Form, submission: Write, tmp_path: Path) -> None:
    other = tmp_path / "others"
    other.mkdir()
    (other / "0.xml").write_bytes(submission(ANSWERS[0], "uuid:other"))
    for place in (folder, other):
        read(place, visit, tmp_path / "cache")
    assert kept_ids(tmp_path / "cache") == {"uuid:0", "uuid:1", "uuid:2", "uuid:other"}


def test_anonymous_answers_are_not_kept(submission: Write, folder: Path, visit: Form, tmp_path: Path) -> None:
    told = submission(ANSWERS[0], "uuid:a").replace(b' id="visit"', b' id="visit" anonymous="yes"')
    (folder / "a.xml").write_bytes(told)
    read(folder, visit, tmp_path / "cache")
    assert "uuid:a" not in kept_ids(tmp_path / "cache")


@pytest.mark.parametrize("fault", ["no database", "cut short", "other layout", "a byte"])
def test_a_damaged_cache_is_made_again(
    fault: str, folder: Path, visit: Form, tmp_path: Path, assert_same_responses: Same
) -> None:
    expected = read(folder, visit, tmp_path / "cache")
    file = tmp_path / "cache" / FILE
    content = file.read_bytes()
    match fault:
        case "no database":
            file.write_bytes(b"x" * 5000)
        case "cut short":
            file.write_bytes(content[: len(content) // 2])
        case "other layout":
            with sqlite3.connect(file) as connection:
                connection.execute("PRAGMA user_version = 99")
            connection.close()
        case _:
            with sqlite3.connect(file) as connection:
                connection.execute("UPDATE packs SET content = substr(content, 1, 200) || x'00' || substr(content, 202)")
            connection.close()
    for _ in range(2):
        assert_same_responses(read(folder, visit, tmp_path / "cache"), expected)
    assert kept_ids(tmp_path / "cache") == {"uuid:0", "uuid:1", "uuid:2"}


def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, visit: Form, tmp_path: Path, assert_same_responses: Same
) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert_same_responses(read(folder, visit, tmp_path / "file"), read(folder, visit, None))

"""A folder that is written while the answers are read is the folder that `to_parquet` writes."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.errors import ReadError
from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import Responses, Submission, load_to_parquet, read_responses
from liuwen.responses.exports import parquet_output
from liuwen.responses.from_submissions import intake

Same = Callable[[Responses, Responses], None]
Write = Callable[..., bytes]
YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
FORM = b.build_form(
    "visit",
    zh="走访",
    en="Visit",
    version="2",
    items=[
        b.start(),
        b.deviceid(),
        b.text("village", zh="哪个村？", en="Which village?"),
        b.select_one("consent", YES_NO, zh="同意吗？", en="Do you agree?"),
        b.date("day", zh="哪天？", en="Which day?"),
        b.integer("people", zh="几口人？", en="How many people?"),
        b.geopoint("place", zh="在哪里？", en="Where?"),
        b.repeat(
            "member",
            zh="成员",
            en="Member",
            items=[b.text("called", zh="姓名？", en="Name?"), b.select_one("well", YES_NO, zh="好吗？", en="Well?")],
        ),
        b.group(
            "appraisal",
            zh="评价",
            en="Appraisal",
            note="liuwen: unlinked",
            items=[b.select_one("fair", YES_NO, zh="公道吗？", en="Fair?"), b.text("why", zh="为什么？", en="Why?")],
        ),
    ],
)
VALUES = {
    "start": ("2026-01-02T03:04:05+08:00", "2026-01-02T03:04:05", "soon", ""),
    "deviceid": ("collect:1", "liuwen:synthetic 1"),
    "village": ("湖滨", " ", "a&amp;b"),
    "consent": ("yes", "other", "no", "perhaps"),
    "day": ("2026-01-02", "31 June"),
    "people": ("3", "three"),
    "place": ("1 2 3 4", "here"),
    "unknown": ("x", "y"),
    "member": ("<called>Li</called><well>no</well>", "<called>Wu</called><well>so</well><odd>1</odd>", ""),
    "appraisal": ("<fair>no</fair><why>w</why>", "<fair>so</fair><odd>x</odd>", "<fair/><why>v</why>", "<fair>hm</fair>"),
}
ANSWERS = st.lists(st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]), max_size=6)
SUBMISSION = st.tuples(
    st.integers(0, 9),
    ANSWERS,
    st.sampled_from(("1", "2", "3")),
    st.sampled_from(("", "", "edit", "again", "broken", "other", "entity")),
)


def written(kind: str, number: int, answers: list[tuple[str, str]], version: str) -> bytes:
    """A submission of some kind."""
    nodes = "".join(f"<{name}>{value}</{name}>" for name, value in answers)
    own = f"uuid:{number}{'e' if kind == 'edit' else ''}"
    meta = f"<deprecatedID>uuid:{number}</deprecatedID>" if kind == "edit" else ""
    meta += '<entity dataset="homes" id="1" create="1"><label>H</label></entity>' if kind == "entity" else ""
    form = "another" if kind == "other" else "visit"
    told = f'<data id="{form}" version="{version}">{nodes}<meta><instanceID>{own}</instanceID>{meta}</meta></data>'
    return told[: -9 if kind == "broken" else None].encode()


@settings(max_examples=12, deadline=None)
@given(submissions=st.lists(SUBMISSION, max_size=25), raw=st.booleans(), timezone=st.sampled_from((None, "Asia/Shanghai")))
def test_the_streamed_folder_reads_as_the_other(
    submissions: list[tuple[int, list[tuple[str, str]], str, str]],
    raw: bool,
    timezone: str | None,
    assert_same_responses: Same,
) -> None:
    """Whatever lies in which part: edits, copies, categories, offsets, other versions, rejected and unknown ones."""
    given_xml = [
        Submission(xml, f"{place}.xml", submitted_at=time, again=partial(bytes, xml))
        for place, (number, answers, version, kind) in enumerate(submissions)
        for xml in [written(kind, number, answers, version)]
        for time in ["2026-02-03T00:00:00" if place % 3 else ""]
    ]
    given_xml.append(Submission(written("", 99, [("village", "x")], "2"), "always.xml"))
    with TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_BATCH_COUNT", 3)
        patch.setattr(intake, "_PART_COUNT", 4)
        patch.setattr(parquet_output, "_ROWS", 5)
        streamed = load_to_parquet(given_xml, Path(home, "streamed"), FORM, raw=raw, timezone=timezone)
        whole = read_responses(given_xml, FORM, timezone=timezone).to_parquet(Path(home, "whole"), raw=raw)
        assert_same_responses(read_responses(streamed), read_responses(whole))
        assert names_below(streamed) == names_below(whole)
        pd.testing.assert_frame_equal(*(pd.read_parquet(folder / "codebook.parquet") for folder in (streamed, whole)))
        assert (streamed / "liuwen.json").read_text() == (whole / "liuwen.json").read_text()
        schemas = [pq.read_schema(folder / "submissions.parquet") for folder in (streamed, whole)]
        assert schemas[0].equals(schemas[1], check_metadata=True)


def names_below(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*")}


def test_copies_that_differ_are_rejected(tmp_path: Path, submission: Write, assert_same_responses: Same) -> None:
    """As in memory: a copy that differs in spacing alone is the same."""
    first = submission("<village>x</village>")
    given_xml = [first, first.replace(b'id="visit" version', b'id="visit"  version'), submission("<village>y</village>")]
    told = read_responses(load_to_parquet(given_xml, tmp_path, FORM))
    assert dict(told.counts) == {"given": 3, "read": 1, "rejected": 1, "again": 1, "replaced": 0}
    assert_same_responses(told, read_responses(read_responses(given_xml, FORM).to_parquet(tmp_path / "whole")))


def test_a_folder_is_read_by_its_own_form(tmp_path: Path, visit: Form, submission: Write, assert_same_responses: Same) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.xml").write_bytes(submission("<village>x</village>", f"uuid:{number}"))
    streamed = load_to_parquet(tmp_path / "in", tmp_path / "out", visit)
    whole = read_responses(tmp_path / "in", visit).to_parquet(tmp_path / "whole")
    assert_same_responses(read_responses(streamed), read_responses(whole))
    assert sorted(file.name for file in streamed.iterdir()) == sorted(file.name for file in whole.iterdir())


def test_anonymous_answers_lose_their_origin(tmp_path: Path, submission: Write, assert_same_responses: Same) -> None:
    one, two = (submission("<village>x</village>", f"uuid:{number}") for number in (1, 2))
    told = [each.replace(b"<data ", b'<data anonymous="yes" ') for each in (one, two)]
    streamed = read_responses(load_to_parquet(told, tmp_path / "out", FORM))
    assert streamed.table.index.tolist() == ["1", "2"]
    assert_same_responses(streamed, read_responses(read_responses(told, FORM).to_parquet(tmp_path / "whole")))


def test_sources_without_xml_are_written_as_a_whole(tmp_path: Path, assert_same_responses: Same) -> None:
    (tmp_path / "a.csv").write_text("_uuid,village\n1,x\n", encoding="utf-8")
    streamed = read_responses(load_to_parquet(tmp_path / "a.csv", tmp_path / "out", FORM))
    assert_same_responses(streamed, read_responses(read_responses(tmp_path / "a.csv", FORM).to_parquet(tmp_path / "whole")))


def test_a_writing_that_fails_leaves_no_answers(tmp_path: Path, submission: Write) -> None:
    """Nor a folder that looks whole."""
    with pytest.raises(ReadError, match="another form"):
        load_to_parquet([submission("", form_id="other")], tmp_path / "out", FORM)
    assert list((tmp_path / "out").iterdir()) == []
    with pytest.raises(ReadError):
        read_responses(tmp_path / "out", FORM)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete files in use")
def test_two_writings_at_once_are_refused(tmp_path: Path, submission: Write) -> None:
    """The first one goes on undisturbed, and what an interrupted one left is deleted."""
    (tmp_path / "out" / ".reading-left").mkdir(parents=True)

    def answers() -> Iterator[bytes]:
        with pytest.raises(ReadError, match="Another program is writing"):
            load_to_parquet([submission("", form_id="visit")], tmp_path / "out", FORM)
        yield submission("", form_id="visit")

    assert len(read_responses(load_to_parquet(answers(), tmp_path / "out", FORM)).table) == 1
    assert not list((tmp_path / "out").glob(".reading-*"))

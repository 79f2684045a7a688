"""Whatever is given, the answer is tables, a reason beside the file, or one clear error."""

import io
import random
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from liuwen.errors import ReadError
from liuwen.form.formats.xls import read_xls_values
from liuwen.responses import Responses, read_responses
from liuwen.responses.from_exports.cells import text_of

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
damage = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6)


def damaged(data: bytes, changes: list[tuple[float, int]], keep: float) -> bytes:
    """Some bytes overwritten, and the end cut off."""
    changed = bytearray(data[: round(len(data) * keep)])
    for place, byte in changes:
        if changed:
            changed[min(int(place * len(changed)), len(changed) - 1)] = byte
    return bytes(changed)


def read_or_refuse(source: object, form) -> None:
    try:
        assert isinstance(read_responses(source, form), Responses)
    except ReadError as refusal:
        assert str(refusal)


@quickly
@given(damage, st.sampled_from([0.5, 0.9, 1.0]))
def test_damaged_submissions_are_read_or_rejected(visit, submission, changes, keep):
    """Never more than a line in `rejected`; each that was given is counted once."""
    xml = submission("<village>a</village><member><called>b</called></member><difficulties><people>3</people></difficulties>")
    read = read_responses([damaged(xml, changes, keep), xml, xml], visit)
    assert read.counts["given"] == 3
    assert (read.counts["read"], read.counts["rejected"]) == (len(read.table), len(read.rejected))


@quickly
@given(st.binary(max_size=60))
def test_any_bytes_at_all(visit, tmp_path: Path, data):
    """In memory, or as a file of any ending."""
    read_or_refuse([data], visit)
    for ending in ("xml", "xlsx", "csv", "json", "zip"):
        file = tmp_path / f"data.{ending}"
        file.write_bytes(data)
        read_or_refuse(file, visit)


@pytest.fixture(scope="module")
def archives(submission) -> dict[str, bytes]:
    """A workbook, and a zip of submissions."""
    book, packed = io.BytesIO(), io.BytesIO()
    pd.DataFrame({"village": ["a", "b"], "people": [1, 2], "_uuid": ["x", "y"]}).to_excel(book, index=False, engine="xlsxwriter")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.xml", submission("<village>a</village>"))
        archive.writestr("2.xml", submission("<village>b</village>", "uuid:2"))
    return {"data.xlsx": book.getvalue(), "data.zip": packed.getvalue()}


@quickly
@given(damage, st.sampled_from([0.5, 0.99, 1.0]))
def test_damaged_archives(visit, archives, tmp_path: Path, changes, keep):
    """Workbooks and zips that lost or changed some bytes."""
    for name, data in archives.items():
        (tmp_path / name).write_bytes(damaged(data, changes, keep))
        read_or_refuse(tmp_path / name, visit)


HEADERS = """village people difficulties/needs difficulties/needs/road needs.moon place _place_latitude _uuid _index
    _parent_index KEY PARENT_KEY Where? hermit""".split()
headers = st.sampled_from([*HEADERS, ""])
numbers = st.one_of(st.booleans(), st.integers(), st.floats())
cells = st.one_of(st.none(), numbers, st.text(max_size=5), st.datetimes(), st.dates(), st.times(), st.lists(numbers, max_size=2))


@quickly
@given(st.lists(headers, min_size=1, max_size=6), st.lists(st.lists(cells, min_size=6, max_size=6), max_size=4))
def test_any_frame(visit, header, rows):
    """Known and unknown columns, some twice, with cells of any kind."""
    read_or_refuse(pd.DataFrame([row[: len(header)] for row in rows], columns=header, dtype=object), visit)


def test_files_that_macos_adds_are_ignored(visit, submission, tmp_path: Path):
    """In folders and zips; otherwise each would be listed as a submission that cannot be read."""
    beside = b"\0\5\x16\7"
    names = {"a/1.xml": submission("<village>x</village>"), "a/._1.xml": beside, "__MACOSX/a/._1.xml": beside}
    with zipfile.ZipFile(tmp_path / "mac.zip", "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    (tmp_path / "mac").mkdir()
    for name, content in names.items():
        (tmp_path / "mac" / Path(name).name).write_bytes(content)
    for source in (tmp_path / "mac.zip", tmp_path / "mac"):
        responses = read_responses(source, visit)
        assert (len(responses), len(responses.rejected), responses.counts["given"]) == (1, 0, 1)


def test_one_bad_file_in_a_zip_does_not_keep_the_others(visit, archives, tmp_path: Path):
    """It is listed with its reason."""
    data = bytearray(archives["data.zip"])
    place = data.index(b"1.xml") + len("1.xml") + 20
    data[place : place + 8] = b"\xff" * 8
    (tmp_path / "data.zip").write_bytes(data)
    responses = read_responses(tmp_path / "data.zip", visit)
    assert responses.table["village"].tolist() == ["b"]
    assert responses.rejected["source"].tolist() == ["1.xml"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("long.csv", b"village,people\n" + b"x" * 200_000 + b",1\n", id="a long cell"),
        pytest.param("deep.json", b"[" * 100_000, id="deep JSON"),
        pytest.param("deeper.json", b'[{"a":' + b'{"a":' * 50_000, id="deep records"),
        pytest.param("half.json", b'[{"village":"\\ud800","\\ud800":"x"}]', id="half a character"),
        pytest.param("big.json", b'[{"people":' + b"9" * 5000 + b"}]", id="a long number"),
        pytest.param("deep.xml", b"<data id='visit'>" + b"<a>" * 100_000, id="deep XML"),
        pytest.param("nothing.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="an .xls of nothing"),
        pytest.param("empty.zip", b"PK\x05\x06" + bytes(18), id="an empty zip"),
    ],
)
def test_oversized_and_deeply_nested_input_is_handled(visit, tmp_path: Path, name: str, content: bytes):
    """As the answers, as the form, and as the key."""
    file = tmp_path / name
    file.write_bytes(content)
    read_or_refuse(file, visit)
    for told in ({"form": file}, {"form": visit, "key": file}, {}):
        try:
            read_responses([b"<data id='visit'/>"], **told)
        except ReadError as refusal:
            assert str(refusal)


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")
@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_xls_of_answers(visit, corpus: Path, tmp_path: Path, seed: int):
    """The fast reader aborts on some of them; what reads them here does not."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(sorted(corpus.glob("forms/*/*.xls"))).read_bytes())
    if seed % 2:
        del content[chance.randrange(len(content)) :]
    for _ in range(3 if content else 0):
        content[chance.randrange(min(len(content), 2048))] ^= 1 << chance.randrange(8)
    (tmp_path / "data.xls").write_bytes(content)
    read_or_refuse(tmp_path / "data.xls", visit)


def test_an_old_workbook_is_read_as_the_fast_reader_reads_it(corpus: Path):
    """Numbers, texts, dates and truth: every cell of real workbooks that are whole."""
    compared = 0
    for path in sorted(corpus.glob("forms/*/*.xls")):
        data = path.read_bytes()
        if data.startswith(b"PK"):  # an .xlsx by another name
            continue
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name, rows in read_xls_values(data):
            ours = [[text_of(cell) for cell in row] for row in rows if any(text_of(cell) for cell in row)]
            theirs = [[text_of(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            theirs = [row for row in theirs if any(row)]
            assert [[text for text in row if text] for row in ours] == [[text for text in row if text] for row in theirs]
            compared += sum(map(len, ours))
    assert compared > 1000


def test_a_text_given_in_place_of_a_path(visit):
    """The whole of a CSV is no file's name, and is not repeated in full."""
    with pytest.raises(ReadError) as refusal:
        read_responses("village,people\n" + "a,1\n" * 2000, visit)
    assert len(str(refusal.value)) < 300


def test_a_pull_whose_log_is_damaged(visit, submission, tmp_path: Path):
    """What cannot be read of it says nothing of the submissions beside it."""
    (tmp_path / "1.xml").write_bytes(submission("<village>a</village>"))
    for log in (b"\xff\xfe\n", b"[" * 100_000, b""):
        (tmp_path / "pulled.jsonl").write_bytes(log)
        assert len(read_responses(tmp_path, visit)) == 1

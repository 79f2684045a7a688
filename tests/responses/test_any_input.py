"""Whatever is given, the answer is tables, a reason beside the file, or one clear error."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.errors import ReadError
from liuwen.responses import Responses, read_responses

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
    """Never more than a line in `rejected`."""
    xml = submission("<village>a</village><member><called>b</called></member><difficulties><people>3</people></difficulties>")
    read_or_refuse([damaged(xml, changes, keep), xml], visit)


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


def test_one_bad_file_in_a_zip_does_not_keep_the_others(visit, archives, tmp_path: Path):
    """It is listed with its reason."""
    data = bytearray(archives["data.zip"])
    place = data.index(b"1.xml") + len("1.xml") + 20
    data[place : place + 8] = b"\xff" * 8
    (tmp_path / "data.zip").write_bytes(data)
    responses = read_responses(tmp_path / "data.zip", visit)
    assert responses.table["village"].tolist() == ["b"]
    assert responses.rejected["source"].tolist() == ["1.xml"]

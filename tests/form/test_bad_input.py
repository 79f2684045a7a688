"""read_form returns a form or raises one clear sentence, whatever it is given."""

import io
import random
import re
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.errors import LiuwenWarning, ReadError
from liuwen.form import Form, read_form, to_xform

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory, everything: Form) -> bytes:
    return everything.write(tmp_path_factory.mktemp("whole") / "form.xlsx").read_bytes()


def refusal(data: bytes, tmp_path: Path, name: str = "form.xlsx") -> ReadError:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read_form(path)
    sentence = refused.value.sentence
    assert name in sentence.en and name in sentence.zh
    assert "\n" not in sentence.en
    return refused.value


def test_a_missing_file(tmp_path: Path):
    """The message contains the whole path."""
    with pytest.raises(ReadError, match="File not found"):
        read_form(tmp_path / "absent.xlsx")


def test_a_folder(tmp_path: Path):
    """A folder is not a form, even if it contains forms."""
    with pytest.raises(ReadError, match="is a folder"):
        read_form(tmp_path)


def test_invalid_path(tmp_path: Path):
    """A name with a null character."""
    with pytest.raises(ReadError):
        read_form(str(tmp_path / "a\0b.xlsx"))


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\0" * 512])
def test_an_empty_file(data, tmp_path: Path):
    """Empty, blank, or zeros."""
    assert "is empty" in refusal(data, tmp_path).sentence.en


@pytest.mark.parametrize("name", ["book.xlsx", "book.xls"])
def test_an_encrypted_workbook(name, workbook: bytes, tmp_path: Path):
    """A password is named as the reason."""
    officecrypto = pytest.importorskip("msoffcrypto.format.ooxml", reason="makes the encrypted workbook")
    encrypted = io.BytesIO()
    officecrypto.OOXMLFile(io.BytesIO(workbook)).encrypt("six questions", encrypted)
    assert "password" in refusal(encrypted.getvalue(), tmp_path, name).sentence.en


def test_marker_of_an_encrypted_workbook(tmp_path: Path):
    """The marker of an encrypted workbook is enough."""
    assert "password" in refusal(OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le"), tmp_path).sentence.en


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.99])
def test_a_truncated_workbook(share, workbook: bytes, tmp_path: Path):
    """An interrupted download."""
    assert "incomplete" in refusal(workbook[: int(len(workbook) * share)], tmp_path).sentence.en


def test_another_kind_of_zip(tmp_path: Path):
    """A zip that is not a workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("photo.jpg", b"x" * 100)
    assert "zip" in refusal(stream.getvalue(), tmp_path).sentence.en


@pytest.mark.parametrize(
    "data", [b"dear all, see you on Tuesday", b"nothing at all", b"%PDF-1.7\n\x80\x81", b"\xff\xd8\xff\xe0 a jpeg, of sorts"]
)
def test_other_content_is_refused(data, tmp_path: Path):
    """Text and pictures."""
    refusal(data, tmp_path)


def test_a_web_page(tmp_path: Path):
    """What a server sends to users who are not logged in."""
    assert "login" in refusal(b"<!DOCTYPE html><html>Sign in</html>", tmp_path).sentence.en


def test_no_survey_sheet(tmp_path: Path):
    """The message lists the existing sheets."""
    said = refusal(b"| servey |\n| | type |\n| | text |\n| choices |\n| | name |\n| | a |\n", tmp_path, "form.md").sentence
    assert "servey、choices" in said.zh
    assert "survey" in said.en


def test_zip_bomb_is_not_unpacked():
    """A workbook that declares a gigabyte of cells."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(500):
                part.write(b" " * 1_000_000)
    with pytest.raises(ReadError, match="400 MB"):
        read_form(stream.getvalue())


def test_entities_in_a_workbook_are_not_expanded(workbook: bytes):
    """The "billion laughs" attack, in the shared strings."""
    laughs = '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace(b"<sst", laughs.encode() + b"<sst", 1).replace(b"village", b"&b;")
            new.writestr(name, content)
    form = read_form(stream.getvalue())
    assert "haha" not in str(form.sheets)


def quietly(data: bytes) -> None:
    """Returns a form or raises ReadError, and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LiuwenWarning)
        try:
            form = read_form(data)
        except ReadError as refused:
            assert refused.sentence.zh
            return
        assert form.sheet("survey") is not None
        assert form.elements is not None


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bits(seed, workbook: bytes, corpus: Path):
    """Workbooks of both kinds, each damaged in a hundred ways."""
    chance = random.Random(seed)
    old = (corpus / "forms/XLSForm__pyxform/repeat_date_test.xls").read_bytes()
    for whole in (workbook, old):
        for _ in range(100):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            quietly(bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data))


def test_damage_inside_the_zip(workbook: bytes):
    """Parts changed before packing, so that checksums are valid."""
    chance = random.Random(6)
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(150):
        name = chance.choice(list(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 6)):
            part[chance.randrange(len(part))] = chance.choice(b'<>"/=0A9:& z')
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for each, content in parts.items():
                archive.writestr(each, bytes(part) if each == name else content)
        quietly(stream.getvalue())


def test_xforms_with_parts_changed(everything: Form):
    """Names, attributes and brackets of an XForm swapped, removed and inserted."""
    chance = random.Random(6)
    whole = to_xform(everything).xml
    words = [
        "",
        "/",
        "..",
        "'",
        "[",
        "instance('a')/root/item",
        "repeat",
        "group",
        "jr:itext('x')",
        "${a}",
        "ref",
        "nodeset",
        "<a/>",
        ":",
    ]
    for _ in range(300):
        xml = whole
        for _ in range(chance.randint(1, 5)):
            start = chance.randrange(len(xml))
            xml = xml[:start] + chance.choice(words) + xml[start + chance.randint(0, 12) :]
        quietly(xml.encode())
        swapped = re.sub(r'"[^"]*"', lambda match: match[0] if chance.random() < 0.95 else f'"{chance.choice(words)}"', whole)
        quietly(swapped.replace("&", "").encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.text(alphabet="| \n,-#\\ typesurvy&;<0", max_size=200).map(str.encode)))
def test_any_bytes(data: bytes):
    """Random bytes."""
    quietly(data)

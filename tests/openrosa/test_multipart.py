"""Multipart bodies arrive in chunks of any size; parts are complete, and malformed bodies are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.openrosa.multipart import HEADER, PARTS, MultipartReader, boundary_of
from liuwen.openrosa.refused import RefusedError
from liuwen.testing.posts import posts


class Memory:
    """Keeps each part in memory."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, bytearray, bool]] = []

    def open(self, name: str) -> "Memory":
        self.parts.append((name, bytearray(), False))
        return self

    def write(self, chunk: memoryview) -> None:
        self.parts[-1][1].extend(chunk)

    def close(self) -> None:
        name, content, _ = self.parts[-1]
        self.parts[-1] = (name, content, True)


def read(body: bytes, boundary: bytes = b"B", size: int = 1 << 16) -> list[tuple[str, bytes]]:
    """Name and content of each part, with the body in chunks of a size."""
    memory = Memory()

    reader = MultipartReader(boundary, memory)
    for start in range(0, len(body), size):
        reader.feed(body[start : start + size])
    reader.finish()
    assert all(closed for _, _, closed in memory.parts)
    return [(name, bytes(content)) for name, content, _ in memory.parts]


def part(disposition: str, content: bytes = b"x") -> bytes:
    return f"--B\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + content + b"\r\n"


CONTENTS = st.one_of(st.binary(max_size=60), st.sampled_from([b"", b"\r\n", b"--B", b"\r\n--", b"\r\n--B\r\n", b"\r\n\r\n"]))
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\%"), min_size=1, max_size=12)


@given(st.dictionaries(NAMES, CONTENTS, max_size=5), st.integers(1, 40))
def test_files_arrive_complete_in_chunks_of_any_size(files: dict[str, bytes], size: int) -> None:
    """Whatever the files contain, including text that resembles the boundary."""
    ((body, boundary),) = posts(b"<data/>", files, at_most=10**9)
    expected = [("xml_submission_file", b"<data/>"), *files.items()]
    assert read(body, boundary.encode(), size) == expected


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="photo.jpg"', "photo.jpg"),
        ("form-data; name=photo.jpg", "photo.jpg"),
        ('form-data; filename="a"; name="b"', "b"),
        ('FORM-DATA; NAME="x"', "x"),
        ('form-data; name="a%22b%0D%0Ac"', 'a"b\r\nc'),
        (r'form-data; name="a\"b\\c"', r'a"b\c'),
        ('form-data; name="照片 1.png"', "照片 1.png"),
        ('form-data; name=""', ""),
    ],
)
def test_name_of_a_part(disposition: str, name: str) -> None:
    """Quoted or bare, escaped as browsers or as RFC 2616 do, in UTF-8."""
    assert read(part(disposition) + b"--B--\r\n") == [(name, b"x")]


def test_text_before_and_after_the_parts_is_ignored() -> None:
    """The preamble and epilogue of RFC 2046."""
    assert read(b"preamble\r\n" + part('form-data; name="a"') + b"--B--\r\nepilogue\r\n--B\r\n") == [("a", b"x")]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "Unexpected end"),
        (part('form-data; name="a"'), "Unexpected end"),
        (part('form-data; name="a"')[:-4] + b"--B-", "Unexpected end"),
        (b"--B\r\nContent-Type: text/xml\r\n\r\nx\r\n--B--", "Malformed part header"),
        (b'--B\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--B--', "Malformed part header"),
        (b"--B\r\n" + b"X: y\r\n" * HEADER + b"\r\nx\r\n--B--", "Malformed part header"),
        (part('form-data; name="a"') * (PARTS + 1) + b"--B--", "too many parts"),
    ],
    ids=["empty", "no end", "cut in the delimiter", "no name", "not UTF-8", "long header", "many parts"],
)
def test_malformed_body_is_refused(body: bytes, why: str) -> None:
    """With status 400, and the reason."""
    with pytest.raises(RefusedError, match=why) as refused:
        read(body)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/form-data; boundary=abc", b"abc"),
        ('multipart/form-data; boundary="a b;c"', b"a b;c"),
        ("Multipart/Form-Data; charset=utf-8; BOUNDARY=x", b"x"),
    ],
)
def test_boundary_of_a_content_type(content_type: str, boundary: bytes) -> None:
    """Quoted or bare, in any case."""
    assert boundary_of(content_type) == boundary


@pytest.mark.parametrize("content_type", ["", "text/xml", "application/json; boundary=a", "multipart/form-data; boundary="])
def test_content_type_without_a_boundary_is_refused(content_type: str) -> None:
    """Nothing else can be parsed."""
    with pytest.raises(RefusedError) as refused:
        boundary_of(content_type)
    assert refused.value.status == 400

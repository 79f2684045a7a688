"""Photos keep their picture and lose their metadata."""

import io

import pytest
from PIL import Image

from liuwen.store.anonymous.pictures import without_metadata


def photo(kind: str) -> bytes:
    """A photo with position, time and comment."""
    picture = Image.radial_gradient("L").resize((64, 48)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Phone of Wang", "2026:11:20 09:10:00"
    exif.get_ifd(0x8825)[2] = (30.0, 12.0, 0.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **({"comment": b"house of Li"} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pixels_are_kept_and_metadata_removed(kind: str) -> None:
    """The pixels are unchanged; EXIF, comments and trailing data are removed."""
    given = photo(kind)
    cleaned = without_metadata(given + b"trailing house of Li")
    before, after = (Image.open(io.BytesIO(content)) for content in (given, cleaned))
    assert before.tobytes() == after.tobytes()
    assert before.getexif() and not after.getexif()
    assert not any(word in cleaned for word in (b"Wang", b"2026:11:20", b"house of Li"))


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\x00", b"RIFF sound", b"\xff\xd8\xff\xe1\xff"]
)
def test_truncated_or_other_files_raise_nothing(content: bytes) -> None:
    """A truncated photo is kept as far as it is valid."""
    assert without_metadata(content) == content or len(without_metadata(content)) < len(content)

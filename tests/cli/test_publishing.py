"""Shared by `publish` and `serve`: checked forms, and QR codes as pictures with safe names."""

from pathlib import Path

import pytest

from liuwen.cli.publishing import sound_form, write_code
from liuwen.cli.servers import server
from liuwen.errors import LiuwenError, ReadError
from liuwen.openrosa import QrCode
from liuwen.sources import Central, Kobo


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Visitor", "Visitor.png"),
        ("王 芳", "王_芳.png"),
        ("../../etc/x", ".._.._etc_x.png"),
        ("a\\b:c*?", "a_b_c__.png"),
        ("team-1_b.2", "team-1_b.2.png"),
    ],
)
def test_picture_is_named_after_the_user(name: str, file: str, tmp_path: Path) -> None:
    """The picture is in the folder whatever the name; the folder is created."""
    written = write_code(QrCode("liuwen"), name, tmp_path / "new" / "codes")
    assert written == tmp_path / "new" / "codes" / file
    assert written.read_bytes().startswith(b"\x89PNG")


def test_sound_form_has_no_errors(tmp_path: Path) -> None:
    """A form with errors gives None; a missing file is an error."""
    form = tmp_path / "a.md"
    form.write_text("| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |\n", encoding="utf-8")
    assert sound_form(form) is None
    form.write_text("| survey |\n| | type | name | label |\n| | text | a | A |\n", encoding="utf-8")
    assert sound_form(form)["a"].label() == "A"  # type: ignore[index]
    with pytest.raises(ReadError, match="not found"):
        sound_form(tmp_path / "b.md")


@pytest.mark.parametrize(
    ("options", "environment", "meant"),
    [
        (("http://c", None), {}, Central),
        ((None, "http://k"), {}, Kobo),
        ((None, None), {"CENTRAL_URL": "http://c"}, Central),
        ((None, None), {"KOBO_URL": "http://k"}, Kobo),
        (("http://c", None), {"KOBO_URL": "http://k"}, Central),
        ((None, "http://k"), {"CENTRAL_URL": "http://c"}, Kobo),
        ((None, None), {}, None),
        (("", ""), {}, None),
        (("http://c", "http://k"), {}, None),
        ((None, None), {"CENTRAL_URL": "http://c", "KOBO_URL": "http://k"}, None),
    ],
)
def test_server_from_options_or_environment(
    options: tuple[str | None, str | None],
    environment: dict[str, str],
    meant: type[Central] | type[Kobo] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From an option, or else the environment; none or two are refused in both languages."""
    for name in ("CENTRAL_URL", "KOBO_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    central, kobo = options
    if meant is not None:
        found = server(central, 3, "town@example.org", kobo)
        assert type(found) is meant and found.url == ("http://c" if meant is Central else "http://k")
        return
    with pytest.raises(LiuwenError) as refused:
        server(central, 3, "town@example.org", kobo)
    assert "--central" in refused.value.sentence.zh and "--kobo" in refused.value.sentence.en

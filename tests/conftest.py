"""What every test may ask for."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real forms and submissions that lie beside the project; tests that need them skip where they are absent."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real forms is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable; without one, browser tests skip on a person's machine and fail where CI=true."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium on this machine: browser tests were not run"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return found

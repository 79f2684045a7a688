"""QR codes as cameras see them: each picture is scanned by a reader independent of the library that drew it."""

import base64
import json
import re
import zlib
from pathlib import Path
from random import Random

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import sync_playwright

from liuwen.errors import StoreError
from liuwen.openrosa import settings_qr
from liuwen.server import Joining, Server

BRIGHT = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
"""The upper and lower half of each character, white on black."""


def scan(picture: "Image.Image | np.ndarray") -> str:
    """The text that a camera reads; simple readers need dark modules on a light background."""
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)
    return found.text


def settings_in(text: str) -> dict[str, dict[str, str]]:
    """The settings as ODK Collect unpacks them."""
    settings: dict[str, dict[str, str]] = json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
    return settings


@pytest.fixture
def joining(server: Server) -> Joining:
    """The QR code shown to a collector with a Chinese name."""
    return server.join(server.store.add_collector("湖滨镇 王芳"))


@pytest.fixture
def link(server: Server) -> Joining:
    """The QR code shown to a respondent."""
    return server.link(server.store.add_link("visit"), "入户走访")


@pytest.fixture(params=["joining", "link"])
def shown(request: pytest.FixtureRequest) -> Joining:
    """Each of the two codes."""
    made: Joining = request.getfixturevalue(request.param)
    return made


def test_picture_can_be_scanned(shown: Joining, tmp_path: Path) -> None:
    """As PNG, large and as small as on a poster."""
    with Image.open(shown.qr.write(tmp_path / "code.png")) as picture:
        assert scan(picture.convert("L")) == shown.qr.text
        small = picture.convert("L").resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)
        assert scan(small) == shown.qr.text


@pytest.mark.parametrize("terminal", [0, 255], ids=["dark", "light"])
def test_terminal_output_can_be_scanned(shown: Joining, terminal: int) -> None:
    """Half blocks become pixels; on dark and light terminals, because the code sets its own colours."""
    lines = shown.qr.terminal().splitlines()
    assert all(re.fullmatch(r"\x1b\[97;40m[█▀▄ ]+\x1b\[0m", line) for line in lines)
    assert max(map(len, lines)) - len("\x1b[97;40m\x1b[0m") <= 80, "fits a terminal of 80 columns"
    halves = [[BRIGHT[mark] for mark in re.sub(r"\x1b\[\d+(;\d+)?m", "", line)] for line in lines]
    modules = np.array([[pair[half] for pair in row] for row in halves for half in (0, 1)], dtype=np.uint8)
    screen = np.pad(modules.repeat(6, axis=0).repeat(6, axis=1), 40, constant_values=terminal)
    assert scan(screen) == shown.qr.text


@pytest.mark.slow
@pytest.mark.browser
def test_picture_in_a_notebook_can_be_scanned(joining: Joining, link: Joining, chromium: str, tmp_path: Path) -> None:
    """The SVG as drawn by a browser, beside the instructions."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 420, "height": 700})
        for number, shown in enumerate((joining, link)):
            page.set_content(shown._repr_html_())
            page.screenshot(path=tmp_path / f"{number}.png")
            with Image.open(tmp_path / f"{number}.png") as picture:
                assert scan(picture.convert("L")) == shown.qr.text
        browser.close()


def test_the_settings_are_as_collect_reads_them(joining: Joining, link: Joining) -> None:
    """`general` and `admin`, which Collect requires, and the project's name; a link contains its address, for any camera."""
    settings = settings_in(joining.qr.text)
    assert set(settings) == {"general", "admin", "project"}
    assert settings["general"]["server_url"] == joining.address
    assert settings["project"]["name"] == settings["general"]["metadata_username"] == "湖滨镇 王芳"
    assert link.qr.text == link.address


def test_longest_settings_can_be_scanned_and_longer_ones_are_refused(tmp_path: Path) -> None:
    """Longer settings give one sentence; ODK Collect would read more than a QR code holds."""
    longest = settings_qr(f"http://x/{Random(6).randbytes(1700).hex()}", name="x")
    assert 2400 < len(longest.text) < 4000
    with Image.open(longest.write(tmp_path / "code.png")) as picture:
        assert scan(picture.convert("L")) == longest.text
    for size in (2300, 4000):
        with pytest.raises(StoreError, match="too long"):
            settings_qr(f"http://x/{Random(6).randbytes(size).hex()}", name="x")

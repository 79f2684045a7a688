"""`liuwen preview`: the real command, a real browser, and what remains afterwards."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from liuwen.store import Store
from liuwen.testing.phone import Phone

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FORM = """
| survey |        |         |                          |                        |
|        | type   | name    | label::English (en)      | label::中文 (zh)        |
|        | text   | village | Which village?           | 您在哪个村？            |
|        | image  | photo   | Photo                    | 照片                   |
"""
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
def previewing(running: Callable[..., Any], tmp_path: Path) -> Callable[..., tuple[Any, str]]:
    """The command and the address that it prints."""
    (tmp_path / "visit.md").write_text(FORM, encoding="utf-8")

    def start(*arguments: str) -> tuple[Any, str]:
        shown = running("preview", "visit.md", "--no-browser", *arguments)
        return shown, re.findall(r"http\S+", shown.until("Ctrl-C"))[0]

    return start


def fill_in(chromium: str, address: str) -> None:
    """Open the form, answer it with a photo, and send it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 420, "height": 800})
        page.goto(address)
        page.get_by_label("Which village?").fill("柳湾")
        photo = {"name": "house.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
        page.locator('input[type="file"]:not([capture])').set_input_files(photo)
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Thank you!").wait_for()
        browser.close()


def test_submission_in_a_preview_is_kept(previewing: Callable[..., tuple[Any, str]], chromium: str, tmp_path: Path) -> None:
    """In a temporary store, with the photo; the last line is the command that loads it."""
    shown, address = previewing("--lang", "en")
    fill_in(chromium, address)
    said = shown.stop()
    assert "Received 1, kept in" in said
    (folder,) = (tmp_path / "tmp").glob("liuwen-preview-*")
    assert f"liuwen load {folder} --form visit.md" in said
    store = Store(folder)
    (kept,) = store.submissions()
    assert store.responses("visit").table["village"].tolist() == ["柳湾"]
    assert [path.read_bytes() for path in store.attachments("visit", kept.instance_id).values()] == [PHOTO]
    store.close()


def test_preview_in_chinese_into_a_given_store(previewing: Callable[..., tuple[Any, str]], tmp_path: Path) -> None:
    """Text and page are Chinese; submissions are added to the store."""
    shown, address = previewing("--lang", "zh", "--store", "trial")
    with Phone(address.partition("/?")[0]) as phone:
        assert "正在打开问卷" in phone.request("GET", address).body.decode()
        (listed,) = phone.form_list()
        phone.send(f'<data id="visit" version="{listed.version}"><village>柳湾</village></data>'.encode())
    assert "收到 1 份" in shown.stop()
    assert Store(tmp_path / "trial").count("visit") == 1


def test_preview_without_submissions_leaves_no_files(previewing: Callable[..., tuple[Any, str]], tmp_path: Path) -> None:
    """No folder remains."""
    shown, _ = previewing("--lang", "en")
    assert "Nothing was sent." in shown.stop()
    assert list((tmp_path / "tmp").glob("liuwen-preview-*")) == []


def test_a_form_that_does_not_convert_is_one_sentence(liuwen, tmp_path: Path) -> None:
    """Exit status 2, and no folder."""
    (tmp_path / "bad.md").write_text("| survey |\n| | type | name | label |\n| | select_one nowhere | q | Q |", encoding="utf-8")
    said = liuwen("preview", tmp_path / "bad.md", "--no-browser")
    assert said.status == 2 and "Traceback" not in said.err

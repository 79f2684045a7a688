"""`liuwen preview`: the real command, a real browser, and what is left when it ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from liuwen.collect import Store
from liuwen.collect.phone import Phone

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FORM = """
| survey |        |         |                          |                        |
|        | type   | name    | label::English (en)      | label::中文 (zh)        |
|        | text   | village | Which village?           | 您在哪个村？            |
|        | image  | photo   | Photo                    | 照片                   |
"""
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


class Previewing:
    """`liuwen preview` in a process of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        (folder / "visit.md").write_text(FORM, encoding="utf-8")
        (folder / "tmp").mkdir()
        command = [sys.executable, "-c", "from liuwen.cli import main; main()", "preview", "visit.md", "--no-browser", *arguments]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder / "tmp")}
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        self.said = ""
        while "Ctrl-C" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended: {self.said}"
            self.said += line
        self.address = re.findall(r"http\S+", self.said)[0]

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=20)
        assert self.process.returncode == 0
        return rest


@pytest.fixture
def previewing(tmp_path: Path) -> Iterator[Callable[..., Previewing]]:
    started: list[Previewing] = []

    def start(*arguments: str) -> Previewing:
        started.append(Previewing(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


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


def test_what_is_sent_in_a_preview_is_kept_where_it_says(
    previewing: Callable[..., Previewing], chromium: str, tmp_path: Path
) -> None:
    """In a temporary store, with its photo; the sentence at the end is the command that reads it."""
    shown = previewing("--lang", "en")
    fill_in(chromium, shown.address)
    said = shown.stop()
    assert "1 received" in said
    (folder,) = (tmp_path / "tmp").glob("liuwen-preview-*")
    assert f"liuwen load {folder} --form visit.md" in said
    store = Store(folder)
    (kept,) = store.submissions()
    assert store.responses("visit").table["village"].tolist() == ["柳湾"]
    assert [path.read_bytes() for path in store.attachments("visit", kept.instance_id).values()] == [PHOTO]
    store.close()


def test_a_preview_in_chinese_into_a_store_of_ones_own(previewing: Callable[..., Previewing], tmp_path: Path) -> None:
    """Words and page are Chinese; what is sent is added to the store."""
    shown = previewing("--lang", "zh", "--store", "trial")
    with Phone(shown.address.partition("/?")[0]) as phone:
        assert "正在打开问卷" in phone.request("GET", shown.address).body.decode()
        (listed,) = phone.form_list()
        phone.send(f'<data id="visit" version="{listed.version}"><village>柳湾</village></data>'.encode())
    assert "收到 1 份" in shown.stop()
    assert Store(tmp_path / "trial").count("visit") == 1


def test_a_preview_that_nobody_answered_leaves_nothing(previewing: Callable[..., Previewing], tmp_path: Path) -> None:
    """No folder is left behind."""
    shown = previewing("--lang", "en")
    assert "Nothing was sent." in shown.stop()
    assert list((tmp_path / "tmp").glob("liuwen-preview-*")) == []


def test_a_form_that_does_not_convert_is_one_sentence(liuwen, tmp_path: Path) -> None:
    """Exit status 2, and no folder."""
    (tmp_path / "bad.md").write_text("| survey |\n| | type | name | label |\n| | select_one nowhere | q | Q |", encoding="utf-8")
    said = liuwen("preview", tmp_path / "bad.md", "--no-browser")
    assert said.status == 2 and "Traceback" not in said.err

"""In JupyterLab: a designer previews a form, sends an answer in it, and reads it in the next cell."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CELLS = [
    "import liuwen.webform\nfrom liuwen.form import build_form, builder as b\n"
    "needs = b.choices('needs', ('road', '修路', 'Road'), ('water', '饮水', 'Water'))\n"
    "form = build_form('visit', version='1', zh='入户访谈', en='Visit', items=[b.select_multiple('needs', needs,"
    " zh='最需要什么？', en='Needs?'),\n  b.image('photo', zh='照片', en='Photo')])\n"
    "shown = liuwen.webform.preview(form, language='zh')\nshown",
    "print('ARRIVED', list(shown.responses.table['needs']), [len(photo) for photo in shown.submissions[0].attachments.values()])",
]
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(1_000)


def notebook() -> str:
    cells = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for number, source in enumerate(CELLS)
    ]
    return json.dumps({"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own, with the notebook in its folder."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    (tmp_path / "preview.ipynb").write_text(notebook())
    places = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={tmp_path}",
    ]
    log = (tmp_path / "lab.log").open("w+")
    lab = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], env={**os.environ, **places}, stdout=log, stderr=log)
    try:
        yield address_in(tmp_path / "lab.log")
    finally:
        lab.terminate()
        lab.wait(20)
        log.close()


def address_in(log: Path) -> str:
    for _ in range(1_200):
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_what_is_sent_in_a_preview_is_there_in_the_next_cell(lab: str, browser: Browser, tmp_path: Path) -> None:
    """The form is drawn in its frame, and its answer comes back with the photo; the saved notebook stays small."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(120_000)
    page.goto(f"{lab}/lab/tree/preview.ipynb?reset")
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    frame = page.frame_locator("iframe.liuwen-frame")
    frame.get_by_text("饮水").click()
    frame.locator('input[type="file"]:not([capture])').set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    frame.get_by_role("button", name="提交").click()
    frame.get_by_text("谢谢！").wait_for()
    page.get_by_text("已收到 1 份").wait_for()
    page.locator(".jp-Cell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.get_by_text(f"ARRIVED ['water'] [{len(PHOTO)}]").wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1_500)
    saved = json.loads((tmp_path / "preview.ipynb").read_text())
    assert len(json.dumps(saved)) < 20_000
    page.close()

"""In JupyterLab: a designer previews a form, submits an answer, and reads it in the next cell."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

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


def test_submission_in_a_preview_is_available_in_the_next_cell(
    jupyterlab: Callable[[Path], str], run_cell: Callable[[Page, int], None], browser: Browser, tmp_path: Path
) -> None:
    """The form is shown in its frame, and its answer comes back with the photo; the saved notebook stays small."""
    (tmp_path / "preview.ipynb").write_text(notebook())
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{jupyterlab(tmp_path)}/lab/tree/preview.ipynb?reset")
    run_cell(page, 0)
    frame = page.frame_locator("iframe.liuwen-frame")
    frame.get_by_text("饮水").click()
    frame.locator('input[type="file"]:not([capture])').set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    frame.get_by_role("button", name="提交").click()
    frame.get_by_text("谢谢！").wait_for()
    page.get_by_text("已收到 1 份").wait_for()
    run_cell(page, 1)
    page.get_by_text(f"ARRIVED ['water'] [{len(PHOTO)}]").wait_for()
    page.keyboard.press("Control+s")
    saved = {}
    for _ in range(3_000):
        with suppress(json.JSONDecodeError):  # JupyterLab is still writing it
            saved = json.loads((tmp_path / "preview.ipynb").read_text())
            if saved["cells"][1]["outputs"]:
                break
        page.wait_for_timeout(100)
    assert "ARRIVED" in "".join(saved["cells"][1]["outputs"][0]["text"])
    assert len(json.dumps(saved)) < 20_000
    page.close()

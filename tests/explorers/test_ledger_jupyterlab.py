"""The ledger's explorer in JupyterLab: a step is entered for another in a real browser, and is in the store."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

import liuwen as lw
from liuwen.campaign import made_up_town

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELL = """import liuwen as lw
campaign = lw.read_campaign("hubin", 2026, store=lw.Store("town"))
lw.explore(campaign, language="en")"""

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with half a year of two villages, and a notebook that explores it."""
    town = made_up_town(2, 40, language="en")
    with lw.Store(tmp_path / "town") as store:
        for name, table in {**town.registers, "desk_steps": town.events["matters"]}.items():
            store.desk_tables[name] = table
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)], metadata=kernel)
    nbformat.write(book, tmp_path / "ledger.ipynb")
    return tmp_path


@pytest.mark.browser
def test_a_step_is_entered_in_the_browser(
    folder: Path, jupyterlab: Callable[[Path], str], run_cell: Callable[["Page", int], None], chromium: str
) -> None:
    """Choose what is open, choose a matter, enter a note for its visitor; then the same in Chinese at the width of a phone."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1400, "height": 1600})
        tab.goto(f"{jupyterlab(folder)}/doc/tree/ledger.ipynb")
        run_cell(tab, 0)
        explorer = tab.locator(".liuwen-explorer")
        playwright.expect(explorer.get_by_text("Who keeps people waiting")).to_be_visible()
        matters = tab.get_by_label("Story of which matter").locator("option")
        playwright.expect(matters).not_to_have_count(1)
        every = matters.count()
        tab.get_by_label("Where it stands", exact=True).select_option(label="open")
        playwright.expect(matters).not_to_have_count(every)
        tab.get_by_label("Story of which matter").select_option(index=1)
        playwright.expect(tab.get_by_label("Taken by")).not_to_have_value("")
        tab.get_by_label("Which step", exact=True).select_option(label="progress noted")
        tab.get_by_label("What was done").fill("asked the waterworks")
        explorer.get_by_role("button", name="Enter it").click()
        playwright.expect(explorer.get_by_role("status")).to_contain_text("Entered: progress noted")
        playwright.expect(explorer.get_by_text("progress noted: asked the waterworks")).to_be_visible()

        explorer.get_by_role("button", name="中文").click()
        playwright.expect(explorer.get_by_text("代录一步")).to_be_visible()
        tab.set_viewport_size({"width": 420, "height": 1600})
        wide = "element => element.scrollWidth > element.clientWidth"
        assert not explorer.evaluate(wide)
        browser.close()
    with lw.Store(folder / "town") as store:
        [kept] = store.desk_tables.rows("desk_entries").to_dict("records")
    assert (kept["step"], kept["note"], kept["entered_by"]) == ("note", "asked the waterworks", "D1")

"""The explorer where it is used: in JupyterLab, in a real browser, and in what a notebook keeps of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELL = """import liuwen as lw
responses = lw.read_responses("submissions", form=lw.read_form("town.xlsx"))
lw.explore(responses, language="en")"""

pytestmark = pytest.mark.slow


@pytest.fixture
def notebook(town_folder: Path) -> Path:
    """A notebook of one cell beside the form and the answers, not yet run."""
    cells = [nbformat.v4.new_code_cell(CELL)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), town_folder / "needs.ipynb")
    return town_folder / "needs.ipynb"


@pytest.mark.browser
def test_a_filter_changes_the_figure(
    notebook: Path, jupyterlab: Callable[[Path], str], run_cell: Callable[["Page", int], None], chromium: str
) -> None:
    """Run the cell, choose a kind of household, see other numbers; then at the width of a phone."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1400, "height": 1600})
        tab.goto(f"{jupyterlab(notebook.parent)}/lab/tree/needs.ipynb")
        run_cell(tab, 0)
        charts = tab.locator(".liuwen-explorer [data-drawn=true]")
        playwright.expect(charts).to_have_count(2)
        before = charts.first.inner_text()
        assert "Safe water" in before
        assert not tab.locator(".liuwen-static").is_visible()

        tab.get_by_label("Households").select_option(label="In hardship")
        playwright.expect(charts.first).not_to_have_text(before)
        tab.locator(".liuwen-explorer").get_by_role("button", name="中文").click()
        playwright.expect(charts.first).to_contain_text("安全饮水")

        tab.set_viewport_size({"width": 420, "height": 1600})
        tab.wait_for_function("document.querySelector('.liuwen-explorer [data-drawn]').layout.width < 420")

        tab.get_by_label("按什么看").select_option(label="不分（全部合计）")
        tab.set_viewport_size({"width": 1000, "height": 1600})
        visible = "[...document.querySelectorAll('.liuwen-explorer [data-drawn]')].filter((chart) => chart.offsetParent)"
        tab.wait_for_function(f"{visible}.every((chart) => chart.layout.width > 420)", timeout=60_000)
        browser.close()


def test_a_saved_notebook_is_small_and_shows_the_needs_without_a_kernel(notebook: Path) -> None:
    """Run and saved without widget state, it holds the static view, and is far under 200 kB."""
    from nbclient import NotebookClient

    book = nbformat.read(notebook, as_version=4)
    resources = {"metadata": {"path": str(notebook.parent)}}
    NotebookClient(book, timeout=None, startup_timeout=600, resources=resources, store_widget_state=False).execute()
    outputs = [output["data"] for cell in book.cells for output in cell.outputs if "data" in output]
    assert "Safe water" in outputs[0]["text/html"]
    nbformat.write(book, notebook)
    assert notebook.stat().st_size < 100_000

"""The explorer where it is used: in JupyterLab, in a real browser, and in what a notebook keeps of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELL = """import liuwen as lw
responses = lw.read_responses("submissions", form=lw.read_form("town.xlsx"))
lw.explore(responses, language="en")"""
PATIENCE = 90_000
"""How long a browser may take on a busy machine, in milliseconds."""

pytestmark = pytest.mark.slow


@pytest.fixture
def notebook(town_folder: Path) -> Path:
    """A notebook of one cell beside the form and the answers, not yet run."""
    cells = [nbformat.v4.new_code_cell(CELL)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), town_folder / "needs.ipynb")
    return town_folder / "needs.ipynb"


@pytest.fixture
def lab(notebook: Path, tmp_path: Path) -> Iterator[str]:
    """JupyterLab's address, serving the notebook's folder."""
    pytest.importorskip("jupyterlab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    settings += [f"--ServerApp.root_dir={notebook.parent}", "--IdentityProvider.token=", "--LabApp.news_url="]
    places = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *settings],
        env={**os.environ, **places},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"JupyterLab did not answer at {address}")


def run_the_cell(tab: "Page") -> None:
    """Ask until it runs: JupyterLab does not hear a key that is pressed while the notebook is still being set up."""
    prompt = tab.locator(".jp-NotebookPanel .jp-InputPrompt").first
    tab.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    for _ in range(20):
        tab.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.click()
        tab.keyboard.press("Control+Enter")
        tab.wait_for_timeout(2_000)
        if any(character in prompt.inner_text() for character in "*1"):
            return


@pytest.mark.browser
def test_a_filter_changes_the_figure(lab: str, chromium: str) -> None:
    """Run the cell, choose a kind of household, see other numbers; then at the width of a phone."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1400, "height": 1600})
        tab.set_default_timeout(PATIENCE)
        tab.goto(f"{lab}/lab/tree/needs.ipynb")
        run_the_cell(tab)
        charts = tab.locator(".liuwen-explorer [data-drawn=true]")
        playwright.expect(charts).to_have_count(2, timeout=PATIENCE)
        before = charts.first.inner_text()
        assert "Safe water" in before
        assert not tab.locator(".liuwen-static").is_visible()

        tab.get_by_label("Households").select_option(label="In hardship")
        playwright.expect(charts.first).not_to_have_text(before, timeout=PATIENCE)
        tab.locator(".liuwen-explorer").get_by_role("button", name="中文").click()
        playwright.expect(charts.first).to_contain_text("安全饮水", timeout=PATIENCE)

        tab.set_viewport_size({"width": 420, "height": 1600})
        tab.wait_for_function("document.querySelector('.liuwen-explorer [data-drawn]').layout.width < 420")
        browser.close()


def test_a_saved_notebook_is_small_and_shows_the_needs_without_a_kernel(notebook: Path) -> None:
    """Run and saved without widget state, it holds the static view, and is far under 200 kB."""
    from nbclient import NotebookClient

    book = nbformat.read(notebook, as_version=4)
    resources = {"metadata": {"path": str(notebook.parent)}}
    NotebookClient(book, timeout=180, resources=resources, store_widget_state=False).execute()
    outputs = [output["data"] for cell in book.cells for output in cell.outputs if "data" in output]
    assert "Safe water" in outputs[0]["text/html"]
    nbformat.write(book, notebook)
    assert notebook.stat().st_size < 100_000

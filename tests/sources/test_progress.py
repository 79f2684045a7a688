"""The progress of a pull is shown on a terminal and in a notebook, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import rich.console
from IPython import display

from liuwen.messages import use_language
from liuwen.sources import StoreSource, pull
from liuwen.store import Store


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with use_language("en"):
        yield


FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>A</h:title><model><instance><data id="a&lt;b" version="1"><meta><instanceID/></meta></data></instance></model>
</h:head><h:body/></h:html>"""


@pytest.fixture
def source(tmp_path: Path) -> StoreSource:
    store = Store(tmp_path / "store")
    store.publish(FORM.encode())
    for number in range(3):
        store.receive(f'<data id="a&lt;b" version="1"><meta><instanceID>uuid:{number}</instanceID></meta></data>'.encode())
    return StoreSource(store)


def test_no_progress_in_redirected_output(source: StoreSource, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Output redirected to a file contains no bar."""
    pull(source, "a<b", tmp_path / "pulled")
    assert capsys.readouterr() == ("", "")


def test_progress_bar_on_a_terminal(
    source: StoreSource, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error; none if there is nothing to download."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    pull(source, "a<b", tmp_path / "pulled")
    assert "Pulling a<b" in (said := capsys.readouterr()).err and "3/3" in said.err and said.out == ""
    pull(source, "a<b", tmp_path / "pulled")
    assert "Pulling" not in capsys.readouterr().err


def test_progress_bar_in_a_notebook_is_not_a_widget(source: StoreSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One display that is updated."""
    shown: list[str] = []

    class Handle:
        def update(self, page: display.HTML) -> None:
            shown.append(page.data)

    def show(page: display.HTML, *, display_id: bool) -> Handle:
        assert display_id
        shown.append(page.data)
        return Handle()

    monkeypatch.setattr(display, "display", show)
    monkeypatch.setattr(rich.console, "_is_jupyter", lambda: True)
    pull(source, "a<b", tmp_path / "pulled")
    assert shown[-1] == 'Pulling a&lt;b <progress value="3" max="3"></progress> 3/3' and len(shown) == 3

"""A preview in a notebook sends the browser what it requests, and returns submissions as `Responses`."""

import gzip
from typing import Any

import pytest

from liuwen.errors import ConversionError
from liuwen.form import Form, read_form
from liuwen.messages import use_language
from liuwen.webform import bundle_path, preview

SENT = """<data xmlns:jr="http://openrosa.org/javarosa" id="visit" version="1"><village>liuwan</village><visitor>王小明</visitor>
<member><called>李</called><age>60</age></member><needs>road clinic</needs><photo>house.png</photo>
<meta><instanceID>uuid:aaaaaaaa-0000-4000-8000-000000000001</instanceID></meta></data>""".encode()


class Browser:
    """The browser side of a widget: sends messages as preview.js does, and records the replies."""

    def __init__(self, widget: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.widget = widget
        self.heard: list[tuple[dict[str, Any], list[bytes]]] = []
        monkeypatch.setattr(widget, "send", lambda content, buffers=(): self.heard.append((content, list(buffers))))

    def ask(self, buffers: tuple[bytes, ...] = (), **question: Any) -> tuple[dict[str, Any], list[bytes]]:
        number = len(self.heard)
        self.widget._handle_custom_msg({**question, "number": number}, [memoryview(buffer) for buffer in buffers])
        content, answered = self.heard[-1]
        assert content["answer"] == number
        return content, answered


@pytest.fixture
def browser_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda widget: Browser(widget, monkeypatch)


def test_the_form_its_files_and_the_bundle_come_when_asked_for(visit: Form, browser_of: Any) -> None:
    """The browser gets the XForm, every file of the form, and the module, each on request."""
    browser = browser_of(preview(visit))
    told, files = browser.ask(ask="form")
    assert "<h:html" in told["xml"]
    assert dict(zip(told["names"], files, strict=True)) == dict(visit.media)
    _, [packed] = browser.ask(ask="bundle")
    assert gzip.decompress(packed) == bundle_path().read_bytes()


def test_a_saved_notebook_holds_neither_form_nor_bundle(visit: Form) -> None:
    """The widget's state is its language, its height, the bundle's name, and a short script."""
    state = preview(visit, language="zh").get_state()
    assert {name for name in state if not name.startswith("_")} - {"layout", "tabbable", "tooltip"} == {
        "bundle",
        "language",
        "height",
    }
    assert sum(len(str(value)) for value in state.values()) < 12_000


def test_submissions_are_returned_as_responses(visit: Form, browser_of: Any) -> None:
    """Each submission is kept with its attachments, and the tables know the form."""
    widget = preview(visit)
    browser = browser_of(widget)
    told, _ = browser.ask((SENT, b"a picture"), ask="keep", names=["house.png"])
    assert told["count"] == 1
    [sent] = widget.submissions
    assert dict(sent.attachments) == {"house.png": b"a picture"}
    row = widget.responses.table.loc["uuid:aaaaaaaa-0000-4000-8000-000000000001"]
    assert (row["village"], row["visitor"], row["needs"]) == ("liuwan", "王小明", "road clinic")
    assert list(widget.responses["member"]["age"]) == [60]


def test_responses_are_empty_before_any_submission(visit: Form) -> None:
    """Before anything is submitted the tables exist and are empty."""
    assert len(preview(visit).responses.table) == 0


def test_preview_uses_the_current_language(visit: Form) -> None:
    """Unless another language is given."""
    with use_language("zh"):
        assert preview(visit).language == "zh"
        assert preview(visit, language="en").language == "en"


def test_a_form_that_does_not_convert_is_refused_at_once() -> None:
    """In Python, where the author can read the reason, not in the frame."""
    with pytest.raises(ConversionError):
        preview(read_form(b"| survey |\n| | type | name | label |\n| | select_one nowhere | q | Q |"))

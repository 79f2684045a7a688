"""The notebook widget around a form: sends the browser what it requests, and keeps what is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from liuwen.form.model import Form
from liuwen.messages import Language
from liuwen.responses import Responses, read_responses
from liuwen.webform.bundle import bundle_gzip, bundle_name


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission made in a preview: its XML, and its attachments by file name."""

    xml: bytes
    attachments: Mapping[str, bytes]


class Preview(anywidget.AnyWidget):
    """A form in a frame, and what was submitted there.

    The bundle, the form and its files are sent when the browser requests them, once per page, and are never part of the
    widget's state: a saved notebook contains none of them.
    """

    _esm = Path(__file__).with_name("preview.js")
    _css = Path(__file__).with_name("preview.css")
    bundle = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int().tag(sync=True)

    def __init__(self, form: Form, xml: str, media: Mapping[str, bytes], language: Language, height: int) -> None:
        super().__init__(bundle=bundle_name(), language=language, height=height)
        self.form = form
        self.submissions: tuple[Sent, ...] = ()
        self._xml = xml
        self._media = media
        self.on_msg(self._answer)

    @property
    def responses(self) -> Responses:
        """The submissions so far, as tables."""
        return read_responses([sent.xml for sent in self.submissions], self.form)

    def _answer(self, _: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
        match content:
            case {"ask": "bundle", "number": number}:
                self.send({"answer": number}, [bundle_gzip()])
            case {"ask": "form", "number": number}:
                self.send({"answer": number, "xml": self._xml, "names": list(self._media)}, list(self._media.values()))
            case {"ask": "keep", "number": number, "names": names}:
                xml, *files = (bytes(buffer) for buffer in buffers)
                self.submissions += (Sent(xml, dict(zip(names, files, strict=True))),)
                self.send({"answer": number, "count": len(self.submissions)})

"""Converts the texts of an XForm to the translated columns of an XLSForm."""

import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from liuwen.form.formats.from_xform.document import Document, child, children, local
from liuwen.form.formats.from_xform.expressions import References

_ITEXT = re.compile(r"\s*jr:itext\(\s*(['\"])(?P<id>.*)\1\s*\)\s*")
_COLUMN_OF_FORM: Mapping[str, str] = MappingProxyType(
    {"image": "image", "big-image": "big-image", "audio": "audio", "video": "video", "guidance": "guidance_hint"}
)
_WORDS = frozenset({"long", "short"})
_ADDRESS = re.compile(r"^jr://[\w-]+/")
_UNNAMED = "default"

Cells = dict[str, str]


class Texts:
    """Looks up texts by ID, and converts labels and hints to cells by header ("label::English (en)")."""

    def __init__(self, document: Document, references: References) -> None:
        self.document = document
        self.references = references
        self.left_out: list[str] = []

    @cached_property
    def _translations(self) -> Mapping[str, Mapping[str, Any]]:
        itext = child(self.document.model, "itext")
        found: dict[str, dict[str, Any]] = {}
        for translation in children(itext, "translation") if itext is not None else ():
            texts = found.setdefault(translation.get("lang", ""), {})
            for text in children(translation, "text"):
                texts.setdefault(text.get("id", ""), text)
        return found

    @cached_property
    def default_language(self) -> str:
        """The default language, if the form declares one."""
        itext = child(self.document.model, "itext")
        marked = (
            (each.get("lang", "") for each in children(itext, "translation") if each.get("default")) if itext is not None else ()
        )
        return next(iter(marked), "")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the default first."""
        return tuple(sorted(self._translations, key=lambda language: language != self.default_language))

    def cells(self, element: Any, column: str, context: str) -> Cells:
        """The text and media of a label, hint or message, by header for each language."""
        found = _ITEXT.fullmatch(element.get("ref", "")) if element is not None else None
        if element is None:
            return {}
        if not found:
            return _unless_blank(column, self._written(element, context))
        return self.by_id(found["id"], column, context)

    def by_id(self, text_id: str, column: str, context: str) -> Cells:
        """The cells of the text with this ID."""
        cells: Cells = {}
        for language, texts in self._translations.items():
            if text_id in texts:
                cells |= self._forms(texts[text_id], column, language, context)
        said = [key for key, text in cells.items() if text != "-"]
        return {key: cells[key] for key in said} or cells

    def message(self, written: str, column: str, context: str) -> Cells:
        """The message of a constraint or required question, given as text or by ID."""
        found = _ITEXT.fullmatch(written)
        return self.by_id(found["id"], column, context) if found else _unless_blank(column, written.strip())

    def _forms(self, text: Any, column: str, language: str, context: str) -> Cells:
        cells: Cells = {}
        for value in children(text, "value"):
            form = value.get("form", "long")
            if form not in _COLUMN_OF_FORM and form not in _WORDS:
                self.left_out.append(f'<value form="{form}"/>')
                continue
            header = self._header(_COLUMN_OF_FORM.get(form, column), language)
            written = _ADDRESS.sub("", self._written(value, context))
            if written and (header not in cells or form == "long"):
                cells[header] = written
        return cells

    def _header(self, column: str, language: str) -> str:
        """The column for a language; a single language called "default" has no name in the header."""
        return column if language in {"", _UNNAMED} and len(self.languages) == 1 else f"{column}::{language}"

    def _written(self, element: Any, context: str) -> str:
        """The text, with outputs replaced by references."""
        pieces = [element.text or ""]
        for inner in element:
            if local(inner) == "output":
                pieces.append(self._output(inner, context))
            elif local(inner):
                pieces.append("".join(inner.itertext()))
            pieces.append(inner.tail or "")
        return "".join(pieces).strip()

    def _output(self, output: Any, context: str) -> str:
        expression = (output.get("value") or output.get("ref") or "").strip()
        restored = self.references.restored(expression, context)
        if re.fullmatch(r"\$\{[^{}]+\}", restored) or restored.startswith("instance("):
            return restored
        self.left_out.append(f"<output value={expression!r}/>")
        return "…"


def _unless_blank(header: str, text: str) -> Cells:
    """A text without a language, under a header without a language."""
    return {header: text} if text else {}

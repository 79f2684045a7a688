"""Writes a form to a file atomically, with its attached files beside it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.errors import FormError, ReadError
from liuwen.form.formats.markdown import write_markdown
from liuwen.form.media import is_plain_name
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.model import Form

OTHER_ENDING = Sentence(
    zh="不会写 {name} 这种文件。请用 .xlsx、.md 或 .xml 结尾。",
    en="A form cannot be written as {name}. Use a name that ends in .xlsx, .md or .xml.",
)
MEDIA_NAME = Sentence(
    zh="附带文件名“{name}”含有路径，不能写在表单旁边。请只用文件名。",
    en='The media name "{name}" contains a path and cannot be written beside the form. Use the file name only.',
)


def write_form(form: "Form", path: Path) -> Path:
    """Write the form in the format of the file ending (.xlsx, .md, .xml), with its attached files beside it; return the path.

    An existing file is replaced in one step. Raises `ReadError` for another ending, `FormError` if the format cannot hold
    the content, `ConversionError` if pyxform cannot convert the form.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ReadError(OTHER_ENDING.filled(name=path.name))
    files = _media(form) | write(form, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _replace(path.with_name(name), content)
    return path


def _media(form: "Form") -> dict[str, bytes]:
    for name in form.media:
        if not is_plain_name(name):
            raise FormError(MEDIA_NAME.filled(name=name))
    return dict(form.media)


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _workbook(form: "Form", name: str) -> dict[str, bytes]:
    from liuwen.form.formats.workbook import workbook_bytes

    return {name: workbook_bytes(form)}


def _markdown(form: "Form", name: str) -> dict[str, bytes]:
    return {name: write_markdown(form.sheets).encode()}


def _xform(form: "Form", name: str) -> dict[str, bytes]:
    from liuwen.form.formats.xform import to_xform

    made = to_xform(form)
    itemsets = {} if made.itemsets is None else {"itemsets.csv": made.itemsets.encode()}
    return {name: made.xml.encode()} | itemsets


_WRITERS: Mapping[str, Callable[["Form", str], dict[str, bytes]]] = MappingProxyType(
    {".xlsx": _workbook, ".md": _markdown, ".xml": _xform}
)

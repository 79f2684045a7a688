"""Files that a form refers to, and those found beside it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.form.model import Form

ITEMSETS = "itemsets.csv"
"""The file in which phones keep the lists of `select_one_external`."""

_WORDED_MEDIA = ("image", "big-image", "audio", "video")
_IN_EXPRESSION = re.compile(r"\b(?:pulldata|search)\s*\(\s*['\"]([^'\"]+)['\"]")
_IN_ADDRESS = re.compile(r"jr://[\w-]+/([^'\"<>\s)]+)")


def named_files(form: "Form") -> tuple[str, ...]:
    """All files that the form refers to, in order of first mention: pictures, sounds, external lists."""
    return tuple(dict.fromkeys(_names(form)))


def files_beside(form: "Form", folder: Path) -> Mapping[str, bytes]:
    """The files that the form refers to and that are in `folder`, by name; other folders are not searched."""
    found = {name: folder / name for name in named_files(form) if is_plain_name(name)}
    return MappingProxyType({name: path.read_bytes() for name, path in found.items() if _lies_in(path, folder)})


def is_plain_name(name: str) -> bool:
    """Whether `name` is a bare file name without a path."""
    return bool(name) and name not in {".", ".."} and not set(name) & set("/\\:\0")


def looked_up(text: str) -> Iterator[str]:
    """The files that pulldata() and search() in a cell read; their ending may be left out there.

    >>> list(looked_up("minimal search('villages')"))
    ['villages.csv']
    """
    for match in _IN_EXPRESSION.finditer(text):
        yield match[1] if match[1].endswith(".csv") else f"{match[1]}.csv"


def _lies_in(path: Path, folder: Path) -> bool:
    try:
        return path.is_file() and path.resolve().parent == folder.resolve()
    except OSError:  # the name is too long for the file system
        return False


def _names(form: "Form") -> Iterator[str]:
    for element in form.elements:
        for column in _WORDED_MEDIA:
            yield from element.wordings[column].texts.values() if column in element.wordings else ()
        if element.from_file and element.list_name:
            yield element.list_name
        if element.type == "select_one_external" and form.sheet("external_choices") is None:
            yield ITEMSETS
        if element.type in {"csv-external", "xml-external"}:
            yield f"{element.name}.{element.type[:3]}"
        if element.type == "image":
            yield element.cell("default").removeprefix("jr://images/")
        for text in element.cells.values():
            yield from _in_text(text)
    for choices in (*form.choice_lists.values(), *form.external_choice_lists.values()):
        for choice in choices:
            for column in _WORDED_MEDIA:
                yield from choice.wordings[column].texts.values() if column in choice.wordings else ()


def _in_text(text: str) -> Iterator[str]:
    yield from looked_up(text)
    yield from _IN_ADDRESS.findall(text)

"""Removes answers that may identify a person, a place or a time from a submission before it is stored."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from lxml import etree

from liuwen.form.formats.from_xform.document import Document, local
from liuwen.form.formats.from_xform.types import asked_type, unasked_type
from liuwen.form.types import POINTING
from liuwen.openrosa.xml import local_name
from liuwen.responses import SYNTHETIC_ATTRIBUTE
from liuwen.store.anonymous.pictures import without_metadata

Path = tuple[str, ...]

_KEPT_ATTRIBUTES = frozenset({"id", "version", "anonymous", SYNTHETIC_ATTRIBUTE})
_ATTACHED = frozenset({"image", "audio", "video", "file"})


@dataclass(frozen=True, slots=True)
class Pointing:
    """The questions of one form version with identifying answers, to be `blanked`, and those with files."""

    blanked: frozenset[Path]
    files: frozenset[Path]


@lru_cache(maxsize=64)
def pointing_in(xform: bytes) -> Pointing:
    """The paths of identifying questions in an XForm, as names below the root.

    A new anonymous form has none, because it would be refused; a form published by an earlier version may have some.
    """
    document = Document(xform)
    actions: dict[str, dict[str, Any]] = {}
    for action in document.actions:
        actions.setdefault(document.reference(action), {})[local(action)] = action
    types: dict[Path, str] = {}
    for node in document.tree.walk():
        control, bind = document.controls.get(node.path), document.binds.get(node.path, {})
        said = asked_type(control, bind) if control is not None else unasked_type(bind, actions.get(node.path, {}))
        types[tuple(node.path.strip("/").split("/")[1:])] = said
    files = frozenset(path for path, said in types.items() if said in _ATTACHED)
    return Pointing(frozenset(path for path, said in types.items() if said in POINTING) - files, files)


def cleaned(root: etree._Element, instance_id: str, pointing: Pointing) -> tuple[bytes, Mapping[str, str]]:
    """The XML of a submission without identifying answers, and the new names of its files by their old names.

    The instance ID becomes `instance_id`; of the metadata only the instance name is kept. File names of photos contain the time
    they were taken, so files are renamed by their order in the submission.
    """
    root = deepcopy(root)
    for name in set(map(str, root.attrib)) - _KEPT_ATTRIBUTES:
        del root.attrib[name]
    for meta in [element for element in root.iter() if local_name(element) == "meta"]:
        for child in list(meta):
            if local_name(child) not in {"instanceID", "instanceName"}:
                meta.remove(child)
    names: dict[str, str] = {}
    for path, element in list(_leaves(root, ())):
        if path[-1] == "instanceID" and path[:-1] in {(), ("meta",)}:
            element.text = instance_id
        elif path in pointing.blanked:
            element.text = None
        elif path in pointing.files and (given := (element.text or "").strip()):
            element.text = names.setdefault(given, f"file{len(names) + 1}{_ending(given)}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8"), names


def kept_files(files: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, bytes]:
    """The files that the submission names, renamed and without metadata."""
    return {names[name]: without_metadata(content) for name, content in files.items() if name in names}


def _leaves(element: etree._Element, path: Path) -> Iterator[tuple[Path, etree._Element]]:
    for child in element:
        here = (*path, local_name(child))
        if len(child):
            yield from _leaves(child, here)
        else:
            yield here, child


def _ending(name: str) -> str:
    ending = PurePath(name).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else ""

"""Reads the entities that a submission creates or updates from its XML (ODK entities specification 2022.1 to 2025.1)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_SAVE_TO = "{http://www.opendatakit.org/xforms/entities}saveto"
_TRUE = {"1", "true", "true()"}


class WrittenEntity(NamedTuple):
    """An entity written by a finished submission: `action` is "create", "update" or "upsert"."""

    entity_list: str
    id: str
    action: str
    label: str
    properties: Mapping[str, str]


def entities_of(submission: bytes, xform: str) -> tuple[WrittenEntity, ...]:
    """The entities that `submission`, filled from `xform`, creates or updates, in document order."""
    from lxml import etree

    form = etree.fromstring(xform.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    saved = {
        bind.get("nodeset", "").strip("/").partition("/")[2]: bind.get(_SAVE_TO, "")
        for bind in form.iter("{*}bind")
        if bind.get(_SAVE_TO)
    }
    return tuple(_declared(etree.fromstring(submission), (), saved))


def _declared(group: Any, path: tuple[str, ...], saved: Mapping[str, str]) -> Iterator[WrittenEntity]:
    for child in group:
        name = _local(child)
        if name == "meta":
            yield from _read(child.find("{*}entity"), group, path, saved)
        elif len(child):
            yield from _declared(child, (*path, name), saved)


def _read(declaration: Any, group: Any, path: tuple[str, ...], saved: Mapping[str, str]) -> Iterator[WrittenEntity]:
    if declaration is None:
        return
    creates, updates = (declaration.get(action, "").lower() in _TRUE for action in ("create", "update"))
    if not (creates or updates):
        return
    action = "upsert" if creates and updates else "create" if creates else "update"
    properties = dict(_properties(group, "/".join(path), saved))
    yield WrittenEntity(
        declaration.get("dataset", ""), declaration.get("id", ""), action, declaration.findtext("{*}label") or "", properties
    )


def _properties(group: Any, path: str, saved: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for child in group:
        here = f"{path}/{_local(child)}".strip("/")
        if here in saved:
            yield saved[here].rpartition("#")[2], child.text or ""
        elif len(child) and child.find("{*}meta/{*}entity") is None:
            yield from _properties(child, here, saved)


def _local(element: Any) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name

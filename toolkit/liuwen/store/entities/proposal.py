"""Reads the proposed changes of entities from a submission's XML, and validates their fields."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from liuwen.openrosa.declaration import EntityDeclaration
from liuwen.openrosa.xml import child, children, local_attributes, local_name, text_of
from liuwen.store.entities.faults import BadFieldError

_UUID = re.compile(r"(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One `<entity>` block as sent; `data` holds the properties whose questions are in the submission, blank ones included."""

    declared: EntityDeclaration
    attributes: Mapping[str, str]
    given_label: str
    data: Mapping[str, str]

    @property
    def list(self) -> str:
        """The name of the entity list."""
        return self.attributes.get("dataset", "").strip()

    def wants(self, action: str) -> bool:
        """Whether it requests to `create` or `update`."""
        return self.attributes.get(action) in {"1", "true"}

    @property
    def uuid(self) -> str:
        """The entity's ID in lower case; raises `BadFieldError`."""
        return normal_uuid(self.attributes.get("id", ""), "uuid")

    @property
    def label(self) -> str | None:
        """The label; None if it is blank."""
        return self.given_label if self.given_label.strip() else None

    @property
    def base_version(self) -> int | None:
        """The version that the phone changed; raises `BadFieldError`."""
        return _whole(self.attributes.get("baseVersion", ""), "baseVersion")

    @property
    def branch_id(self) -> str | None:
        """The ID of the phone's chain of offline changes; raises `BadFieldError`."""
        given = self.attributes.get("branchId", "")
        return normal_uuid(given, "branchId") if given else None

    @property
    def trunk_version(self) -> int | None:
        """The server's version at which the chain started; raises `BadFieldError`."""
        given = self.attributes.get("trunkVersion", "")
        if given and self.branch_id is None:
            raise BadFieldError("branchId")
        return _whole(given, "trunkVersion")

    @property
    def received(self) -> dict[str, str]:
        """The received properties, and the label if there is one."""
        return dict(self.data) if self.label is None else {**self.data, "label": self.label}


def read_proposals(root: etree._Element, declared: tuple[EntityDeclaration, ...]) -> tuple[Proposal, ...]:
    """All entities proposed by a submission, list by list in the order of the form's declarations."""
    return tuple(
        _read(home, entity, declared) for entity in declared for home in _at(root, entity.path) if _block(home) is not None
    )


def _read(home: etree._Element, declared: EntityDeclaration, all_declared: tuple[EntityDeclaration, ...]) -> Proposal:
    block = _block(home)
    assert block is not None
    deeper = {other.path[len(declared.path) :] for other in all_declared if other.path != declared.path}
    fields = ((path, element) for path, element in _fields(home, (), deeper) if path in declared.properties)
    data = {declared.properties[path]: text_of(element) for path, element in fields}
    return Proposal(declared, local_attributes(block), text_of(child(block, "label")), data)


def _block(home: etree._Element) -> etree._Element | None:
    meta = child(home, "meta")
    return child(meta, "entity") if meta is not None else None


def _at(element: etree._Element, path: tuple[str, ...]) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    for below in children(element):
        if local_name(below) == path[0]:
            yield from _at(below, path[1:])


def _fields(
    element: etree._Element, path: tuple[str, ...], deeper: set[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], etree._Element]]:
    for below in children(element):
        here = (*path, local_name(below))
        if here not in deeper:
            yield here, below
            yield from _fields(below, here, deeper)


def normal_uuid(given: str, field: str) -> str:
    """The version 4 UUID in `given`, in lower case and without `uuid:`; raises `BadFieldError`."""
    if not given.strip():
        raise BadFieldError(field)
    match = _UUID.match(given)
    if match is None:
        raise BadFieldError(field, given)
    return match[1].lower()


def _whole(given: str, field: str) -> int | None:
    if not given.strip():
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > 9:
        raise BadFieldError(field, given)
    return int(given) or None

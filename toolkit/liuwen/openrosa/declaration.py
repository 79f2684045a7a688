"""Reads the declarations of an XForm: its ID, version and title, the files it needs, the entities it writes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from liuwen.errors import FormError
from liuwen.form.model import YES
from liuwen.messages import Sentence
from liuwen.openrosa.xml import child, children, local_attributes, local_name, text_of
from liuwen.responses.from_submissions.instance import InstanceError, parse

NOT_XFORM = Sentence(
    zh="这不是 XForm：找不到带 id 的主实例。", en="This is not an XForm: it has no main instance with an id attribute."
)
BAD_LIST = Sentence(
    zh="实体列表的名称“{name}”不可用：须以字母或下划线开头，只含字母、数字、连字符和下划线，且不以双下划线开头。",
    en='Invalid entity list name "{name}": start with a letter or underscore, use only letters, digits, '
    "hyphens and underscores, and do not start with two underscores.",
)
BAD_PROPERTY = Sentence(
    zh="实体属性的名称“{name}”不可用（name、label 和以双下划线开头的名称是保留的）。",
    en='Invalid entity property name "{name}" (name, label and names starting with two underscores are reserved).',
)
NO_ACTION = Sentence(
    zh="问卷为实体列表“{name}”声明了实体，却既不新建也不更新。",
    en='The form declares an entity in the list "{name}" but neither creates nor updates it.',
)
BAD_VERSION = Sentence(
    zh="问卷用的实体规范版本“{version}”不受支持（支持 2022.1 至 2025.1）。",
    en='The form uses version "{version}" of the entities specification; 2022.1 to 2025.1 are supported.',
)

_LIST_NAME = re.compile(r"(?!__)[^\W\d][\w:-]*\Z")
_PROPERTY_NAME = re.compile(r"(?!__)(?!name\Z)(?!label\Z)[^\W\d][\w.-]*\Z", re.IGNORECASE)
_ADDRESS = r"jr://(?:file-csv|file|images|image|audio|video)/"
_WHOLE = re.compile(rf"{_ADDRESS}(.+)\Z")
"""A file name that takes up a whole text, spaces included."""
_QUOTED = re.compile(rf"""['"]{_ADDRESS}([^'"]+)['"]""")
"""A quoted file name in an expression."""
_LOOKED_UP = re.compile(r"\b(?:pulldata|search)\(\s*['\"]([^'\"]+)['\"]")
_IDENTIFYING = {"deviceid", "phonenumber", "username", "email", "subscriberid", "simserial"}
"""Metadata that identify the owner of the phone."""
_ASKED = re.compile(r"\bproperty\(\s*['\"]([^'\"]+)['\"]", re.IGNORECASE)
_SPECIFICATION = re.compile(r"(2022|2023|2024|2025)\.1(\.|\Z)")


@dataclass(frozen=True, slots=True)
class EntityDeclaration:
    """The declaration of an entity: its position (names below the root), list, actions and properties."""

    path: tuple[str, ...]
    list: str
    actions: tuple[str, ...]
    properties: Mapping[tuple[str, ...], str]

    def to_data(self) -> dict[str, Any]:
        """The declaration as plain data, for JSON."""
        properties = [[list(path), name] for path, name in self.properties.items()]
        return {"path": list(self.path), "list": self.list, "actions": list(self.actions), "properties": properties}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "EntityDeclaration":
        """The declaration from the result of `to_data`."""
        properties = {tuple(path): name for path, name in data["properties"]}
        return cls(tuple(data["path"]), data["list"], tuple(data["actions"]), properties)

    @classmethod
    @lru_cache(maxsize=256)
    def all_from_text(cls, text: str) -> "tuple[EntityDeclaration, ...]":
        """The declarations stored as JSON with a form version."""
        return tuple(map(cls.from_data, json.loads(text)))


@dataclass(frozen=True, slots=True)
class Declaration:
    """The declarations of an XForm; `identifying` lists its questions that identify the phone's owner.

    `anonymous` is the value of `Form.anonymous`.
    """

    form_id: str
    version: str
    title: str
    media: tuple[str, ...]
    entities: tuple[EntityDeclaration, ...]
    identifying: tuple[str, ...]
    encrypted: bool
    anonymous: bool


def read_declaration(xml: bytes) -> Declaration:
    """Read an XForm; raises `FormError` if it is not one, or if it declares entities that cannot be stored."""
    try:
        root = parse(xml)
    except InstanceError as broken:
        raise FormError(broken.reason) from broken
    model = next((element for element in root.iter() if local_name(element) == "model"), None)
    instance = child(model, "instance") if model is not None else None
    data = next(children(instance), None) if instance is not None else None
    form_id = local_attributes(data).get("id", "").strip() if data is not None else ""
    if model is None or data is None or not form_id:
        raise FormError(NOT_XFORM)
    title = next((text_of(element) for element in root.iter() if local_name(element) == "title"), "").strip()
    version = local_attributes(data).get("version", "")
    return Declaration(
        form_id,
        version,
        title or form_id,
        media=_media(root),
        entities=tuple(_entities(model, data)),
        identifying=tuple(_identifying(model)),
        encrypted=_is_encrypted(model),
        anonymous=local_attributes(data).get("anonymous", "").strip().lower() in YES,
    )


def _identifying(model: etree._Element) -> Iterator[str]:
    for bind in children(model):
        attributes = local_attributes(bind)
        if attributes.get("preload") == "property" and _is_identifying(attributes.get("preloadParams", "")):
            yield attributes["preloadParams"]
        for logged in ("identify-user", "location-priority"):
            if logged in attributes:
                yield f"audit {logged}"
    for element in model.getroottree().iter(etree.Element):
        for value in element.attrib.values():
            yield from filter(_is_identifying, _ASKED.findall(str(value)))


def _is_identifying(name: str) -> bool:
    return name.lower().removeprefix("uri:") in _IDENTIFYING


def _is_encrypted(model: etree._Element) -> bool:
    submission = child(model, "submission")
    return submission is not None and bool(local_attributes(submission).get("base64RsaPublicKey", "").strip())


def _media(root: etree._Element) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for element in root.iter(etree.Element):
        texts = [element.text or "", *(str(value) for value in element.attrib.values())]
        for text in texts:
            whole = _WHOLE.match(text.strip())
            names.update(dict.fromkeys([whole[1]] if whole else _QUOTED.findall(text)))
            names.update(dict.fromkeys(f"{name.removesuffix('.csv')}.csv" for name in _LOOKED_UP.findall(text)))
    return tuple(names)


def _entities(model: etree._Element, data: etree._Element) -> Iterator[EntityDeclaration]:
    blocks = [(path, block) for path, block in _walk(data, ()) if path[-2:] == ("meta", "entity")]
    if not blocks:
        return
    version = local_attributes(model).get("entities-version", "")
    if not _SPECIFICATION.match(version):
        raise FormError(BAD_VERSION.filled(version=version))
    homes = [path[:-2] for path, _ in blocks]
    saved = {path: name for path, name in _saved_properties(model) if _known_property(name)}
    for path, block in blocks:
        home = path[:-2]
        own = {field[len(home) :]: name for field, name in saved.items() if _closest(field, homes) == home}
        yield EntityDeclaration(home, _list_name(block), _actions(block), own)


def _walk(element: etree._Element, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], etree._Element]]:
    for below in children(element):
        here = (*path, local_name(below))
        yield here, below
        yield from _walk(below, here)


def _saved_properties(model: etree._Element) -> Iterator[tuple[tuple[str, ...], str]]:
    for bind in children(model):
        attributes = local_attributes(bind)
        if local_name(bind) == "bind" and attributes.get("saveto"):
            yield tuple(attributes.get("nodeset", "").strip("/").split("/")[1:]), attributes["saveto"]


def _closest(field: tuple[str, ...], homes: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    return max((home for home in homes if field[: len(home)] == home), key=len, default=None)


def _known_property(name: str) -> bool:
    if not _PROPERTY_NAME.match(name):
        raise FormError(BAD_PROPERTY.filled(name=name))
    return True


def _list_name(block: etree._Element) -> str:
    name = local_attributes(block).get("dataset", "").strip()
    check_list_name(name)
    return name


def check_list_name(name: str) -> None:
    """Raise `FormError` if `name` is not a valid name of an entity list."""
    if not _LIST_NAME.match(name):
        raise FormError(BAD_LIST.filled(name=name))


def check_property_name(name: str) -> None:
    """Raise `FormError` if `name` is not a valid name of an entity property."""
    _known_property(name)


def _actions(block: etree._Element) -> tuple[str, ...]:
    actions = tuple(action for action in ("create", "update") if action in local_attributes(block))
    if not actions:
        raise FormError(NO_ACTION.filled(name=local_attributes(block).get("dataset", "")))
    return actions

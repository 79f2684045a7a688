"""Parses an XForm safely into its parts: instance, binds, controls, texts and lists."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from lxml import etree

from liuwen.errors import ReadError
from liuwen.messages import Sentence

BROKEN = Sentence(
    zh="这个 XML 不完整或不合规范，到第 {line} 行就读不下去了：请重新下载或导出。",
    en="This XML is invalid at line {line} and cannot be read. Download or export it again.",
)
NOT_AN_XFORM = Sentence(
    zh="这是 XML，但不是 XForm 表单：缺少 {missing}。请给出 ODK 服务器上的表单 XML。",
    en="This is XML, but not an XForm: it has no {missing}. Use the form XML from an ODK server.",
)
HAS_DTD = Sentence(
    zh="这个 XML 带有 DOCTYPE 声明，出于安全不予读取。请删去它。",
    en="This XML has a DOCTYPE declaration and is not read for security reasons. Remove it.",
)

CONTROLS = frozenset({"input", "select", "select1", "rank", "upload", "trigger", "range", "secret", "textarea"})
_PREFIXES = MappingProxyType(
    {
        "http://openrosa.org/javarosa": "jr",
        "http://openrosa.org/xforms": "orx",
        "http://www.opendatakit.org/xforms": "odk",
        "http://www.opendatakit.org/xforms/entities": "entities",
        "http://www.w3.org/XML/1998/namespace": "xml",
    }
)
STANDARD_NAMESPACES = frozenset(
    {
        *_PREFIXES,
        "http://www.w3.org/2002/xforms",
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2001/xml-events",
        "http://www.w3.org/2001/XMLSchema",
        "http://openrosa.org/xforms/",
    }
)


def local(node: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attributes(node: Any) -> dict[str, str]:
    """Attributes by their usual names: `relevant`, `jr:preload`, `odk:length`."""
    return {_usual_name(node, key): value for key, value in node.attrib.items()}


def _usual_name(node: Any, key: str) -> str:
    namespace, found, name = key.removeprefix("{").rpartition("}")
    if not found:
        return key
    prefix = _PREFIXES.get(namespace) or next((each for each, uri in node.nsmap.items() if each and uri == namespace), "")
    return f"{prefix}:{name}" if prefix else name


def children(node: Any, *names: str) -> Iterator[Any]:
    """The child elements with one of these names, in order; all children if no name is given."""
    return (child for child in node if local(child) and (not names or local(child) in names))


def child(node: Any, name: str) -> Any:
    """The first child element with this name, or None."""
    return next(children(node, name), None)


@dataclass
class Node:
    """A node of the instance: a question, group or repeat, or the root."""

    path: str
    name: str
    element: Any
    parent: "Node | None" = field(default=None, repr=False)
    children: list["Node"] = field(default_factory=list, repr=False)
    is_repeat: bool = False

    @property
    def repeats(self) -> list[str]:
        """Paths of the repeats around it, outermost first."""
        above = self.parent.repeats + ([self.parent.path] if self.parent.is_repeat else []) if self.parent else []
        return above

    def walk(self) -> Iterator["Node"]:
        """All descendants, in order."""
        for node in self.children:
            yield node
            yield from node.walk()


class Document:
    """A parsed XForm; raises `ReadError` if the XML is not an XForm."""

    def __init__(self, data: bytes) -> None:
        self.root = _parsed(data)
        head, self.body = (child(self.root, name) for name in ("head", "body"))
        self.model = child(head, "model") if head is not None else None
        _require(self.model, "model")
        if self.body is None:
            self.body = etree.Element("body")
        instance = child(self.model, "instance")
        _require(instance, "instance")
        top = next(children(instance), None)
        _require(top, "instance")
        self.title = (
            "".join(next(children(head, "title"), self.root).itertext()).strip() if child(head, "title") is not None else ""
        )
        self.tree = Node(f"/{local(top)}", local(top), top)
        self.by_path = {self.tree.path: self.tree}
        repeats = {self.resolved(repeat.get("nodeset", ""), self.tree.path) for repeat in self.root.iter("{*}repeat")}
        self._grow(self.tree, repeats)

    def _grow(self, node: Node, repeats: set[str]) -> None:
        for element in children(node.element):
            path = f"{node.path}/{local(element)}"
            if local(element) == "meta" or path in self.by_path:
                continue
            grown = Node(path, local(element), element, node, is_repeat=path in repeats)
            self.by_path[path] = grown
            node.children.append(grown)
            self._grow(grown, repeats)

    @cached_property
    def binds(self) -> Mapping[str, dict[str, str]]:
        """Path → attributes of its bind."""
        binds: dict[str, dict[str, str]] = {}
        for bind in children(self.model, "bind"):
            said = attributes(bind)
            binds.setdefault(self.resolved(said.pop("nodeset", ""), self.tree.path), {}).update(said)
        return binds

    @cached_property
    def _bind_ids(self) -> Mapping[str, str]:
        return {bind.get("id"): bind.get("nodeset", "") for bind in children(self.model, "bind") if bind.get("id")}

    @property
    def has_body(self) -> bool:
        """Whether it has a body; some servers provide only the instance and binds."""
        return len(self.body) > 0

    @cached_property
    def controls(self) -> Mapping[str, Any]:
        """Path → its control, in the order of the body; the first one if there are several."""
        found: dict[str, Any] = {}
        for element in self.body.iter():
            if local(element) in CONTROLS:
                found.setdefault(self.reference(element), element)
        return found

    @cached_property
    def groups(self) -> Mapping[str, Any]:
        """Path → the group that shows it; for a repeat, the group around it."""
        found: dict[str, Any] = {}
        for element in self.body.iter("{*}group", "{*}repeat"):
            path = self.reference(element)
            inner = child(element, "repeat")
            if local(element) == "repeat":
                found.setdefault(path, element.getparent() if local(element.getparent()) == "group" else element)
            elif inner is None or self.reference(inner) != path:
                found.setdefault(path, element)
        return {path: element for path, element in found.items() if path in self.by_path}

    @cached_property
    def repeats(self) -> Mapping[str, Any]:
        """Path → the repeat element."""
        return {self.reference(element): element for element in self.body.iter("{*}repeat")}

    def reference(self, element: Any) -> str:
        """The path that a control, group or repeat refers to; "" if there is none."""
        written = element.get("ref") or element.get("nodeset") or self._bind_ids.get(element.get("bind"), "")
        if not written or written.startswith("/"):
            return self.resolved(written, self.tree.path)
        return self.resolved(written, self._context(element))

    def _context(self, element: Any) -> str:
        above = element.getparent()
        while above is not None and above is not self.body:
            if local(above) in {"group", "repeat"} and (path := self.reference(above)):
                return path
            above = above.getparent()
        return self.tree.path

    def resolved(self, path: str, context: str) -> str:
        """The absolute path of a path that may be relative; "" stays ""."""
        path = path.strip()
        if not path:
            return ""
        steps = [] if path.startswith("/") else context.strip("/").split("/")
        for step in path.removeprefix("current()/").strip("/").split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step != ".":
                steps.append(step.rpartition(":")[2])
        return "/" + "/".join(steps)

    @cached_property
    def instances(self) -> Mapping[str, Any]:
        """ID → secondary instance."""
        return {each.get("id"): each for each in list(children(self.model, "instance"))[1:] if each.get("id")}

    @cached_property
    def actions(self) -> tuple[Any, ...]:
        """All actions: setvalue, setgeopoint, recordaudio."""
        return tuple(self.root.iter("{*}setvalue", "{*}setgeopoint", "{*}recordaudio"))

    @cached_property
    def submission(self) -> Mapping[str, str]:
        """Attributes of the submission element."""
        element = child(self.model, "submission")
        return attributes(element) if element is not None else {}


def xml_text(data: bytes) -> str:
    """The XML as text, decoded, without comments and declaration."""
    return str(etree.tostring(_parsed(data), encoding="unicode"))


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        tree = etree.parse(io.BytesIO(data), parser)
    except etree.XMLSyntaxError as fault:
        raise ReadError(BROKEN.filled(line=fault.lineno or 1)) from fault
    if tree.docinfo.internalDTD is not None:
        raise ReadError(HAS_DTD)
    return tree.getroot()


def _require(part: Any, name: str) -> None:
    if part is None:
        raise ReadError(NOT_AN_XFORM.filled(missing=f"<{name}>"))

"""One submission's XML: parsed so that nothing in it can do harm, and asked who it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from liuwen.messages import Sentence

MAX_BYTES = 32 * 1024 * 1024
"""No interview's XML is larger; attachments travel beside it."""

_JAVAROSA = "{http://openrosa.org/javarosa}"

_BROKEN = Sentence(
    zh="XML 不完整或已损坏：{detail}",
    en="The XML is damaged or incomplete: {detail}",
)
_EMPTY = Sentence(zh="文件是空的。", en="The file is empty.")
_DOCTYPE = Sentence(
    zh="文件带有 DOCTYPE 声明，答卷里不该有，为安全起见没有读取。",
    en="The file has a DOCTYPE declaration, which submissions do not have; it was not read for security reasons.",
)
_TOO_LARGE = Sentence(
    zh="文件超过 {limit} MB，不会是一份答卷。",
    en="The file is larger than {limit} MB, too large for a submission.",
)


class InstanceError(Exception):
    """A submission that cannot be taken in; `reason` says why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """What a submission says of itself; "" where it does not."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    submitted_at: str
    encrypted: bool
    instance_name: str = ""


def parse(data: bytes) -> etree._Element:
    """The root of a submission; raises `InstanceError` for anything but well-formed XML without a DOCTYPE.

    A prefix that is nowhere declared, as some clients write `orx:meta`, is read as the bare name.
    """
    if len(data) > MAX_BYTES:
        raise InstanceError(_TOO_LARGE.filled(limit=MAX_BYTES // 1024 // 1024))
    if not data.strip():
        raise InstanceError(_EMPTY)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as fault:
        if b"<!DOCTYPE" in data:
            raise InstanceError(_DOCTYPE) from fault
        root = _with_bare_names(data, fault)
    if root.getroottree().docinfo.internalDTD is not None:
        raise InstanceError(_DOCTYPE)
    return root


def identity(root: etree._Element) -> Identity:
    """Who a submission says it is: its form and version, its instance ID, and the instance it replaces."""
    encrypted = next(root.iterchildren("{*}base64EncryptedKey"), None) is not None
    return identity_of(root, _meta(root), encrypted=encrypted)


def identity_of(root: etree._Element, told: Mapping[str, str], *, encrypted: bool = False) -> Identity:
    """Who a submission says it is in its root and in what stands in its `meta`."""
    meta = told if "instanceID" in told else {}
    return Identity(
        form_id=(root.get("id") or etree.QName(root).namespace or "").strip(),
        version=root.get("version") or "",
        instance_id=meta.get("instanceID", "") or root.get("instanceID") or "",
        deprecated_id=meta.get("deprecatedID", ""),
        submitted_at=root.get("submissionDate") or "",
        encrypted=encrypted or root.get("encrypted") == "yes",
        instance_name=meta.get("instanceName", ""),
    )


def _meta(root: etree._Element) -> dict[str, str]:
    """What stands in `meta`, which is the last node of nearly every submission."""
    for child in reversed(root):
        if local_name(child.tag) == "meta":
            told: dict[str, str] = {}
            for each in child:
                told.setdefault(local_name(each.tag), (each.text or "").strip())
            if "instanceID" in told:
                return told
    return {}


def audit_name(root: etree._Element) -> str:
    """The name of the log of a submission; "" if it has none."""
    meta = next((child for child in reversed(root) if local_name(child.tag) == "meta"), ())
    return next(((each.text or "").strip() for each in meta if local_name(each.tag) == "audit"), "")


def digest(root: etree._Element) -> bytes:
    """What the submission says, whatever its spacing between attributes or quotes.

    Canonical XML is not defined where a namespace is no whole address; those are compared as they stand.
    """
    try:
        canonical = etree.tostring(root, method="c14n")
    except etree.C14NError:
        canonical = etree.tostring(root)
    return hashlib.sha256(canonical).digest()


def local_name(tag: str) -> str:
    """The name without its namespace.

    >>> local_name("{http://openrosa.org/xforms}meta")
    'meta'
    """
    return tag.rpartition("}")[2]


def is_template(element: etree._Element) -> bool:
    """Whether it is the pattern of a repeat, not an answer."""
    return f"{_JAVAROSA}template" in element.attrib


@lru_cache(maxsize=2)
def _parser(*, recover: bool = False) -> etree.XMLParser:
    """The one parser; making one for each submission takes longer than reading it."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _with_bare_names(data: bytes, fault: etree.XMLSyntaxError) -> etree._Element:
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    undeclared = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE
    errors = [entry for entry in parser.error_log if entry.level != etree.ErrorLevels.WARNING]
    if root is None or any(entry.type != undeclared for entry in errors):
        raise InstanceError(_BROKEN.filled(detail=fault.msg)) from fault
    for element in root.iter():
        element.tag = element.tag.rpartition(":")[2] if element.tag[0] != "{" else element.tag
    return root

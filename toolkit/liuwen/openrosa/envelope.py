"""Reads the envelope of a submission: form ID, version, instance ID, and the ID of the submission it replaces."""

import uuid
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from liuwen.messages import Sentence
from liuwen.openrosa.names import is_plain
from liuwen.openrosa.refused import RefusedError
from liuwen.openrosa.xml import text_of
from liuwen.responses.from_submissions.instance import InstanceError, identity, parse

UNREADABLE = Sentence(
    zh="无法读取答卷，找不到表单编号（form ID xml attribute）：{reason}",
    en="The submission cannot be read, so its form ID xml attribute was not found: {reason}",
)
NO_FORM_ID = Sentence(
    zh="答卷缺少表单编号（form ID xml attribute）。",
    en="The submission lacks the form ID xml attribute.",
)
NO_INSTANCE_ID = Sentence(
    zh="加密的答卷缺少 instanceID，无法解密，不予接受。",
    en="An encrypted submission without an instanceID cannot be decrypted; it is not accepted.",
)
BAD_ID = Sentence(
    zh="答卷的编号含有控制字符或过长。",
    en="An ID in the submission is too long or contains control characters.",
)

LONGEST_ID = 500
LONGEST_NAME = 200
"""Maximum length of a stored instance name, in characters."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The envelope of a submission; `root` is its parsed XML."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str | None
    name: str
    xml: bytes
    root: etree._Element


def read_envelope(xml: bytes) -> Envelope:
    """Read a submission; raises `RefusedError` (400) if the XML is not one.

    A submission without an instance ID gets one derived from its bytes, so that duplicates are recognised.
    """
    try:
        root = parse(xml)
    except InstanceError as broken:
        raise RefusedError(400, UNREADABLE.filled(reason=broken.reason)) from broken
    who = identity(root)
    form_id = (root.get("id") or "").strip()
    if not form_id:
        raise RefusedError(400, NO_FORM_ID)
    instance_id = who.instance_id or text_of(root.find("{*}instanceID")).strip()
    if not instance_id and who.encrypted:
        raise RefusedError(400, NO_INSTANCE_ID)
    for given in (form_id, who.version, instance_id, who.deprecated_id):
        if len(given) > LONGEST_ID or not is_plain(given):
            raise RefusedError(400, BAD_ID)
    known_as = instance_id or _derived_id(xml)
    return Envelope(form_id, _version(root), known_as, who.deprecated_id or None, _name(root), xml, root)


def instance_name(xml: bytes) -> str:
    """The instance name of a submission (`instanceName`); "" if there is none."""
    return _name(parse(xml))


def _name(root: etree._Element) -> str:
    named = (each for meta in root.iterchildren("{*}meta") for each in meta.iterchildren("{*}instanceName"))
    return text_of(next(named, None)).strip()[:LONGEST_NAME]


def _version(root: etree._Element) -> str:
    named = {str(name).rpartition("}")[2]: str(value) for name, value in root.attrib.items()}
    return named.get("version", "")


def _derived_id(xml: bytes) -> str:
    return f"uuid:{uuid.UUID(bytes=sha256(xml).digest()[:16], version=4)}"

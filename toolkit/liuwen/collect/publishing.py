"""Making a form ready for phones: its XForm, the files it needs, and the key it is encrypted to."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from lxml import etree

from liuwen.collect.declaration import Declaration, read_declaration
from liuwen.collect.keys import public_key_text
from liuwen.form.model import Form
from liuwen.form.reading import read_form
from liuwen.form.sheets import Sheet
from liuwen.form.xform import to_xform
from liuwen.responses.instance import parse

FormSource = Form | str | PathLike[str] | bytes
"""A form, the path of one (.xlsx, .md, .xml, …), or the bytes of an XForm."""

_XFORMS = "http://www.w3.org/2002/xforms"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form as it will be served: the exact bytes and their MD5, what they declare, and the files beside them."""

    xml: bytes
    md5: str
    declared: Declaration
    media: Mapping[str, bytes]
    sheets: str | None


def prepare(source: FormSource, media: Mapping[str, bytes], key: str | bytes | None) -> Prepared:
    """Make `source` ready; an XForm is served as it stands, anything else as pyxform converts it."""
    xml = _xform_bytes(source)
    files: dict[str, bytes] = {}
    sheets = None
    if xml is None:
        form = source if isinstance(source, Form) else read_form(source)
        made = to_xform(form)
        xml, sheets = made.xml.encode(), sheets_to_text(form)
        files |= form.media
        if made.itemsets is not None:
            files["itemsets.csv"] = made.itemsets.encode()
    if key is not None:
        xml = _encrypted_to(xml, public_key_text(key))
    md5 = hashlib.md5(xml, usedforsecurity=False).hexdigest()
    return Prepared(xml, md5, read_declaration(xml), {**files, **media}, sheets)


def _xform_bytes(source: FormSource) -> bytes | None:
    if isinstance(source, str | PathLike) and Path(source).suffix.lower() == ".xml":
        return Path(source).read_bytes()
    if isinstance(source, bytes) and source.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return source
    return None


def _encrypted_to(xml: bytes, key: str) -> bytes:
    """The XForm with its `<submission>` saying that phones are to encrypt to `key`."""
    root = parse(xml)
    model = next(element for element in root.iter(f"{{{_XFORMS}}}model"))
    submission = model.find(f"{{{_XFORMS}}}submission")
    if submission is None:
        submission = etree.Element(f"{{{_XFORMS}}}submission")
        last_instance = max(model.index(instance) for instance in model.findall(f"{{{_XFORMS}}}instance"))
        model.insert(last_instance + 1, submission)
    submission.set("base64RsaPublicKey", key)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def sheets_to_text(form: Form) -> str:
    """The form's sheets as JSON, so that the store gives back the form it was given."""
    sheets = [[sheet.name, sheet.header, sheet.rows] for sheet in form.sheets]
    return json.dumps({"sheets": sheets, "source": form.source}, ensure_ascii=False)


def sheets_from_text(text: str, media: Mapping[str, bytes]) -> Form:
    """The form that `sheets_to_text` kept."""
    kept = json.loads(text)
    sheets = tuple(Sheet(name, tuple(header), tuple(map(tuple, rows))) for name, header, rows in kept["sheets"])
    return Form(sheets, dict(media), kept["source"])

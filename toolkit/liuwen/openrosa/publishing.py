"""Prepares a form for phones: its XForm, its files, and the key to encrypt with."""

import hashlib
import json
import warnings
from collections.abc import Container, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from lxml import etree

from liuwen.checks.publishable import refuse_broken_promises
from liuwen.errors import FormError, LiuwenWarning
from liuwen.form.anonymity import made_anonymous
from liuwen.form.formats.from_xform import sheets_of
from liuwen.form.formats.xform import to_xform
from liuwen.form.headers import ANONYMOUS
from liuwen.form.model import Form
from liuwen.form.reading import read_form
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence
from liuwen.openrosa.declaration import Declaration, read_declaration
from liuwen.openrosa.keys import public_key_text
from liuwen.responses.from_submissions.instance import parse

FormSource = Form | str | PathLike[str] | bytes
"""A form, the path of one (.xlsx, .md, .xml, …), or the bytes of an XForm."""

LIST_SERVED = Sentence(
    zh="“{file}”是服务器上的实体列表：手机拿到的是它，不是问卷旁边的那个文件。",
    en="{file} is an entity list on the server: phones get this list, not the file beside the form.",
)
STAYS_ANONYMOUS = Sentence(
    zh="表单“{form}”已承诺匿名，不能改为记名发布；如需记名，请换用新的表单编号。",
    en='The form "{form}" has promised that its answers are anonymous, and cannot be published otherwise; to keep who answered, '
    "give it another form ID.",
)
ENTITIES_ENCRYPTED = Sentence(
    zh="问卷 {form} 要写入实体（{lists}），又要加密：服务器读不了加密的答卷，实体会丢失。请不加密地发布，"
    "或去掉 save_to 和 entities。",
    en="The form {form} writes to entity lists ({lists}) and is encrypted; a server cannot read encrypted "
    "answers, so the entities would be lost. Publish it without a key, or remove save_to and entities.",
)

_XFORMS = "http://www.w3.org/2002/xforms"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form ready to be served: its exact bytes and MD5, its declarations and its files.

    `beside` are the files attached to the form that were not passed explicitly.
    """

    xml: bytes
    md5: str
    declared: Declaration
    media: Mapping[str, bytes]
    beside: frozenset[str]
    sheets: str | None

    def files_for(self, lists: Container[str]) -> dict[str, bytes]:
        """The files to serve; an entity list of the server takes precedence over a file of the same name beside the form."""
        return {name: content for name, content in self.media.items() if not (name in self.beside and name in lists)}

    def tell_of(self, served: Container[str]) -> None:
        """Warn about each file beside the form that is replaced by an entity list."""
        for name in sorted(self.beside):
            if name in served:
                warnings.warn(LiuwenWarning(LIST_SERVED.filled(file=name)), stacklevel=4)


def prepare(
    source: FormSource,
    media: Mapping[str, bytes],
    key: str | bytes | None,
    *,
    anonymous: bool | None = None,
    was_anonymous: Container[str] = (),
) -> Prepared:
    """Prepare `source`; an XForm is served unchanged, anything else as pyxform converts it.

    With `anonymous`, or if its ID is in `was_anonymous`, the form is made anonymous (`Form.anonymous`). Raises `FormError` for
    an encrypted form that writes to entity lists, because a server cannot read its answers; for a form that breaks its promise
    (`refuse_broken_promises`); and if an anonymous form is to be published as named.
    """
    xml = _xform_bytes(source)
    files: dict[str, bytes] = {}
    sheets = None
    form = _form_of(source)
    if anonymous is False and (form.anonymous or form.id in was_anonymous):
        raise FormError(STAYS_ANONYMOUS.filled(form=form.id))
    if not form.anonymous and (anonymous or form.id in was_anonymous):
        form = made_anonymous(form)
        xml = _anonymous(xml) if xml is not None else None
    refuse_broken_promises(form)
    if xml is None:
        made = to_xform(form)
        xml, sheets = made.xml.encode(), sheets_to_text(form)
        files |= form.media
        if made.itemsets is not None:
            files["itemsets.csv"] = made.itemsets.encode()
    if key is not None:
        xml = _encrypted_to(xml, public_key_text(key))
    md5 = hashlib.md5(xml, usedforsecurity=False).hexdigest()
    declared = read_declaration(xml)
    if declared.encrypted and declared.entities:
        lists = ", ".join(dict.fromkeys(entity.list for entity in declared.entities))
        raise FormError(ENTITIES_ENCRYPTED.filled(form=declared.form_id, lists=lists))
    return Prepared(xml, md5, declared, {**files, **media}, frozenset(files.keys() - media.keys()), sheets)


def _form_of(source: FormSource) -> Form:
    """The form; parts that an XLSForm cannot express are kept in the XForm that is served."""
    if isinstance(source, Form):
        return source
    xml = _xform_bytes(source)
    if xml is None:
        return read_form(source)
    read_declaration(xml)
    return Form(tuple(sheets_of(xml)[0]))


def _anonymous(xml: bytes) -> bytes:
    """The XForm with the attribute that declares answers anonymous."""
    root = parse(xml)
    instance = next(root.iter(f"{{{_XFORMS}}}instance"), None)
    for answers in instance if instance is not None else ():
        answers.set(ANONYMOUS.rpartition(":")[2], "yes")
        break
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _xform_bytes(source: FormSource) -> bytes | None:
    if isinstance(source, str | PathLike) and Path(source).suffix.lower() == ".xml":
        return Path(source).read_bytes()
    if isinstance(source, bytes) and source.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return source
    return None


def _encrypted_to(xml: bytes, key: str) -> bytes:
    """The XForm, with `<submission>` telling phones to encrypt with `key`."""
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
    """The form's sheets as JSON, so that the store can return the form."""
    sheets = [[sheet.name, sheet.header, sheet.rows] for sheet in form.sheets]
    return json.dumps({"sheets": sheets, "source": form.source}, ensure_ascii=False)


def sheets_from_text(text: str, media: Mapping[str, bytes]) -> Form:
    """The form from the result of `sheets_to_text`."""
    kept = json.loads(text)
    sheets = tuple(Sheet(name, tuple(header), tuple(map(tuple, rows))) for name, header, rows in kept["sheets"])
    return Form(sheets, dict(media), kept["source"])

"""Restores the settings and entities sheets from an XForm."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from liuwen.form.formats.from_xform.document import STANDARD_NAMESPACES, Document, attributes, child
from liuwen.form.formats.from_xform.expressions import References
from liuwen.form.formats.from_xform.texts import Cells, Texts

_SUBMISSION: Mapping[str, str] = MappingProxyType(
    {
        "action": "submission_url",
        "base64RsaPublicKey": "public_key",
        "orx:auto-send": "auto_send",
        "orx:auto-delete": "auto_delete",
        "odk:client-editable": "client_editable",
        "client-editable": "client_editable",
    }
)
_ROOT_ATTRIBUTES: Mapping[str, str] = MappingProxyType({"odk:prefix": "prefix", "odk:delimiter": "delimiter"})
_XFORMS = "http://www.w3.org/2002/xforms"


class EntityElement(NamedTuple):
    """The declaration of an entity: its path and its element."""

    path: str
    element: Any

    @property
    def container(self) -> str:
        """The path of the group, repeat or form that the entity belongs to."""
        return self.path.removesuffix("/meta/entity")


def entities_in(document: Document) -> list[EntityElement]:
    """All entity declarations of the form."""
    return [
        EntityElement(f"{node.path}/meta/entity", element)
        for node in (document.tree, *document.tree.walk())
        if (meta := child(node.element, "meta")) is not None and (element := child(meta, "entity")) is not None
    ]


def save_to(document: Document, entities: list[EntityElement]) -> dict[str, str]:
    """Path → its `save_to` cell: the property, with the name of the list if there are several lists."""
    told: dict[str, str] = {}
    for path, said in document.binds.items():
        if property_name := said.get("entities:saveto"):
            owners = [entity for entity in entities if path.startswith(f"{entity.container}/")]
            owner = max(owners, key=lambda entity: len(entity.container), default=None)
            several = len(entities) > 1 and owner is not None
            told[path] = f"{owner.element.get('dataset')}#{property_name}" if several and owner else property_name
    return told


def entity_rows(document: Document, references: References, entities: list[EntityElement]) -> Iterator[Cells]:
    """The entities sheet."""
    for entity in entities:
        said = {name: document.binds.get(f"{entity.path}/{name}", {}) for name in ("@id", "@create", "@update", "label")}
        written = {name: references.restored(bind.get("calculate", ""), f"{entity.path}/{name}") for name, bind in said.items()}
        row = {"list_name": entity.element.get("dataset", ""), "label": written["label"]}
        updates = bool(entity.element.get("update") or said["@update"])
        upserts = updates and entity.element.get("create") not in {None, "", "false", "0"}
        always = "true()" if upserts else ""
        row |= {"entity_id": written["@id"] if updates else ""}
        row |= {"create_if": written["@create"] or always, "update_if": written["@update"] or always}
        owner = document.by_path.get(entity.container)
        repeat = owner.path if owner and owner.is_repeat else (owner.repeats[-1] if owner and owner.repeats else "")
        yield row | {"repeat": f"${{{references.name_of(repeat)}}}" if repeat else ""}


def settings_row(document: Document, references: References, texts: Texts, *, duplicates: bool) -> Cells:
    """The row of the settings sheet."""
    top = document.tree.element
    said = attributes(top)
    row: Cells = {
        "form_title": document.title,
        "form_id": said.pop("id", "") or document.tree.name,
        "version": said.pop("version", ""),
        "default_language": "" if texts.default_language == "default" else texts.default_language,
        "style": document.body.get("class", ""),
        "name": "" if document.tree.name == "data" else document.tree.name,
        "allow_choice_duplicates": "yes" if duplicates else "",
    }
    row |= {column: document.submission[name] for name, column in _SUBMISSION.items() if name in document.submission}
    row |= _meta_cells(document, references)
    row |= {_ROOT_ATTRIBUTES.get(name, f"attribute::{name}"): value for name, value in said.items()}
    namespace = top.tag.partition("}")[0].lstrip("{") if "}" in top.tag else ""
    if namespace not in {"", _XFORMS}:
        row["instance_xmlns"] = namespace
    extra = {prefix: uri for prefix, uri in document.root.nsmap.items() if prefix and uri not in STANDARD_NAMESPACES}
    row["namespaces"] = " ".join(f'{prefix}="{uri}"' for prefix, uri in extra.items())
    return {column: text for column, text in row.items() if text}


def unsupported_submission_attributes(document: Document) -> list[str]:
    """Attributes of the submission element that no setting can express."""
    return [
        f"<submission {name}={value!r}/>" for name, value in document.submission.items() if name not in {*_SUBMISSION, "method"}
    ]


def _meta_cells(document: Document, references: References) -> Cells:
    path = f"{document.tree.path}/meta"
    meta = child(document.tree.element, "meta")
    name = document.binds.get(f"{path}/instanceName", {}).get("calculate", "")
    without_id = meta is None or child(meta, "instanceID") is None
    cells = {"omit_instanceID": "true"} if without_id else {}
    return cells | ({"instance_name": references.restored(name, f"{path}/instanceName")} if name else {})

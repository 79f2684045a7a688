"""Converts the choices of an XForm, inline or in secondary instances, to rows of a choices sheet."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from liuwen.form.formats.from_xform.document import Document, Node, child, children, local
from liuwen.form.formats.from_xform.expressions import References
from liuwen.form.formats.from_xform.texts import Cells, Texts

_RANDOMIZED = re.compile(r"\s*randomize\((?P<rest>.*)\)\s*", re.DOTALL)
_FROM_INSTANCE = re.compile(
    r"\s*instance\(\s*(['\"])(?P<id>.+?)\1\s*\)/root/(?P<item>[\w.-]+)\s*(\[(?P<filter>.*)\])?\s*", re.DOTALL
)
_FROM_REPEAT = re.compile(r"(?P<path>[\w./\s()-]+?)\s*(\[(?P<filter>.*)\])?\s*", re.DOTALL)
_ITEM_TEXT = re.compile(r"\s*jr:itext\(\s*(?P<column>[\w.-]+)\s*\)\s*")
_HERE = re.compile(r"(?<![\w.)\]/])\./([\w.-]+)")
_PARTS_OF_FILES = {".geojson": ("id", "title")}
_USUAL_PARTS = ("name", "label")
_READ_AS: Mapping[str, str] = MappingProxyType({"value": "name", "caption": "label", "list_name": "list"})
"""Column names that a choices sheet would misinterpret, and their replacements."""


class ChoiceSource(NamedTuple):
    """The source of a select's choices: the list or file in its type cell, its filter and parameters."""

    list_name: str = ""
    choice_filter: str = ""
    parameters: str = ""
    from_file: bool = False


class Choices:
    """Collects the lists used by selects."""

    def __init__(self, document: Document, references: References, texts: Texts) -> None:
        self.document = document
        self.references = references
        self.texts = texts
        self.lists: dict[str, list[Cells]] = {}
        self.files: set[str] = set()
        self.left_out: list[str] = []
        self._shaped: set[tuple[str, str, str]] = set()
        self._by_content: dict[tuple[bool, tuple[tuple[tuple[str, str], ...], ...]], str] = {}
        for name, instance in document.instances.items():
            if not instance.get("src"):
                self.lists[name] = self._rows_of(instance)

    @property
    def rows(self) -> list[Cells]:
        """The choices sheet."""
        return [{"list_name": name} | row for name, rows in self.lists.items() for row in rows]

    @property
    def has_duplicates(self) -> bool:
        """Whether a list has duplicate names."""
        return any(len({row.get("name") for row in rows}) < len(rows) for rows in self.lists.values())

    @cached_property
    def renamed_instances(self) -> Mapping[str, str]:
        """ID of an external instance → the ID derived from its file name."""
        sources = {name: each.get("src", "") for name, each in self.document.instances.items()}
        return {
            name: stem
            for name, source in sources.items()
            if (stem := PurePosixPath(source).stem) and stem != name and "last-saved" not in source
        }

    def source_of(self, control: Any, node: Node) -> ChoiceSource:
        """The source of the choices of a select."""
        itemset = child(control, "itemset")
        if itemset is None:
            return ChoiceSource(self._inline(control, node))
        nodeset, parameters = _unrandomized(itemset.get("nodeset", ""))
        seeded = [
            f"seed={self.references.restored(part[5:], node.path)}" if part.startswith("seed=") else part for part in parameters
        ]
        if found := _FROM_INSTANCE.fullmatch(nodeset):
            return self._from_instance(found, itemset, node, seeded)
        if found := _FROM_REPEAT.fullmatch(nodeset):
            return self._from_repeat(found, itemset, node, seeded)
        self.left_out.append(nodeset)
        return ChoiceSource()

    def _from_instance(self, found: re.Match[str], itemset: Any, node: Node, parameters: list[str]) -> ChoiceSource:
        choice_filter = self.references.restored(f"[{found['filter']}]", node.path)[1:-1].strip() if found["filter"] else ""
        instance = self.document.instances.get(found["id"])
        file = PurePosixPath(instance.get("src", "")).name if instance is not None else ""
        value, label = (_part(itemset, name) for name in ("value", "label"))
        if not file:
            choice_filter = (
                re.sub(r"(?<![\w'\"$/.-])value(?![\w'\"(.-])", "name", choice_filter) if value == "value" else choice_filter
            )
            self._rename_columns(found["id"], value, label)
            return ChoiceSource(found["id"], choice_filter, " ".join(parameters))
        self.files.add(found["id"])
        usual_value, usual_label = _PARTS_OF_FILES.get(PurePosixPath(file).suffix, _USUAL_PARTS)
        if _ITEM_TEXT.fullmatch(label):
            self.left_out.append(f"<label ref={label!r}/>")
            label = usual_label
        parameters = parameters + [f"value={value}"] * (value != usual_value) + [f"label={label}"] * (label != usual_label)
        return ChoiceSource(file if "." in file else f"{file}.csv", choice_filter, " ".join(parameters), from_file=True)

    def _from_repeat(self, found: re.Match[str], itemset: Any, node: Node, parameters: list[str]) -> ChoiceSource:
        repeat = self.document.resolved(found["path"], node.path)
        value = _part(itemset, "value")
        name = self.references.name_of(f"{repeat}/{value}")
        if name is None:
            self.left_out.append(itemset.get("nodeset", ""))
            return ChoiceSource()
        written = found["filter"] or ""
        if re.fullmatch(rf"\s*\./{re.escape(value)}\s*!=\s*''\s*", written):
            written = ""
        names = _HERE.sub(lambda match: f"{repeat}/{match[1]}", written)
        return ChoiceSource(f"${{{name}}}", self.references.restored(names, self.document.tree.path), " ".join(parameters))

    def _rename_columns(self, list_name: str, value: str, label: str) -> None:
        """Rename the value and label columns of a list to `name` and `label`; all other columns are kept."""
        if (list_name, value, label) in self._shaped:
            return
        self._shaped.add((list_name, value, label))
        for row in self.lists.get(list_name, ()):
            row.setdefault("name", row.get(_READ_AS.get(value, value), ""))
            shown = _READ_AS.get(label, label)
            if shown != "label" and shown in row:
                row.setdefault("label", row[shown])

    def _inline(self, control: Any, node: Node) -> str:
        rows = [self._item(item, node) for item in children(control, "item")]
        searched = "search(" in control.get("appearance", "")
        content = (searched, tuple(tuple(sorted(row.items())) for row in rows))
        if content not in self._by_content:
            name = node.name if node.name not in self.lists else f"{node.name}_choices"
            while name in self.lists:
                name += "_"
            self._by_content[content] = name
            self.lists[name] = rows
        return self._by_content[content]

    def _item(self, item: Any, node: Node) -> Cells:
        value = child(item, "value")
        name = "".join(value.itertext()).strip() if value is not None else ""
        return {"name": name} | self.texts.cells(child(item, "label"), "label", node.path)

    def _rows_of(self, instance: Any) -> list[Cells]:
        return [self._row(item) for root in children(instance) for item in children(root)]

    @cached_property
    def _text_columns(self) -> frozenset[str]:
        """List columns that contain the text IDs of labels."""
        labels = (_part(itemset, "label") for itemset in self.document.body.iter("{*}itemset"))
        return frozenset({"itextId", *(match["column"] for label in labels if (match := _ITEM_TEXT.fullmatch(label)))})

    def _row(self, item: Any) -> Cells:
        row: Cells = {}
        for part in children(item):
            text = "".join(part.itertext()).strip()
            if local(part) in self._text_columns:
                row |= self.texts.by_id(text, "label", self.document.tree.path)
            elif local(part) == "label":
                row |= self.texts.cells(part, "label", self.document.tree.path)
            else:
                row.setdefault(_READ_AS.get(local(part), local(part)), text)
        return row


def _part(itemset: Any, name: str) -> str:
    part = child(itemset, name)
    return (part.get("ref") or "").strip() if part is not None else ""


def _unrandomized(nodeset: str) -> tuple[str, list[str]]:
    """The nodeset without `randomize(…)`, and the seed."""
    found = _RANDOMIZED.fullmatch(nodeset)
    if not found:
        return nodeset, []
    inside, seed = _split_last_argument(found["rest"])
    return inside, ["randomize=true", *([f"seed={seed.strip()}"] if seed else [])]


def _split_last_argument(arguments: str) -> tuple[str, str]:
    """Split two arguments at the comma outside all brackets."""
    depth = 0
    for position, character in enumerate(arguments):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            return arguments[:position], arguments[position + 1 :]
    return arguments, ""

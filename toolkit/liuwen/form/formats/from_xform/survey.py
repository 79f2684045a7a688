"""Restores the survey sheet from an XForm: one row per question, group and repeat, with cells from binds and controls."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from liuwen.form.formats.from_xform.choices import Choices
from liuwen.form.formats.from_xform.document import Document, Node, attributes, child, local
from liuwen.form.formats.from_xform.expressions import References
from liuwen.form.formats.from_xform.texts import Cells, Texts
from liuwen.form.formats.from_xform.types import asked_type, data_type, is_usual_data, stored_type, unasked_type

_EXPRESSIONS: Mapping[str, str] = MappingProxyType(
    {"relevant": "relevant", "constraint": "constraint", "calculate": "calculation"}
)
_MESSAGES: Mapping[str, str] = MappingProxyType(
    {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message", "jr:noAppErrorString": "no_app_error_string"}
)
_BIND_PARAMETERS: Mapping[str, str] = MappingProxyType(
    {"orx:max-pixels": "max-pixels", "odk:quality": "quality", "odk:allow-mock-accuracy": "allow-mock-accuracy"}
)
_CONTROL_PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "rows": "rows",
        "start": "start",
        "end": "end",
        "step": "step",
        "accuracyThreshold": "capture-accuracy",
        "unacceptableAccuracyThreshold": "warning-accuracy",
        "odk:tick-interval": "tick_interval",
        "odk:placeholder": "placeholder",
        "odk:incremental": "incremental",
        "incremental": "incremental",
    }
)
_BIND_DONE = frozenset({"type", "required", "readonly", "entities:saveto", *_EXPRESSIONS, *_MESSAGES, *_BIND_PARAMETERS})
_CONTROL_DONE = frozenset({"ref", "bind", "nodeset", "appearance", "autoplay", "mediatype", "query", *_CONTROL_PARAMETERS})
_QUERY = re.compile(r"\s*instance\(\s*['\"](?P<list>.+?)['\"]\s*\)/root/item\s*(\[(?P<filter>.*)\])?\s*", re.DOTALL)
_LITERAL = re.compile(r"\s*(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?))\s*")
_PRIORITIES = frozenset({"balanced", "low-power", "no-power"})  # Collect treats every other value as high accuracy
_STARTS = frozenset({"odk-instance-first-load", "xforms-ready", "odk-new-repeat"})


class Survey:
    """Creates the rows; everything that an XLSForm cannot express is added to `left_out`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.references = References(document)
        self.texts = Texts(document, self.references)
        self.choices = Choices(document, self.references, self.texts)
        self.left_out: list[str] = []
        self.save_to: Mapping[str, str] = {}
        self._places = {element: place for place, element in enumerate(document.body.iter())}
        self._actions: dict[str, dict[str, Any]] = {}
        self._triggers: dict[str, list[str]] = {}
        self._gather_actions()

    def _gather_actions(self) -> None:
        for action in self.document.actions:
            kind, path = local(action), self.document.reference(action)
            above = action.getparent()
            asked_in = self.document.reference(above) if local(above) not in {"model", "repeat", "group"} else ""
            known = self._actions.setdefault(path, {})
            if action.get("event") == "xforms-value-changed" and asked_in:
                self._triggers.setdefault(path, []).append(asked_in)
                known[f"changed {kind}"] = action
            known.setdefault(kind, action)

    def rows(self) -> list[Cells]:
        """The survey sheet; external lists that no select uses come last."""
        self.left_out.extend(f"<group appearance={each.get('appearance')!r}>" for each in self._groups_without_node())
        return [*self._rows_in(self.document.tree), *self._audit(), *self._outside_lists()]

    def _groups_without_node(self) -> Iterator[Any]:
        """Groups of the body without a node in the instance; an XLSForm has no equivalent."""
        shown = set(self.document.groups.values())
        return (each for each in self.document.body.iter("{*}group") if each not in shown and each.get("appearance"))

    # -- order ----------------------------------------------------------------------------------------------------

    def _rows_in(self, node: Node) -> Iterator[Cells]:
        for inner in self._ordered(node.children):
            if not self._is_group(inner):
                yield self._question(inner)
                continue
            kind = "repeat" if inner.is_repeat else "group"
            yield {"type": f"begin {kind}", "name": inner.name} | self._group(inner)
            yield from self._rows_in(inner)
            yield {"type": f"end {kind}"}

    def _is_group(self, node: Node) -> bool:
        return (
            bool(node.children)
            or node.is_repeat
            or (node.path in self.document.groups and node.path not in self.document.controls)
        )

    def _ordered(self, nodes: list[Node]) -> list[Node]:
        """In the order of the body; nodes without a control follow their predecessor in the instance."""
        keys: list[tuple[int, int]] = []
        behind = -1
        for number, node in enumerate(nodes):
            behind = self._place(node) if self._place(node) >= 0 else behind
            keys.append((behind, number))
        return [node for _, node in sorted(zip(keys, nodes, strict=True), key=lambda pair: pair[0])]

    def _place(self, node: Node) -> int:
        """Its position in the body, or -1."""
        element = self.document.controls.get(node.path)
        if element is None:
            element = self.document.groups.get(node.path)
        if element is not None:
            return self._places[element]
        return min((place for each in node.children if (place := self._place(each)) >= 0), default=-1)

    # -- groups and repeats ---------------------------------------------------------------------------------------

    def _group(self, node: Node) -> Cells:
        element = self.document.groups.get(node.path)
        bind = self.document.binds.get(node.path, {})
        cells = self._bind_cells(bind, node.path) | self._instance_cells(node)
        if element is None:
            return cells
        cells |= self.texts.cells(child(element, "label"), "label", node.path)
        repeat = self.document.repeats.get(node.path)
        said = (attributes(repeat) if repeat is not None else {}) | attributes(element)
        cells |= {"appearance": said.get("appearance", "")}
        count = said.pop("jr:count", "")
        if count:
            cells["repeat_count"] = self.references.restored(count, node.path)
        return cells | {f"body::{name}": value for name, value in said.items() if name not in _CONTROL_DONE}

    # -- questions ------------------------------------------------------------------------------------------------

    def _question(self, node: Node) -> Cells:
        control = self.document.controls.get(node.path)
        bind = dict(self.document.binds.get(node.path, {}))
        actions = self._actions.get(node.path, {})
        kind = self._type(control, bind, actions)
        cells: Cells = {"type": kind, "name": node.name} | self._shown_cells(control, node)
        if control is None:
            bind.pop("readonly", None)
            if kind not in {"calculate", "hidden"}:
                bind = {name: value for name, value in bind.items() if not name.startswith("jr:preload")}
        elif kind == "note":
            bind.pop("readonly")
        if not is_usual_data(kind, data_type(bind)):
            cells["bind::type"] = data_type(bind)
        cells |= self._bind_cells(bind, node.path)
        if control is not None:
            _merge(cells, self._control_cells(control, node, kind))
        _merge(cells, self._action_cells(actions))
        return cells | self._filled_cells(node, actions) | self._instance_cells(node)

    def _shown_cells(self, control: Any, node: Node) -> Cells:
        """Label and hint; an XLSForm requires one of them, so the name is used if there is neither."""
        if control is None:
            return {} if self.document.has_body else {"label": node.name}
        said = self.texts.cells(child(control, "label"), "label", node.path) | self.texts.cells(
            child(control, "hint"), "hint", node.path
        )
        needs_none = control.get("appearance") in {"label", "list-nolabel"}
        return said if said or needs_none else {"label": node.name}

    def _type(self, control: Any, bind: Mapping[str, str], actions: Mapping[str, Any]) -> str:
        if control is not None:
            return asked_type(control, bind)
        unasked = unasked_type(bind, actions)
        return stored_type(bind) if unasked == "hidden" and not self.document.has_body else unasked

    def _bind_cells(self, bind: Mapping[str, str], path: str) -> Cells:
        cells: Cells = {}
        for attribute, column in _EXPRESSIONS.items():
            if bind.get(attribute):
                cells[column] = self._restored(bind[attribute], path)
        for attribute, column in (("required", "required"), ("readonly", "read_only")):
            written = bind.get(attribute, "").strip()
            if written not in {"", "false()"}:
                cells[column] = "yes" if written == "true()" else self._restored(written, path)
        for attribute, column in _MESSAGES.items():
            if bind.get(attribute):
                cells |= self.texts.message(bind[attribute], column, path)
        if path in self.save_to:
            cells["save_to"] = self.save_to[path]
        cells["parameters"] = _parameters(bind, _BIND_PARAMETERS)
        return cells | {f"bind::{name}": value for name, value in bind.items() if name not in _BIND_DONE}

    def _restored(self, expression: str, path: str) -> str:
        for name, file in self.choices.renamed_instances.items():
            expression = re.sub(rf"(instance\(\s*['\"]){re.escape(name)}(['\"])", rf"\g<1>{file}\g<2>", expression)
        return self.references.restored(expression, path)

    def _control_cells(self, control: Any, node: Node, kind: str) -> Cells:
        cells: Cells = {"appearance": control.get("appearance", "")}
        said = attributes(control)
        if "autoplay" in said:
            cells["autoplay"] = said["autoplay"]
        cells["parameters"] = _parameters(said, _CONTROL_PARAMETERS)
        cells |= {f"body::{name}": value for name, value in said.items() if name not in _CONTROL_DONE}
        if local(control) in {"select", "select1", "rank"}:
            _merge(cells, self._select_cells(control, node, kind))
        elif kind == "select_one_external" and (query := _QUERY.fullmatch(said["query"])):
            cells["type"] = f"{kind} {query['list']}"
            cells["choice_filter"] = self.references.restored(f"[{query['filter'] or ''}]", node.path)[1:-1].strip()
        return cells

    def _select_cells(self, control: Any, node: Node, kind: str) -> Cells:
        source = self.choices.source_of(control, node)
        if not source.list_name:
            return {"type": "text"}
        verb = f"{kind}_from_file" if source.from_file else kind
        return {"type": f"{verb} {source.list_name}", "choice_filter": source.choice_filter, "parameters": source.parameters}

    def _filled_cells(self, node: Node, actions: Mapping[str, Any]) -> Cells:
        """The default value, and the trigger that sets it again."""
        cells: Cells = {}
        start = actions.get("setvalue")
        if start is not None and set(start.get("event", "").split()) & _STARTS:
            cells["default"] = self._default(start, node.path)
        elif node.element.text and node.element.text.strip():
            cells["default"] = node.element.text.strip().removeprefix("jr://images/")
        asked_in = [name for path in self._triggers.get(node.path, ()) if (name := self.references.name_of(path))]
        if asked_in:
            cells["trigger"] = ", ".join(f"${{{name}}}" for name in dict.fromkeys(asked_in))
            changed = actions.get("changed setvalue")
            if changed is not None:
                cells["calculation"] = self._restored(_value_of(changed), node.path)
        if asked_in and self.document.binds.get(node.path, {}).get("calculate"):
            self.left_out.append(f'<setvalue event="xforms-value-changed" ref="{node.path}"/>')
            return {name: text for name, text in cells.items() if name == "default"}
        return cells

    def _default(self, action: Any, path: str) -> str:
        written = _value_of(action)
        literal = _LITERAL.fullmatch(written)
        if literal:
            return next(value for value in literal.groups() if value is not None)
        return self._restored(written, path)

    @staticmethod
    def _action_cells(actions: Mapping[str, Any]) -> Cells:
        recording = actions.get("recordaudio")
        return {} if recording is None else {"parameters": _parameters(attributes(recording), _BIND_PARAMETERS)}

    @staticmethod
    def _instance_cells(node: Node) -> Cells:
        return {f"instance::{name}": value for name, value in attributes(node.element).items() if name != "jr:template"}

    # -- audit and external lists -----------------------------------------------------------------------------------

    def _audit(self) -> Iterator[Cells]:
        path = f"{self.document.tree.path}/meta/audit"
        meta = child(self.document.tree.element, "meta")
        if meta is not None and child(meta, "audit") is not None:
            said = dict(self.document.binds.get(path, {}))
            if priority := said.get("odk:location-priority", "").lower().replace("_", "-"):
                said["odk:location-priority"] = priority if priority in _PRIORITIES else "high-accuracy"
            parameters = (f"{name.removeprefix('odk:')}={value}" for name, value in said.items() if name.startswith("odk:"))
            yield {"type": "audit", "name": "audit", "parameters": " ".join(parameters)}

    def _outside_lists(self) -> Iterator[Cells]:
        """Rows for files that only expressions use; pyxform finds those of pulldata() itself."""
        written = " ".join(value for said in self.document.binds.values() for value in said.values())
        pulled = set(re.findall(r"pulldata\s*\(\s*['\"]([^'\"]+)['\"]", written))
        for name, instance in self.document.instances.items():
            source = instance.get("src", "")
            ending = PurePosixPath(source).suffix.lstrip(".")
            if not source or "last-saved" in source or name in self.choices.files | pulled:
                continue
            if ending in {"csv", "xml"}:
                yield {"type": f"{ending}-external", "name": PurePosixPath(source).stem}
            else:
                self.left_out.append(f'<instance id="{name}" src="{source}"/>')


def _value_of(action: Any) -> str:
    """The value of a setvalue: its expression, or its text as a literal."""
    if action.get("value") is not None:
        return str(action.get("value")).strip()
    text = (action.text or "").strip()
    return f"'{text}'" if text else "''"


def _parameters(said: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Attributes that an XLSForm writes as parameters."""
    return " ".join(f"{name}={said[attribute]}" for attribute, name in names.items() if attribute in said)


def _merge(cells: Cells, more: Cells) -> None:
    """Add cells; parameters are appended to existing ones."""
    parameters = " ".join(filter(None, (cells.get("parameters", ""), more.get("parameters", ""))))
    cells |= more | {"parameters": parameters}

"""Determines the question type of a node from its control, its bind and its actions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from liuwen.form.formats.from_xform.document import local

_BY_DATA: Mapping[str, str] = MappingProxyType(
    {
        "": "text",
        "string": "text",
        "int": "integer",
        "integer": "integer",
        "decimal": "decimal",
        "date": "date",
        "time": "time",
        "dateTime": "dateTime",
        "geopoint": "geopoint",
        "geotrace": "geotrace",
        "geoshape": "geoshape",
        "barcode": "barcode",
    }
)
_BY_MEDIUM: Mapping[str, str] = MappingProxyType({"image": "image", "audio": "audio", "video": "video", "osm": "osm"})
_BY_CONTROL: Mapping[str, str] = MappingProxyType(
    {"select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "acknowledge", "range": "range"}
)
_BY_PRELOAD: Mapping[tuple[str, str], str] = MappingProxyType(
    {("timestamp", "start"): "start", ("timestamp", "end"): "end", ("date", "today"): "today"}
)
_PROPERTIES = frozenset({"deviceid", "username", "email", "phonenumber", "simserial", "subscriberid"})
_DATA_OF_TYPE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "select_one": frozenset({"", "string", "select1"}),
        "select_multiple": frozenset({"", "string", "select"}),
        "rank": frozenset({"", "string", "odk:rank", "rank"}),
        "acknowledge": frozenset({"", "string"}),
        "range": frozenset({"", "int", "decimal"}),
        "calculate": frozenset({"", "string"}),
        "hidden": frozenset({"", "string"}),
        "note": frozenset({"", "string"}),
        "text": frozenset({"", "string"}),
        "select_one_external": frozenset({"", "string", "select1"}),
    }
)
_WHAT_A_NOTE_LACKS = ("calculate", "constraint", "required", "jr:preload")


def data_type(bind: Mapping[str, str]) -> str:
    """The data type of the bind without the prefix of XML Schema."""
    return bind.get("type", "").removeprefix("xsd:").removeprefix("xs:")


def stored_type(bind: Mapping[str, str]) -> str:
    """The type of a question when only its data type is known."""
    return "file" if data_type(bind) == "binary" else _BY_DATA.get(data_type(bind), "text")


def asked_type(control: Any, bind: Mapping[str, str]) -> str:
    """The type of a question with a control; for a select, without its list."""
    kind = local(control)
    if kind == "upload":
        return _BY_MEDIUM.get(control.get("mediatype", "").partition("/")[0], "file")
    if kind in _BY_CONTROL:
        return _BY_CONTROL[kind]
    if control.get("query"):
        return "select_one_external"
    is_note = kind == "input" and bind.get("readonly") == "true()" and not any(name in bind for name in _WHAT_A_NOTE_LACKS)
    standard = _BY_DATA.get(data_type(bind), "text")
    return "note" if is_note and standard == "text" else standard


def unasked_type(bind: Mapping[str, str], actions: Mapping[str, Any]) -> str:
    """The type of a node without a control: metadata, a calculation or a hidden value."""
    parameter = bind.get("jr:preloadParams", "")
    preloaded = _BY_PRELOAD.get((bind.get("jr:preload", ""), parameter))
    if preloaded:
        return preloaded
    if bind.get("jr:preload") == "property" and parameter.removeprefix("uri:") in _PROPERTIES:
        return parameter
    if "recordaudio" in actions:
        return "background-audio"
    if "setgeopoint" in actions:
        return "background-geopoint" if actions["setgeopoint"].get("event") == "xforms-value-changed" else "start-geopoint"
    return "calculate" if bind.get("calculate") or "setvalue" in actions else "hidden"


def is_usual_data(question_type: str, data: str) -> bool:
    """Whether pyxform uses this data type for the question type by default."""
    if question_type in _DATA_OF_TYPE:
        return data in _DATA_OF_TYPE[question_type]
    return _BY_DATA.get(data) == question_type or question_type not in _BY_DATA.values()

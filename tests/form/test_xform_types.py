"""Question types of XForm nodes."""

import pytest
from lxml import etree

from liuwen.form.formats.from_xform.types import asked_type, data_type, is_usual_data, stored_type, unasked_type

READ_ONLY = {"readonly": "true()"}


@pytest.mark.parametrize(
    ("control", "bind", "standard"),
    [
        ("<input/>", {}, "text"),
        ("<input/>", {"type": "xsd:int"}, "integer"),
        ("<input/>", {"type": "xs:dateTime"}, "dateTime"),
        ("<input/>", {"type": "integer"}, "integer"),
        ("<input/>", {"type": "geoshape"}, "geoshape"),
        ("<input/>", {"type": "invented"}, "text"),
        ("<textarea/>", {"type": "string"}, "text"),
        ("<input/>", READ_ONLY, "note"),
        ("<input/>", {**READ_ONLY, "type": "string", "relevant": "1"}, "note"),
        ("<input/>", {**READ_ONLY, "type": "int"}, "integer"),
        ("<input/>", {**READ_ONLY, "calculate": "1"}, "text"),
        ("<input/>", {**READ_ONLY, "constraint": ". = 1"}, "text"),
        ("<input/>", {**READ_ONLY, "required": "true()"}, "text"),
        ("<input/>", {**READ_ONLY, "jr:preload": "uid"}, "text"),
        ("<input/>", {"readonly": "${a} = 1"}, "text"),
        ("<textarea/>", READ_ONLY, "text"),
        ("<select1/>", {"type": "string"}, "select_one"),
        ("<select/>", {}, "select_multiple"),
        ("<rank/>", {"type": "odk:rank"}, "rank"),
        ("<trigger/>", READ_ONLY, "acknowledge"),
        ("<range/>", {"type": "int"}, "range"),
        ("<input query=\"instance('l')/root/item\"/>", {}, "select_one_external"),
        ('<upload mediatype="image/*"/>', {"type": "binary"}, "image"),
        ('<upload mediatype="audio/*"/>', {}, "audio"),
        ('<upload mediatype="video/mp4"/>', {}, "video"),
        ('<upload mediatype="osm/*"/>', {}, "osm"),
        ('<upload mediatype="application/*"/>', {}, "file"),
        ("<upload/>", {}, "file"),
    ],
)  # fmt: skip
def test_type_of_a_node_with_a_control(control: str, bind: dict[str, str], standard: str) -> None:
    """By control first, then by data type; a text that is only shown is a note."""
    assert asked_type(etree.fromstring(control), bind) == standard


@pytest.mark.parametrize(
    ("bind", "actions", "standard"),
    [
        ({}, {}, "hidden"),
        ({"calculate": "1 + 1"}, {}, "calculate"),
        ({"calculate": ""}, {}, "hidden"),
        ({}, {"setvalue": {}}, "calculate"),
        ({"jr:preload": "timestamp", "jr:preloadParams": "start"}, {}, "start"),
        ({"jr:preload": "timestamp", "jr:preloadParams": "end"}, {}, "end"),
        ({"jr:preload": "date", "jr:preloadParams": "today"}, {}, "today"),
        ({"jr:preload": "timestamp", "jr:preloadParams": "today"}, {}, "hidden"),
        ({"jr:preload": "property", "jr:preloadParams": "deviceid"}, {}, "deviceid"),
        ({"jr:preload": "property", "jr:preloadParams": "invented"}, {}, "hidden"),
        ({}, {"recordaudio": {}}, "background-audio"),
        ({}, {"setgeopoint": {"event": "odk-instance-first-load"}}, "start-geopoint"),
        ({}, {"setgeopoint": {"event": "xforms-value-changed"}}, "background-geopoint"),
    ],
)  # fmt: skip
def test_type_of_a_node_without_a_control(bind: dict[str, str], actions: dict[str, dict[str, str]], standard: str) -> None:
    """Metadata, recordings, calculations, and nodes with only a default."""
    assert unasked_type(bind, actions) == standard


@pytest.mark.parametrize(
    ("bind", "data", "stored"),
    [
        ({}, "", "text"),
        ({"type": "binary"}, "binary", "file"),
        ({"type": "xsd:binary"}, "binary", "file"),
        ({"type": "xs:decimal"}, "decimal", "decimal"),
        ({"type": "odk:rank"}, "odk:rank", "text"),
    ],
)
def test_type_of_a_node_without_a_body(bind: dict[str, str], data: str, stored: str) -> None:
    """By data type, with or without the prefix of XML Schema."""
    assert (data_type(bind), stored_type(bind)) == (data, stored)


@pytest.mark.parametrize(
    ("question_type", "data", "usual"),
    [
        ("text", "", True), ("text", "string", True), ("text", "int", False),
        ("integer", "int", True), ("integer", "decimal", False),
        ("select_one", "select1", True), ("select_one", "int", False), ("select_multiple", "select", True),
        ("rank", "rank", True),
        ("range", "decimal", True), ("range", "string", False), ("calculate", "int", False), ("image", "binary", True),
    ],
)  # fmt: skip
def test_default_data_types_of_pyxform(question_type: str, data: str, usual: bool) -> None:
    """Any other data type must be written in a column of its own."""
    assert is_usual_data(question_type, data) is usual

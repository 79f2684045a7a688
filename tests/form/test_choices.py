"""The choices of a select: its own list, `other`, or the rows of an attached file."""

import json
from collections.abc import Callable

import pytest

from liuwen.form import Form, Sheet, read_form
from liuwen.form.choices import offered

VILLAGES = "name,label,town\nwan,湾里,east\npo,坡上,west\n".encode()
WELLS = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": "w1", "properties": {"title": "Old well", "code": 7}},
        {"type": "Feature", "properties": {"id": "w2", "code": 8}},
    ],
}


def asking(type_cell: str, parameters: str = "", **media: bytes) -> Form:
    """A form with one select; `media` are its files, `villages_csv` the content of villages.csv."""
    survey = Sheet.of("survey", ["type", "name", "label", "parameters"], [[type_cell, "q", "Q", parameters]])
    choices = Sheet.of("choices", ["list_name", "name", "label"], [["need", "road", "Road"], ["need", "water", "Water"]])
    return Form((survey, choices), {name.replace("_", "."): content for name, content in media.items()})


def labels(form: Form, language: str = "") -> dict[str, str] | None:
    found = offered(form, form["q"])
    return None if found is None else found.labels(language)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (asking("select_one need"), {"road": "Road", "water": "Water"}),
        (asking("select_one need or_other"), {"road": "Road", "water": "Water", "other": "Other"}),
        (asking("select_one nothing"), None),
        (asking("select_one nothing or_other"), None),
        (asking("text"), None),
        (asking("select_one_from_file villages.csv", villages_csv=VILLAGES), {"wan": "湾里", "po": "坡上"}),
        (asking("select_one_from_file villages.csv", "value=town", villages_csv=VILLAGES), {"east": "湾里", "west": "坡上"}),
        (asking("select_one_from_file villages.csv", "label=town", villages_csv=VILLAGES), {"wan": "east", "po": "west"}),
        (asking("select_one_from_file v.csv", "Value=town, label=name", v_csv=VILLAGES), {"east": "wan", "west": "po"}),
        (asking("select_one_from_file villages.csv", "label=none", villages_csv=VILLAGES), {"wan": "wan", "po": "po"}),
        (asking("select_one_from_file villages.csv", "value=none", villages_csv=VILLAGES), {}),
        (asking("select_one_from_file villages.csv"), None),
        (asking("select_one_from_file villages.xml", villages_xml=b"<root/>"), None),
        (asking("select_one_from_file W.GEOJSON", **{"W_GEOJSON": json.dumps(WELLS).encode()}), {"w1": "Old well", "w2": "w2"}),
        (
            asking("select_one_from_file w.geojson", "value=code label=id", w_geojson=json.dumps(WELLS).encode()),
            {"7": "w1", "8": "w2"},
        ),
    ],
)  # fmt: skip
def test_choices_of_a_select(form: Form, expected: dict[str, str] | None) -> None:
    """Stored value and label, in order; None if the form does not contain the list."""
    found = labels(form)
    assert found == expected
    assert list(found or {}) == list(expected or {})


def test_other_is_not_added_to_a_list_that_has_it() -> None:
    """The list keeps its own label for it."""
    choices = Sheet.of("choices", ["list_name", "name", "label"], [["l", "other", "Something else"]])
    form = Form((Sheet.of("survey", ["type", "name"], [["select_one l or_other", "q"]]), choices))
    assert labels(form) == {"other": "Something else"}


def test_external_lists_are_only_for_select_one_external() -> None:
    """`select_one_external` uses the external_choices sheet, even if the choices sheet has a list of the same name."""
    text = """
    | survey |
    | | type | name | label |
    | | select_one_external l | out | Out |
    | | select_one l | in | In |
    | choices |
    | | list_name | name | label |
    | | l | inner | Inner |
    | external_choices |
    | | list_name | name | label |
    | | l | outer | Outer |
    """
    form = read_form(text.encode())
    assert [offered(form, form[name]).names for name in ("out", "in")] == [("outer",), ("inner",)]


def test_csv_with_languages_extra_columns_and_row_numbers() -> None:
    """Blank cells are omitted; a row without a value is not a choice, but counts as a row."""
    content = "\ufeffname,label::中文 (zh),label::English (en),town,\na,甲,A,east,x\n,nobody,,,\nb,乙,,,\n".encode()
    form = asking("select_one_from_file l.csv", l_csv=content)
    first, second = offered(form, form["q"])
    assert (first.name, first.label("zh"), first.label("en"), first.columns["town"], first.row) == ("a", "甲", "A", "east", 2)
    assert (second.name, second.label("en"), "town" in second.columns, second.row) == ("b", "乙", False, 4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.csv", b""),
        ("l.csv", b"\xff\xfe\x00"),
        ("l.csv", b"name,label\n"),
        ("l.geojson", b""),
        ("l.geojson", b"not JSON"),
        ("l.geojson", b"[]"),
        ("l.geojson", b"{}"),
        ("l.geojson", b'{"features": null}'),
        ("l.geojson", b'{"features": 5}'),
        ("l.geojson", b'{"features": [5, null, "w1"]}'),
        ("l.geojson", b'{"features": [{"properties": null}, {"properties": []}]}'),
        ("l.geojson", b'{"features": [{"properties": {"id": null, "title": "Nameless"}}]}'),
        ("l.geojson", b"[" * 100_000),
    ],
)
def test_file_without_choices(name: str, content: bytes) -> None:
    """No exception is raised: `check` reports the problem."""
    form = Form((Sheet.of("survey", ["type", "name"], [[f"select_one_from_file {name}", "q"]]),), {name: content})
    assert labels(form) == {}


def test_csv_with_an_overlong_cell_has_no_choices() -> None:
    """A partial list could be mistaken for the whole."""
    form = asking("select_one_from_file l.csv", l_csv=b'name\na\n"' + b"x" * 140_000 + b'"\n')
    assert labels(form) is None


def test_feature_without_properties_uses_its_id() -> None:
    """GeoJSON allows `"properties": null` (RFC 7946, 3.2)."""
    content = b'{"features": [{"id": "w1", "properties": null}, {"id": 2}]}'
    assert labels(asking("select_one_from_file l.geojson", l_geojson=content)) == {"w1": "w1", "2": "2"}


def test_labels_in_the_requested_language(everything: Form) -> None:
    """By code or by name; the first language if there is no match."""
    of: Callable[[str], dict[str, str]] = lambda language: offered(everything, everything["kinds"]).labels(language)  # noqa: E731
    assert of("zh") == of("中文 (zh)") == of("fr") == {"money": "资金", "work": "就业"}
    assert of("en") == of("English") == {"money": "Money", "work": "Work"}

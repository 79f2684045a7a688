"""A form is its sheets, and their meaning is derived from them."""

import pickle

import pytest

from liuwen.form import Form, Sheet, read_form, to_xform

SURVEY = Sheet.of("survey", ["type", "name", "label"], [["text", "a", "A"]])


def settings(header: list[str], *rows: list[str], source: str = "") -> Form:
    return Form((SURVEY, Sheet.of("settings", header, list(rows))), source=source)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Form((SURVEY,)), ("data", "data", "", "data")),
        (Form((SURVEY,), source="visit.xlsx"), ("visit", "visit", "", "data")),
        (settings(["form_id"], ["v"], source="visit.xlsx"), ("v", "v", "", "data")),
        (settings(["id_string", "title", "version", "name"], ["v", "Visit", "2", "top"]), ("v", "Visit", "2", "top")),
        (settings(["Form ID", "version"], [" v ", " 2 "]), ("v", "v", "2", "data")),
        (settings(["form_id", "version"], ["", ""], ["v", "2"], ["w", "3"]), ("v", "v", "2", "data")),
        (settings(["form_id"], ["  "]), ("data", "data", "", "data")),
        (settings(["form_id", "id_string"], ["v", ""]), ("v", "v", "", "data")),
        (settings(["form_id", "id_string"], ["", "v"]), ("v", "v", "", "data")),
        (settings(["form_id", "id_string"], ["v", "w"]), ("v", "v", "", "data")),
    ],
)  # fmt: skip
def test_id_title_version_and_root(form: Form, expected: tuple[str, str, str, str]) -> None:
    """From the first non-empty row of the settings, in any spelling; else the file name, and "data"."""
    assert (form.id, form.title, form.version, form.root) == expected


def test_sheet_is_found_in_any_case() -> None:
    """A single sheet is the survey; with other sheets, it must be named so."""
    odd = Sheet.of(" Survey ", ["type"], [["text"]])
    assert Form((odd,)).sheet("survey") is odd
    assert Form((Sheet.of("Choices", [], []), odd)).sheet("survey") is odd
    lone = Sheet.of("Sheet1", ["type"], [])
    assert Form((lone,)).sheet("survey") is lone and Form((lone,)).sheet("choices") is None
    assert Form((lone, lone)).sheet("survey") is None
    assert Form(()).sheet("survey") is None and Form(()).elements == () and Form(()).headers("survey") == ()


def test_column_returns_the_header_as_written() -> None:
    """By its standard name and language, in any spelling of the form."""
    survey = Sheet.of("survey", ["Type", "relevance", "label::English (en)", "label", "relevant"], [])
    form = Form((survey,))
    assert [form.column("survey", name) for name in ("type", "relevant", "label", "hint")] == ["Type", "relevance", "label", None]
    assert form.column("survey", "label", "English (en)") == "label::English (en)"
    assert form.column("survey", "label", "en") is None
    assert form.column("choices", "name") is None


def test_languages_are_those_of_the_columns_in_order_of_first_mention() -> None:
    """From survey and choices; the default_language setting alone adds none."""
    survey = Sheet.of("survey", ["type", "hint::English (en)", "label::中文 (zh)", "label::English (en)"], [])
    choices = Sheet.of("choices", ["name", "label::Français (fr)"], [])
    form = Form((survey, choices, Sheet.of("settings", ["default_language"], [["Deutsch (de)"]])))
    assert form.languages == ("English (en)", "中文 (zh)", "Français (fr)")
    assert [form.language(code) for code in ("zh", "English", "FR", " en ", "中文 (zh)", "de", "")] == [
        "中文 (zh)", "English (en)", "Français (fr)", "English (en)", "中文 (zh)", None, None,
    ]  # fmt: skip


def test_an_element_is_found_by_name_or_path(everything: Form) -> None:
    """The first one if a name is used several times; KeyError if it does not exist."""
    assert everything["home/village"] is everything["village"]
    assert "member/age" in everything and "home" in everything and "home/age" not in everything and 3 not in everything
    with pytest.raises(KeyError):
        everything["nothing"]
    twice = Sheet.of("survey", ["type", "name"], [["begin group", "g"], ["text", "a"], ["end group", ""], ["integer", "a"]])
    form = Form((twice,))
    assert (form["a"].type, form["g/a"].type, form["a"].row) == ("text", "text", 3)


def test_entities_are_the_filled_rows_by_standard_column() -> None:
    """Blank rows, blank cells and columns without a name are skipped; of duplicate columns the first counts."""
    sheet = Sheet.of(
        "entities", ["dataset", "label", "", "list_name"], [["homes", " ${a} ", "x", ""], [], ["wells", "", "", "w"]]
    )
    assert Form((SURVEY, sheet)).entities == ({"list_name": "homes", "label": "${a}"}, {"list_name": "wells"})
    assert Form((SURVEY,)).entities == ()


def test_forms_are_equal_if_all_cells_and_files_are() -> None:
    """The source is ignored; a form cannot be hashed."""
    assert Form((SURVEY,), {"a.csv": b"1"}, "one.xlsx") == Form((SURVEY,), {"a.csv": b"1"}, "other.md")
    assert Form((SURVEY,), {"a.csv": b"1"}) != Form((SURVEY,), {"a.csv": b"2"})
    assert Form((SURVEY,)) != Form((Sheet.of("survey", ["type", "name", "label"], [["text", "a", "B"]]),))
    with pytest.raises(TypeError):
        hash(Form((SURVEY,)))


def test_form_can_be_pickled() -> None:
    """Sheets, files, source and original XForm survive pickling."""
    xml = to_xform(Form((SURVEY,), source="visit.md")).xml
    for form in (Form((SURVEY,), {"a.csv": b"1"}, "visit.md"), read_form(xml.encode(), name="visit.xml")):
        again = pickle.loads(pickle.dumps(form))
        assert again == form and (again.source, again.original_xml) == (form.source, form.original_xml)


def test_original_xform_is_used_while_the_sheets_are_unchanged() -> None:
    """A changed form gives the XForm of its cells."""
    xml = to_xform(Form((SURVEY,), source="visit.md")).xml.replace("<label>A</label>", "<label>甲</label>")
    form = read_form(xml.encode())
    assert form.is_xform and "甲" in form.original_xml
    changed = Form((SURVEY, *form.sheets[1:]), original=form.original)
    assert not changed.is_xform and changed.original_xml == "" and "甲" not in changed.to_xform()
    assert not Form((SURVEY,)).is_xform and Form((SURVEY,)).original_xml == ""


def test_repr_of_a_form_is_one_line(everything: Form) -> None:
    """Questions are counted, metadata are not."""
    survey = Sheet.of("survey", ["type", "name"], [["start", "s"], ["calculate", "c"], ["text", "a"], ["note", "n"]])
    assert repr(Form((survey,), source="x.md")) == "<Form 'x' version '': 2 questions, 0 repeats, 0 languages>"
    assert repr(everything) == "<Form 'visit' version '2026112101': 4 questions, 1 repeats, 2 languages>"

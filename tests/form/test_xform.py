"""The XForm of a form equals the one that pyxform makes from its workbook."""

import logging
from dataclasses import asdict
from pathlib import Path

import pytest
from lxml import etree
from pyxform.xls2json_backends import DefinitionData
from pyxform.xls2xform import convert

from liuwen.errors import ConversionError
from liuwen.form import Form, read_form, to_xform


def canonical(xml: str) -> str:
    return etree.canonicalize(xml)


@pytest.mark.slow
def test_workbooks_convert_as_in_pyxform(
    convertible: dict[str, Path], read_by_pyxform: dict[str, DefinitionData], forms: dict[str, Form], tmp_path: Path
):
    """A workbook read, written and read again gives the same XForm, warnings and itemsets."""
    assert len(convertible) > 35
    for name, path in convertible.items():
        warnings: list[str] = []
        theirs = convert(xlsform=asdict(read_by_pyxform[name]), warnings=warnings)
        rewritten = read_form(forms[name].write(tmp_path / path.with_suffix(".xlsx").name))
        ours = to_xform(rewritten)
        assert canonical(ours.xml) == canonical(theirs.xform), name
        assert (ours.warnings, ours.itemsets) == (tuple(warnings), theirs.itemsets), name


def test_other_workbooks_are_refused_for_pyxforms_reason(refused: dict[str, str], forms: dict[str, Form]):
    """pyxform's reason is in the message."""
    assert len(refused) > 15
    for name, words in refused.items():
        with pytest.raises(ConversionError) as ours:
            to_xform(forms[name])
        assert ours.value.detail.startswith(words), name
        assert words in ours.value.sentence.zh


def test_duplicate_header_is_refused():
    """Silently using one of the two would lose the other."""
    form = read_form({"survey": _frame(["type", "name", "name"], [["text", "a", "b"]])})
    with pytest.raises(ConversionError, match="Duplicate column header: name") as refused:
        form.to_xform()
    assert refused.value.detail == "Duplicate column header: name"


def test_row_numbers_in_pyxforms_messages_match_the_workbook():
    """Blank rows count."""
    form = read_form({"survey": _frame(["type", "name", "label"], [["text", "a", "A"], ["", "", ""], ["text", "", "B"]])})
    with pytest.raises(ConversionError) as refused:
        to_xform(form)
    assert "[row : 4]" in refused.value.detail


def test_file_name_is_the_default_form_id(tmp_path: Path):
    """As in pyxform."""
    path = tmp_path / "visit.md"
    path.write_text("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    assert 'id="visit"' in to_xform(read_form(path)).xml
    assert 'id="data"' in to_xform(read_form(path.read_bytes())).xml


def test_external_choices_become_itemsets_csv():
    """`select_one_external` uses a CSV file."""
    text = """
    | survey |
    | | type | name | label | choice_filter |
    | | text | town | Town | |
    | | select_one_external villages | village | Village | town=${town} |
    | external_choices |
    | | list_name | name | town |
    | | villages | v1 | t1 |
    """
    assert to_xform(read_form(text.encode())).itemsets == '"list_name","name","town"\r\n"villages","v1","t1"\r\n'


def test_crash_in_pyxform_is_reported_as_our_error():
    """Only our own exception is raised."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id |\n")
    assert to_xform(form).xml
    broken = read_form({"survey": _frame(["type", "label::English", "label"], [["begin group", "x", ""]])})
    with pytest.raises(ConversionError):
        to_xform(broken)


def test_nothing_is_printed_or_logged(capfd: pytest.CaptureFixture[str], everything: Form, caplog):
    """Nothing is printed or logged."""
    with caplog.at_level(logging.DEBUG):
        to_xform(everything)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def _frame(header: list[str], rows: list[list[str]]):
    import pandas as pd

    return pd.DataFrame(rows, columns=header)

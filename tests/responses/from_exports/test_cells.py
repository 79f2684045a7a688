"""Cells of an export as a submission's XML would write them."""

import datetime as dt

import pytest

from liuwen.form import builder as b
from liuwen.form.elements import ChoiceList
from liuwen.responses.from_exports.cells import stored_choices, stored_multiples, text_of


@pytest.fixture(scope="module")
def needs() -> ChoiceList:
    choices = b.choices(
        "needs", ("1", "饮水", "Water"), ("2", "道路，桥", "Road, bridge"), ("3", "入学", "School"), ("4", "饮水", "Water")
    )
    form = b.build_form("f", version="1", zh="表", en="F", items=[b.select_one("q", choices, zh="问", en="Q")])
    listed = form.choices_of("q")
    assert listed is not None
    return listed


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, "text", ""),
        (float("nan"), "integer", ""),
        ("  ", "text", ""),
        (13800000000.0, "text", "13800000000"),
        (1.5, "decimal", "1.5"),
        (46328.0, "date", "2026-11-02"),
        (46328.5, "datetime", "2026-11-02T12:00:00"),
        (46328.0, "integer", "46328"),
        (dt.datetime(2026, 11, 2), "date", "2026-11-02"),
        (dt.datetime(2026, 11, 2, 8), "datetime", "2026-11-02T08:00:00"),
        (dt.time(8, 30), "text", "08:30:00"),
        (True, "text", "true"),
    ],
)
def test_each_kind_of_cell(cell, kind, text):
    """Blanks, whole numbers, Excel's days, dates and times."""
    assert text_of(cell, kind) == text


def test_labels_mean_their_choices_where_they_mean_one(needs):
    """A label that two choices share means neither, and stays as it is to be reported."""
    assert stored_choices(["School", "道路，桥", "Water", ""], needs) == ["3", "2", "Water", ""]


def test_a_column_of_names_is_read_as_names(needs):
    """Even where a name is also written like a label elsewhere."""
    assert stored_choices(["1", "3", "9"], needs) == ["1", "3", "9"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("3 1", "3 1"),
        ("School; Road, bridge", "3 2"),
        ("入学；道路，桥", "3 2"),
        ("School Road, bridge", "3 2"),
        ("Road, bridge", "2"),
        ("School; Moon", "School; Moon"),
        ("", ""),
    ],
)
def test_several_labels_with_any_usual_separator(needs, text, names):
    """Semicolons, commas, or spaces alone; what is not understood stays as it is."""
    assert stored_multiples([text], needs) == [names]

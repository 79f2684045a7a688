"""Cells of an export as a submission's XML would write them."""

import datetime as dt

import pytest

from liuwen.form import builder as b
from liuwen.form.elements import ChoiceList
from liuwen.responses.from_exports.cells import chosen, label_names, stored_choices, stored_multiples, text_of
from liuwen.responses.from_exports.collecting import coded


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
        (False, "integer", "false"),
        ("", "text", ""),
        ("\u3000\n", "text", ""),
        (" 村 ", "text", " 村 "),
        (0.0, "integer", "0"),
        (-0.5, "decimal", "-0.5"),
        (0.5, "date", "0.5"),
        (1.0, "date", "1899-12-31"),
        (2_958_465.0, "date", "9999-12-31"),
        (2_958_466.0, "date", "2958466"),
        (46328, "datetime", "2026-11-02T00:00:00"),
        (2.0**63, "integer", "9.223372036854776e+18"),
        (2.0**62, "integer", "4611686018427387904"),
        (float("inf"), "decimal", "inf"),
        (float("inf"), "date", "inf"),
        (float("-inf"), "datetime", "-inf"),
        (dt.date(2026, 11, 2), "text", "2026-11-02"),
        (dt.datetime(2026, 11, 2, 8), "text", "2026-11-02T08:00:00"),
        (dt.timedelta(hours=1), "text", "1:00:00"),
    ],
)
def test_each_kind_of_cell(cell, kind, text):
    """Blanks, whole numbers, Excel's days, dates and times."""
    assert text_of(cell, kind) == text


def test_labels_mean_their_choices_where_they_mean_one(needs):
    """A label that two choices share means neither, and stays as it is to be reported."""
    assert list(stored_choices(coded(["School", "道路，桥", "Water", ""]), needs)) == ["3", "2", "Water", ""]


def test_a_column_of_names_is_read_as_names(needs):
    """Even where a name is also written like a label elsewhere."""
    assert list(stored_choices(coded(["1", "3", "9"]), needs)) == ["1", "3", "9"]


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
    assert list(stored_multiples(coded([text]), needs)) == [names]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (1, True),
        (1.0, True),
        (True, True),
        ("TRUE", True),
        (" Yes ", True),
        ("是", True),
        ("water", True),
        ("Safe water", True),
        (0, False),
        (False, False),
        ("No", False),
        ("否", False),
        (None, None),
        ("", None),
        (float("nan"), None),
        (2, None),
        ("Water", None),
        ("ｙｅｓ", None),
    ],
)
def test_a_split_cell_says_chosen_not_chosen_or_nothing(cell, said):
    """A choice's own name or label, as some exporters write, says that it was chosen."""
    assert chosen(cell, "water", frozenset({"Safe water"})) is said


def test_a_label_that_two_choices_share_means_neither(needs):
    """In any language; with the stored name behind it, as labelled tables write it, it means that one."""
    shared = {"饮水 (1)": "1", "Water (1)": "1", "饮水 (4)": "4", "Water (4)": "4"}
    assert label_names(needs) == {**shared, "道路，桥": "2", "Road, bridge": "2", "入学": "3", "School": "3"}


def test_a_column_of_labels_is_read_as_labels_where_they_explain_more():
    """A label may be another choice's name."""
    choices = b.choices("c", ("1", "2", "2"), ("2", "1", "1"), ("3", "三", "Three"))
    form = b.build_form("f", version="1", zh="表", en="F", items=[b.select_one("q", choices, zh="问", en="Q")])
    listed = form.choices_of("q")
    assert list(stored_choices(coded(["1", "2", "3"]), listed)) == ["1", "2", "3"]
    assert list(stored_choices(coded(["1", "2", "Three"]), listed)) == ["2", "1", "3"]
    assert list(stored_choices(coded(["1", "2"]), listed)) == ["1", "2"]


def test_without_a_list_answers_stay_as_they_are():
    """But for spaces."""
    assert list(stored_choices(coded([" a ", "b c"]), None)) == ["a", "b c"]
    assert list(stored_multiples(coded([" a  b ", ""]), None)) == ["a b", ""]

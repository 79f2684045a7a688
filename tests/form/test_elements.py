"""One row of the survey sheet."""

import pytest

from liuwen.form import Form, Sheet
from liuwen.form.elements import Element, Wording


def test_repr_of_an_element_is_one_line(everything: Form) -> None:
    """Its path, its type with its list, and its row."""
    assert repr(everything["kinds"]) == "<Element 'home/kinds': select_multiple aid, row 5>"
    assert repr(everything["member"]) == "<Element 'member': repeat, row 7>"


def rows(*written: tuple[str, ...]) -> tuple[Element, ...]:
    header = ["type", "name", "label", "label::English (en)", "relevance", "relevant", ""]
    return Form((Sheet.of("survey", header, [list(row) for row in written]),)).elements


@pytest.mark.parametrize(
    ("types", "outline"),
    [
        ("begin group,text,end group,text", "group text@1 text"),
        ("begin repeat,begin group,text,end group,text,end repeat", "repeat group@1 text@2 text@1"),
        ("end group,text", "text"),
        ("begin group,text", "group text@1"),
        ("begin group,end repeat,text", "group text"),
        ("begin loop over l,text,end loop,text", "group text@1 text"),
        ("text, ,integer", "text integer"),
        ("begin group,begin group,end group,end group,end group,text", "group group@1 text"),
        ("", ""),
    ],
)
def test_groups_contain_the_rows_between_their_markers(types: str, outline: str) -> None:
    """Unbalanced markers and rows without a type are kept, not refused."""
    elements = rows(*((each,) for each in types.split(",")))
    kinds = (each.kind if each.kind != "question" else each.type for each in elements)
    depths = (f"@{len(each.parents)}" if each.parents else "" for each in elements)
    assert " ".join(kind + depth for kind, depth in zip(kinds, depths, strict=True)) == outline


def test_cells_and_wordings_are_separate() -> None:
    """By standard column, trimmed; of duplicate columns the first non-empty one counts, columns without a name are ignored."""
    (one, two) = rows(("text", " a ", "Any", "English", "1", "2", "stray"), ("text", "b", "", "", "", "2"))
    assert (one.name, one.cell("relevant"), one.cell("hint"), dict(one.cells)) == ("a", "1", "", {"relevant": "1"})
    assert (one.label(), one.label("en"), one.label("zh"), one.wording("hint")) == ("Any", "English", "Any", "")
    assert (two.cell("relevant"), two.label(), dict(two.wordings)) == ("2", "", {})
    assert (one.row, two.row, str(two.place("relevant"))) == (2, 3, "survey!3 relevant")


@pytest.mark.parametrize(
    ("written", "asked", "select"),
    [
        ("text", True, False), ("note", True, False), ("select_one l", True, True), ("rank l", True, True),
        ("select_one_external l", True, False), ("calculate", False, False), ("start", False, False), ("hidden", False, False),
        ("audit", False, False), ("csv-external", False, False), ("background-geopoint", False, False),
        ("begin group", False, False),
        ("acknowledge", True, False), ("selct_one l", True, False),
    ],
)  # fmt: skip
def test_is_asked_and_is_select(written: str, asked: bool, select: bool) -> None:
    """People are shown questions and notes, but not metadata or calculations."""
    (element,) = rows((written, "a"))
    assert (element.is_asked, element.is_select) == (asked, select)


def test_repeats_around_a_question() -> None:
    """Outermost first; a repeat does not contain itself, and groups are not repeats."""
    *_, inner, question = rows(("begin repeat", "a"), ("begin group", "g"), ("begin repeat", "b"), ("text", "q"))
    assert [each.name for each in question.repeats] == ["a", "b"] and [each.name for each in inner.repeats] == ["a"]
    assert question.path == ("a", "g", "b", "q")


def test_choices_are_grouped_by_list_in_row_order() -> None:
    """Rows without a list are ignored; extra columns are kept if not empty."""
    header = ["list name", "value", "caption", "town"]
    cells = [["a", "1", "One", "east"], ["", "2", "Two", ""], ["b", "1", "", ""], ["a", "", "Blank", " "]]
    lists = Form((Sheet.of("survey", [], []), Sheet.of("choices", header, cells))).choice_lists
    assert {name: found.labels() for name, found in lists.items()} == {"a": {"1": "One", "": "Blank"}, "b": {"1": "1"}}
    first, second = lists["a"]
    assert (dict(first.columns), first.row, dict(second.columns), second.row) == ({"town": "east"}, 2, {}, 5)
    assert lists["a"].names == ("1", "") and len(lists["a"]) == 2


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        ({"": "Any", "zh": "甲"}, "zh", "甲"), ({"": "Any", "中文 (zh)": "甲"}, "zh", "甲"), ({"中文 (zh)": "甲"}, "中文", "甲"),
        ({"中文 (zh)": "甲", "English (en)": "A"}, "fr", "甲"), ({"中文 (zh)": "甲"}, "", "甲"), ({}, "zh", ""),
    ],
)  # fmt: skip
def test_wording_falls_back_to_its_first_language(texts: dict[str, str], language: str, text: str) -> None:
    """If the requested language is missing."""
    assert Wording(texts).in_language(language) == text
    assert bool(Wording(texts)) is bool(texts)

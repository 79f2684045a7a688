"""Parsing type cells: every spelling that pyxform supports, and unknown ones."""

import pytest
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from liuwen.form.types import TYPES, read_type

SELECTS_WITHOUT_A_LIST = {
    "select one",
    "select one external",
    "select all that apply",
    "select all that apply from",
    "select multiple from",
    "select one using",
    "select multiple using",
    "q select",
    "q select1",
    "add select one prompt using",
    "add select multiple prompt using",
}
SAME_ANSWER_OTHER_LIMITS = {"percentage": "integer", "phone number": "text", "number of days in last month": "integer"}


@pytest.mark.parametrize("spelling", sorted(QUESTION_TYPE_DICT.keys() - SELECTS_WITHOUT_A_LIST))
def test_every_spelling_pyxform_knows_has_a_standard_name(spelling):
    """pyxform gives both spellings the same control and data type."""
    standard = read_type(spelling).type
    assert standard in TYPES
    meant, known = QUESTION_TYPE_DICT[standard], QUESTION_TYPE_DICT[spelling]
    assert (meant.get("control"), meant["bind"]["type"] if "bind" in meant else "") == (
        known.get("control"),
        known["bind"]["type"] if "bind" in known else "string" if spelling == "trigger" else "",
    )


@pytest.mark.parametrize("verb", sorted(aliases.select))
def test_every_select_names_its_list(verb):
    """The name of the list follows any spelling of the verb; "or other" too."""
    means = read_type(f"{verb} needs or_other")
    expected = {"select one": "select_one", "select all that apply": "select_multiple"}
    standard = expected.get(aliases.select[verb], aliases.select[verb].replace(" ", "_"))
    assert means == (standard, "needs", True, "file" in verb)


@pytest.mark.parametrize("control", sorted(aliases.control))
@pytest.mark.parametrize("gap", [" ", "_"])
def test_groups_and_repeats_open_and_close(control, gap):
    """Under all spellings of group and repeat."""
    assert read_type(f"begin{gap}{control}").type == f"begin {aliases.control[control]}"
    assert read_type(f"end{gap}{control}").type == f"end {aliases.control[control]}"


@pytest.mark.parametrize(("spelling", "standard"), SAME_ANSWER_OTHER_LIMITS.items())
def test_old_types_with_limits_of_their_own_keep_their_kind_of_answer(spelling, standard):
    """A percentage is an integer."""
    assert read_type(spelling).type == standard


def test_unknown_type_is_unchanged():
    """It is returned as written."""
    assert read_type("selct_one  needs").type == "selct_one needs"

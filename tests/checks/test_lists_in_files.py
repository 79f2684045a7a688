"""A long list is moved to a file beside the form, and nothing else changes."""

import pytest

from liuwen.checks import check
from liuwen.checks.lists_in_files import with_lists_in_files
from liuwen.form import Form, read_form
from liuwen.simulation import simulate

FORM = """
| survey |                |         |       |               |            |
|        | type           | name    | label | choice_filter | appearance |
|        | select_one t   | town    | Town  |               |            |
|        | {type}         | village | Place | town = ${{town}} | {look}  |
| choices |               |         |       |               |            |
|        | list_name      | name    | {label} | town        |            |
|        | t              | t1      | One   |               |            |
|        | t              | t2      | Two   |               |            |
|        | v              | v1      | A, B  | t1            |            |
|        | v              | v2      | "C"   | t1            |            |
|        | v              | v3      | D     | t2            |            |
| settings |              |         |       |               |            |
|        | form_id        | form_title | version |          |            |
|        | a              | A       | 1     |               |            |
"""


def form_with(type: str = "select_one v", look: str = "", label: str = "label") -> Form:
    """A village of the town chosen before."""
    return read_form(FORM.format(type=type, look=look, label=label).encode())


def test_answers_are_the_same_from_the_file() -> None:
    """The filter still offers the villages of the town; the file holds what a filter reads, and quotes what a comma needs."""
    form = form_with()
    moved = with_lists_in_files(form, longest=2)
    assert moved.media["v.csv"].decode().splitlines() == ["name,label,town", 'v1,"A, B",t1', 'v2,"""C""",t1', "v3,D,t2"]
    assert check(moved).ok and list(moved.choice_lists) == ["t"]
    one, other = (simulate(each, 12, seed=4).table for each in (form, moved))
    assert one[["town", "village"]].equals(other[["town", "village"]])


def test_a_short_list_stays() -> None:
    """And so the form is the same."""
    form = form_with()
    assert with_lists_in_files(form) is form


@pytest.mark.parametrize(
    "form",
    [form_with("rank v"), form_with("select_one v or_other"), form_with(look="search('places')"), form_with(label="image")],
    ids=["rank", "or_other", "search", "image"],
)
def test_a_list_that_files_cannot_hold_stays(form: Form) -> None:
    """Its questions could not read it."""
    assert with_lists_in_files(form, longest=2) is form


def test_a_list_with_labels_of_two_languages_stays() -> None:
    """A file has one label."""
    rows = b"| survey |\n| | type | name | label::en | label::zh |\n| | select_one v | a | A | A |\n"
    choices = b"| choices |\n| | list_name | name | label::en | label::zh |\n| | v | x | Road | Lu |\n| | v | y | Well | Jing |"
    form = read_form(rows + choices)
    assert with_lists_in_files(form, longest=1) is form

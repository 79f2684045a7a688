"""A look-up of a column that a list does not have on the phone."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | {label} | calculation |
| | select_one l | s | S | |
| | calculate | c | | {lookup} |
| | text | x | X | |
| choices |
| | list_name | name | {label} | people |
| | l | a | A | 40 |
| | l | b | B | 50 |
"""


@pytest.mark.parametrize("label", ["label", "label::English (en)"])
@pytest.mark.parametrize("column", ["label", "name", "people", "itextId", "population"])
def test_a_missing_column_is_blank(found: Found, label: str, column: str) -> None:
    """JavaRosa's own look-up decides; labels in named languages stand in translations, not in the list."""
    form = FORM.format(label=label, lookup=f"instance('l')/root/item[name=${{s}}]/{column}")
    value = interview(read_form(form.encode())).answer("a").value("c")
    assert found("missing-list-column", form) == ([("error", 3, "calculation")] if value is None else [])


@pytest.mark.parametrize(
    ("lookup", "is_missing"),
    [
        ("instance('l')/root/item[nam=${s}]/people", True),
        ("instance('l')/root/item[name=${s} and people > 45]/people", False),
        ("instance('towns')/root/item[name=${s}]/people", False),
        ("instance('towns')/root/item[name=${s}]/size", True),
        ("instance('elsewhere')/root/item[name=${s}]/size", False),
        ("count(instance('l')/root/item[people > 45])", False),
    ],
)
def test_conditions_and_files(found: Found, lookup: str, is_missing: bool) -> None:
    """A file that is not at hand is not judged here."""
    form = FORM.format(label="label", lookup=lookup)
    said = found("missing-list-column", form, {"towns.csv": b"name,label,people\na,A,1\n"})
    assert said == ([("error", 3, "calculation")] if is_missing else [])

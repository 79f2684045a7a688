"""A choice filter that names a column the choices do not have."""

from collections.abc import Callable

from liuwen.checks.checking import rule_findings
from liuwen.checks.facts import Facts
from liuwen.form import Form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_misspelt_column_in_the_sheet_and_in_a_file(found: Found) -> None:
    """A misspelt column, in the sheet and in a file."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | t | T | |
| | select_one a | q | Q | twon = ${t} |
| | select_one_from_file v.csv | r | R | county = ${t} |
| choices |
| | list_name | name | label | town |
| | a | x | X | y |
"""
    assert found("filter-unknown-column", form, {"v.csv": b"name,label,town\n1,A,y\n"}) == [
        ("error", 3, "choice_filter"),
        ("error", 4, "choice_filter"),
    ]


def test_columns_that_are_there_and_files_that_are_not(found: Found) -> None:
    """Columns that are there, and files that are not."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | t | T | |
| | select_one a | q | Q | town = ${t} and name != 'x' |
| | select_one_from_file v.csv | r | R | county = ${t} |
| choices |
| | list_name | name | label | town |
| | a | x | X | y |
"""
    assert found("filter-unknown-column", form) == []


def test_a_value_without_quotes(words: Callable[..., list[str]]) -> None:
    """Compared with a column that holds it, it is no column."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one a | q | Q | open = yes |
| choices |
| | list_name | name | label | open |
| | a | x | X | yes |
"""
    assert "write 'yes'" in words("filter-unknown-column", form)[0]


def test_a_question_without_its_marks(form_of: Callable[..., Form]) -> None:
    """The message names the reference that is meant; list_name is not a column that phones see."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | t | T | |
| | select_one a | q | Q | town = t |
| | select_one a | r | R | list_name = 'a' |
| choices |
| | list_name | name | label | town |
| | a | x | X | y |
"""
    told = [f.sentence.en for f in rule_findings(Facts(form_of(form))) if f.rule == "filter-unknown-column"]
    assert len(told) == 2
    assert "write ${t}" in told[0]

"""A comparison whose two sides are fixed depends on no answer."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | relevant | choice_filter | required | calculation |
| | integer | age | A | | | | |
| | select_one l | s | S | {relevant} | {filter} | {required} | |
| | calculate | c | | | | | {calculation} |
| choices |
| | list_name | name | label | kind |
| | l | x | X | k |
"""


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("relevant", "1 < 2"),
        ("relevant", "'age' = 'x'"),
        ("relevant", "string-length('') = 0"),
        ("relevant", "${age} > 1 and 'a' = 'b'"),
        ("relevant", "selected('x y', 'x')"),
        ("choice_filter", "1 < 2"),
        ("choice_filter", "kind = 'k' or 2 > 1"),
        ("required", "2 > 1"),
        ("required", "${age} = 1 or 1 = 1"),
        ("calculation", "if(1 = 2, ${age}, 0)"),
        ("calculation", "count(instance('l')/root/item['a' = 'a'])"),
        ("relevant", "${age} < 2"),
        ("relevant", "1 = 1"),
        ("relevant", "1 = 0"),
        ("relevant", "true()"),
        ("choice_filter", "kind = 'k'"),
        ("required", "1 = 1"),
        ("calculation", "${age} > 3 and today() > date('2001-01-01')"),
    ],
)
def test_a_fixed_comparison_is_named(found: Found, column: str, text: str) -> None:
    """Wherever it stands; `1 = 1` and `1 = 0` alone are switches, and a comparison with an answer is fine."""
    cells = {"relevant": "", "filter": "", "required": "", "calculation": "1"} | {column.removeprefix("choice_"): text}
    row = 4 if column == "calculation" else 3
    fine = text in {"${age} < 2", "1 = 1", "1 = 0", "true()", "kind = 'k'"} or "today()" in text
    assert found("fixed-comparison", FORM.format(**cells)) == ([] if fine else [("warning", row, column)])


def test_the_question_that_is_meant_is_named(words: Callable[..., list[str]]) -> None:
    """A name in quotes is that of a question."""
    cells = {"relevant": "'age' = '3'", "filter": "", "required": "", "calculation": "1"}
    assert ["write ${age} = '3'" in said for said in words("fixed-comparison", FORM.format(**cells))] == [True]

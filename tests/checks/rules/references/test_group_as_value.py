"""A group, a repeat or a note used as if it had a value."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | relevant | calculation |
| | begin group | g | G | | |
| | integer | a | A | | |
| | end group | | | | |
| | begin repeat | r | R | | |
| | integer | b | B | | |
| | end repeat | | | | |
| | note | n | N | | |
| | note | shown | N | | ${{a}} + 1 |
| | text | t | {label} | {relevant} | |
| | calculate | c | | | {calculation} |
"""


@pytest.mark.parametrize(
    ("label", "relevant", "calculation", "expected"),
    [
        ("T", "${g} != ''", "", [("error", 10, "relevant")]),
        ("T", "${r} > 2", "", [("error", 10, "relevant")]),
        ("T", "${n} = 'OK'", "", [("error", 10, "relevant")]),
        ("T", "", "sum(${r})", [("error", 11, "calculation")]),
        ("T", "", "join(', ', ${r})", [("error", 11, "calculation")]),
        ("T", "", "string-length(${g})", [("error", 11, "calculation")]),
        ("About ${g}", "", "", [("warning", 10, "label")]),
        ("About ${shown}", "${shown} > 1", "count(${r})", []),
        ("T", "", "${r}[1]/b + ${g}/a", []),
        ("T", "", "indexed-repeat(${b}, ${r}, 1)", []),
    ],
)
def test_it_is_always_empty(found: Found, label: str, relevant: str, calculation: str, expected: list[object]) -> None:
    """Where a set of nodes is wanted, or a step leads on, it is right."""
    form = SURVEY.format(label=label, relevant=relevant, calculation=calculation)
    assert found("group-as-value", form) == expected


def test_as_a_trigger_it_never_changes(found: Found) -> None:
    """Nobody answers a group or a note."""
    form = """
| survey |
| | type | name | label | trigger | calculation |
| | begin group | g | G | | |
| | integer | a | A | | |
| | end group | | | | |
| | note | n | N | | |
| | calculate | x | | ${g} | 1 |
| | calculate | y | | ${n} | 1 |
| | calculate | z | | ${a} | 1 |
"""
    assert found("group-as-value", form) == [("error", 6, "trigger"), ("error", 7, "trigger")]

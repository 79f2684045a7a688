"""A reference in quotes."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | relevant | constraint | calculation | choice_filter |
| | select_one r | region | R | | | | |
| | {kind} | b | B | {relevant} | {constraint} | {calculation} | {filter} |
| choices |
| | list_name | name | label | r |
| | r | n | North | |
| | d | d1 | D1 | n |
"""


def form_with(kind: str = "text", **cells: str) -> str:
    """A form whose second question has these cells."""
    return SURVEY.format(kind=kind, **{name: cells.get(name, "") for name in ("relevant", "constraint", "calculation", "filter")})


@pytest.mark.parametrize(
    ("column", "form"),
    [
        ("choice_filter", form_with("select_one d", filter="r='${region}'")),
        ("relevant", form_with(relevant="'${region}' = 'n'")),
        ("relevant", form_with(relevant="selected('${region}', 'n')")),
        ("relevant", form_with(relevant='"${region}" != "" and 1 = 1')),
        ("constraint", form_with(constraint=". = '${region}'")),
        ("calculation", form_with("calculate", calculation="concat('in ${region}', '!')")),
        ("calculation", form_with("calculate", calculation="pulldata('f', 'a', 'b', '${region}')")),
    ],
)
def test_at_its_cell_whatever_the_column(found: Found, column: str, form: str) -> None:
    """And nothing else says something wrong of it."""
    assert found("quoted-reference", form) == [("error", 3, column)]
    assert found("value-not-in-list", form) == []


def test_the_name_of_a_choice_wants_quotes(found: Found) -> None:
    """The second argument of jr:choice-name()."""
    assert found("quoted-reference", form_with("calculate", calculation="jr:choice-name(${region}, '${region}')")) == []

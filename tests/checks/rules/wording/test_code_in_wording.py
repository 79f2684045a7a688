"""A label or hint that shows the code of a choice instead of its label."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_code_is_shown(found: Found) -> None:
    """In labels and hints; a calculation may hold the label, and a code that reads like its label may be shown."""
    form = """
| survey |
| | type | name | label | hint | calculation |
| | select_one town | t | Town | | |
| | select_one yn | sure | Sure? | | |
| | calculate | c | | | jr:choice-name(${t}, '${t}') |
| | note | n | You live in ${t} | | |
| | note | m | You live in ${c}: ${sure} | Not ${t} | |
| choices |
| | list_name | name | label |
| | town | 17 | East |
| | yn | yes | Yes |
"""
    assert found("code-in-wording", form) == [("note", 5, "label"), ("note", 6, "hint")]

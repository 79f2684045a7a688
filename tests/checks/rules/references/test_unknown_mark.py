"""A `liuwen: ignore=` that names no rule."""

from collections.abc import Callable

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]
FORM = """
| survey |
| | type | name | label | notes |
| | text | a | A | asked by the county. # liuwen: ignore={mark} |
"""


def test_a_slip_and_a_rule_that_never_was(found: Found, words: Words) -> None:
    """Each is reported at the note's cell."""
    assert found("unknown-mark", FORM.format(mark="missing-labl, whatever")) == [("warning", 2, "notes")] * 2
    slip = words("unknown-mark", FORM.format(mark="missing-labl"))[0]
    assert 0 < slip.index("missing-labl") < slip.index("missing-label")


def test_rules_all_and_the_other_tools(found: Found) -> None:
    """What a mark may name."""
    assert found("unknown-mark", FORM.format(mark="missing-label, pyxform, javarosa, all")) == []


def test_a_column_for_notes_is_not_unknown(found: Found) -> None:
    """The column holds the marks."""
    assert found("unknown-column", FORM.format(mark="all")) == []

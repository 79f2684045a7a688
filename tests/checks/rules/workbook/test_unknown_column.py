"""A column that XLSForm does not know: misspelt, or never read."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_misspelt_column_is_not_read(found: Found) -> None:
    """A misspelt column is not read."""
    form = """
| survey |
| | type | name | label | relevent |
| | text | a | A | 1 = 1 |
"""
    assert found("unknown-column", form) == [("error", 1, "relevent")]


def test_the_language_of_a_misspelt_column_is_kept(found: Found) -> None:
    """The language of a misspelt column is kept."""
    form = """
| survey |
| | type | name | labell::English (en) |
| | text | a | A |
"""
    assert found("unknown-column", form) == [("error", 1, "labell::English (en)")]


def test_a_column_of_the_author_s_own_is_noted(found: Found) -> None:
    """A column of the author's own is noted."""
    form = """
| survey |
| | type | name | label | owner |
| | text | a | A | Li |
"""
    assert found("unknown-column", form) == [("note", 1, "owner")]


def test_remarks_bindings_and_the_columns_of_filters_are_known(found: Found) -> None:
    """Remarks, bindings and the columns of filters are known."""
    form = """
| survey |
| | type | name | label | note | bind::odk:x | choice_filter |
| | select_one l | a | A | ask twice | 1 | town = 'x' |
| choices |
| | list_name | name | label | town |
| | l | a | A | x |
"""
    assert found("unknown-column", form) == []


def test_the_language_as_other_tools_write_it(words: Callable[..., list[str]]) -> None:
    """Without two colons the column is not read."""
    form = """
| survey |
| | type | name | label | label_fr | hint (fr) |
| | text | a | A | B | C |
"""
    assert [said.partition("did you mean ")[2][:10] for said in words("unknown-column", form)] == ["“label::fr", "“hint::fr”"]


def test_a_remark_with_the_name_of_a_column_is_only_noted(found: Found) -> None:
    """Old wordings, internal hints and numbers of pictures are in no language."""
    form = """
| survey |
| | type | name | label | label_old | hint_internal | image_id | label_French |
| | text | a | A | B | C | D | E |
"""
    assert found("unknown-column", form) == [
        ("note", 1, "label_old"), ("note", 1, "hint_internal"), ("note", 1, "image_id"), ("error", 1, "label_French"),
    ]  # fmt: skip

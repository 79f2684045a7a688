"""A file that the form needs and that is not beside it."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_missing_list_lookup_and_picture_are_each_reported_once(found: Found) -> None:
    """A list, a lookup and a picture, each said once."""
    form = """
| survey |
| | type | name | label | image | calculation |
| | select_one_from_file villages.csv | v | V | | |
| | calculate | c | | | pulldata('prices', 'p', 'k', '1') |
| | note | n | N | map.png | |
| | note | m | M | map.png | |
"""
    assert found("missing-file", form) == [("warning", 2, "type"), ("warning", 3, "calculation"), ("warning", 4, "image")]


def test_beside_the_form(found: Found) -> None:
    """Beside the form."""
    form = """
| survey |
| | type | name | label |
| | select_one_from_file villages.csv | v | V |
"""
    assert found("missing-file", form, {"villages.csv": b"name,label\n1,A\n"}) == []

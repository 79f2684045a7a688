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


def test_a_file_that_search_reads_is_needed_too(found: Found) -> None:
    """As is the file of external lists."""
    form = """
| survey |
| | type | name | label | appearance | choice_filter |
| | select_one c | v | V | minimal search('villages') | |
| | select_one_external w | w | W | | a = 1 |
| choices |
| | list_name | name | label |
| | c | name | label |
"""
    assert found("missing-file", form) == [("warning", 3, "type"), ("warning", 2, "appearance")]
    assert found("missing-file", form, {"villages.csv": b"name,label\n", "itemsets.csv": b"list_name,name,label\n"}) == []


def test_beside_the_form(found: Found) -> None:
    """Beside the form."""
    form = """
| survey |
| | type | name | label |
| | select_one_from_file villages.csv | v | V |
"""
    assert found("missing-file", form, {"villages.csv": b"name,label\n1,A\n"}) == []

"""JSON records as the rows of sheets linked by index, and exports that spread repeats over columns."""

import pytest

from liuwen.responses.from_exports.records import grids_of_records
from liuwen.responses.from_exports.wide import is_wide, unfolded


def test_groups_are_paths_and_repeats_are_sheets_that_say_whose_they_are() -> None:
    """A row has its index, and its parent's; what a record lacks is blank."""
    grids = grids_of_records(
        [
            {
                "village": "湖滨",
                "g": {"a": 1, "deep": {"b": None}},
                "child": [{"name": "甲", "ill": [{"of": "x"}]}, {"name": "乙"}],
            },
            {"village": "城关", "g/child": [], "child": [{"name": "丙", "ill": [{"of": "y"}, {"of": "z"}]}]},
        ]
    )
    assert grids == {
        "": [
            ["village", "g/a", "g/deep/b", "_index", "g/child"],
            ["湖滨", 1, None, 1, None],
            ["城关", None, None, 2, None],
        ],
        "child": [
            ["name", "_parent_index", "_parent_table_name", "_index"],
            ["甲", 1, "", 1],
            ["乙", 1, "", 2],
            ["丙", 2, "", 3],
        ],
        "ill": [
            ["of", "_parent_index", "_parent_table_name", "_index"],
            ["x", 1, "child", 1],
            ["y", 3, "child", 2],
            ["z", 3, "child", 3],
        ],
    }


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ({"type": "Point", "coordinates": [120.25, 30.5]}, "30.5 120.25"),
        ({"type": "Point", "coordinates": [120.25, 30.5, 4]}, "30.5 120.25 4"),
        ({"type": "Point", "coordinates": [120.25, 30.5, 4], "properties": {"accuracy": 9}}, "30.5 120.25 4 9"),
        ({"type": "Point", "coordinates": [120.25, 30.5], "properties": {"accuracy": 9}}, "30.5 120.25 0 9"),
        ({"type": "Point", "coordinates": [120.25, 30.5], "properties": None}, "30.5 120.25"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}, "2 1;4 3 5"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}, "2 1;4 3;2 1"),
    ],
)
def test_a_shape_is_written_as_a_phone_writes_it(shape: dict, text: str) -> None:
    """Latitude first, points parted by semicolons."""
    assert grids_of_records([{"place": shape}])[""] == [["place", "_index"], [text, 1]]


def test_server_metadata_stays_in_its_cell() -> None:
    """Lists of its own as JSON, links to other tables left out."""
    grids = grids_of_records(
        [
            {
                "_attachments": [{"id": 1}],
                "_tags": [],
                "_validation_status": {"uid": "ok"},
                "codes": ["村", 2],
                "child@odata.navigationLink": "Submissions('1')/child",
            }
        ]
    )
    assert grids == {
        "": [
            ["_attachments", "_tags", "_validation_status", "codes", "_index"],
            ['[{"id": 1}]', None, '{"uid": "ok"}', '["村", 2]', 1],
        ]
    }


def test_no_records_are_an_empty_sheet() -> None:
    """Of submissions, which there would be."""
    assert grids_of_records([]) == {"": [[]]}


@pytest.mark.parametrize(
    ("header", "wide"),
    [
        (["child[1]/name"], True),
        (["a", "g/child[12]"], True),
        (["child[]"], False),
        (["child[x]"], False),
        (["q [12345]"], False),
        ([], False),
    ],
)
def test_a_header_that_counts_instances_is_wide(header: list[str], wide: bool) -> None:
    """With a number of up to four digits."""
    assert is_wide(header) is wide


def test_repeats_inside_repeats_are_unfolded_too() -> None:
    """An instance without any answer is left out, and so is "n/a"; the following ones keep their order."""
    header = ["town", "c[1]/name", "c[1]/ill[1]/of", "c[1]/ill[2]/of", "c[2]/name", "c[3]/name", "c[3]/ill[1]/of"]
    sheets = unfolded(header, [["湖滨", "甲", "x", "y", "n/a", "", "z"], ["城关", *[None] * 6]])
    assert sheets[""] == [["town", "_index"], ["湖滨", 1], ["城关", 2]]
    assert sheets["c"] == [["c/name", "_parent_index", "_parent_table_name", "_index"], ["甲", 1, "", 1], [None, 1, "", 2]]
    assert [row[:2] for row in sheets["c/ill"][1:]] == [["x", 1], ["y", 1], ["z", 2]]

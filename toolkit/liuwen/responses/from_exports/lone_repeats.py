"""The rows of a repeat without their submissions: Central's feed of one repeat, a sheet that was saved alone."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.grid import Grid, grid_of_columns
from liuwen.responses.from_exports.headers import Meaning
from liuwen.responses.from_exports.server_headers import System

_OF_PARENT: Mapping[System, str] = MappingProxyType(
    {"parent_key": "KEY", "submission_uuid": "_uuid", "submission_number": "_id", "parent_index": "_index"}
)
"""What a repeat's row says of its submission → what that would say of itself."""


def submissions_of(grid: Grid, meanings: Sequence[Meaning | None]) -> Grid:
    """The submissions that the rows of a repeat name, a row each, without any answer."""
    links = {means.system: number for number, means in enumerate(meanings) if means and means.system}
    link = next((link for link in _OF_PARENT if link in links), None)
    if link is None:
        return grid_of_columns("", [], [])
    said = (text_of(cell).strip() for cell in grid.columns[links[link]])
    whose = dict.fromkeys(text.partition("/")[0] if link == "parent_key" else text for text in said)
    return grid_of_columns("", [_OF_PARENT[link]], [[text for text in whose if text]])

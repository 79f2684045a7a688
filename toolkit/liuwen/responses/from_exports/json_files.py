"""JSON of answers: pages of Central's OData or of KoboToolbox's and Ona's API, lists of records, one record, or one a line."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from liuwen.errors import ReadError
from liuwen.messages import Sentence
from liuwen.responses.from_exports.records import LINK, NESTED

_NOT_JSON = Sentence(
    zh="{name} 不是完整的 JSON：{detail}",
    en="{name} is not complete JSON: {detail}",
)
_NO_RECORDS = Sentence(
    zh="{name} 的 JSON 中没有答卷列表。",
    en="The JSON in {name} contains no list of submissions.",
)
_LISTS = ("value", "results", "data", "submissions")

Record = dict[str, Any]


def records_of_json(name: str, text: str, *, alone: bool = True) -> list[Record]:
    """The records; raises `ReadError` if there are none or the JSON is truncated.

    Args:
        name: What the file is called, for the refusal.
        text: Its content.
        alone: Whether a single object without a list must not be taken for a record, as in a file that stands for a whole export.
    """
    told = _parsed(name, text)
    if isinstance(told, dict):
        listed = next((told[key] for key in _LISTS if isinstance(told.get(key), list)), None)
        is_record = not alone or any(key in told for key in ("_uuid", "__id", "_id", "meta/instanceID", "instanceID"))
        told = [told] if listed is None and is_record else listed
    if not isinstance(told, list) or not all(isinstance(record, dict) for record in told):
        raise ReadError(_NO_RECORDS.filled(name=name))
    return told


def unexpanded(records: Sequence[Record]) -> tuple[str, ...]:
    """The repeats that Central's OData only links to: it was asked without `$expand=*`.

    >>> unexpanded([{"__id": "1", "member@odata.navigationLink": "Submissions('1')/member"}])
    ('member',)
    """
    shapes: _Shapes = {}
    return tuple(dict.fromkeys(name for record in records for name in _links(record, "", shapes)))


_Shapes = dict[tuple[str, ...], tuple[str, ...]]
"""The keys of a record → the repeats that it links to and does not hold."""


def _links(record: Record, prefix: str, shapes: _Shapes) -> Iterator[str]:
    keys = tuple(record)
    if keys not in shapes:
        linked = (key.removesuffix(LINK) for key in keys if key.endswith(LINK))
        shapes[keys] = tuple(name for name in linked if name not in record)
    for name in shapes[keys]:
        yield prefix + name
    for key, value in [item for item in record.items() if type(item[1]) in NESTED]:
        if isinstance(value, dict):
            yield from _links(value, f"{prefix}{key}/", shapes)
        elif not key.startswith("_"):
            for item in value:
                if isinstance(item, dict):
                    yield from _links(item, f"{prefix}{key}/", shapes)


def _parsed(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines):
            return [_line(name, line) for line in lines]
        raise ReadError(_NOT_JSON.filled(name=name, detail=fault)) from fault


def _line(name: str, line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise ReadError(_NOT_JSON.filled(name=name, detail=fault)) from fault

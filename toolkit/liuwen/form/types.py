"""What a type cell means: the standard type, the choice list it names, whether it opens or closes something."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

SELECTS = frozenset({"select_one", "select_multiple", "rank"})
"""Types whose answers come from a choice list."""

METADATA = frozenset(
    {"start", "end", "today", "deviceid", "username", "phonenumber", "email", "simserial", "subscriberid", "audit",
     "start-geopoint", "background-audio"}
)  # fmt: skip
"""Types that the device answers by itself."""

MEDIA = frozenset({"image", "audio", "video", "file", "background-audio", "audit"})
"""Types whose answer is the name of an attachment."""

GEO = frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint"})

UNASKED = METADATA | {"calculate", "hidden", "csv-external", "xml-external"}
"""Types that are never shown to the person who fills the form."""

TYPES = (
    SELECTS
    | MEDIA
    | GEO
    | UNASKED
    | {
        "text",
        "integer",
        "decimal",
        "range",
        "date",
        "time",
        "dateTime",
        "note",
        "acknowledge",
        "barcode",
        "select_one_external",
        "osm",
    }
)
"""Every question type of the XLSForm reference, by its standard name."""

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "string": "text",
        "int": "integer",
        "datetime": "dateTime",
        "date and time": "dateTime",
        "photo": "image",
        "trigger": "acknowledge",
        "location": "geopoint",
        "gps": "geopoint",
        "start time": "start",
        "end time": "end",
        "device id": "deviceid",
        "imei": "deviceid",
        "phone number": "phonenumber",
        "get phone number": "phonenumber",
        "get device id": "deviceid",
        "get start time": "start",
        "get end time": "end",
        "get today": "today",
        "add note prompt": "note",
        "add text prompt": "text",
        "add integer prompt": "integer",
        "add decimal prompt": "decimal",
        "add date prompt": "date",
        "add date time prompt": "dateTime",
        "add time prompt": "time",
        "add location prompt": "geopoint",
        "add image prompt": "image",
        "add photo prompt": "image",
        "add audio prompt": "audio",
        "add video prompt": "video",
        "add file prompt": "file",
        "add barcode prompt": "barcode",
        "add acknowledge prompt": "acknowledge",
        "q string": "text",
        "q integer": "integer",
        "q decimal": "decimal",
        "q date": "date",
        "q geopoint": "geopoint",
        "q note": "note",
    }
)
_SELECT = re.compile(
    r"^(?P<verb>add select one prompt using|add select multiple prompt using|select all that apply from|select one from"
    r"|select_one_from_file|select_multiple_from_file|select one from file|select multiple from file|select_one_external"
    r"|select_one|select_multiple|select one|select all that apply|select1|rank)\s+(?P<list>\S+)"
    r"(\s+(?P<other>or specify other|or_other|or other))?$",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"^(?P<edge>begin|end)[\s_]+(?P<kind>group|lgroup|repeat|loop|looped group)(\s+(over\s+)?(?P<list>\S+))?$",
    re.IGNORECASE,
)


class TypeCell(NamedTuple):
    """What stands in a type cell: the standard `type` ("begin group", "end repeat" for brackets), and what follows it."""

    type: str
    list_name: str | None = None
    or_other: bool = False
    from_file: bool = False


@lru_cache(maxsize=8192)
def read_type(cell: str) -> TypeCell:
    """What a type cell means; an unknown type means itself.

    >>> read_type("select_multiple needs or_other")
    TypeCell(type='select_multiple', list_name='needs', or_other=True, from_file=False)
    >>> read_type("begin_repeat").type
    'begin repeat'
    """
    text = " ".join(cell.replace("\u00a0", " ").split())
    if bracket := _BRACKET.match(text):
        kind = "repeat" if bracket["kind"].lower() in {"repeat", "lgroup", "looped group"} else bracket["kind"].lower()
        return TypeCell(f"{bracket['edge'].lower()} {kind}", bracket["list"])
    if select := _SELECT.match(text):
        verb = select["verb"].lower()
        return TypeCell(_select_type(verb), select["list"], bool(select["other"]), "file" in verb)
    lowered = text.lower()
    standard = {name.lower(): name for name in TYPES}.get(lowered)
    return TypeCell(standard or _SPELLINGS.get(lowered, text))


def _select_type(verb: str) -> str:
    if verb in {"rank", "select_one_external"}:
        return verb
    return "select_multiple" if "multiple" in verb or "all" in verb else "select_one"

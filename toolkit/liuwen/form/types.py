"""The meaning of a type cell: the standard type, its choice list, and whether it opens or closes a group or repeat."""

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
"""Types that the device fills in."""

MEDIA = frozenset({"image", "audio", "video", "file", "background-audio", "audit"})
"""Types whose answer is the name of an attachment."""

GEO = frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint"})

POINTING = (METADATA - {"today"}) | MEDIA | GEO | {"osm"}
"""Types that may identify a person, a place or a moment; an anonymous form must not have them (a date is allowed)."""

UNASKED = METADATA | {"calculate", "hidden", "csv-external", "xml-external", "background-geopoint"}
"""Types that are never shown to the person who fills in the form."""

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
"""Every question type of the XLSForm reference, by standard name."""

# Older spellings and their standard names (pyxform's question_type_dictionary).
_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "string": "text",
        "int": "integer",
        "percentage": "integer",
        "number of days in last month": "integer",
        "number of days in last six months": "integer",
        "number of days in last year": "integer",
        "phone number": "text",
        "date time": "dateTime",
        "date and time": "dateTime",
        "photo": "image",
        "picture": "image",
        "trigger": "acknowledge",
        "location": "geopoint",
        "gps": "geopoint",
        "start time": "start",
        "end time": "end",
        "device id": "deviceid",
        "imei": "deviceid",
        "sim id": "simserial",
        "subscriber id": "subscriberid",
        "get phone number": "phonenumber",
    }
)
_OLD_FRAME = re.compile(r"^(?:q (?P<q>.+)|get (?P<get>.+)|uri:(?P<uri>.+)|add (?P<add>.+) prompt)$")
_SELECT = re.compile(
    r"^(?P<verb>add select one prompt using|add select multiple prompt using|select all that apply from|select one from"
    r"|select_one_from_file|select_multiple_from_file|select one from file|select multiple from file|select_one_external"
    r"|select_one|select_multiple|select one|select all that apply|select1|rank)\s+(?P<list>\S+)"
    r"(\s+(?P<other>or specify other|or_other|or other))?$",
    re.IGNORECASE,
)
_OSM = re.compile(r"^osm\s+\S+$", re.IGNORECASE)
_BRACKET = re.compile(
    r"^(?P<edge>begin|end)[\s_]+(?P<kind>group|lgroup|repeat|loop|looped group)(\s+(over\s+)?(?P<list>\S+))?$",
    re.IGNORECASE,
)


class TypeCell(NamedTuple):
    """A parsed type cell: the standard `type` ("begin group", "end repeat" for markers) and its parts."""

    type: str
    list_name: str | None = None
    or_other: bool = False
    from_file: bool = False


@lru_cache(maxsize=8192)
def read_type(cell: str) -> TypeCell:
    """Parse a type cell; an unknown type is returned as written.

    >>> read_type("select_multiple needs or_other")
    TypeCell(type='select_multiple', list_name='needs', or_other=True, from_file=False)
    >>> read_type("begin_repeat").type
    'begin repeat'
    """
    text = " ".join(cell.replace("\u00a0", " ").split())
    if bracket := _BRACKET.match(text):
        kind = "repeat" if bracket["kind"].lower() in {"repeat", "lgroup", "looped group"} else bracket["kind"].lower()
        return TypeCell(f"{bracket['edge'].lower()} {kind}", bracket["list"])
    if _OSM.match(text):
        return TypeCell("osm")  # followed by a list of tags, which no phone offers as choices
    if select := _SELECT.match(text):
        verb = select["verb"].lower()
        return TypeCell(_select_type(verb), select["list"], bool(select["other"]), "file" in verb)
    return TypeCell(_standard(text.lower()) or text)


_BY_SPELLING: Mapping[str, str] = MappingProxyType({name.lower(): name for name in TYPES} | dict(_SPELLINGS))


def _standard(lowered: str) -> str | None:
    """The standard name of a type without a list, from any older spelling ("q date", "add date prompt", "get today")."""
    if lowered in _BY_SPELLING:
        return _BY_SPELLING[lowered]
    framed = _OLD_FRAME.match(lowered)
    return _BY_SPELLING.get(framed[framed.lastindex or 0]) if framed else None


def _select_type(verb: str) -> str:
    if verb in {"rank", "select_one_external"}:
        return verb
    return "select_multiple" if "multiple" in verb or "all" in verb else "select_one"

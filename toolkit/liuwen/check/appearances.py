"""Which appearances each question type may have, and which of the three apps make use of it.

C stands for ODK Collect (its source, v2026.3, `Appearances.kt`, and the form question types of docs.getodk.org), W for ODK Web
Forms (the feature matrix of getodk/web-forms, 0.24), E for Enketo, whose letters were not checked against its documentation.
"""

from collections.abc import Mapping
from types import MappingProxyType

APPS: Mapping[str, str] = MappingProxyType({"C": "Collect", "W": "Web Forms", "E": "Enketo"})

_SELECT = (
    "minimal:CWE autocomplete:CWE search:CWE columns:CWE columns-pack:CWE columns-2:CWE columns-3:CWE columns-4:CWE "
    "columns-5:CWE "
    "no-buttons:CWE columns-flex:E compact:CE horizontal:E horizontal-compact:E list-nolabel:CWE label:CWE list:CWE "
    "image-map:CE compact-2:CE compact-3:CE compact-4:CE"
)
_ONE = f"{_SELECT} quick:C quickcompact:C likert:CWE map:CWE"
_NUMBERS = "thousands-sep:CW masked:CW counter:C bearing:C ex:C"
_DATES = "no-calendar:CE month-year:CWE year:CWE ethiopian:C coptic:C islamic:C bikram-sambat:C myanmar:C persian:C buddhist:C"
_GEO = "maps:CWE placement-map:CWE hide-input:E streets:E satellite:E terrain:E"
_BY_TYPE: Mapping[str, str] = {
    "text": "multiline:CWE url:CE numbers:CWE masked:CW thousands-sep:C ex:C printer:C",
    "integer": _NUMBERS,
    "decimal": _NUMBERS,
    "range": "vertical:CE no-ticks:CE rating:CWE picker:C distress:E",
    "date": _DATES,
    "dateTime": _DATES,
    "time": "no-calendar:CE",
    "select_one": _ONE,
    "select_multiple": f"{_SELECT} map:C counter:C",
    "select_one_external": _ONE,
    "rank": "minimal:C",
    "geopoint": _GEO,
    "geotrace": _GEO,
    "geoshape": _GEO,
    "image": "annotate:CE draw:CE signature:CE new:CE new-front:CE selfie:C",
    "audio": "new:CE",
    "video": "new:CE selfie:C new-front:C",
    "file": "ex:C",
    "barcode": "front:C hidden-answer:C",
    "note": "",
    "acknowledge": "",
    "group": "field-list:CWE table-list:CWE compact:E horizontal:E summary:E no-collapse:E ex:C",
    "repeat": "field-list:CWE table-list:CE compact:E no-collapse:E",
}
_ANYWHERE = "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 horizontal-compact hidden hidden-answer dn hide-input".split()
SUPPORT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {kind: dict(entry.split(":") for entry in listed.split()) for kind, listed in _BY_TYPE.items()}
)
"""Question type → appearance → the letters of the apps that make use of it."""


def support(kind: str, appearance: str) -> str | None:
    """The letters of the apps that make use of an appearance on a type; None where none is known to.

    >>> support("select_one", "likert"), support("select_one", "quick"), support("text", "likert")
    ('CWE', 'C', None)
    """
    known = SUPPORT.get(kind)
    if known is None:
        return "CWE"
    if appearance in _ANYWHERE:
        return "E" if appearance.startswith("w") else "CE"
    return known.get(appearance)

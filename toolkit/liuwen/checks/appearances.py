"""Which appearances each question type may have, and which of the three apps make use of it.

C stands for ODK Collect (its source, v2026.3, `Appearances.kt`, and the form question types of docs.getodk.org), W for ODK Web
Forms (the feature matrix of getodk/web-forms, 0.24), E for Enketo (the source of enketo/enketo, August 2026: the selectors and
styles of enketo-core's widgets, and `openrosa2html5form.xsl` and `transformer.ts` of enketo-transformer).
"""

from collections.abc import Mapping
from types import MappingProxyType

APPS: Mapping[str, str] = MappingProxyType({"C": "Collect", "W": "Web Forms", "E": "Enketo"})

_COLUMNS = " ".join(f"columns-{number}:CWE" for number in range(1, 11))
_COMPACT = " ".join(f"compact-{number}:{'CE' if number in {2, 3, 4} else 'C'}" for number in range(1, 11))
_SELECT = (
    f"minimal:CWE autocomplete:CWE search:CWE columns:CWE columns-pack:CWE {_COLUMNS} no-buttons:CWE compact:CE horizontal:E "
    "horizontal-compact:E list-nolabel:CWE label:CWE list:CW image-map:CE "
    f"{_COMPACT}"
)
_ONE = f"{_SELECT} quick:C quickcompact:C likert:CWE map:CW"
_NUMBERS = "thousands-sep:CWE masked:CW counter:C bearing:C ex:C"
_CALENDARS = "no-calendar:C ethiopian:C coptic:C islamic:C bikram-sambat:C myanmar:C persian:C buddhist:C"
_GEO = "maps:CWE placement-map:CWE hide-input:E streets:E satellite:E terrain:E"
_BY_TYPE: Mapping[str, str] = {
    "text": "multiline:CWE url:CE numbers:CWE masked:CW thousands-sep:C ex:C printer:C comment:E",
    "integer": _NUMBERS,
    "decimal": _NUMBERS,
    "range": "vertical:CE no-ticks:CE rating:CWE picker:CE distress:E",
    "date": f"{_CALENDARS} month-year:CWE year:CWE",
    "dateTime": f"{_CALENDARS} month-year:CW year:CW",
    "time": "no-calendar:C",
    "select_one": _ONE,
    "select_multiple": f"{_SELECT} map:C counter:C",
    "select_one_external": _ONE,
    "rank": "minimal:C",
    "geopoint": _GEO,
    "geotrace": _GEO,
    "geoshape": _GEO,
    "image": "annotate:CE draw:CE signature:CE new:CE new-front:CE new-rear:E selfie:C",
    "audio": "new:CE",
    "video": "new:CE selfie:C new-front:CE new-rear:E",
    "file": "ex:C",
    "barcode": "front:C hidden-answer:C",
    "note": "",
    "acknowledge": "",
    "group": "field-list:CWE table-list:CWE compact:E no-collapse:E ex:C",
    "repeat": "field-list:CWE table-list:CE compact:E no-collapse:E minimal:E",
}
OTHER_CLIENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Community Health Toolkit": frozenset(
            "hidden summary db-object select-contact bind-id-only descendant-of-current-contact bikram-sambat-datepicker tel "
            "countdown-timer mrdt-verify display-base64-image android-app-launcher android-app-inputs android-app-outputs "
            "android-app-object h1 h2 h3 h4 h5 blue red yellow green lime underline center li".split()
        ),
    }
)
"""App → words that it alone knows (documentation of the Community Health Toolkit, and the forms of its configurations)."""
_ANYWHERE = frozenset({*(f"w{width}" for width in range(1, 11)), "dn", "no-print", "page-break"})
"""Enketo's own: how wide on its grid, left out of the progress bar, left out of print, on a new printed page."""
SUPPORT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {kind: dict(entry.split(":") for entry in listed.split()) for kind, listed in _BY_TYPE.items()}
)
"""Question type → appearance → the letters of the apps that make use of it."""


def support(kind: str, appearance: str) -> str | None:
    """The letters of the apps that use an appearance on a question type; None if no app is known to use it.

    >>> support("select_one", "likert"), support("select_one", "quick"), support("text", "likert")
    ('CWE', 'C', None)
    """
    known = SUPPORT.get(kind)
    if known is None:
        return "CWE"
    if appearance in _ANYWHERE:
        return "E"
    return known.get(appearance)


def other_client(appearance: str) -> str | None:
    """The app, beside the three, that alone knows an appearance; None if there is no such app.

    >>> other_client("select-contact"), other_client("type-clinic"), other_client("selct-contact")
    ('Community Health Toolkit', 'Community Health Toolkit', None)
    """
    kind = "select-contact" if appearance.startswith("type-") else appearance
    return next((app for app, words in OTHER_CLIENTS.items() if kind in words), None)

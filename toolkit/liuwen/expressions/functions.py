"""The functions that phones support, and how many arguments each takes (ODK XForms specification; tested with JavaRosa 5.1)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Arity(NamedTuple):
    """The minimum and maximum number of arguments; `most` is None if there is no maximum."""

    fewest: int
    most: int | None


_NAMES: tuple[tuple[Arity, str], ...] = (
    (Arity(0, 0), "true false now today pi version random current"),
    (Arity(0, 1), "uuid position string-length normalize-space name local-name namespace-uri number string"),
    (
        Arity(1, 1),
        "not boolean boolean-from-string int date date-time decimal-date-time decimal-time abs acos asin atan cos exp exp10 "
        "log log10 sin sqrt tan count count-selected count-non-empty sum once area enclosed-area floor ceiling property "
        "instance base64-decode intersects jr:itext",
    ),
    (Arity(0, None), "max min concat depend"),
    (Arity(1, None), "distance join"),
    (Arity(1, 2), "round randomize"),
    (
        Arity(2, 2),
        "selected is-selected selected-at contains starts-with ends-with substring-before substring-after regex pow atan2 "
        "coalesce format-date format-date-time jr:choice-name geofence extract-signed",
    ),
    (Arity(2, 3), "digest substr"),
    (Arity(2, None), "checklist weighted-checklist"),
    (Arity(3, 3), "if translate"),
    (Arity(3, None), "indexed-repeat"),
    (Arity(4, 4), "pulldata"),
)
ARITIES: Mapping[str, Arity] = MappingProxyType({name: arity for arity, names in _NAMES for name in names.split()})
"""Function → number of arguments."""

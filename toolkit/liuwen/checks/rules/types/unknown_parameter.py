"""A parameter that the question type does not have."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.parameters import parameters_of
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="{type} 题没有参数“{name}”：可用的是 {known}。",
    en="questions of type {type} have no parameter “{name}”; allowed: {known}.",
)
NONE = Sentence(
    zh="{type} 题没有参数：请清空这一格。",
    en="questions of type {type} have no parameters; clear this cell.",
)
_FILE = "randomize seed value label"
_GEO = "allow-mock-accuracy reference-geometry"
_KNOWN = {
    "range": "start end step tick_interval placeholder tick_labelset",
    "image": "max-pixels app",
    "audio": "quality",
    "background-audio": "quality",
    "select_one": _FILE,
    "select_multiple": _FILE,
    "rank": _FILE,
    "geopoint": f"capture-accuracy warning-accuracy {_GEO}",
    "geotrace": f"incremental {_GEO}",
    "geoshape": f"incremental {_GEO}",
    "audit": "location-priority location-min-interval location-max-age track-changes track-changes-reasons identify-user",
    "text": "rows",
}


def unknown_parameter(facts: Facts) -> Iterator[Fault]:
    """Pyxform refuses the first; here is each."""
    for element in facts.questions:
        known = _KNOWN.get(element.type, "").split()
        for name in parameters_of(element) if known else ():
            if name not in known:
                said = UNKNOWN.filled(type=element.type, name=name, known=", ".join(known))
                yield error(facts.at(element, "parameters"), said)

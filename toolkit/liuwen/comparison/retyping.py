"""The effect of a new question type on existing answers."""

from collections.abc import Mapping
from types import MappingProxyType

from liuwen.comparison.changes import Effect
from liuwen.form.elements import Element
from liuwen.form.types import MEDIA

_WITHOUT_ANSWER = frozenset({"note", "csv-external", "xml-external"})
_AS_WRITTEN = frozenset({"text", "calculate", "hidden"})
"""Types that accept any stored answer."""

_KNOWN: Mapping[tuple[str, str], Effect] = MappingProxyType(
    {
        ("integer", "decimal"): "safe",
        ("integer", "range"): "safe",
        ("range", "decimal"): "safe",
        ("range", "integer"): "loses",
        ("decimal", "integer"): "loses",
        ("select_one", "select_multiple"): "safe",
        ("select_one", "rank"): "mapping",
        ("select_multiple", "select_one"): "loses",
        ("rank", "select_multiple"): "loses",
        ("rank", "select_one"): "loses",
        ("select_one", "select_one_external"): "safe",
        ("select_one_external", "select_one"): "safe",
        ("dateTime", "date"): "loses",
        ("dateTime", "time"): "loses",
        ("geotrace", "geopoint"): "loses",
        ("geoshape", "geopoint"): "loses",
        ("start-geopoint", "geopoint"): "safe",
        ("barcode", "text"): "safe",
        ("text", "barcode"): "safe",
        ("repeat", "group"): "loses",
        ("group", "repeat"): "mapping",
    }
)


def holds_answers(element: Element) -> bool:
    """Whether the element itself stores answers: not a note, and not a group, whose questions are compared one by one."""
    return element.kind == "question" and element.type not in _WITHOUT_ANSWER


def effect_of_retyping(old: Element, new: Element) -> Effect:
    """The effect on answers stored under the older type when the newer type reads them."""
    if old.kind == "question" and not holds_answers(old):
        return "safe"
    if (old.kind == "question") != (new.kind == "question") or (new.kind == "question" and not holds_answers(new)):
        return "loses"
    if new.type in _AS_WRITTEN and old.type not in MEDIA:
        return "safe"
    return _KNOWN.get((old.type, new.type), "mapping")

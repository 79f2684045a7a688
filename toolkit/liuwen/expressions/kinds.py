"""The kinds of value that an expression may return, and how to interpret the stored text of a calculation accordingly."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from liuwen.expressions.numbers import number_of
from liuwen.expressions.tree import COMPARISONS, Binary, Call, Expression, Named, Negative, Number, Path, Text
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar

Kinds = frozenset[type]
ANY: Kinds = frozenset({str, float, bool, datetime})
_NUMBER, _TRUTH, _DAY, _TEXT = (frozenset({kind}) for kind in (float, bool, datetime, str))
_JAVA_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+E-?[0-9]+")
_DAY_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)")
_FUNCTIONS: tuple[tuple[Kinds, str], ...] = (
    (
        _NUMBER,
        "number int round abs sqrt pi pow exp exp10 log log10 sin cos tan asin acos atan atan2 random string-length count "
        "count-non-empty count-selected sum max min decimal-date-time decimal-time position area enclosed-area distance",
    ),
    (
        _TRUTH,
        "true false boolean not boolean-from-string selected is-selected contains starts-with ends-with regex checklist "
        "weighted-checklist geofence",
    ),
    (_DAY, "today now date date-time"),
    (
        _TEXT,
        "string concat join substr substring-before substring-after translate normalize-space selected-at format-date "
        "format-date-time uuid version property digest pulldata jr:choice-name jr:itext base64-decode extract-signed",
    ),
)
FUNCTION_KINDS: Mapping[str, Kinds] = MappingProxyType({name: kinds for kinds, names in _FUNCTIONS for name in names.split()})
"""Function → the kinds of value it may return, apart from blanks."""


def calculated_value(text: str, tree: Expression, kinds_of_answer: Callable[[str], Kinds]) -> Scalar:
    """The value that an untyped calculation had on the phone, from its stored text (IAnswerData.wrapData).

    Raises `UnknownError` if several kinds are possible, and for a moment, whose time zone is unknown.

    >>> from liuwen.expressions import parse
    >>> calculated_value("0", parse("${a} * 2"), lambda name: ANY), calculated_value("0", parse("${a} > 2"), lambda name: ANY)
    (0.0, False)
    """
    kinds = kinds_of(tree, kinds_of_answer)
    if datetime in kinds and _DAY_SHAPE.match(text):
        raise UnknownError
    if not _is_number(text):
        return text
    kinds -= _DAY if text in {"0", "1"} else _DAY | _TRUTH
    if len(kinds) > 1:
        raise UnknownError
    return float(text) if float in kinds else text == "1" if bool in kinds else text


def _is_number(text: str) -> bool:
    return bool(_JAVA_NUMBER.fullmatch(text)) or not ("," in text or math.isnan(number_of(text)))


def kinds_of(tree: Expression, kinds_of_answer: Callable[[str], Kinds]) -> Kinds:  # noqa: PLR0911 - one case per kind
    """The kinds of value that an expression may return; literal texts that are not numbers are ignored."""
    match tree:
        case Number() | Negative():
            return _NUMBER
        case Text(value=value):
            return _TEXT if _is_number(value) else frozenset()
        case Named(name=name, last_saved=False) | Path(origin=Named(name=name, last_saved=False), predicates=(), steps=()):
            return kinds_of_answer(name)
        case Binary(operator=operator):
            return _TRUTH if operator in COMPARISONS | {"and", "or"} else _NUMBER
        case Call(function="if", arguments=(_, *branches)) | Call(function="coalesce" | "once", arguments=(*branches,)):
            return frozenset().union(*(kinds_of(branch, kinds_of_answer) for branch in branches))
        case Call(function=function):
            return FUNCTION_KINDS.get(function, ANY)
        case _:
            return ANY

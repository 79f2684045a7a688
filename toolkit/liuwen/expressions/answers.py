"""The value that a stored answer has in an expression, by the type of its question."""

import math
import re
from datetime import datetime

from liuwen.expressions.dates import moment_of, time_in
from liuwen.expressions.numbers import JAVA_SPACES, whole_in
from liuwen.expressions.unknown import MismatchError
from liuwen.expressions.values import Scalar

_DOUBLE = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?")


def answer_value(text: str, data_type: str) -> Scalar:
    """The value of a stored answer (XFormAnswerDataParser, then XPathPathExpr.unpackValue); blank if it does not fit its type.

    Args:
        text: The answer as the submission holds it; "" for none.
        data_type: "integer", "decimal", "date", "dateTime", "time", "select_multiple", or any other for a text.

    Returns:
        A number, a moment, a time of day, or the text itself; "" for a blank.

    Raises:
        UnknownError: For a moment in a time zone: its local time depends on the phone's.

    >>> answer_value("007", "integer"), answer_value("007", "text"), answer_value("１２", "decimal")
    (7.0, '007', '')
    """
    trimmed = text.strip(JAVA_SPACES)
    if data_type == "integer":
        whole = whole_in(trimmed)
        return "" if whole is None else float(whole)
    if data_type == "decimal":
        return _double(trimmed)
    if data_type == "date":
        return _parsed_moment(trimmed) if "T" not in trimmed else ""
    if data_type == "dateTime":
        return _parsed_moment(trimmed)
    if data_type == "time":
        return _parsed_time(trimmed)
    return " ".join(part for part in text.split(" ") if part) if data_type == "select_multiple" else text


def _double(text: str) -> Scalar:
    if text in {"NaN", "Infinity", "+Infinity", "-Infinity"}:
        return math.nan if text == "NaN" else math.copysign(math.inf, -1.0 if text[0] == "-" else 1.0)
    return float(text.rstrip("dDfF")) if _DOUBLE.fullmatch(text) else ""


def _parsed_moment(text: str) -> Scalar:
    try:
        return moment_of(text)
    except MismatchError:
        return ""


def _parsed_time(text: str) -> Scalar:
    try:
        return (datetime.min + time_in(text)).time()
    except MismatchError:
        return ""

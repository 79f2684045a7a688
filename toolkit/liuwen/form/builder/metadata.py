"""Calculations and metadata that the device fills in."""

from typing import Unpack

from liuwen.form.builder.building import Item
from liuwen.form.builder.items import question_item
from liuwen.form.builder.options import QuestionOptions


def calculate(name: str, calculation: str, /, **settings: Unpack[QuestionOptions]) -> Item:
    """A value computed from the answers.

    Args:
        name: The question's name.
        calculation: An XLSForm expression.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.

    Example:
        >>> calculate("total", "${adults} + ${children}").columns["calculation"]
        '${adults} + ${children}'
    """
    return question_item("calculate", name, {**settings, "calculation": calculation}, worded=False)


def hidden(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A value that is not shown; only its default or an expression sets it.

    Args:
        name: The question's name.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("hidden", name, settings, worded=False)


def metadata(kind: str, name: str = "", **settings: Unpack[QuestionOptions]) -> Item:
    """A value that the device fills in, given by its XLSForm type.

    Args:
        kind: The XLSForm type, such as "phonenumber" or "start-geopoint".
        name: The question's name; by default the type, with underscores.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item(kind, name or kind.replace("-", "_"), settings, worded=False)


def start(name: str = "start") -> Item:
    """The time at which the interview was started.

    Args:
        name: The question's name.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("start", name)


def end(name: str = "end") -> Item:
    """The time at which the interview was last saved.

    Args:
        name: The question's name.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("end", name)


def today(name: str = "today") -> Item:
    """The day on which the interview was started.

    Args:
        name: The question's name.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("today", name)


def deviceid(name: str = "deviceid") -> Item:
    """The ID of the device.

    Args:
        name: The question's name.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("deviceid", name)


def username(name: str = "username") -> Item:
    """The user name that the app is set up with.

    Args:
        name: The question's name.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("username", name)


def audit(name: str = "audit", **settings: Unpack[QuestionOptions]) -> Item:
    """The audit log of the interview: which screen was shown when.

    Args:
        name: The question's name.
        **settings: Other cells of the row; `parameters` can ask for positions and for changed answers.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return metadata("audit", name, **settings)

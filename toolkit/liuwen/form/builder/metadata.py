"""What is not asked: calculations, and what the device fills in by itself."""

from typing import Unpack

from liuwen.form.builder.building import Item
from liuwen.form.builder.items import question_item
from liuwen.form.builder.options import QuestionOptions


def calculate(name: str, calculation: str, /, **given: Unpack[QuestionOptions]) -> Item:
    """A value computed from the answers."""
    return question_item("calculate", name, {**given, "calculation": calculation}, worded=False)


def hidden(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A value that only its default or an expression gives."""
    return question_item("hidden", name, given, worded=False)


def metadata(kind: str, name: str = "", **given: Unpack[QuestionOptions]) -> Item:
    """What the device fills in by itself, by its XLSForm type ("phonenumber", "start-geopoint"); named for its kind."""
    return question_item(kind, name or kind.replace("-", "_"), given, worded=False)


def start(name: str = "start") -> Item:
    """When the interview was begun."""
    return metadata("start", name)


def end(name: str = "end") -> Item:
    """When it was last saved."""
    return metadata("end", name)


def today(name: str = "today") -> Item:
    """The day it was begun."""
    return metadata("today", name)


def deviceid(name: str = "deviceid") -> Item:
    """Which device it was filled in on."""
    return metadata("deviceid", name)


def username(name: str = "username") -> Item:
    """Whom the app was set up for."""
    return metadata("username", name)


def audit(name: str = "audit", **given: Unpack[QuestionOptions]) -> Item:
    """The log of what was done when; `parameters` may ask for places and changes."""
    return metadata("audit", name, **given)

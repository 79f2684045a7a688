"""The types of question, one function each."""

from typing import Unpack

from liuwen.form.builder.building import FileOptions, Item, Options
from liuwen.form.builder.items import question_item, select_item
from liuwen.form.builder.options import QuestionOptions


def text(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered in words."""
    return question_item("text", name, given)


def integer(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered with a whole number."""
    return question_item("integer", name, given)


def decimal(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered with a number."""
    return question_item("decimal", name, given)


def range_(name: str, start: float, end: float, step: float = 1, **given: Unpack[QuestionOptions]) -> Item:
    """A number picked on a slider from `start` to `end`."""
    return question_item("range", name, given, parameters=f"start={start} end={end} step={step}")


def date(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered with a date."""
    return question_item("date", name, given)


def time(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered with a time of day."""
    return question_item("time", name, given)


def datetime(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A question answered with a date and time."""
    return question_item("dateTime", name, given)


def select_one(name: str, options: Options | FileOptions | str, **given: Unpack[QuestionOptions]) -> Item:
    """A question with one answer from a list: an object of `choices` or `from_file`, or the name of one."""
    return select_item("select_one", name, options, given)


def select_multiple(name: str, options: Options | FileOptions | str, **given: Unpack[QuestionOptions]) -> Item:
    """A question with any number of answers from a list."""
    return select_item("select_multiple", name, options, given)


def rank(name: str, options: Options | FileOptions | str, **given: Unpack[QuestionOptions]) -> Item:
    """A question whose answer is the list in the respondent's order."""
    return select_item("rank", name, options, given)


def likert(name: str, options: Options | str, **given: Unpack[QuestionOptions]) -> Item:
    """A select-one drawn as a scale."""
    return select_item("select_one", name, options, {"appearance": "likert", **given})


def geopoint(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A place on the map."""
    return question_item("geopoint", name, given)


def geotrace(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A line on the map."""
    return question_item("geotrace", name, given)


def geoshape(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """An area on the map."""
    return question_item("geoshape", name, given)


def image(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A photo, or a drawing or signature by its appearance."""
    return question_item("image", name, given)


def audio(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A recording of sound."""
    return question_item("audio", name, given)


def video(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A recording of pictures."""
    return question_item("video", name, given)


def file(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """Any file."""
    return question_item("file", name, given)


def barcode(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A bar code or QR code."""
    return question_item("barcode", name, given)


def note(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """Words shown and not answered."""
    return question_item("note", name, given)


def acknowledge(name: str, **given: Unpack[QuestionOptions]) -> Item:
    """A statement to be ticked ("OK")."""
    return question_item("acknowledge", name, given)

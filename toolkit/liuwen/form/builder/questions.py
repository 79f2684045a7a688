"""Question types, one function each."""

from typing import Unpack

from liuwen.form.builder.building import FileOptions, Item, Options
from liuwen.form.builder.items import question_item, select_item
from liuwen.form.builder.options import QuestionOptions


def text(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with text.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.

    Example:
        >>> text("village", zh="在哪个村？", en="Which village?").type
        'text'
    """
    return question_item("text", name, settings)


def integer(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a whole number.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.

    Example:
        >>> integer("age", en="How old are you?", constraint=". >= 0 and . < 120").columns["constraint"]
        '. >= 0 and . < 120'
    """
    return question_item("integer", name, settings)


def decimal(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a number.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("decimal", name, settings)


def range_(name: str, start: float, end: float, step: float = 1, **settings: Unpack[QuestionOptions]) -> Item:
    """A number picked on a slider.

    Args:
        name: The question's name; its answers are stored under it.
        start: The lowest value.
        end: The highest value.
        step: The distance between two values.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("range", name, settings, parameters=f"start={start} end={end} step={step}")


def date(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a date.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("date", name, settings)


def time(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a time of day.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("time", name, settings)


def datetime(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a date and time.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("dateTime", name, settings)


def select_one(name: str, options: Options | FileOptions | str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question with one answer from a list.

    Args:
        name: The question's name; its answers are stored under it.
        options: The choice list: what `choices` or `from_file` returns, or the name of a list given to `build_form`.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.

    Example:
        >>> from liuwen.form.builder import choices
        >>> yes_no = choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
        >>> select_one("paved", yes_no, zh="路硬化了吗？", en="Is the road paved?").options.name
        'yes_no'
    """
    return select_item("select_one", name, options, settings)


def select_multiple(name: str, options: Options | FileOptions | str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question with any number of answers from a list.

    Args:
        name: The question's name; its answers are stored under it.
        options: The choice list: what `choices` or `from_file` returns, or the name of a list given to `build_form`.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return select_item("select_multiple", name, options, settings)


def rank(name: str, options: Options | FileOptions | str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question whose answer is the list in the order the respondent prefers.

    Args:
        name: The question's name; its answers are stored under it.
        options: The choice list: what `choices` or `from_file` returns, or the name of a list given to `build_form`.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return select_item("rank", name, options, settings)


def likert(name: str, options: Options | str, **settings: Unpack[QuestionOptions]) -> Item:
    """A select-one question drawn as a scale.

    Args:
        name: The question's name; its answers are stored under it.
        options: The choice list: what `choices` or `from_file` returns, or the name of a list given to `build_form`.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return select_item("select_one", name, options, {"appearance": "likert", **settings})


def geopoint(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a position on the map.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("geopoint", name, settings)


def geotrace(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a line on the map.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("geotrace", name, settings)


def geoshape(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with an area on the map.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("geoshape", name, settings)


def image(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a photo; its appearance can ask for a drawing or a signature.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("image", name, settings)


def audio(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a sound recording.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("audio", name, settings)


def video(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with a video recording.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("video", name, settings)


def file(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered with any file.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("file", name, settings)


def barcode(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A question answered by scanning a bar code or QR code.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("barcode", name, settings)


def note(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """Text that is shown and needs no answer.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("note", name, settings)


def acknowledge(name: str, **settings: Unpack[QuestionOptions]) -> Item:
    """A statement that the respondent confirms with “OK”.

    Args:
        name: The question's name; its answers are stored under it.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    return question_item("acknowledge", name, settings)

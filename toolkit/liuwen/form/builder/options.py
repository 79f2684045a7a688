"""Optional settings of a question, group or repeat."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from liuwen.form.builder.building import Texts

Cell = str | bool | int | float | dt.date
"""The value of a cell: text or an expression, or a value that is converted to XLSForm's notation."""


class QuestionOptions(TypedDict, total=False):
    """Optional settings of a question, group or repeat."""

    zh: str
    en: str
    label: Texts
    """Further languages, code → text."""
    hint: Texts
    guidance_hint: Texts
    required: bool | str
    required_message: Texts
    relevant: str
    constraint: str
    constraint_message: Texts
    choice_filter: str
    appearance: str
    parameters: str
    calculation: str
    trigger: str
    default: Cell
    read_only: bool | str
    image: str | Texts
    """The file shown with the question, one for all languages or one per language; the same for `audio` and `video`."""
    audio: str | Texts
    video: str | Texts
    save_to: str
    note: str
    """A note for designers; phones do not show it."""
    columns: Mapping[str, str]
    """Other columns of the survey sheet, by header."""

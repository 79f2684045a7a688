"""What may be said of a question, group or repeat besides its name."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from liuwen.form.builder.building import Texts

Cell = str | bool | int | float | dt.date
"""What may be given for a cell: text or an expression, or a value that is written as XLSForm writes it."""


class QuestionOptions(TypedDict, total=False):
    """What may be said of a question, group or repeat besides its name."""

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
    """The file shown with the question, one for all languages or one each; so too `audio` and `video`."""
    audio: str | Texts
    video: str | Texts
    save_to: str
    note: str
    """A remark to the designer; the phone does not show it."""
    columns: Mapping[str, str]
    """Any other column of the survey sheet, as its header is written."""

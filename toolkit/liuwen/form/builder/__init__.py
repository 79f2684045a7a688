"""The builder: write a questionnaire in Python, question by question, in all languages at once.

Conditions and calculations are XLSForm expressions. An invalid form is refused when it is built, with a `FormError` that
names the question.

Example:
    >>> from liuwen.form import builder as b
    >>> yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
    >>> form = b.build_form(
    ...     "roads",
    ...     zh="道路",
    ...     en="Roads",
    ...     version="2026112101",
    ...     items=[
    ...         b.select_one("paved", yes_no, zh="村里的路硬化了吗？", en="Is the village road paved?", required=True),
    ...         b.text("where", zh="哪一段没有硬化？", en="Which stretch is not?", relevant="${paved} = 'no'"),
    ...     ],
    ... )
    >>> form["where"].label("en")
    'Which stretch is not?'
"""

from liuwen.form.builder.building import EntityList, FileOptions, Item, Options
from liuwen.form.builder.forms import build_form
from liuwen.form.builder.groups import group, repeat
from liuwen.form.builder.lists import choices, entity_list, from_file
from liuwen.form.builder.metadata import audit, calculate, deviceid, end, hidden, metadata, start, today, username
from liuwen.form.builder.options import Cell, QuestionOptions
from liuwen.form.builder.questions import (
    acknowledge,
    audio,
    barcode,
    date,
    datetime,
    decimal,
    file,
    geopoint,
    geoshape,
    geotrace,
    image,
    integer,
    likert,
    note,
    range_,
    rank,
    select_multiple,
    select_one,
    text,
    time,
    video,
)

__all__ = [
    "Cell",
    "EntityList",
    "FileOptions",
    "Item",
    "Options",
    "QuestionOptions",
    "acknowledge",
    "audio",
    "audit",
    "barcode",
    "build_form",
    "calculate",
    "choices",
    "date",
    "datetime",
    "decimal",
    "deviceid",
    "end",
    "entity_list",
    "file",
    "from_file",
    "geopoint",
    "geoshape",
    "geotrace",
    "group",
    "hidden",
    "image",
    "integer",
    "likert",
    "metadata",
    "note",
    "range_",
    "rank",
    "repeat",
    "select_multiple",
    "select_one",
    "start",
    "text",
    "time",
    "today",
    "username",
    "video",
]

"""A public promise (公开承诺): what, how it is measured, and by when.

Wording: the project's own. Used for: the list of promises that is published, and what becomes of each.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form.model import Form
from liuwen.questionnaires.field_form import VERSION, field_form, later_day, line, no_names, on_day, registers

if TYPE_CHECKING:
    import pandas as pd


def promise(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A promise of a unit, published with its measure and its day.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> promise().id
        'promise'
    """
    place = registers(villages, people, languages)
    return field_form(
        "promise",
        "公开承诺",
        "A public promise",
        place=place,
        items=[
            line("unit", "哪个单位承诺的？", "Which unit promises?"),
            *place.village,
            line(
                "promise_number",
                "承诺编号",
                "Number of the promise",
                hint={"zh": "报结果时用。", "en": "For reporting its result."},
            ),
            line("words", "承诺什么？", "What is promised?", hint=no_names()),
            line("measured_by", "做到什么算数？", "How will it be measured?"),
            on_day("哪天公布的？", "On which day was it published?", name="published_on"),
            later_day("due", "哪天以前做到？", "By which day?", "published_on"),
        ],
        languages=languages,
        version=version,
        named="concat(${unit}, ' ', ${promise_number})",
    )

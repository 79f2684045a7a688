"""A stay in a village (驻村、三进三同): from when to when, for what, and whether meals were paid.

Wording: the project's own. Used for: days and nights stayed against the days owed, and meals paid (no burden on people).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, on_day, registers

if TYPE_CHECKING:
    import pandas as pd


PURPOSES = b.choices(
    "stay_purpose",
    ("stay", "住村", "Staying in the village"),
    ("study", "调研", "Field study"),
    ("work", "同劳动", "Working alongside villagers"),
)
MEALS = b.choices(
    "meals_paid",
    ("paid", "付了", "Paid"),
    ("canteen", "在食堂吃，自己付", "Ate in the canteen, paid oneself"),
    ("none", "没有在村里吃饭", "Had no meals in the village"),
    ("not_paid", "没有付", "Not paid"),
)


def stay(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Who stayed in which village from when to when, for what, and whether meals were paid.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> stay().id
        'stay'
    """
    place = registers(villages, people, languages)
    until = b.date(
        "to_day",
        zh="到哪天？",
        en="Until which day?",
        required=True,
        default="today()",
        constraint=". >= ${from_day} and . <= today()",
        constraint_message={
            "zh": "不能早于开始那天，也不能晚于今天。",
            "en": "It cannot be before the first day, nor later than today.",
        },
    )
    return field_form(
        "stay",
        "驻村记录",
        "A stay in a village",
        place=place,
        items=[
            place.person("person", PERSON),
            *place.village,
            on_day("从哪天？", "From which day?", name="from_day"),
            until,
            # Web Forms take a text here, and refuse to open the form where they are given the question itself.
            b.calculate(
                "days",
                "if(${from_day} = '' or ${to_day} = '', '', int(decimal-date-time(string(${to_day})) - "
                "decimal-date-time(string(${from_day})) + 0.5) + 1)",
            ),
            one("stay_purpose", PURPOSES, asking="visitor", zh="为什么去？", en="For what?"),
            one("meals_paid", MEALS, asking="visitor", zh="饭钱付了没有？", en="Were meals paid for?"),
            b.text(
                "meals_why",
                zh="为什么没有付？",
                en="Why not?",
                required=True,
                relevant=equals("meals_paid", "not_paid"),
            ),
            b.text(
                "work_done",
                zh="做了什么？",
                en="What was done?",
                required=True,
                appearance="multiline",
                hint={"zh": "写事，不写住户姓名。", "en": "What was done, without names."},
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${person}, ' ', ${from_day})",
    )

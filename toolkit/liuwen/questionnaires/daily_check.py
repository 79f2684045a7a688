"""Daily check (日常考核): whether somebody was at post, noted by whoever looked.

Wording: the project's own. Used for: days at post against days owed; excused days are not counted against anybody.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, field_form, line, no_names, on_day, registers

if TYPE_CHECKING:
    import pandas as pd


AT_POST = b.choices(
    "at_post",
    ("yes", "在岗", "At post"),
    ("in_village", "下村入户，不在办公室", "Out on visits"),
    ("excused", "请假", "On leave"),
    ("no", "不在岗，没有请假", "Absent without leave"),
)


def daily_check(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Whether a person was at their post on a day.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> daily_check().id
        'daily_check'
    """
    place = registers(villages, people, languages)
    return field_form(
        "daily_check",
        "日常考核",
        "Daily check",
        place=place,
        items=[
            place.person("checker", {"zh": "检查人", "en": "Checked by"}),
            place.person("person", {"zh": "查的是哪位？", "en": "Who is checked?"}),
            *place.village,
            on_day(),
            one("at_post", AT_POST, asking="visitor", zh="在不在岗？", en="At post?"),
            line(
                "out_where",
                "去了哪里？",
                "Out where?",
                hint=no_names("写到村，不写户。", "The village, not the household."),
                relevant=equals("at_post", "in_village"),
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${person}, ' ', ${on_day})",
    )

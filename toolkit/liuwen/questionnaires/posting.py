"""A posting to a village (驻村任职): who, where, from when to when, as what.

Wording: the project's own. Used for: who answers for which village on which day, and the days owed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, later_day, line, registers

if TYPE_CHECKING:
    import pandas as pd


CAPACITIES = b.choices(
    "capacity",
    ("first_secretary", "驻村第一书记", "First secretary"),
    ("team", "驻村工作队员", "Member of the posted work team"),
    ("leader", "包村领导", "Leader in charge of the village"),
    ("staff", "包村干部", "Staff in charge of the village"),
    ("other", "其他", "Other"),
)
ENDED = b.choices("ended", ("no", "还在任", "Still in post"), ("yes", "已经结束", "Ended"))


def posting(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Who is posted to which village, from when, as what.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> posting().id
        'posting'
    """
    place = registers(villages, people, languages)
    other = equals("capacity", "other")
    return field_form(
        "posting",
        "驻村任职",
        "A posting",
        place=place,
        items=[
            place.person("person", PERSON),
            *place.village,
            one("capacity", CAPACITIES, asking="visitor", zh="任什么职？", en="In which post?"),
            line("capacity_other", "是什么职务？", "Which post is it?", relevant=other),
            line("unit", "从哪个单位来？", "From which unit?"),
            b.date("from_day", zh="从哪天起？", en="From which day?", required=True),
            one("ended", ENDED, asking="visitor", zh="结束了吗？", en="Has it ended?"),
            later_day("to_day", "到哪天止？", "Until which day?", "from_day", relevant=equals("ended", "yes")),
        ],
        languages=languages,
        version=version,
        named="concat(${person}, ' ', ${village})",
    )

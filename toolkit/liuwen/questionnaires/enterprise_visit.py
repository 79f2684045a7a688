"""A visit to an enterprise or project (一张表心连心): what it raised, and what became of what it raised last time.

Wording: the project's own. Used for: monthly contact of leaders and enterprises; one matter for each row.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.bank import OUTCOMES
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, line, on_day, registers
from liuwen.questionnaires.matters_raised import matter_questions

if TYPE_CHECKING:
    import pandas as pd


MODES = b.choices("contact_mode", ("on_site", "去了现场", "On site"), ("phone", "打电话", "By telephone"))
LAST_TIME = b.choices(
    "last_time", ("none", "上次没有提", "Nothing was raised last time"), ("raised", "提过", "Something was raised")
)


def enterprise_visit(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """What an enterprise or project raised on a visit or by telephone.

    `villages` and `people` are as for `household_interview`.

    >>> enterprise_visit().id
    'enterprise_visit'
    """
    place = registers(villages, people, languages)
    return field_form(
        "enterprise_visit",
        "走访企业、项目",
        "Visit to an enterprise or project",
        place=place,
        items=[
            place.person("person", PERSON),
            line("enterprise", "哪家企业、哪个项目？", "Which enterprise or project?"),
            *place.village,
            on_day(),
            one("contact_mode", MODES, asking="visitor", zh="去了现场还是打电话？", en="On site or by telephone?"),
            one("last_time", LAST_TIME, asking="visitor", zh="上次提过要办的事吗？", en="Was anything raised last time?"),
            one(
                "last_outcome",
                OUTCOMES,
                asking="listen",
                zh="上次提的，办得怎么样了？",
                en="What became of what was raised last time?",
                relevant=equals("last_time", "raised"),
            ),
            b.repeat("matter", zh="这次提的事", en="Matter raised this time", items=matter_questions("on_day")),
        ],
        languages=languages,
        version=version,
        named="concat(${enterprise}, ' ', ${on_day})",
    )

"""Help given within a pair (结对帮扶): what, worth how much, and for which matter.

Wording: the project's own. Used for: what each pair received, and whether the rule of the pair is met. The household stands
as a code.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, on_day, registers, yuan

if TYPE_CHECKING:
    import pandas as pd


KINDS = b.choices(
    "help_kind",
    ("money", "钱", "Money"),
    ("goods", "物资", "Goods"),
    ("project", "项目", "A project"),
    ("schooling", "上学", "Schooling"),
    ("job", "找工作", "A job"),
    ("skill", "技术", "A skill"),
    ("other", "其他", "Other"),
)


def help(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """What an official gave or arranged for a paired household.

    `villages` and `people` are as for `household_interview`.

    >>> help().id
    'help'
    """
    place = registers(villages, people, languages, households=True)
    return field_form(
        "help",
        "结对帮扶",
        "Help given",
        place=place,
        items=[
            place.person("person", PERSON),
            *place.village,
            *place.household,
            on_day(),
            one("help_kind", KINDS, asking="visitor", zh="帮了什么？", en="What kind of help?"),
            b.text("help_kind_other", zh="帮了什么？", en="What was it?", required=True, relevant=equals("help_kind", "other")),
            yuan("amount", "值多少元？", "Worth how many yuan?", hint={"zh": "不花钱的填0。", "en": "0 where it cost nothing."}),
            b.text(
                "for_matter",
                zh="为哪一件事？（事项编号）",
                en="For which matter? (its number)",
                hint={"zh": "没有就不填。", "en": "Leave blank if none."},
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${on_day}, ' ', ${help_kind})",
    )

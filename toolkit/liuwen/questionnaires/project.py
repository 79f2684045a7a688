"""A project in a village (驻村项目): what was agreed, what arrived, and from whom.

Wording: the project's own. Used for: money agreed and money arrived, published by village.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, line, no_names, on_day, registers, yuan

if TYPE_CHECKING:
    import pandas as pd


STATES = b.choices(
    "project_state",
    ("agreed", "说定了", "Agreed"),
    ("under_way", "正在做", "Under way"),
    ("finished", "完工了", "Finished"),
    ("stopped", "停了", "Stopped"),
)


def project(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Where a project stands, and its money.

    `villages` and `people` are as for `household_interview`.

    >>> project().id
    'project'
    """
    place = registers(villages, people, languages)
    return field_form(
        "project",
        "驻村项目",
        "A project in a village",
        place=place,
        items=[
            place.person("person", PERSON),
            *place.village,
            line("project_title", "办什么项目？", "What is the project?", hint=no_names()),
            on_day("哪天的情况？", "As of which day?"),
            one("project_state", STATES, asking="visitor", zh="到了哪一步？", en="Where does it stand?"),
            line(
                "why_stopped", "为什么停了？", "Why was it stopped?", hint=no_names(), relevant=equals("project_state", "stopped")
            ),
            yuan("money_agreed", "说好多少元？", "How many yuan were agreed?"),
            yuan("money_arrived", "到现在到了多少元？", "How many have arrived so far?"),
            line("money_from", "谁出的？（单位）", "Who gives it? (unit)"),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${project_title})",
    )

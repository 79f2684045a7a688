"""A proposal for village works (村民提议): what, where, by how many households, for about how much.

Wording: the project's own. Used for: the list on which residents decide. How many households proposed it is kept, not which.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form.model import Form
from liuwen.questionnaires.field_form import VERSION, count, field_form, line, no_names, on_day, registers, yuan

if TYPE_CHECKING:
    import pandas as pd


def proposal(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """What residents propose for their village.

    `villages` and `people` are as for `household_interview`.

    >>> proposal().id
    'proposal'
    """
    place = registers(villages, people, languages)
    return field_form(
        "proposal",
        "村民提议",
        "A proposal of residents",
        place=place,
        items=[
            *place.village,
            on_day("哪天提的？", "On which day was it proposed?"),
            line("proposal_number", "提议编号", "Number of the proposal"),
            line(
                "proposal_title",
                "想办什么？",
                "What is proposed?",
                hint=no_names("会公布：不写人名。", "It will be published: no names."),
            ),
            line("where_in_village", "在哪里？", "Where?"),
            count(
                "proposed_by",
                "几户提的？",
                "By how many households?",
                least=1,
                hint={"zh": "只记户数，不记是谁。", "en": "The number only, not who."},
            ),
            yuan(
                "about_cost",
                "大约要多少元？",
                "About how many yuan?",
                required=False,
                hint={"zh": "说不清就空着。", "en": "Leave blank if not known."},
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${proposal_title})",
    )

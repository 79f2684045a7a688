"""A decision of residents (民主决定): who decided, how the votes fell, and by the rule whether it is adopted.

Wording: the project's own; the rule is that of the Organic Law of Villagers' Committees: more than half of those entitled, or
two thirds of delegates, must be present, and more than half of those present in favour. Used for: which proposals are carried
out, and published.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import one
from liuwen.questionnaires.field_form import VERSION, count, field_form, line, on_day, registers

if TYPE_CHECKING:
    import pandas as pd


BODIES = b.choices(
    "decided_by",
    ("assembly", "村民会议", "Villagers' assembly"),
    ("delegates", "村民代表会议", "The meeting of villagers' delegates"),
)


def decision(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """The votes on one proposal; the form itself says whether there was a quorum and whether it is adopted.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> decision().id
        'decision'
    """
    place = registers(villages, people, languages)
    share = "if(${decided_by} = 'delegates', 2 div 3, 0.5)"
    needed = f"${{entitled}} * {share}"
    enough = f"if(${{decided_by}} = 'delegates', ${{present_voters}} >= {needed}, ${{present_voters}} > {needed})"
    votes = "${in_favour} + ${against} + ${abstained}"
    return field_form(
        "decision",
        "民主决定",
        "A decision of residents",
        place=place,
        items=[
            *place.village,
            on_day(),
            line("proposal_number", "决定的是哪个提议？（编号）", "Which proposal is decided? (its number)"),
            one("decided_by", BODIES, asking="visitor", zh="谁定的？", en="Who decided?"),
            count("entitled", "应到多少人？", "How many were entitled to come?", least=1, most=20000),
            count("present_voters", "实到多少人？", "How many came?", most=20000),
            count("in_favour", "赞成多少人？", "How many in favour?", most=20000),
            count("against", "反对多少人？", "How many against?", most=20000),
            count("abstained", "弃权多少人？", "How many abstained?", most=20000),
            b.note(
                "votes_differ",
                zh="票数加起来和实到人数不一样，请核对。",
                en="The votes do not add up to those who came; please check.",
                relevant=f"({votes}) != ${{present_voters}}",
            ),
            b.calculate("quorum_met", f"if({enough}, 'yes', 'no')"),
            b.calculate("adopted", "if(${quorum_met} = 'yes' and ${in_favour} > ${present_voters} * 0.5, 'yes', 'no')"),
            b.note(
                "is_adopted",
                zh="到会人数够，赞成过半：通过。",
                en="Enough came, and more than half are in favour: adopted.",
                relevant="${adopted} = 'yes'",
            ),
            b.note(
                "no_quorum",
                zh="到会人数不够：不能作决定。",
                en="Too few came: nothing can be decided.",
                relevant="${quorum_met} = 'no'",
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${proposal_number})",
    )

"""A meeting (座谈会、恳谈会、民情分析会、村民议事): how many came, what was decided, what was raised. Numbers, never names.

Wording: the project's own; kinds as the public documents name them. Used for: meetings held, decisions of residents, a matter
a row.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, count, field_form, line, no_names, on_day, registers
from liuwen.questionnaires.matters_raised import matter_questions

if TYPE_CHECKING:
    import pandas as pd


KINDS = b.choices(
    "meeting_kind",
    ("forum", "座谈会", "Forum"),
    ("talk", "民情恳谈会", "Heart-to-heart meeting"),
    ("cases", "民情分析会", "Monthly case meeting"),
    ("assembly", "村民会议、村民代表会议", "Villagers' assembly, or meeting of delegates"),
    ("deliberation", "村民议事、院坝会", "Deliberation among neighbours"),
)
RESULT = b.choices(
    "decided",
    ("adopted", "通过", "Adopted"),
    ("rejected", "没通过", "Rejected"),
    ("postponed", "下次再议", "Put off to the next meeting"),
)


def meeting(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A meeting: its kind, how many came, its decisions, and the matters raised.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> meeting().id
        'meeting'
    """
    place = registers(villages, people, languages)
    decision = [
        line("decided_what", "议的是什么？", "What was decided upon?", hint=no_names()),
        count("in_favour", "赞成多少人？", "How many in favour?"),
        count("against", "反对多少人？", "How many against?"),
        count("abstained", "弃权多少人？", "How many abstained?"),
        one("decided", RESULT, asking="visitor", zh="结果怎么样？", en="With what result?"),
    ]
    decides = equals("meeting_kind", "assembly", "deliberation", "cases")
    return field_form(
        "meeting",
        "会议记录",
        "A meeting",
        place=place,
        items=[
            one("meeting_kind", KINDS, asking="visitor", zh="什么会？", en="Which kind of meeting?"),
            *place.village,
            on_day(),
            line("chair", "谁主持？（职务）", "Who chaired it? (post)"),
            count("attended", "来了多少人？", "How many attended?", least=1),
            count("households", "代表多少户？", "How many households were represented?"),
            count("questionnaires_given", "发了多少份问卷？没有填0。", "How many questionnaires were given out? (0 if none)"),
            count("questionnaires_back", "收回多少份？", "How many came back?", relevant="${questionnaires_given} > 0"),
            b.repeat("decision", zh="议定的事", en="Decision", relevant=decides, items=decision),
            b.repeat("matter", zh="会上提的事", en="Matter raised", items=matter_questions("on_day", told=False)),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${on_day}, ' ', ${meeting_kind})",
    )

"""Duty reception (值班接待): who received whom when, by the roster or not, and what was brought.

Wording: the project's own. Used for: rosters kept, leaders going down (大下访), and one matter for each row. Zero callers is a
valid entry.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, count, field_form, on_day, registers
from liuwen.questionnaires.matters_raised import matter_questions

if TYPE_CHECKING:
    import pandas as pd


KEPT = b.choices(
    "rostered",
    ("rostered", "按值班表", "As rostered"),
    ("substitute", "替别人值班", "In place of somebody"),
    ("extra", "自己加的", "Extra, not on the roster"),
)
KINDS = b.choices(
    "reception_kind",
    ("duty", "一线工作日值班", "Duty day"),
    ("secretary", "书记接待日", "Secretary's day"),
    ("going_down", "领导下访", "A leader going to the people"),
    ("extra", "其他时间", "Another time"),
)


def reception(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Who received people, where and when, and the matters they brought.

    `villages` and `people` are as for `household_interview`.

    >>> reception().id
    'reception'
    """
    place = registers(villages, people, languages)
    since = b.time("since", zh="几点开始？", en="From what time?", required=True)
    until = b.time(
        "until",
        zh="几点结束？",
        en="Until what time?",
        required=True,
        constraint="decimal-time(.) > decimal-time(${since})",
        constraint_message={"zh": "结束要晚于开始。", "en": "The end is after the beginning."},
    )
    instead = place.person("instead_of", {"zh": "替谁值班？", "en": "In whose place?"}, relevant=equals("rostered", "substitute"))
    rows = b.repeat("matter", zh="来人提的事", en="Matter brought", relevant="${callers} > 0", items=matter_questions("on_day"))
    return field_form(
        "reception",
        "值班接待",
        "Duty reception",
        place=place,
        items=[
            *place.village,
            on_day(),
            since,
            until,
            place.person("receiver", {"zh": "接待人", "en": "Received by"}),
            one("rostered", KEPT, asking="visitor", zh="按值班表吗？", en="As the roster says?"),
            instead,
            one("reception_kind", KINDS, asking="visitor", zh="哪一种接待？", en="Which kind of reception?"),
            count("callers", "来了多少人？（人次）没有人来填0。", "How many people came? (0 if nobody)", most=500),
            rows,
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${on_day}, ' ', ${receiver})",
    )

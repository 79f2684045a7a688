"""A matter (事项) raised outside an interview: on the road, at the desk, by telephone, at a reception.

Wording: the project's own; the four classes and "settled, by a date, explained" are those of the ledger (工作台账). Used for: the
server makes a matter of it; title, class and deadline stand on the board, words and household are seen by those who handle
it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, field_form, on_day, registers
from liuwen.questionnaires.household_interview.closing import phone
from liuwen.questionnaires.matters_raised import matter_questions

if TYPE_CHECKING:
    import pandas as pd

CHANNEL = b.choices(
    "channel",
    ("visit", "入户走访", "Home visit"),
    ("reception", "值班接待", "Duty reception"),
    ("letter", "来信、信箱、网上", "Letter, letter box or online"),
    ("phone", "电话", "Telephone"),
    ("meeting", "座谈会、恳谈会", "Meeting"),
    ("hotline", "12345转来", "Passed on by 12345"),
)
RAISED_BY = b.choices(
    "raised_by",
    ("household", "一户提的", "A household"),
    ("several", "几户一起提的", "Several households"),
    ("anonymous", "不愿留名", "Someone who prefers no name"),
    ("official", "干部自己看到的", "Seen by an official"),
)


def matter(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A matter, in the words of whoever raised it; conduct of officials shows where to turn, and nothing more is written.

    Args:
        villages: As for `household_interview`; with a column `household`, households are chosen from it.
        people: As for `household_interview`.
        languages: The languages of the form.
        version: The form's version.

    Returns:
        The form.

    >>> form = matter()
    >>> form["matter_title"].cell("relevant")
    "not(${matter_class} = 'conduct')"
    """
    place = registers(villages, people, languages, households=True)
    kind, *rest = matter_questions("on_day")
    written = "not({})".format(equals("matter_class", "conduct"))
    who = b.group("applicant", zh="谁提的", en="Who raised it", relevant=written, items=_applicant(place.household))
    return field_form(
        "matter",
        "事项登记",
        "A matter",
        place=place,
        items=[
            place.visitor,
            *place.village,
            on_day("哪天提的？", "On which day was it raised?"),
            one("channel", CHANNEL, asking="visitor", zh="从哪里来的？", en="Through which channel?"),
            kind,
            who,
            *rest,
            phone(equals("matter_reply", "phone")),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${on_day}, ' ', ${matter_title})",
    )


def _applicant(household: Sequence[Item]) -> list[Item]:
    by = one("raised_by", RAISED_BY, asking="visitor", zh="谁提的？", en="Who raised it?")
    return [by, b.group("applicant_home", zh="住户", en="Household", relevant=equals("raised_by", "household"), items=household)]

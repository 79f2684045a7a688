"""The second visit of a year: the facts that change, the difficulties, the matters, and what became of those raised last time.

Wording: that of the household interview, question by question, so that the two visits compare. Used for: change within a year,
and matters; what is known of the household is shown and only confirmed, so that nobody is asked the same thing twice.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.asking import ASKING, equals, one, several, specify
from liuwen.questionnaires.bank import DONT_KNOW, OTHER, OUTCOMES, REFUSED, WORRIES
from liuwen.questionnaires.household_facts import FACTS_FILE, KNOWN_FACTS, facts_csv
from liuwen.questionnaires.household_interview.closing import closing
from liuwen.questionnaires.household_interview.difficulties import carried_words, needs
from liuwen.questionnaires.household_interview.matters import matters
from liuwen.questionnaires.household_interview.visit import CONSENTED, metadata, opening, purpose
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112702"
"""Raised by hand when a question changes."""

CHANGES = b.choices(
    "changes",
    ("born", "添了孩子", "A child was born"),
    ("died", "有人去世", "Somebody died"),
    ("married", "有人结婚、分家", "A marriage, or a part of the household set up on its own"),
    ("left", "有人外出打工、上学", "Somebody left for work or school"),
    ("returned", "有人回来了", "Somebody came back"),
    ("ill", "有人生了大病", "Somebody fell seriously ill"),
    ("job_lost", "有人没活干了", "Somebody lost their work"),
    ("disaster", "受了灾、出了事故", "A disaster or an accident"),
    ("status", "低保等身份变了", "The status on the register changed"),
    OTHER,
    ("none", "都没有变", "Nothing changed"),
    DONT_KNOW,
    REFUSED,
)
LAST_MATTERS = b.choices(
    "last_matters",
    ("raised", "上次提过要办的事", "Something was raised"),
    ("none", "上次没有提", "Nothing was raised"),
    DONT_KNOW,
)
INCOME_NOW = b.choices(
    "income_now",
    ("much_more", "多了很多", "Much more"),
    ("more", "多了一些", "Somewhat more"),
    ("same", "差不多", "About the same"),
    ("less", "少了一些", "Somewhat less"),
    ("much_less", "少了很多", "Much less"),
    DONT_KNOW,
    REFUSED,
)


def second_visit(
    villages: "pd.DataFrame | None" = None,
    *,
    facts: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    languages: Sequence[str] = ("zh", "en"),
    keep_years: int = 3,
    version: str = VERSION,
) -> Form:
    """A short form for the second visit of a year, filled in beforehand with what the first visit found.

    Args:
        villages: As for `household_interview`.
        facts: A row a household: `household`, and any of `member_count`, `last_visit`, `last_matter`. They travel to
            every phone that has the form, so it holds no other facts. Without it nothing is filled in beforehand.
        people: As for `household_interview`.
        languages: The languages of the form.
        keep_years: As for `household_interview`.
        version: The form's version.

    Returns:
        The form.

    Raises:
        FormError: For a faulty register, or facts without a household or with one twice.

    >>> second_visit()["needs"].label()
    '您家过日子，现在有哪些困难？'
    """
    place = places(villages, languages, people=people)
    said = purpose(("situation", "difficulties", "matters"), FORMS["second_visit"], keep_years)
    media = dict(place.media) | ({FACTS_FILE: facts_csv(facts)} if facts is not None else {})
    asked = b.group(
        "since_last_time",
        zh="上次以后",
        en="Since last time",
        relevant=CONSENTED,
        items=[*(_known() if facts is not None else []), *_changed(filled=facts is not None), *_last_time()],
    )
    wanted = b.group("difficulties", zh="困难问题", en="Difficulties", relevant=CONSENTED, items=[*needs(), *carried_words()])
    return b.build_form(
        "second_visit",
        zh="再次走访（简）",
        en="Second visit (short)",
        version=version,
        languages=languages,
        items=[
            *([b.metadata("csv-external", FACTS_FILE.removesuffix(".csv"))] if facts is not None else []),
            *metadata(),
            *opening(place, said),
            asked,
            wanted,
            matters(difficulties=True),
            *closing(),
        ],
        settings={"instance_name": "concat(${village}, ' ', ${visit_date}, ' ', ${household})"},
        media=media,
    )


def _known() -> list[Item]:
    row = "instance('{}')/root/item[household = ${{household}}]".format(FACTS_FILE.removesuffix(".csv"))
    known = [b.calculate(f"known_{fact}", f"{row}/{fact}") for fact in KNOWN_FACTS]
    shown = b.note(
        "known_facts",
        zh="上次（${known_last_visit}）记的：家里${known_member_count}口人；提过的事：${known_last_matter}。",
        en="Noted last time (${known_last_visit}): ${known_member_count} people; matter raised: ${known_last_matter}.",
        hint=ASKING["visitor"],
        relevant="${known_last_visit} != ''",
    )
    return [*known, shown]


def _changed(*, filled: bool) -> list[Item]:
    before: dict[str, Any] = {"trigger": "${consent}", "calculation": "${known_member_count}"} if filled else {}
    return [
        b.integer(
            "member_count",
            zh="现在，一起过日子、钱放在一起花的有几口人？在外打工、上学的算。",
            en="How many people live from the same purse now? Count those away at work or school.",
            required=True,
            constraint=". >= 1 and . <= 30",
            constraint_message={"zh": "请填1到30之间的人数。", "en": "Give a number from 1 to 30."},
            **before,
        ),
        several(
            "changes",
            CHANGES,
            asking="read",
            zh="上次走访以后，家里有没有下面这些变化？",
            en="Since the last visit, did any of these happen in the household?",
        ),
        specify("changes", "还有什么变化？", "What else changed?"),
        one(
            "income_now",
            INCOME_NOW,
            zh="和去年比，家里挣的钱是多了还是少了？",
            en="Compared with last year, does the household earn more or less?",
        ),
        several(
            "worries",
            WORRIES,
            zh="最近家里过得怎么样？最操心什么？",
            en="How have things been at home lately? What worries you most?",
        ),
        specify("worries", "还操心什么？", "What else worries you?"),
    ]


def _last_time() -> list[Item]:
    return [
        one(
            "last_matters",
            LAST_MATTERS,
            asking="",
            zh="上次走访，您家提过要办的事没有？",
            en="On the last visit, did your household raise anything to be dealt with?",
        ),
        one(
            "last_outcome",
            OUTCOMES,
            asking="listen",
            zh="那件事后来怎么样了？",
            en="What became of it?",
            relevant=equals("last_matters", "raised"),
        ),
    ]

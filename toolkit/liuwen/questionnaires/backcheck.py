"""Back-check (回访核实): another person asks whether a visit took place, how long it was, and whether it was a burden.

Wording: the project's own, after the six noes (六不) of the public documents. Used for: agreement of visits reported and visits
remembered, by unit and with its interval; the visitor is not told. Drawn by the server: 5 per cent of visits, within 14 days.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one, several
from liuwen.questionnaires.bank import AGREE, CAME, DONT_KNOW, REFUSED
from liuwen.questionnaires.field_form import VERSION, field_form, line, on_day, registers
from liuwen.questionnaires.minutes import FORMS

if TYPE_CHECKING:
    import pandas as pd


CONTACT = b.choices(
    "checked_how",
    ("phone", "电话", "By telephone"),
    ("home", "上门", "At the door"),
    ("not_reached", "没有联系上", "Could not be reached"),
)
LONG = b.choices(
    "how_long",
    ("door", "在门口说了几句", "A few words at the door"),
    ("under_10", "不到10分钟", "Under 10 minutes"),
    ("under_30", "10到30分钟", "10 to 30 minutes"),
    ("over_30", "半小时以上", "Over half an hour"),
    DONT_KNOW,
    REFUSED,
)
CARD = b.choices(
    "card_left",
    ("have", "留了，还在", "Yes, and it is here"),
    ("lost", "留了，找不到了", "Yes, but mislaid"),
    ("before", "以前就有", "Had one already"),
    ("no", "没有", "No"),
    DONT_KNOW,
    REFUSED,
)
BURDEN = b.choices(
    "burden",
    ("meal", "在家里吃了饭", "Had a meal here"),
    ("gift", "收了东西", "Accepted something"),
    ("crowd", "来了一大群人", "Came in a crowd"),
    ("signature", "只让签字、拍照", "Only wanted a signature or a photo"),
    ("work", "耽误了干活", "Kept us from work"),
    ("nothing", "都没有", "None of these"),
    DONT_KNOW,
    REFUSED,
)


def backcheck(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """Four questions about one visit, asked by somebody other than the visitor who has not seen the report of the visit.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> backcheck().id
        'backcheck'
    """
    place = registers(villages, people, languages)
    minutes = FORMS["backcheck"]
    said = {
        "zh": f"您好！我们核对一下走访工作，问四句话，大约{minutes}分钟。您的回答不会告诉来走访的人；不想答就不答。",
        "en": f"Good day. We are checking on the visits: four questions, about {minutes} "
        f"minute{'s' * (minutes != 1)}. The visitor will not be told what you say; skip any you like.",
    }
    came = equals("came", "yes")
    asked = [
        one(
            "came",
            CAME,
            asking="",
            zh="最近半个月，有没有干部到您家来走访？",
            en="In the past two weeks, did an official visit your home?",
        ),
        one("how_long", LONG, zh="大概待了多久？", en="About how long did the visit last?", relevant=came),
        one(
            "card_left",
            CARD,
            asking="listen",
            zh="有没有留下一张写着干部姓名、电话的卡？",
            en="Was a card left with an official's name and telephone?",
            relevant=came,
        ),
        several(
            "burden",
            BURDEN,
            asking="read",
            zh="来的时候，有没有下面这些情况？",
            en="When the official came, did any of these happen?",
            relevant=came,
        ),
    ]
    consent = b.select_one("consent", AGREE, zh="您愿意说说吗？", en="Are you willing to answer?", required=True)
    reached = b.group(
        "reached",
        zh="问四句话",
        en="Four questions",
        relevant=equals("checked_how", "phone", "home"),
        items=[
            b.note("purpose", label=said, hint={"zh": "请读出来。", "en": "Read this out."}),
            consent,
            b.group("asked", zh="回访", en="The check", relevant=equals("consent", "yes"), items=asked),
        ],
    )
    return field_form(
        "backcheck",
        "回访核实（四问）",
        "Back-check (four questions)",
        place=place,
        items=[
            place.person("checker", {"zh": "回访人", "en": "Checked by"}),
            line(
                "visit",
                "核实哪一次走访？（编号）",
                "Which visit is checked? (its number)",
                hint={"zh": "抽样单上有。", "en": "It stands on the sample sheet."},
            ),
            on_day(),
            one("checked_how", CONTACT, asking="visitor", zh="怎么联系的？", en="How was the household reached?"),
            reached,
        ],
        languages=languages,
        version=version,
        named="concat(${visit}, ' ', ${on_day})",
    )

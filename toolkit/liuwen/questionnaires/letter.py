"""A letter (书记信箱、网上来信), filled in by whoever writes, by the code on the service card, or entered at the desk.

Wording: the project's own; the kinds follow the secretary's mailbox of the public documents. Used for: one matter a letter,
answered within the days it promises; misconduct goes to the discipline office, which alone reads it where the form is made with
its public key.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.bank import CAN, REFUSED
from liuwen.questionnaires.field_form import VERSION
from liuwen.questionnaires.household_interview.closing import phone
from liuwen.questionnaires.matters_raised import REPLY
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd


ANSWER_DAYS = 7
"""Days within which a letter is answered; a town that promises others passes them."""
KINDS = b.choices(
    "letter_kind",
    ("problem", "要解决的事", "A problem to be solved"),
    ("opinion", "意见", "An opinion"),
    ("proposal", "建议", "A suggestion"),
    ("claim", "自己的诉求", "Something I ask for myself"),
    ("misconduct", "反映干部的问题", "A complaint about an official"),
)
BEFORE = b.choices(
    "told_before",
    ("no", "第一次", "This is the first time"),
    ("village", "跟村里说过", "Told the village"),
    ("town", "跟镇里说过", "Told the town"),
    ("above", "跟县里或12345说过", "Told the county or 12345"),
    REFUSED,
)
HELLO = (
    "您好！有事可以在这里写给镇里，写不写名字都行。一般{days}天内给您回话；不留联系方式的，在村公开栏回复。",
    "Hello. You may write to the town here, with or without your name. You will normally have an answer within {days} days; if "
    "you leave no contact, it is posted on the village board.",
)
WRITTEN_BY_ONESELF = "Whoever writes wants to; nothing of the device is noted. # liuwen: ignore=no-consent,no-start-end"
"""Stands in the note column of the form's settings."""
OPEN = {
    "zh": "这一类交纪检部门办，不上公开栏。管这个信箱的人也看得到；不想让镇里看到，请打卡上的纪检电话。"
    "写清时间、地点、什么事；证据以后再交。",
    "en": "This goes to the discipline office and is never posted. Whoever runs this letter box can read it too; if the town is "
    "not to see it, ring the discipline office at the number on the card. Say when, where, what; evidence can follow.",
}
SECRET = {
    "zh": "这一类只有纪检部门看得到，村里、镇里的干部看不到。写清时间、地点、什么事；证据以后再交。",
    "en": "Only the discipline office sees this; village and town officials do not. Say when, where, what; evidence can follow.",
}


def letter(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    public_key: str = "",
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A letter; it asks for no name and records nothing about the device.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        public_key: The public key of the discipline office, as `lw.new_keys` gives it: letters are then encrypted on the writer's
            device, and the form says that nobody else reads them. Without it, the form says who else can.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> letter().id
        'letter'
    """
    place = places(villages, languages, people=people, households=False, seen=True)
    misconduct = equals("letter_kind", "misconduct")
    return b.build_form(
        "letter",
        zh="写信反映",
        en="Write a letter",
        version=version,
        languages=languages,
        settings={"style": "pages", "note": WRITTEN_BY_ONESELF, **({"public_key": public_key} if public_key else {})},
        items=[
            b.today(),
            b.note("hello", label={"zh": HELLO[0].format(days=ANSWER_DAYS), "en": HELLO[1].format(days=ANSWER_DAYS)}),
            one("letter_kind", KINDS, asking="", zh="您要写的是哪一种？", en="Which kind of letter is it?"),
            b.note("secret", label=SECRET if public_key else OPEN, relevant=misconduct),
            *place.village,
            b.text(
                "words",
                zh="请写下来：什么事、在哪里、想怎么办。",
                en="Please write: what, where, and what you would like.",
                hint={"zh": "请不要写身份证号、银行卡号。", "en": "No identity or bank numbers, please."},
                required=True,
                note="sensitive",
                appearance="multiline",
            ),
            b.image(
                "picture",
                zh="可以拍照：写好的信，或者现场。",
                en="You may take a picture: of a written letter, or of the place.",
                parameters="max-pixels=1600",
            ),
            one("told_before", BEFORE, asking="", zh="这件事以前反映过吗？", en="Have you raised it before?"),
            one("matter_reply", REPLY, asking="", zh="您想怎么收到回话？", en="How would you like to be answered?"),
            phone(equals("matter_reply", "phone")),
            one(
                "matter_publish",
                CAN,
                zh="这件事和回复，可不可以登在公开栏上？不写您的名字。",
                en="May the matter and the answer be posted, without your name?",
                relevant=f"not({misconduct})",
            ),
            b.note("thanks", zh="写好了请点发送。谢谢您！", en="Please press Send now. Thank you!"),
        ],
        media=place.media,
    )

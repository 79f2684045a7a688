"""The questions about one matter (事项), the same in every form that raises matters: the ledger reads them by these names.

No form writes a matter itself: its rows are plain answers, and the server makes a matter of each. A complaint about an
official is never typed by another official beside a household: it goes by the letter form, whose code stands on the service
card.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import ASKING, equals, one
from liuwen.questionnaires.bank import CAN

CLASSES = b.choices(
    "matter_class",
    ("difficulty", "实际困难（这一家自己的难处）", "A practical difficulty: the household's own"),
    ("shortfall", "工作不足（该做没做好的公事）", "A shortfall: a public duty not done, or done badly"),
    ("suggestion", "发展建议", "A suggestion for development"),
    ("conduct", "干部作风（干部待人办事的问题）", "Conduct of officials"),
)
"""The four classes of the monthly ledger (工作台账)."""
SCOPE = b.choices(
    "matter_scope", ("public", "大家的事", "It concerns many"), ("household", "一家的事", "It concerns one household")
)
DISPOSITION = b.choices(
    "matter_disposition",
    ("settled", "当场办了", "Settled on the spot"),
    ("by_date", "限期办、限期回话", "To be done or answered by a date"),
    ("explained", "办不了，已讲清原因", "Cannot be done, and the reason was given"),
)
REPLY = b.choices(
    "reply",
    ("phone", "打电话", "By telephone"),
    ("visit", "上门说", "By a visit"),
    ("board", "看公开栏", "On the village board"),
    ("none", "不用告诉", "No reply wanted"),
)
CONDUCT = {
    "zh": "干部作风的事，这里不写。请把卡上信箱的二维码或纪检电话给对方，由对方自己说；走访人不记、不转。",
    "en": "Conduct of officials is not written down here. Hand over the QR code of the letter box, which is on the card, or the "
    "discipline office's number, so that the person can speak for themselves; the visitor notes and passes on nothing.",
}
WITHOUT_CONDUCT = b.choices(
    "matter_class", *((option.value, dict(option.wordings["label"])) for option in CLASSES.options if option.value != "conduct")
)
"""The classes offered when the matter carries a household's code: all but conduct."""


def matter_questions(on: str, *, conduct: bool = True, told: bool = True, photo: bool = True) -> list[Item]:
    """The class, title and words of a matter, what was decided about it, and how the answer is given.

    Args:
        on: The question that holds the day on which it was raised; a promised date cannot be before it.
        conduct: Whether conduct is among the classes; choosing it shows where to turn, and nothing more is asked.
        told: Whether publication and reply are asked here, matter by matter.
        photo: Whether a photo of the place may be taken.

    Returns:
        The questions, all named `matter_…`; only `matter_class` is asked of a matter of conduct.
    """
    written = f"not({equals('matter_class', 'conduct')})" if conduct else ""
    last = [*(publication(written) if told else []), *([_photo(written)] if photo else [])]
    return [*_kind(conduct), *_words(written), *_decided(on, written), *last]


def _kind(conduct: bool) -> list[Item]:
    classes = CLASSES if conduct else WITHOUT_CONDUCT
    kind = one("matter_class", classes, asking="visitor", zh="属于哪一类？", en="To which class does it belong?")
    elsewhere = b.note("matter_conduct", label=CONDUCT, hint=ASKING["visitor"], relevant=equals("matter_class", "conduct"))
    return [kind, elsewhere] if conduct else [kind]


def _words(written: str) -> list[Item]:
    return [
        b.text(
            "matter_title",
            zh="一句话说是什么事",
            en="The matter in one line",
            required=True,
            hint={
                "zh": f"{ASKING['visitor']['zh']}会公布：不写人名、电话、户号。",
                "en": f"{ASKING['visitor']['en']} It will be published: no names, numbers or household codes.",
            },
            relevant=written,
            constraint="string-length(.) <= 40",
            constraint_message={"zh": "最多40个字。", "en": "40 characters at most."},
        ),
        b.text(
            "matter_text",
            zh="具体是什么事、在哪里、想办成什么样、还缺什么？",
            en="What exactly, where, what is wanted, and what is still missing to get it done?",
            note="sensitive",
            appearance="multiline",
            hint={
                "zh": f"{ASKING['visitor']['zh']}用对方的原话；上面说全了可以不填。",
                "en": f"{ASKING['visitor']['en']} In the person's own words; leave blank where the line says it all.",
            },
            relevant=written,
        ),
        one(
            "matter_scope",
            SCOPE,
            asking="visitor",
            zh="是大家的事，还是一家的事？",
            en="Does it concern many, or one household?",
            relevant=written,
        ),
    ]


def _decided(on: str, written: str) -> list[Item]:
    return [
        one("matter_disposition", DISPOSITION, asking="visitor", zh="怎么处理？", en="How is it dealt with?", relevant=written),
        b.text(
            "matter_settled_how",
            zh="是怎么办的？",
            hint=ASKING["visitor"],
            en="What was done?",
            required=True,
            relevant=equals("matter_disposition", "settled"),
        ),
        b.date(
            "matter_by_date",
            zh="说好哪天以前办？",
            en="By which day is it to be done?",
            required=True,
            hint={
                "zh": f"{ASKING['visitor']['zh']}定了要告诉对方。",
                "en": f"{ASKING['visitor']['en']} Tell the person the day.",
            },
            relevant=equals("matter_disposition", "by_date"),
            constraint=f". >= ${{{on}}}",
            constraint_message={"zh": "期限不能早于提出的那天。", "en": "The day cannot be before the matter was raised."},
        ),
        b.text(
            "matter_explained",
            zh="讲的是什么原因？",
            hint=ASKING["visitor"],
            en="What reason was given?",
            required=True,
            relevant=equals("matter_disposition", "explained"),
        ),
    ]


def publication(written: str) -> list[Item]:
    """Whether the board may show it, and how whoever raised it is told what became of it."""
    return [
        one(
            "matter_publish",
            CAN,
            zh="（问对方）您提的事办到哪一步，可不可以写在村里公开栏上？不写您的名字。",
            en="(Ask) May the progress of what you raised be posted on the village board, without your name?",
            relevant=written,
        ),
        one(
            "matter_reply",
            REPLY,
            zh="办得怎么样，怎么告诉您？",
            en="How shall we tell you what became of it?",
            relevant=written,
        ),
    ]


def _photo(written: str) -> Item:
    return b.image(
        "matter_photo",
        zh="拍一张现场照片",
        en="Take a photo of the place",
        hint={
            "zh": f"{ASKING['visitor']['zh']}可以不拍；不要拍到人脸、证件。",
            "en": f"{ASKING['visitor']['en']} It may be left out; show no faces or papers.",
        },
        parameters="max-pixels=1600",
        relevant=written,
    )

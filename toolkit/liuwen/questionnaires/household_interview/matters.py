"""Matters raised (事项): what the ledger must hold, each in its class, and what was settled on the spot."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import YES_NO, equals, one
from liuwen.questionnaires.household_interview.visit import CONSENTED

CLASSES = b.choices(
    "matter_class",
    ("conduct", "干部作风", "Conduct of officials"),
    ("difficulty", "实际困难", "A practical difficulty"),
    ("shortfall", "工作不足", "A shortfall of work"),
    ("suggestion", "发展建议", "A suggestion for development"),
)
"""The four classes of the monthly ledger (工作台账)."""

TIERS = b.choices("tier", ("village", "村", "The village"), ("town", "镇", "The town"), ("county", "县", "The county"))


def matters() -> Item:
    """One entry a matter; what was settled on the spot is written down too, but does not enter the ledger."""
    return b.group(
        "matters",
        zh="事项登记",
        en="Matters raised",
        relevant=CONSENTED,
        items=[
            b.select_one(
                "matter_raised",
                YES_NO,
                zh="住户是否提出了要办的具体事情？",
                en="Did the household raise any matter to be dealt with?",
                hint={
                    "zh": "由走访人填写；请先和住户核对一遍。",
                    "en": "Filled in by the visitor, after going over it with the household.",
                },
                required=True,
            ),
            b.repeat("matter", zh="事项", en="Matter", relevant=equals("matter_raised", "yes"), items=_matter()),
        ],
    )


def _matter() -> list[Item]:
    return [
        b.text(
            "matter_text",
            zh="是什么事？",
            en="What is the matter?",
            required=True,
            note="sensitive",
            appearance="multiline",
            hint={"zh": "写清楚什么事、在哪里、要办成什么样。", "en": "What, where, and what is wanted."},
        ),
        one("matter_class", CLASSES, zh="属于哪一类？", en="To which class does it belong?"),
        b.select_one("settled", YES_NO, zh="当场是否解决了？", en="Was it settled on the spot?", required=True),
        b.text("settled_how", zh="是怎么解决的？", en="How was it settled?", required=True, relevant=equals("settled", "yes")),
        one(
            "matter_tier",
            TIERS,
            zh="应当由哪一级来办？",
            en="Who should act?",
            relevant=equals("settled", "no"),
            hint={
                "zh": "村里能办的由村里办；办不了的报镇，镇里办不了的报县。",
                "en": "The village where it can; else the town; else the county.",
            },
        ),
        b.select_one(
            "matter_named",
            YES_NO,
            zh="登记时是否可以写明是您家提的？",
            en="May the entry say that your household raised it?",
            required=True,
            hint={"zh": "选“否”，台账上不写户号。", "en": "If no, the ledger does not show the household."},
        ),
        b.image(
            "matter_photo",
            zh="拍一张现场照片",
            en="Take a photo of the place",
            hint={"zh": "可以不拍；不要拍到人脸。", "en": "It may be left out; show no faces."},
            parameters="max-pixels=1600",
        ),
    ]

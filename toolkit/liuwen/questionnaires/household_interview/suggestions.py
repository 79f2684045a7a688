"""Fifth question, 工作建议: village rules, welfare, sanitation, culture, other services: what is weak, what to improve.

What is weak is asked of those who find it poor, and told, not read out: a list of faults suggests complaints nobody had.
Fairness of officials is asked in the appraisal, which is not linked to the household.
"""

from typing import Any

from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Options
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import DONT_KNOW, KNOWN, NONE, OTHER, REFUSED, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.visit import CONSENTED
from liuwen.questionnaires.scales import QUALITY, coin, rated

RULES_KNOWN = b.choices(
    "rules_known",
    ("well", "知道内容", "Yes, and what they say"),
    ("heard", "听说过，不清楚内容", "Heard of them, not what they say"),
    ("no", "不知道有", "No"),
    REFUSED,
)
RULES = b.choices(
    "rules_weak",
    ("making", "定的时候没听群众意见", "Made without asking people"),
    ("explaining", "没讲清楚", "Not explained"),
    ("keeping", "定了没人照办", "Made, but nobody acts on them"),
    ("ceremonies", "管不住大操大办、高彩礼", "Lavish weddings and high bride prices go on"),
    ("gambling", "管不住赌博", "Gambling goes on"),
    ("outdated", "内容过时", "Out of date"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
WELFARE = b.choices(
    "welfare_weak",
    ("amount", "补助太少", "Payments too small"),
    ("coverage", "该有的人没有", "Some who should have it do not"),
    ("late", "发得不及时", "Late payment"),
    ("unknown", "大家不清楚有哪些待遇", "People do not know what there is"),
    ("claiming", "手续麻烦", "Troublesome to claim"),
    ("elderly", "对老人关心少", "Little for the elderly"),
    ("meals", "老人食堂、送餐少", "Too few canteens or meals delivered for the elderly"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
SANITATION = b.choices(
    "sanitation_weak",
    ("rubbish", "垃圾没人清运", "Rubbish is not collected"),
    ("bins", "缺垃圾桶、没有分类", "No bins, or no sorting"),
    ("sewage", "污水乱流", "Waste water runs open"),
    ("toilets", "厕所不好用、没改好", "Toilets poor, or badly converted"),
    ("livestock", "牲畜粪便", "Animal dung"),
    ("river", "河沟、水塘脏", "Dirty ditches and ponds"),
    ("road_dirt", "路上脏", "Dirty lanes"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
CULTURE = b.choices(
    "culture_weak",
    ("place", "缺活动场地", "No place for activities"),
    ("activities", "活动太少", "Too few activities"),
    ("equipment", "缺健身、娱乐器材", "No sports or games equipment"),
    ("reading", "农家书屋不开门、书少", "Reading room closed or with few books"),
    ("children", "孩子没有去处", "Nowhere for children to go"),
    ("elderly", "老人没有去处", "Nowhere for the elderly to go"),
    ("shows", "电影、戏太少", "Too few films or plays"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
SERVICES = b.choices(
    "services_weak",
    ("road", "道路", "Roads"),
    ("lighting", "路灯", "Street lights"),
    ("bus", "客车、班车", "Buses"),
    ("water", "自来水", "Piped water"),
    ("irrigation", "灌溉", "Irrigation"),
    ("power", "供电", "Electricity"),
    ("signal", "手机信号、网络", "Mobile signal or internet"),
    ("parcels", "快递进村", "Parcels to the village"),
    ("clinic", "卫生室", "Clinic"),
    ("school", "学校、幼儿园", "School or kindergarten"),
    ("farm_advice", "农技服务", "Farm advice"),
    ("papers", "办证办事", "Certificates and procedures"),
    ("safety", "治安、防诈骗", "Public safety and protection from fraud"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
AREAS = b.choices(
    "areas",
    ("rules", "村规民约", "Village rules"),
    ("welfare", "福利待遇", "Welfare"),
    ("sanitation", "环境卫生", "Sanitation"),
    ("culture", "文化建设", "Culture"),
    ("services", "其他公共服务", "Other public services"),
    ("none", "都不用改", "None needs improving"),
    DONT_KNOW,
    REFUSED,
)
WHOM = b.choices(
    "contact_whom",
    ("village", "村干部、组长", "A village officer or group head"),
    ("grid", "网格员", "The grid worker"),
    ("team", "驻村工作队", "The posted work team"),
    ("card", "卡上的干部", "The official on the card"),
    ("town", "镇里", "The town"),
    ("hotline", "打12345", "Rings 12345"),
    OTHER,
    REFUSED,
)
HEARD = b.choices(
    "meeting_heard",
    ("taken_up", "提了，听进去了", "Spoke, and was listened to"),
    ("not_taken_up", "提了，没有下文", "Spoke, and nothing came of it"),
    ("did_not_speak", "没有提", "Did not speak"),
    DONT_KNOW,
    REFUSED,
)
_ALREADY = {
    "road": "road",
    "water": "water",
    "irrigation": "irrigation",
    "power": "power",
    "signal": "signal",
    "clinic": "medical",
    "school": "schooling",
    "papers": "documents",
}
"""A service → the difficulty by which it was named already; it is then not offered again."""


def suggestions(*, difficulties: bool, village_life: bool) -> Item:
    """Each area is rated; what is weak is asked of those who find it poor; then what to improve first, and how."""
    return b.group(
        "suggestions",
        zh="五、工作建议",
        en="5. Suggestions",
        relevant=CONSENTED,
        items=[
            *coin(),
            *_areas(),
            *_services(difficulties),
            *_first(),
            *(_meeting() if village_life else []),
            *_contact(village_life),
        ],
    )


def _areas() -> list[Item]:
    known = one(
        "rules_known",
        RULES_KNOWN,
        asking="listen",
        zh="村规民约，就是村里定的规矩（红白喜事、卫生、禁赌这些），您知道吗？",
        en="Do you know the village rules (on weddings and funerals, cleanliness, gambling and so on)?",
    )
    return [
        known,
        *_area(
            "rules",
            RULES,
            ("这些规矩，大家照着做的情况怎么样？", "How well do people keep to them?"),
            ("村规民约哪里做得不够？", "Where do the village rules fall short?"),
            relevant=equals("rules_known", "well", "heard"),
        ),
        *_area(
            "welfare",
            WELFARE,
            (
                "村里给的好处，比如过节慰问、老人补贴、困难补助，您觉得怎么样？",
                "The village's help, such as gifts at festivals, payments to the elderly or in hardship: how would you rate it?",
            ),
            ("这方面哪里做得不够？", "Where does it fall short?"),
        ),
        *_area(
            "sanitation",
            SANITATION,
            ("村里的环境卫生怎么样？", "How would you rate cleanliness and sanitation in the village?"),
            ("环境卫生哪里做得不够？", "Where does sanitation fall short?"),
        ),
        *_area(
            "culture",
            CULTURE,
            ("村里的文化活动怎么样？", "How would you rate cultural life in the village?"),
            ("文化活动哪里做得不够？", "Where does cultural life fall short?"),
        ),
    ]


def _area(area: str, weak: Options, rating: tuple[str, str], gap: tuple[str, str], **told: object) -> list[Item]:
    return [
        rated(f"{area}_quality", QUALITY, zh=rating[0], en=rating[1], **told),  # type: ignore[arg-type]
        several(f"{area}_weak", weak, zh=gap[0], en=gap[1], relevant=equals(f"{area}_quality", "poor", "very_poor")),
        specify(f"{area}_weak", "还有哪里做得不够？", "Where else does it fall short?"),
    ]


def _services(difficulties: bool) -> list[Item]:
    named = " or ".join(f"(name = '{service}' and selected(${{needs}}, '{need}'))" for service, need in _ALREADY.items())
    carried: dict[str, Any] = {"choice_filter": f"not({named})"} if difficulties else {}
    return [
        several(
            "services_weak",
            SERVICES,
            zh="除了刚才说过的，路、水、电、客车、看病、办证这些，哪样还不行？",
            en="Besides what you have named: roads, water, power, buses, doctor, papers: which is not good enough?",
            **carried,
        ),
        specify("services_weak", "还有什么做得不够？", "Which other service is not good enough?"),
    ]


def _first() -> list[Item]:
    return [
        one(
            "mend_first",
            AREAS,
            zh="村规民约、福利、卫生、文化、别的服务，先改哪一样？",
            en="Rules, welfare, sanitation, culture, other services: which should be improved first?",
            asking="listen",
        ),
        b.text(
            "mend_how",
            zh="您觉得应该怎么改？",
            en="How should it be improved?",
            hint={"zh": "用住户自己的话；可以不填。", "en": "In the household's own words; may be left blank."},
            relevant=equals("mend_first", "rules", "welfare", "sanitation", "culture", "services"),
        ),
    ]


def _meeting() -> list[Item]:
    return [
        one(
            "meeting_attended",
            YES_NO_UNSURE,
            zh="最近12个月，村里开会商量事，您家有没有去过？",
            en="In the past 12 months, did your household attend a village meeting where things were discussed?",
        ),
        one(
            "meeting_heard",
            HEARD,
            asking="listen",
            zh="您家提的意见，算不算数？",
            en="Did your household's word count there?",
            relevant=equals("meeting_attended", "yes"),
        ),
    ]


def _contact(village_life: bool) -> list[Item]:
    known = one(
        "contact_known",
        KNOWN,
        zh="您家有事要找干部，知道找谁吗？",
        en="When your household needs an official, do you know whom to ask?",
    )
    whom = [
        several(
            "contact_whom",
            WHOM,
            zh="找谁？",
            en="Whom?",
            hint={"zh": "不记人名。", "en": "No names."},
            relevant=equals("contact_known", "yes"),
        ),
        specify("contact_whom", "还找谁？（写职务，不写人名）", "Whom else? (the post, not the name)"),
    ]
    return [known, *(whom if village_life else [])]

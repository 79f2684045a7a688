"""Fifth question, 工作建议: village rules, welfare, sanitation, culture, other services: what is weak, what to mend."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item, Options
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, QUALITY, REFUSED, equals, one, several, specify
from liuwen.questionnaires.household_interview.visit import CONSENTED

KNOWN = b.choices(
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
    ("keeping", "定了没人照办", "Not kept"),
    ("equal", "对人不一样", "Not the same for everybody"),
    ("ceremonies", "管不住大操大办", "Lavish weddings and funerals go on"),
    ("gambling", "管不住赌博", "Gambling goes on"),
    ("outdated", "内容过时", "Out of date"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
WELFARE = b.choices(
    "welfare_weak",
    ("amount", "补助太少", "Too little"),
    ("coverage", "该有的人没有", "Some who should have it do not"),
    ("selection", "评得不公道", "Unfair selection"),
    ("late", "发得不及时", "Late payment"),
    ("unknown", "大家不清楚有哪些待遇", "People do not know what there is"),
    ("claiming", "手续麻烦", "Troublesome to claim"),
    ("elderly", "对老人关心少", "Little for the elderly"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
SANITATION = b.choices(
    "sanitation_weak",
    ("rubbish", "垃圾没人清", "Rubbish is not cleared"),
    ("bins", "缺垃圾桶、垃圾池", "No bins or tips"),
    ("sewage", "污水乱流", "Waste water runs open"),
    ("toilets", "厕所", "Latrines"),
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
    ("children", "孩子没有去处", "Nothing for children"),
    ("elderly", "老人没有去处", "Nothing for the elderly"),
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
    ("clinic", "卫生室", "Clinic"),
    ("school", "学校、幼儿园", "School or kindergarten"),
    ("farm_advice", "农技服务", "Farm advice"),
    ("papers", "办证办事", "Papers and procedures"),
    ("safety", "治安", "Public safety"),
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
    ("none", "都不用改", "None of them"),
    DONT_KNOW,
    REFUSED,
)
CONTACT = b.choices("contact_known", ("yes", "知道", "Yes"), ("no", "不知道", "No"), REFUSED)


def suggestions() -> Item:
    """Each area is rated; what is weak is asked of those who do not find it good; then what to mend first, and how."""
    return b.group(
        "suggestions",
        zh="五、工作建议",
        en="5. Suggestions",
        relevant=CONSENTED,
        items=[
            one("rules_known", KNOWN, zh="您知道村里的村规民约吗？", en="Do you know the village rules?"),
            *_area(
                "rules",
                RULES,
                ("村规民约执行得怎么样？", "How well are the village rules kept?"),
                ("村规民约哪里做得不够？", "What is weak about the village rules?"),
                relevant=equals("rules_known", "well", "heard"),
            ),
            *_area(
                "welfare",
                WELFARE,
                ("村里的福利待遇怎么样？", "How do you find the village's welfare?"),
                ("福利待遇哪里做得不够？", "What is weak about welfare?"),
                hint={
                    "zh": "如节日慰问、老人补贴、困难补助。",
                    "en": "Such as gifts at festivals, payments to the elderly, help in hardship.",
                },
            ),
            *_area(
                "sanitation",
                SANITATION,
                ("村里的环境卫生怎么样？", "How do you find sanitation in the village?"),
                ("环境卫生哪里做得不够？", "What is weak about sanitation?"),
            ),
            *_area(
                "culture",
                CULTURE,
                ("村里的文化活动怎么样？", "How do you find cultural life in the village?"),
                ("文化活动哪里做得不够？", "What is weak about cultural life?"),
            ),
            several(
                "services_weak", SERVICES, zh="其他公共服务，哪些做得不够？", en="Of the other public services, which are weak?"
            ),
            specify("services_weak", "还有什么做得不够？", "Which other service is weak?"),
            one(
                "mend_first",
                AREAS,
                zh="要是先改一样，您觉得先改哪一样？",
                en="If one thing were mended first, which should it be?",
            ),
            b.text(
                "mend_how",
                zh="您觉得应该怎么改？",
                en="How should it be mended?",
                hint={"zh": "用住户自己的话；可以不填。", "en": "In the household's own words; may be left blank."},
                relevant=equals("mend_first", "rules", "welfare", "sanitation", "culture", "services"),
            ),
            one(
                "contact_known",
                CONTACT,
                zh="您家有事要找干部，知道找谁吗？",
                en="When your household needs an official, do you know whom to ask?",
            ),
        ],
    )


def _area(area: str, weak: Options, rating: tuple[str, str], gap: tuple[str, str], **told: object) -> list[Item]:
    return [
        one(f"{area}_rating", QUALITY, zh=rating[0], en=rating[1], **told),  # type: ignore[arg-type]
        several(f"{area}_weak", weak, zh=gap[0], en=gap[1], relevant=equals(f"{area}_rating", "fair", "poor", "very_poor")),
        specify(f"{area}_weak", "还有哪里做得不够？", "What else is weak?"),
    ]

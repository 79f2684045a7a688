"""Sixth question, 发展计策: how the village and the town can grow, and measures to raise income."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.visit import CONSENTED

RESOURCES = b.choices(
    "resources",
    ("land", "闲着的田地", "Idle fields"),
    ("hills", "荒山、林地", "Hills and woodland"),
    ("ponds", "水面、水塘", "Ponds and water"),
    ("scenery", "风景、老房子", "Scenery or old houses"),
    ("produce", "土特产", "Local produce"),
    ("crafts", "手艺", "Crafts"),
    ("returned", "在外面闯出来的本村人", "Villagers who have done well elsewhere"),
    ("buildings", "闲着的校舍、厂房", "Empty schools or workshops"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
VILLAGE_PATHS = b.choices(
    "village_paths",
    ("crops", "发展特色种养", "Special crops or animals"),
    ("fields", "高标准农田、水利", "Improved fields and irrigation"),
    ("road", "修路", "Roads"),
    ("consolidation", "土地流转、规模经营", "Leasing land for larger farms"),
    ("cooperative", "办合作社", "Cooperatives"),
    ("collective", "壮大集体经济", "The village's own economy"),
    ("processing", "办加工厂", "Processing workshops"),
    ("parcels", "快递进村、冷库", "Parcels and cold storage"),
    ("tourism", "搞乡村旅游", "Tourism"),
    ("training", "培训村民", "Training"),
    ("returning", "吸引外出的人回来", "Bringing back those who left"),
    ("environment", "整治环境", "Cleaning up the village's surroundings"),
    ("elderly", "养老助餐", "Care and meals for the elderly"),
    ("customs", "移风易俗、降彩礼", "Simpler customs, lower bride prices"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
TOWN_PATHS = b.choices(
    "town_paths",
    ("enterprises", "办企业、引项目", "Bringing in enterprises and projects"),
    ("market", "建好集镇和市场", "Improving the town centre and market"),
    ("produce", "打响特色农产品", "Branding local produce"),
    ("roads", "修通各村的路", "Roads between villages"),
    ("water", "大的水利工程", "Larger water works"),
    ("schools", "办好学校", "Better schools"),
    ("hospital", "办好卫生院", "A better town hospital"),
    ("tourism", "发展旅游", "Tourism"),
    ("farm_services", "农技、农资服务", "Advice and supplies for farms"),
    ("environment", "保护环境", "Protecting the environment"),
    ("order", "搞好治安", "Public order"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
MEASURES = b.choices(
    "income_measures",
    ("training", "技术培训", "Training in skills"),
    ("loans", "小额贷款", "Small loans"),
    ("buyers", "订单、收购有保证", "Guaranteed buyers"),
    ("jobs", "附近能打工", "Jobs nearby"),
    ("labour_export", "组织外出务工", "Organised work away"),
    ("seeds", "好种子、好种畜", "Better seed and breeding stock"),
    ("machinery", "农机服务", "Machinery services"),
    ("insurance", "农业保险", "Farm insurance"),
    ("online", "网上销售", "Selling online"),
    ("leaders", "能人带头", "Capable people leading others"),
    ("subsidies", "补贴", "Subsidies"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
PARTS = b.choices(
    "take_part",
    ("meetings", "参加村里商量事情", "Joining in village meetings"),
    ("labour", "出工出力", "Giving labour"),
    ("money", "出一点钱", "Giving a little money"),
    ("cooperative", "入合作社", "Joining a cooperative"),
    ("teaching", "把会的技术教给别人", "Teaching others a skill"),
    ("watching", "监督工程和账目", "Keeping an eye on works and accounts"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
_HAS_IDEAS = equals("development_ideas", "yes")


def development(*, resources: bool, taking_part: bool) -> Item:
    """Whether the household has anything to say on growth; if so what village and town should do; and what it would join in."""
    return b.group(
        "development",
        zh="六、发展计策",
        en="6. Development",
        relevant=CONSENTED,
        items=[
            one(
                "development_ideas",
                YES_NO_UNSURE,
                zh="村里、镇里怎么发展，您有没有想说的？",
                en="Have you anything to say on how the village and the town should develop?",
            ),
            *_paths(),
            *(_resources() if resources else []),
            *_measures(),
            *(_part() if taking_part else []),
        ],
    )


def _paths() -> list[Item]:
    village = several(
        "village_paths",
        VILLAGE_PATHS,
        most=3,
        zh="村里要发展，您觉得最该做哪几件事？",
        en="For the village to develop, what should be done above all?",
        relevant=_HAS_IDEAS,
    )
    town = several(
        "town_paths",
        TOWN_PATHS,
        most=3,
        zh="镇里呢，除了刚才说的，最该做哪几件事？",
        en="And the town, besides what you have said: what should it do above all?",
        relevant=_HAS_IDEAS,
    )
    words = b.text(
        "village_idea",
        zh="还有什么主意？",
        en="Have you any other idea?",
        hint={
            "zh": "村里的、镇里的都行；用住户自己的话，可以不填。",
            "en": "For village or town, in the household's own words; may be left blank.",
        },
        relevant=_HAS_IDEAS,
    )
    return [
        village,
        specify("village_paths", "还该做什么？", "What else should be done?"),
        town,
        specify("town_paths", "还该做什么？", "What else should be done?"),
        words,
    ]


def _resources() -> list[Item]:
    return [
        several(
            "resources",
            RESOURCES,
            zh="咱们村有什么好东西，还没用起来？",
            en="What does the village have that could be put to better use?",
        ),
        specify("resources", "还有什么？", "What else does it have?"),
    ]


def _measures() -> list[Item]:
    return [
        several(
            "income_measures",
            MEASURES,
            most=3,
            zh="要让大家多挣钱，您觉得哪些办法最管用？",
            en="To raise people's incomes, which measures would help most?",
        ),
        specify("income_measures", "还有什么办法？", "Which other measure?"),
    ]


def _part() -> list[Item]:
    return [
        several(
            "take_part",
            PARTS,
            asking="read",
            zh="只问愿不愿意，不会因此派工、收钱：村里的事，您家愿意参加哪些？",
            en="Only asking; nobody will be made to work or pay: in which village affairs would your household take part?",
        ),
        specify("take_part", "还愿意参加什么？", "In what else?"),
    ]

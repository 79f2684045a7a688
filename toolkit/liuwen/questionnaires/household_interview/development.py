"""Sixth question, 发展计策: how the village and the town can grow, and measures to raise income."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, several, specify
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
    ("irrigation", "修水利", "Irrigation works"),
    ("road", "修路", "Roads"),
    ("consolidation", "土地流转、规模经营", "Leasing land for larger farms"),
    ("cooperative", "办合作社", "Cooperatives"),
    ("collective", "壮大集体经济", "The village's own economy"),
    ("processing", "办加工厂", "Processing workshops"),
    ("tourism", "搞乡村旅游", "Tourism"),
    ("training", "培训村民", "Training"),
    ("returning", "吸引外出的人回来", "Bringing back those who left"),
    ("environment", "整治环境", "The village's surroundings"),
    ("leaders", "选好村干部", "Choosing good village officials"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
TOWN_PATHS = b.choices(
    "town_paths",
    ("enterprises", "办企业、引项目", "Enterprises and projects"),
    ("market", "建好集镇和市场", "The market town"),
    ("produce", "打响特色农产品", "A name for local produce"),
    ("roads", "修通各村的路", "Roads between villages"),
    ("water", "大的水利工程", "Larger water works"),
    ("schools", "办好学校", "Schools"),
    ("hospital", "办好卫生院", "The town's hospital"),
    ("tourism", "发展旅游", "Tourism"),
    ("farm_services", "农技、农资服务", "Advice and supplies for farms"),
    ("environment", "保护环境", "Protecting the environment"),
    ("order", "搞好治安", "Public order"),
    ("offices", "改进机关办事", "Better work in its offices"),
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
    ("leaders", "能人带头", "Those who do well showing the way"),
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

_OWN_WORDS = {"zh": "用住户自己的话；可以不填。", "en": "In the household's own words; may be left blank."}


def development() -> Item:
    """What the village has, what village and town should do, what would raise incomes, and what the household would join in."""
    return b.group(
        "development",
        zh="六、发展计策",
        en="6. Development",
        relevant=CONSENTED,
        items=[
            several(
                "resources",
                RESOURCES,
                zh="村里有哪些还没用好的条件？",
                en="What does the village have that is not yet put to good use?",
            ),
            specify("resources", "还有什么条件？", "What else does it have?"),
            several(
                "village_paths",
                VILLAGE_PATHS,
                most=3,
                zh="村里要发展，您觉得最该做哪几件事？",
                en="For the village to grow, what should be done above all?",
            ),
            specify("village_paths", "还该做什么？", "What else should be done?"),
            b.text(
                "village_idea", zh="对村里的发展，您有什么主意？", en="What ideas do you have for the village?", hint=_OWN_WORDS
            ),
            several(
                "town_paths",
                TOWN_PATHS,
                most=3,
                zh="镇里要发展，您觉得最该做哪几件事？",
                en="For the town to grow, what should be done above all?",
            ),
            specify("town_paths", "还该做什么？", "What else should be done?"),
            b.text("town_idea", zh="对镇里的发展，您有什么主意？", en="What ideas do you have for the town?", hint=_OWN_WORDS),
            several(
                "income_measures",
                MEASURES,
                most=3,
                zh="要让大家多挣钱，您觉得哪些办法最管用？",
                en="To raise people's incomes, which measures would help most?",
            ),
            specify("income_measures", "还有什么办法？", "Which other measure?"),
            several(
                "take_part",
                PARTS,
                zh="村里的事，您家愿意参加哪些？",
                en="In which of the village's affairs would your household take part?",
            ),
            specify("take_part", "还愿意参加什么？", "In what else?"),
        ],
    )

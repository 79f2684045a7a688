"""First question, 基本情况: who lives here, and their work, schooling, medical care and old age."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, YES_NO_UNSURE, equals, one, several, specify
from liuwen.questionnaires.household_interview.care import medical, old_age
from liuwen.questionnaires.household_interview.members import members
from liuwen.questionnaires.household_interview.visit import CONSENTED

JOB_OBSTACLES = b.choices(
    "job_obstacles",
    ("skills", "缺技术", "No trade or skills"),
    ("information", "不了解哪里招人", "Not knowing who is hiring"),
    ("no_jobs", "附近没有活干", "No work nearby"),
    ("age", "年龄不合要求", "Age"),
    ("health", "身体不好", "Health"),
    ("care", "要照看老人孩子，走不开", "Tied to the care of family"),
    ("pay", "工钱太低", "Pay too low"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
TRAINING = b.choices(
    "training",
    ("crops", "种植技术", "Growing crops"),
    ("livestock", "养殖技术", "Raising livestock"),
    ("building", "建筑、装修、电焊", "Building, fitting-out, welding"),
    ("driving", "驾驶、农机", "Driving or farm machinery"),
    ("online_sales", "网上卖货", "Selling online"),
    ("care", "家政、护理", "Housekeeping or nursing care"),
    ("cooking", "厨师", "Cooking"),
    ("repair", "家电、摩托修理", "Repairing appliances or motorcycles"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
SCHOOL_TIME = b.choices(
    "school_time",
    ("under_15", "不到15分钟", "Under 15 minutes"),
    ("under_30", "15到30分钟", "15 to 30 minutes"),
    ("under_60", "半小时到1小时", "Half an hour to an hour"),
    ("over_60", "1小时以上", "Over an hour"),
    ("boards", "住校", "Boards at school"),
    DONT_KNOW,
    REFUSED,
)
SCHOOL_DIFFICULTIES = b.choices(
    "school_difficulties",
    ("cost", "花费高", "Cost"),
    ("distance", "路远", "Distance"),
    ("safety", "路上不安全", "Safety on the way"),
    ("boarding", "住校的吃住条件差", "Food or beds at the boarding school"),
    ("learning", "学习跟不上", "Falling behind in learning"),
    ("care", "放学后没人照看", "Nobody to look after the child after school"),
    ("teaching", "老师不够或教得不好", "Too few teachers, or poor teaching"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
OUT_OF_SCHOOL = b.choices(
    "out_of_school",
    ("cost", "花费负担不起", "Cannot afford it"),
    ("health", "生病或残疾", "Illness or disability"),
    ("unwilling", "孩子不想上", "The child does not want to"),
    ("work", "要在家帮忙或打工", "Needed at home or at work"),
    ("distance", "学校太远", "School too far"),
    ("too_young", "还没到入学时间", "Not yet due to start"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
CARERS = b.choices(
    "carer",
    ("parents", "父亲或母亲", "A parent"),
    ("grandparents", "爷爷奶奶、外公外婆", "Grandparents"),
    ("relatives", "其他亲戚", "Other relatives"),
    ("school", "住校，由学校管", "The boarding school"),
    ("nobody", "没有大人照看", "No adult"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
TOPICS = b.choices(
    "topics",
    ("employment", "就业（找活干）", "Employment"),
    ("schooling", "孩子上学", "Children's schooling"),
    ("medical", "看病", "Medical care"),
    ("old_age", "养老", "Old age"),
    ("none", "都不操心", "None of them"),
    DONT_KNOW,
    REFUSED,
)


def situation() -> Item:
    """Members one by one; then each topic, asked only of a household it can concern."""
    return b.group(
        "situation",
        zh="一、基本情况",
        en="1. Situation",
        relevant=CONSENTED,
        items=[*members(), _employment(), _schooling(), medical(), old_age(), _hot_topic()],
    )


def _employment() -> Item:
    return b.group(
        "employment",
        zh="就业",
        en="Employment",
        relevant="${working_age} > 0",
        items=[
            one(
                "job_wanted",
                YES_NO_UNSURE,
                zh="家里有没有人想找活干，还没找到？",
                en="Is anyone in the household without work and looking for it?",
            ),
            several(
                "job_obstacles",
                JOB_OBSTACLES,
                zh="没找到活干，是因为什么？",
                en="What stands in the way of finding work?",
                relevant=equals("job_wanted", "yes"),
            ),
            specify("job_obstacles", "还因为什么？", "What else stands in the way?"),
            one(
                "wages_late",
                YES_NO_UNSURE,
                zh="最近12个月，家里人打工有没有被拖欠过工钱？",
                en="In the past 12 months, was anyone in the household paid late, or not at all, for work done?",
                relevant="${at_work} > 0",
            ),
            several(
                "training",
                TRAINING,
                zh="家里有人想学什么技术吗？",
                en="Is there a trade that someone in the household would like to learn?",
                hint={
                    "zh": "可以多选；都不想学就选“没有”。",
                    "en": "Several may apply; “none” if there is no wish to learn one.",
                },
            ),
            specify("training", "想学的其他技术是什么？", "Which other trade?"),
        ],
    )


def _schooling() -> Item:
    return b.group(
        "schooling",
        zh="子女入学",
        en="Children's schooling",
        relevant="${pupils} > 0 or ${missing_school} > 0",
        items=[
            one(
                "school_time",
                SCHOOL_TIME,
                zh="上学最远的那个孩子，单程要走多久？",
                en="For the child who travels furthest, how long is the way to school?",
                relevant="${pupils} > 0",
            ),
            several(
                "school_difficulties",
                SCHOOL_DIFFICULTIES,
                zh="孩子上学有哪些难处？",
                en="What difficulties are there with schooling?",
                relevant="${pupils} > 0",
            ),
            specify("school_difficulties", "还有什么难处？", "What other difficulty is there?"),
            several(
                "out_of_school",
                OUT_OF_SCHOOL,
                zh="家里有6到15岁的孩子没上学，是因为什么？",
                en="A child between 6 and 15 is not in school: why is that?",
                relevant="${missing_school} > 0",
            ),
            specify("out_of_school", "还因为什么？", "What other reason is there?"),
            one(
                "carer",
                CARERS,
                zh="孩子平时主要由谁照看？",
                en="Who mainly looks after the children?",
                relevant="${children} > 0 and ${away} > 0",
            ),
            specify("carer", "孩子主要由谁照看？", "Who looks after the children?"),
        ],
    )


def _hot_topic() -> Item:
    return one(
        "hot_topic",
        TOPICS,
        zh="就业、上学、看病、养老这几件事，您家现在最操心哪一件？",
        en="Of work, schooling, medical care and old age, which worries your household most at present?",
    )

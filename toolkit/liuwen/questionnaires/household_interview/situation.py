"""First question, 基本情况: what worries the household; who lives here; their work, schooling, medical care and old age."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import DONT_KNOW, NONE, OTHER, REFUSED, WORRIES, YES_NO_UNSURE
from liuwen.questionnaires.household_interview.care import medical, old_age
from liuwen.questionnaires.household_interview.members import members
from liuwen.questionnaires.household_interview.visit import CONSENTED

JOB_OBSTACLES = b.choices(
    "job_obstacles",
    ("skills", "缺技术", "No trade or skills"),
    ("information", "不了解哪里招人", "Not knowing who is hiring"),
    ("no_jobs", "附近没有活干", "No work nearby"),
    ("age", "年龄不合要求", "Not of the age that is asked for"),
    ("health", "身体不好", "Poor health"),
    ("care", "要照看老人孩子，走不开", "Tied to the care of family"),
    ("pay", "工钱太低", "Pay too low"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
SCHOOL_WAY = b.choices(
    "school_way",
    ("under_15", "不到15分钟", "Under 15 minutes"),
    ("under_30", "15分钟到半小时", "15 minutes to half an hour"),
    ("under_60", "半小时到1小时", "Half an hour to an hour"),
    ("over_60", "1小时以上", "Over an hour"),
    DONT_KNOW,
    REFUSED,
)
BOARDS = b.choices(
    "boards",
    ("no", "不住校", "Does not board"),
    ("weekly", "住校，每周回家", "Boards, home every week"),
    ("fortnightly", "住校，两周回一次", "Boards, home every two weeks"),
    ("monthly", "住校，一个月或更久回一次", "Boards, home once a month or less"),
    DONT_KNOW,
    REFUSED,
)
SCHOOL_DIFFICULTIES = b.choices(
    "school_difficulties",
    ("cost", "花费高", "High cost"),
    ("distance", "路远", "Distance"),
    ("safety", "路上不安全", "The way is not safe"),
    ("boarding", "住校的吃住条件差", "Poor food or beds at the boarding school"),
    ("learning", "学习跟不上", "Falling behind in learning"),
    ("care", "放学后没人照看", "Nobody to look after the child after school"),
    ("phones", "玩手机、管不住", "On the phone all the time, cannot be stopped"),
    ("bullied", "在学校受欺负", "Bullied at school"),
    ("renting", "要陪读、租房", "A parent has to rent near the school"),
    ("closed", "本地学校撤了", "The local school was closed"),
    ("place", "报名入学难", "Hard to get a place at a school"),
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
TRAINING = b.choices(
    "training",
    ("crops", "种植技术", "Growing crops"),
    ("livestock", "养殖技术", "Raising livestock"),
    ("building", "建筑、装修、电焊", "Building, interior decoration or welding"),
    ("driving", "驾驶、农机", "Driving or farm machinery"),
    ("drones", "开植保无人机", "Flying drones for farm work"),
    ("online_sales", "网上卖货、直播", "Selling online or by live stream"),
    ("care", "家政、护理、带孩子", "Housekeeping, nursing or child care"),
    ("cooking", "厨师", "Cooking"),
    ("repair", "修理汽车、家电", "Repairing cars or appliances"),
    OTHER,
    ("none", "都不想学", "No wish to learn one"),
    DONT_KNOW,
    REFUSED,
)


def situation(*, training: bool, schooling: bool, coverage: bool) -> Item:
    """The open question first; members one by one; then each topic, asked only of a household it can concern."""
    worries = [
        several(
            "worries",
            WORRIES,
            zh="最近家里过得怎么样？最操心什么？",
            en="How have things been at home lately? What worries you most?",
        ),
        specify("worries", "还操心什么？", "What else worries you?"),
    ]
    return b.group(
        "situation",
        zh="一、基本情况",
        en="1. Situation",
        relevant=CONSENTED,
        items=[
            *worries,
            *members(coverage=coverage),
            _employment(training),
            _schooling(schooling),
            medical(coverage=coverage),
            old_age(coverage=coverage),
        ],
    )


def _employment(training: bool) -> Item:
    return b.group(
        "employment",
        zh="就业",
        en="Employment",
        relevant="${earning_age} > 0 or ${seeking} > 0",
        items=[
            one(
                "job_wanted",
                YES_NO_UNSURE,
                zh="家里有没有人想找工作、找活干，还没找到？",
                en="Is anyone in the household looking for work, or for more work, and has not found it?",
                relevant="${seeking} = 0",
            ),
            several(
                "job_obstacles",
                JOB_OBSTACLES,
                zh="活不好找，是因为什么？",
                en="What stands in the way of finding work?",
                relevant=f"${{seeking}} > 0 or ({equals('job_wanted', 'yes')})",
            ),
            specify("job_obstacles", "还因为什么？", "What else stands in the way?"),
            one(
                "wages_late",
                YES_NO_UNSURE,
                zh="最近12个月，家里有没有人干了活没拿到钱，或者拖了很久才给？",
                en="In the past 12 months, was anyone in the household not paid, or paid late, for work done?",
            ),
            *(_training() if training else []),
        ],
    )


def _training() -> list[Item]:
    return [
        several(
            "training",
            TRAINING,
            asking="read",
            zh="家里有人想学下面哪样技术？",
            en="Which of these would someone in the household like to learn?",
        ),
        specify("training", "想学的其他技术是什么？", "Which other trade?"),
    ]


def _schooling(details: bool) -> Item:
    return b.group(
        "schooling",
        zh="子女入学",
        en="Children's schooling",
        relevant="${pupils} > 0 or ${missing_school} > 0",
        items=[
            *(_school_way() if details else []),
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
        ],
    )


def _school_way() -> list[Item]:
    return [
        one(
            "school_way",
            SCHOOL_WAY,
            zh="上学最远的那个孩子，平常怎么去就怎么算，单程要多久？",
            en="For the child with the longest way, going as it usually does, how long does one way take?",
            relevant="${pupils} > 0",
        ),
        one(
            "boards",
            BOARDS,
            zh="这个孩子住校吗？多久回一次家？",
            en="Does this child board? How often does it come home?",
            relevant="${pupils} > 0",
        ),
    ]

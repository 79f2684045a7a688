"""First question, 基本情况: who lives here, and their work, schooling, medical care and old age."""

from liuwen.form import builder as b
from liuwen.form.building import Item
from liuwen.questionnaires.bank import (
    ALL_SOME_NONE,
    DONT_KNOW,
    NONE,
    OTHER,
    REFUSED,
    SEX,
    YES_NO_UNSURE,
    equals,
    one,
    several,
    specify,
)
from liuwen.questionnaires.household_interview.visit import CONSENTED

RELATIONS = b.choices(
    "relation",
    ("head", "户主", "Head of the household"),
    ("spouse", "户主的配偶", "The head's spouse"),
    ("child", "儿子、女儿", "Son or daughter"),
    ("child_in_law", "儿媳、女婿", "Son- or daughter-in-law"),
    ("grandchild", "孙辈", "Grandchild"),
    ("parent", "父母、公婆、岳父母", "Parent or parent-in-law"),
    ("sibling", "兄弟姐妹", "Brother or sister"),
    ("other", "其他亲属或同住的人", "Another relative or person living here"),
)
DOING = b.choices(
    "doing",
    ("farming", "在家种养", "Farming at home"),
    ("local_work", "在本县打工", "Paid work in this county"),
    ("migrant_work", "在外县外省打工", "Paid work outside the county"),
    ("business", "自己做生意", "Own business"),
    ("studying", "上学", "Studying"),
    ("home", "在家料理家务、照看家人", "Housework or looking after the family"),
    ("seeking", "没有活干，正在找", "Without work and looking for it"),
    ("unable", "年老或有病，干不了活", "Unable to work through age or illness"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
STAGES = b.choices(
    "school_stage",
    ("not_in_school", "没有上学", "Not in school"),
    ("kindergarten", "幼儿园", "Kindergarten"),
    ("primary", "小学", "Primary school"),
    ("junior", "初中", "Junior secondary school"),
    ("senior", "高中、中专、技校", "Senior secondary or vocational school"),
    ("college", "大专、大学", "College or university"),
    DONT_KNOW,
    REFUSED,
)
JOB_OBSTACLES = b.choices(
    "job_obstacles",
    ("skills", "没有技术", "No trade or skills"),
    ("information", "不知道哪里招人", "Not knowing who is hiring"),
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
COVER_REASONS = b.choices(
    "cover_reason",
    ("cost", "交的钱太多", "The contribution is too high"),
    ("no_use", "觉得用处不大", "It seems of little use"),
    ("covered", "在别处参加了", "Insured elsewhere"),
    ("missed", "错过了交钱的时间", "Missed the date for paying"),
    ("how", "不知道怎么办", "Do not know how to join"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
CARE_OBSTACLES = b.choices(
    "care_obstacles",
    ("cost", "花费高", "Cost"),
    ("distance", "路远、交通不便", "Distance or transport"),
    ("supply", "附近看不了、没有药", "No doctor or medicine for it nearby"),
    ("company", "没人陪着去", "Nobody to go along"),
    ("claiming", "报销麻烦", "Claiming the cost back is troublesome"),
    ("time", "走不开", "Cannot get away"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
SPENDING = b.choices(
    "medical_spending",
    ("none", "没有花钱", "Nothing"),
    ("under_500", "500元以下", "Under 500 yuan"),
    ("under_2000", "500到2000元", "500 to 2,000 yuan"),
    ("under_5000", "2000到5000元", "2,000 to 5,000 yuan"),
    ("under_20000", "5000到2万元", "5,000 to 20,000 yuan"),
    ("over_20000", "2万元以上", "Over 20,000 yuan"),
    DONT_KNOW,
    REFUSED,
)
ELDERS_LIVE = b.choices(
    "elders_live",
    ("with_children", "和子女一起住", "With their children"),
    ("couple", "只有老两口", "As a couple on their own"),
    ("alone", "一个人住", "Alone"),
    ("with_grandchildren", "只和孙辈一起住", "With grandchildren only"),
    ("home", "住敬老院", "In a home for the elderly"),
    OTHER,
    REFUSED,
)
ELDERS_LIVELIHOOD = b.choices(
    "elders_livelihood",
    ("own_work", "自己干活", "Their own work"),
    ("children", "子女给", "Their children"),
    ("pension", "养老金", "A pension"),
    ("allowance", "低保、五保等补助", "Public allowances"),
    ("savings", "积蓄、地租", "Savings or land rent"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
ELDERS_DIFFICULTIES = b.choices(
    "elders_difficulties",
    ("money", "钱不够用", "Not enough money"),
    ("illness", "有病要人照料", "Illness that needs care"),
    ("carer", "身边没人照顾", "Nobody near to look after them"),
    ("meals", "做饭、挑水、打柴吃力", "Cooking, carrying water or fuel is hard"),
    ("house", "房子不好住", "The house is poor"),
    ("lonely", "没人说话、孤单", "Loneliness"),
    OTHER,
    NONE,
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
        items=[*_members(), _employment(), _schooling(), _medical(), _old_age(), _hot_topic()],
    )


def _members() -> list[Item]:
    count = b.integer(
        "member_count",
        zh="您家有几口人？",
        en="How many people belong to your household?",
        hint={
            "zh": "算上外出打工和上学、但收支还在一起的人；不算分家另过的。",
            "en": "Count those away at work or school who still share its income; not those who have set up on their own.",
        },
        required=True,
        constraint=". >= 1 and . <= 20",
        constraint_message={"zh": "请填1到20之间的人数。", "en": "Give a number from 1 to 20."},
    )
    person = [
        one("member_relation", RELATIONS, zh="这个人是户主的什么人？", en="How is this person related to the head?"),
        one("member_sex", SEX, zh="性别", en="Sex"),
        b.integer(
            "member_age",
            zh="多大年纪？（周岁）",
            en="How old? (completed years)",
            hint={"zh": "不到1岁填0；说不准就估计。", "en": "0 for under one year; estimate where it is not known."},
            required=True,
            constraint=". >= 0 and . <= 120",
            constraint_message={"zh": "请填0到120之间的年龄。", "en": "Give an age from 0 to 120."},
        ),
        one(
            "member_doing",
            DOING,
            zh="现在主要做什么？",
            en="What does this person mainly do now?",
            relevant="${member_age} >= 16",
        ),
        one(
            "member_school",
            STAGES,
            zh="现在上什么学？",
            en="Which school does this person attend?",
            relevant=f"(${{member_age}} >= 3 and ${{member_age}} <= 15) or {equals('member_doing', 'studying')}",
        ),
        one(
            "member_ill",
            YES_NO_UNSURE,
            zh="有没有要长期吃药或治疗的病？",
            en="Does this person have an illness that needs lasting treatment?",
        ),
        one(
            "member_pension",
            YES_NO_UNSURE,
            zh="有没有按月领养老金？",
            en="Does this person draw a monthly pension?",
            relevant="${member_age} >= 60",
        ),
        b.calculate("member_pupil", f"if(({_PUPIL}), 1, 0)"),
        b.calculate(
            "member_missing_school",
            f"if(${{member_age}} >= 6 and ${{member_age}} <= 15 and ({equals('member_school', 'not_in_school')}), 1, 0)",
        ),
        b.calculate("member_of_working_age", "if(${member_age} >= 16 and ${member_age} < 60, 1, 0)"),
        b.calculate("member_at_work", f"if({equals('member_doing', 'local_work', 'migrant_work')}, 1, 0)"),
        b.calculate("member_away", f"if({equals('member_doing', 'migrant_work')}, 1, 0)"),
        b.calculate("member_child", "if(${member_age} < 16, 1, 0)"),
        b.calculate("member_elder", "if(${member_age} >= 60, 1, 0)"),
        b.calculate("member_in_treatment", f"if({equals('member_ill', 'yes')}, 1, 0)"),
    ]
    repeat = b.repeat("member", zh="家庭成员", en="Member of the household", count="${member_count}", items=person)
    return [count, repeat, *(b.calculate(name, f"sum(${{{each}}})") for name, each in _COUNTS.items())]


_PUPIL = equals("member_school", "kindergarten", "primary", "junior", "senior", "college")
_COUNTS = {
    "pupils": "member_pupil",
    "missing_school": "member_missing_school",
    "working_age": "member_of_working_age",
    "at_work": "member_at_work",
    "away": "member_away",
    "children": "member_child",
    "elders": "member_elder",
    "in_treatment": "member_in_treatment",
}


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
                en="Is anyone in the household looking for work and without it?",
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


def _medical() -> Item:
    return b.group(
        "medical",
        zh="医疗",
        en="Medical care",
        items=[
            one(
                "medical_cover",
                ALL_SOME_NONE,
                zh="家里人都参加医疗保险了吗？",
                en="Do the members of the household have medical insurance?",
                hint={"zh": "合作医疗、居民医保、职工医保都算。", "en": "Any public scheme counts."},
            ),
            one(
                "cover_reason",
                COVER_REASONS,
                zh="有人没参加，主要因为什么？",
                en="What is the main reason that someone has none?",
                relevant=equals("medical_cover", "some", "none"),
            ),
            specify("cover_reason", "主要因为什么？", "What is that reason?"),
            b.integer(
                "clinic_minutes",
                zh="从您家去最近的卫生室，平常要多少分钟？",
                en="How many minutes does it usually take from your home to the nearest clinic?",
                hint={
                    "zh": "按平常的走法，单程；说不清可以不填。",
                    "en": "One way, as you usually go; leave blank if not known.",
                },
                constraint=". >= 0 and . <= 300",
                constraint_message={"zh": "请填0到300之间的分钟数。", "en": "Give minutes from 0 to 300."},
            ),
            several(
                "treatment_obstacles",
                CARE_OBSTACLES,
                zh="长期治病的家人，看病有哪些难处？",
                en="What difficulties are there in getting the lasting treatment that is needed?",
                relevant="${in_treatment} > 0",
            ),
            specify("treatment_obstacles", "还有什么难处？", "What other difficulty is there?"),
            one(
                "care_forgone",
                YES_NO_UNSURE,
                zh="最近12个月，家里有没有人该看病而没去看？",
                en="In the past 12 months, did anyone in the household need medical care and go without?",
            ),
            several(
                "forgone_reasons",
                CARE_OBSTACLES,
                zh="没去看是因为什么？",
                en="Why did they go without?",
                relevant=equals("care_forgone", "yes"),
            ),
            specify("forgone_reasons", "还因为什么？", "What other reason was there?"),
            one(
                "medical_spending",
                SPENDING,
                zh="最近12个月看病吃药，扣掉报销，家里自己花了多少？",
                en="In the past 12 months, how much did the household itself pay for medical care, after what was paid back?",
            ),
        ],
    )


def _old_age() -> Item:
    return b.group(
        "old_age",
        zh="养老",
        en="Old age",
        items=[
            one(
                "pension_cover",
                ALL_SOME_NONE,
                zh="家里16到59岁的人都参加养老保险了吗？",
                en="Are the members between 16 and 59 in a pension scheme?",
                hint={"zh": "正在上学的不算。", "en": "Leave out those who are studying."},
                relevant="${working_age} > 0",
            ),
            several(
                "elders_live",
                ELDERS_LIVE,
                zh="家里60岁以上的老人和谁一起住？",
                en="With whom do the members over 60 live?",
                relevant="${elders} > 0",
            ),
            specify("elders_live", "和谁一起住？", "With whom do they live?"),
            one(
                "elders_livelihood",
                ELDERS_LIVELIHOOD,
                zh="老人的生活费主要靠什么？",
                en="What do the elderly mainly live on?",
                relevant="${elders} > 0",
            ),
            specify("elders_livelihood", "主要靠什么？", "What do they live on?"),
            several(
                "elders_difficulties",
                ELDERS_DIFFICULTIES,
                zh="老人平时有哪些难处？",
                en="What difficulties do the elderly have?",
                relevant="${elders} > 0",
            ),
            specify("elders_difficulties", "还有什么难处？", "What other difficulty do they have?"),
        ],
    )


def _hot_topic() -> Item:
    return one(
        "hot_topic",
        TOPICS,
        zh="就业、上学、看病、养老这几件事，您家现在最操心哪一件？",
        en="Of work, schooling, medical care and old age, which worries your household most at present?",
    )

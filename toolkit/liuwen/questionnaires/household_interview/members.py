"""Who lives here: the members of the household one by one, and the counts on which later questions depend.

Membership is one purse (收支在一起), as the National Bureau of Statistics counts rural households; who usually lives there is
told by months at home, and who belongs to the village by the household register, so that residents, registered people and
migrants are three counts. The list begins with whoever answers, so that answers for oneself can be told from answers for others.
"""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, specify
from liuwen.questionnaires.bank import AGREE, DONT_KNOW, OTHER, PARENTS, REFUSED, SEX, YES_NO_UNSURE

RELATIONS = b.choices(
    "relation",
    ("head", "户主", "Head of the household"),
    ("spouse", "户主的配偶", "The head's spouse"),
    ("child", "儿子、女儿", "Son or daughter"),
    ("child_in_law", "儿媳、女婿", "Son- or daughter-in-law"),
    ("grandchild", "孙辈", "Grandchild"),
    ("parent", "父母、公婆、岳父母", "Parent or parent-in-law"),
    ("grandparent", "爷爷奶奶、外公外婆（姥爷姥姥）", "Grandparent"),
    ("sibling", "兄弟姐妹", "Brother or sister"),
    ("other_person", "其他亲属或同住的人", "Another relative or person living here"),
)
ANIMALS = b.choices(
    "animal",
    *(
        (f"a{place}", zh, en)
        for place, (zh, en) in enumerate(
            [
                ("鼠", "Rat"),
                ("牛", "Ox"),
                ("虎", "Tiger"),
                ("兔", "Rabbit"),
                ("龙", "Dragon"),
                ("蛇", "Snake"),
                ("马", "Horse"),
                ("羊", "Goat"),
                ("猴", "Monkey"),
                ("鸡", "Rooster"),
                ("狗", "Dog"),
                ("猪", "Pig"),
            ]
        )
    ),
    DONT_KNOW,
)
LIVES = b.choices(
    "lives",
    ("here", "住在家里", "Lives at home"),
    ("county", "在本县，不住家里", "In the county, not at home"),
    ("beyond", "在外县、外省", "Beyond the county"),
    DONT_KNOW,
    REFUSED,
)
HELP_NEEDED = b.choices("help_needed", ("yes", "要人帮", "Yes"), ("no", "不要", "No"), DONT_KNOW, REFUSED)
WORK = b.choices(
    "work",
    ("farming", "种地、养殖", "Growing crops or raising animals"),
    ("farm_and_jobs", "种地，农闲打零工", "Farming with odd jobs"),
    ("local_work", "在本县打工", "Paid work in this county"),
    ("migrant_work", "在外县、外省打工", "Paid work outside the county"),
    (
        "salaried",
        "有固定工资（教师、村干部、公益岗位等）",
        "A salaried post (teacher, village officer, public-welfare post and the like)",
    ),
    ("business", "自己做生意", "Own business"),
    ("studying", "上学", "Studying"),
    ("with_pupil", "陪孩子在外读书", "With a child at school elsewhere"),
    ("home", "料理家务、照看家人", "Housework or looking after the family"),
    ("army", "参军", "In the army"),
    ("seeking", "没有活干，正在找", "Without work and looking for it"),
    ("too_old", "年纪大，不干活了", "No longer works, through age"),
    ("too_ill", "有病或残疾，干不了活", "Unable to work through illness or disability"),
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
    ("finished_junior", "初中毕业，没有再上", "Finished junior secondary school and stopped"),
    ("senior", "高中、中专、技校", "Senior secondary or vocational school"),
    ("college", "大专、大学", "College or university"),
    ("special", "特殊教育学校、送教上门", "Special school, or taught at home"),
    DONT_KNOW,
    REFUSED,
)
CARERS = b.choices(
    "carer",
    ("grandparents", "爷爷奶奶、外公外婆（姥爷姥姥）", "Grandparents"),
    ("relatives", "其他亲戚", "Other relatives"),
    ("school", "住校，由学校管", "The boarding school"),
    ("nobody", "没有大人照看", "No adult"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)

LARGEST = 30
_WORKS = "${member_age} >= 16"
_OUT_OF_SCHOOL = equals("member_school", "not_in_school")
_PUPIL = equals("member_school", "kindergarten", "primary", "junior", "senior", "college", "special")
_AT_WORK = equals("member_work", "local_work", "migrant_work", "farm_and_jobs", "salaried")
_COUNTS = {
    "heads": equals("member_relation", "head"),
    "pupils": _PUPIL,
    "missing_school": f"${{member_age}} >= 6 and ${{member_age}} <= 15 and ({_OUT_OF_SCHOOL})",
    "working_age": "${member_age} >= 16 and ${member_age} < 60",
    "earning_age": "${member_age} >= 16 and ${member_age} < 70",
    "at_work": _AT_WORK,
    "seeking": equals("member_work", "seeking"),
    "away": f"{equals('member_lives', 'county', 'beyond')}",
    "children": "${member_age} < 16",
    "left_behind": equals("member_parents", "neither"),
    "elders": "${member_age} >= 60",
    "in_treatment": equals("member_treated", "yes"),
    "in_care": equals("member_help", "yes"),
    "residents": "${member_months} >= 6",
}
"""What is counted over the members: name → whether one member counts."""


def members(*, coverage: bool) -> list[Item]:
    """The agreement to ask of each member; then each one's place, age, home, work, schooling, health; then the counts."""
    agreed = b.select_one(
        "members_agreed",
        AGREE,
        zh="下面问家里每个人的年纪、上学、身体，孩子的由您（监护人）回答。您愿意吗？",
        en="Next come each member's age, schooling and health; for children you answer as their guardian. Are you willing?",
        hint={"zh": "不愿意就跳过这一段。", "en": "If not, this part is skipped."},
        required=True,
    )
    count = b.integer(
        "member_count",
        zh="从您说起：一起过日子、钱放在一起花的有几口人？在外打工、上学的算，分家另过的不算。",
        en="Starting with yourself: how many people live from the same purse? Count those away at work or school, not those who "
        "have set up on their own.",
        hint={
            "zh": "一个一个数，再问：还有没有刚出生的、老人、在外面的没说到？",
            "en": "Count them one by one, then ask: anyone not yet named, such as babies, old people, people away?",
        },
        required=True,
        constraint=f". >= 1 and . <= {LARGEST}",
        constraint_message={"zh": f"请填1到{LARGEST}之间的人数。", "en": f"Give a number from 1 to {LARGEST}."},
    )
    repeat = b.repeat(
        "member",
        zh="家庭成员",
        en="Member of the household",
        count="${member_count}",
        appearance="field-list",
        relevant=equals("members_agreed", "yes"),
        items=[*_who(), *_where(), *_does(), *_health(coverage), *_child(), *_counted()],
    )
    year = b.calculate("visit_year", "number(format-date(${visit_date}, '%Y'))")
    return [count, agreed, year, repeat, *_totals(), _heads(), _registered()]


def _registered() -> Item:
    return b.integer(
        "registered_elsewhere",
        zh="这几口人里，户口不在本村的有几口？",
        en="How many of these people are not registered in this village?",
        hint={"zh": "都在本村填0。", "en": "0 if all are."},
        relevant=equals("members_agreed", "yes"),
        required=True,
        constraint=". >= 0 and . <= ${member_count}",
        constraint_message={"zh": "不能比全家人数多。", "en": "It cannot be more than the household has."},
    )


def _who() -> list[Item]:
    too_young = f"{equals('member_relation', 'head', 'spouse')}"
    return [
        b.calculate("member_number", "position(..)"),
        b.text(
            "member_called",
            zh="第${member_number}口人怎么称呼？",
            en="What do you call person ${member_number}?",
            hint={
                "zh": "不写全名，写老伴、大儿子这样的称呼；第一口是回答的人，写：您。",
                "en": "Not a full name, but a call name such as wife or eldest son; the first is who answers: write you.",
            },
            required=True,
            constraint="string-length(.) <= 10",
            constraint_message={"zh": "称呼最多10个字。", "en": "A call name has 10 characters at most."},
        ),
        one(
            "member_relation",
            RELATIONS,
            asking="listen",
            zh="${member_called}是户主本人，还是户主的什么人？",
            en="Is this person (${member_called}) the head of the household, or how related to the head?",
            appearance="minimal",
            hint={
                "zh": "户主以户口本为准；户口本上的人不在这一家的，以当家的人为准。",
                "en": "The head is whom the household register names; if that person lives apart, whoever runs the house.",
            },
        ),
        one(
            "member_sex",
            SEX,
            asking="visitor",
            zh="${member_called}的性别",
            en="Sex of this person (${member_called})",
            appearance="columns-2",
        ),
        b.integer(
            "member_born",
            zh="${member_called}是哪一年生的？",
            en="In which year was this person (${member_called}) born?",
            hint={"zh": "说不清就空着，下面问属相。", "en": "If not known leave blank; the animal sign comes next."},
            constraint=f". >= ${{visit_year}} - 120 and . <= ${{visit_year}} and (. <= ${{visit_year}} - 16 or not({too_young}))",
            constraint_message={
                "zh": "请填公历年份，四位数；户主和配偶要满16岁。",
                "en": "Give the year in four digits; the head and the head's spouse are at least 16.",
            },
        ),
        one(
            "member_animal",
            ANIMALS,
            asking="listen",
            zh="${member_called}属什么？",
            en="What is the animal sign of this person (${member_called})?",
            relevant="${member_born} = ''",
            appearance="minimal",
        ),
        b.integer(
            "member_said_age",
            zh="${member_called}今年多大？（按当地说法，虚岁也行）",
            en="How old is this person (${member_called}), as people here count?",
            relevant="${member_born} = ''",
            required=True,
            constraint=". >= 0 and . <= 121",
            constraint_message={"zh": "请填0到121之间的年龄。", "en": "Give an age from 0 to 121."},
        ),
        *_age(),
    ]


def _age() -> list[Item]:
    # Counted the old way a person is one at birth, so the year of birth is this year less the age plus one; the animal sign, one
    # of twelve in turn (1900 was a Rat), then moves it to the nearest year of that sign.
    near = "(${visit_year} - ${member_said_age} + 1)"
    sign = "number(substr(${member_animal}, 1))"
    turn = f"((({sign} - ({near} - 1900) + 126) mod 12) - 6)"
    return [
        b.calculate(
            "member_birth_year",
            f"if(${{member_born}} != '', ${{member_born}}, if(${{member_animal}} = 'dont_know', {near}, {near} + {turn}))",
        ),
        b.calculate("member_age", "if(${member_birth_year} > ${visit_year}, 0, ${visit_year} - ${member_birth_year})"),
    ]


def _where() -> list[Item]:
    return [
        b.integer(
            "member_months",
            zh="最近12个月，${member_called}在家住了几个月？",
            en="How many of the past 12 months did this person (${member_called}) live at home?",
            required=True,
            constraint=". >= 0 and . <= 12",
            constraint_message={"zh": "请填0到12之间的月数。", "en": "Give months from 0 to 12."},
        ),
        one(
            "member_lives",
            LIVES,
            zh="${member_called}现在住在哪里？",
            en="Where does this person (${member_called}) live now?",
            relevant="${member_months} < 10",
        ),
    ]


def _does() -> list[Item]:
    return [
        one(
            "member_work",
            WORK,
            asking="listen",
            zh="最近12个月，${member_called}大部分时间在做什么？",
            en="What did this person (${member_called}) do most of the past 12 months?",
            appearance="minimal",
            relevant=_WORKS,
        ),
        specify("member_work", "大部分时间在做什么？", "What did this person do?"),
        one(
            "member_school",
            STAGES,
            asking="listen",
            zh="${member_called}现在上什么学？（念到哪一级）",
            en="What level of school does this person (${member_called}) attend now?",
            appearance="minimal",
            relevant=f"(${{member_age}} >= 3 and ${{member_age}} <= 15) or {equals('member_work', 'studying')}",
            choice_filter="${member_work} != 'studying' or (name != 'not_in_school' and name != 'finished_junior')",
        ),
    ]


def _health(coverage: bool) -> list[Item]:
    return [
        one(
            "member_treated",
            YES_NO_UNSURE,
            zh="医生有没有说过，${member_called}要长期吃药治病？",
            en="Has a doctor said that this person (${member_called}) needs medicine or treatment for a long time?",
            hint={
                "zh": "第一次问时念：比如高血压、糖尿病、心脏病、风湿、精神方面的病。",
                "en": "Read out the first time: such as high blood pressure, diabetes, heart or joint disease, mental illness.",
            },
        ),
        one(
            "member_help",
            HELP_NEEDED,
            zh="吃饭、穿衣、上厕所，${member_called}要不要人帮？",
            en="Does this person (${member_called}) need help with eating, dressing or using the toilet?",
            relevant=f"${{member_age}} >= 60 or ({equals('member_treated', 'yes')}) or ({equals('member_work', 'too_ill')})",
        ),
        *([_pension()] if coverage else []),
    ]


def _pension() -> Item:
    drew_early = f"${{member_age}} >= 50 and ({equals('member_work', 'salaried', 'too_old', 'home')})"
    return one(
        "member_pension",
        YES_NO_UNSURE,
        zh="${member_called}有没有按月领养老金？",
        en="Does this person (${member_called}) draw a monthly pension?",
        hint={
            "zh": "居民养老金、退休金都算；高龄津贴、低保不算。",
            "en": "Resident and retirement pensions count; old-age bonus and living allowance do not.",
        },
        relevant=f"${{member_age}} >= 60 or ({drew_early})",
    )


def _child() -> list[Item]:
    return [
        one(
            "member_parents",
            PARENTS,
            zh="${member_called}的父母，现在在不在家住？",
            en="Do the parents of this child (${member_called}) live at home now?",
            relevant="${member_age} < 16",
        ),
        one(
            "member_carer",
            CARERS,
            asking="listen",
            zh="${member_called}平时主要由谁照看？",
            en="Who mainly looks after this child (${member_called})?",
            relevant=equals("member_parents", "neither"),
        ),
        specify("member_carer", "由谁照看？", "Looked after by whom?"),
    ]


def _counted() -> list[Item]:
    return [b.calculate(f"member_is_{name}", f"if({condition}, 1, 0)") for name, condition in _COUNTS.items()]


def _totals() -> list[Item]:
    """What the household has in all; blank, not 0, where the members were not asked about."""
    agreed = equals("members_agreed", "yes")
    sums = [b.calculate(name, f"sum(${{member_is_{name}}})", relevant=agreed) for name in _COUNTS]
    kinds = {
        "only_elders": "${elders} > 0 and ${elders} = ${member_count}",
        "has_left_behind": "${left_behind} > 0",
        "has_migrants": "${away} > 0",
    }
    return [*sums, *(b.calculate(name, f"if({condition}, 'yes', 'no')", relevant=agreed) for name, condition in kinds.items())]


def _heads() -> Item:
    return b.note(
        "heads_differ",
        zh="现在有${heads}位户主，应当正好一位：请回到成员那里改一下。",
        en="There are ${heads} heads of this household, and there should be exactly one; go back to the members and correct it.",
        relevant=f"{equals('members_agreed', 'yes')} and ${{heads}} != 1",
    )

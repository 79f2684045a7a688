"""Who lives here: the members of the household one by one, and the counts on which later questions depend."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.bank import DONT_KNOW, OTHER, REFUSED, SEX, YES_NO_UNSURE, equals, one, specify

RELATIONS = b.choices(
    "relation",
    ("head", "户主", "Head of the household"),
    ("spouse", "户主的配偶", "The head's spouse"),
    ("child", "儿子、女儿", "Son or daughter"),
    ("child_in_law", "儿媳、女婿", "Son- or daughter-in-law"),
    ("grandchild", "孙辈", "Grandchild"),
    ("parent", "父母、公婆、岳父母", "Parent or parent-in-law"),
    ("sibling", "兄弟姐妹", "Brother or sister"),
    ("other_person", "其他亲属或同住的人", "Another relative or person living here"),
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


def members() -> list[Item]:
    """Each member's place, age, work, schooling, illness and pension; then how many there are of each kind."""
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
        b.calculate("member_number", "position(..)"),
        one(
            "member_relation",
            RELATIONS,
            zh="第${member_number}口人是户主的什么人？",
            en="How is person ${member_number} related to the head of the household?",
            appearance="minimal",
            hint={"zh": "从户主说起，一个一个问。", "en": "Begin with the head and go through the members one by one."},
        ),
        one("member_sex", SEX, zh="这个人的性别", en="This person's sex", appearance="columns-2"),
        b.integer(
            "member_age",
            zh="这个人多大年纪？（周岁）",
            en="How old is this person? (completed years)",
            hint={"zh": "不到1岁填0；说不准就估计。", "en": "0 for under one year; estimate where it is not known."},
            required=True,
            constraint=". >= 0 and . <= 120",
            constraint_message={"zh": "请填0到120之间的年龄。", "en": "Give an age from 0 to 120."},
        ),
        one(
            "member_doing",
            DOING,
            zh="这个人现在主要做什么？",
            en="What does this person mainly do now?",
            appearance="minimal",
            relevant="${member_age} >= 16",
        ),
        specify("member_doing", "这个人主要做什么？", "What does this person mainly do?"),
        one(
            "member_school",
            STAGES,
            zh="这个人现在上什么学？",
            en="Which school does this person attend?",
            appearance="minimal",
            relevant=f"(${{member_age}} >= 3 and ${{member_age}} <= 15) or {equals('member_doing', 'studying')}",
        ),
        one(
            "member_ill",
            YES_NO_UNSURE,
            zh="这个人有没有要长期治疗的病？",
            en="Does this person have an illness that needs lasting treatment?",
        ),
        one(
            "member_pension",
            YES_NO_UNSURE,
            zh="这个人有没有按月领养老金？",
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
    repeat = b.repeat(
        "member", zh="家庭成员", en="Member of the household", count="${member_count}", appearance="field-list", items=person
    )
    return [count, repeat, *(b.calculate(name, f"sum(${{{each}}})") for name, each in _COUNTS.items())]

"""Medical care and old age, as the first question asks about them."""

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.questionnaires.asking import equals, one, several, specify
from liuwen.questionnaires.bank import ALL_SOME_NONE, DONT_KNOW, NONE, OTHER, REFUSED, YES_NO_UNSURE

COVER_REASONS = b.choices(
    "cover_reason",
    ("cost", "交的钱太多、年年涨", "The contribution is too high or rises every year"),
    ("no_use", "觉得用处不大", "It seems of little use"),
    ("healthy", "身体好，用不上", "Healthy, does not need it"),
    ("covered", "在别处参加了", "Insured elsewhere"),
    ("missed", "错过了交钱的时间", "Missed the date for paying"),
    ("how", "不知道怎么办", "Do not know how to join"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
CARE_OBSTACLES = b.choices(
    "care_obstacles",
    ("cost", "花费高", "High cost"),
    ("distance", "路远、交通不便", "Distance or transport"),
    ("supply", "附近看不了、没有药", "No doctor or medicine for it nearby"),
    ("company", "没人陪着去", "Nobody to go along"),
    ("claiming", "报销麻烦", "Reimbursement is troublesome"),
    ("time", "走不开", "Cannot get away"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
FORGONE = b.choices(
    "forgone_reasons",
    ("minor", "觉得不要紧，扛一扛就过去了", "Did not seem serious, would pass"),
    ("cost", "花费高", "High cost"),
    ("distance", "路远、交通不便", "Distance or transport"),
    ("supply", "附近看不了、没有药", "No doctor or medicine for it nearby"),
    ("company", "没人陪着去", "Nobody to go along"),
    ("claiming", "报销麻烦", "Reimbursement is troublesome"),
    ("time", "走不开", "Could not get away"),
    ("afraid", "怕查出病来", "Afraid of what would be found"),
    ("old", "年纪大了，不想花钱治", "Too old to spend money on it"),
    OTHER,
    DONT_KNOW,
    REFUSED,
)
PAID = b.choices(
    "medical_paid",
    ("none", "没有花钱", "Nothing"),
    ("p2000", "不到2千元", "Under 2,000 yuan"),
    ("p5000", "2千到5千元（不含5千）", "2,000 to under 5,000 yuan"),
    ("p20000", "5千到2万元（不含2万）", "5,000 to under 20,000 yuan"),
    ("p50000", "2万到5万元（不含5万）", "20,000 to under 50,000 yuan"),
    ("p100000", "5万到10万元（不含10万）", "50,000 to under 100,000 yuan"),
    ("more", "10万元以上", "100,000 yuan or more"),
    DONT_KNOW,
    REFUSED,
)
ELDERS_LIVELIHOOD = b.choices(
    "elders_livelihood",
    ("own_work", "自己干活", "Their own work"),
    ("children", "子女给", "Their children"),
    ("pension", "养老金", "A pension"),
    ("allowance", "低保、特困供养等补助", "Public allowances"),
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
    ("company", "看病拿药没人陪", "Nobody to go along to the doctor"),
    ("meals", "做饭、洗衣、取暖吃力", "Cooking, washing or heating is hard"),
    ("phones", "不会用手机办事、取钱", "Cannot manage things or draw money by phone"),
    ("house", "房子不好住", "The house is poor"),
    ("lonely", "没人说话、孤单", "Loneliness"),
    OTHER,
    NONE,
    DONT_KNOW,
    REFUSED,
)
CLINIC = b.choices(
    "clinic_way",
    ("under_15", "不到15分钟", "Under 15 minutes"),
    ("under_30", "15分钟到半小时", "15 minutes to half an hour"),
    ("under_60", "半小时到1小时", "Half an hour to an hour"),
    ("over_60", "1小时以上", "Over an hour"),
    ("nowhere", "附近没有开门的", "None is open anywhere near"),
    DONT_KNOW,
    REFUSED,
)


def medical(*, coverage: bool) -> Item:
    """Insurance, care that was needed and not sought, what it cost; with `coverage` the way to the clinic and treatment too."""
    return b.group(
        "medical",
        zh="医疗",
        en="Medical care",
        items=[*_insurance(), *([*_clinic(), *_treatment()] if coverage else []), *_forgone(coverage), *_paid(coverage)],
    )


def old_age(*, coverage: bool) -> Item:
    """What is hard for those over 60; with `coverage`, what they live on, and who pays into a pension scheme."""
    elders = "${elders} > 0"
    pension = one(
        "pension_cover",
        ALL_SOME_NONE,
        zh="家里16到59岁的人参加养老保险了吗？（上学的不算）",
        en="Are the members between 16 and 59 in a pension scheme? (Leave out those who are studying.)",
        hint={
            "zh": "居民养老保险、职工养老保险都算；商业保险不算。",
            "en": "Resident and employee schemes count; private insurance does not.",
        },
        relevant="${working_age} > 0",
    )
    livelihood = [
        one(
            "elders_livelihood",
            ELDERS_LIVELIHOOD,
            asking="listen",
            zh="您家60岁以上的，生活费主要靠什么？",
            en="What do those of your household aged 60 or over mainly live on?",
            relevant=elders,
        ),
        specify("elders_livelihood", "主要靠什么？", "What is it?"),
    ]
    asked = [
        several(
            "elders_difficulties",
            ELDERS_DIFFICULTIES,
            zh="您家60岁以上的，平时有哪些难处？",
            en="What is hard from day to day for those of your household aged 60 or over?",
            relevant=elders,
        ),
        specify("elders_difficulties", "还有什么难处？", "What other difficulty is there?"),
    ]
    return b.group("old_age", zh="养老", en="Old age", items=[*([pension, *livelihood] if coverage else []), *asked])


def _insurance() -> list[Item]:
    return [
        one(
            "medical_cover",
            ALL_SOME_NONE,
            zh="今年，家里人都参加医保了吗？（居民医保就是以前的合作医疗）",
            en="This year, is everybody in the household covered by public medical insurance? (Residents' insurance was called "
            "the cooperative scheme.)",
            hint={"zh": "职工医保也算。", "en": "Employees' insurance counts too."},
        ),
        one(
            "cover_reason",
            COVER_REASONS,
            asking="listen",
            zh="有人没参加，主要因为什么？",
            en="What is the main reason that someone is not?",
            relevant=equals("medical_cover", "some", "none"),
        ),
        specify("cover_reason", "主要因为什么？", "What is that reason?"),
    ]


def _clinic() -> list[Item]:
    return [
        one(
            "clinic_way",
            CLINIC,
            zh="去最近的、平常开门看病的卫生室或诊所，单程要多久？",
            en="How long does it take, one way, to the nearest clinic that is usually open?",
        )
    ]


def _treatment() -> list[Item]:
    return [
        several(
            "treatment_obstacles",
            CARE_OBSTACLES,
            zh="家里要长期吃药治病的人，看病拿药有哪些难处？",
            en="For those who need long-term treatment, what is difficult about getting it?",
            relevant="${in_treatment} > 0",
        ),
        specify("treatment_obstacles", "还有什么难处？", "What other difficulty is there?"),
    ]


def _forgone(coverage: bool) -> list[Item]:
    forgone = one(
        "care_forgone",
        YES_NO_UNSURE,
        zh="最近12个月，家里有没有人病了该去看，结果没去看？",
        en="In the past 12 months, was anyone in the household ill, in need of a doctor, and did not see one?",
    )
    why = [
        several("forgone_reasons", FORGONE, zh="没去看是因为什么？", en="Why not?", relevant=equals("care_forgone", "yes")),
        specify("forgone_reasons", "还因为什么？", "What other reason was there?"),
    ]
    return [forgone, *(why if coverage else [])]


def _paid(coverage: bool) -> list[Item]:
    paid = one(
        "medical_paid",
        PAID,
        asking="card",
        zh="最近12个月看病、住院、买药，扣掉报销，家里自己花了多少？",
        en="In the past 12 months, how much did the household pay for doctors, hospital and medicine, after reimbursement?",
    )
    debt = one(
        "medical_debt",
        YES_NO_UNSURE,
        zh="为付这些看病的钱，家里有没有借过？",
        en="Did the household borrow money for it?",
        relevant=equals("medical_paid", "p20000", "p50000", "p100000", "more"),
    )
    return [paid, debt] if coverage else [paid]

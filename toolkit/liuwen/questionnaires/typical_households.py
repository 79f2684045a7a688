"""Made-up households of several kinds, by which the length of the interview is told. No such people exist."""

from collections.abc import Mapping
from types import MappingProxyType

Answers = Mapping[str, object]
_VISIT: Answers = MappingProxyType(
    {
        "visitor": "甲",
        "companions": 0,
        "hamlet": "一组",
        "household": "12",
        "visit_result": "ready",
        "consent": "yes",
        "position_agreed": "no",
    }
)
_CLOSING: Answers = MappingProxyType(
    {
        "last_word": "早点修路",
        "card": "given",
        "revisit_agreed": "yes",
        "phone": "13800000000",
        "present": "nobody",
        "understood": "well",
        "openness": "free",
        "spoken": "dialect",
        "interrupted": "no",
        "matter_publish": "yes",
        "matter_reply": "visit",
        "diary": "路面确实坏了，答应报镇里。",
    }
)


def member(called: str, relation: str, sex: str, born: int, **answers: object) -> Answers:
    """One member of a household, at home all year and registered there unless said otherwise."""
    usual = {
        "member_months": 12,
        "member_treated": "no",
        "member_parents": "both",
        "member_pension": "yes",
    }
    return {
        "member_called": called,
        "member_relation": relation,
        "member_sex": sex,
        "member_born": born,
        "member_help": "no",
        **usual,
        **answers,
    }


APPRAISAL: Answers = MappingProxyType(
    {
        "appraisal_agreed": "yes",
        "village_visits": "once",
        "village_asked": "yes",
        "village_came_of_it": "promised",
        "village_manner": "good",
        "village_care": "poor",
        "village_results": "middle",
        "head_manner": "good",
        "team_manner": "no_contact",
        "town_visits": "never",
        "town_asked": "no",
        "town_manner": "no_contact",
        "town_care": "no_contact",
        "town_results": "middle",
        "village_equal": "middle",
        "village_accounts": "poor",
        "village_problems": ["slow", "promises"],
        "town_problems": "absent",
        "done_well": "修路",
        "do_better": "把账讲清楚",
        "official_present": "nobody",
    }
)
"""Answers about officials, which the anonymous appraisal asks for too."""
_MATTER: Answers = MappingProxyType(
    {
        "matter_class": "shortfall",
        "matter_title": "通组路路面坏了",
        "matter_text": "三组到村口一里多路，雨天车进不来，想铺水泥",
        "matter_scope": "public",
        "matter_disposition": "by_date",
        "matter_by_date": "2099-01-01",
    }
)
HOUSEHOLD: Answers = MappingProxyType(
    {
        **_VISIT,
        "household_groups": "none",
        "position_agreed": "yes",
        "position": (30.0, 112.0),
        "worries": ["medical", "schooling"],
        "member_count": 4,
        "members_agreed": "yes",
        "member": [
            member("您", "spouse", "female", 1987, member_work="farming"),
            member("当家的", "head", "male", 1985, member_work="migrant_work", member_months=1, member_lives="beyond"),
            member("丫头", "child", "female", 2016, member_school="primary"),
            member("爷爷", "parent", "male", 1954, member_work="too_old", member_treated="yes"),
        ],
        "registered_elsewhere": 1,
        "job_wanted": "yes",
        "job_obstacles": ["skills", "care"],
        "wages_late": "no",
        "training": "livestock",
        "school_way": "under_60",
        "boards": "no",
        "school_difficulties": ["distance", "phones"],
        "medical_cover": "all",
        "clinic_way": "under_30",
        "treatment_obstacles": "distance",
        "care_forgone": "yes",
        "forgone_reasons": "minor",
        "medical_paid": "p20000",
        "medical_debt": "no",
        "pension_cover": "some",
        "elders_livelihood": "children",
        "elders_difficulties": ["illness", "phones"],
        "needs": ["road", "water", "medical"],
        "help_wanted": "yes",
        "first_need": "road",
        "second_need": "water",
        "third_need": "medical",
        "help_kinds": "works",
        "need_duration": "over_3_years",
        "told_whom": "village",
        "outcome": "promised",
        "income_sources": ["crops", "migrant_wage", "old_age_pension", "allowance"],
        "main_income": "migrant_wage",
        "land_contracted": "m10",
        "land_farmed": "m3",
        "land_plan": "part",
        "wages_net": "i80",
        "farming_net": "i10",
        "transfers_net": "i10",
        "income_net": "i80",
        "income_change": "more",
        "borrowed": "yes",
        "borrowed_from": "relatives",
        "loan_tried": "not_tried",
        "loan_reason": "how",
        "has_idea": "yes",
        "ideas": "livestock",
        "idea_text": "养羊",
        "obstacles": ["capital", "skills"],
        "main_obstacle": "capital",
        "support": "loan",
        "rules_known": "heard",
        "rules_quality": "good",
        "welfare_quality": "middle",
        "welfare_weak": "unknown",
        "sanitation_quality": "poor",
        "sanitation_weak": "rubbish",
        "culture_quality": "middle",
        "culture_weak": "activities",
        "services_weak": "bus",
        "mend_first": "sanitation",
        "mend_how": "定时来车收垃圾",
        "meeting_attended": "yes",
        "meeting_heard": "not_taken_up",
        "contact_known": "yes",
        "contact_whom": "village",
        "development_ideas": "yes",
        "village_paths": ["road", "fields"],
        "town_paths": "hospital",
        "village_idea": "年轻人能回来就好",
        "resources": "hills",
        "income_measures": ["training", "buyers"],
        "take_part": "labour",
        "matters_more": 0,
        "matter": [
            _MATTER,
            {**_MATTER, "matter_text": None},
            {**_MATTER, "matter_disposition": "explained", "matter_explained": "要等规划"},
        ],
        **APPRAISAL,
        **_CLOSING,
    }
)
"""Three generations, a father working away, three difficulties, a plan, an appraisal: a household with much to say."""

_FEW: Answers = MappingProxyType(
    {
        "needs": "none",
        "borrowed": "no",
        "has_idea": "no",
        "no_idea_reason": "content",
        "rules_known": "no",
        "welfare_quality": "good",
        "sanitation_quality": "good",
        "culture_quality": "dont_know",
        "services_weak": "none",
        "mend_first": "none",
        "meeting_attended": "no",
        "contact_known": "yes",
        "contact_whom": "village",
        "development_ideas": "no",
        "income_measures": "dont_know",
        "take_part": "none",
        "matters_more": 0,
        "appraisal_agreed": "yes",
        **dict.fromkeys(
            ("village_manner", "village_care", "village_results", "village_equal", "village_accounts", "head_manner"), "good"
        ),
        **dict.fromkeys(("town_manner", "town_care", "town_results", "team_manner"), "no_contact"),
        "village_visits": "once",
        "village_asked": "no",
        "town_visits": "never",
        "town_asked": "no",
        "official_present": "nobody",
        "household_groups": "none",
        "registered_elsewhere": 0,
        "members_agreed": "yes",
        "care_forgone": "no",
        "medical_cover": "all",
        "medical_paid": "p2000",
        "wages_late": "no",
        "job_wanted": "no",
        "income_change": "same",
        **_CLOSING,
        "last_word": None,
        "diary": "一切都好。",
    }
)
OLD_COUPLE: Answers = MappingProxyType(
    {
        **_VISIT,
        **_FEW,
        "household_groups": "allowance",
        "worries": "medical",
        "member_count": 2,
        "member": [
            member("您", "head", "male", 1950, member_work="farming", member_treated="yes"),
            member("老伴", "spouse", "female", 1953, member_work="too_old"),
        ],
        "treatment_obstacles": "company",
        "elders_livelihood": "pension",
        "elders_difficulties": ["company", "phones"],
        "income_sources": ["crops", "old_age_pension", "allowance"],
        "main_income": "old_age_pension",
        "income_net": "i30",
        "needs": "medical",
        "help_wanted": "yes",
        "first_need": "medical",
        "help_kinds": "information",
        "need_duration": "under_3_years",
        "told_whom": "nobody",
        "matter": [
            {
                **_MATTER,
                "matter_class": "difficulty",
                "matter_title": "拿慢病药要去镇上",
                "matter_text": "每月要坐车去镇卫生院拿药，想在村里就能拿到",
                "matter_scope": "household",
            }
        ],
    }
)
"""An old couple alone, one of them ill."""
MIGRANT_FAMILY: Answers = MappingProxyType(
    {
        **_VISIT,
        **_FEW,
        "worries": "schooling",
        "member_count": 4,
        "member": [
            member("您", "parent", "female", 1958, member_work="farming"),
            member("儿子", "head", "male", 1984, member_work="migrant_work", member_months=1, member_lives="beyond"),
            member("儿媳", "spouse", "female", 1986, member_work="migrant_work", member_months=1, member_lives="beyond"),
            member("孙子", "child", "male", 2014, member_school="junior", member_parents="neither", member_carer="grandparents"),
        ],
        "school_way": "over_60",
        "boards": "weekly",
        "school_difficulties": ["phones", "learning"],
        "elders_livelihood": "children",
        "elders_difficulties": "phones",
        "income_sources": ["crops", "migrant_wage"],
        "main_income": "migrant_wage",
        "income_net": "i120",
        "needs": ["schooling", "road"],
        "help_wanted": "yes",
        "first_need": "schooling",
        "second_need": "road",
        "help_kinds": "information",
        "need_duration": "under_3_years",
        "told_whom": "nobody",
        "matter": [
            {
                **_MATTER,
                "matter_class": "difficulty",
                "matter_title": "孩子上学没人辅导，玩手机",
                "matter_text": "孙子初一跟不上，周末在家玩手机，想请学校或村里周末组织做作业",
                "matter_scope": "public",
            },
            {**_MATTER, "matter_text": None},
        ],
    }
)
"""Parents working away, a pupil who boards, and the grandmother who answers."""
ENTERPRISE_OWNER: Answers = MappingProxyType(
    {
        **_VISIT,
        **_FEW,
        "household_groups": "prospered",
        "worries": "none",
        "member_count": 3,
        "member": [
            member("您", "head", "male", 1978, member_work="business"),
            member("老婆", "spouse", "female", 1980, member_work="business"),
            member("儿子", "child", "male", 2008, member_work="studying", member_school="senior"),
        ],
        "school_way": "over_60",
        "boards": "weekly",
        "school_difficulties": "none",
        "income_sources": ["business", "land_rent"],
        "main_income": "business",
        "income_net": "over",
        "borrowed": "yes",
        "borrowed_from": "bank",
        "has_idea": "yes",
        "ideas": ["processing", "online_sales"],
        "idea_text": "加一条烘干线",
        "obstacles": ["permits", "labour"],
        "main_obstacle": "permits",
        "support": "works",
        "needs": "power",
        "help_wanted": "yes",
        "first_need": "power",
        "help_kinds": "works",
        "need_duration": "under_3_years",
        "told_whom": "town",
        "outcome": "under_way",
        "development_ideas": "yes",
        "village_paths": ["processing", "parcels"],
        "town_paths": "enterprises",
        "village_idea": "建个冷库大家用",
        "income_measures": ["jobs", "online"],
        "take_part": ["meetings", "teaching"],
        "matter": [
            {**_MATTER, "matter_title": "加工点电压不够", "matter_text": "开两台机器就跳闸，想增一台变压器"},
        ],
    }
)
"""Someone who runs a workshop and has plans."""
NOBODY_AT_HOME: Answers = MappingProxyType({**_VISIT, "visit_result": "nobody"})
"""The house where nobody is at home."""
TYPES: Mapping[str, Answers] = MappingProxyType(
    {
        "much_to_say": HOUSEHOLD,
        "old_couple": OLD_COUPLE,
        "migrant_family": MIGRANT_FAMILY,
        "enterprise_owner": ENTERPRISE_OWNER,
        "nobody_at_home": NOBODY_AT_HOME,
    }
)
"""Kind of household → its answers."""

SECOND_VISIT: Answers = MappingProxyType(
    {
        **HOUSEHOLD,
        "changes": ["returned", "ill"],
        "income_now": "more",
        "last_matters": "raised",
        "last_outcome": "under_way",
        "needs": ["road", "medical"],
        "first_need": "road",
        "second_need": "medical",
        "matter": [_MATTER, {**_MATTER, "matter_text": None}],
    }
)
"""The same household half a year later."""

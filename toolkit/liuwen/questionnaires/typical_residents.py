"""Made-up residents, by which the length of the anonymous surveys is told. No such people exist."""

from types import MappingProxyType

from liuwen.questionnaires.service_reasons import SERVICES
from liuwen.questionnaires.typical_households import APPRAISAL, Answers

RESIDENT: Answers = MappingProxyType(
    {
        "consent": "yes",
        "adults": 2,
        "sex": "female",
        "age_group": "a45",
        **dict.fromkeys(("overall", *SERVICES), "satisfied"),
        **dict.fromkeys(("village_ability", "village_fairness", "village_openness"), "neutral"),
        **dict.fromkeys(("town_manner", "town_ability", "town_fairness", "town_openness"), "no_contact"),
        "town_asked": "no",
        "came": "yes",
        "raised": "yes",
        "became": "promised",
        "visits": "dissatisfied",
        "village_asked": "yes",
        "village_manner": "dissatisfied",
        "village_result": "satisfied",
        "village_why": ["slow", "absent"],
        "roads": "dissatisfied",
        "roads_why": "quality",
        "clinic": "very_dissatisfied",
        "clinic_why": ["doctors", "far"],
        "wish": "修路",
        "coached": "nobody",
    }
)
"""Someone's answers to the satisfaction survey: content with most things."""
RATER: Answers = MappingProxyType({**RESIDENT, **APPRAISAL})
"""The same person's answers to the anonymous appraisal."""
NEIGHBOUR: Answers = MappingProxyType(
    {
        **RESIDENT,
        "mode": "phone",
        "listened": "neutral",
        "contact_known": "yes",
        "visits_better": "提的事要有下文",
        **dict.fromkeys(("indifferent", "careless", "meddling", "show", "rude", "kin", "gifts", "hide", "spite"), "never"),
        **dict.fromkeys(("promises", "shirk"), "some"),
        "levels": "village",
        **dict.fromkeys(
            ("doctor", "school", "jobs", "old_age", "housing", "water", "roads", "cleanliness", "safety", "openness", "income"),
            "satisfied",
        ),
        **dict.fromkeys(("hardship_help", "offices"), "neutral"),
        **dict.fromkeys(("income_change", "doctor_change", "school_change"), "same"),
        "first": "roads",
        "unit": "镇民政办",
        **dict.fromkeys(("results", "diligence", "teamwork", "people", "rules"), "good"),
        "unit_better": "多下村",
        "checker": "乙",
        "visit": "V-0012",
        "checked_how": "phone",
        "how_long": "under_30",
        "card_left": "have",
        "burden": "nothing",
    }
)
"""Someone's answers to the shorter anonymous surveys and to the back-check."""

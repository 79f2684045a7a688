"""The questionnaires: of the 六问 visits, of the anonymous surveys, and of the daily work of a town's officials.

Each is a function that gives a form, in a file of its own, worded in Chinese and English, and built for a town's registers of
villages, households and people where these are given. What several share stands once in the bank.
"""

from liuwen.questionnaires.backcheck import backcheck
from liuwen.questionnaires.colleagues import colleagues
from liuwen.questionnaires.daily_check import daily_check
from liuwen.questionnaires.decision import decision
from liuwen.questionnaires.deed import deed
from liuwen.questionnaires.enterprise_visit import enterprise_visit
from liuwen.questionnaires.help import help
from liuwen.questionnaires.household_appraisal import household_appraisal
from liuwen.questionnaires.household_interview import household_interview
from liuwen.questionnaires.letter import letter
from liuwen.questionnaires.made_up_people import made_up_people
from liuwen.questionnaires.matter import matter
from liuwen.questionnaires.matter_step import matter_step
from liuwen.questionnaires.meeting import meeting
from liuwen.questionnaires.posting import posting
from liuwen.questionnaires.project import project
from liuwen.questionnaires.promise import promise
from liuwen.questionnaires.promise_result import promise_result
from liuwen.questionnaires.proposal import proposal
from liuwen.questionnaires.reception import reception
from liuwen.questionnaires.reverse_survey import reverse_survey
from liuwen.questionnaires.satisfaction_survey import satisfaction_survey
from liuwen.questionnaires.second_visit import second_visit
from liuwen.questionnaires.stay import stay
from liuwen.questionnaires.thirteen_indicators import thirteen_indicators
from liuwen.questionnaires.town import made_up_town
from liuwen.questionnaires.visit_test import visit_test

__all__ = [
    "backcheck",
    "colleagues",
    "daily_check",
    "decision",
    "deed",
    "enterprise_visit",
    "help",
    "household_appraisal",
    "household_interview",
    "letter",
    "made_up_people",
    "made_up_town",
    "matter",
    "matter_step",
    "meeting",
    "posting",
    "project",
    "promise",
    "promise_result",
    "proposal",
    "reception",
    "reverse_survey",
    "satisfaction_survey",
    "second_visit",
    "stay",
    "thirteen_indicators",
    "visit_test",
]

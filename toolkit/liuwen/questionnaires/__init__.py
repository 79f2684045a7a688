"""The questionnaires of the 六问 visits: household interview, anonymous appraisal, satisfaction survey."""

from liuwen.questionnaires.household_appraisal import household_appraisal
from liuwen.questionnaires.household_interview import household_interview
from liuwen.questionnaires.satisfaction_survey import satisfaction_survey
from liuwen.questionnaires.town import made_up_town

__all__ = ["household_appraisal", "household_interview", "made_up_town", "satisfaction_survey"]

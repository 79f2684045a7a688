"""What the tests of the questionnaires share."""

import pandas as pd
import pytest

from liuwen.form import Form
from liuwen.questionnaires import household_appraisal, household_interview, made_up_town, satisfaction_survey


@pytest.fixture(scope="session")
def town() -> pd.DataFrame:
    return made_up_town()


@pytest.fixture(scope="session")
def interview_form(town: pd.DataFrame) -> Form:
    return household_interview(town)


@pytest.fixture(scope="session")
def appraisal_form(town: pd.DataFrame) -> Form:
    return household_appraisal(town)


@pytest.fixture(scope="session")
def satisfaction_form(town: pd.DataFrame) -> Form:
    return satisfaction_survey(town)


@pytest.fixture(scope="session", params=["interview_form", "appraisal_form", "satisfaction_form"])
def questionnaire(request: pytest.FixtureRequest) -> Form:
    """Each questionnaire in turn."""
    form: Form = request.getfixturevalue(request.param)
    return form

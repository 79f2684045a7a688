"""What the tests of the questionnaires share."""

import pandas as pd
import pytest

from liuwen import questionnaires as q
from liuwen.form import Form

ANONYMOUS = ("household_appraisal", "satisfaction_survey", "visit_test", "thirteen_indicators", "reverse_survey", "colleagues")
DAILY = (
    "matter",
    "matter_step",
    "reception",
    "letter",
    "meeting",
    "stay",
    "help",
    "deed",
    "promise",
    "promise_result",
    "enterprise_visit",
    "proposal",
    "decision",
    "project",
    "posting",
    "daily_check",
)
INTERVIEWS = ("household_interview", "household_self", "second_visit", *ANONYMOUS, "backcheck")


def built(name: str, villages: pd.DataFrame | None = None, **told: object) -> Form:
    """The questionnaire of that name."""
    if name == "household_self":
        return q.household_interview(villages, mode="self", **told)  # type: ignore[arg-type]
    form: Form = getattr(q, name)(villages, **told)
    return form


@pytest.fixture(scope="session")
def town() -> pd.DataFrame:
    return q.made_up_town()


@pytest.fixture(scope="session")
def people() -> pd.DataFrame:
    return pd.DataFrame({"person": ["p1", "p2"], "label": ["王芳", "李强"]})


@pytest.fixture(scope="session")
def interview_form(town: pd.DataFrame) -> Form:
    return q.household_interview(town)


@pytest.fixture(scope="session")
def appraisal_form(town: pd.DataFrame) -> Form:
    return q.household_appraisal(town)


@pytest.fixture(scope="session")
def satisfaction_form(town: pd.DataFrame) -> Form:
    return q.satisfaction_survey(town)


@pytest.fixture(scope="session", params=INTERVIEWS)
def interviewing(request: pytest.FixtureRequest, town: pd.DataFrame) -> Form:
    """Each questionnaire that is put to somebody, in turn."""
    return built(request.param, town)


@pytest.fixture(scope="session", params=[*INTERVIEWS, *DAILY])
def questionnaire(request: pytest.FixtureRequest, town: pd.DataFrame) -> Form:
    """Each questionnaire in turn."""
    return built(request.param, town)

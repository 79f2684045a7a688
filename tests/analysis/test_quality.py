"""Quality: planted careless visitors stand apart in the distributions; nothing ranks and nothing judges."""

from datetime import date

import pytest

import liuwen as lw
from liuwen.analysis import interview_measures
from liuwen.errors import AnswerError
from liuwen.simulation.visits import CAREFUL, COPYING, VisitPlan, visit_of

SEED, COUNT, VISITORS, PERFUNCTORY = 11, 160, 8, 0.4


@pytest.fixture(scope="module")
def care():
    """Visitor → how careful the simulation made them."""
    plan = VisitPlan(SEED, COUNT, date(2025, 3, 1), date(2025, 5, 31), VISITORS, PERFUNCTORY, 0.03)
    return {visit_of(plan, number).visitor_name: visit_of(plan, number).care for number in range(VISITORS)}


@pytest.fixture(scope="module")
def responses():
    form = lw.questionnaires.household_interview()
    return lw.simulate(form, COUNT, seed=SEED, visitors=VISITORS, perfunctory=PERFUNCTORY)


@pytest.mark.slow
def test_planted_careless_visitors_stand_apart(responses, care):
    """Precision and recall of those whose median time is under half that of the others: both 1 on this plan."""
    found = lw.quality(responses, language="en").set_index(["visitor", "measure"])
    assert len(set(care.values())) > 1
    apart = {name for name in care if found.loc[(name, "minutes"), "median"] < 0.5 * found.loc[(name, "minutes"), "others"]}
    planted = {name for name, how in care.items() if how != CAREFUL}
    precision, recall = len(apart & planted) / len(apart), len(apart & planted) / len(planted)
    assert (precision, recall) == (1, 1)
    copying = {name for name, how in care.items() if how == COPYING}
    assert {name for name in care if found.loc[(name, "likeness"), "q75"] > 0.97} == copying


@pytest.mark.slow
def test_visitors_come_by_name_with_an_innocent_reading(responses):
    """No column ranks or judges; both languages."""
    english, chinese = (lw.quality(responses, language=language) for language in ("en", "zh"))
    visitors = english["visitor"].drop_duplicates().tolist()
    assert visitors == sorted(visitors)
    assert not {"rank", "score", "verdict", "suspicious"} & set(english.columns)
    assert english["innocent"].str.len().min() > 20
    assert (chinese["innocent"] != english["innocent"]).all()
    assert lw.quality(responses, minimum=1000)["median"].isna().all()


@pytest.mark.slow
def test_measures_of_one_interview(responses):
    """Between 0 and 1; minutes as the start and the end say."""
    measured = interview_measures(responses, "visitor")
    assert measured[["unsaid", "likeness"]].max().max() <= 1
    took = (responses.table["end"] - responses.table["start"]).dt.total_seconds() / 60
    assert measured["minutes"].equals(took.where(took.between(0, 1440)).astype("float64").rename("minutes"))


def test_missing_interviews_and_columns_are_errors():
    """No interviews; no such column."""
    with pytest.raises(AnswerError, match="no column 'visitor'"):
        lw.quality(_two())
    with pytest.raises(AnswerError, match="no interviews"):
        lw.quality(lw.read_responses([], _form()))


def _form():
    return lw.read_form(
        b"| survey |\n| | type | name | label |\n| | text | village | Village |\n| settings |\n| | form_id |\n| | v |"
    )


def _two():
    xml = '<data id="v"><village>a</village><meta><instanceID>uuid:{}</instanceID></meta></data>'
    return lw.read_responses([xml.format(number).encode() for number in range(2)], _form())

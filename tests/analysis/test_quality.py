"""Quality: planted careless visitors stand apart in the distributions; nothing ranks and nothing judges."""

from datetime import date

import pytest

import liuwen as lw
from liuwen.analysis import interview_measures
from liuwen.errors import AnswerError
from liuwen.form import builder as b
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
    unprotected = lw.quality(responses, minimum=1).set_index(["visitor", "measure"])
    assert {name for name in care if unprotected.loc[(name, "likeness"), "high"] > 0.75} == copying


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
    """Between 0 and 1; minutes as the start and the end say; nothing of visits that came to no interview."""
    measured = interview_measures(responses, "visitor")
    assert measured[["unsaid", "likeness"]].max().max() <= 1
    took = (responses.table["end"] - responses.table["start"]).dt.total_seconds() / 60
    held = responses.table["visit_outcome"] == "interviewed"
    assert 0 < held.sum() < len(held)
    assert measured["minutes"].equals(took.where(took.between(0, 1440) & held).astype("float64").rename("minutes"))
    assert measured.loc[~held].isna().all(axis=None)


def test_visits_without_an_interview_are_not_measured(collected):
    """Six of ten doors stayed closed after a minute; the others talked for half an hour, four a day."""
    asked = [b.text(f"q{number}", zh="?", en="?") for number in range(9)]
    form = b.build_form(
        "v", version="1", zh="访", en="Visit", items=[b.start(), b.end(), b.text("visitor", zh="访", en="V"), *asked]
    )

    def visit(number, minutes, **answers):
        day = f"2026-01-{1 + number // 10:02}T08"
        return {"visitor": "li", "start": f"{day}:00:00.000Z", "end": f"{day}:{minutes}:00.000Z", **answers}

    talked = {f"q{number}": "" for number in range(9)}
    rows = [visit(n, "30", **{**talked, "q0": n}) if n % 10 > 5 else visit(n, "01", q0="closed") for n in range(60)]
    found = lw.quality(collected(form, rows), language="en").set_index("measure")
    assert found["interviews"].tolist() == [24, 24]
    assert found["median"].to_dict() == {"minutes": 30, "a_day": 4}


def test_a_single_interview_is_shown_neither_for_its_visitor_nor_for_the_others(collected):
    """Li held thirty, Wang one: the median of the others of Li would be Wang's."""
    rows = [{"visitor": "li", "work": "good"}] * 30 + [{"visitor": "wang"}]
    found = lw.quality(collected(_asking(), rows), language="en")
    assert found["visitor"].tolist() == ["<5", "li"]
    assert found.set_index("visitor").loc["li", "others":"others"].isna().all()
    assert lw.quality(collected(_asking(), rows), minimum=1)["visitor"].tolist() == ["li", "wang"]


def test_a_quantile_is_nobody_s_smallest_or_largest_value(collected):
    """Of nine interviews only the median has five on either side; of forty the quarters too."""
    for count, shown in ((9, {"median"}), (40, {"q25", "median", "q75"})):
        rows = [
            {"visitor": "li", "start": "2026-01-01T08:00:00.000Z", "end": f"2026-01-01T08:{10 + n}:00.000Z"} for n in range(count)
        ]
        row = lw.quality(collected(_asking(), rows), language="en").set_index("measure").loc["minutes"]
        assert row["interviews"] == count
        assert {name for name in ("low", "q25", "median", "q75", "high") if row[name] == row[name]} == shown


def test_missing_interviews_and_columns_are_errors():
    """No interviews; no such column."""
    with pytest.raises(AnswerError, match="no column 'visitor'"):
        lw.quality(_two())
    with pytest.raises(AnswerError, match="no interviews"):
        lw.quality(lw.read_responses([], _form()))


def _asking():
    steps = b.choices("q", ("good", "好", "Good"), ("dont_know", "不知道", "Don't know"))
    items = [
        b.start(),
        b.end(),
        b.text("visitor", zh="走访人", en="Visitor"),
        b.select_one("work", steps, zh="?", en="?"),
    ]
    return b.build_form("v", version="1", zh="访", en="Visit", items=items)


def _form():
    return lw.read_form(
        b"| survey |\n| | type | name | label |\n| | text | village | Village |\n| settings |\n| | form_id |\n| | v |"
    )


def _two():
    xml = '<data id="v"><village>a</village><meta><instanceID>uuid:{}</instanceID></meta></data>'
    return lw.read_responses([xml.format(number).encode() for number in range(2)], _form())

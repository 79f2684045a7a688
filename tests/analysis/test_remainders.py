"""What cells of one group tell of each other, where several answers may be chosen but some stand alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw
from liuwen.analysis.remainders import without_remainders
from liuwen.analysis.several_answers import has_fixed_number, stand_alone
from liuwen.analysis.states import Shown, own_states
from liuwen.form import builder as b

NEEDS = b.choices(
    "needs", ("road", "路", "Road"), ("water", "水", "Water"), ("none", "没有", "None"), ("x9", "不知道", "Don't know")
)
NO = {"zh": "请重选。", "en": "Choose again."}
KIND = b.choices("kind", ("poor", "贫困", "Poor"), ("other", "其他", "Other"))


def form_of(**more):
    asking = [b.text("village", zh="村", en="Village"), b.select_one("household_type", KIND, zh="户别", en="Kind"),
              b.select_multiple("needs", NEEDS, zh="需要", en="Needs", **more)]  # fmt: skip
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)


def shown(form, answers, **how):
    frame = pd.DataFrame({"needs": answers, "village": "a", "household_type": "poor"})
    found = lw.shares(frame, "needs", form=form, **how)
    return dict(zip(found["value"], found["count"], strict=True))


def test_the_remainder_of_two_shown_answers_stays_hidden():
    """Asked 30, road 20, none 8 would leave 2 who did not answer."""
    found = shown(form_of(), ["road"] * 20 + ["none"] * 8 + [""] * 2)
    assert found["road"] == 20
    assert pd.isna(found["none"])
    assert pd.isna(found[""])


def test_the_count_of_another_answer_only_stays_hidden():
    """Asked 30, road 20, none 8 would leave 2 who want water only."""
    found = shown(form_of(), ["road water"] * 10 + ["road"] * 10 + ["water"] * 2 + ["none"] * 8)
    assert found["road"] == 20
    assert pd.isna(found["none"])


def test_a_remainder_large_enough_is_shown():
    """Asked 40, road 20, none 8 leave 12: every figure stays."""
    found = shown(form_of(), ["road"] * 20 + ["water"] * 12 + ["none"] * 8)
    assert [found[name] for name in ("road", "water", "none")] == [20, 12, 8]


def test_the_base_without_nonresponse_tells_no_hidden_part_of_it():
    """Six blanks and two who don't know: a base of 92 would tell the two."""
    answers = ["road water"] * 60 + ["water"] * 32 + [""] * 6 + ["x9"] * 2
    frame = pd.DataFrame({"needs": answers, "village": "a", "household_type": "poor"})
    found = lw.shares(frame, "needs", base="stated", form=form_of())
    assert found["base"].isna().all()


def test_choices_that_the_constraint_forbids_to_combine_stand_alone():
    """By name, by label, and by the constraint of the form."""
    element = form_of(constraint="not(selected(., 'water') and count-selected(.) > 1)", constraint_message=NO)["needs"]
    found = stand_alone(element, {"road": "Road", "water": "Water", "none": "None", "x9": "Don't know", "": ""})
    assert found.tolist() == [False, True, True, True, True]


def test_answers_of_a_fixed_number_add_up():
    """Three of a list: one hidden cell would be three times the base less the others."""
    assert has_fixed_number(form_of(constraint="count-selected(.) = 3", constraint_message=NO)["needs"])
    assert not has_fixed_number(form_of(constraint="count-selected(.) <= 3", constraint_message=NO)["needs"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "c", "a b", "b c", "a b c", "none", "dk", ""]), min_size=6, max_size=60),
    st.integers(3, 6),
)
def test_no_group_reveals_a_remainder(answers, minimum):
    """Every difference of what is shown is nobody, or enough households."""
    names = ["a", "b", "c", "none", "dk", ""]
    counts = np.array([[sum(name in answer.split() or (not name and not answer) for answer in answers) for name in names]])
    asked, alone = np.array([len(answers)]), np.array([False, False, False, True, True, True])
    cells = own_states(counts, asked[:, np.newaxis], minimum).astype(np.int8)
    cells, most = without_remainders(asked, counts, cells, alone, minimum)
    assert (counts <= most).all()
    open_ones = (cells == Shown.YES)[0]
    left = asked[0] - counts[0][alone & open_ones].sum()
    for other in [0, *counts[0][~alone & open_ones]]:
        assert not 0 < left - other < minimum


def test_the_base_of_a_kind_is_withheld_where_its_count_is():
    """Poor households of village b are withheld as a count; as the base of another question they would tell it."""
    rows = [("a", "poor")] * 20 + [("a", "other")] * 20 + [("b", "poor")] * 2 + [("b", "other")] * 20 + [("c", "poor")] * 9
    frame = pd.DataFrame(rows + [("c", "other")] * 20, columns=["village", "household_type"]).assign(needs="road")
    kinds = lw.shares(frame, "household_type", "village", form=form_of())
    crossed = lw.shares(frame, "needs", ["village", "household_type"], form=form_of())
    counted = kinds[~kinds["shown"]].set_index(["village", "value"]).index
    told = crossed[crossed["asked"].notna()].set_index(["village", "household_type"]).index
    assert ("b", "poor") in counted
    assert not set(counted) & set(told)


SENSITIVE = pd.DataFrame(
    {"needs": ["road"] * 30 + ["road water"] * 12, "village": ["a"] * 30 + ["b"] * 12, "household_type": "poor"}
)


@pytest.mark.parametrize("how", [{"sensitive": True}, {"form": form_of(note="sensitive")}])
def test_nobody_and_everybody_are_withheld_of_a_sensitive_question(how):
    """By argument or by the form's note: 0 % and 100 % tell each household's answer."""
    plain = lw.shares(SENSITIVE, "needs", "village", form=form_of())
    found = lw.shares(SENSITIVE, "needs", "village", **{"form": form_of(), **how})
    assert {0.0, 1.0} <= set(plain["share"].dropna())
    assert not {0.0, 1.0} & set(found["share"].dropna())
    assert lw.needs(SENSITIVE, question="needs", **{"form": form_of(), **how})["suppressed"].all()
    crossed = lw.crosstab(SENSITIVE, "household_type", "needs", **{"form": form_of(), **how})
    assert not {0.0, 1.0} & set(crossed["share"].dropna())


def test_changed_figures_of_a_sensitive_question_hide_nobody_and_everybody():
    """The cell-key method keeps noughts, so they are withheld."""
    found = lw.shares(SENSITIVE.set_axis([f"uuid:{n}" for n in range(42)]),
                      "needs", "village", form=form_of(note="sensitive"), protection="cell_key", secret="s")  # fmt: skip
    assert not ((found["count"] == 0) | (found["count"] == found["base"])).any()


def test_a_question_may_ask_for_larger_groups():
    """`liuwen: minimum 15` in its note: village b of 12 is withheld."""
    found = lw.shares(SENSITIVE, "needs", "village", form=form_of(note="liuwen: minimum 15"))
    assert found.loc[found["village"] == "b", "asked"].isna().all()
    assert lw.shares(SENSITIVE, "needs", "village", form=form_of(note="liuwen: minimum 15"), minimum=1)["asked"].notna().all()


def test_a_value_of_a_sensitive_question_that_nobody_gave_makes_a_withheld_group():
    """Village a has no poor household: a missing row, or a nought, would say so."""
    kind = b.select_one("household_type", KIND, zh="户别", en="Kind", note="sensitive")
    places = [b.text("town", zh="镇", en="Town"), b.text("village", zh="村", en="Village")]
    work = b.select_one("work", KIND, zh="工作", en="Work")
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[*places, kind, work])
    frame = pd.DataFrame({
        "town": ["t"] * 80 + ["u"] * 40,
        "village": ["a"] * 40 + ["b"] * 40 + ["c"] * 40,
        "household_type": ["other"] * 40 + ["poor", "other"] * 40,
        "work": ["poor", "poor", "other", "other"] * 30,
    })  # fmt: skip
    crossed = lw.crosstab(frame, "household_type", "work", "village", form=form)
    of_a = crossed[crossed["village"] == "a"]
    assert of_a["household_type"].tolist() == ["poor", "poor", "other", "other"]
    assert of_a[["asked", "count"]].isna().all(axis=None)
    assert crossed[crossed["village"] == "c"]["shown"].all()
    filtered = lw.shares(frame, "work", "village", where={"household_type": "poor"}, form=form)
    assert filtered.loc[filtered["village"] == "a", "asked"].isna().all()
    nobody = lw.shares(frame[:40], "work", where={"household_type": "poor"}, form=form)
    assert nobody["asked"].isna().all()

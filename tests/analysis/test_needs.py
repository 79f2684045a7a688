"""Needs by village: how many were asked, how many want it, how sure that is, and what is kept back."""

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis import needs, wilson_interval
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.messages import use_language


def figures(table, village, need):
    """The one row of a village and a need."""
    found = table[(table["village"] == village) & (table["need"] == need)]
    assert len(found) == 1
    return found.iloc[0]


def test_counts_households_asked_and_wanting(town, town_form):
    """East: 40 asked, the silent and the uncertain included; 20 want the road."""
    road = figures(needs(town, form=town_form), "east", "road")
    assert (road["asked"], road["wanting"], road["share"]) == (40, 20, 0.5)
    assert (road["low"], road["high"]) == wilson_interval(20, 40)


def test_the_base_excludes_households_not_asked(town, town_form):
    """Hill has 27 households, of whom 20 were asked."""
    assert figures(needs(town, form=town_form), "hill", "road")["asked"] == 20


def test_one_row_for_each_village_and_choice_in_the_form_s_order(town, town_form):
    """Choices nobody made have their row too; asked and silent comes last, under no name."""
    table = needs(town, form=town_form, language="en")
    assert list(table["village"].unique()) == ["east", "west", "hill"]
    assert list(table["need"].unique()) == ["road", "water", "doctor", "dont_know", ""]
    assert list(table["label"].unique()) == ["Roads", "Water", "A doctor", "Don't know", "(no answer)"]
    assert list(table.columns) == ("village village_label need label asked wanting share low high rank suppressed reason".split())


def test_labels_are_in_the_language_in_force_or_the_one_named(town, town_form):
    """Chinese in Chinese, English on request."""
    with use_language("zh"):
        assert figures(needs(town, form=town_form), "east", "road")[["village_label", "label"]].tolist() == ["东村", "修路"]
        english = needs(town, form=town_form, language="en")
        assert (figures(english, "east", "road")["label"], figures(english, "east", "")["label"]) == ("Roads", "(no answer)")


def test_ranks_needs_and_not_the_uncertain(town, town_form):
    """The most wanted is first; *don't know* and silence have no rank."""
    table = needs(town, form=town_form)
    east = table[table["village"] == "east"].set_index("need")["rank"]
    assert (east["road"], east["water"]) == (1, 2)
    assert east[["dont_know", ""]].isna().all()


def test_nearly_all_ranks_above_what_is_shown_in_part(town_form):
    """28 of 30 is not shown, but it is the most wanted."""
    answers = ["road"] * 16 + ["road water"] * 12 + ["", ""]
    table = needs(pd.DataFrame({"village": "east", "needs": answers}), form=town_form)
    road = figures(table, "east", "road")
    assert (road["reason"], road["rank"], pd.isna(road["share"])) == ("nearly all", 1, True)
    assert figures(table, "east", "water")["rank"] == 2


def test_keeps_back_what_could_point_at_a_household(town, town_form):
    """All 20 of Hill want the road: nobody stands out. One in East wants a doctor: hidden, and another village's with it."""
    one_more = town.assign(needs=town["needs"].mask(town.index == 0, "road water doctor"))
    table = needs(one_more, form=town_form)
    assert figures(table, "hill", "road")["share"] == 1
    doctor = table[table["need"] == "doctor"].set_index("village")
    assert doctor.loc["east", "reason"] == "few"
    assert doctor["suppressed"].sum() >= 2
    assert doctor.loc[doctor["suppressed"], ["wanting", "share", "low", "high", "rank"]].isna().all(axis=None)


def test_a_village_of_four_is_hidden_with_its_base(town, town_form):
    """Its figures are missing, and so are those of another village, or the total would give them away."""
    four = pd.DataFrame({"village": ["lake"] * 4, "needs": ["road"] * 4})
    table = needs(pd.concat([town, four], ignore_index=True), form=town_form)
    hidden = table[table["reason"] == "small group"]
    assert set(hidden["village"]) == {"lake", "hill"}
    assert hidden[["asked", "wanting", "share", "low", "high", "rank"]].isna().all(axis=None)
    assert hidden["suppressed"].all()


def test_all_households_together(town, town_form):
    """Without `by` there is one group: 90 asked."""
    table = needs(town, by=None, form=town_form)
    assert table["asked"].unique().tolist() == [90]
    assert table.set_index("need").loc["road", "wanting"] == 40
    assert list(table.columns)[:2] == ["need", "label"]


def test_by_two_columns(town, town_form):
    """A group for each village and kind of household."""
    halves = town.assign(household_type=np.where(town.index % 2 == 0, "poor", "other"))
    table = needs(halves, by=["village", "household_type"], form=town_form)
    groups = table[["village", "household_type"]].drop_duplicates()
    assert len(groups) == 6
    assert groups["household_type"].tolist() == ["poor", "other"] * 3


def test_households_without_a_village_are_a_group_of_their_own(town, town_form):
    """They count, last, under no name: so the groups add up to the whole."""
    unknown = pd.DataFrame({"village": [pd.NA] * 10, "needs": ["road"] * 10})
    table = needs(pd.concat([town, unknown], ignore_index=True), form=town_form)
    assert table["village"].isna().sum() == 5
    assert pd.isna(table["village"].iloc[-1])
    poor = needs(pd.concat([town, unknown]).assign(household_type="poor"), form=town_form, where={"household_type": "poor"})
    assert poor.loc[poor["village"].isna(), "asked"].tolist() == [10] * 5


def test_a_filter_keeps_some_of_the_households(town, town_form):
    """Only those visited in April."""
    april = town.assign(visit_date=town["visit_date"].where(town.index % 2 == 0, pd.Timestamp("2026-04-20")))
    table = needs(april, form=town_form, where={"visit_date": "2026-04"})
    assert figures(table, "east", "road")["asked"] == 20
    assert needs(april, form=town_form, where={"visit_date": "2027"}).empty


def test_a_filter_cannot_be_used_to_subtract(town, town_form):
    """36 of the 40 in East are of one kind: shown, they would give the other four away."""
    kinds = town.assign(household_type=["poor"] * 36 + ["other"] * (len(town) - 36))
    table = needs(kinds, form=town_form, where={"household_type": "poor"})
    assert table.loc[table["village"] == "east", "suppressed"].all()


def test_parts_do_not_add_up_to_what_the_whole_withholds(town, town_form):
    """Hill's nine who want a doctor are withheld to cover East's one; by kind of household so are they."""
    one_more = town.assign(needs=town["needs"].mask(town.index == 0, "road water doctor"))
    halves = one_more.assign(household_type=np.where(one_more.index % 2 == 0, "poor", "other"))
    halves.loc[halves["needs"] == "road doctor", "household_type"] = "poor"
    whole = needs(halves, form=town_form).set_index(["village", "need"])
    withheld = whole.index[whole["reason"] == "protected"]
    assert ("hill", "doctor") in withheld
    for kind in ("poor", "other"):
        parts = needs(halves, form=town_form, where={"household_type": kind}).set_index(["village", "need"])
        assert parts.loc[withheld, "suppressed"].all()


def test_a_filter_on_a_select_multiple_keeps_those_who_chose_it():
    """A household may be of several kinds at once."""
    kinds, wants = b.choices("kinds", ("old", "老人", "Old"), ("alone", "独居", "Alone")), b.choices("w", ("x", "一", "One"))
    form = b.build_form(
        "f",
        version="1",
        zh="问",
        en="Ask",
        items=[
            b.text("village", zh="村", en="Village"),
            b.select_multiple("household_type", kinds, zh="类", en="Kind"),
            b.select_multiple("needs", wants, zh="要", en="Needs"),
        ],
    )
    frame = pd.DataFrame(
        {"village": "a", "household_type": ["old alone"] * 12 + ["alone"] * 10 + ["old"] * 9, "needs": ["x", "", "x"] * 10 + [""]}
    )
    table = needs(frame, form=form, where={"household_type": "alone"})
    assert table["asked"].unique().tolist() == [22]


def test_choices_that_the_form_does_not_list_are_counted_all_the_same(town_form):
    """An older version's choice stands under its own name."""
    table = needs(pd.DataFrame({"village": "east", "needs": ["bridge"] * 12 + ["road"] * 8}), form=town_form)
    bridge = figures(table, "east", "bridge")
    assert (bridge["label"], bridge["wanting"], bridge["rank"]) == ("bridge", 12, 1)


def test_no_answers_at_all_is_an_empty_table(town, town_form):
    """Nobody asked, nothing to show."""
    assert needs(town.iloc[:0], form=town_form).empty


def test_refuses_a_question_or_column_that_is_not_there(town, town_form):
    """And names those that are."""
    with pytest.raises(AnswerError, match="needs"):
        needs(town, question="wishes", form=town_form, language="en")
    with pytest.raises(AnswerError, match="village"):
        needs(town, by="parish", form=town_form)
    with pytest.raises(AnswerError, match="form="):
        needs(town)


def test_a_duckdb_relation_over_parquet_gives_the_same_table(town, town_form, tmp_path):
    """One function, whatever holds the rows."""
    duckdb = pytest.importorskip("duckdb")
    town.to_parquet(tmp_path / "town.parquet")
    relation = duckdb.sql(f"select * from read_parquet('{tmp_path / 'town.parquet'}')")
    for how in ({}, {"by": ["village", "visit_date"]}, {"by": None}, {"where": {"visit_date": "2026-03"}}):
        pd.testing.assert_frame_equal(needs(relation, form=town_form, **how), needs(town, form=town_form, **how))


def test_a_grouping_by_what_identifies_lists_nobody() -> None:
    """Telephones, names, numbers and positions: whatever few households share stands together, under no name."""
    offered = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"))
    items = [
        b.text("phone", zh="电话", en="Telephone"),
        b.text("head", zh="户主", en="Head of household"),
        b.integer("household_number", zh="户号", en="Household number"),
        b.text("visitor", zh="走访人", en="Visitor"),
        b.select_multiple("needs", offered, zh="需要什么", en="Needs"),
    ]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=items)
    frame = pd.DataFrame(
        {
            "phone": [f"1380000{number:04d}" for number in range(40)],
            "head": ["Zhang San"] * 2 + [f"Li {number}" for number in range(38)],
            "household_number": range(40),
            "visitor": ["Wang"] * 18 + ["Zhao"] * 19 + ["Sun"] * 3,
            "needs": ["road water", "road", "water", "road"] * 10,
        }
    )
    for column in ("phone", "head", "household_number"):
        assert needs(frame, by=column, form=form)[column].unique().tolist() == ["<5"]
        assert needs(frame, by=column, form=form, minimum=1)[column].nunique() == frame[column].nunique()
    assert set(needs(frame, by="visitor", form=form)["visitor"]) == {"Wang", "Zhao", "<5"}
    both = needs(frame, by=["visitor", "phone"], form=form)
    assert not both["phone"].str.startswith("138").any()


def test_a_place_keeps_its_name() -> None:
    """A village of two households is withheld, not unnamed: that it exists is no secret."""
    offered = b.choices("needs", ("road", "路", "Road"))
    items = [b.text("village", zh="村", en="Village"), b.select_multiple("needs", offered, zh="需要什么", en="Needs")]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=items)
    frame = pd.DataFrame({"village": ["a"] * 20 + ["b"] * 18 + ["c"] * 2, "needs": ["road", ""] * 20})
    assert set(needs(frame, form=form)["village"]) == {"a", "b", "c"}

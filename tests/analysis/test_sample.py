"""A stratified sample: allocated by largest remainder, drawn alike in any order of rows, weights that R's design can use."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw
from liuwen.analysis.allocation import allocated, largest_remainder, sample_size
from liuwen.errors import AnswerError
from liuwen.form import builder as b


@pytest.fixture(scope="module")
def register():
    """East has 4,000 households, west 1,000, hill 200; numbers are unique in a village only."""
    sizes = {"east": 4000, "west": 1000, "hill": 200}
    return pd.DataFrame({
        "village": [name for name, size in sizes.items() for _ in range(size)],
        "household": [number for size in sizes.values() for number in range(size)],
    })  # fmt: skip


def drawn(register, **more):
    return lw.sample(register, **{"per_mille": 2, "by": "village", "key": ["village", "household"], "seed": 7, **more})


def test_the_largest_remainder_by_hand():
    """11 of 5,200: quotas 8.46, 2.12, 0.42; the one seat left goes to the largest remainder, 0.46."""
    assert sample_size(5200, 2) == 11
    assert largest_remainder(np.array([4000, 1000, 200]), 11).tolist() == [9, 2, 0]


def test_equal_remainders_go_to_the_larger_stratum_then_the_first():
    """1 of three equal strata; 5 of 150 and 50: quotas 3.75 and 1.25."""
    assert largest_remainder(np.array([10, 10, 10]), 1).tolist() == [1, 0, 0]
    assert largest_remainder(np.array([50, 150]), 2).tolist() == [0, 2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(2, 10**6), min_size=1, max_size=12), st.integers(1, 1000))
def test_an_allocation_adds_up_and_is_within_one_of_its_quota(sizes, rate):
    """Never more than there are, and never below the least."""
    counts = np.array(sizes)
    share, taken = allocated(counts, rate, 2)
    size = sample_size(sum(sizes), rate)
    assert share.sum() == size
    assert (np.abs(share - counts * size / sum(sizes)) < 1).all()
    assert ((taken >= 2) & (taken <= counts)).all()


def test_the_strata_table_says_what_was_drawn_and_why(register):
    """Hill's part of 11 is 0, so it gets 2; the weight is the inverse of the probability."""
    strata = drawn(register).strata
    assert strata["stratum"].tolist() == ["east", "hill", "west"]
    assert strata["population"].tolist() == [4000, 200, 1000]
    assert strata["share"].tolist() == [9, 0, 2]
    assert strata["drawn"].tolist() == [9, 2, 2]
    assert strata["weight"].tolist() == [4000 / 9, 100, 500]


def test_a_sample_keeps_columns_and_its_weights_add_up_to_the_register(register):
    """The register's columns, then three; numbered from 1 in each stratum."""
    table = drawn(register).table
    assert list(table.columns) == ["village", "household", "weight", "stratum", "drawn"]
    assert table.groupby("stratum")["weight"].sum().round(6).to_dict() == {"east": 4000, "hill": 200, "west": 1000}
    assert table.loc[table["stratum"] == "hill", "drawn"].tolist() == [1, 2]
    assert (table["village"] == table["stratum"]).all()
    assert (register.loc[table.index, "household"] == table["household"]).all()


def test_the_order_of_rows_does_not_change_the_sample_and_the_seed_does(register):
    """Shuffled, with the numbers as text or as 7.0: the same households."""
    shuffled = register.sample(frac=1, random_state=1)
    chosen = drawn(register).table["household"].tolist()
    assert drawn(shuffled).table["household"].tolist() == chosen
    assert drawn(shuffled.astype({"household": "string"})).table["household"].astype(int).tolist() == chosen
    assert drawn(register.astype({"household": float})).table["household"].tolist() == chosen
    assert drawn(register, seed=8).table["household"].tolist() != chosen
    assert drawn(register, seed="7").table["household"].tolist() == chosen


def test_a_seed_draws_the_same_households_in_every_version():
    """Pinned: a published seed must give the published sample in years to come."""
    households = pd.DataFrame({"household": range(10)})
    assert lw.sample(households, per_mille=300, seed="2026-11").table["household"].tolist() == [1, 2, 7]


def test_every_household_is_drawn_equally_often():
    """3 of 10 in each of 400 villages: each place about 120 times; five standard errors are 46."""
    households = pd.DataFrame({"household": range(4000), "place": list(range(10)) * 400, "village": np.arange(4000) // 10})
    times = lw.sample(households, per_mille=300, by="village", seed=1).table["place"].value_counts()
    assert times.sum() == 1200
    assert times.between(74, 166).sum() == 10


def test_two_groupings_make_strata_of_both():
    """Town and village together."""
    rows = pd.DataFrame({"household": range(40), "town": ["a"] * 20 + ["b"] * 20, "kind": ["x", "y"] * 20})
    found = lw.sample(rows, per_mille=100, by=["town", "kind"], seed=1).strata
    assert found["stratum"].tolist() == ["a / x", "a / y", "b / x", "b / y"]
    assert found["drawn"].tolist() == [2, 2, 2, 2]


def test_a_polars_or_duckdb_register_draws_the_same(register):
    """Any frame that narwhals knows."""
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.from_df(register)
    assert drawn(relation).table["household"].tolist() == drawn(register).table["household"].tolist()


def test_a_sample_prints_its_strata_and_nobody(register):
    """Neither as text nor as HTML."""
    found = drawn(register)
    assert "household" not in repr(found) + found._repr_html_()
    assert "hill" in repr(found)


BAD = {
    "no rows": ({"frame": pd.DataFrame({"household": []})}, "The register has no rows"),
    "no such column": ({"by": "town"}, "no column 'town' to stratify by"),
    "missing grouping": (
        {"frame": pd.DataFrame({"household": [1, 2], "village": ["a", None]})},
        "1 rows of the register have no",
    ),
    "empty stratum": (
        {"frame": pd.DataFrame({"household": [1, 2], "village": pd.Categorical(["a", "a"], ["a", "b", "c"])})},
        "strata without anybody in the register: b, c;",
    ),
    "one in a stratum": (
        {"frame": pd.DataFrame({"household": [1, 2, 3], "village": ["a", "a", "b"]})},
        "1 strata have fewer than 2 rows: b;",
    ),
    "same key": ({"frame": pd.DataFrame({"household": [1, 1], "village": ["a", "a"]})}, "1 rows of the register share"),
    "missing key": ({"frame": pd.DataFrame({"household": [1, None], "village": ["a", "a"]})}, "'household' is empty in 1 rows"),
    "no key": ({"frame": pd.DataFrame({"name": [1, 2], "village": ["a", "a"]})}, "looks like a household number"),
    "unknown key": ({"key": "card"}, "The register: no column 'card'"),
    "rate": ({"per_mille": 0}, "per_mille=0 cannot be used"),
    "rate above all": ({"per_mille": 1001}, "per_mille=1001 cannot be used"),
    "least": ({"least": 0}, "least=0 cannot be used"),
    "column taken": (
        {"frame": pd.DataFrame({"household": [1], "weight": [2], "village": ["a"]})},
        "already has a column 'weight'",
    ),
}


@pytest.mark.parametrize(("given_", "said"), BAD.values(), ids=BAD)
def test_a_register_that_cannot_be_drawn_from_is_one_sentence(given_, said):
    """In both languages."""
    asked = {"frame": pd.DataFrame({"household": [1, 2], "village": ["a", "a"]}), "by": "village", "seed": 1, **given_}
    with pytest.raises(AnswerError, match=said) as refused:
        lw.sample(asked.pop("frame"), **asked)
    assert refused.value.sentence.in_language("zh") != refused.value.sentence.in_language("en")


@pytest.fixture(scope="module")
def visited(register):
    """40 drawn in east, 10 in west, 2 in hill; what became of each is written here."""
    found = drawn(register, per_mille=10)
    outcomes = {
        "east": ["interviewed"] * 24 + ["refused"] * 6 + ["nobody"] * 10,
        "west": ["interviewed"] * 10,
        "hill": ["refused"],
    }
    parts = [
        found.table[found.table["stratum"] == village].iloc[: len(said)].assign(visit_outcome=said)
        for village, said in outcomes.items()
    ]
    return found, pd.concat(parts)[["village", "household", "visit_outcome"]]


def test_each_stratum_compares_drawn_with_answered(visited):
    """East: 24 of 40; hill: one refused, one not visited."""
    found, visits = visited
    table = found.answered(visits, minimum=1).set_index("stratum")
    columns = ["drawn", "answered", "refused", "not_at_home", "other", "not_visited"]
    assert table.loc["east", columns].tolist() == [40, 24, 6, 10, 0, 0]
    assert table.loc["hill", columns].tolist() == [2, 0, 1, 0, 0, 1]
    assert table.loc["west", columns].tolist() == [10, 10, 0, 0, 0, 0]
    assert table.loc["", columns].tolist() == [52, 34, 7, 10, 0, 1]
    assert table["response_rate"].tolist() == [0.6, 0, 1, 34 / 52]


def test_small_strata_are_not_shown_and_cannot_be_subtracted(visited):
    """Hill has two drawn; the total less east and west would be hill, so that more is hidden."""
    found, visits = visited
    table = found.answered(visits).set_index("stratum")
    assert pd.isna(table.loc["hill", "drawn"])
    assert table.loc["hill", "reason"] == "small group"
    assert not (table.loc["", "shown"] and table.loc[["east", "west"], "shown"].all())


def test_the_best_of_several_visits_counts_and_strangers_are_counted_apart(visited):
    """A household that refused and was interviewed later answered; five others were never drawn."""
    found, visits = visited
    again = visits[visits["visit_outcome"] == "refused"].assign(visit_outcome="interviewed")
    strangers = pd.DataFrame({"village": "nowhere", "household": range(5), "visit_outcome": "interviewed"})
    table = found.answered(pd.concat([visits, again, strangers]), minimum=1)
    assert table["part"].tolist() == ["stratum"] * 3 + ["all", "not drawn"]
    assert table["refused"].tolist() == [0, 0, 0, 0, 0]
    assert table["answered"].tolist() == [30, 1, 10, 41, 5]
    assert pd.isna(table.loc[4, "response_rate"])


def test_rows_of_people_only_where_asked_for(visited):
    """The table has no household; with people it is the list of the fieldwork."""
    found, visits = visited
    assert "household" not in found.answered(visits)
    people = found.answered(visits, people=True)
    assert people["outcome"].value_counts().to_dict() == {"answered": 34, "not_at_home": 10, "refused": 7, "not_visited": 1}


def test_refusals_are_unknown_where_no_column_tells_them(visited):
    """In a frame without outcomes each row is an answer."""
    found, visits = visited
    table = found.answered(visits.drop(columns="visit_outcome"), minimum=1)
    assert table["refused"].isna().all()
    assert table["answered"].tolist() == [40, 1, 10, 51]


def test_an_outcome_is_read_from_its_label(collected):
    """Codes 1 to 3, with labels in Chinese."""
    codes = b.choices("codes", ("1", "访谈完成", "Completed"), ("2", "拒访", "Refused"), ("3", "无人在家", "Nobody home"))
    items = [b.text("household", zh="户号", en="Number"), b.select_one("result", codes, zh="?", en="?")]
    form = b.build_form("v", version="1", zh="访", en="Visit", items=items)
    found = lw.sample(pd.DataFrame({"household": range(30)}), per_mille=1000, seed=1)
    answers = collected(form, [{"household": number, "result": 1 + number % 3} for number in range(27)])
    table = found.answered(answers, outcome="result", minimum=1)
    assert table.loc[0, ["answered", "refused", "not_at_home", "other", "not_visited"]].tolist() == [9, 9, 9, 0, 3]


MEANT = {
    "answered": ("interviewed", "Completed", "Interview completed", "已完成", "访谈完成"),
    "refused": ("refused", "Respondent declined", "拒访"),
    "not_at_home": ("nobody", "Not at home", "No one home", "house_locked", "不在家", "全家外出"),
    "other": ("未完成", "没有完成访谈", "部分完成", "incomplete", "Partially completed", "blocked", "another_day", ""),
}


@pytest.mark.parametrize(("meant", "word"), [(meant, word) for meant, said in MEANT.items() for word in said])
def test_an_outcome_in_words_is_understood(visited, meant, word):
    """What was not completed was not answered, and what is blocked is not locked."""
    found, visits = visited
    rows = visits.head(2).assign(visit_outcome=["interviewed", word])
    assert found.answered(rows, people=True)["outcome"].tolist()[:2] == ["answered", meant]


def test_shares_of_the_outcome_do_not_complete_what_is_hidden():
    """West has the fewest visits, east the fewest drawn: hiding one here and the other there would leave hill's two."""
    sizes = {"east": 480, "west": 500, "hill": 20}
    villages = [village for village, size in sizes.items() for _ in range(size)]
    found = lw.sample(pd.DataFrame({"household": range(1000), "village": villages}), per_mille=100, by="village", seed=1)
    became = {"east": ["interviewed"] * 40 + ["refused"] * 8, "west": ["interviewed"] * 20 + ["refused"] * 10}
    became["hill"] = ["refused", "interviewed"]
    visits = pd.concat([
        found.table[found.table["village"] == village].head(len(outcomes)).assign(visit_outcome=outcomes)
        for village, outcomes in became.items()
    ])[["household", "village", "visit_outcome"]].reset_index(drop=True)  # fmt: skip
    items = [
        b.select_one("village", b.choices("villages", *((name, name, name) for name in sizes)), zh="哪个村？", en="Village?"),
        b.select_one("visit_outcome", b.choices("o", ("interviewed", "完成", "Done"), ("refused", "拒访", "No")), zh="?", en="?"),
    ]
    form = b.build_form("v", version="1", zh="访", en="Visit", items=items)
    shares = lw.shares(visits, "visit_outcome", by="village", form=form)
    here, there = found.answered(visits), set(shares.loc[shares["shown"], "village"])
    assert here.set_index("part").loc["all", "answered"] == 61
    assert not set(sizes) - {"hill"} <= set(here.loc[here["shown"], "stratum"]) | there
    assert there == {"east"}


def test_answers_that_do_not_fit_the_sample_are_one_sentence(visited):
    """No key, no outcome column, no interview among the outcomes, answers that were not drawn."""
    found, visits = visited
    with pytest.raises(AnswerError, match="The answers: no column 'card'"):
        found.answered(visits, key=["village", "card"])
    with pytest.raises(AnswerError, match="no column 'result' with the outcome"):
        found.answered(visits, outcome="result")
    with pytest.raises(AnswerError, match="None of the values of 'village' says"):
        found.answered(visits, outcome="village")
    with pytest.raises(AnswerError, match="2 answers are not in the sample"):
        found.design(pd.DataFrame({"village": "nowhere", "household": range(2)}))


def test_the_design_of_a_sample_estimates_the_register(register):
    """By hand: 9 of 4,000 and 2 of 1,000 and of 200 all say yes in east and no elsewhere: 4000/5200 say yes, without error."""
    found = drawn(register)
    answers = found.table.reset_index(drop=True)[["village", "household"]]
    answers["yes"] = np.where(answers["village"] == "east", "yes", "no")
    yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
    form = b.build_form("v", version="1", zh="访", en="Visit", items=[b.select_one("yes", yes_no, zh="?", en="?")])
    table = lw.shares(answers, "yes", design=found.design(answers), form=form, minimum=1).set_index("value")
    assert table.loc["yes", "share"] == pytest.approx(4000 / 5200)
    assert table.loc["yes", "se"] == pytest.approx(0, abs=1e-9)


def test_those_who_answered_can_stand_for_their_stratum(register):
    """Half of each stratum answered: weights after poststratification add up to the register again."""
    found = drawn(register, per_mille=20)
    answers = found.table.iloc[::2].reset_index(drop=True)[["village", "household"]]
    design = found.design(answers).poststratify("stratum", found.totals)
    weights = design.of(answers.join(design.frame)).weights
    assert weights.sum() == pytest.approx(5200)


def test_the_reserve_is_the_next_of_the_same_draw(register):
    """The sample stays as it is; a larger draw would have taken the reserve next; hill has no more than it has."""
    found, larger = drawn(register, reserve=4), drawn(register, least=6)
    assert found.table.equals(drawn(register).table)
    assert found.reserve.groupby("stratum")["drawn"].agg(["min", "max"]).values.tolist() == [[10, 13], [3, 6], [3, 6]]
    hill = [table.loc[table["stratum"] == "hill", "household"].tolist() for table in (found.table, found.reserve, larger.table)]
    assert hill[0] + hill[1] == hill[2]
    assert len(drawn(register.head(4010).iloc[3995:], reserve=99, per_mille=200).reserve) == 15 - 4


def test_a_reserve_of_less_than_nobody_is_refused(register):
    """One sentence."""
    with pytest.raises(AnswerError, match="reserve=-1"):
        drawn(register, reserve=-1)


def visits(found, *outcomes):
    first, spare = found.table, found.reserve
    rows = pd.concat([first, spare])[["village", "household"]].reset_index(drop=True)
    return rows.head(len(outcomes)).assign(visit_outcome=list(outcomes))


def test_replacements_are_listed_in_the_order_of_the_draw(register):
    """Two refusals in a stratum of nine; one replacement was visited and was not at home either."""
    found = drawn(register, by=None, reserve=5)
    size = len(found.table)
    once = visits(found, *["interviewed"] * (size - 2), "refused", "refused")
    assert found.replacements(once)["drawn"].tolist() == [size + 1, size + 2]
    twice = visits(found, *["interviewed"] * (size - 2), "refused", "refused", "not_at_home")
    assert found.replacements(twice)["drawn"].tolist() == [size + 2, size + 3]
    done = visits(found, *["interviewed"] * (size - 2), "refused", "refused", "interviewed", "interviewed")
    assert found.replacements(done).empty


def test_the_reserve_stands_apart_in_what_answered_and_has_weights(register):
    """A replacement neither raises the response rate nor counts as not drawn."""
    found = drawn(register, by=None, reserve=6)
    size = len(found.table)
    made = visits(found, *["interviewed"] * (size - 6), *["refused"] * 6, *["interviewed"] * 6)
    table = found.answered(made, minimum=1).set_index("part")
    assert list(table.index) == ["stratum", "all", "reserve"]
    assert table.loc["all", ["answered", "refused"]].tolist() == [size - 6, 6]
    assert table.loc["reserve", "answered"] == 6
    answered = made[made["visit_outcome"] == "interviewed"]
    assert found.design(answered).columns == ("weight", "stratum", "population")


@pytest.mark.parametrize("part", ["reserve", "not drawn"])
def test_few_beside_the_sample_are_not_told_by_the_sum_of_all_visits(register, part):
    """All visits less the strata, or less all drawn, would be those few: so a stratum and all drawn are withheld with them."""
    found = drawn(register, reserve=6)
    strangers = register.drop([*found.table.index, *found.reserve.index])
    beside = (found.reserve if part == "reserve" else strangers).head(2)
    visits = pd.concat([found.table, beside])[["village", "household"]]
    table = found.answered(visits.assign(visit_outcome=["interviewed"] * len(found.table) + ["refused"] * 2)).set_index("part")
    assert not table.loc[["all", part], "shown"].any()
    assert not table.loc["stratum", "shown"].all()
    assert table.loc[["all", part], ["answered", "refused"]].isna().all(axis=None)

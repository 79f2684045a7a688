"""Shares of any question: bases, households counted once, people in repeats, designs, ranks, and bad input."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import liuwen as lw
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.responses import read_responses

RATING = b.choices(
    "rating", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"), ("dont_know", "不知道", "Don't know")
)
NEEDS = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"), ("doctor", "医", "Doctor"))
SEX = b.choices("sex", ("female", "女", "Female"), ("male", "男", "Male"))


@pytest.fixture(scope="module")
def form():
    items = [
        b.text("village", zh="村", en="Village"),
        b.text("household", zh="户", en="Household"),
        b.date("visit_date", zh="日期", en="Date"),
        b.select_one("sex", SEX, zh="性别", en="Sex"),
        b.select_one("rating", RATING, zh="评价", en="Rating"),
        b.select_multiple("needs", NEEDS, zh="需要", en="Needs"),
        b.decimal("income", zh="收入", en="Income"),
        b.integer("people", zh="人数", en="People"),
        b.repeat(
            "member",
            zh="成员",
            en="Member",
            items=[b.select_one("works", SEX, zh="?", en="?"), b.integer("age", zh="岁", en="Age")],
        ),
    ]
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=items)


@pytest.fixture(scope="module")
def answers():
    table = pd.read_csv(Path(__file__).parent / "r" / "answers.csv", index_col="id", keep_default_na=False, na_values=[""])
    return table.rename(columns={"household": "home"})


@pytest.fixture(scope="module")
def figures():
    table = pd.read_csv(Path(__file__).parent / "r" / "figures.csv", dtype={"group": str, "value": str}, keep_default_na=False)
    return table.set_index(["design", "figure", "group", "value"])["number"].astype(float)


DESIGN = lw.SurveyDesign(weights="weight", strata="town", clusters="village")


@pytest.mark.parametrize("question", ["rating", "needs"])
@pytest.mark.parametrize("interval", ["xlogit", "beta"])
def test_shares_under_a_design_are_those_of_r(question, interval, answers, figures, form):
    """Through the public function, by sex: share, error, interval and design effect."""
    found = lw.shares(answers, question, "sex", design=DESIGN, interval=interval, minimum=1, form=form)
    assert len(found) == 2 * (4 if question == "rating" else 3)
    for row in found.itertuples():
        for column, figure in {"share": "share", "se": "share_se", "deff": "share_deff", "low": f"{interval}_low"}.items():
            expected = figures["clustered", figure, row.sex, row.value]
            assert getattr(row, column) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("statistic", "figure"), [("mean", "mean"), ("total", "total"), ("median", "quantile")])
def test_means_under_a_design_are_those_of_r(statistic, figure, answers, figures, form):
    """Whole and by sex; and the ratio of income to people."""
    value = "0.5" if statistic == "median" else "income"
    for by in (None, "sex"):
        found = lw.means(answers, "income", by, statistic=statistic, design=DESIGN, minimum=1, form=form)
        for row in found.to_dict("records"):
            assert row[statistic] == pytest.approx(figures["clustered", figure, row.get("sex", ""), value], rel=1e-9)
            assert row["se"] == pytest.approx(figures["clustered", f"{figure}_se", row.get("sex", ""), value], rel=1e-9)
    ratio = lw.means(answers, "income", over="people", design=DESIGN, form=form)
    assert ratio["ratio"][0] == pytest.approx(figures["clustered", "ratio", "", "income"], rel=1e-9)


def test_a_cross_tabulation_carries_the_test_of_r(answers, figures, form):
    """Rating within sex."""
    found = lw.crosstab(answers, "sex", "rating", design=DESIGN, minimum=1, form=form)
    test = found.attrs["association"]
    assert [test["statistic"], test["p"]] == pytest.approx(
        [figures["clustered", "chisq", "", name] for name in ("F", "p")], rel=1e-9
    )
    assert found["sex"].unique().tolist() == ["female", "male"]


def frame_of(answers, **more):
    return pd.DataFrame({"village": "a", "rating": answers, **more})


def test_answers_outside_the_base_are_counted_separately(form):
    """Of 60: 30 good, 12 poor, 10 don't know, 8 blank."""
    frame = frame_of(["good"] * 30 + ["poor"] * 12 + ["dont_know"] * 10 + [""] * 8)
    of = {base: lw.shares(frame, "rating", base=base, form=form).set_index("value") for base in ("asked", "answered", "stated")}
    assert [table.loc["good", "share"] for table in of.values()] == [30 / 60, 30 / 52, 30 / 42]
    assert [table.loc["good", "base"] for table in of.values()] == [60, 52, 42]
    assert {table.loc["good", "base_is"] for table in of.values()} == {"asked", "answered", "stated"}
    stated = of["stated"]
    assert stated.loc[["dont_know", ""], "count"].tolist() == [10, 8]
    assert stated.loc[["dont_know", ""], ["share", "low", "rank"]].isna().all(axis=None)
    assert (stated["answered"] == 52).all()


def test_a_base_that_would_tell_who_refused_is_not_shown(form):
    """Three did not know: the base of 57 beside the 60 asked would say so."""
    frame = frame_of(["good"] * 30 + ["poor"] * 27 + ["dont_know"] * 3)
    found = lw.shares(frame, "rating", base="stated", form=form)
    assert found[["base", "share", "count"]].isna().all(axis=None)
    assert lw.shares(frame, "rating", base="stated", minimum=1, form=form).set_index("value").loc["good", "base"] == 57


def test_one_household_visited_fourteen_times_counts_once(form):
    """Its last answer counts; fourteen visits do not make a group of fourteen."""
    visits = frame_of(["good"] * 13 + ["poor"], household="h1", visit_date=pd.date_range("2026-01-01", periods=14))
    others = frame_of(["poor"] * 20, household=[f"o{n}" for n in range(20)], visit_date=pd.Timestamp("2026-02-01"))
    table = pd.concat([visits, others], ignore_index=True)
    last = lw.shares(table, "rating", minimum=1, form=form).set_index("value")
    assert last.loc[["good", "poor"], "count"].tolist() == [0, 21]
    assert last["counted"].unique().tolist() == ["households"]
    assert lw.shares(table, "rating", rounds="first", minimum=1, form=form).set_index("value").loc["good", "count"] == 1
    every = lw.shares(table, "rating", rounds="all", minimum=1, form=form).set_index("value")
    assert (every.loc["good", "count"], every.loc["good", "counted"]) == (13, "interviews")
    shown = lw.shares(table, "rating", rounds="all", form=form).set_index("value")
    assert pd.isna(shown.loc["good", "count"])
    assert not shown.loc["good", "shown"]
    assert lw.needs(table.assign(needs="road"), by=None, minimum=1, form=form)["asked"].unique().tolist() == [21]


def test_duckdb_counts_households_once_too(form):
    """The same figures from a relation."""
    duckdb = pytest.importorskip("duckdb")
    visits = frame_of(["good"] * 13 + ["poor"], household="h1", visit_date=pd.date_range("2026-01-01", periods=14))
    table = pd.concat(
        [visits, frame_of(["poor"] * 20, household=[f"o{n}" for n in range(20)], visit_date=pd.Timestamp("2026-02-01"))]
    )
    lazy = lw.shares(duckdb.from_df(table), "rating", minimum=1, form=form)
    pd.testing.assert_frame_equal(lazy, lw.shares(table, "rating", minimum=1, form=form))


def test_repeated_visits_without_a_date_are_an_error(form):
    with pytest.raises(AnswerError, match="more than once"):
        lw.shares(frame_of(["good", "poor"], household="h1"), "rating", form=form)


@pytest.fixture(scope="module")
def homes(form, tmp_path_factory):
    """Twelve households of three people; one of them of fifteen, all alike."""
    folder = tmp_path_factory.mktemp("homes")
    for number in range(12):
        works = "female" if number else "male"
        member = f"<member><works>{works}</works><age>{20 + number}</age></member>" * (15 if not number else 3)
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        xml = f'<visit id="visit" version="1"><village>a</village><household>{number}</household>{member}{meta}</visit>'
        (folder / f"{number}.xml").write_text(
            xml.replace("<visit id", "<data id").replace("</visit>", "</data>"), encoding="utf-8"
        )
    return read_responses(folder, form=form)


def test_people_asked_of_some_households_are_grouped_by_what_each_was_asked(collected):
    """Members are asked about where a household says that it has some; that question is not asked of a member."""
    person = [b.select_one("gender", SEX, zh="?", en="?"), b.select_one("works", SEX, zh="?", en="?")]
    members = b.repeat("member", zh="成员", en="Member", relevant="${has} = 'female'", items=person)
    form = b.build_form("v", version="1", zh="访", en="Visit", items=[b.select_one("has", SEX, zh="?", en="?"), members])
    each = "<gender>{0}</gender><works>male</works>".format
    rows = [{"has": "female", "member": each("female" if number < 20 else "male")} for number in range(50)]
    found = lw.shares(collected(form, rows), "works", by="gender").set_index(["gender", "value"])
    assert found.loc[("female", "male"), ["asked", "count"]].tolist() == [20, 20]
    assert lw.shares(collected(form, rows), "works", where={"gender": "male"})["asked"].tolist() == [30, 30]


def test_people_of_a_repeat_are_counted_and_households_guard_them(homes):
    """48 people; the fifteen men are of one household, and are not shown."""
    every = lw.shares(homes, "works", "village", minimum=1).set_index("value")
    assert every["count"].tolist() == [33, 15]
    assert every["counted"].unique().tolist() == ["people"]
    assert lw.shares(homes, "works", "village")["count"].isna().all()
    assert lw.means(homes, "age", "village", minimum=1)["mean"][0] == pytest.approx((15 * 20 + 3 * sum(range(21, 32))) / 48)


def test_a_household_visited_twice_hides_nothing(form, collected):
    """Bases count households as the figures do, so that they agree."""
    rows = [{"village": "a", "household": n, "visit_date": "2026-01-01", "rating": ("good", "poor")[n % 2]} for n in range(30)]
    again = {"village": "a", "household": 0, "visit_date": "2026-02-01", "rating": "poor"}
    found = lw.shares(collected(form, [*rows, again]), "rating", "village").set_index("value")
    assert found["shown"].all()
    assert found.loc[["good", "poor"], "count"].tolist() == [14, 16]
    first = lw.shares(collected(form, [*rows, again]), "rating", "village", rounds="first").set_index("value")
    assert first.loc[["good", "poor"], "count"].tolist() == [15, 15]


def test_people_of_a_household_visited_twice_count_once(form, collected):
    """The members that the latest visit found."""
    visits = [
        {"village": "a", "household": n, "visit_date": day, "member": f"<works>{works}</works>"}
        for n in range(6)
        for day, works in (("2026-01-01", "female"), ("2026-02-01", "male"))
    ]
    counts = {rounds: lw.shares(collected(form, visits), "works", minimum=1, rounds=rounds)["count"].tolist()
              for rounds in ("last", "first", "all")}  # fmt: skip
    assert counts == {"last": [0, 6], "first": [6, 0], "all": [6, 6]}


def test_the_size_of_a_household_is_not_the_base_of_a_village(form, collected):
    """Seven people of one household, fourteen visits to one: more than five rows, one household."""
    homes = [("a", n, 3) for n in range(20)] + [("b", 99, 7)] + [("c", n, 3) for n in range(20)]
    member = "</member><member>".join
    rows = [{"village": v, "household": h, "member": member(["<works>male</works><age>40</age>"] * size)} for v, h, size in homes]
    people = lw.shares(collected(form, rows), "works", "village").set_index("village")
    assert people.loc["b", "asked"].isna().all()
    assert lw.means(collected(form, rows), "age", "village").set_index("village")["asked"].isna()["b"]
    visits = [{"village": v, "household": h, "rating": "good"} for v, h, _ in homes if v != "b"]
    visits += [{"village": "b", "household": 99, "rating": "good"}] * 14
    every = lw.shares(collected(form, visits), "rating", "village", rounds="all").set_index("village")
    assert every.loc["b", "asked"].isna().all()


def test_names_of_few_are_put_together_and_shown(form, collected):
    """The group "<5" has the base of all that are in it."""
    rows = [{"income": 10 if n < 30 else n % 4, "rating": ("good", "poor")[n % 2]} for n in range(42)]
    found = lw.shares(collected(form, rows), "rating", "income").set_index(["income", "value"])
    assert found.loc[("<5", "good"), ["asked", "count"]].tolist() == [12, 6]
    assert "1" not in found.index.get_level_values("income")


def test_an_index_with_duplicates_counts_every_row(form):
    """Two tables put one below the other, with a design and without."""
    table = pd.concat([frame_of(["good"] * 10 + [None] * 3), frame_of(["poor"] * 10, village="b")])
    for design in (None, lw.SurveyDesign()):
        found = lw.shares(table, "rating", "village", design=design, minimum=1, form=form)
        assert found.loc[found["value"] == "good", "count"].tolist() == [10, 0]


def test_ranks_carry_intervals(form):
    """60 and 55 of 100 do not differ significantly; 5 is last."""
    rng = np.random.default_rng(1)
    rows = [" ".join(n for n, p in (("road", 0.6), ("water", 0.55), ("doctor", 0.08)) if rng.random() < p) for _ in range(200)]
    found = lw.shares(pd.DataFrame({"needs": rows}), "needs", form=form).set_index("value")
    assert found.loc["road", ["rank_low", "rank_high"]].tolist() == [1, 2]
    assert found.loc["doctor", ["rank", "rank_low", "rank_high"]].tolist() == [3, 3, 3]


BAD_WEIGHTS = {"missing": np.nan, "zero": 0, "negative": -2, "not a number": "many"}


@pytest.mark.parametrize("kind", BAD_WEIGHTS)
def test_invalid_weights_are_an_error(kind, form):
    """Never dropped silently."""
    frame = frame_of(["good"] * 10, weight=pd.Series([1.0] * 9 + [BAD_WEIGHTS[kind]], dtype=object))
    with pytest.raises(AnswerError, match=f"1 {kind}"):
        lw.shares(frame, "rating", design=lw.SurveyDesign(weights="weight"), form=form)


def test_an_invalid_design_is_an_error(form):
    """One cluster in a stratum, a population below the sample, an unknown column, a total nobody is in."""
    frame = frame_of(["good"] * 10, town=["x"] * 8 + ["y"] * 2, cluster=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5], size=2.0)
    with pytest.raises(AnswerError, match="'y' has only one cluster"):
        lw.shares(frame, "rating", design=lw.SurveyDesign(strata="town", clusters="cluster"), form=form)
    with pytest.raises(AnswerError, match="smaller than the sample of 4"):
        design = lw.SurveyDesign(strata="town", clusters="cluster", population="size", lonely="adjust")
        lw.shares(frame, "rating", design=design, form=form)
    with pytest.raises(AnswerError, match="'nowhere'"):
        lw.shares(frame, "rating", design=lw.SurveyDesign(weights="nowhere"), form=form)
    with pytest.raises(AnswerError, match="names columns, not 3"):
        lw.shares(frame, "rating", design=lw.SurveyDesign(clusters="cluster", population=3), form=form)
    with pytest.raises(AnswerError, match="nobody of the sample"):
        lw.shares(frame, "rating", design=lw.SurveyDesign().poststratify("town", {"x": 5, "y": 5, "z": 1}), form=form)
    with pytest.raises(AnswerError, match="lacks 10"):
        other = pd.DataFrame({"weight": [1.0]}, index=["elsewhere"])
        lw.shares(frame, "rating", design=lw.SurveyDesign(weights="weight", frame=other), form=form)


def test_questions_that_cannot_be_counted_are_errors(form):
    """Nobody asked, no choices, no such question, too many groups, unknown words."""
    with pytest.raises(AnswerError, match="Nobody was asked"):
        lw.shares(frame_of([None] * 5), "rating", form=form)
    with pytest.raises(AnswerError, match=r"lw\.means"):
        lw.shares(frame_of(["good"]), "income", form=form)
    with pytest.raises(AnswerError, match=r"lw\.shares"):
        lw.means(frame_of(["good"]), "rating", form=form)
    with pytest.raises(AnswerError, match="no question named"):
        lw.shares(frame_of(["good"]), "nothing", form=form)
    with pytest.raises(AnswerError, match="10000 different values"):
        lw.shares(
            pd.DataFrame({"rating": "good", "village": [f"v{n // 4}" for n in range(40_000)]}), "rating", "village", form=form
        )
    for bad in ({"base": "all"}, {"rounds": "some"}, {"interval": "wald"}):
        with pytest.raises(AnswerError, match="unknown"):
            lw.shares(frame_of(["good"]), "rating", form=form, **bad)


def test_all_blank_is_all_blank(form):
    """Asked, and nobody answered: no share of a choice is above 0."""
    found = lw.shares(frame_of([""] * 9), "rating", form=form).set_index("value")
    assert (found.loc["", "share"], found.loc["good", "share"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    "how", [{"confidence": 95}, {"confidence": 0}, {"confidence": "high"}, {"minimum": 0}, {"minimum": -1}, {"minimum": 2.5}]
)
@pytest.mark.parametrize("figures", [lw.needs, lw.shares, lw.satisfaction, lw.means])
def test_levels_that_mean_nothing_are_refused(figures, how):
    """In one sentence that names the argument."""
    offered = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"))
    form = b.build_form(
        "v",
        zh="访",
        en="V",
        version="1",
        items=[b.select_multiple("needs", offered, zh="?", en="?"), b.integer("people", zh="?", en="?")],
    )
    frame = pd.DataFrame({"needs": ["road"] * 20, "people": [3] * 20})
    about = {lw.needs: {"by": None}, lw.shares: {"question": "needs"}, lw.means: {"question": "people"}, lw.satisfaction: {}}[
        figures
    ]
    with pytest.raises(AnswerError, match=next(iter(how))):
        figures(frame, form=form, **about, **how)

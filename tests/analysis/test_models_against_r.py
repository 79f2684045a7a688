"""Small areas, reliability, replicate weights, rank tests, scores of ratings and presentation standards are R's."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis import cohen_kappa, cronbach_alpha, krippendorff_alpha, opinion_score, satisfaction, shares, visitor_effect
from liuwen.analysis.estimates import estimated_means, estimated_ratio, estimated_totals
from liuwen.analysis.fay_herriot import fitted_model
from liuwen.analysis.intervals import beta_interval, xlogit_interval
from liuwen.analysis.presentation import presentation_fitness
from liuwen.analysis.rank_test import rank_test
from liuwen.analysis.replicates import ReplicateWeights
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.form import builder as b

FOLDER = Path(__file__).parent / "r"
STEPS = {"poor": 0.0, "middle": 50.0, "good": 100.0}
DESIGNS = {
    "simple": SurveyDesign(),
    "weighted": SurveyDesign(weights="weight"),
    "clustered": SurveyDesign(weights="weight", strata="town", clusters="village"),
}
SATISFACTION = ("best", "worst", "net", "net_low", "net_high", "mean", "mean_low", "mean_high")
METHODS = {
    "JKn": ("JKn", {}),
    "JK1": ("JKn", {}),
    "BRR": ("BRR", {}),
    "Fay": ("Fay", {"shrinkage": 0.3}),
    "bootstrap": ("Fay", {}),
    "other": ("BRR", {"scale": 0.25, "factors": tuple(0.5 + 0.1 * step for step in range(8))}),
}


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    table = pd.read_csv(FOLDER / "answers.csv", index_col="id")
    place = np.arange(1, len(table) + 1)
    other = np.array([None, "good", "poor"], dtype=object)[place % 3]
    second = pd.Series(np.where(place % 5 == 0, other, table["rating"]), index=table.index)
    return table.assign(second=second, third=second.where(place % 7 != 0, "middle"))


@pytest.fixture(scope="module")
def figures() -> pd.Series:
    return made("models.csv")


@pytest.fixture(scope="module")
def ratings() -> pd.Series:
    return made("ratings.csv")


def made(name: str) -> pd.Series:
    """The figures in a file that R made."""
    table = pd.read_csv(FOLDER / name, dtype={"group": str, "value": str}, keep_default_na=False)
    return table.set_index(["figure", "group", "value"])["number"].astype(float).sort_index()


@pytest.mark.parametrize("name", ["simple", "weighted"])
@pytest.mark.parametrize("what", ["income", "income size", "good"])
def test_small_areas_by_reml_with_the_error_of_prasad_and_rao(name, what, answers, figures):
    """With a constant alone and with a covariate, of means and of shares."""
    named, rows = f"{name} {what}", DESIGNS[name].of(answers)
    values = answers["rating"].eq("good") if what == "good" else answers["income"].fillna(0)
    known = answers["rating"].isin(STEPS) if what == "good" else answers["income"].notna()
    of_places = figures.xs(named, level="group")
    places = list(of_places["fh_direct"].index)
    found = [
        estimated_means(rows, values.to_numpy(dtype=float)[:, None], (known & (answers["village"] == p)).to_numpy())
        for p in places
    ]
    direct, errors = (np.array([getattr(each, part)[0] for each in found]) for part in ("values", "errors"))
    assert direct == pytest.approx(of_places["fh_direct"].to_numpy(), rel=1e-9)
    sizes = answers.groupby("village")["people"].mean()[places].to_numpy()
    covariates = np.column_stack([np.ones(len(places)), *([sizes] if "size" in what else [])])
    model = fitted_model(direct, errors**2, covariates)
    assert model.converged
    assert model.variance == pytest.approx(figures["fh_variance", named, ""], rel=1e-6)
    modelled, error = model.estimates(direct, errors**2, covariates)
    assert modelled == pytest.approx(of_places["fh_modelled"].to_numpy(), rel=1e-6)
    assert error == pytest.approx(of_places["fh_error"].to_numpy(), rel=1e-6)


def test_reliability(answers, figures):
    """Cronbach, Cohen, Krippendorff of two and three, and the correlation within a visitor's interviews."""
    items = pd.DataFrame({
        "rating": answers["rating"].map({"poor": 1, "middle": 2, "good": 3}),
        "people": answers["people"],
        "income": answers["income"] / 1000,
        "weight": answers["weight"],
    })  # fmt: skip
    assert cronbach_alpha(items) == pytest.approx(figures["cronbach", "", ""], rel=1e-9)
    assert cohen_kappa(answers["rating"], answers["second"]) == pytest.approx(figures["kappa", "", ""], rel=1e-9)
    for count, columns in (("two", ["rating", "second"]), ("three", ["rating", "second", "third"])):
        assert krippendorff_alpha(answers[columns]) == pytest.approx(figures["krippendorff", count, ""], rel=1e-9)
    effect = visitor_effect(answers["income"], answers["village"])
    found = {"icc": effect.icc, "icc_size": effect.size, "icc_deff": effect.deff}
    assert found == pytest.approx({name: figures[name, "", ""] for name in found}, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_replicate_weights(method, answers, figures):
    """Means, totals, ratios and intervals of shares, whole and of domains, one of which some replicates have no row of."""
    columns, more = METHODS[method]
    factors = pd.read_csv(FOLDER / "replicates.csv", index_col="village").filter(regex=f"^{columns}")
    replicated = factors.loc[answers["village"]].to_numpy() * answers["weight"].to_numpy()[:, None]
    with_replicates = answers.assign(**dict(zip(factors.columns, replicated.T, strict=True)))
    if method == "JKn":
        per_town = answers.groupby("town")["village"].nunique()[answers.drop_duplicates("village").set_index("village")["town"]]
        own = pd.Series((per_town - 1).to_numpy() / per_town.to_numpy(), index=answers["village"].unique())
        more = {"factors": tuple(own[factors.index])}
    design = SurveyDesign(weights="weight", replicates=ReplicateWeights(tuple(factors.columns), method, **more))
    rows = design.of(with_replicates)
    income, people = answers["income"].fillna(0).to_numpy(), answers["people"].to_numpy(dtype=float)
    every, two = answers["sex"].notna(), answers["village"].isin(["lake0", "north0"])
    for group, part in {"": every, "female": answers["sex"] == "female", "two-villages": two}.items():
        domain = part.to_numpy()
        asked, rated = domain & answers["income"].notna().to_numpy(), domain & answers["rating"].notna().to_numpy()
        mean, total = estimated_means(rows, income[:, None], asked), estimated_totals(rows, income[:, None], asked)
        ratio = estimated_ratio(rows, income, people, asked)
        good = estimated_means(rows, answers["rating"].eq("good").to_numpy(dtype=float)[:, None], rated)
        got = {"mean": mean.values[0], "mean_se": mean.errors[0], "mean_deff": mean.deff[0], "df": mean.degrees}
        got |= {"total": total.values[0], "total_se": total.errors[0], "ratio": ratio.values[0], "ratio_se": ratio.errors[0]}
        got["xlogit_low"], got["xlogit_high"] = (float(end[0]) for end in xlogit_interval(good.values, good.errors, good.degrees))
        got["beta_low"], got["beta_high"] = (
            float(end[0]) for end in beta_interval(good.values, good.errors, good.rows, good.degrees)
        )
        assert got == pytest.approx({name: figures[name, f"{method} {group}", ""] for name in got}, rel=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("by", ["sex", "age"])
def test_rank_tests(name, by, answers, figures):
    """Of two groups and of three."""
    scores = answers["rating"].map(STEPS)
    groups = pd.factorize(answers[by])[0].astype(np.int64)
    found = rank_test(DESIGNS[name].of(answers), scores.fillna(0).to_numpy(), groups, scores.notna().to_numpy())
    expected = [figures[figure, name, by] for figure in ("rank_F", "rank_df", "rank_p")]
    assert (found.statistic, found.denominator, found.p) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_score_of_several_ratings(name, answers, figures):
    """Two ratings of the same people, each missing for others; with the covariance of the two."""
    steps = b.choices(
        "q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"), ("dont_know", "不知道", "?")
    )
    asking = [b.select_one(column, steps, zh="?", en="?") for column in ("rating", "second")]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
    design = DESIGNS[name] if name != "simple" else None
    found = opinion_score(answers, {"rating": 0.4, "second": 0.6}, design=design, minimum=1, form=form)
    assert found.score == pytest.approx(figures["score", name, ""], rel=1e-9)
    assert found.error == pytest.approx(figures["score_se", name, ""], rel=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("by", [None, "sex"])
def test_satisfaction(name, by, answers, ratings):
    """Best, worst, net with the covariance of the two, and the mean; *don't know* and blanks in no base."""
    steps = b.choices(
        "q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"), ("dont_know", "不知道", "?")
    )
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.select_one("rating", steps, zh="?", en="?")])
    design = DESIGNS[name] if name != "simple" else None
    found = satisfaction(answers, by, design=design, minimum=1, form=form)
    for row in found.to_dict("records"):
        key = f"{name} {row['sex']}" if by else name
        expected = {column: ratings[column, key, ""] for column in SATISFACTION}
        assert {column: row[column] for column in SATISFACTION} == pytest.approx(expected, rel=1e-9), key


@pytest.mark.parametrize("name", DESIGNS)
def test_ranks_with_intervals(name, answers, ratings):
    """All pairs compared at once. R knows how many chose both of a pair; ours, made of what is shown, are as wide or wider."""
    needs = sorted({need for given in answers["needs"].dropna() for need in given.split()})
    offered = b.choices("n", *((need, need, need.title()) for need in needs))
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.select_multiple("needs", offered, zh="?", en="?")])
    design = DESIGNS[name] if name != "simple" else None
    found = shares(answers, "needs", design=design, minimum=1, base="answered", form=form).set_index("value")
    for need in ratings["rank_low", name].index:
        assert found.loc[need, "rank_low"] <= ratings["rank_low", name, need]
        assert found.loc[need, "rank_high"] >= ratings["rank_high", name, need]
    assert found.loc["road", ["rank_low", "rank_high"]].tolist() == [1, 1]


def test_presentation_standards(answers, figures):
    """Shown, to be looked at, or not precise enough: each share by age, with and without a design."""
    words = ("suppress", "review", "present")
    for name, value in figures["fitness"].index:
        design, age = name.split(" ")
        domain = (answers["age"].eq(age) & answers["rating"].notna()).to_numpy()
        found = estimated_means(DESIGNS[design].of(answers), answers["rating"].eq(value).to_numpy(dtype=float)[:, None], domain)
        told = presentation_fitness(found.values, found.errors, found.rows, found.degrees, found.deff)
        assert told[0] == words[int(figures["fitness", name, value])], (name, value)

"""Every estimate, interval and test is R's: strata, clusters, weights, missing answers, finite populations, known totals."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis.estimates import estimated_means, estimated_ratio, estimated_totals, kish_effect
from liuwen.analysis.intervals import beta_interval, wilson_interval, xlogit_interval
from liuwen.analysis.quantiles import estimated_quantile, weighted_quantile
from liuwen.analysis.significance import benjamini_hochberg, fisher_exact, holm, rao_scott
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.errors import AnswerError

FOLDER = Path(__file__).parent / "r"
SEXES = {"female": 3100, "male": 2900}
CLUSTERED = SurveyDesign(weights="weight", strata="town", clusters="village")
DESIGNS = {
    "simple": SurveyDesign(),
    "weighted": SurveyDesign(weights="weight"),
    "clustered": CLUSTERED,
    "finite": SurveyDesign(weights="weight", strata="town", clusters="village", population="villages"),
    "staged": SurveyDesign(
        weights="weight", strata="town", clusters=("village", "household"), population=("villages", "members")
    ),
    "poststratified": CLUSTERED.poststratify("sex", SEXES),
    "raked": CLUSTERED.rake({"sex": SEXES, "age": {"middle": 2100, "old": 1700, "young": 2200}}),
}
TOLERANCE = {"raked": 1e-6}


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "answers.csv", index_col="id")


@pytest.fixture(scope="module")
def figures() -> pd.Series:
    table = pd.read_csv(FOLDER / "figures.csv", dtype={"group": str, "value": str}, keep_default_na=False)
    return table.set_index(["design", "figure", "group", "value"])["number"].astype(float)


@pytest.fixture(scope="module", params=DESIGNS)
def named(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def rows(named: str, answers: pd.DataFrame):
    return DESIGNS[named].of(answers)


def groups(answers):
    yield "", np.ones(len(answers), dtype=bool)
    for sex in ("female", "male"):
        yield sex, (answers["sex"] == sex).to_numpy()


def expect(figures, named, group, value, found):
    """Each figure as R gives it, to 1e-9 of itself (1e-6 after iterations)."""
    for figure, number in found.items():
        expected = figures[named, figure, group, str(value)]
        assert number == pytest.approx(expected, rel=TOLERANCE.get(named, 1e-9)), (named, figure, group, value)


def test_shares_with_error_design_effect_and_intervals(named, rows, answers, figures):
    """Select-one and select-multiple, whole and by sex."""
    for question, values in (("rating", ("good", "middle", "poor", "dont_know")), ("needs", ("road", "water", "doctor"))):
        flags = np.stack([answers[question].fillna("").str.contains(value).to_numpy(dtype=float) for value in values], axis=1)
        for group, domain in groups(answers):
            asked = domain & answers[question].notna().to_numpy()
            found = estimated_means(rows, flags, asked)
            for number, value in enumerate(values):
                share, error = found.values[number], found.errors[number]
                got = {"share": share, "share_se": error, "share_deff": found.deff[number]}
                if (named, "xlogit_low", group, value) in figures.index:
                    got["xlogit_low"], got["xlogit_high"] = xlogit_interval(share, error, found.degrees)
                    got["beta_low"], got["beta_high"] = beta_interval(share, error, found.rows, found.degrees)
                expect(figures, named, group, value, got)


def numbers_of(rows, answers, domain):
    from scipy.stats import t

    income, people = answers["income"].fillna(0).to_numpy(), answers["people"].to_numpy(dtype=float)
    asked = domain & answers["income"].notna().to_numpy()
    mean = estimated_means(rows, income[:, np.newaxis], asked)
    total, ratio = estimated_totals(rows, income[:, np.newaxis], asked), estimated_ratio(rows, income, people, asked)
    half = t.ppf(0.975, mean.degrees) * mean.errors[0]
    return {
        "mean": mean.values[0],
        "mean_se": mean.errors[0],
        "mean_deff": mean.deff[0],
        "mean_low": mean.values[0] - half,
        "mean_high": mean.values[0] + half,
        "total": total.values[0],
        "total_se": total.errors[0],
        "ratio": ratio.values[0],
        "ratio_se": ratio.errors[0],
        "df": mean.degrees,
    }


def test_means_totals_and_ratios(named, rows, answers, figures):
    """Of numbers with missing values."""
    for group, domain in groups(answers):
        expect(figures, named, group, "income", numbers_of(rows, answers, domain))


def test_quantiles_with_intervals(named, rows, answers, figures):
    """Quartile, median and ninth decile."""
    income = answers["income"].fillna(0).to_numpy()
    for group, domain in groups(answers):
        for part in (0.25, 0.5, 0.9):
            found = estimated_quantile(rows, income, domain & answers["income"].notna().to_numpy(), part)
            got = {"quantile": found.value, "quantile_low": found.low, "quantile_high": found.high, "quantile_se": found.error}
            expect(figures, named, group, part, got)


def test_the_interval_of_a_quantile_that_is_the_largest_value():
    """The share of values up to it is 1 without error, also where the weights do not add up to it exactly."""
    answers = pd.DataFrame({"weight": [4.3, 0.2, 2.7, 0.4, 1.5, 2.4, 2.1, 2.0, 0.2]})
    found = estimated_quantile(SurveyDesign(weights="weight").of(answers), np.full(9, 5.0), np.arange(9) < 4, 0.9)
    assert (found.value, found.low, found.high, found.error) == (5, 5, 5, 0)


def test_a_quantile_below_the_share_of_the_smallest_value():
    """It is the smallest value."""
    values, weights = np.array([0.0, 1.0, 1.0, 3.0, 5.0]), np.array([0.96, 0.26, 0.23, 1.51, 0.18])
    assert [weighted_quantile(values, weights, part) for part in (0.25, 0.5)] == [0, 3]


@pytest.mark.parametrize("option", ["adjust", "average", "certainty"])
def test_a_stratum_with_one_cluster(option, answers, figures):
    """Each of R's ways, whole and in a domain."""
    some = answers[(answers["town"] != "lake") | (answers["village"] == "lake0")]
    rows = SurveyDesign(weights="weight", strata="town", clusters="village", lonely=option).of(some)
    for group, domain in list(groups(some))[:2]:
        expect(figures, f"lonely_{option}", group, "income", numbers_of(rows, some, domain))


def test_calibrated_and_trimmed_weights(answers, figures):
    """Row by row."""
    for named in ("poststratified", "raked"):
        weights = pd.Series(DESIGNS[named].of(answers).weights, index=answers.index)
        for row in ("uuid:0", "uuid:10", "uuid:100"):
            expect(figures, named, "", row, {"weight": weights[row]})
    for strict in (False, True):
        weights = pd.Series(CLUSTERED.trim(8, 22, strict=strict).of(answers).weights, index=answers.index)
        for row in answers.index[[0, 10, 100, 149]]:
            expect(figures, f"trimmed_{str(strict).upper()}", "", row, {"weight": weights[row]})
    expect(figures, "weighted", "", "", {"kish": kish_effect(answers["weight"].to_numpy())})


@pytest.mark.parametrize("name", ["simple", "clustered", "finite"])
def test_the_second_order_test_of_a_table(name, answers, figures):
    """Rating by sex."""
    first, second = (pd.factorize(answers[column], sort=True)[0] for column in ("rating", "sex"))
    found = rao_scott(DESIGNS[name].of(answers), first, second, answers["rating"].notna().to_numpy())
    expected = {value: figures[name, "chisq", "", value] for value in ("F", "ndf", "ddf", "p")}
    assert found == pytest.approx((expected["F"], expected["ndf"], expected["ddf"], expected["p"]), rel=1e-9)


def test_fisher_wilson_holm_and_benjamini_hochberg(figures):
    """Without a design."""
    for pair in ((3, 17, 20, 60), (0, 12, 9, 30), (14, 6, 40, 80)):
        named = " ".join(map(str, pair))
        assert fisher_exact(pair[:2], pair[2:]) == pytest.approx(figures["simple", "fisher", named, "p"], rel=1e-9)
        low, high = wilson_interval(pair[0], pair[0] + pair[1])
        assert low == pytest.approx(figures["simple", "wilson_low", named, ""], rel=1e-9)
        assert high == pytest.approx(figures["simple", "wilson_high", named, ""], rel=1e-9)
    p_values = [0.001, 0.04, 0.03, 0.2, 0.011, 0.5]
    for method, adjust in (("holm", holm), ("BH", benjamini_hochberg)):
        expected = [figures["", method, "", str(at)] for at in range(1, 7)]
        assert adjust(p_values).tolist() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("weights", [[], [1, 0], [1, -2], [1, None], [1, "many"], [1, float("inf")]])
def test_the_effect_of_weights_needs_weights(weights):
    """One sentence, and no figure."""
    with pytest.raises(AnswerError, match="none missing"):
        kish_effect(weights)

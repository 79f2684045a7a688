"""Real answers with their weights and strata give R's figures; skipped where the corpus or R is absent."""

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from liuwen.analysis import means, shares
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.form import read_form
from liuwen.responses import read_responses

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "submissions"
SCRIPT = Path(__file__).parent / "r" / "corpus.R"
QUESTIONS = 6


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is absent")
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is absent")
@pytest.mark.parametrize("name", ["reach-assessment", "msna-2024"])
def test_weighted_figures_of_real_answers_are_those_of_r(name, tmp_path):
    """Questions of one or several answers, and numbers. REACH gives no weights or strata: all weigh the same."""
    form = read_form(CORPUS / name / "form.xlsx")
    responses = read_responses(CORPUS / name / "data.xlsx", form)
    raw = pd.read_excel(CORPUS / name / "data.xlsx", engine="openpyxl")
    design_columns = {"weight": raw.get("weight", pd.Series(1.0, index=raw.index)), "stratum": raw.get("stratum", "all")}
    frame = pd.DataFrame(design_columns).set_index(responses.table.index)
    table, texts, several, numbers = responses.table, [], [], []
    for question in responses.form.questions:
        known = question.name in table and not question.repeats and table[question.name].notna().sum() > 30
        if known and question.type == "select_one" and 1 < table[question.name].nunique() < 15:
            texts.append(question.name)
        if known and question.type == "select_multiple":
            several.append(question.name)
        if known and question.type in {"integer", "decimal"}:
            numbers.append(question.name)
    assert len(several) > 2
    texts, numbers = [*texts[:QUESTIONS], *several[:QUESTIONS]], numbers[:QUESTIONS]
    pd.concat([frame, table[[*texts, *numbers]]], axis=1).to_csv(tmp_path / "answers.csv", index=False)
    paths = [str(tmp_path / "answers.csv"), str(tmp_path / "figures.csv")]
    subprocess.run(["Rscript", str(SCRIPT), *paths], check=True, capture_output=True)
    expected = pd.read_csv(tmp_path / "figures.csv", dtype={"question": str, "value": str}, keep_default_na=False)
    design = SurveyDesign(weights="weight", strata="stratum", frame=frame, lonely="adjust")
    about = {"design": design, "minimum": 1, "rounds": "all"}
    found = {}
    for question in texts:
        rows = shares(responses, question, base="answered", **about)
        found |= {(question, row.value): (row.share, row.se) for row in rows.itertuples()}
    for question in numbers:
        row = means(responses, question, **about).iloc[0]
        found[question, ""] = (row["mean"], row["se"])
    assert len(expected) > 10
    for row in expected.itertuples():
        got = found[row.question, row.value]
        assert got == pytest.approx((float(row.figure), float(row.error)), rel=1e-9, abs=1e-12), (row.question, row.value)

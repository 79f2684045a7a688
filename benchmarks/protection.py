"""How much each protection shows and how far it is from the truth, on ten random towns: python benchmarks/protection.py

Three towns of three to five villages of 4 to 40 households; a rating, three needs, a follow-up, by village, town and whole.
What an intruder recovers is tested in tests/analysis/test_intruder.py.
"""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd

import liuwen as lw
from liuwen.analysis.cell_key import perturbation_table

_SPEC = importlib.util.spec_from_file_location("intruder", Path(__file__).parent.parent / "tests/analysis/test_intruder.py")
towns = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(towns)


def tables(answers: pd.DataFrame, form: object, **how: object) -> pd.DataFrame:
    """The shares of each question by each place, in one table."""
    found = [lw.shares(answers, question, place, form=form, **how).assign(place=str(place))
             for question in ("rating", "needs", "why") for place in (None, "town", "village")]  # fmt: skip
    return pd.concat(found, ignore_index=True)


def main() -> None:
    form, rows = towns.form(), []
    for seed in range(10):
        answers = towns.town(seed)
        answers.index = [f"uuid:{number}" for number in range(len(answers))]
        true = tables(answers, form, protection="none")
        for method in ("suppress", "cell_key"):
            found = tables(answers, form, protection=method, secret="benchmark")
            error = (found["share"] - true["share"]).abs()
            inside = ((found["low"] <= true["share"]) & (true["share"] <= found["high"]))[found["share"].notna()]
            small = true["count"].between(1, 4)
            rows.append({
                "protection": method, "place": "all", "cells": len(found), "shown": found["share"].notna().mean(),
                "in villages": found.loc[found["place"] == "village", "share"].notna().mean(),
                "mean error": error.mean(), "p95 error": error.quantile(0.95), "true share inside": inside.mean(),
                "counts 1-4 shown as they are": (found.loc[small, "count"] == true.loc[small, "count"]).mean(),
            })  # fmt: skip
    table = pd.DataFrame(rows).drop(columns="place").groupby("protection", sort=False).mean().round(3)
    print(table.T.to_string())
    print("cell key: an outsider is never surer of a count of 1 to 4 than", round(perturbation_table().certainty(), 2))


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()

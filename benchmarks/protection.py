"""What each protection shows, how far it is from the truth, and what an intruder learns: python benchmarks/protection.py [TOWNS]

Random towns of three to five villages of 4 to 40 households, three in each; three place levels; a rating, needs with *none* and
no answer, a follow-up, two kinds of household as filters; two releases, the second with half as many answers more. The intruder
solves integer programs over everything that is shown (tests/analysis/intruder.py). The table stands in docs/tasks/explore.md.
"""

import importlib.util
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import liuwen as lw
from liuwen.analysis.cell_key import perturbation_table

_SPEC = importlib.util.spec_from_file_location("intruder", Path(__file__).parent.parent / "tests/analysis/intruder.py")
towns = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(towns)

METHODS = ("suppress", "cell_key")


def tables(responses: object, **how: object) -> pd.DataFrame:
    """The shares of each question by each place, in one table."""
    found = [lw.shares(responses, question, place, **how).assign(place=str(place))
             for question in ("rating", "needs", "why") for place in (None, "town", "village")]  # fmt: skip
    return pd.concat(found, ignore_index=True)


def figures(responses: object, method: str) -> dict[str, float]:
    """How many cells of a release have a figure, and how far it is from the truth."""
    true, found = (tables(responses, protection=each, secret="benchmark") for each in ("none", method))
    error = (found["share"] - true["share"]).abs()
    inside = ((found["low"] <= true["share"]) & (true["share"] <= found["high"]))[found["share"].notna()]
    return {
        "cells": len(found),
        "shown": found["share"].notna().mean(),
        "in villages": found.loc[found["place"] == "village", "share"].notna().mean(),
        "mean error": error.mean(),
        "p95 error": error.quantile(0.95),
        "true share inside": inside.mean(),
    }


def recovered(releases: tuple[object, ...], answers: pd.DataFrame, method: str) -> tuple[int, int]:
    """How many counts of 1 to 4 there are, and how many the intruder knows for certain."""
    intruder = towns.Intruder(answers)
    read = intruder.read if method == "suppress" else intruder.read_changed
    for number, responses in enumerate(releases):
        for shown in towns.shown_tables(responses, protection=method, secret="benchmark"):
            read(*shown, waves=tuple(range(number + 1)))
    return len(intruder.secrets()), len(intruder.recovered())


def main(count: int) -> None:
    form, rows = towns.form(), []
    for seed in range(count):
        with tempfile.TemporaryDirectory() as folder:
            releases, answers = towns.two_releases(form, towns.town(seed), Path(folder))
            whole = towns.collected(form, towns.town(seed), Path(folder) / "whole")
        for method in METHODS:
            begun = time.process_time()
            first, known = recovered((whole,), towns.town(seed).assign(wave=0), method)
            both, twice = recovered(releases, answers, method)
            later = figures(releases[1], method)
            told = {"counts of 1 to 4": first, "of them known": known, "in two releases": both, "of these known": twice}
            shown = {**figures(whole, method), "second release": later["shown"], "its villages": later["in villages"]}
            rows.append({"protection": method, **shown, **told})
            print(seed, rows[-1], round(time.process_time() - begun), "s", flush=True)
    told = pd.DataFrame(rows).groupby("protection", sort=False)
    sums = ["cells", "counts of 1 to 4", "of them known", "in two releases", "of these known"]
    table = told.mean().assign(**{name: told[name].sum() for name in sums})
    print(table.round(3).T.to_string())
    print("cell key: an outsider is never surer of a count of 1 to 4 than", round(perturbation_table().certainty(), 2))


if __name__ == "__main__":
    np.seterr(all="ignore")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

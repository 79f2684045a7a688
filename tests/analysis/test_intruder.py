"""An intruder with an integer solver reads everything that is shown of a town, and cannot tell any count of 1 to 4."""

import os
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

import liuwen as lw
from liuwen.analysis.cell_key import LARGEST
from liuwen.form import builder as b
from liuwen.responses import read_responses

MINIMUM = 5
TOWNS = int(os.environ.get("LIUWEN_TOWNS", "3"))
"""Random towns to try; each takes some seconds."""
RATING = ("good", "middle", "poor", "refused")
NEEDS = ("road", "water", "doctor")
WHY = ("mud", "far")
KINDS = ("poor", "other")
PLACES = ("village", "town")


def form():
    listed = {name: b.choices(name, *((value, value, value) for value in values)) for name, values in
              (("rating", RATING), ("needs", NEEDS), ("why", WHY), ("kind", KINDS))}  # fmt: skip
    return b.build_form(
        "visit",
        version="1",
        zh="走访",
        en="Visit",
        items=[
            b.text("town", zh="镇", en="Town"),
            b.text("village", zh="村", en="Village"),
            b.select_one("household_type", listed["kind"], zh="户别", en="Kind"),
            b.select_one("rating", listed["rating"], zh="评价", en="Rating"),
            b.select_multiple("needs", listed["needs"], zh="需要", en="Needs"),
            b.select_multiple("why", listed["why"], zh="为何", en="Why", relevant="selected(${needs}, 'road')"),
        ],
    )


def town(seed):
    """Three towns of three to five villages of 4 to 40 households; rare answers, one question that few are asked."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(3):
        for village in range(int(rng.integers(3, 6))):
            road, poor = rng.random(2)
            for _ in range(int(rng.choice([4, 9, 15, 18, 25, 40]))):
                needs = " ".join(name for name, chance in zip(NEEDS, (road, 0.4, 0.08), strict=True) if rng.random() < chance)
                rows.append({
                    "town": f"t{place}",
                    "village": f"t{place}v{village}",
                    "household_type": "poor" if rng.random() < 0.4 * poor + 0.1 else "other",
                    "rating": rng.choice(RATING, p=[0.45, 0.3, 0.22, 0.03]),
                    "needs": needs,
                    "why": " ".join(value for value in WHY if rng.random() < 0.6) if "road" in needs else None,
                })  # fmt: skip
    return pd.DataFrame(rows)


def shown_tables(responses, **how):
    """All that a page, an explorer and tables show: each question by each place, whole, by kind and for each kind."""
    for question in ("rating", "needs", "why"):
        for place in (None, *PLACES):
            yield question, place, None, lw.shares(responses, question, place, **how)
            for kind in KINDS:
                found = lw.shares(responses, question, place, where={"household_type": kind}, **how)
                yield question, place, kind, found


class Intruder:
    """What can be computed of the counts of each village and kind, from everything that is shown."""

    def __init__(self, answers):
        self.truth = answers
        villages = answers["village"].unique()
        choices = [*(("rating", value) for value in (None, *RATING)), *(("needs", value) for value in (None, *NEEDS)),
                   *(("why", value) for value in WHY)]  # fmt: skip
        self.cells = {key: number for number, key in enumerate(product(villages, KINDS, choices))}
        self.town_of = answers.drop_duplicates("village").set_index("village")["town"]
        self.rows, self.low, self.high = [], [], []
        for village, kind in product(villages, KINDS):
            cell = lambda question, value, at=(village, kind): self.cells[(*at, (question, value))]  # noqa: E731
            self.know({cell("rating", value): 1 for value in RATING} | {cell("rating", None): -1}, 0, 0)
            self.know({cell("needs", None): 1, cell("rating", None): -1}, 0, 0)
            for value in NEEDS:
                self.know({cell("needs", value): 1, cell("needs", None): -1}, -np.inf, 0)
            for value in WHY:
                self.know({cell("why", value): 1, cell("needs", "road"): -1}, -np.inf, 0)

    def know(self, terms, low, high):
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def terms(self, question, value, place, name, kind):
        """The cells that a figure is the sum of; the base of `why` is who needs a road."""
        if question == "why" and value is None:
            question, value = "needs", "road"
        of = {None: lambda _: True, "village": lambda v: v == name, "town": lambda v: self.town_of[v] == name}[place]
        return {
            number: 1
            for (village, each, choice), number in self.cells.items()
            if choice == (question, value) and of(village) and kind in {None, each}
        }

    def read(self, question, place, kind, table):
        """Every number, and every word of what is hidden."""
        for row in table.to_dict("records"):
            name = row.get(place)
            if pd.notna(row["asked"]):
                self.know(self.terms(question, None, place, name, kind), row["asked"], row["asked"])
            if not row["value"]:
                continue
            terms = self.terms(question, row["value"], place, name, kind)
            if pd.notna(row["count"]):
                self.know(terms, row["count"], row["count"])
            elif row["reason"] == "few":
                self.know(terms, 1, MINIMUM - 1)
            elif row["reason"] == "nearly all":
                base = self.terms(question, None, place, name, kind)
                self.know({**dict.fromkeys(base, 1), **{cell: base.get(cell, 0) - 1 for cell in terms}}, 1, MINIMUM - 1)

    def read_changed(self, question, place, kind, table):
        """The figures of the cell-key method: each within the bound of the true count, nought only of small ones."""
        for row in table.to_dict("records"):
            for value, figure in ((None, row["asked"]), (row["value"], row["count"])):
                if value != "":
                    low = max(1, figure - LARGEST) if figure else 0
                    self.know(self.terms(question, value, place, row.get(place), kind), low, figure + LARGEST)

    def secrets(self):
        """The true counts of 1 to 4 of every place, kind, question and choice, with their cells."""
        found = []
        for question, values in (("rating", RATING), ("needs", NEEDS), ("why", WHY)):
            for place, kind, value in product((None, *PLACES), (None, *KINDS), (None, *values)):
                for name in [None] if place is None else self.truth[place].unique():
                    rows = self.truth if place is None else self.truth[self.truth[place] == name]
                    rows = rows if kind is None else rows[rows["household_type"] == kind]
                    asked = rows[rows[question].notna()]
                    count = len(asked) if value is None else sum(value in answer.split() for answer in asked[question])
                    if 0 < count < MINIMUM:
                        found.append((self.terms(question, value, place, name, kind), count))
        return found

    def recovered(self):
        """The secrets that have one possible value only."""
        open_ones = self.secrets()
        for sign in (1, -1, 1, -1, 1, -1):
            rng = np.random.default_rng(len(open_ones))
            aim = np.zeros(len(self.cells))
            for terms, _ in open_ones:
                aim[list(terms)] += sign * rng.random()
            values = self.solve(aim)
            open_ones = [(terms, count) for terms, count in open_ones if round(sum(values[cell] for cell in terms)) == count]
        return [(terms, count) for terms, count in open_ones if not self.can_differ(terms, count)]

    def can_differ(self, terms, count):
        aim = np.zeros(len(self.cells))
        aim[list(terms)] = 1
        return any(round(self.solve(sign * aim) @ aim) != count for sign in (1, -1))

    def solve(self, aim):
        data = [(row, cell, weight) for row, terms in enumerate(self.rows) for cell, weight in terms.items()]
        rows, cells, weights = zip(*data, strict=True)
        matrix = csr_matrix((weights, (rows, cells)), shape=(len(self.rows), len(self.cells)))
        constraint = LinearConstraint(matrix, self.low, self.high)
        found = milp(aim, constraints=constraint, integrality=np.ones(len(aim)), bounds=Bounds(0, 200))
        assert found.x is not None, found.message
        return np.round(found.x)


@pytest.fixture(scope="module")
def asking():
    return form()


def collected(asking, answers, folder):
    for number, row in enumerate(answers.to_dict("records")):
        fields = "".join(f"<{name}>{value}</{name}>" for name, value in row.items() if isinstance(value, str))
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        (folder / f"{number}.xml").write_text(f'<data id="visit" version="1">{fields}{meta}</data>', encoding="utf-8")
    return read_responses(folder, form=asking)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(TOWNS))
def test_nobody_is_recovered_from_all_that_is_shown(seed, asking, tmp_path):
    """Ten random towns, three place levels, two kinds, a follow-up."""
    answers = town(seed)
    intruder = Intruder(answers)
    for question, place, kind, table in shown_tables(collected(asking, answers, tmp_path)):
        intruder.read(question, place, kind, table)
    assert intruder.recovered() == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(max(1, TOWNS // 3)))
def test_nobody_is_recovered_from_changed_figures(seed, asking, tmp_path):
    """The same of the cell-key method: whoever knows the bound of the changes pins no count down."""
    answers = town(seed)
    intruder = Intruder(answers)
    for question, place, kind, table in shown_tables(collected(asking, answers, tmp_path), protection="cell_key", secret="s"):
        intruder.read_changed(question, place, kind, table)
    assert intruder.recovered() == []

"""Random towns, all that is shown of them, and an intruder with an integer solver who reads it."""

from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

import liuwen as lw
from liuwen.analysis.cell_key import LARGEST
from liuwen.form import builder as b
from liuwen.responses import read_responses

MINIMUM = 5
RATING = ("good", "middle", "poor", "refused")
NEEDS = ("road", "water", "doctor")
ALONE = ("none", "")
"""Answers to `needs` that stand alone: none, and no answer."""
WHY = ("mud", "far")
KINDS = ("poor", "other")
PLACES = ("village", "town")


def form(*, apart=False):
    """The form of the towns; `apart`, with what people say in a section kept apart from them."""
    listed = {name: b.choices(name, *((value, value, value) for value in values)) for name, values in
              (("rating", RATING), ("needs", (*NEEDS, "none")), ("why", WHY), ("kind", KINDS))}  # fmt: skip
    said = [
        b.select_one("rating", listed["rating"], zh="评价", en="Rating"),
        b.select_multiple("needs", listed["needs"], zh="需要", en="Needs"),
        b.select_multiple("why", listed["why"], zh="为何", en="Why", relevant="selected(${needs}, 'road')"),
    ]
    asked = [
        b.text("town", zh="镇", en="Town"),
        b.text("village", zh="村", en="Village"),
        b.select_one("household_type", listed["kind"], zh="户别", en="Kind"),
        *([b.group("apart", unlinked=True, zh="另存", en="Apart", items=said)] if apart else said),
    ]
    return b.build_form("visit", version="1", zh="走访", en="Visit", items=asked)


def town(seed, *, towns=3, most=5):
    """Towns of three to five villages of 4 to 40 households; rare answers, one question that few are asked."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(towns):
        for village in range(int(rng.integers(3, most + 1))):
            road, poor = rng.random(2)
            for _ in range(int(rng.choice([4, 9, 15, 18, 25, 40]))):
                needs = " ".join(name for name, chance in zip(NEEDS, (road, 0.4, 0.08), strict=True) if rng.random() < chance)
                needs = needs or ("none" if rng.random() < 0.7 else "")
                rows.append({
                    "town": f"t{place}",
                    "village": f"t{place}v{village}",
                    "household_type": "poor" if rng.random() < 0.4 * poor + 0.1 else "other",
                    "rating": rng.choice(RATING, p=[0.45, 0.3, 0.22, 0.03]),
                    "needs": needs,
                    "why": " ".join(value for value in WHY if rng.random() < 0.6) if "road" in needs else None,
                })  # fmt: skip
    return pd.DataFrame(rows)


def shown_tables(responses, *, kinds=KINDS, **how):
    """All that a page, an explorer and tables show: each question by each place, whole, by kind and for each of `kinds`."""
    for place in (None, *PLACES):
        yield "household_type", place, None, lw.shares(responses, "household_type", place, **how)
    for question in ("rating", "needs", "why"):
        for place in (None, *PLACES):
            yield question, place, None, lw.shares(responses, question, place, **how)
            for kind in kinds:
                found = lw.shares(responses, question, place, where={"household_type": kind}, **how)
                yield question, place, kind, found


class Intruder:
    """What can be computed of the counts of each village, kind and release, from everything that is shown.

    `answers` holds the truth, with the release that first counts each household as `wave`.
    """

    def __init__(self, answers):
        self.truth = answers
        self.waves = sorted(answers["wave"].unique())
        given = {"rating": (None, *RATING), "needs": (None, "any", *NEEDS, *ALONE), "why": WHY}
        choices = [(question, value) for question, values in given.items() for value in values]
        self.atoms = list(product(answers["village"].unique(), KINDS, self.waves))
        self.cells = {key: number for number, key in enumerate(product(self.atoms, choices))}
        self.town_of = answers.drop_duplicates("village").set_index("village")["town"]
        self.rows, self.low, self.high = [], [], []
        for atom in self.atoms:
            cell = lambda question, value, at=atom: self.cells[at, (question, value)]  # noqa: E731
            self.know({cell("rating", value): 1 for value in RATING} | {cell("rating", None): -1}, 0, 0)
            self.know({cell("needs", None): 1, cell("rating", None): -1}, 0, 0)
            self.know({cell("needs", value): 1 for value in ("any", *ALONE)} | {cell("needs", None): -1}, 0, 0)
            self.know({cell("needs", value): 1 for value in NEEDS} | {cell("needs", "any"): -1}, 0, np.inf)
            for value in NEEDS:
                self.know({cell("needs", value): 1, cell("needs", "any"): -1}, -np.inf, 0)
            for value in WHY:
                self.know({cell("why", value): 1, cell("needs", "road"): -1}, -np.inf, 0)

    def know(self, terms, low, high):
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def terms(self, question, value, *span):
        """The cells that a figure is the sum of; the base of `why` is who needs a road."""
        place, name, kind, waves = span
        if question == "why" and value is None:
            question, value = "needs", "road"
        if question == "household_type":
            question, value, kind = "rating", None, value or kind
        of = {None: lambda _: True, "village": lambda v: v == name, "town": lambda v: self.town_of[v] == name}[place]
        return {
            self.cells[atom, (question, value)]: 1
            for atom in self.atoms
            if of(atom[0]) and kind in {None, atom[1]} and atom[2] in waves
        }

    def read(self, question, place, kind, table, waves=(0,)):
        """Every number, and every word of what is hidden."""
        for row in table.to_dict("records"):
            name = row.get(place)
            base = self.terms(question, None, place, name, kind, waves)
            if pd.notna(row["asked"]):
                self.know(base, row["asked"], row["asked"])
            terms = self.terms(question, row["value"], place, name, kind, waves) if self.counts(question, row["value"]) else {}
            if terms and pd.notna(row["count"]):
                self.know(terms, row["count"], row["count"])
            elif terms and row["reason"] == "few":
                self.know(terms, 1, MINIMUM - 1)
            elif terms and row["reason"] == "nearly all":
                self.know({**dict.fromkeys(base, 1), **{cell: base.get(cell, 0) - 1 for cell in terms}}, 1, MINIMUM - 1)

    def read_changed(self, question, place, kind, table, waves=(0,)):
        """The figures of the cell-key method: each within the bound of the true count, nought only of small ones."""
        for row in table.to_dict("records"):
            for value, figure in ((None, row["asked"]), (row["value"], row["count"])):
                if value is None or self.counts(question, value):
                    low = max(1, figure - LARGEST) if figure else 0
                    terms = self.terms(question, value, place, row.get(place), kind, waves)
                    self.know(terms, low, figure + LARGEST)

    @staticmethod
    def counts(question, value):
        return bool(value) or question == "needs"

    def secrets(self):
        """The true counts of 1 to 4 of every place, kind, release, question and choice, with their cells.

        Also how many named something but not one of the needs; and the counts of those whom the last release added.
        """
        found = []
        spans = [self.waves[:upto] for upto in range(1, len(self.waves) + 1)] + [self.waves[-1:]] * (len(self.waves) > 1)
        for place, kind, waves in product((None, *PLACES), (None, *KINDS), spans):
            for name in [None] if place is None else self.truth[place].unique():
                rows = self.truth if place is None else self.truth[self.truth[place] == name]
                rows = rows[rows["wave"].isin(waves) & ((kind is None) | (rows["household_type"] == kind))]
                found += self._of(rows, lambda *what, at=(place, name, kind, waves): self.terms(*what, *at))
        return [(terms, count) for terms, count in found if 0 < count < MINIMUM]

    def _of(self, rows, terms):
        given = ~rows["needs"].isin(ALONE)
        yield terms("needs", "any"), int(given.sum())
        for value in NEEDS:
            other = terms("needs", "any") | dict.fromkeys(terms("needs", value), -1)
            yield other, int((given & ~rows["needs"].str.split().map(lambda each, v=value: v in each)).sum())
        for question, values in (("rating", RATING), ("needs", (*NEEDS, *ALONE)), ("why", WHY)):
            asked = rows[question].dropna()
            yield terms(question, None), len(asked)
            for value in values:
                yield terms(question, value), sum(value in answer.split() or answer == value for answer in asked)

    def recovered(self):
        """The secrets that have one possible value only."""
        open_ones = self.secrets()
        for sign in (1, -1, 1, -1, 1, -1):
            rng = np.random.default_rng(len(open_ones))
            aim = np.zeros(len(self.cells))
            for terms, _ in open_ones:
                for cell, weight in terms.items():
                    aim[cell] += sign * weight * rng.random()
            values = self.solve(aim)
            open_ones = [(terms, count) for terms, count in open_ones if self.value(terms, values) == count]
        return [(terms, count) for terms, count in open_ones if not self.can_differ(terms, count)]

    def value(self, terms, values):
        return round(sum(weight * values[cell] for cell, weight in terms.items()))

    def can_differ(self, terms, count):
        aim = np.zeros(len(self.cells))
        aim[list(terms)] = list(terms.values())
        return any(self.value(terms, self.solve(sign * aim)) != count for sign in (1, -1))

    def solve(self, aim):
        data = [(row, cell, weight) for row, terms in enumerate(self.rows) for cell, weight in terms.items()]
        rows, cells, weights = zip(*data, strict=True)
        matrix = csr_matrix((weights, (rows, cells)), shape=(len(self.rows), len(self.cells)))
        constraint = LinearConstraint(matrix, self.low, self.high)
        found = milp(aim, constraints=constraint, integrality=np.ones(len(aim)), bounds=Bounds(0, 200))
        assert found.x is not None, found.message
        return np.round(found.x)


def collected(asking, answers, folder):
    """The answers as a folder of submissions, read."""
    folder.mkdir(exist_ok=True)
    for number, row in answers.drop(columns="wave", errors="ignore").to_dict("index").items():
        told = [(name, f"<{name}>{value}</{name}>") for name, value in row.items() if isinstance(value, str)]
        fields = "".join(text for name, text in told if not asking[name].parents)
        inside = "".join(text for name, text in told if asking[name].parents)
        fields += f"<apart>{inside}</apart>" if inside else ""
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        (folder / f"{number}.xml").write_text(f'<data id="visit" version="1">{fields}{meta}</data>', encoding="utf-8")
    return read_responses(folder, form=asking)


def two_releases(asking, answers, folder):
    """The answers of two releases, the second with a third more answers; and the truth, with the release of each household."""
    order = np.random.default_rng(len(answers)).permutation(len(answers))
    first = answers.iloc[np.sort(order[: len(answers) * 2 // 3])]
    one = collected(asking, first, folder / "first").release("one", folder=folder / "releases")
    two = collected(asking, answers, folder / "all").release("two", folder=folder / "releases")
    counted = answers[[f"uuid:{number}" in two.table.index for number in answers.index]]
    return (one, two), counted.assign(wave=[0 if f"uuid:{number}" in one.table.index else 1 for number in counted.index])

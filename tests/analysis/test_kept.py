"""What is kept between tables changes none of them: whatever was asked before, and by whichever way rows are counted."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis.needs import counted_answers
from liuwen.analysis.source import DAY, MONTH, AnswerSource
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import tallied
from liuwen.form import builder as b
from liuwen.messages import Language, use_language
from liuwen.responses import Responses

QUESTIONS = ("needs", "work", "why", "how", "members")
KEYS = ("village", "kind", "visit_date", "surname", "why", "services")
VALUES = {
    "kind": ["poor", "other"],
    "visit_date": ["2026-03", "2026-04", "2026"],
    "services": ["water", "road"],
    "village": ["east"],
}
VARIANTS, QUESTIONED = 5, 8


@pytest.fixture(scope="module")
def visited(collected):
    """300 visits to 260 households, some of them to the same one, of which a chain of questions was asked."""
    listed = {
        "towns": "north south",
        "villages": "east west hill lake dale moor",
        "kinds": "poor other",
        "needs": "road water doctor dont_know",
        "ratings": "good fair poor",
        "reasons": "slow rude far",
        "ways": "told seen",
    }
    lists = {name: b.choices(name, *((one, f"{one}（中）", one) for one in names.split())) for name, names in listed.items()}
    asking = [
        b.select_one("town", lists["towns"], zh="镇", en="Town"),
        b.select_one("village", lists["villages"], zh="村", en="Village"),
        b.text("household", zh="户号", en="Household"),
        b.text("surname", zh="姓", en="Surname"),
        b.date("visit_date", zh="日期", en="Date"),
        b.select_one("kind", lists["kinds"], zh="户别", en="Kind"),
        b.select_multiple("needs", lists["needs"], zh="需要什么", en="Needs"),
        b.select_multiple("services", lists["needs"], zh="得到什么", en="Services"),
        b.select_one("work", lists["ratings"], zh="工作", en="Work"),
        b.select_one("why", lists["reasons"], zh="为什么", en="Why", relevant="${work} = 'poor'"),
        b.select_one("how", lists["ways"], zh="怎么知道", en="How", relevant="${why} != 'far'"),
        b.integer("members", zh="人数", en="Members"),
    ]
    form = b.build_form("visits", version="1", zh="走访", en="Visits", items=asking)
    draw = np.random.default_rng(5)
    villages, rows = listed["villages"].split(), []
    for number in range(300):
        at = int(draw.choice(6, p=[0.3, 0.2, 0.15, 0.15, 0.1, 0.1]))
        work = draw.choice(["good", "fair", "poor"], p=[0.35, 0.25, 0.4] if at else [0.04, 0, 0.96])
        why = draw.choice(["slow", "rude", "far"], p=[0.6, 0.3, 0.1]) if work == "poor" else None
        rows.append({
            "town": "north" if at < 3 else "south",
            "village": villages[at],
            "household": str(number % 260),
            "surname": draw.choice(list("abcdefghijkl"), p=np.array([40] * 8 + [1, 1, 1, 1]) / 324),
            "visit_date": f"2026-0{draw.integers(3, 6)}-1{draw.integers(3)}",
            "kind": draw.choice(["poor", "other"]),
            "needs": " ".join(draw.permutation(["road", "water", "doctor"])[: draw.integers(4)]) or "dont_know",
            "services": " ".join(draw.permutation(["road", "water", "doctor"])[: draw.integers(3)]),
            "work": work,
            "why": why,
            "how": draw.choice(["told", "seen"]) if why not in (None, "far") else None,
            "members": draw.integers(1, 9),
        })  # fmt: skip
    return collected(form, rows)


@dataclass(frozen=True, eq=False)
class Asked:
    """A table: what is counted, the minimum, and the language in force."""

    asking: Tabulation
    minimum: int = 5
    language: Language = "zh"

    def of(self, source: AnswerSource) -> pd.DataFrame:
        with use_language(self.language):
            return counted_answers(source, self.asking, minimum=self.minimum, confidence=0.95, language=None)[0]


def variants(draw: np.random.Generator) -> list[Asked]:
    """A question by up to two columns, with up to two filters; with several minimums, languages, filters and visits."""
    question = str(draw.choice(QUESTIONS))
    keys = [str(key) for key in draw.permutation(KEYS) if key != question]
    by = ("village", *keys)[: draw.integers(3)] if draw.integers(2) else tuple(keys[: draw.integers(2)])
    filtered = [key for key in keys[2 : 2 + draw.integers(3)] if key in VALUES]
    return [
        Asked(
            Tabulation(
                question,
                tuple(dict.fromkeys(by)),
                {key: str(draw.choice(VALUES[key])) for key in filtered},
                "first" if draw.integers(3) == 0 else "last",
                limits=(3.0, 5.0) if question == "members" else (),
                period=MONTH if draw.integers(2) else DAY,
                sensitive=True if draw.integers(3) == 0 else None,
            ),
            int(draw.choice([1, 4, 5, 10])),
            "zh" if draw.integers(2) else "en",
        )
        for _ in range(VARIANTS)
    ]


def fresh(responses: Responses) -> AnswerSource:
    return AnswerSource(responses.table, responses.form, responses)


def test_a_table_is_the_same_whatever_was_asked_before(visited):
    draw = np.random.default_rng(3)
    asked = [each for _ in range(QUESTIONED) for each in variants(draw)]
    alone = [each.of(fresh(visited)) for each in asked]
    for _ in range(2):
        kept = fresh(visited)
        for number in draw.permutation(len(asked)):
            pd.testing.assert_frame_equal(asked[number].of(kept), alone[number], obj=str(asked[number]))


def test_rows_counted_one_by_one_give_the_same_table(visited):
    draw, kept = np.random.default_rng(9), fresh(visited)
    for one in (each for _ in range(QUESTIONED) for each in variants(draw)):
        coded, rowwise = (tallied(kept, one.asking, one.minimum, one.language, rowwise=each) for each in (False, True))
        pd.testing.assert_frame_equal(coded.groups, rowwise.groups, obj=f"groups of {one}")
        assert coded.choices == rowwise.choices
        assert np.array_equal(np.column_stack([coded.asked, coded.counts]), np.column_stack([rowwise.asked, rowwise.counts])), one
        shown, other = coded.protection(one.minimum), rowwise.protection(one.minimum)
        assert np.array_equal(np.column_stack([shown.groups, shown.cells]), np.column_stack([other.groups, other.cells])), one


NEEDS = Tabulation("needs", ("village",))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Asked(Tabulation("needs", ("surname",)), 4), Asked(Tabulation("needs", ("surname",)), 10)),
        (Asked(NEEDS, language="zh"), Asked(NEEDS, language="en")),
        (Asked(replace(NEEDS, rounds="first")), Asked(NEEDS)),
        (Asked(Tabulation("needs", ("visit_date",))), Asked(Tabulation("needs", ("visit_date",), period=MONTH))),
        (Asked(replace(NEEDS, where={"visit_date": "2026"})), Asked(replace(NEEDS, where={"visit_date": "2026-03"}))),
        (Asked(replace(NEEDS, where={"services": "water"})), Asked(replace(NEEDS, where={"services": "road"}))),
        (Asked(NEEDS), Asked(replace(NEEDS, sensitive=True))),
        (Asked(Tabulation("work", ("visit_date", "why")), 10), Asked(Tabulation("how", ("visit_date",)), 10)),
    ],
    ids=["minimum", "language", "visits", "period", "date", "choice", "sensitive", "crossed by its follow-up"],
)
def test_two_tables_that_differ_are_kept_apart(visited, first, then):
    kept = fresh(visited)
    first.of(kept)
    pd.testing.assert_frame_equal(then.of(kept), then.of(fresh(visited)))


def test_a_filter_on_a_column_that_is_grouped_by_keeps_the_groups_that_fit(visited):
    march = Asked(Tabulation("needs", ("visit_date",), {"visit_date": "2026-03"}), 1, "en").of(fresh(visited))
    assert set(march["visit_date"]) == {"2026-03-10", "2026-03-11", "2026-03-12"}
    water = Asked(Tabulation("needs", ("services",), {"services": "water"}), 1, "en").of(fresh(visited))
    assert {"water", "road water"} <= set(water["services"])
    assert "road" not in set(water["services"])

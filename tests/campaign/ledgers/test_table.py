"""The tables of a ledger: which columns there are, when a date is provisional, and whose answer a rate counts."""

import pandas as pd

import liuwen as lw

BLANK = {"by": "Li", "village": "V1", "household": "H1", "title": "road", "note": "n", "reason": "r", "class": "difficulty"}


def ledger(*steps: str, on: str = "2026-12-31", programme: str = "hubin"):
    """Of steps "matter step day", with more as `column=value`."""
    rows = []
    for step in steps:
        matter, name, day, *more = step.split()
        rows.append({**BLANK, "matter": matter, "step": name, "on": day, **dict(part.split("=") for part in more)})
    frame = pd.DataFrame(rows).fillna("")
    return lw.read_campaign(programme, 2026, events={"matters": frame}).ledger(on=on)


def test_a_deadline_of_a_tier_that_passed_before_it_was_moved_breaks_the_promise() -> None:
    """Promised for 30 June; the town, due on the 10th, hands it on on the 15th; done on the 20th."""
    steps = ["M raise 2026-06-01 deadline=2026-06-30", "M apply 2026-06-02", "M accept 2026-06-03 deadline=2026-06-10"]
    steps += ["M apply 2026-06-05", "M accept 2026-06-{day} deadline=2026-06-30", "M done 2026-06-20"]
    kept = {day: ledger(*(one.format(day=day) for one in steps)).table["promise_kept"].item() for day in ("10", "15")}
    assert kept == {"10": "yes", "15": "no"}


def test_it_has_every_column_that_a_ledger_is_to_have() -> None:
    """With the days at each tier of the programme."""
    columns = (
        "number village class title applicants awaiting_answer raised first_visitor responsible handler tier state round "
        "deadline first_deadline promise_kept overdue_days waiting_for waiting_days refusals last_note exceptions late "
        "provisional"
    )
    tables = {name: list(ledger("M raise 2026-06-01", programme=name).table) for name in ("hubin", "our_town")}
    assert set(columns.split()) <= set(tables["hubin"])
    assert [name for name in tables["hubin"] if name.startswith("days_")] == ["days_village", "days_town", "days_county"]
    assert [name for name in tables["our_town"] if name.startswith("days_")] == ["days_village", "days_town"]


def test_a_deadline_in_a_year_that_is_not_announced_says_so() -> None:
    """Which Saturdays of 2031 are worked has not been said: the date may still move."""
    table = ledger("A raise 2026-06-01 deadline=2031-10-02", "B raise 2026-06-01 deadline=2026-10-02").table.set_index("matter")
    assert table["provisional"].to_dict() == {"A": True, "B": False}


def test_until_a_list_numbers_it_a_matter_has_the_first_six_signs_of_its_id() -> None:
    """A phone gives no number."""
    table = ledger("0f3b9c1e-8a52-4c6d-9e7f-1a2b3c4d5e6f raise 2026-06-28").table
    assert table["number"].tolist() == ["0f3b9c"]


def test_the_last_answer_of_each_applicant_is_the_one_that_counts() -> None:
    """H1 said 2 and then 5, H2 said 4 and then 1, H3 said 1 and then 4: two of three are satisfied, each answered once."""
    answers = [("H1", 2), ("H2", 4), ("H3", 1), ("H1", 5), ("H2", 1), ("H3", 4)]
    steps = [f"M answer 2026-06-{at:02d} household={who} satisfied={said}" for at, (who, said) in enumerate(answers, start=3)]
    rates = ledger("M raise 2026-06-01 household=H1,H2,H3", "M done 2026-06-02", *steps).rates.set_index("rate")
    assert rates.loc["satisfied", ["numerator", "base"]].tolist() == [2, 3]
    assert rates.loc["answered", ["numerator", "base"]].tolist() == [3, 3]


def test_an_applicant_whose_household_merged_is_answered_there() -> None:
    """H2 went into H1 on 10 June: an answer to H1 on the 20th is H2's, and an answer to H2 too."""
    households = pd.DataFrame({"household": ["H1", "H2"], "to": ["", "2026-06-10"], "into": ["", "H1"]})
    for answered in ("H1", "H2"):
        rows = [
            {**BLANK, "matter": "M", "step": "raise", "on": "2026-06-01", "household": "H2"},
            {**BLANK, "matter": "M", "step": "done", "on": "2026-06-15"},
            {**BLANK, "matter": "M", "step": "answer", "on": "2026-06-20", "household": answered},
        ]
        town = lw.read_campaign("hubin", 2026, registers={"households": households}, events={"matters": pd.DataFrame(rows)})
        assert town.ledger(on="2026-06-30").table["state"].tolist() == ["closed"]


def test_explained_is_never_solved() -> None:
    """Two of three are struck off; each kind is a rate of its own, with the same base and an interval round it."""
    rates = ledger(
        "A raise 2026-06-01", "A done 2026-06-02", "A answer 2026-06-03",
        "B raise 2026-06-01", "B explain 2026-06-02", "B answer 2026-06-03",
        "C raise 2026-06-01",
    ).rates.set_index("rate")  # fmt: skip
    assert rates.loc[["solved", "explained"], ["numerator", "base"]].to_numpy().tolist() == [[1, 3], [1, 3]]
    assert ((rates["low"] < rates["share"]) & (rates["share"] < rates["high"]))[["solved", "explained"]].all()

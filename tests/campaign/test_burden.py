"""Burden: households over the bound, and minutes and forms of the town."""

from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw

VISIT = pd.DataFrame(
    {
        "event": ["v1", "v2", "v3", "v4", "v5", "v6"],
        "on": ["2026-05-01", "2026-05-01", "2026-06-01", "2026-07-01", "2026-05-02", "2026-05-02"],
        "by": ["An", "Bo", "An", "An", "An", "An"],
        "household": ["H1", "H1", "H1", "H1", "H2", "H2"],
        "village": "V1",
        "mode": "home",
        "outcome": "interviewed",
        "minutes": ["10", "12", "14", "16", "8", ""],
    }
)


def test_a_household_is_over_when_more_days_than_the_bound_had_a_visit() -> None:
    """H1: three days in 180 (two officers on one day are one), and asked the same again twice within the year."""
    town = lw.read_campaign("hubin", 2026, events={"visit": VISIT}).burden(on="2026-07-31")
    assert town.households.to_dict("records") == [
        {"household": "H1", "village": "V1", "visits_180_days": 3, "at_most": 2.0, "over": True, "asked_again": 2}
    ]


def test_figures_of_officers_are_of_the_whole_town() -> None:
    """Five visits count, one form was a double: six forms for five visits; the median of 8, 10, 12, 14 and 16 minutes is 12."""
    officers = lw.read_campaign("hubin", 2026, events={"visit": VISIT}).burden(on="2026-07-31").officers
    assert officers.set_index("figure")["value"].to_dict() == {"minutes_a_visit": 12.0, "forms_a_visit": 1.2, "doubles": 1 / 6}
    assert not {"by", "person", "who"} & set(officers.columns)


@pytest.mark.parametrize("programme", ["hubin", "chongqing", "yunnan", "our_town"])
def test_every_programme_shows_who_was_asked_twice_within_a_year(programme: str) -> None:
    """Whether or not it has a bound on visits."""
    town = lw.read_campaign(programme, 2026, events={"visit": VISIT}).burden(on="2026-07-31").households
    assert town.set_index("household").loc["H1", "asked_again"] == 2


def test_the_page_of_the_burden_has_households_and_no_person(tmp_path: Path) -> None:
    """H1 over the bound of two, asked again twice; twelve minutes, in both languages."""
    town = lw.read_campaign("hubin", 2026, events={"visit": VISIT})
    for language, said in (("zh", "没到时间又问"), ("en", "asked again too soon")):
        [file] = [
            one for one in town.write_desk("2026-07", tmp_path / language, language=language, pdf=False) if "burden" in one.name
        ]  # type: ignore[arg-type]
        page = file.read_text(encoding="utf-8")
        assert said in page and "H1" in page and "H2" not in page and "<dd>12</dd>" in page
        assert ">An<" not in page and ">Bo<" not in page

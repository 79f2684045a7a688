"""What stays at the desk: diaries, household files, attendance; each from what was reported, nothing typed twice."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.campaign import Campaign, made_up_town, read_campaign

POSTS = {"person": ["Li", "Wu"], "rank": ["town", "town"], "place": ["V1", "V1"]}
HOMES = {"household": [f"H{at}" for at in range(1, 7)], "village": "V1"}
VISITS = {
    "event": ["v1", "v2", "v3", "v4"],
    "on": ["2026-06-01", "2026-06-02", "2026-06-02", "2026-06-03"],
    "known": ["2026-06-01", "2026-06-20", "2026-06-21", "2026-06-03"],
    "by": ["Li", "Li", "Li", "Wu"],
    "household": ["H1", "H2", "H2", "H1"],
    "village": "V1",
    "mode": "home",
    "outcome": "interviewed",
    "diary": ["roof", "wrong word", "right word", ""],
    "replaces": ["", "", "v2", ""],
}
STEPS = {
    "event": ["e1", "e2", "e3"],
    "matter": ["M1", "M2", "M3"],
    "step": ["settle", "raise", "raise"],
    "on": ["2026-06-01", "2026-06-04", "2026-06-05"],
    "by": "Li",
    "village": "V1",
    "household": ["H1", "H1", "H3"],
    "title": ["fuse", "well", "an officer"],
    "note": ["replaced", "", ""],
    "class": ["difficulty", "difficulty", "conduct"],
}
STAYS = {
    "on": ["2026-05-30", "2026-06-01", "2026-06-10"],
    "to": ["2026-06-02", "2026-06-03", "2026-06-10"],
    "by": ["Li", "Li", "Wu"],
    "village": "V1",
    "meals_paid": ["paid", "not_paid", "canteen"],
}


@pytest.fixture(scope="module")
def town() -> Campaign:
    """One village of six households under Yunnan's programme."""
    registers = {
        "posts": pd.DataFrame(POSTS),
        "households": pd.DataFrame(HOMES),
        "pairs": pd.DataFrame({"person": ["Wu"], "subject": ["H1"], "rule": "four_links"}),
    }
    events = {"visit": pd.DataFrame(VISITS), "matters": pd.DataFrame(STEPS), "stay": pd.DataFrame(STAYS)}
    return read_campaign("yunnan", 2026, registers=registers, events=events)


def test_settled_on_the_spot_is_in_the_diary_and_not_in_the_ledger(town: Campaign) -> None:
    """当场解决: written down once, in the ledger never."""
    table = town.diary("Li", "2026-06", "2026-06-30").table
    assert table.loc[table["step"] == "settle", "words"].tolist() == ["fuse · replaced"]
    ledger = town.ledger(on="2026-06-30")
    assert "M1" not in set(ledger.table["matter"]) and "M1" in set(ledger.settled["matter"])


def test_a_diary_shows_late_entries_and_both_versions_of_a_corrected_one(town: Campaign) -> None:
    """With the day and the day of arrival; the first version says that it was replaced."""
    table = town.diary("Li", "2026-06", "2026-06-30").table.set_index("event")
    assert table.loc["v2", ["words", "why"]].tolist() == ["wrong word", "replaced"]
    assert table.loc["v3", ["words", "why", "late"]].tolist() == ["right word", "", True]
    assert [str(day.date()) for day in table.loc["v3", ["on", "known"]]] == ["2026-06-02", "2026-06-21"]


def test_a_diary_has_neither_others_entries_nor_matters_of_conduct(town: Campaign) -> None:
    """Whoever reported them."""
    table = town.diary("Li", "2026-06", "2026-06-30").table
    assert not {"v4", "e3"} & set(table["event"])
    assert {"v1", "e2"} <= set(table["event"])


def test_days_without_entry_are_working_days_in_post(town: Campaign) -> None:
    """Li reported of 1 to 4 June, and on the 5th only a matter of conduct, which must not show; the 19th is Dragon Boat."""
    blank = [
        str(pd.Timestamp("1970-01-01") + pd.Timedelta(days=day))[:10] for day in town.diary("Li", "2026-06", "2026-06-30").blank
    ]
    assert blank[0] == "2026-06-05" and "2026-06-19" not in blank
    assert len(blank) == 17


def test_household_files_count_visits_and_matters_and_hold_no_opinion(town: Campaign) -> None:
    """H1: two days of visits, one matter open; H3's matter of conduct is not counted."""
    files = town.household_files("2026-06-30").set_index("household")
    assert files.loc["H1", ["visits", "matters", "open", "linked_to"]].tolist() == [2, 1, 1, "Wu"]
    assert files.loc["H3", ["visits", "matters"]].tolist() == [0, 0]
    assert str(files.loc["H1", "last_visit"].date()) == "2026-06-03"
    assert len(files) == 6


def test_attendance_counts_days_once_and_says_which_meals_were_not_paid(town: Campaign) -> None:
    """Two stays that overlap and begin in May: three days in June."""
    table = town.attendance("2026-06").set_index("person")
    assert table.loc["Li", ["stays", "days", "nights", "meals_paid", "meals_unpaid"]].tolist() == [2, 3, 2, 1, 1]
    assert table.loc["Wu", ["days", "meals_unpaid"]].tolist() == [1, 0]


def test_the_pages_of_the_desk_are_written_in_both_languages(town: Campaign, tmp_path: Path) -> None:
    """A diary each person, files each village, attendance."""
    for language, said in (("zh", "民情日记"), ("en", "Diary of Li")):
        files = town.write_desk("2026-06", tmp_path / language, known="2026-06-30", language=language, pdf=False)  # type: ignore[arg-type]
        names = sorted(str(file.relative_to(tmp_path / language)) for file in files)
        assert names == [
            "attendance/attendance-2026-06.html",
            "burden/burden-2026-06.html",
            "diaries/diary-Li-2026-06.html",
            "diaries/diary-Wu-2026-06.html",
            "files/household-files-V1.html",
        ]
        diary = (tmp_path / language / "diaries" / "diary-Li-2026-06.html").read_text(encoding="utf-8")
        assert said in diary and "an officer" not in diary
        assert "roof" not in (tmp_path / language / "files" / "household-files-V1.html").read_text(encoding="utf-8")


def test_register_cards_carry_code_village_and_counts(town: Campaign, tmp_path: Path) -> None:
    """And no code to scan; ten to a sheet."""
    cards = town.register_cards("2026-06-30")
    assert cards.table["name"].tolist() == [f"H{at}" for at in range(1, 7)]
    assert cards.table.loc[0, ["linked_to", "visits", "matters", "code"]].tolist() == ["Wu", "2", "1", ""]
    [file] = cards.write(tmp_path, "en")
    assert file.read_bytes().startswith(b"%PDF")


def test_a_made_up_diary_says_so() -> None:
    """On its page, as on every other."""
    made = made_up_town(1, 10)
    town = read_campaign("hubin", 2026, registers=made.registers, events=made.events)
    assert town.synthetic and len(town.diary("S01", "2026-05").table)

"""`liuwen campaign`: try, check, ledger."""

import json
from pathlib import Path

import pandas as pd

from liuwen.store import Store

WELL = Path(__file__).parent.parent / "campaign" / "stories" / "a_well_in_a_village.md"


def test_try_says_what_holds(liuwen, tmp_path) -> None:
    """Exit status 0 where all holds, 1 with the reason where something does not."""
    held = liuwen("campaign", "try", str(WELL), "--lang", "en")
    assert (held.status, held.out) == (0, "A well in village V7: expectations 22, held 22, not held 0.\n")
    file = tmp_path / "wrong.md"
    file.write_text(
        WELL.read_text(encoding="utf-8").replace("| ledger | M1 | state | closed |", "| ledger | M1 | state | open |")
    )
    wrong = liuwen("campaign", "try", str(file), "--lang", "zh")
    assert wrong.status == 1 and "应为“open”，实为“closed”" in wrong.out
    assert json.loads(liuwen("campaign", "try", str(file), "--json").out)[0]["ok"] is False


def test_check_says_every_fault_with_its_line(liuwen, tmp_path) -> None:
    """Exit status 1, and JSON on request."""
    assert liuwen("campaign", "check", "hubin", "chongqing", "yunnan", "our_town").status == 0
    file = tmp_path / "town.toml"
    file.write_text('extends = ["ledger"]\nid = "t"\nzh = "镇"\nen = "T"\n', encoding="utf-8")
    said = liuwen("campaign", "check", str(file), "--lang", "en")
    assert said.status == 1 and 'The rank "desk" is not in [ranks].' in said.out
    (report,) = json.loads(liuwen("campaign", "check", str(file), "--json").out)
    assert report["findings"][0]["line"] is not None


def test_ledger_prints_the_matters(liuwen) -> None:
    """As a table with its sums, and as JSON."""
    said = liuwen("campaign", "ledger", str(WELL), "--on", "2026-05-08", "--lang", "zh")
    assert said.status == 0 and "实际困难" in said.out and "登记 2；步骤 9：采纳 4" in said.out
    held = json.loads(liuwen("campaign", "ledger", str(WELL), "--on", "2026-06-25", "--json").out)
    assert [row["state"] for row in held["matters"]] == ["done", "duplicate"]
    assert held["exceptions"][0]["why"] == "not_responsible_or_handler_or_desk"


def test_faulty_programme_exits_with_2_and_every_fault(liuwen, tmp_path) -> None:
    """Exit status 2, on standard error, without a traceback."""
    file = tmp_path / "story.md"
    file.write_text(
        "# A\nprogramme: hubin\n\n## posts\n| person | rank |\n|---|---|\n| Li | stuff |\n| An | staf |\n", encoding="utf-8"
    )
    said = liuwen("campaign", "try", str(file), "--lang", "en")
    assert said.status == 2 and said.err.count('Did you mean "staff"?') == 2 and not said.out
    assert liuwen("campaign", "ledger", str(WELL), "--on", "May").status == 2


def test_a_step_is_entered_at_the_desk(liuwen, tmp_path: Path) -> None:
    """Kept with both people; what the ledger would not take ends with 2 and its reason, with `--anyway` with 1."""
    with Store(tmp_path / "town") as store:
        steps = {"event": "e1", "matter": "M1", "step": "raise", "on": "2026-07-01", "by": "P1", "village": "V1", "title": "well"}
        store.desk_tables["desk_steps"] = pd.DataFrame([steps])
    entry = ("campaign", "step", tmp_path / "town", "M1")
    who = ("--by", "P1", "--entered-by", "D1", "--lang", "en")
    said = liuwen(*entry, "done", *who, "--note", "repaired")
    assert said.status == 0, said.err
    assert "taken by P1, entered by D1. M1 is now: done." in said.out
    refused = liuwen(*entry, "accept", *who, "--deadline", "2026-12-31")
    assert refused.status == 2 and "Not entered" in refused.err
    assert liuwen(*entry, "accept", *who, "--deadline", "2026-12-31", "--anyway").status == 1
    with Store(tmp_path / "town") as store:
        assert store.desk_tables.rows("desk_entries")["step"].tolist() == ["done", "accept"]


def test_a_month_is_made_and_published_from_a_store(liuwen, tmp_path: Path) -> None:
    """Its desk tables are the registers and steps; what was published is kept in it and numbers the ledger."""
    town = tmp_path / "town"
    with Store(town) as store:
        steps = {"event": "e1", "matter": "M1", "step": "raise", "on": "2026-07-01", "by": "P1", "village": "V1", "title": "well"}
        store.desk_tables["desk_steps"] = pd.DataFrame([steps | {"received": "2026-07-01", "class": "difficulty"}])
        store.desk_tables["people"] = pd.DataFrame({"person": ["P1"], "label": ["Wang Qiang"]})
    asked = ("our_town", "--month", "2026-07", "--from", town, "--lang", "en")
    made = liuwen("campaign", "month", *asked, "--to", tmp_path / "out", "--no-pdf")
    assert made.status == 0, made.err
    assert "Wang Qiang" in (tmp_path / "out" / "2026-07" / "boards" / "village_board-V1.html").read_text(encoding="utf-8")
    assert liuwen("campaign", "publish", *asked, "--to", tmp_path / "published").status == 0
    with Store(town) as store:
        assert set(store.desk_tables["published"]["month"]) == {"2026-07"}
    held = json.loads(liuwen("campaign", "ledger", town, "--programme", "our_town", "--on", "2026-08-01", "--json").out)
    assert [row["number"] for row in held["matters"]] == ["2026-07-V1-001"]


def test_a_folder_without_a_store_is_refused(liuwen, tmp_path: Path) -> None:
    """And so are a store without a programme, and a day of the sheet for a store: each in one sentence, with 2."""
    asked = ("campaign", "month", "our_town", "--month", "2026-07", "--to", tmp_path / "out", "--lang", "en", "--from")
    said = liuwen(*asked, tmp_path)
    assert said.status == 2 and "holds no store" in said.err
    with Store(tmp_path / "town") as store:
        store.desk_tables["people"] = pd.DataFrame({"person": ["P1"]})
    assert "--as-of belongs to a spreadsheet" in liuwen(*asked, tmp_path / "town", "--as-of", "2026-07-01").err
    said = liuwen("campaign", "ledger", tmp_path / "town", "--lang", "en")
    assert said.status == 2 and "Add --programme" in said.err

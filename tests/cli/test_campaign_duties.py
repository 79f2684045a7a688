"""`liuwen campaign duties | plan | roster | pairs | brief` on a story."""

import json
from pathlib import Path

import pytest

from liuwen.cli import main

STORIES = Path(__file__).parent.parent / "campaign" / "stories"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["campaign", "--lang", "en", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().out


def test_duties_are_shown_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON with every column; explained by event."""
    story = str(STORIES / "visits_that_count.md")
    code, out = said(capsys, "duties", story, "--on", "2015-12-31", "--duty", "household_visits", "--json")
    assert (code, json.loads(out)[0]["required"]) == (0, 104)
    code, out = said(capsys, "duties", story, "--on", "2015-12-31", "--duty", "household_visits", "--who", "Wu", "--json")
    assert {row["event"]: row["why"] for row in json.loads(out)}["v5"] == "phone"


def test_plan_roster_pairs_and_brief_are_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line of each, and exit 1 where pairs break the rule."""
    code, out = said(capsys, "plan", str(STORIES / "plan_of_june.md"), "--month", "2026-06", "--known", "2026-05-31")
    assert code == 0 and "A festival visit is due" in out and "Not to be disturbed: 1." in out
    code, out = said(
        capsys, "roster", str(STORIES / "roster_of_september.md"), "--month", "2026-09", "--on", "2026-09-30", "--json"
    )
    assert code == 0 and len(json.loads(out)) == 9
    code, out = said(capsys, "pairs", str(STORIES / "pairs_one_two_three.md"), "--on", "2026-07-31", "--json")
    assert code == 1 and any(row["broken"] == "person_left" for row in json.loads(out))
    code, out = said(capsys, "brief", str(STORIES / "plan_of_june.md"), "--month", "2026-05", "--json")
    assert code == 0 and len(json.loads(out)) == 10

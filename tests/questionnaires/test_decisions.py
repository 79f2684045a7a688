"""The record of the review: each fault once, each with a place that exists and a reason."""

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "docs" / "questionnaire-decisions.csv"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(RECORD.read_text(encoding="utf-8").splitlines()))


def test_none_is_left_out():
    """139 faults, in order."""
    assert [row["fault"] for row in rows()] == [str(number) for number in range(1, 140)]


def test_each_is_mended_or_decided_otherwise_with_a_reason():
    """Nothing stands open."""
    for row in rows():
        assert row["decision"] in {"mended", "decided otherwise"}, row["fault"]
        assert len(row["why"]) > 10, row["fault"]


def test_the_places_exist():
    """Each file named is there."""
    room = ROOT / "toolkit" / "liuwen" / "questionnaires"
    named = {file for row in rows() for file in re.findall(r"[\w/]+\.py", row["place"])}
    assert named
    assert [file for file in named if not (room / file).is_file()] == []

"""The record of the reading back from English into Chinese: what was settled is what the questionnaires say."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DONE = ("English reworded", "Chinese reworded", "English and Chinese reworded", "Kept: ")
ROWS = list(csv.DictReader((ROOT / "docs" / "questionnaire-backtranslation.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def said() -> str:
    """The texts of all questionnaires, as one."""
    files = sorted((ROOT / "toolkit" / "liuwen" / "questionnaires").rglob("*.py"))
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in files))


def test_every_difference_is_settled_with_a_reason() -> None:
    """Reworded in one of the languages, or kept because of something."""
    assert len(ROWS) > 130
    for row in ROWS:
        assert row["what_differed"] and row["read_back"], row["question"]
        assert row["done"].startswith(DONE), row["question"]
        changed = row["english"] != row["english_now"] or row["chinese"] != row["chinese_now"]
        assert changed is not row["done"].startswith("Kept"), row["question"]


def test_both_wordings_are_in_use(said: str) -> None:
    """Both wordings stand in the questionnaires; a wording that was replaced is gone."""
    for row in ROWS:
        if row["done"].startswith("Kept"):
            continue
        for language in ("english", "chinese"):
            now = row[f"{language}_now"]
            assert now in said, (row["question"], now)
        if row["chinese"] != row["chinese_now"]:
            assert row["chinese"] not in said, row["question"]

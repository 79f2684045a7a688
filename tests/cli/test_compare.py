"""`liuwen compare`."""

import json
from pathlib import Path

import pytest

OLDER = "| survey |\n| | type | name | label |\n| | integer | age | Your age? |\n| | text | trade | Your trade? |\n"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.md"
    path.write_text(OLDER, encoding="utf-8")
    return path


def test_removed_question_loses_data(liuwen, older: Path) -> None:
    """Exit status 1, and the question's name, in words and in JSON."""
    newer = older.with_name("newer.md")
    newer.write_text(OLDER.replace("| | text | trade | Your trade? |\n", ""), encoding="utf-8")
    said, recorded = liuwen("compare", older, newer), liuwen("compare", older, newer, "--json")
    assert said.status == recorded.status == 1
    assert "trade" in said.out and json.loads(recorded.out)


def test_unchanged_form_loses_nothing(liuwen, older: Path) -> None:
    """Exit status 0."""
    assert liuwen("compare", older, older).status == 0

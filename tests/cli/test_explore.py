"""Needs by village in a terminal, a line a place."""

import math
from pathlib import Path

import pandas as pd
import pytest

from liuwen.cli.demo import opening
from liuwen.cli.explore import show_needs
from liuwen.messages import use_language

ROWS = [
    ("v1", "湖滨", 20, 2, 0.25, "water"),
    ("v1", "湖滨", 20, 1, 0.5, "road"),
    ("v1", "湖滨", 20, 3, 0.1, "doctor"),
    ("v1", "湖滨", 20, 4, 0.05, "school"),
    ("v2", "柳湾", 8, 1, math.nan, "road"),
    ("v2", "柳湾", 8, 2, 0.0, "water"),
    ("v3", "山口", None, None, math.nan, "road"),
]
COLUMNS = ["village", "village_label", "asked", "rank", "share", "label"]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is printed, cell by cell."""
    monkeypatch.setenv("COLUMNS", "120")
    with use_language("en"):
        show_needs(pd.DataFrame(ROWS, columns=COLUMNS).astype({"asked": "Int64", "rank": "Int64"}), "village")
    printed = capsys.readouterr().out
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in printed.splitlines() if line.strip()]


def test_a_place_has_one_line_with_its_three_foremost_needs(lines: list[list[str]]) -> None:
    """By rank, under the label of the place, with how many were asked."""
    assert lines[1] == ["place", "asked", "no. 1", "no. 2", "no. 3"]
    assert lines[2] == ["湖滨", "20", "road 50%", "water 25%", "doctor 10%"]


def test_what_would_point_at_a_household_is_not_printed(lines: list[list[str]]) -> None:
    """A share that is withheld is said in words, a need that nobody named not at all, a small group as "<5"."""
    assert lines[3] == ["柳湾", "8", "road (nearly all)"]
    assert lines[4] == ["山口", "<5"]
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("notebook", "command"),
    [("out/needs.ipynb", "jupyter lab out/needs.ipynb"), ("my out/需求.ipynb", "jupyter lab 'my out/需求.ipynb'")],
)
def test_the_command_that_opens_the_notebook_can_be_pasted(notebook: str, command: str) -> None:
    """Spaces are quoted."""
    assert opening(Path(notebook)).endswith(command)

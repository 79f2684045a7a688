"""Needs by village in a terminal, one line per place."""

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
    """The printed lines, cell by cell."""
    monkeypatch.setenv("COLUMNS", "120")
    with use_language("en"):
        show_needs(pd.DataFrame(ROWS, columns=COLUMNS).astype({"asked": "Int64", "rank": "Int64"}), "village")
    printed = capsys.readouterr().out
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in printed.splitlines() if line.strip()]


def test_place_has_one_line_with_its_three_most_frequent_needs(lines: list[list[str]]) -> None:
    """By rank, under the label of the place, with the number of households asked."""
    assert lines[1] == ["place", "asked", "rank 1", "rank 2", "rank 3"]
    assert lines[2] == ["湖滨", "20", "road 50%", "water 25%", "doctor 10%"]


def test_small_groups_are_suppressed(lines: list[list[str]]) -> None:
    """A suppressed share is described in words, a need without answers is omitted, a small group is "<5"."""
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

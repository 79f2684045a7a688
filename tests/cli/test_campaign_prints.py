"""`liuwen campaign cards | desk` on a story."""

import json
from pathlib import Path

import pytest

from liuwen.cli import main

STORY = Path(__file__).parent.parent / "campaign" / "stories" / "cards_and_first_deeds.md"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["campaign", "--lang", "en", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().out


def test_cards_are_printed_and_those_to_replace_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One file a village; who needs a new card is a table."""
    to = str(tmp_path / "cards")
    code, out = said(
        capsys, "cards", str(STORY), "--to", to, "--address", "https://town.example/l", "--policies", "care", "--json"
    )
    made = json.loads(out)
    assert code == 0 and made["cards"] > 0
    assert sorted(made["files"]) == sorted(file.name for file in (tmp_path / "cards").iterdir())
    code, out = said(capsys, "cards", str(STORY), "--replace", "--json")
    assert (code, json.loads(out)) == (0, [])
    code, _ = said(capsys, "cards", str(STORY))
    assert code == 2


def test_the_desk_gets_its_pages(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A diary each person of a village."""
    code, out = said(capsys, "desk", str(STORY), "--month", "2026-05", "--to", str(tmp_path), "--no-pdf", "--json")
    files = json.loads(out)
    assert code == 0 and any(name.startswith("diaries") for name in files)
    assert all((tmp_path / name).is_file() for name in files)

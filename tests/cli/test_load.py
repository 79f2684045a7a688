"""`liuwen load` reads what there is and writes what its ending says."""

import json
from pathlib import Path

import pandas as pd
import pytest

FORM = """
| survey |
| | type | name | label::English (en) | relevant | note |
| | text | place | Place | | |
| | integer | size | How many? | | |
| | start | start | | | |
| | geopoint | spot | Spot | | |
| | begin group | views | Views | | liuwen: unlinked |
| | text | fair | Fair? | | |
| | end group | | | | |
| settings |
| | form_id | version |
| | houses | 2 |
"""
CSV = "KEY,place,size,start,spot,fair\na,湖滨,3,2024-03-05 09:00,30.5 120.2 0 0,they listen\n"


@pytest.fixture
def houses(tmp_path: Path) -> tuple[Path, Path]:
    """A CSV of answers, and its form."""
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
    (tmp_path / "answers.csv").write_bytes(CSV.encode("gb18030"))
    return tmp_path / "answers.csv", tmp_path / "form.md"


@pytest.mark.parametrize("ending", ["out.xlsx", "out.zip", "out.dta", "out.sav", "out.csv", "out.geojson", "out"])
@pytest.mark.parametrize("raw", [False, True])
def test_the_ending_says_the_format(liuwen, houses, tmp_path: Path, ending: str, raw: bool) -> None:
    """Unlinked sections are written only with --raw, and the output names those left out."""
    data, form = houses
    to = tmp_path / "made" / ending
    said = liuwen("load", data, "--form", form, "--timezone", "Asia/Shanghai", "--to", to, *(["--raw"] if raw else []))
    assert said.status == 0
    assert to.exists()
    assert ("--raw" in said.out) is not raw
    made = b"".join(file.read_bytes() for file in to.parent.rglob("*") if file.suffix not in {".zip", ".xlsx"} and file.is_file())
    if not raw:
        assert b"they listen" not in made


def test_remarks_are_shown(liuwen, houses) -> None:
    """As text and as JSON."""
    data, form = houses
    assert "timezone=" in liuwen("load", data, "--form", form).out
    told = json.loads(liuwen("load", data, "--form", form, "--json").out)
    assert any("timezone=" in note for note in told["notes"])


def test_a_renamed_question_is_written_as_a_pair(liuwen, houses, tmp_path: Path) -> None:
    """OLD=NEW."""
    data, form = houses
    data.write_text(CSV.replace("place", "hamlet"), encoding="utf-8")
    assert liuwen("load", data, "--form", form, "--renamed", "hamlet=place", "--to", tmp_path / "t").status == 0
    assert pd.read_parquet(tmp_path / "t" / "submissions.parquet")["place"].tolist() == ["湖滨"]
    refused = liuwen("load", data, "--form", form, "--renamed", "hamlet")
    assert refused.status == 2 and "hamlet" in refused.err


def test_an_ending_that_is_not_written_is_refused(liuwen, houses, tmp_path: Path) -> None:
    """One sentence names those that are."""
    data, form = houses
    refused = liuwen("load", data, "--form", form, "--to", tmp_path / "out.pdf")
    assert refused.status == 2 and ".xlsx" in refused.err


def test_a_release_is_remembered_and_not_made_again_of_other_answers(liuwen, houses, tmp_path: Path) -> None:
    """In the folder named; the same name and answers give the same."""
    data, form = houses
    command = ["load", data, "--form", form, "--release", "2026-07"]
    assert liuwen(*command).status == 2
    for _ in range(2):
        assert liuwen(*command, "--releases", tmp_path / "releases").status == 0
    data.write_bytes(CSV.replace("湖滨", "柳湾").encode("gb18030"))
    refused = liuwen(*command, "--releases", tmp_path / "releases")
    assert refused.status == 2 and "2026-07" in refused.err

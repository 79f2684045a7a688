"""`liuwen publish` and `liuwen pull` with KoboToolbox."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liuwen.form import Form

Run = Callable[..., Any]


@pytest.fixture
def written(visit: Callable[..., Form], tmp_path: Path) -> Path:
    (tmp_path / "villages.csv").write_bytes(visit().media["villages.csv"])
    return visit().write(tmp_path / "visit.xlsx")


def test_submissions_are_pulled_by_uid(liuwen: Run, recorded: Any, written: Path) -> None:
    """The environment alone names the server; tables are read with the local form."""
    recorded.reach("collected")
    read = ["--parquet", written.parent / "tables", "--form", written]
    said = liuwen("pull", recorded.uid, "--to", written.parent / "pulled", *read, "--json")
    told = json.loads(said.out)
    assert (said.status, told["source"], told["count"], told["files"]) == (0, recorded.url, 250, 3)
    assert told["tables"][0]["rows"] == 250 and (written.parent / "tables" / "submissions.parquet").exists()


def test_deploy_a_form_with_files(liuwen: Run, recorded: Any, written: Path) -> None:
    """As a new form; its uid identifies it for pulls."""
    recorded.reach("deployed")
    said = liuwen("publish", written, "--kobo", recorded.url, "--media", written.with_name("villages.csv"), "--json")
    assert said.status == 0, said.err
    assert json.loads(said.out)["form"] == recorded.uid


def test_options_unknown_to_kobo_are_refused(liuwen: Run, recorded: Any, written: Path) -> None:
    """App users and Central's encryption: refused before anything is sent."""
    said = liuwen("publish", written, "--kobo", recorded.url, "--app-user", "Wang")
    assert said.status == 2 and "--app-user works with ODK Central only" in said.err
    assert recorded.asked == []

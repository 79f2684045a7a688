"""`liuwen compare`, `liuwen keys` and `liuwen serve`."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

OLDER = "| survey |\n| | type | name | label |\n| | integer | age | Your age? |\n| | text | trade | Your trade? |\n"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.md"
    path.write_text(OLDER, encoding="utf-8")
    return path


def test_a_question_taken_away_loses_data(liuwen, older: Path) -> None:
    """Exit status 1, and the question's name, in words and in JSON."""
    newer = older.with_name("newer.md")
    newer.write_text(OLDER.replace("| | text | trade | Your trade? |\n", ""), encoding="utf-8")
    said, recorded = liuwen("compare", older, newer), liuwen("compare", older, newer, "--json")
    assert said.status == recorded.status == 1
    assert "trade" in said.out and json.loads(recorded.out)


def test_the_same_form_loses_nothing(liuwen, older: Path) -> None:
    """Exit status 0."""
    assert liuwen("compare", older, older).status == 0


def test_keys_are_written_once(liuwen, tmp_path: Path) -> None:
    """A key pair, never over another one; a short passphrase is refused."""
    assert liuwen("keys", tmp_path / "town.pem", "--passphrase", "short").status == 2
    assert liuwen("keys", tmp_path / "town.pem", "--passphrase", "six questions").status == 0
    assert (tmp_path / "town.pem").stat().st_mode & 0o077 == 0
    again = liuwen("keys", tmp_path / "town.pem", "--passphrase", "six questions")
    assert again.status == 2 and "exists already" in again.err


def test_check_fix_writes_what_it_mended_beside_the_form(liuwen, tmp_path: Path) -> None:
    """A misspelt column is mended in a new file; the form itself is left alone."""
    form = tmp_path / "form.md"
    form.write_text("| survey |\n| | type | name | label | relevent |\n| | text | a | A | 1 = 1 |\n", encoding="utf-8")
    before = form.read_bytes()
    liuwen("check", form, "--fix")
    assert (tmp_path / "form.fixed.xlsx").exists() and form.read_bytes() == before


def test_a_faulty_form_is_not_served(liuwen, tmp_path: Path) -> None:
    """The form is checked before it is published."""
    form = tmp_path / "form.md"
    form.write_text("| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |\n", encoding="utf-8")
    said = liuwen("serve", tmp_path / "store", "--form", form, "--port", 0)
    assert said.status == 2 and "was not published" in said.err


@pytest.mark.slow
def test_serve_shows_how_to_join_and_answers_until_stopped(older: Path) -> None:
    """A collector's address lists the form; Ctrl-C ends it quietly."""
    command = [sys.executable, "-c", "from liuwen.cli import main; main()", "serve", "store", "--port", "0"]
    arguments = ["--form", older.name, "--collector", "Visitor", "--lang", "en"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*command, *arguments], cwd=older.parent, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    lines = []
    while not lines or "Ctrl-C" not in lines[-1]:
        lines.append(process.stdout.readline())
    address = next(line.strip() for line in lines if "/key/" in line)
    request = urllib.request.Request(f"{address}/formList", headers={"X-OpenRosa-Version": "1.0"})
    with urllib.request.urlopen(request) as answer:
        assert b"<formID>" in answer.read()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()

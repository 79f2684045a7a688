"""`liuwen compare`, `liuwen keys new` and `liuwen serve`."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liuwen.cli.serve import is_ready_but_for_collectors, publish
from liuwen.collect import Store
from liuwen.collect.phone import Phone
from liuwen.errors import LiuwenError

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


def test_keys_are_written_once(liuwen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pair, never over another one; without a passphrase or with a short one there is none, nor without `new`."""
    key = tmp_path / "town.pem"
    nobody = liuwen("keys", "new", key)
    assert nobody.status == 2 and "LIUWEN_PASSPHRASE" in nobody.err
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "short")
    assert liuwen("keys", "new", key).status == 2 and not key.exists()
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "six questions")
    assert liuwen("keys", "new", key).status == 0
    assert key.stat().st_mode & 0o077 == 0
    again = liuwen("keys", "new", key)
    assert again.status == 2 and "exists already" in again.err
    assert liuwen("keys", tmp_path / "other.pem").status == 2
    assert not (tmp_path / "other.pem").exists()


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


class Serving:
    """`liuwen serve` in a process of its own, and what it has said."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        command = [sys.executable, "-c", "from liuwen.cli import main; main()", "serve", "store", "--port", "0"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
        self.said = ""
        self._process = subprocess.Popen(
            [*command, "--lang", "en", *map(str, arguments)], cwd=folder, stdout=subprocess.PIPE, text=True, env=environment
        )

    def until(self, words: str) -> str:
        """What it says up to the line with these words."""
        assert self._process.stdout is not None
        said = ""
        while words not in said:
            line = self._process.stdout.readline()
            assert line, f"it ended without saying {words!r}: {self.said}"
            said += line
            self.said += line
        return said

    def address(self, nth: int = 0) -> str:
        """The nth address that it shows to join at."""
        return re.findall(r"^\s*(http\S+/key/\S+)$", self.said, re.MULTILINE)[nth]

    def stop(self) -> str:
        """What it says at Ctrl-C."""
        self._process.send_signal(signal.SIGINT)
        rest, _ = self._process.communicate(timeout=20)
        assert self._process.returncode == 0
        return str(rest)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    started: list[Serving] = []

    def start(*arguments: object) -> Serving:
        started.append(Serving(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        one._process.kill()
        one._process.communicate()


VISIT = (
    '<older xmlns:orx="http://openrosa.org/xforms" id="older" version="{version}"><age>40</age><trade/>'
    "<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></older>"
)


@pytest.mark.slow
def test_serve_from_an_empty_folder_to_answers(older: Path, serving: Callable[..., Serving]) -> None:
    """What is missing is said with the command that adds it; then codes, links, each answer, and the count at the end."""
    first = serving()
    first.until("Ctrl-C stops")
    assert "liuwen serve store --form FORM.xlsx --collector NAME" in first.until("--collector NAME")
    assert "0 received this time" in first.stop()

    second = serving("--lan", "--form", older.name, "--collector", "Visitor", "--link", "older", "--codes", "codes")
    said = second.until("Ctrl-C stops")
    assert said.count("█ ▄▄▄▄▄ █") >= 4, "the corners of two QR codes"
    assert {path.name for path in (older.parent / "codes").iterdir()} == {"Visitor.png", "older.png"}
    assert "older (older)" in said and "Visitor, web" in said and "\x1b" not in said
    collector, link = second.address(0), second.address(1)
    with Phone(collector) as phone:
        (listed,) = phone.form_list()
        phone.fetch(listed)
        phone.send(VISIT.format(version=listed.version, instance="uuid:a").encode())
    assert "Received: older, Visitor (1 in all)" in second.until("Received")
    with Phone(link) as respondent:
        respondent.send(VISIT.format(version=listed.version, instance="uuid:b").encode())
    assert "Received: older, web (2 in all)" in second.until("Received")
    assert '2 received this time; the store "store" holds 2' in second.stop()


@pytest.mark.slow
def test_serve_to_the_network_shows_a_code_to_begin_with(older: Path, serving: Callable[..., Serving]) -> None:
    """One for any phone, where there is a form and nobody was named; the next time there is somebody."""
    store = Store(older.parent / "store")
    assert not is_ready_but_for_collectors(store)
    store.publish(older)
    assert is_ready_but_for_collectors(store)
    first = serving("--lan")
    said = first.until("Ctrl-C stops")
    assert "Any phone of your staff may scan this code" in said and "Collectors: phone" in said
    assert status_of(first.address()) == 200
    first.stop()
    assert not is_ready_but_for_collectors(store)


@pytest.mark.slow
def test_serve_the_next_morning(tmp_path: Path, serving: Callable[..., Serving]) -> None:
    """A collector who is known gets a new code beside the old one; a lost phone is shut out with all its codes."""
    yesterday = Store(tmp_path / "store").add_collector("Visitor").token
    today = serving("--collector", "Visitor")
    assert "█" not in today.until("Ctrl-C stops"), "no phone can reach this machine alone"
    server, _, token = today.address().partition("/key/")
    assert token != yesterday
    assert [status_of(f"{server}/key/{each}") for each in (yesterday, token)] == [200, 200]
    today.stop()
    lost = serving("--revoke", "Visitor")
    assert "Shut out: Visitor" in lost.until("Ctrl-C stops")
    server = re.findall(r"http://[0-9.:]+", lost.said)[0]
    assert [status_of(f"{server}/key/{each}") for each in (yesterday, token)] == [403, 403]
    lost.stop()


def test_serve_publishes_anonymous_and_encrypted_forms(liuwen, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the key pair that `liuwen keys new` made."""
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "six questions")
    liuwen("keys", "new", older.parent / "town.pem")
    store = Store(older.parent / "store")
    publish(store, [older], (older.parent / "town.pem.pub").read_bytes(), anonymous=True)
    (form,) = store.forms()
    assert form.anonymous and form.encrypted
    with pytest.raises(LiuwenError, match="public key"):
        publish(store, [older], (older.parent / "town.pem").read_bytes(), anonymous=True)


def status_of(address: str) -> int:
    with Phone(address) as phone:
        return phone.request("GET", f"{address}/formList").status

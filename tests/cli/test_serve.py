"""`liuwen serve`."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from liuwen.cli.serve import lacks_only_collectors, publish, say_state
from liuwen.errors import LiuwenError
from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.server import serve
from liuwen.store import Store
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone

OLDER = "| survey |\n| | type | name | label |\n| | integer | age | Your age? |\n| | text | trade | Your trade? |\n"
TRADE = build_form("trade", version="1", en="Trade", languages=("en",), items=[b.text("trade", en="Your trade?")])
SERVE = ("serve", "store", "--port", "0", "--lang", "en")
VISIT = (
    '<older xmlns:orx="http://openrosa.org/xforms" id="older" version="{version}"><age>40</age><trade/>'
    "<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></older>"
)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.md"
    path.write_text(OLDER, encoding="utf-8")
    return path


def test_a_faulty_form_is_not_served(liuwen, tmp_path: Path) -> None:
    """The form is checked before it is published."""
    form = tmp_path / "form.md"
    form.write_text("| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |\n", encoding="utf-8")
    said = liuwen("serve", tmp_path / "store", "--form", form, "--port", 0)
    assert said.status == 2 and "was not published" in said.err


@pytest.mark.slow
def test_serve_from_an_empty_folder_to_answers(older: Path, running: Callable[..., Any]) -> None:
    """Hints name the command for the next step; then QR codes, links, each submission, and the total at the end."""
    first = running(*SERVE)
    first.until("Ctrl-C to stop")
    assert "liuwen serve store --form FORM.xlsx --collector NAME" in first.until("--collector NAME")
    assert "Received 0 this time" in first.stop()

    second = running(*SERVE, "--lan", "--form", older.name, "--collector", "Visitor", "--link", "older", "--codes", "codes")
    said = second.until("Ctrl-C to stop")
    assert said.count("█ ▄▄▄▄▄ █") >= 4, "the corners of two QR codes"
    assert {path.name for path in (older.parent / "codes").iterdir()} == {"Visitor.png", "older.png"}
    assert "older (older)" in said and "Visitor, web" in said and "\x1b" not in said
    collector, link = addresses_in(second.said)
    with Phone(collector) as phone:
        (listed,) = phone.form_list()
        phone.fetch(listed)
        phone.send(VISIT.format(version=listed.version, instance="uuid:a").encode())
    assert "Received: older, Visitor (1 in all)" in second.until("Received")
    with Phone(link) as respondent:
        respondent.send(VISIT.format(version=listed.version, instance="uuid:b").encode())
    assert "Received: older, web (2 in all)" in second.until("Received")
    assert 'Received 2 this time; the store "store" has 2' in second.stop()


@pytest.mark.slow
def test_serve_to_the_network_shows_a_first_code(older: Path, running: Callable[..., Any]) -> None:
    """One for any phone, if there is a form and no collector; not the next time."""
    store = Store(older.parent / "store")
    assert not lacks_only_collectors(store)
    store.publish(older)
    assert lacks_only_collectors(store)
    first = running(*SERVE, "--lan")
    said = first.until("Ctrl-C to stop")
    assert "All phones of your staff can scan this code" in said and "Collectors: phone" in said
    assert status_of(addresses_in(first.said)[0]) == 200
    first.stop()
    assert not lacks_only_collectors(store)


@pytest.mark.slow
def test_serve_the_next_morning(tmp_path: Path, running: Callable[..., Any]) -> None:
    """A known collector gets a further code; a lost phone is revoked with all its codes."""
    yesterday = Store(tmp_path / "store").add_collector("Visitor").token
    today = running(*SERVE, "--collector", "Visitor")
    assert "█" not in today.until("Ctrl-C to stop"), "no phone can reach this machine alone"
    server, _, token = addresses_in(today.said)[0].partition("/key/")
    assert token != yesterday
    assert [status_of(f"{server}/key/{each}") for each in (yesterday, token)] == [200, 200]
    today.stop()
    lost = running(*SERVE, "--revoke", "Visitor")
    assert "Revoked: Visitor" in lost.until("Ctrl-C to stop")
    server = re.findall(r"http://[0-9.:]+", lost.said)[-1]
    assert [status_of(f"{server}/key/{each}") for each in (yesterday, token)] == [403, 403]
    lost.stop()


@pytest.mark.slow
def test_serve_to_helpers_for_some_weeks(older: Path, running: Callable[..., Any]) -> None:
    """A code for one form, valid until a given day; a known collector keeps its forms."""
    store = Store(older.parent / "store")
    store.publish(older)
    store.publish(TRADE)
    day = datetime.now().astimezone() + timedelta(days=20)
    first = running(*SERVE, "--collector", "Student", "--only", "older", "--until", f"{day:%Y-%m-%d}", "--link", "older")
    first.until("Ctrl-C to stop")
    (student, _) = addresses_in(first.said)
    with Phone(student) as phone:
        assert [form.form_id for form in phone.form_list()] == ["older"]
    first.stop()
    ends = [one.expires for one in store.collectors() if one.name == "Student"]
    assert [end.astimezone().date() for end in ends] == [day.date() + timedelta(days=1)]
    with keeping_of(store).reading() as connection:
        assert {row[0] for row in connection.execute("SELECT expires FROM tokens WHERE form = 'older'")} == {ends[0].timestamp()}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--until", "2020-01-01"), "is in the past: 2020-01-01"),
        (("--until", "soon"), "--until"),
        (("--collector", "New", "--only", "none"), "none"),
        (("--collector", "Known", "--only", "older"), "use another name"),
    ],
)
def test_serve_refuses_invalid_codes_and_links(liuwen, older: Path, options: tuple[str, ...], sentence: str) -> None:
    """One sentence, before the server starts."""
    store = Store(older.parent / "store")
    store.publish(older)
    store.add_collector("Known")
    said = liuwen("serve", store.folder, "--port", 0, *options)
    assert said.status == 2 and sentence in said.err
    assert [one.name for one in store.collectors()] == ["Known"]


def test_serve_publishes_anonymous_and_encrypted_forms(liuwen, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the key pair of `liuwen keys new`."""
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "six questions")
    liuwen("keys", "new", older.parent / "town.pem")
    store = Store(older.parent / "store")
    publish(store, [older], (older.parent / "town.pem.pub").read_bytes(), anonymous=True)
    (form,) = store.forms()
    assert form.anonymous and form.encrypted
    with pytest.raises(LiuwenError, match="public key"):
        publish(store, [older], (older.parent / "town.pem").read_bytes(), anonymous=True)


def addresses_in(said: str) -> list[str]:
    """The addresses that it prints."""
    return re.findall(r"^\s*(http\S+/key/\S+)$", said, re.MULTILINE)


def status_of(address: str) -> int:
    with Phone(address) as phone:
        return phone.request("GET", f"{address}/formList").status


def test_plain_lan_says_what_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one sentence; with https the root to install and its fingerprint instead."""
    store = Store(tmp_path / "store")
    for https, said in ((False, "can read the answers and codes"), (True, "/authority.crt")):
        with serve(store, port=0, lan=True, https=https) as server, use_language("en"):
            say_state(store, server, tmp_path, lan=True)
        out = capsys.readouterr().out
        assert said in out and ("can read" in out) != https
    store.close()

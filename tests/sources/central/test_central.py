"""ODK Central: publish, let a phone in, pull what it sends, and the second time only what changed."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from liuwen.errors import LiuwenWarning, SourceError
from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.openrosa.settings_qr import read_settings
from liuwen.responses import read_responses
from liuwen.sources import AppUser, Central, Listed, pull

VILLAGES = b"name,label\neast,East\nwest,West\n"


def visit(version: str = "1", **media: bytes) -> Form:
    items = [
        b.select_one("village", b.from_file("villages.csv"), zh="村", en="Village"),
        b.geopoint("place", zh="位置", en="Place"),
        b.image("photo", zh="照片", en="Photo"),
    ]
    return build_form("visit", version=version, zh="走访", en="Visit", items=items, media={"villages.csv": VILLAGES})


@pytest.fixture
def phone(central: Central) -> AppUser:
    """The published form, and somebody who may fill it in."""
    central.publish(visit())
    return central.add_app_user("王小明", forms=("visit",))


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the submissions whose XML was fetched."""
    keys: list[str] = []
    fetch = Central.xml

    def spy(self: Central, form_id: str, listed: Listed) -> bytes:
        keys.append(listed.key)
        return fetch(self, form_id, listed)

    monkeypatch.setattr(Central, "xml", spy)
    return keys


def test_a_form_is_published_with_its_files_and_again_as_a_new_version(central: Central) -> None:
    """Each version once; what the server holds is what was given."""
    assert central.publish(visit("1")).version == "1"
    assert central.publish(visit("2")).version == "2"
    with pytest.raises(SourceError, match='"2"'):
        central.publish(visit("2"))
    [listed] = central.forms()
    assert (listed.form_id, listed.title, listed.version, listed.submissions) == ("visit", "走访", "2", 0)


def test_a_form_comes_back_as_it_was_published(central: Central) -> None:
    """From the XForm alone: its questions, types and wordings in both languages."""
    central.publish(visit())
    form = central.form("visit")
    assert [(question.name, question.type) for question in form.questions] == [
        (question.name, question.type) for question in visit().questions
    ]
    assert (form.id, form.version, form["photo"].label("zh")) == ("visit", "1", "照片")


def test_nothing_is_published_while_a_file_is_missing(central: Central) -> None:
    """The missing file is named, and phones see no half of a form."""
    whole = visit()
    with pytest.raises(SourceError, match=r"villages\.csv"):
        central.publish(Form(whole.sheets))
    assert central.forms() == ()
    assert central.publish(whole).version == "1"


def test_an_app_users_code_sets_a_phone_up(central: Central, phone: AppUser) -> None:
    """The QR holds the address that lets it in; nothing that is printed does."""
    assert read_settings(phone.qr.text)["general"]["server_url"] == phone.address
    assert phone.address.startswith(f"{central.url}/v1/key/")
    assert phone.address.split("/key/")[1].split("/")[0] not in repr(phone)
    assert central.app_users() == (phone,)


def test_an_app_user_who_is_there_stays_who_it_is(central: Central, phone: AppUser) -> None:
    """A new version, or another form, changes no QR code that is in somebody's hands."""
    assert central.app_user("王小明", forms=("visit",)) == phone
    assert central.app_user("李雷", forms=("visit",)).number != phone.number
    assert [user.name for user in central.app_users()].count("王小明") == 1


def test_the_second_pull_fetches_only_what_changed(
    central: Central, phone: AppUser, submit: Callable[..., str], fetched: list[str], tmp_path: Path
) -> None:
    """New, edited and late files come; a review is noted; everything else is left alone, down to the GPS accuracy."""
    first, second, third = (submit(phone.address, "east", files={"house.jpg": b"JPEG"}) for _ in range(3))
    late = submit(phone.address, "west")
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.new, pulled.changed, pulled.gone, pulled.files) == (4, 0, 0, 3)
    assert pulled.responses(visit()).table["place.accuracy"].tolist() == [4.5] * 4

    fetched.clear()
    assert pull(central, "visit", tmp_path).unchanged == 4
    assert fetched == []

    submit(phone.address, "west", edits=first, files={"house.jpg": b"NEW"})
    submit(phone.address, "west", instance=late, files={"house.jpg": b"LATE"})
    fifth = submit(phone.address, "east", files={"house.jpg": b"JPEG"})
    central.review("visit", second, "approved")
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.new, pulled.changed, pulled.gone, pulled.unchanged) == (1, 2, 0, 2)
    assert sorted(fetched) == sorted([first, late, fifth])
    assert pulled.table["review"].to_dict() | {second: ""} == dict.fromkeys(pulled.kept, "") | {
        first: pulled.table["review"][first]
    }
    assert pulled.table["review"][second] == "approved"
    assert pulled.table["files"].tolist() == [1] * 5
    villages = sorted(pulled.responses(visit()).table["village"])
    assert villages == ["east", "east", "east", "west", "west"]
    photos = sorted(path.read_bytes() for path in (tmp_path / "attachments").rglob("house.jpg"))
    assert photos == [b"JPEG", b"JPEG", b"JPEG", b"LATE", b"NEW"]
    assert third in pulled.kept

    central.review("visit", second, "received")
    assert pull(central, "visit", tmp_path).table["review"][second] == ""


def test_a_photo_that_comes_days_later_is_fetched(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upload broken off in the village changes no time on the server when it is made whole."""
    monkeypatch.setattr("liuwen.sources.central.client.OVERLAP", timedelta(0))
    late = submit(phone.address, "west")
    for _ in range(2):
        submit(phone.address, "east", files={"house.jpg": b"JPEG"})
        pull(central, "visit", tmp_path)
    submit(phone.address, "west", instance=late, files={"house.jpg": b"LATE"})
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.changed, pulled.kept[late].files) == (1, ("house.jpg",))


def test_answers_to_an_earlier_version_are_read_by_it(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path
) -> None:
    """A question that was renamed since is one column."""
    submit(phone.address, "east")
    items = [b.select_one("hamlet", b.from_file("villages.csv"), zh="村", en="Village"), b.image("photo", zh="照片", en="Photo")]
    renamed = build_form("visit", version="2", zh="走访", en="Visit", items=items, media={"villages.csv": VILLAGES})
    central.publish(renamed)
    assert read_responses(central, renamed).table[["hamlet", "form_version"]].to_numpy().tolist() == [["east", "1"]]


def test_what_was_deleted_there_goes_here_too(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path
) -> None:
    """A withdrawn submission does not live on in a folder."""
    kept, gone = (submit(phone.address, "east", files={"house.jpg": b"JPEG"}) for _ in range(2))
    pull(central, "visit", tmp_path)
    central.send("DELETE", f"forms/visit/submissions/{gone}")
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.gone, list(pulled.kept)) == (1, [kept])
    assert len(list(tmp_path.rglob("house.jpg"))) == len(list(tmp_path.rglob("*.xml"))) == 1


def test_every_page_is_read_to_the_last(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five submissions where a page holds two."""
    monkeypatch.setattr("liuwen.sources.central.client.PAGE", 2)
    sent = {submit(phone.address, "east") for _ in range(5)}
    assert set(pull(central, "visit", tmp_path).kept) == sent


def test_who_sent_it_is_a_column(central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path) -> None:
    """The app user, by the name that Central knows."""
    submit(phone.address, "east")
    assert pull(central, "visit", tmp_path).responses().table["sent_by"].tolist() == ["Wang"]


def test_an_entity_list_is_pushed_and_pulled(central: Central) -> None:
    """Only what differs is written; the versions count the changes."""
    east, west = str(uuid4()), str(uuid4())
    households = pd.DataFrame({"label": ["张家", "李家"], "village": ["east", "west"]}, index=[east, west])
    assert central.push_entities("households", households).created == 2
    households.loc[west, "village"] = "east"
    pushed = central.push_entities("households", households)
    assert (pushed.created, pushed.updated, pushed.unchanged) == (0, 1, 1)
    there = central.entities("households")
    assert there.loc[[east, west], ["label", "village", "version"]].to_numpy().tolist() == [
        ["张家", "east", 1],
        ["李家", "east", 2],
    ]
    assert central.push_entities("households", there).unchanged == 2


def test_properties_may_have_names_of_any_language(central: Central) -> None:
    """What they hold comes back as it was pushed, line ends and all, and is not written anew."""
    held = {"label": ["张家"], "姓名": ["张三"], "电话": ['一,"二"\n三\r四'], "a.b": ["x"], "a-b": ["NA"]}
    households = pd.DataFrame(held, index=[str(uuid4()).upper()])
    assert central.push_entities("户", households).created == 1
    there = central.entities("户")
    assert there[households.columns].to_numpy().tolist() == households.to_numpy().tolist()
    assert central.push_entities("户", households).unchanged == 1


def test_a_form_may_hang_on_an_entity_list(central: Central) -> None:
    """A list that entities fill needs no file, and goes before one that only lies beside the form."""
    central.push_entities("villages", pd.DataFrame({"label": ["East"]}, index=[str(uuid4())]))
    assert central.publish(Form(visit().sheets)).version == "1"

    def served() -> list[tuple[bool, bool]]:
        there = central.get("forms/visit/attachments").json()
        return [(each["blobExists"], each["datasetExists"]) for each in there if each["name"] == "villages.csv"]

    with pytest.warns(LiuwenWarning, match=r"villages\.csv"):
        central.publish(visit("2"))
    assert served() == [(False, True)]
    central.publish(Form(visit("3").sheets), media={"villages.csv": VILLAGES})
    assert served() == [(True, False)]


def test_the_servers_log_can_be_read(central: Central) -> None:
    """Who did what, oldest first."""
    central.publish(visit())
    log = central.audits()
    assert log["logged_at"].is_monotonic_increasing
    assert "form.update.publish" in set(log["action"])


def test_what_is_logged_while_the_log_is_read_shifts_nothing(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry once, though every page is asked for after something else was done."""
    central.publish(visit("0"))
    began = central.audits()["logged_at"].max() + timedelta(milliseconds=1)
    monkeypatch.setattr("liuwen.sources.central.audits.PAGE", 2)
    time.sleep(0.005)
    for version in ("1", "2", "3"):
        central.publish(visit(version))
    ask, published = Central.send, iter("456789")

    def meanwhile(self: Central, method: str, path: str, **told: Any) -> Any:
        answer = ask(self, method, path, **told)
        if path == "audits" and (version := next(published, "")):
            time.sleep(0.005)
            central.publish(visit(version))
        return answer

    monkeypatch.setattr(Central, "send", meanwhile)
    log = central.audits(since=began.isoformat().replace("+00:00", "Z"))
    assert (log["action"] == "form.update.publish").sum() == 3


def test_a_wrong_password_is_said_and_never_shown(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence names the server and the account."""
    monkeypatch.setenv("CENTRAL_PASSWORD", "wrong-password")
    stranger = Central(project=central.project)
    with pytest.raises(SourceError) as refused:
        stranger.forms()
    assert f"does not accept the password of {stranger.email}" in str(refused.value)
    assert "wrong-password" not in f"{refused.value} {stranger!r}"


def test_a_session_that_ended_is_begun_anew(central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path) -> None:
    """A notebook that was left open since yesterday goes on, several requests at once too."""
    sent = {submit(phone.address, "east") for _ in range(6)}
    central.send("DELETE", "sessions/current", server_wide=True)
    assert [form.form_id for form in central.forms()] == ["visit"]
    listed = list(central.listing("visit"))
    central.send("DELETE", "sessions/current", server_wide=True)
    with ThreadPoolExecutor(4) as pool:
        assert all(b"east" in xml for xml in pool.map(lambda each: central.xml("visit", each), listed))
    assert {each.key for each in listed} == sent

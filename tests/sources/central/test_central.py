"""ODK Central: publish, add phones, pull submissions, and pull only changes the second time."""

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
    """The published form, and an app user with access to it."""
    central.publish(visit())
    return central.add_app_user("王小明", forms=("visit",))


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the submissions whose XML was downloaded."""
    keys: list[str] = []
    fetch = Central.xml

    def spy(self: Central, form_id: str, listed: Listed) -> bytes:
        keys.append(listed.key)
        return fetch(self, form_id, listed)

    monkeypatch.setattr(Central, "xml", spy)
    return keys


def test_publish_a_form_with_files_and_a_new_version(central: Central) -> None:
    """Each version once; the server has exactly what was given."""
    assert central.publish(visit("1")).version == "1"
    assert central.publish(visit("2")).version == "2"
    with pytest.raises(SourceError, match='"2"'):
        central.publish(visit("2"))
    [listed] = central.forms()
    assert (listed.form_id, listed.title, listed.version, listed.submissions) == ("visit", "走访", "2", 0)


def test_published_form_is_read_back(central: Central) -> None:
    """From the XForm alone: its questions, types and labels in both languages."""
    central.publish(visit())
    form = central.form("visit")
    assert [(question.name, question.type) for question in form.questions] == [
        (question.name, question.type) for question in visit().questions
    ]
    assert (form.id, form.version, form["photo"].label("zh")) == ("visit", "1", "照片")


def test_nothing_is_published_while_a_file_is_missing(central: Central) -> None:
    """The missing file is named, and phones do not see an incomplete form."""
    whole = visit()
    with pytest.raises(SourceError, match=r"villages\.csv"):
        central.publish(Form(whole.sheets))
    assert central.forms() == ()
    assert central.publish(whole).version == "1"


def test_qr_code_of_an_app_user_configures_a_phone(central: Central, phone: AppUser) -> None:
    """The QR code contains the secret address; nothing that is printed does."""
    assert read_settings(phone.qr.text)["general"]["server_url"] == phone.address
    assert phone.address.startswith(f"{central.url}/v1/key/")
    assert phone.address.split("/key/")[1].split("/")[0] not in repr(phone)
    assert central.app_users() == (phone,)


def test_existing_app_user_keeps_its_qr_code(central: Central, phone: AppUser) -> None:
    """A new version, or another form, does not invalidate existing QR codes."""
    assert central.app_user("王小明", forms=("visit",)) == phone
    assert central.app_user("李雷", forms=("visit",)).number != phone.number
    assert [user.name for user in central.app_users()].count("王小明") == 1


def test_the_second_pull_fetches_only_what_changed(
    central: Central, phone: AppUser, submit: Callable[..., str], fetched: list[str], tmp_path: Path
) -> None:
    """New, edited and late files are downloaded; a review is recorded; nothing else is downloaded, and GPS accuracy is kept."""
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
    """Completing an interrupted upload does not change any time on the server."""
    monkeypatch.setattr("liuwen.sources.central.client.OVERLAP", timedelta(0))
    late = submit(phone.address, "west")
    for _ in range(2):
        submit(phone.address, "east", files={"house.jpg": b"JPEG"})
        pull(central, "visit", tmp_path)
    submit(phone.address, "west", instance=late, files={"house.jpg": b"LATE"})
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.changed, pulled.kept[late].files) == (1, ("house.jpg",))


def test_answers_are_read_with_their_own_version(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path
) -> None:
    """A question renamed since is one column."""
    submit(phone.address, "east")
    items = [b.select_one("hamlet", b.from_file("villages.csv"), zh="村", en="Village"), b.image("photo", zh="照片", en="Photo")]
    renamed = build_form("visit", version="2", zh="走访", en="Visit", items=items, media={"villages.csv": VILLAGES})
    central.publish(renamed)
    assert read_responses(central, renamed).table[["hamlet", "form_version"]].to_numpy().tolist() == [["east", "1"]]


def test_deleted_submission_is_removed_from_the_folder(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path
) -> None:
    """A withdrawn submission is removed from the folder."""
    kept, gone = (submit(phone.address, "east", files={"house.jpg": b"JPEG"}) for _ in range(2))
    pull(central, "visit", tmp_path)
    central.send("DELETE", f"forms/visit/submissions/{gone}")
    pulled = pull(central, "visit", tmp_path)
    assert (pulled.gone, list(pulled.kept)) == (1, [kept])
    assert len(list(tmp_path.rglob("house.jpg"))) == len(list(tmp_path.rglob("*.xml"))) == 1


def test_all_pages_are_read(
    central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five submissions with a page size of two."""
    monkeypatch.setattr("liuwen.sources.central.client.PAGE", 2)
    sent = {submit(phone.address, "east") for _ in range(5)}
    assert set(pull(central, "visit", tmp_path).kept) == sent


def test_submitter_is_a_column(central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path) -> None:
    """The app user, by its name on Central."""
    submit(phone.address, "east")
    assert pull(central, "visit", tmp_path).responses().table["sent_by"].tolist() == ["Wang"]


def test_an_entity_list_is_pushed_and_pulled(central: Central) -> None:
    """Only differences are written; versions count the changes."""
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
    """Values are read back as pushed, including line ends, and are not written again."""
    held = {"label": ["张家"], "姓名": ["张三"], "电话": ['一,"二"\n三\r四'], "a.b": ["x"], "a-b": ["NA"]}
    households = pd.DataFrame(held, index=[str(uuid4()).upper()])
    assert central.push_entities("户", households).created == 1
    there = central.entities("户")
    assert there[households.columns].to_numpy().tolist() == households.to_numpy().tolist()
    assert central.push_entities("户", households).unchanged == 1


def test_form_may_use_an_entity_list(central: Central) -> None:
    """An entity list needs no file, and takes precedence over a file beside the form."""
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


def test_audit_log_is_complete_while_entries_are_added(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry once, although every page is requested after another action."""
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


def test_wrong_password_is_reported_and_never_shown(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence names the server and the account."""
    monkeypatch.setenv("CENTRAL_PASSWORD", "wrong-password")
    stranger = Central(project=central.project)
    with pytest.raises(SourceError) as refused:
        stranger.forms()
    assert f"does not accept the password of {stranger.email}" in str(refused.value)
    assert "wrong-password" not in f"{refused.value} {stranger!r}"


def test_expired_session_is_renewed(central: Central, phone: AppUser, submit: Callable[..., str], tmp_path: Path) -> None:
    """A notebook left open since yesterday continues, also with several requests at once."""
    sent = {submit(phone.address, "east") for _ in range(6)}
    central.send("DELETE", "sessions/current", server_wide=True)
    assert [form.form_id for form in central.forms()] == ["visit"]
    listed = list(central.listing("visit"))
    central.send("DELETE", "sessions/current", server_wide=True)
    with ThreadPoolExecutor(4) as pool:
        assert all(b"east" in xml for xml in pool.map(lambda each: central.xml("visit", each), listed))
    assert {each.key for each in listed} == sent

"""The server as a whole: responses to phones, starting, joining and stopping."""

import socket
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa import settings_qr
from liuwen.openrosa.settings_qr import read_settings
from liuwen.server import Server, serve
from liuwen.sources import StoreSource
from liuwen.store import Credentials, Store
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]


def test_accepted_submission_is_in_the_store(server: Server, phone: Phone, visit: Make) -> None:
    """The XML byte for byte, the files, the collector and the device."""
    phone.send(visit(photo="a.jpg"), {"a.jpg": b"jpeg" * 200_000})
    (kept,) = server.store.submissions()
    assert (kept.xml, kept.collector, kept.device, kept.complete) == (visit(photo="a.jpg"), "wang", "collect:phone", True)
    assert server.store.attachments("visit", "uuid:one")["a.jpg"].read_bytes() == b"jpeg" * 200_000
    assert list((server.store.folder / "incoming").iterdir()) == []


def test_collector_is_a_column_of_the_responses(server: Server, store: Store, phone: Phone, visit: Make) -> None:
    """The collector's name, whatever the answers contain; also when pulled from the store."""
    phone.send(visit())
    assert store.responses().table["sent_by"].tolist() == ["wang"]
    assert StoreSource(store).responses().table["sent_by"].tolist() == ["wang"]


def test_a_form_published_while_the_server_runs_is_listed(server: Server, phone: Phone, visit_form: Make) -> None:
    """A new version replaces the old one; a closed form is not listed."""
    server.store.publish(visit_form(version="2"))
    assert [form.version for form in phone.form_list()] == ["2"]
    server.store.set_state("visit", "closing")
    assert phone.form_list() == []


def test_files_of_a_form_are_downloaded(server: Server, phone: Phone, visit_form: Make) -> None:
    """Lists and pictures with any name, each with its hash."""
    media = {"villages.csv": b"name,label\n", "图 1.png": b"png", "a&b'<c>.jpg": b"jpeg"}
    extra = '<instance id="v" src="jr://file-csv/villages.csv"/>'
    server.store.publish(visit_form(form_id="other", extra=extra), media=media)
    listed = next(form for form in phone.form_list() if form.form_id == "other")
    assert phone.fetch(listed).files == media


def test_a_form_id_may_hold_anything_but_control_characters(server: Server, phone: Phone, visit_form: Make, visit: Make) -> None:
    """Slashes, dots and markup in an ID have no effect."""
    for form_id in ("http://example.org/a?b=c&amp;d", "../../etc/passwd", "a b/图", "%2e%2e%2f", "&lt;script&gt;"):
        server.store.publish(visit_form(form_id=form_id))
        listed = phone.form_list()[-1]
        assert phone.fetch(listed).xml == visit_form(form_id=form_id)
        phone.send(visit(f"uuid:{form_id}", form=form_id))
    assert len(list(server.store.submissions())) == 5


def test_unchanged_content_is_not_sent_again(server: Server, phone: Phone) -> None:
    """304 if the given hash is current."""
    url = phone.form_list()[0].download_url
    tag = phone.request("GET", url).headers["etag"]
    assert phone.request("GET", url, headers={"If-None-Match": tag}).status == 304
    assert phone.request("GET", url, headers={"If-None-Match": '"other"'}).status == 200


def test_messages_are_in_the_requested_language(server: Server, phone: Phone) -> None:
    """Otherwise in the server's language."""
    said = [
        phone.request("GET", f"{phone.address}/forms/99.xml", headers=headers).body.decode()
        for headers in ({"Accept-Language": "zh-CN,zh;q=0.9"}, {"Accept-Language": "en"}, {"Accept-Language": "fr"})
    ]
    assert "找不到" in said[0]
    assert "Not found" in said[1]
    assert said[1] == said[2]


def test_addresses_use_the_requested_host(server: Server, phone: Phone) -> None:
    """With the host and port that the phone used."""
    headers = {"Host": "town.example:8443"}
    body = phone.request("GET", f"{phone.address}/formList", headers=headers).body
    assert b"<downloadUrl>http://town.example:8443/key/" in body


@pytest.mark.parametrize("host", ["a b", "<script>", "", "town.example:999999", "a/b", "x@y"])
def test_invalid_host_is_refused(phone: Phone, host: str) -> None:
    """It would be copied into every address of the form list."""
    assert phone.request("GET", f"{phone.address}/formList", headers={"Host": host}).status == 400


@pytest.mark.parametrize(("path", "methods"), [("formList", {"HEAD", "GET"}), ("submission", {"HEAD", "GET", "POST"})])
def test_wrong_method_is_refused_with_the_allowed_ones(phone: Phone, path: str, methods: set[str]) -> None:
    """405 with `Allow`."""
    answer = phone.request("OPTIONS", f"{phone.address}/{path}")
    assert (answer.status, set(answer.headers["allow"].split(", "))) == (405, methods)


def test_server_listens_on_this_machine_by_default(server: Server) -> None:
    """A notebook is not exposed to the Wi-Fi by accident."""
    assert server._running._listening.getsockname()[0] == "127.0.0.1"


def test_qr_code_and_instructions_on_the_local_network(store: Store, who: Credentials) -> None:
    """In Chinese and English, with the address."""
    with serve(store, port=0, lan=True) as server:
        joining = server.join(who)
        assert server._running._listening.getsockname()[0] == "0.0.0.0"
        assert joining.address == f"{server.address}/key/{who.token}"
        with Phone(f"{server.url}/key/{who.token}") as phone:
            assert phone.form_list()
    settings = read_settings(joining.qr.text)
    assert settings["general"]["server_url"] == joining.address
    assert settings["admin"] == {}
    assert "扫描" in joining.steps.zh and joining.address in joining.steps.zh
    assert "Scan" in joining.steps.en
    assert "█" in str(joining)
    assert "<svg" in joining._repr_html_()


def test_settings_qr_can_be_written_as_an_image(tmp_path: Path) -> None:
    """PNG for print, SVG for notebooks."""
    made = settings_qr("http://192.168.1.5:8060/key/x", name="湖滨镇", username="wang", password="secret")
    assert made.write(tmp_path / "qr.png").read_bytes().startswith(b"\x89PNG")
    assert made._repr_svg_().startswith("<svg")
    assert read_settings(made.text)["general"]["password"] == "secret"
    with pytest.raises(StoreError, match="too long"):
        settings_qr("http://x/" + Random(6).randbytes(4000).hex(), name="x")


def test_port_in_use_is_an_error(store: Store) -> None:
    """One clear sentence, and the store is unlocked."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StoreError, match="in use"):
            serve(store, port=taken.getsockname()[1])
    with pytest.raises(StoreError, match="in use"):
        serve(store, port=99999)
    with serve(store, port=0):
        pass


def test_stopped_server_releases_the_store(store: Store, visit: Make) -> None:
    """Another program can then write it."""
    with serve(store, port=0):
        other = Store(store.folder)
        with pytest.raises(StoreError):
            other.receive(visit())
    other.receive(visit())
    other.close()


def test_orphaned_photo_after_a_crash_is_deleted(store: Store, who: Credentials, visit: Make) -> None:
    """On the next start; stored files and unrelated files are kept."""
    with serve(store, port=0) as server, Phone(f"{server.url}/key/{who.token}") as phone:
        phone.send(visit(), {"a.jpg": b"kept"})
    stray = keeping_of(store).files.add(b"received, and then the power went")
    note = keeping_of(store).files.kept / "note.txt"
    note.write_text("somebody's own")
    keeping_of(store).files.unprotect(stray)  # as after a restart
    with serve(store, port=0):
        keeping_of(store).write(lambda connection: None)
    assert not keeping_of(store).files.path(stray.sha256).exists()
    assert [path.read_bytes() for path in keeping_of(store).files.kept.glob("??/*")] == [b"kept"] and note.exists()
    assert store.check() == ()

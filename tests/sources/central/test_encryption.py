"""Encryption on ODK Central: with the project's managed key, and with the user's own key pair."""

import base64
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from liuwen.errors import SourceError
from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.openrosa import new_keys
from liuwen.responses import Responses, read_responses
from liuwen.sources import AppUser, Central, pull

PASSPHRASE = "six questions, one answer"
NEEDS = b.choices("needs", ("road", "道路", "Road"), ("water", "饮水", "Water"))
Harm = Callable[[dict[str, bytes]], object]
Seal = Callable[..., tuple[bytes, dict[str, bytes]]]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with use_language("en"):
        yield


def household(version: str = "1") -> Form:
    called = b.text("called", zh="姓名", en="Name")
    items = [
        b.text("village", zh="村", en="Village"),
        b.geopoint("place", zh="位置", en="Place"),
        b.image("photo", zh="照片", en="Photo"),
        b.audit(),
        b.group(
            "g",
            zh="家庭",
            en="Household",
            items=[
                b.select_multiple("needs", NEEDS, zh="需要", en="Needs"),
                b.repeat("member", zh="成员", en="Member", items=[called, b.integer("age", zh="年龄", en="Age")]),
            ],
        ),
    ]
    return build_form("visit", version=version, zh="走访", en="Visit", items=items)


class Sender:
    """A phone that fills in the published form, and encrypts if the form requires it."""

    def __init__(self, central: Central, user: AppUser, seal: Seal, deliver: Callable[..., None]) -> None:
        xform = central.get("forms/visit.xml").text
        found = re.search(r'base64RsaPublicKey="([^"]+)"', xform)
        self.key = load_der_public_key(base64.b64decode(found[1])) if found else None
        self.version = re.findall(r'<data[^>]* version="([^"]*)"', xform)[0]
        self.address, self.seal, self.deliver = user.address, seal, deliver
        self.plain: list[bytes] = []

    def send(self, village: str, *, photo: bytes = b"", name: str = "", log: bytes = b"", harm: Harm | None = None) -> str:
        """One household of two; returns its instance ID. Undamaged submissions are recorded in `plain`."""
        instance = f"uuid:{uuid4()}"
        plain = (
            f'<data xmlns:orx="http://openrosa.org/xforms" id="visit" version="{self.version}"><village>{village}</village>'
            f"<place>30.1 120.2 5.0 4.5</place><photo>{name}</photo><g><needs>water road</needs>"
            f"<member><called>张“三”, a\nb</called><age>31</age></member><member><called/><age>4</age></member></g>"
            f"<orx:meta>{'<orx:audit>audit.csv</orx:audit>' if log else ''}<orx:instanceID>{instance}</orx:instanceID>"
            "</orx:meta></data>"
        ).encode()
        media = {**({name: photo} if name else {}), **({"audit.csv": log} if log else {})}
        xml, files = plain, dict(media)
        if self.key:
            xml, files = self.seal(plain, self.key, media, instance_id=instance, version=self.version)
        if harm:
            harm(files)
        else:
            self.plain.append(plain)
        self.deliver(self.address, xml, files)
        return instance


@pytest.fixture
def phone(central: Central, seal: Seal, deliver: Callable[..., None]) -> Callable[..., Sender]:
    """Publishes the form, and returns a phone that has it."""

    def get(version: str = "1", key: str | None = None) -> Sender:
        central.publish(household(version), key=key)
        return Sender(central, central.add_app_user("王小明", forms=("visit",)), seal, deliver)

    return get


def assert_as_plain(read: Responses, plain: list[bytes]) -> None:
    """Every table equals that of the same submissions without encryption."""
    expected = read_responses(plain, household())
    for name, table in expected.tables.items():
        found = read[name].drop(columns=["submitted_at", "sent_by"], errors="ignore")
        assert len(found) == len(table)
        pd.testing.assert_frame_equal(found.loc[table.index], table.drop(columns=["submitted_at", "sent_by"], errors="ignore"))
    assert read.base("called") == expected.base("called")
    assert len(read.unknown) == 0


def test_managed_encryption_reads_as_unencrypted(
    central: Central, phone: Callable[..., Sender], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values, repeats, relevance, photos of equal names, downloaded once; files on this machine stay encrypted."""
    assert central.encrypt(PASSPHRASE, hint="the hall") is True
    assert central.encrypt(PASSPHRASE) is False
    sender = phone()
    first = sender.send('东村, "east"', photo=b"JPEG" * 20_000, name="house.jpg")
    second = sender.send("西村 &lt;west&gt;", photo=b"PNG", name="house.jpg")
    third = sender.send("北村", log=b"event\nform start\n")
    read = read_responses(central, household(), passphrase=PASSPHRASE, media_to=tmp_path / "photos")
    assert_as_plain(read, sender.plain)
    assert read.table["form_version"].unique().tolist() == ["1"]
    assert read.table["submitted_at"].notna().all()
    assert [note.en for note in read.notes if "does not verify signatures" in note.en]
    photos = {path.parent.name: path.read_bytes() for path in (tmp_path / "photos").rglob("*") if path.is_file()}
    log = photos.pop(third.replace(":", "_"))
    assert photos == {first.replace(":", "_"): b"JPEG" * 20_000, second.replace(":", "_"): b"PNG"}
    assert pd.read_csv(io.BytesIO(log))["event"].tolist() == ["form start"]
    monkeypatch.setattr("liuwen.sources.central.deciphering.keep_media", None)
    assert_as_plain(read_responses(central, household(), passphrase=PASSPHRASE, media_to=tmp_path / "photos"), sender.plain)
    pulled = pull(central, "visit", tmp_path / "pulled")
    assert_as_plain(pulled.responses(household(), passphrase=PASSPHRASE), sender.plain)
    assert not [path for path in (tmp_path / "pulled").rglob("*") if path.is_file() and "东村".encode() in path.read_bytes()]


def test_version_is_published_once_despite_centrals_suffix(central: Central) -> None:
    """Central adds a suffix to the version of an encrypted form; users see their own version."""
    central.encrypt(PASSPHRASE)
    assert central.publish(household("1")).version == "1"
    with pytest.raises(SourceError, match='"1"'):
        central.publish(household("1"))
    assert [form.version for form in central.forms()] == ["1"]


def test_wrong_passphrase_is_one_sentence_and_not_damage(central: Central, phone: Callable[..., Sender]) -> None:
    """It names the project and its hint, and never the passphrase tried."""
    central.encrypt(PASSPHRASE, hint="the hall")
    phone().send("east")
    with pytest.raises(SourceError) as refused:
        read_responses(central, household(), passphrase="another passphrase")
    assert "is wrong" in str(refused.value) and "the hall" in str(refused.value)
    assert "another" not in str(refused.value)


def test_passphrase_from_the_environment_or_missing(
    central: Central, phone: Callable[..., Sender], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, each submission says what it needs, and submissions from before encryption are read."""
    phone().send("before")
    central.encrypt(PASSPHRASE)
    phone("2").send("after")
    read = read_responses(central, household("2"))
    assert read.table["village"].tolist() == ["before"]
    assert "CENTRAL_PASSPHRASE" in read.rejected["reason"].item()
    monkeypatch.setenv("CENTRAL_PASSPHRASE", PASSPHRASE)
    read = read_responses(central, household("2"))
    assert read.table[["village", "form_version"]].to_numpy().tolist() == [["before", "1"], ["after", "2"]]


def flipped(name: str, place: int) -> Harm:
    def harm(files: dict[str, bytes]) -> None:
        changed = bytearray(files[name])
        changed[place] ^= 1
        files[name] = bytes(changed)

    return harm


def cut(name: str) -> Harm:
    return lambda files: files.update({name: files[name][:-17]})


def test_damaged_submission_does_not_affect_others(
    central: Central, phone: Callable[..., Sender], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Central interrupts the export, or returns an empty row: either way the submission is named, and the others are read."""
    monkeypatch.setattr("liuwen.sources.central.deciphering.AT_ONCE", 4)
    central.encrypt(PASSPHRASE)
    sender = phone()
    for number in range(3):
        sender.send(f"village {number}", photo=b"JPEG", name=f"{number}.jpg")
    harmed = [
        sender.send("x", harm=flipped("submission.xml.enc", 110)),
        sender.send("x", harm=cut("submission.xml.enc")),
        sender.send("x", photo=b"J" * 99, name="x.jpg", harm=cut("x.jpg.enc")),
    ]
    absent = sender.send("x", harm=lambda files: files.pop("submission.xml.enc"))
    read = read_responses(central, household(), passphrase=PASSPHRASE, media_to=tmp_path)
    assert_as_plain(read, sender.plain)
    reasons = read.rejected.set_index("source")["reason"]
    assert set(reasons.index) == {*harmed, absent}
    assert reasons[harmed].str.contains("damaged").all()
    assert "has not arrived" in reasons[absent]
    assert len(list(tmp_path.iterdir())) == 3


def test_own_key_decrypts_what_central_cannot(central: Central, phone: Callable[..., Sender], tmp_path: Path) -> None:
    """From Central, from a pull, and from the folder alone; a wrong key is distinguished from damage."""
    keys = new_keys(PASSPHRASE)
    sender = phone(key=keys.public)
    sender.send("east", photo=b"JPEG" * 9, name="house.jpg")
    pulled = pull(central, "visit", tmp_path / "pulled")
    for source in (central, pulled, tmp_path / "pulled"):
        read = read_responses(source, household(), key=keys.private, passphrase=PASSPHRASE, media_to=tmp_path / "photos")
        assert_as_plain(read, sender.plain)
        assert not read.notes
        assert [path.read_bytes() for path in (tmp_path / "photos").rglob("*.jpg")] == [b"JPEG" * 9]
    stranger = new_keys(PASSPHRASE)
    read = read_responses(central, household(), key=stranger.private, passphrase=PASSPHRASE)
    assert len(read) == 0 and "another public key" in read.rejected["reason"].item()

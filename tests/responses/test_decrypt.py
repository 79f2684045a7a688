"""Encrypted submissions open with their key; damage and a wrong key give different errors."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from liuwen.errors import AnswerError, ReadError
from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.responses import read_responses
from liuwen.responses.from_submissions.decrypt import read_private_key

PHOTO = bytes(range(256)) * 9000
"""Over two megabytes, so that it is read in several pieces."""


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def encrypted(seal) -> Callable[..., dict[str, bytes]]:
    """All that a phone would send, by name."""

    def send(plain: bytes, key: rsa.RSAPrivateKey, media: dict[str, bytes]) -> dict[str, bytes]:
        envelope, files = seal(plain, key.public_key(), media)
        return {"submission.xml": envelope, **files}

    return send


@pytest.fixture(scope="module")
def sent(encrypted, key, submission) -> dict[str, bytes]:
    return encrypted(submission("<village>湖滨</village>"), key, {"a.jpg": PHOTO, "b.jpg": b""})


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)


def reason(files, visit, key) -> str:
    with use_language("en"):
        rejected = read_responses(files, visit, key=key).rejected
    assert len(rejected) == 1
    return rejected["reason"].iloc[0]


def test_answers_and_media_come_out_as_they_went_in(visit, key, sent, tmp_path: Path):
    """Tables as ever; attachments in a folder of the instance's own, and nothing else left behind."""
    responses = read_responses(sent, visit, key=key, media_to=tmp_path)
    assert responses.table["village"].to_dict() == {"uuid:1": "湖滨"}
    assert {file.name: file.read_bytes() for file in (tmp_path / "uuid_1").iterdir()} == {"a.jpg": PHOTO, "b.jpg": b""}
    assert [file.name for file in tmp_path.iterdir()] == ["uuid_1"]


def test_decrypted_files_open_by_their_question(key, encrypted, tmp_path: Path):
    """From `media_to`; without it nothing was decrypted, and the error says what to do."""
    form = b.build_form("visit", version="2", en="Roofs", languages=("en",), items=[b.image("roof", en="Roof?")])
    plain = b'<data id="visit" version="2"><roof>a.jpg</roof><meta><instanceID>uuid:1</instanceID></meta></data>'
    files = encrypted(plain, key, {"a.jpg": PHOTO})
    with read_responses(files, form, key=key, media_to=tmp_path).attachment("roof", "uuid:1") as file:
        assert file.read() == PHOTO
    with pytest.raises(AnswerError, match="media_to="):
        read_responses(files, form, key=key).attachment("roof", "uuid:1")
    (tmp_path / "b.jpg").write_bytes(b"of another")
    outside = encrypted(plain.replace(b"a.jpg", b"../b.jpg"), key, {"a.jpg": PHOTO})
    with pytest.raises(AnswerError, match="does not hold the file"):
        read_responses(outside, form, key=key, media_to=tmp_path).attachment("roof", "uuid:1")


def test_encrypted_submissions_without_a_key_are_reported(visit, sent):
    """Not broken: encrypted."""
    assert "encrypted" in reason(sent, visit, None)


def test_files_lie_where_a_pull_puts_them_too(visit, key, sent, tmp_path: Path):
    """A folder a submission, beside the folder of the submissions."""
    (tmp_path / "submissions").mkdir()
    files = tmp_path / "attachments" / "uuid%3A1"
    files.mkdir(parents=True)
    (tmp_path / "submissions" / "uuid%3A1.xml").write_bytes(sent["submission.xml"])
    for name in sent.keys() - {"submission.xml"}:
        (files / name).write_bytes(sent[name])
    responses = read_responses(tmp_path, visit, key=key)
    assert responses.table["village"].tolist() == ["湖滨"] and responses.notes == ()


@pytest.mark.parametrize("name", ["a.jpg.enc", "b.jpg.enc", "submission.xml.enc"])
@pytest.mark.parametrize("place", [0, 3, -1])
def test_one_flipped_bit_is_damage(visit, key, sent, name, place):
    """In any file, wherever it stands."""
    assert "damaged" in reason({**sent, name: flipped(sent[name], place)}, visit, key)


def test_no_media_are_kept_of_what_is_damaged(visit, key, sent, tmp_path: Path):
    """Not even those that came whole."""
    damaged = {**sent, "submission.xml.enc": flipped(sent["submission.xml.enc"], 5)}
    assert len(read_responses(damaged, visit, key=key, media_to=tmp_path)) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("element", [b"base64EncryptedKey", b"base64EncryptedElementSignature"])
def test_a_damaged_envelope_is_damage_too(visit, key, sent, element):
    """One of the two wrapped parts still opens, so that the key is the right one."""
    envelope = sent["submission.xml"]
    start = envelope.index(b"<" + element + b">") + len(element) + 2
    changed = b"A" if envelope[start : start + 1] != b"A" else b"B"
    assert "damaged" in reason({**sent, "submission.xml": envelope[:start] + changed + envelope[start + 1 :]}, visit, key)


def test_another_key_is_not_damage(visit, sent):
    """The right file with the wrong key."""
    assert "another public key" in reason(sent, visit, rsa.generate_private_key(65537, 2048))


def test_missing_media_leave_the_answers_readable(visit, key, sent):
    """They are read, with a note that damage cannot be detected."""
    responses = read_responses({name: data for name, data in sent.items() if name != "a.jpg.enc"}, visit, key=key)
    assert len(responses) == 1
    assert any("signature" in note.en for note in responses.notes)
    assert "is missing" in reason({"submission.xml": sent["submission.xml"]}, visit, key)


def test_an_attachment_that_points_elsewhere_is_not_read(encrypted, visit, key, submission):
    """Nor written."""
    assert "points to another folder" in reason(encrypted(submission(""), key, {"../../a": b"x"}), visit, key)


def test_an_instance_that_is_called_like_the_folder_above_stays_in_its_own(seal, visit, key, submission, tmp_path: Path):
    """Anybody can encrypt to the public key, and call an instance what he likes."""
    plain = submission("<village>湖滨</village>", "..")
    envelope, files = seal(plain, key.public_key(), {"a.jpg": b"x"}, instance_id="..")
    files["submission.xml"] = envelope
    assert len(read_responses(files, visit, key=key, media_to=tmp_path / "media")) == 1
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("a.jpg")] == ["media/_../a.jpg"]


def test_a_submission_that_was_swapped_is_refused(encrypted, visit, key, submission):
    """What is inside must be the instance that is named outside."""
    assert "another submission" in reason(encrypted(submission("", "uuid:2"), key, {}), visit, key)


def test_keys_come_as_files_bytes_or_with_a_passphrase(key, tmp_path: Path):
    """PEM of either kind; anything else gives one clear error."""
    pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    plain = key.private_bytes(*pkcs8, serialization.NoEncryption())
    locked = key.private_bytes(*pkcs8, serialization.BestAvailableEncryption(b"door to door"))
    (tmp_path / "key.pem").write_bytes(locked)
    numbers = key.private_numbers()
    assert read_private_key(plain).private_numbers() == numbers
    assert read_private_key(tmp_path / "key.pem", "door to door").private_numbers() == numbers
    elliptic = ec.generate_private_key(ec.SECP256R1()).private_bytes(*pkcs8, serialization.NoEncryption())
    for source, passphrase in (
        (locked, None),
        (locked, "wrong"),
        (b"no key", None),
        (elliptic, None),
        (tmp_path / "none.pem", None),
    ):
        with pytest.raises(ReadError):
            read_private_key(source, passphrase)


@pytest.mark.parametrize(("name", "said"), [("encrypted-form", "Guillermo"), ("encrypted-form-media", "My name")])
def test_submissions_encrypted_by_collect_are_read(corpus: Path, tmp_path: Path, name, said):
    """Two submissions of ODK Collect's, media included; their signatures hold, and a flipped byte shows."""
    source = corpus / "submissions" / "briefcase-export"
    for file in source.glob(f"{name}-*.enc"):
        if name != "encrypted-form" or "media" not in file.name:
            (tmp_path / file.name.removeprefix(f"{name}-")).write_bytes(file.read_bytes())
    (tmp_path / "submission.xml").write_bytes((source / f"{name}-submission.xml").read_bytes())
    form = b.build_form(name, version="1", en="Name", languages=("en",), items=[b.text("name", en="Your name")])
    responses = read_responses(tmp_path, form, key=source / f"{name}-key.pem", media_to=tmp_path / "out")
    assert responses.table["name"].tolist() == [said]
    assert responses.notes == () or not any("signature" in note.en for note in responses.notes)
    photos = [file.read_bytes() for file in sorted((tmp_path / "out").rglob("*.jpg"))]
    assert [photo[:4] for photo in photos] == [b"\xff\xd8\xff\xe1"] * len(photos)
    assert len(photos) == (2 if "media" in name else 0)
    damaged = next(iter(sorted(tmp_path.glob("*.enc"))))
    damaged.write_bytes(flipped(damaged.read_bytes(), 100))
    assert "damaged" in reason(tmp_path / "submission.xml", form, source / f"{name}-key.pem")


def test_decrypted_answers_are_not_kept_for_the_next_reading(visit, key, sent, tmp_path: Path):
    """A cache would keep readable what its owner keeps encrypted."""
    for _ in range(2):
        assert read_responses(sent, visit, key=key, cache=tmp_path).table["village"].tolist() == ["湖滨"]
    connection = sqlite3.connect(tmp_path / "answers.sqlite")
    assert connection.execute("SELECT count(*) FROM packs").fetchone() == (0,)
    connection.close()

"""Encrypted forms: key pairs, and forms that tell phones to encrypt."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from liuwen.engine import validate
from liuwen.errors import FormError, ReadError, StoreError
from liuwen.form.builder import build_form, text
from liuwen.openrosa import new_keys
from liuwen.responses.from_submissions.decrypt import read_private_key
from liuwen.store import Store
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]
PASSPHRASE = "six questions, one answer"


def test_the_private_key_opens_only_with_its_passphrase() -> None:
    """The private key decrypts what was encrypted with the public key."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    keys = new_keys(PASSPHRASE)
    public = serialization.load_der_public_key(base64.b64decode(keys.public))
    assert isinstance(public, rsa.RSAPublicKey)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    wrapped = public.encrypt(b"32 bytes of an AES key, or nearly", oaep)
    assert read_private_key(keys.private, PASSPHRASE).decrypt(wrapped, oaep) == b"32 bytes of an AES key, or nearly"
    with pytest.raises(ReadError, match="wrong or missing"):
        read_private_key(keys.private, "another passphrase")
    with pytest.raises(StoreError, match="passphrase"):
        new_keys("too short")
    assert new_keys("ten things").public


def test_a_notebook_that_shows_a_pair_keeps_the_public_key_only() -> None:
    """The last value of a cell is saved with the notebook."""
    keys = new_keys(PASSPHRASE)
    assert keys.public in repr(keys) and "PRIVATE" not in repr(keys)


def test_keys_are_written_once(tmp_path: Path) -> None:
    """The private key is readable only by its owner; existing files are never overwritten."""
    keys = new_keys(PASSPHRASE)
    path = keys.write(tmp_path / "town.key")
    assert path.stat().st_mode & 0o077 == 0
    assert "PUBLIC" in (tmp_path / "town.key.pub").read_text()
    with pytest.raises(StoreError, match="not overwritten"):
        new_keys(PASSPHRASE).write(path)
    assert path.read_bytes() == keys.private


@pytest.mark.parametrize("as_given", ["pem", "base64", "bytes"])
def test_a_form_published_with_a_key_tells_phones_to_encrypt(tmp_path: Path, as_given: str) -> None:
    """`<submission>` has `base64RsaPublicKey`, in a form that ODK Validate accepts."""
    keys = new_keys(PASSPHRASE)
    pem = keys.write(tmp_path / "k").with_name("k.pub").read_text()
    key = {"pem": pem, "base64": keys.public, "bytes": pem.encode()}[as_given]
    form = build_form("visit", en="Visit", languages=("en",), version="1", items=[text("village", en="Which village?")])
    store = Store(tmp_path / "town")
    published = store.publish(form, key=key)
    xml = keeping_of(store).form_xml(published.number)
    (submission,) = etree.fromstring(xml).iter("{http://www.w3.org/2002/xforms}submission")
    assert submission.get("base64RsaPublicKey") == keys.public
    if as_given == "pem":
        verdict = validate(xml.decode(), {})
        assert not verdict.errors


def test_encrypting_a_published_version_needs_a_new_version(store: Store, visit_form: Make) -> None:
    """Otherwise phones would go on using the unencrypted form."""
    with pytest.raises(FormError, match="already published"):
        store.publish(visit_form(), key=new_keys(PASSPHRASE).public)


@pytest.mark.parametrize("key", ["", "not a key", b"\xff", "private", "elliptic"])
def test_invalid_public_keys_are_refused(store: Store, visit_form: Make, key: str | bytes) -> None:
    """Encrypted answers could never be read; above all, a private key must not be published."""
    given = new_keys(PASSPHRASE).private if key == "private" else _elliptic_key() if key == "elliptic" else key
    with pytest.raises(StoreError, match="public key"):
        store.publish(visit_form(version="2"), key=given)
    assert [form.version for form in store.forms()] == ["1"]


def _elliptic_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_encrypted_submission_is_stored_unchanged(store: Store, visit_form: Make) -> None:
    """The store neither can nor needs to read it."""
    store.publish(visit_form(version="2"), key=new_keys(PASSPHRASE).public)
    sent = (
        b'<data id="visit" version="2" encrypted="yes" xmlns="http://opendatakit.org/submissions">'
        b"<base64EncryptedKey>x</base64EncryptedKey><meta xmlns='http://openrosa.org/xforms'><instanceID>uuid:e</instanceID></meta>"
        b"<encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    store.receive(sent, {"submission.xml.enc": b"secret"})
    (kept,) = store.submissions()
    assert (kept.xml, kept.instance_id) == (sent, "uuid:e")
    assert store.attachments("visit", "uuid:e")["submission.xml.enc"].read_bytes() == b"secret"


def test_encrypted_submissions_are_read_with_the_key(tmp_path: Path, corpus: Path) -> None:
    """The store returns the ciphertext and its files; photos are decrypted on request."""
    folder = corpus / "submissions" / "briefcase-export"
    store = Store(tmp_path / "town")
    published = store.publish(folder / "encrypted-form-media.xml")
    sent = (folder / "encrypted-form-media-submission.xml").read_bytes()
    names = ["1538040007350.jpg.enc", "1538040019351.jpg.enc"]
    files = {name: (folder / f"encrypted-form-media-{name}").read_bytes() for name in names}
    files["submission.xml.enc"] = (folder / "encrypted-form-media-submission.xml.enc").read_bytes()
    store.receive(sent, files)
    responses = store.responses(published.form_id, key=folder / "encrypted-form-media-key.pem", media_to=tmp_path / "photos")
    assert len(responses.table) == 1, responses.rejected
    photos = sorted(path.name for path in (tmp_path / "photos").rglob("*.jpg"))
    assert photos == ["1538040007350.jpg", "1538040019351.jpg"]
    store.close()

"""Authentication: expiring tokens, Digest with request counts, Basic only over https."""

import base64
import hashlib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa.digest import LIFETIME, Nonces, is_answer, read_fields
from liuwen.server import Server, serve
from liuwen.store import Credentials, Store
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]


def test_digest_of_the_standards_example() -> None:
    """The example in RFC 2617, section 3.5."""
    header = (
        'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", '
        'uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1"'
    )
    secret = hashlib.md5(b"Mufasa:testrealm@host.com:Circle Of Life").hexdigest()
    fields = read_fields(header)
    assert is_answer(fields, secret, "GET", "/dir/index.html")
    assert not is_answer(fields, secret, "POST", "/dir/index.html")
    assert not is_answer(fields, secret, "GET", "/dir/other.html")
    assert not is_answer({**fields, "qop": "auth-int"}, secret, "GET", "/dir/index.html")


def test_nonce_accepts_each_request_count_once() -> None:
    """Counts may arrive out of order but not twice; unknown and expired nonces are refused."""
    now = [0.0]
    nonces = Nonces(clock=lambda: now[0])
    nonce = nonces.issue()
    assert [nonces.use(nonce, count) for count in (1, 3, 2, 3)] == [True, True, True, False]
    assert not nonces.use("made up", 1)
    now[0] = LIFETIME + 1
    assert not nonces.use(nonce, 9)


def test_signing_in_with_digest(server: Server, who: Credentials, visit: Make) -> None:
    """The app is challenged once, and increments the count from there."""
    with Phone(server.url, username=who.username, password=who.password) as phone:
        assert [form.form_id for form in phone.form_list()] == ["visit"]
        phone.fetch(phone.form_list()[0])
        phone.send(visit())
    assert [submission.collector for submission in server.store.submissions()] == ["wang"]


def test_a_wrong_password_is_refused(server: Server, who: Credentials) -> None:
    """401, and the app asks its user."""
    for username, password in ((who.username, "wrong"), ("nobody", who.password)):
        with Phone(server.url, username=username, password=password) as phone, pytest.raises(PhoneError) as refused:
            phone.form_list()
        assert refused.value.status == 401


def test_a_replayed_request_is_refused(server: Server, who: Credentials) -> None:
    """A recorded request cannot be repeated: 401, stale."""
    with Phone(server.url, username=who.username, password=who.password) as phone:
        phone.form_list()
        overheard = {"Authorization": phone._line._authorization("GET", "/formList?deviceID=collect%3Aphone")}
    with Phone(server.url) as other:
        answers = [other.request("GET", f"{server.url}/formList", headers=overheard) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 401]
    assert "stale=true" in answers[1].headers["www-authenticate"]


def test_basic_is_refused_on_plain_http(server: Server, who: Credentials) -> None:
    """Others on the Wi-Fi could read the password."""
    given = base64.b64encode(f"{who.username}:{who.password}".encode()).decode()
    with Phone(server.url) as phone:
        assert phone.request("GET", f"{server.url}/formList", headers={"Authorization": f"Basic {given}"}).status == 401


def test_revoked_and_expired_collectors_are_shut_out(server: Server, who: Credentials, phone: Phone) -> None:
    """At once, while the server runs; other collectors are not affected."""
    store = server.store
    past = store.add_collector("past", expires=datetime.now(UTC) - timedelta(seconds=1))
    future = store.add_collector("future", expires=datetime.now(UTC) + timedelta(hours=1))
    short = store.add_token("future", expires=datetime.now(UTC) - timedelta(seconds=1))
    assert _status(server, past.token) == _status(server, short) == 403
    assert _status(server, future.token) == _status(server, who.token) == 200
    store.revoke_token(future.token)
    store.revoke("wang")
    assert _status(server, future.token) == _status(server, who.token) == 403
    with Phone(server.url, username=who.username, password=who.password) as signed, pytest.raises(PhoneError):
        signed.form_list()


def test_a_collector_sees_only_its_forms(server: Server, visit_form: Make, visit: Make) -> None:
    """In the list, by address, and in submissions: a token for another form gives no access."""
    store = server.store
    other = store.publish(visit_form(form_id="other"))
    only = store.add_collector("only", forms=["visit"])
    with Phone(f"{server.url}/key/{only.token}") as phone:
        assert [form.form_id for form in phone.form_list()] == ["visit"]
        for what in (".xml", "/manifest"):
            assert phone.request("GET", f"{phone.address}/forms/{other.number}{what}").status == 403
        with pytest.raises(PhoneError) as refused:
            phone.send(visit(form="other"))
        assert refused.value.status == 401
    assert list(store.submissions()) == []


def test_link_for_one_submission_accepts_one(server: Server, visit: Make) -> None:
    """The same submission again is accepted, another one is not."""
    link = server.store.add_link("visit", uses=1)
    with Phone(f"{server.url}/key/{link}") as phone:
        phone.send(visit("uuid:1"))
        phone.send(visit("uuid:1"))
        with pytest.raises(PhoneError, match="already been used") as refused:
            phone.send(visit("uuid:2"))
    assert refused.value.status == 403
    assert len(list(server.store.submissions())) == 1


def test_secrets_are_kept_only_as_hashes(store: Store, who: Credentials) -> None:
    """A copy of the store does not allow collecting under another name; notebooks do not show secrets."""
    link = store.add_token("wang")
    kept = b"".join(path.read_bytes() for path in store.folder.iterdir() if path.is_file())
    assert not any(secret.encode() in kept for secret in (who.token, who.password, link))
    assert who.token not in repr(who)


def test_collector_with_a_chinese_name_has_an_ascii_user_name(store: Store) -> None:
    """Digest has no agreed encoding for them."""
    assert store.add_collector("王村长").username == "collector1"
    with pytest.raises(StoreError, match="already"):
        store.add_collector("王村长")
    with pytest.raises(StoreError, match="no collector named"):
        store.revoke("李")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that only this test trusts."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    private, public = folder / "key.pem", folder / "certificate.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return public, private


def test_all_authentication_methods_work_over_tls(
    store: Store, who: Credentials, certificate: tuple[Path, Path], visit: Make
) -> None:
    """Token, Digest and Basic; addresses in the documents use https too."""
    public, private = certificate
    context = ssl.create_default_context(cafile=str(public))
    with serve(store, port=0, certificate=public, key=private) as server:
        assert server.url.startswith("https://")
        with Phone(f"{server.url}/key/{who.token}", context=context) as phone:
            assert phone.fetch(phone.form_list()[0])
            phone.send(visit())
        with Phone(server.url, username=who.username, password=who.password, context=context) as phone:
            assert phone.form_list()
        given = base64.b64encode(f"{who.username}:{who.password}".encode()).decode()
        with Phone(server.url, context=context) as phone:
            assert phone.request("GET", f"{server.url}/formList", headers={"Authorization": f"Basic {given}"}).status == 200


def test_malformed_basic_credentials_are_refused(store: Store, who: Credentials, certificate: tuple[Path, Path]) -> None:
    """Characters outside base64, and bytes that are not UTF-8."""
    public, private = certificate
    context = ssl.create_default_context(cafile=public)
    with serve(store, port=0, certificate=public, key=private) as server, Phone(server.url, context=context) as phone:
        for given in ("é", "====", base64.b64encode(b"\xff:\xff").decode()):
            answer = phone.request("GET", f"{server.url}/formList", headers={"Authorization": f"Basic {given}"})
            assert answer.status == 401


def test_a_private_key_without_its_certificate_is_refused(store: Store, tmp_path: Path) -> None:
    """Serving without TLS would not be what was requested."""
    with pytest.raises(StoreError, match="without a certificate"):
        serve(store, port=0, key=tmp_path / "key.pem")
    with serve(store, port=0):
        pass


def test_unreadable_certificate_is_an_error(store: Store, tmp_path: Path) -> None:
    """One clear sentence, and the store is unlocked."""
    with pytest.raises(StoreError, match="certificate"):
        serve(store, port=0, certificate=tmp_path / "nothing.pem", key=tmp_path / "nothing.pem")
    with serve(store, port=0):
        pass


def _status(server: Server, token: str) -> int:
    with Phone(f"{server.url}/key/{token}") as phone:
        return phone.request("GET", f"{phone.address}/formList").status

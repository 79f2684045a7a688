"""The store's own certificate authority: made once, for private addresses only, and trusted by whoever installs it."""

import ssl
import stat
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from liuwen.errors import StoreError
from liuwen.server import serve
from liuwen.server.authority import local_certificate
from liuwen.server.forwarded import last_forwarded
from liuwen.server.joining import root_at
from liuwen.store import Store

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def test_a_client_that_installed_the_root_trusts_the_server(store: Store, visit: Callable[..., bytes]) -> None:
    """Its address is https, the root can be fetched there, and a client without it refuses."""
    with serve(store, port=0, https=True) as server:
        assert server.url.startswith("https://127.0.0.1:") and server.own_certificate is not None
        told = root_at(f"{server.url}/key/abc", store.folder)
        assert told is not None and told.text == f"{server.url}/authority.crt"
        root = server.own_certificate.authority
        trusting = ssl.create_default_context(cafile=str(root))
        with urllib.request.urlopen(f"{server.url}/authority.crt", context=trusting, timeout=60) as got:
            assert got.read() == root.read_bytes()
            assert got.headers["content-type"] == "application/x-x509-ca-cert"
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(server.url, timeout=60)
    with serve(store, port=0) as server:
        assert requests.get(f"{server.url}/authority.crt", timeout=60).status_code == 404


def test_the_root_stays_and_the_certificate_follows_the_address(tmp_path: Path) -> None:
    """Phones install the root once; a new address or the end of its time gives a new certificate."""
    first = local_certificate(tmp_path, {"127.0.0.1", "192.168.1.5"}, NOW)
    root, certificate = first.authority.read_bytes(), first.certificate.read_bytes()
    same = local_certificate(tmp_path, {"127.0.0.1", "192.168.1.5"}, NOW + timedelta(days=300))
    assert same.certificate.read_bytes() == certificate
    moved = local_certificate(tmp_path, {"127.0.0.1", "10.0.0.9"}, NOW)
    assert moved.certificate.read_bytes() != certificate and moved.authority.read_bytes() == root
    late = NOW + timedelta(days=390)
    renewed = x509.load_pem_x509_certificate(local_certificate(tmp_path, {"127.0.0.1"}, late).certificate.read_bytes())
    assert renewed.not_valid_after_utc > late + timedelta(days=390)


def test_the_authority_vouches_for_private_addresses_only(tmp_path: Path) -> None:
    """A stolen key is no danger to the phone elsewhere; keys are readable by their owner alone."""
    made = local_certificate(tmp_path, {"127.0.0.1"}, NOW)
    root = x509.load_pem_x509_certificate(made.authority.read_bytes())
    allowed = root.extensions.get_extension_for_class(x509.NameConstraints)
    assert allowed.critical and allowed.value.permitted_subtrees is not None
    addresses = [str(each.value) for each in allowed.value.permitted_subtrees]
    assert set(addresses) == {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "localhost"}
    for key in (made.key, made.authority.with_suffix(".key")):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        load_pem_private_key(key.read_bytes(), None)
    assert stat.S_IMODE(made.key.parent.stat().st_mode) == 0o700


def test_damaged_files_are_a_sentence(tmp_path: Path) -> None:
    """Where, what, and what to do."""
    made = local_certificate(tmp_path, {"127.0.0.1"}, NOW)
    made.certificate.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match=r"Delete this folder|删掉这个文件夹"):
        local_certificate(tmp_path, {"127.0.0.1"}, NOW)


@pytest.mark.parametrize(
    "forwarded",
    [
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": 'for="[2001:db8::17]:4711";proto=https'},
        {"Forwarded": "for=1.2.3.4;proto=http, For=192.0.2.43;Proto=HTTPS;by=203.0.113.60"},
    ],
)
@pytest.mark.parametrize(("behind", "scheme"), [("127.0.0.1", "https"), ("", "http"), ("10.9.8.7", "http")])
def test_only_a_named_proxy_is_believed(store: Store, behind: str, scheme: str, forwarded: dict[str, str]) -> None:
    """Download addresses carry the scheme that the phone used; anybody else's header changes nothing."""
    token = store.add_collector("wang").token
    with serve(store, port=0, behind=behind) as server:
        headers = {"X-OpenRosa-Version": "1.0", "Host": "collect.town.test", **forwarded}
        listed = requests.get(f"{server.url}/key/{token}/formList", headers=headers, timeout=60).text
    assert f"<downloadUrl>{scheme}://collect.town.test/key/{token}/forms/" in listed


def test_other_parameters_and_empty_places_are_read_over() -> None:
    """As RFC 7239 allows them."""
    header = 'for=1.2.3.4,, For=192.0.2.43;;proto=https;x-trace_1="a,b;c";'
    assert last_forwarded(header) == {"for": "192.0.2.43", "proto": "https", "x-trace_1": "a,b;c"}


def test_no_code_for_a_root_that_is_not_served(store: Store) -> None:
    """A store that once had a certificate of its own, and now another's: its root has no address."""
    with serve(store, port=0, https=True) as server:
        own = server.own_certificate
    assert own is not None
    with serve(store, port=0, certificate=own.certificate, key=own.key) as server:
        assert root_at(server.address, store.folder) is None


@pytest.mark.parametrize(
    "header",
    ["for=1.2.3.4;proto=https;!!, for=192.0.2.43", 'for=1.2.3.4;by="open, for=192.0.2.43', "for=1.2.3.4 Xproto=https"],
)
def test_a_broken_forwarded_header_says_nothing(header: str) -> None:
    """Whoever asks cannot stop the reading before what the proxy adds."""
    assert last_forwarded(header) == {}


def test_a_missing_key_of_the_root_is_a_sentence(tmp_path: Path) -> None:
    """When a new certificate is due: phones would need a new root, so that is for the office to decide."""
    made = local_certificate(tmp_path, {"127.0.0.1"}, NOW)
    made.authority.with_suffix(".key").unlink()
    made.certificate.unlink()
    with pytest.raises(StoreError, match=r"Delete this folder|删掉这个文件夹"):
        local_certificate(tmp_path, {"127.0.0.1"}, NOW)


def test_a_key_without_its_certificate_is_refused(store: Store) -> None:
    """The same with https, where the key was ignored."""
    with pytest.raises(StoreError, match=r"without a certificate|没有给证书"):
        serve(store, port=0, https=True, key="town.key")

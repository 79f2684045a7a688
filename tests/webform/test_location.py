"""The position of a phone in a browser: with the store's own certificate it is found, on plain http the page says why not."""

import base64
import hashlib
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, sync_playwright

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Server]]:
    """A store that is served with its own certificate."""
    with Store(tmp_path_factory.mktemp("location") / "town") as store:
        store.publish(build_form("visit", version="1", zh="走访", en="Visit", items=[b.geopoint("place", zh="位置", en="Place")]))
        with serve(store, port=0, https=True) as server:
            yield store, server


@pytest.fixture(scope="module")
def browser(chromium: str, town: tuple[Store, Server]) -> Iterator[Browser]:
    """A browser that believes certificates which the store's own authority has signed, and no others."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", trusting(town[1])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*flags, "--host-resolver-rules=MAP town.test 127.0.0.1"]
        )
        yield browser
        browser.close()


def trusting(server: Server) -> str:
    """The flag with which Chromium believes what the root has signed."""
    assert server.own_certificate is not None
    root = x509.load_pem_x509_certificate(server.own_certificate.authority.read_bytes())
    key = root.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(key).digest()).decode()}"


def test_own_certificate_allows_a_position(town: tuple[Store, Server], phone: Page) -> None:
    """A phone that trusts the root allows a position, and it arrives with its accuracy."""
    store, server = town
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 30.5, "longitude": 120.25, "accuracy": 8.0})
    phone.goto(f"{server.link(store.add_link('visit')).address}/?lang=en")
    phone.get_by_role("button", name="Get location").click()
    phone.get_by_role("button", name="Save location").click()
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("Thank you!").wait_for()
    (sent,) = store.submissions()
    assert b"<place>30.5 120.25 0.0 8.0</place>" in sent.xml


def test_plain_http_page_explains_missing_position(town: tuple[Store, Server], phone: Page) -> None:
    """And what to do: the browser's own settings are not the reason."""
    store, _ = town
    with serve(store, port=0) as server:
        phone.goto(f"{server.link(store.add_link('visit')).address}/?lang=en".replace("127.0.0.1", "town.test"))
        phone.get_by_role("button", name="Get location").click()
        phone.get_by_text("not encrypted (http)").wait_for()

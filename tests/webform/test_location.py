"""The position of a phone in a browser: with the store's own certificate it is found, on plain http the page says why not."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, sync_playwright

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "town") as store:
        store.publish(build_form("visit", version="1", zh="走访", en="Visit", items=[b.geopoint("place", zh="位置", en="Place")]))
        yield store


def trusting(server: Server) -> str:
    """The flag with which Chromium believes certificates that the store's own authority has signed, and no others."""
    assert server.own_certificate is not None
    root = x509.load_pem_x509_certificate(server.own_certificate.authority.read_bytes())
    key = root.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(key).digest()).decode()}"


def test_own_certificate_allows_a_position(store: Store, chromium: str) -> None:
    """A phone that trusts the root allows a position, and it arrives with its accuracy."""
    with serve(store, port=0, https=True) as server, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", trusting(server)]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        here = {"latitude": 30.5, "longitude": 120.25, "accuracy": 8.0}
        page = browser.new_context(geolocation=here, permissions=["geolocation"]).new_page()  # type: ignore[arg-type]
        page.goto(f"{server.link(store.add_link('visit')).address}/?lang=en")
        page.get_by_role("button", name="Get location").click()
        page.get_by_role("button", name="Save location").click()
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Thank you!").wait_for()
        browser.close()
    (sent,) = store.submissions()
    assert b"<place>30.5 120.25 0.0 8.0</place>" in sent.xml


def test_plain_http_page_explains_missing_position(store: Store, phone: Page) -> None:
    """And what to do: the browser's own settings are not the reason."""
    with serve(store, port=0) as server:
        phone.goto(f"{server.link(store.add_link('visit')).address}/?lang=en".replace("127.0.0.1", "town.test"))
        phone.get_by_role("button", name="Get location").click()
        phone.get_by_text("not encrypted (http)").wait_for()

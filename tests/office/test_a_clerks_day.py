"""A clerk's day in a real browser: from adding a visitor to finding everything again after the folder was lost."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from liuwen.form import Form
from liuwen.office import open_office
from liuwen.server import serve
from liuwen.store import Store, restore_backup
from liuwen.testing.phone import Phone, PhoneError

Make = Callable[..., bytes]

UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a, img')].filter(one => {
    const picture = one.alt || one.querySelector('img')?.alt;
    return !(one.labels?.length || one.getAttribute('aria-label') || picture || one.textContent.trim());
}).map(one => one.outerHTML)"""
"""The controls and pictures of a page that a screen reader could not name."""


@pytest.fixture
def tab(chromium: str) -> Iterator[Page]:
    """A tab as wide as a desk's screen."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
        browser.close()


@pytest.mark.browser
@pytest.mark.slow
def test_from_adding_a_visitor_to_finding_everything_again(
    tab: Page, house: Form, house_xml: Make, photo: bytes, tmp_path: Path
) -> None:
    """Add a visitor, print the sheet, receive an interview with a photo, look at it, flag it, revoke the phone, back up, lose
    the folder, restore, find everything. The server stops only for restoring.
    """
    store = Store(tmp_path / "town")
    store.publish(house)
    with serve(store, port=0) as server, open_office(store, port=0) as office:
        tab.goto(office.entrance)
        with Phone(_add_visitor(tab, server.url)) as phone:
            phone.send(house_xml(0), {"p0.jpg": photo})
            _look_and_flag(tab)
            _revoke(tab)
            with pytest.raises(PhoneError):
                phone.send(house_xml(1), {"p1.jpg": photo})
        tab.get_by_role("link", name="Backup", exact=True).click()
        tab.get_by_label("Folder to back up to").fill(str(tmp_path / "usb"))
        tab.get_by_role("button", name="Back up now").click()
        expect(tab.get_by_role("status")).to_contain_text("The backup was made")
    store.close()
    shutil.rmtree(store.folder)
    restore_backup(tmp_path / "usb", tmp_path / "town")
    again = Store(tmp_path / "town")
    with serve(again, port=0), open_office(again, port=0) as office:
        tab.goto(office.entrance)
        tab.get_by_role("link", name="Answers", exact=True).click()
        expect(tab.locator("tbody")).to_contain_text("has issues")
        tab.locator("tbody a").first.click()
        expect(tab.locator(".history")).to_contain_text("the photo shows another house")
        assert tab.locator("figure img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
        tab.goto(f"{office.url}/collectors")
        expect(tab.get_by_role("row", name="王芳")).to_contain_text("revoked")
    again.close()


def _add_visitor(tab: Page, server: str) -> str:
    """Add a visitor and print the sheet; returns the address of the code."""
    tab.get_by_role("link", name="Collectors", exact=True).click()
    tab.get_by_label("Name", exact=True).fill("王芳")
    tab.get_by_role("button", name="Add", exact=True).click()
    address = re.search(re.escape(server) + r"/key/[A-Za-z0-9_-]{64}", tab.locator(".steps").inner_text())
    assert address is not None
    printed: Any = tab.request.get(tab.url + "/sheet?wifi=Town")
    assert printed.body()[:4] == b"%PDF"
    return address[0]


def _look_and_flag(tab: Page) -> None:
    tab.get_by_role("link", name="Today", exact=True).click()
    expect(tab.locator(".numbers")).to_contain_text("Received today\n1", use_inner_text=True)
    tab.get_by_role("link", name="Answers", exact=True).click()
    tab.locator("tbody a").first.click()
    expect(tab.locator(".answers")).to_contain_text("Zhao")
    assert tab.locator("figure img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    tab.get_by_label("has issues").check()
    tab.get_by_label("Comment").fill("the photo shows another house")
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("status")).to_contain_text("Saved")


def _revoke(tab: Page) -> None:
    tab.get_by_role("link", name="Collectors", exact=True).click()
    tab.get_by_role("button", name="Revoke: 王芳").click()
    expect(tab.get_by_role("status")).to_contain_text("Revoked")


@pytest.mark.browser
def test_every_page_fits_a_phone_and_names_its_controls(tab: Page, filled: Store) -> None:
    """At 420 px nothing is wider than the screen, the menu shows the page that is open, and a screen reader finds a name for
    every control, in both languages.
    """
    tab.set_viewport_size({"width": 420, "height": 800})
    with open_office(filled, port=0) as office:
        tab.goto(office.entrance)
        for path in ("/", "/answers", "/answers/1", "/figures?form=opinion", "/collectors", "/links", "/forms", "/downloads"):
            for language in ("zh", "en"):
                tab.goto(f"{office.url}{path}{'&' if '?' in path else '?'}lang={language}")
                assert tab.evaluate("document.documentElement.scrollWidth") <= 420, path
                assert tab.evaluate(UNNAMED) == [], path
                assert tab.locator("h1").count() == 1, path
                here = tab.locator("nav [aria-current]").bounding_box()
                assert here is not None and -1 < here["x"] < here["x"] + here["width"] < 421, path

"""The server's response is lost, or the network fails during the upload of photos: pressing Send again repairs it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(5_000_000)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[Store, Server]]:
    """A store with a form that records its end time, served on loopback."""
    items = [
        b.end(),
        b.text("village", zh="村", en="Village"),
        *(b.image(f"photo_{number}", zh=f"照片{number}", en=f"Photo {number}") for number in range(2)),
    ]
    store = Store(tmp_path / "town")
    store.publish(build_form("visit", version="1", zh="走访", en="Visit", items=items))
    with serve(store, port=0) as server:
        yield store, server
    store.close()


@pytest.fixture
def page(town: tuple[Store, Server], phone: Page) -> Page:
    """The form at a link for one answer, with the village filled in."""
    store, server = town
    phone.goto(f"{server.link(store.add_link('visit', uses=1)).address}/?lang=en")
    phone.get_by_label("Village").fill("Hubin")
    return phone


def send(page: Page, said: str) -> None:
    page.get_by_role("button", name="Send").click()
    page.get_by_text(said).first.wait_for()


def losing(page: Page, handle: Callable[[Route], None]) -> None:
    """Send while the network behaves as `handle` defines, and then wait until the clock has advanced."""
    page.route("**/submission?*", handle)
    with page.expect_event("requestfailed"):
        send(page, "cannot be reached")
    page.unroute("**/submission?*")
    page.wait_for_function("was => Date.now() > was", arg=page.evaluate("Date.now()"))


def lose_response(route: Route) -> None:
    """The server accepts the submission, and its response is lost."""
    route.fetch()
    route.abort()


def test_unchanged_answers_sent_again_are_the_same_submission(town: tuple[Store, Server], page: Page) -> None:
    """Also with a link for one answer, and though the end time is later now."""
    losing(page, lose_response)
    send(page, "Thank you!")
    assert [kept.root_id == kept.instance_id for kept in town[0].submissions(current=False)] == [True]


def test_answers_changed_meanwhile_replace_the_received_ones(town: tuple[Store, Server], phone: Page) -> None:
    """A user who believes that nothing was sent may change an answer, even twice."""
    store, server = town
    phone.goto(f"{server.link(store.add_link('visit')).address}/?lang=en")
    for village in ("Hubin", "Donghu"):
        phone.get_by_label("Village").fill(village)
        losing(phone, lose_response)
    phone.get_by_label("Village").fill("Beihu")
    send(phone, "Thank you!")
    assert [b"Beihu" in kept.xml for kept in store.submissions()] == [True]
    assert store.count() == 1


def test_partly_uploaded_photos_are_completed(town: tuple[Store, Server], page: Page) -> None:
    """The network fails after the first of two requests."""
    for number in range(2):
        chooser = page.locator("input[type=file]").nth(number)
        chooser.set_input_files([{"name": f"{number}.png", "mimeType": "image/png", "buffer": PHOTO + bytes([number])}])
        page.locator("img").nth(number).wait_for()
    told: list[str] = []

    def first_only(route: Route) -> None:
        told.append(route.request.url)
        route.continue_() if len(told) == 1 else route.abort()

    losing(page, first_only)
    send(page, "Thank you!")
    (kept,) = town[0].submissions()
    assert kept.complete
    assert sorted(path.stat().st_size for path in town[0].attachments("visit", kept.instance_id).values()) == [len(PHOTO) + 1] * 2

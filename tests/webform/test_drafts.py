"""Answers are kept in the browser, encrypted, until they are sent: over reloads, closed pages and a lost network."""

import re
from base64 import b64decode
from collections.abc import Iterator

import pytest
import segno
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHOTO = b64decode(segno.make("a photo").png_data_uri(scale=20).partition(",")[2])
STORED = """async () => {
  const database = await new Promise(done => (indexedDB.open("liuwen").onsuccess = ({target}) => done(target.result)));
  const all = await new Promise(done => (database.transaction("drafts").objectStore("drafts").getAll().onsuccess =
    ({target}) => done(target.result)));
  return all.map(each => JSON.stringify({...each, box: new TextDecoder("latin1").decode(each.box)}));
}"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Server]]:
    """A store with an interview and an anonymous survey, served on loopback."""
    member = b.repeat("member", zh="家庭成员", en="Member", items=[b.text("called", zh="称呼", en="Name")])
    items = [b.end(), b.text("village", zh="村", en="Village"), member, b.image("photo", zh="照片", en="Photo")]
    store = Store(tmp_path_factory.mktemp("drafts") / "town")
    store.publish(build_form("visit", version="1", zh="走访", en="Visit", items=items))
    opinion = b.text("opinion", zh="意见", en="Opinion")
    store.publish(build_form("survey", version="1", zh="测评", en="Survey", items=[opinion]), anonymous=True)
    with serve(store, port=0, language="en") as server:
        yield store, server
    store.close()


@pytest.fixture
def person(phone: Page) -> BrowserContext:
    """A browser on a phone; leaving a page and deleting answers are confirmed."""
    phone.context.on("dialog", lambda dialog: dialog.accept())
    return phone.context


def opened(person: BrowserContext, address: str) -> Page:
    page = person.new_page()
    page.goto(address)
    return page


def kept(page: Page, said: str = "kept on this device") -> None:
    """Wait until the first change of a page is in the browser's storage."""
    page.get_by_text(said).wait_for()


def keep_now(page: Page) -> None:
    """Store what is answered, as when the page is hidden; twice, because the first may wait behind an earlier state."""
    for _ in range(2):
        page.evaluate(f"""async () => {{
          const began = Date.now();
          document.body.dispatchEvent(new Event("input", {{ bubbles: true }}));
          dispatchEvent(new Event("pagehide"));
          const stored = {STORED};
          const isStored = async () => (await stored()).some(each => JSON.parse(each).moment >= began);
          while (!(await isStored())) await new Promise(done => setTimeout(done, 20));
        }}""")


def half_an_interview(page: Page) -> None:
    page.get_by_label("Village").fill("Hubin")
    page.get_by_label("Name").fill("Li")
    page.locator('input[type="file"]:not([capture])').set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PHOTO})
    page.locator("img[src^=blob]").wait_for()
    keep_now(page)


def has_half_an_interview(page: Page) -> None:
    expect(page.get_by_label("Village")).to_have_value("Hubin")
    expect(page.get_by_label("Name")).to_have_value("Li")
    page.locator("img[src^=blob]").wait_for()


def test_half_an_interview_survives_until_it_is_sent_once(town: tuple[Store, Server], person: BrowserContext) -> None:
    """Reloaded, closed, reopened, then the line is cut while sending, closed again, and reopened."""
    store, server = town
    address = f"{server.join(store.add_collector('sun')).address}/fill/visit?lang=en"
    page = opened(person, address)
    half_an_interview(page)
    page.reload()
    has_half_an_interview(page)
    page.close()
    page = opened(person, address)
    page.get_by_role("button", name="Continue").click()
    has_half_an_interview(page)

    def lose_response(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/submission*", lose_response)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("cannot be reached").wait_for()
    page.close()
    page = opened(person, address)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Thank you!").wait_for()
    (sent,) = store.submissions("visit", current=False)
    assert b"Hubin" in sent.xml and b"Li" in sent.xml
    assert [path.read_bytes() for path in store.attachments("visit", sent.instance_id).values()] == [PHOTO]
    number = page.get_by_text("Receipt number").locator("b").inner_text()
    assert sent.instance_id.startswith(f"uuid:{number}")
    assert page.evaluate(STORED) == []


def test_storage_of_a_lost_phone_tells_nothing(town: tuple[Store, Server], person: BrowserContext) -> None:
    """Another collector on the same phone gets nothing, a revoked code no key, and a new code of the same person everything."""
    store, server = town
    first, other = store.add_collector("zhao"), store.add_collector("qian")
    address = f"{server.join(first).address}/fill/visit?lang=en"
    page = opened(person, address)
    half_an_interview(page)
    stored = "".join(page.evaluate(STORED)) + page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    key = re.search(r'"key": "([0-9a-f]{64})"', page.content())
    assert key and "draft" in stored
    assert not any(said in stored for said in ("Hubin", "Li<", ".png", "visit", key[1], "key/"))
    page.goto(f"{server.join(other).address}/fill/visit?lang=en")
    expect(page.get_by_label("Village")).to_have_value("")
    store.revoke_token(first.token)
    page.goto(address)
    page.get_by_text("revoked").wait_for()
    assert key[1] not in page.content()
    page.close()
    page = opened(person, f"{server.join(store.add_token('zhao')).address}/fill/visit?lang=en")
    page.get_by_role("button", name="Continue").click()
    has_half_an_interview(page)


def test_anonymous_answers_end_with_the_page(town: tuple[Store, Server], person: BrowserContext) -> None:
    """A reload keeps them; whoever opens the form next on the same device does not find them."""
    store, server = town
    address = f"{server.link(store.add_link('survey')).address}/?lang=en"
    page = opened(person, address)
    page.get_by_label("Opinion").fill("The road")
    kept(page, "until this page is closed")
    page.reload()
    expect(page.get_by_label("Opinion")).to_have_value("The road")
    page.close()
    page = opened(person, address)
    expect(page.get_by_label("Opinion")).to_have_value("")
    assert page.evaluate(STORED) == []
    page.get_by_label("Opinion").fill("The well")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("there is no receipt number").wait_for()


def test_answers_are_deleted_on_request(town: tuple[Store, Server], person: BrowserContext) -> None:
    """In the form, and where they are offered; never offered is what is open in another tab. A full disk is not called kept."""
    store, server = town
    address = f"{server.link(store.add_link('visit', uses=1)).address}/?lang=en"
    page = opened(person, address)
    page.get_by_label("Village").fill("Hubin")
    kept(page)
    page.get_by_label("Village").press_sequentially(" town")  # a change that waits to be stored
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_label("Village")).to_have_value("")
    assert page.evaluate(STORED) == []
    page.get_by_label("Village").fill("Donghu")
    kept(page)
    second = opened(person, address)
    expect(second.get_by_label("Village")).to_have_value("")
    page.close()
    second.reload()
    second.get_by_role("button", name="Delete").click()
    expect(second.get_by_label("Village")).to_have_value("")
    assert second.evaluate(STORED) == []
    second.evaluate(
        "() => { window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw Error('full'); }; }"
    )
    second.get_by_label("Village").fill("Xihu")
    kept(second, "cannot keep answers")
    expect(second.get_by_text("kept on this device")).to_have_count(0)
    second.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    second.get_by_label("Village").fill("Beihu")
    kept(second)
    expect(second.get_by_text("cannot keep answers")).to_have_count(0)


def test_finished_answers_are_sent_when_the_line_is_back(town: tuple[Store, Server], person: BrowserContext) -> None:
    """Without another press; leaving before that asks first."""
    store, server = town
    page = opened(person, f"{server.link(store.add_link('visit', uses=1)).address}/?lang=en")
    page.get_by_label("Village").fill("Xihu")
    person.set_offline(True)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("cannot be reached").wait_for()
    asked: list[Dialog] = []
    person.on("dialog", lambda dialog: asked.append(dialog))  # noqa: PLW0108  # a method of a list cannot be a listener
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert [dialog.type for dialog in asked] == ["beforeunload"]
    person.set_offline(False)
    again = opened(person, page.url)
    again.get_by_role("button", name="Continue").click()
    again.get_by_text("Thank you!").wait_for()
    assert [b"Xihu" in sent.xml for sent in store.submissions("visit")][-1:] == [True]

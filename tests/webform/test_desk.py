"""A collector's home page in a real browser: submitting answers with a photo, and editing them afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture
def call() -> Form:
    """A form for telephone interviews."""
    items = [b.text("who", zh="哪一户？", en="Which household?"), b.image("letter", zh="来信照片", en="Photo of the letter")]
    settings = {"instance_name": "${who}"}
    return build_form(
        "call", zh="电话访谈", en="Telephone interview", title="电话访谈", version="1", items=items, settings=settings
    )


@pytest.fixture
def town(tmp_path: Path, call: Form) -> Iterator[tuple[Store, Server]]:
    store = Store(tmp_path / "town")
    store.publish(call)
    with serve(store, port=0, language="zh") as server:
        yield store, server
    store.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield page
    page.close()


def opened(page: Page, press: Callable[[], None]) -> Page:
    """The tab that opens after a click."""
    with page.expect_popup() as popup:
        press()
    return popup.value


def test_submit_and_edit_answers(town: tuple[Store, Server], desktop: Page) -> None:
    """The page lists submissions by instance name; an edit replaces the original and keeps the photo."""
    store, server = town
    desktop.goto(f"{server.url}/key/{store.add_collector('王芳').token}/")
    form = opened(desktop, desktop.get_by_role("link", name="填写").click)
    form.get_by_label("哪一户？").fill("湖滨 3 号")
    form.locator('input[type="file"]:not([capture])').set_input_files(
        {"name": "letter.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    form.get_by_role("button", name="提交").click()
    form.get_by_text("谢谢！").wait_for()

    desktop.reload()
    desktop.get_by_text("湖滨 3 号").wait_for()
    correcting = opened(desktop, desktop.get_by_text("修改").click)
    correcting.get_by_label("哪一户？").fill("湖滨 5 号")
    correcting.get_by_role("button", name="提交").click()
    correcting.get_by_text("可以关闭这个页面了").wait_for()

    first, second = store.submissions(current=False)
    assert (first.current, second.current, second.root_id) == (False, True, first.instance_id)
    assert store.responses("call").table["who"].tolist() == ["湖滨 5 号"]
    assert [path.read_bytes() for path in store.attachments("call", second.instance_id).values()] == [PHOTO]
    desktop.reload()
    assert desktop.get_by_text("修改").count() == 1 and desktop.get_by_text("湖滨 5 号").is_visible()


def test_link_for_one_answer_from_qr_code_to_thank_you(town: tuple[Store, Server], phone: Page, call: Form) -> None:
    """Neither sender, phone nor time is stored; the used link says so."""
    store, server = town
    store.publish(
        build_form("quiet", zh="不记名", en="Unnamed", version="1", items=[b.text("what", zh="说吧", en="Say")]), anonymous=True
    )
    address = server.link(store.add_link("quiet", uses=1)).address
    phone.goto(f"{address}/?lang=zh")
    phone.get_by_label("说吧").fill("修路")
    phone.get_by_role("button", name="提交").click()
    phone.get_by_text("可以关闭这个页面了").wait_for()
    (kept,) = store.submissions()
    assert (kept.collector, kept.device, kept.received.strftime("%H:%M:%S.%f")) == ("", "", "00:00:00.000000")
    phone.goto(f"{address}/?lang=zh")
    phone.get_by_text("此链接已经用过").wait_for()

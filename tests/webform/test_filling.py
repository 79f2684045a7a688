"""A person fills in the form on a phone, in a real browser; each test checks what the server received."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from liuwen.form import build_form
from liuwen.form import builder as b
from liuwen.form.formats.xform import to_xform
from liuwen.webform import Edit

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
EARLIER = b"""<data xmlns:jr="http://openrosa.org/javarosa" id="visit" version="1">
<village>liuwan</village><visitor>\xe7\x8e\x8b</visitor><member><called>\xe6\x9d\x8e</called><age>60</age></member>
<needs>road</needs><photo>house.png</photo><meta><instanceID>uuid:aaaaaaaa-0000-4000-8000-000000000001</instanceID></meta></data>"""


def answers(sent: Any) -> dict[str, list[str]]:
    """The answers in the received XML, by element name."""
    told: dict[str, list[str]] = {}
    for element in etree.fromstring(sent.parts["xml_submission_file"][1]).iter(etree.Element):
        if not len(element) and element.text:
            told.setdefault(etree.QName(element).localname, []).append(element.text)
    return told


def send(page: Page) -> None:
    page.get_by_role("button", name="提交").click()


def attach(page: Page, content: bytes, name: str = "house.png", nth: int = 0) -> None:
    inputs = page.locator('input[type="file"]:not([capture])')
    inputs.nth(nth).set_input_files({"name": name, "mimeType": "image/png", "buffer": content})


def type_age(page: Page, years: int, nth: int = 0) -> None:
    """Key by key, as the number field requires."""
    field = page.locator(".question-container", has_text="年龄").nth(nth).locator("input")
    field.clear()
    field.press_sequentially(str(years))


def wait_for_thanks(page: Page) -> None:
    page.get_by_text("谢谢！").wait_for()


def test_submission_from_a_phone_arrives_completely(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """List from a file, text, two members, several needs and a photo: every value and byte arrives."""
    phone.goto(desk.open(form_page()))
    phone.get_by_text("石桥村").click()
    phone.get_by_label("访问人").fill("王小明")
    phone.get_by_label("称呼").fill("李大爷")
    type_age(phone, 71)
    phone.get_by_role("button", name="添加").click()
    phone.get_by_label("称呼").nth(1).fill("小红")
    type_age(phone, 9, 1)
    phone.get_by_text("修路").click()
    phone.get_by_text("看病").click()
    attach(phone, PHOTO)
    send(phone)
    wait_for_thanks(phone)

    [sent] = desk.sent
    told = answers(sent)
    assert sent.headers["X-OpenRosa-Version"] == "1.0"
    assert told["village"] == ["shiqiao"]
    assert told["visitor"] == ["王小明"]
    assert told["called"] == ["李大爷", "小红"]
    assert told["age"] == ["71", "9"]
    assert told["needs"] == ["road clinic"]
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", told["instanceID"][0])
    [photo] = told["photo"]
    assert sent.parts[photo] == (photo, PHOTO)
    assert "deviceID" not in told


def test_page_makes_no_requests_to_other_servers(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """No font, script or picture is loaded from another server."""
    phone.goto(desk.open(form_page()))
    phone.get_by_text("柳湾村").click()
    send(phone)
    wait_for_thanks(phone)
    asked = phone.asked_of  # type: ignore[attr-defined]
    assert [address for address in asked if not address.startswith((desk.address, "blob:", "data:"))] == []


def test_page_works_over_plain_http(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """Browsers disable some features without TLS; the page does not need them."""
    phone.goto(desk.open(form_page()).replace("127.0.0.1", "town.test"))
    phone.get_by_text("柳湾村").click()
    assert phone.evaluate("isSecureContext") is False
    send(phone)
    wait_for_thanks(phone)
    [instance] = answers(desk.sent[0])["instanceID"]
    assert re.fullmatch(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", instance)


@pytest.mark.parametrize("policy", ["with its policy", "without it"])
def test_a_script_in_a_label_never_runs(browser: Browser, desk: Any, form_page: Callable[..., str], policy: str) -> None:
    """Both the page's policy and ODK Web Forms' own cleaning prevent it."""
    context = browser.new_context(bypass_csp=policy == "without it")
    page = context.new_page()
    page.goto(desk.open(form_page()))
    page.get_by_label("访问人").wait_for()
    page.evaluate("() => new Promise(done => requestIdleCallback(() => setTimeout(done)))")
    assert page.evaluate("window.attacked") is None
    assert page.locator('[onerror], main script, img[src="x"]').count() == 0
    context.close()


def test_validation_messages_are_in_the_language_of_the_page(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """A required question and a constraint prevent sending, in Chinese."""
    phone.goto(desk.open(form_page()))
    type_age(phone, 130)
    send(phone)
    phone.get_by_text("有 2 个问题需要修改。").wait_for()
    assert phone.get_by_text("此题必答。").is_visible()
    assert phone.get_by_text("年龄应在 0 到 119 岁之间。").is_visible()
    assert desk.sent == []


def test_first_invalid_question_is_scrolled_into_view(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """Even at the end of a long form: nobody has to search for it."""
    notes = [b.note(f"note_{number}", zh=f"说明{number}", en=f"Note {number}") for number in range(40)]
    last = b.text("last", zh="最后一题", en="The last", required=True)
    desk.gives["/form.xml"] = (
        "text/xml",
        to_xform(build_form("long", version="1", zh="长", en="Long", items=[*notes, last])).xml.encode(),
    )
    phone.goto(desk.open(form_page()))
    send(phone)
    expect(phone.locator(".highlight")).to_be_in_viewport()


def test_an_english_page_opens_the_form_in_english(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """Even if the form has another default language; the user may still change it."""
    phone.goto(desk.open(form_page(language="en")))
    phone.get_by_text("Which village?").wait_for()
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("1 question with error.").wait_for()
    assert phone.get_by_text("Please answer this question.").is_visible()


def test_refusal_is_shown_and_answers_are_kept(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """The page shows the server's message; pressing again sends the same submission."""
    desk.answers = lambda: (403, "此链接已停用")
    phone.goto(desk.open(form_page()))
    phone.get_by_text("柳湾村").click()
    phone.get_by_label("访问人").fill("王小明")
    send(phone)
    phone.get_by_text("此链接已停用").wait_for()
    assert phone.get_by_label("访问人").input_value() == "王小明"
    desk.answers = lambda: (201, "ok")
    send(phone)
    wait_for_thanks(phone)
    assert phone.get_by_text("此链接已停用").count() == 0
    assert answers(desk.sent[0]) == answers(desk.sent[1])


def test_answers_are_sent_by_themselves_when_the_network_is_back(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """Without Wi-Fi, the answers stay on the page; nobody has to press again."""
    phone.goto(desk.open(form_page()))
    phone.get_by_text("柳湾村").click()
    phone.context.set_offline(True)
    send(phone)
    phone.get_by_text("连不上服务器").wait_for()
    phone.context.set_offline(False)
    wait_for_thanks(phone)
    assert answers(desk.sent[0])["village"] == ["liuwan"]


def test_another_visit_starts_blank(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """An empty form with a new instance ID."""
    phone.goto(desk.open(form_page()))
    for village in ("柳湾村", "石桥村"):
        phone.get_by_text(village).click()
        send(phone)
        wait_for_thanks(phone)
        phone.get_by_role("button", name="再填一份").click()
    phone.get_by_text("您在哪个村").wait_for()
    first, second = (answers(sent) for sent in desk.sent)
    assert (first["village"], second["village"]) == (["liuwan"], ["shiqiao"])
    assert first["instanceID"] != second["instanceID"]


def test_one_time_page_offers_no_second_submission(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """After submitting a one-time survey, the page only says thank you."""
    phone.goto(desk.open(form_page(once=True)))
    phone.get_by_text("柳湾村").click()
    send(phone)
    wait_for_thanks(phone)
    assert phone.get_by_role("button").count() == 0
    assert phone.get_by_text("可以关闭这个页面了").is_visible()


def test_edit_replaces_its_original(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """The earlier answers and photo are loaded; the edit names the version that it replaces."""
    desk.gives |= {"/earlier.xml": ("text/xml", EARLIER), "/earlier/house.png": ("image/png", PHOTO)}
    phone.goto(desk.open(form_page(edit=Edit("/earlier.xml", {"house.png": "/earlier/house.png"}))))
    assert phone.get_by_label("称呼").input_value() == "李"
    type_age(phone, 61)
    send(phone)
    wait_for_thanks(phone)
    [sent] = desk.sent
    told = answers(sent)
    assert told["deprecatedID"] == ["uuid:aaaaaaaa-0000-4000-8000-000000000001"]
    assert told["instanceID"] != told["deprecatedID"]
    assert (told["visitor"], told["age"], told["photo"]) == (["王"], ["61"], ["house.png"])
    assert sent.parts["house.png"] == ("house.png", PHOTO)


def test_large_photos_are_split_over_several_posts(desk: Any, phone: Page, form_page: Callable[..., str]) -> None:
    """Large uploads are split, with the XML in each part, all but the last marked incomplete."""
    photos = [b.image(f"photo_{number}", zh=f"照片{number}", en=f"Photo {number}") for number in range(2)]
    desk.gives["/form.xml"] = (
        "text/xml",
        to_xform(build_form("photos", version="1", zh="照片", en="Photos", items=photos)).xml.encode(),
    )
    phone.goto(desk.open(form_page()))
    phone.get_by_text("照片0").wait_for()
    for number in range(2):
        attach(phone, PHOTO + bytes([number]) * 5_000_000, f"{number}.png", number)
    send(phone)
    wait_for_thanks(phone)
    first, second = desk.sent
    assert first.parts["*isIncomplete*"][1] == b"yes"
    assert "*isIncomplete*" not in second.parts
    assert answers(first) == answers(second)
    assert [len(sent.parts) for sent in desk.sent] == [3, 2]

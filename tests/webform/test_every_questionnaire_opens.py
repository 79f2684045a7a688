"""Every questionnaire opens on a phone of 390 pixels: its first page is there, in its language, and no error was thrown."""

import pytest
from playwright.sync_api import Browser, Page

from liuwen.form import Form
from liuwen.form.formats.xform import to_xform
from liuwen.questionnaires.published import published
from liuwen.webform import bundle_name, page

pytestmark = pytest.mark.browser

NARROW = {"width": 390, "height": 844}


def opened(desk, phone: Page, form: Form) -> list[str]:
    """What is wrong with the first page of a form, once it is there."""
    faults: list[str] = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    desk.gives[f"/{form.id}.xml"] = ("text/xml", to_xform(form).xml.encode())
    desk.gives |= {f"/{file}": ("text/csv", content) for file, content in form.media.items()}
    media = {file: f"/{file}" for file in form.media}
    html = page(form.title, form=f"/{form.id}.xml", submit="/submission", bundle=f"/{bundle_name()}", media=media)
    phone.goto(desk.open(html))
    phone.locator(".question-container").first.wait_for()
    first = next(each for each in form.questions if each.is_asked).label("zh")
    if first.split("${")[0][:12] not in phone.locator("body").inner_text():
        faults.append(f"{first} is not shown")
    if phone.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
        faults.append("wider than the phone")
    return faults


def test_every_form_opens_at_its_first_page(desk, browser: Browser) -> None:
    """The first question is seen, nothing is wider than the phone, and there is no error; one browser shows all forms in turn."""
    context = browser.new_context(viewport=NARROW, is_mobile=True, has_touch=True)
    forms, found = published(), {}
    for each in forms:
        phone = context.new_page()
        found[each.form.id] = opened(desk, phone, each.form)
        phone.close()
    context.close()
    assert len(found) == len(forms)
    assert {name: faults for name, faults in found.items() if faults} == {}

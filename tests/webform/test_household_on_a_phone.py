"""End to end: a link opened on a phone, the household interview filled in in Chinese, and its answers in the store."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from liuwen.questionnaires import household_interview
from liuwen.questionnaires.town import made_up_town
from liuwen.server import Server, serve
from liuwen.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.browser]

YEAR = date.today().year
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400
UNANSWERED = """() => [...document.querySelectorAll('.question-container')].filter(question =>
  question.querySelector('label.required') && !question.querySelector('input:checked') &&
  [...question.querySelectorAll('input[type=text], textarea')].every(input => !input.value) &&
  !question.querySelector('.dropdown .p-select-label')?.textContent.trim()).map(question => question.id)"""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[Store, Server]]:
    """A store with the household interview, served on loopback."""
    store = Store(tmp_path / "town")
    store.publish(household_interview(villages=made_up_town(6)))
    with serve(store, port=0, language="zh") as server:
        yield store, server


def question(page: Page, label: str, nth: int = 0) -> Locator:
    return page.locator(".question-container", has_text=label).nth(nth)


def choose(page: Page, label: str, option: str, nth: int = 0) -> None:
    asked = question(page, label, nth)
    if asked.locator(".dropdown").count():
        asked.locator(".dropdown").click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        asked.get_by_text(option, exact=True).click()


def write(page: Page, label: str, text: str, nth: int = 0) -> None:
    """Key by key, as number fields require."""
    question(page, label, nth).locator("input, textarea").first.press_sequentially(text)


def answer_the_rest(page: Page) -> None:
    """Answer every required blank question with its first choice, until none is left."""
    while blank := page.evaluate(UNANSWERED):
        for name in blank:
            asked = page.locator(f'[id="{name}"]')
            if asked.locator("input[type=radio], input[type=checkbox]").count():
                asked.locator("input[type=radio], input[type=checkbox]").first.evaluate("input => input.click()")
            elif asked.locator(".dropdown").count():
                asked.locator(".dropdown").click()
                page.get_by_role("option").first.click()
            elif asked.count():
                asked.locator("input, textarea").first.fill("无")


def test_interview_on_a_phone_is_in_the_store(town: tuple[Store, Server], phone: Page) -> None:
    """Two members, needs, two matters and a photo: values and links are correct, and no visitor is stored with the appraisal."""
    store, server = town
    token = store.add_collector("王小明").token
    phone.goto(f"{server.url}/key/{token}/fill/household_interview?lang=zh")
    write(phone, "走访人姓名", "王小明")
    village = phone.locator(".question-container", has_text="在哪个村").locator("label.value-option").nth(2)
    village_said = village.inner_text()
    village.click()
    write(phone, "哪一户", "0312")
    choose(phone, "这次走访，家里有没有人", "有满18岁、能回答的人在家")
    choose(phone, "您愿意跟我聊一聊吗", "愿意")
    write(phone, "从您说起", "2")
    choose(phone, "下面问家里每个人的年纪", "愿意")
    members = [("您", "户主", "男", YEAR - 71), ("孙女", "孙辈", "女", YEAR - 9)]
    for nth, (called, relation, sex, born) in enumerate(members):
        write(phone, f"第{nth + 1}口人怎么称呼", called)
        choose(phone, f"{called}是户主本人", relation)
        choose(phone, f"{called}的性别", sex)
        write(phone, f"{called}是哪一年生的", str(born))
        write(phone, f"{called}在家住了几个月", "12")
    write(phone, "户口不在本村的有几口", "0")
    needs = question(phone, "您家过日子，现在有哪些困难")
    for nth in (0, 2):
        needs.locator("label.value-option").nth(nth).click()
    choose(phone, "希望村里或政府帮着解决", "没有")
    write(phone, "要办的具体事情", "2")
    write(phone, "一句话说是什么事", "村口的路灯坏了")
    photo = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    phone.locator('input[type="file"]:not([capture])').first.set_input_files(photo)
    write(phone, "一句话说是什么事", "水渠要修", 1)
    answer_the_rest(phone)
    phone.get_by_role("button", name="提交").click()
    phone.get_by_text("您的回答已经收到").wait_for()

    responses = store.responses("household_interview")
    assert responses.rejected.empty
    [row] = [row for _, row in responses.table.iterrows()]
    assert (row["visitor"], row["household"], row["member_count"]) == ("王小明", "0312", 2)
    assert row["visit_date"].date() == date.today()
    assert responses.labelled("zh").iloc[0].astype(str).str.contains(village_said).any()
    assert len(row["needs"].split()) == 2
    assert responses["member"]["member_age"].astype(float).tolist() == [71, 9]
    assert set(responses["member"]["parent_key"]) == {row.name}
    matters = responses["matter"]
    assert matters["matter_title"].tolist() == ["村口的路灯坏了", "水渠要修"]
    assert store.attachments("household_interview", str(row.name))[matters["matter_photo"].iloc[0]].read_bytes() == PHOTO
    assert "visitor" not in responses["appraisal"]

"""One file with everything in it, that works without a network, and without scripts."""

import json
import re

import pytest

from liuwen.charts import page


@pytest.fixture(scope="module")
def written(town, tmp_path_factory):
    return page(town, tmp_path_factory.mktemp("page") / "needs.html", language="zh")


def test_stands_alone(written):
    """Nothing to fetch, and not large."""
    text = written.read_text(encoding="utf-8")
    assert not re.search(r"https?://|<link|src=", text)
    assert len(text) < 300_000


def test_holds_all_households_each_kind_and_month_and_other_questions(written):
    """A view each, all but the first out of sight: two kinds, two months, one more question."""
    text = written.read_text(encoding="utf-8")
    assert text.count('<article data-view="0">') == 1
    assert text.count(" hidden>") == 2 + 2 + 1


@pytest.fixture
def tab(chromium, written):
    """The page in a browser, at the width of a phone."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 420, "height": 800})
        failures = []
        tab.on("pageerror", lambda failure: failures.append(str(failure)))
        tab.goto(written.as_uri())
        yield tab
        browser.close()
    assert not failures


@pytest.mark.browser
def test_speaks_the_other_language_at_a_press(tab):
    """Everything in sight is then English."""
    assert tab.locator("h2").first.is_visible()
    assert tab.get_by_text("排序：").first.is_visible()
    tab.get_by_role("button", name="English").click()
    assert not tab.get_by_text("排序：").first.is_visible()
    assert tab.get_by_text("By rank:").first.is_visible()
    assert tab.evaluate("document.documentElement.lang") == "en"


@pytest.mark.browser
def test_shows_one_place_and_puts_its_needs_in_order(tab):
    """Its column beside the whole, its ranking, and both in the file to take away."""
    tab.get_by_role("button", name="English").click()
    tab.get_by_label("Which place").select_option("east")
    heads = tab.locator("article:not([hidden]) thead th:visible")
    assert heads.count() == 3
    assert "East" in tab.locator("article:not([hidden]) [data-ranked]").inner_text()
    lines = tab.evaluate("figures()").splitlines()
    assert json.loads(f"[{lines[0].removeprefix(chr(0xFEFF))}]")[0] == "place"
    assert {json.loads(f"[{line}]")[0] for line in lines[1:]} == {"All", "East"}


@pytest.mark.browser
def test_shows_one_kind_of_household(tab):
    """Another base."""
    before = tab.locator("article:not([hidden]) .lw-base b:visible").inner_text()
    tab.get_by_label("哪些住户").select_option("poor")
    assert int(tab.locator("article:not([hidden]) .lw-base b:visible").inner_text()) < int(before)


@pytest.mark.browser
def test_a_phone_can_read_it(tab):
    """The page is no wider than the screen; the table scrolls inside it."""
    assert tab.evaluate("document.documentElement.scrollWidth") <= 420


@pytest.mark.browser
def test_a_screen_shows_all_villages_of_a_town(tab):
    """Twelve columns in English, whole, the ranking beside them or below."""
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.get_by_role("button", name="English").click()
    tab.evaluate(
        "document.querySelectorAll('.lw-heat tr').forEach(row => { const villages = [...row.children].slice(-4);"
        "for (const _ of [1, 2]) row.append(...villages.map(cell => cell.cloneNode(true))); })"
    )
    tab.evaluate("document.querySelectorAll('.lw-heat thead th').forEach(head => head.prepend('Changtang '))")
    table = tab.locator("article:not([hidden]) .lw-heat .lw-scroll").first
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.browser
def test_the_order_and_the_table_tell_the_same_figures(tab):
    """43.46 % is 43 in both, though the page's data hold 43.5."""
    tab.evaluate(
        "cell => { cell.dataset.s = '43.5'; cell.dataset.l = '38'; cell.dataset.h = '49'; cell.textContent = '43';"
        "rank(cell.closest('article'), cell.cellIndex); }",
        tab.locator("article:not([hidden]) td.lw-whole").first.element_handle(),
    )
    told = tab.locator("article:not([hidden]) .lw-share").all_inner_texts()
    assert "43 %" in told and "44 %" not in told


@pytest.mark.browser
def test_shows_another_question(tab):
    """For all households, with a heading of its own, under the page's one title."""
    tab.get_by_label("看哪一题").select_option(index=1)
    assert tab.locator("article:not([hidden]) h2").inner_text() == "户别"
    assert tab.get_by_label("哪些住户").is_disabled()
    assert tab.locator("h1").count() == 1
    assert tab.evaluate("csv.names[chosen()]") == "household_type-by-village"


@pytest.mark.browser
def test_opens_in_the_readers_language(chromium, town, tmp_path):
    """Unless the writer chose one."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(locale="en")
        tab.goto(page(town, tmp_path / "needs.html").as_uri())
        assert tab.evaluate("document.documentElement.lang") == "en"
        browser.close()

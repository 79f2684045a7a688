"""Pages for browsers contain the right data, in either language, and nothing that can run."""

import json
import re

from liuwen.messages import Sentence
from liuwen.webform import PAGE_HEADERS, Drafts, Edit, notice, page

ATTACK = "</script><script>alert(1)</script>"


def page_data(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="liuwen-form">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_page_passes_its_settings_to_the_bundle() -> None:
    """Addresses, language and the one-time setting reach the browser unchanged."""
    edit = Edit("/old.xml", {"photo.jpg": "/old/photo.jpg"})
    addresses = {"form": "/f.xml", "submit": "/s", "media": {"a.csv": "/a"}}
    drafts = Drafts("a1", None, "/key/abc")
    html = page("Visit", **addresses, bundle="/b.js", language="en", edit=edit, once=True, drafts=drafts, receipt=False)
    assert page_data(html) == {
        "form": "/f.xml",
        "submit": "/s",
        "media": {"a.csv": "/a"},
        "language": "en",
        "once": True,
        "edit": {"xml": "/old.xml", "files": {"photo.jpg": "/old/photo.jpg"}},
        "drafts": {"slot": "a1", "key": None, "base": "/key/abc"},
        "receipt": False,
    }
    assert '<html lang="en">' in html
    assert 'src="/b.js"' in html


def test_a_page_opens_in_its_language() -> None:
    """The waiting text is Chinese on a Chinese page and English on an English one."""
    assert "正在打开问卷" in page("问卷", form="f", submit="s", bundle="b")
    assert "Opening the form" in page("Form", form="f", submit="s", bundle="b", language="en")


def test_titles_and_addresses_are_escaped() -> None:
    """Whatever a form is called, the page has exactly its own two script elements."""
    html = page(ATTACK, form=ATTACK, submit=ATTACK, bundle=f'b.js"{ATTACK}', media={ATTACK: ATTACK})
    assert html.count("<script") == 2
    assert page_data(html)["form"] == ATTACK


def test_notice_shows_only_its_sentence() -> None:
    """One escaped sentence, such as for a used link or a closed form."""
    used = Sentence(zh=f"此链接已用过{ATTACK}", en="This link has been used.")
    assert "此链接已用过" in notice([used])
    assert "<script" not in notice([used])
    assert "This link has been used." in notice([used], "en")


def test_only_the_servers_own_scripts_may_run() -> None:
    """The policy of every page allows no inline scripts and no other origin."""
    policy = dict(rule.split(" ", 1) for rule in PAGE_HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert "http" not in PAGE_HEADERS["Content-Security-Policy"]

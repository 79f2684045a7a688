"""The page at the server's bare address."""

import pytest

from liuwen.messages import Language
from liuwen.server import serve
from liuwen.store import Store
from liuwen.testing.phone import Phone
from liuwen.webform import DoorPlate, welcome


@pytest.mark.parametrize(("language", "said"), [("zh", "有疑问请找：王 &lt;138&gt;"), ("en", "Questions? Ask 王 &lt;138&gt;")])
def test_page_names_the_town_and_whom_to_ask(language: Language, said: str) -> None:
    """In both languages, with text that cannot become markup."""
    shown = welcome(DoorPlate("湖滨镇", "王 <138>"), language)
    assert "湖滨镇" in shown and said in shown
    assert "<script" not in shown


def test_bare_address_answers_in_words(store: Store) -> None:
    """A browser gets a page, not a request for a password; who wants to sign in is asked for it."""
    with serve(store, port=0, town="湖滨镇", contact="王芳 138", language="zh") as server, Phone(server.url) as phone:
        answer = phone.request("GET", f"{server.url}/")
        assert answer.status == 200 and "湖滨镇".encode() in answer.body and "王芳 138".encode() in answer.body
        assert phone.request("GET", f"{server.url}/?sign-in").status == 401
        assert phone.request("GET", f"{server.url}/formList").status != 200


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("revoked", "这个码已停用"),
        ("expired", "这个码已过期"),
        ("unknown", "令牌不对"),
        ("link revoked", "这个链接已停用；请向给您链接的人"),
        ("link expired", "这个链接已过期；请向给您链接的人"),
    ],
)
def test_refused_codes_say_what_to_do(store: Store, ending: str, said: str) -> None:
    """And whom to ask."""
    wang, link = store.add_collector("王"), store.add_link("visit")
    if ending == "revoked":
        store.revoke("王")
    if ending == "link revoked":
        store.revoke_link(store.links()[0].id)
    token = {"unknown": "x" * 64}.get(ending, link if "link" in ending else wang.token)
    with serve(store, port=0, contact="王芳 138", language="zh") as server, Phone(server.url) as phone:
        if ending.endswith("expired"):
            from liuwen.store.store import keeping_of

            keeping_of(store).write(lambda c: c.execute("UPDATE tokens SET expires = 1").rowcount)
        answer = phone.request("GET", f"{server.url}/key/{token}/")
        assert answer.status == 403
        assert said.encode() in answer.body and "请找：王芳 138".encode() in answer.body

"""One server, an interview and an anonymous survey: each form says itself how its answers are kept."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from liuwen.errors import FormError
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.server import Server, serve
from liuwen.store import Store
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone, PhoneError

VISIT = b.build_form("visit", version="1", zh="入户访谈", en="Visit", items=[b.text("village", zh="村", en="Village")])
POLL = b.build_form("poll", version="1", zh="群众测评", en="Poll", anonymous=True, items=[b.text("say", zh="意见", en="Opinion")])


def answer(form: Form, instance: str, text: str, *, edits: str = "") -> bytes:
    """What a phone sends."""
    (question,) = form.questions
    deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
    return (
        f'<data id="{form.id}" version="{form.version}"><{question.name}>{text}</{question.name}>'
        f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></data>"
    ).encode()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Server]:
    """A store with both forms, being served; nobody said that either is anonymous."""
    store = Store(tmp_path / "town")
    store.publish(VISIT)
    store.publish(POLL)
    with serve(store, port=0, language="en") as server:
        yield server
    store.close()


@pytest.fixture
def wang(town: Server) -> Iterator[Phone]:
    """The phone of a collector who fills in both."""
    with Phone(f"{town.url}/key/{town.store.add_collector('Wang').token}", device="collect:wang") as phone:
        yield phone


def page(phone: Phone, path: str = "/") -> str:
    """A page at a collector's address."""
    return unescape(phone.request("GET", f"{phone.address}{path}").body.decode())


def test_each_form_is_kept_as_it_says(town: Server, wang: Phone) -> None:
    """The interview has its collector, device and time; the survey has none of them."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    (visit,), (poll,) = town.store.submissions("visit"), town.store.submissions("poll")
    assert (visit.collector, visit.device, visit.instance_id) == ("Wang", "collect:wang", "uuid:v")
    assert (poll.collector, poll.device) == ("", "") and poll.received.strftime("%H:%M:%S.%f") == "00:00:00.000000"
    assert [form.anonymous for form in town.store.forms()] == [False, True]


def test_a_collectors_page_lists_and_offers_no_anonymous_answer(town: Server, wang: Phone) -> None:
    """What was sent to the interview can be corrected; the survey is offered to be filled in, and that is all."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    desk = page(wang, "/?lang=en")
    assert len(re.findall("edit=", desk)) == 1 and desk.count("群众测评") == 1
    assert "Anonymous" in desk


def test_what_a_phone_sends_twice_counts_once(town: Server, wang: Phone) -> None:
    """Also after the server was started anew: the phone heard nothing and sends it again."""
    wang.send(answer(POLL, "uuid:p", "修路"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    assert town.store.count("poll") == 1
    with pytest.raises(PhoneError, match="different XML"):
        wang.send(answer(POLL, "uuid:p", "修桥"))


def test_an_anonymous_answer_is_not_edited(town: Server, wang: Phone) -> None:
    """Neither by a phone that knows its ID nor in a browser, whatever is asked for."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    with pytest.raises(PhoneError, match="cannot be changed"):
        wang.send(answer(POLL, "uuid:q", "修桥", edits="uuid:p"))
    (kept,) = town.store.submissions("poll")
    assert "修路" in kept.xml.decode()
    for path in ("/fill/poll?edit=0", "/fill/poll?edit=1", "/fill/poll?edit=2", "/sent/0.xml", "/sent/2.xml"):
        assert wang.request("GET", wang.address + path).status == 404


def test_a_link_for_one_answer_is_spent_and_says_nothing_of_it(town: Server) -> None:
    """The link was given to a household: that it was used is known, and nothing else."""
    token = town.store.add_link("poll", uses=1)
    with Phone(f"{town.url}/key/{token}") as phone:
        phone.send(answer(POLL, "uuid:p", "修路"))
        phone.send(answer(POLL, "uuid:p", "修路"))
        with pytest.raises(PhoneError, match="already been used"):
            phone.send(answer(POLL, "uuid:q", "修桥"))
    (kept,) = town.store.submissions("poll")
    assert (kept.collector, kept.device) == ("", "")


def test_an_upload_of_an_anonymous_form_leaves_no_file(town: Server, wang: Phone) -> None:
    """Neither one that no question asks for, nor where it was put by while it came."""
    wang.send(answer(POLL, "uuid:p", "修路"), {"house.jpg": b"jpeg" * 100_000})
    assert not [path for path in town.store.folder.rglob("*") if path.is_file() and path.parent != town.store.folder]
    assert not next(town.store.submissions("poll")).files


def test_an_anonymous_form_never_becomes_another(town: Server) -> None:
    """Not by being told to, nor by a version that forgets to say it."""
    forgetful = b.build_form("poll", version="2", zh="测评", en="Poll", items=[b.text("say", zh="意见", en="Opinion")])
    with pytest.raises(FormError, match="promised"):
        town.store.publish(forgetful, anonymous=False)
    assert town.store.publish(forgetful).anonymous
    xml = keeping_of(town.store).form_xml(town.store.published("poll").number)
    assert town.store.form("poll").anonymous and b'anonymous="yes"' in xml

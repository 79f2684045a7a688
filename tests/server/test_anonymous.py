"""One server with an interview and an anonymous survey: each form determines how its answers are stored."""

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
    """A submission as a phone sends it."""
    (question,) = form.questions
    deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
    return (
        f'<data id="{form.id}" version="{form.version}"><{question.name}>{text}</{question.name}>'
        f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></data>"
    ).encode()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Server]:
    """A served store with both forms; anonymity is not set on publishing."""
    store = Store(tmp_path / "town")
    store.publish(VISIT)
    store.publish(POLL)
    with serve(store, port=0, language="en") as server:
        yield server
    store.close()


@pytest.fixture
def wang(town: Server) -> Iterator[Phone]:
    """The phone of a collector who fills in both forms."""
    with Phone(f"{town.url}/key/{town.store.add_collector('Wang').token}", device="collect:wang") as phone:
        yield phone


def page(phone: Phone, path: str = "/") -> str:
    """A page at a collector's address."""
    return unescape(phone.request("GET", f"{phone.address}{path}").body.decode())


def test_form_determines_how_answers_are_stored(town: Server, wang: Phone) -> None:
    """The interview has collector, device and time; the survey has none of them."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    (visit,), (poll,) = town.store.submissions("visit"), town.store.submissions("poll")
    assert (visit.collector, visit.device, visit.instance_id) == ("Wang", "collect:wang", "uuid:v")
    assert (poll.collector, poll.device) == ("", "") and poll.received.strftime("%H:%M:%S.%f") == "00:00:00.000000"
    assert [form.anonymous for form in town.store.forms()] == [False, True]


def test_home_page_does_not_list_anonymous_answers(town: Server, wang: Phone) -> None:
    """Submissions of the interview can be edited; the survey can only be filled in."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    desk = page(wang, "/?lang=en")
    assert len(re.findall("edit=", desk)) == 1 and desk.count("群众测评") == 1
    assert "Anonymous" in desk


def test_duplicate_anonymous_submission_counts_once(town: Server, wang: Phone) -> None:
    """Also after the server has been restarted and the phone repeats the submission."""
    wang.send(answer(POLL, "uuid:p", "修路"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    assert town.store.count("poll") == 1
    with pytest.raises(PhoneError, match="different XML"):
        wang.send(answer(POLL, "uuid:p", "修桥"))


def test_anonymous_answer_cannot_be_edited(town: Server, wang: Phone) -> None:
    """Neither by a phone that knows its ID nor in a browser."""
    wang.send(answer(VISIT, "uuid:v", "湖滨"))
    wang.send(answer(POLL, "uuid:p", "修路"))
    with pytest.raises(PhoneError, match="cannot be changed"):
        wang.send(answer(POLL, "uuid:q", "修桥", edits="uuid:p"))
    (kept,) = town.store.submissions("poll")
    assert "修路" in kept.xml.decode()
    for path in ("/fill/poll?edit=0", "/fill/poll?edit=1", "/fill/poll?edit=2", "/sent/0.xml", "/sent/2.xml"):
        assert wang.request("GET", wang.address + path).status == 404


def test_used_link_is_not_connected_to_its_answer(town: Server) -> None:
    """The store knows that the link, given to a household, was used, and nothing else."""
    token = town.store.add_link("poll", uses=1)
    with Phone(f"{town.url}/key/{token}") as phone:
        phone.send(answer(POLL, "uuid:p", "修路"))
        phone.send(answer(POLL, "uuid:p", "修路"))
        with pytest.raises(PhoneError, match="already been used"):
            phone.send(answer(POLL, "uuid:q", "修桥"))
    (kept,) = town.store.submissions("poll")
    assert (kept.collector, kept.device) == ("", "")


def test_upload_to_an_anonymous_form_leaves_no_file(town: Server, wang: Phone) -> None:
    """Neither a file that no question refers to, nor a temporary file."""
    wang.send(answer(POLL, "uuid:p", "修路"), {"house.jpg": b"jpeg" * 100_000})
    assert not [path for path in town.store.folder.rglob("*") if path.is_file() and path.parent != town.store.folder]
    assert not next(town.store.submissions("poll")).files


def test_anonymous_form_cannot_become_named(town: Server) -> None:
    """Neither by an argument nor by a version without the setting."""
    forgetful = b.build_form("poll", version="2", zh="测评", en="Poll", items=[b.text("say", zh="意见", en="Opinion")])
    with pytest.raises(FormError, match="promised"):
        town.store.publish(forgetful, anonymous=False)
    assert town.store.publish(forgetful).anonymous
    xml = keeping_of(town.store).form_xml(town.store.published("poll").number)
    assert town.store.form("poll").anonymous and b'anonymous="yes"' in xml

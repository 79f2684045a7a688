"""Every kind of sender on every route, with its own and others' submissions: only its own, and only in time."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from liuwen.server import Server, app, serve
from liuwen.store import Store
from liuwen.store.permissions import COLLECTOR_DAYS, LINK_DAYS, LINK_EDITS
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]
NUMBERS = count()


@dataclass(frozen=True)
class Hand:
    """A sender: its address, authentication and page key; `person` is None without authentication."""

    person: str | None
    address: str
    sign_in: dict[str, str] = field(default_factory=dict, repr=False)
    author: str = ""
    at_link: bool = False

    def post(self, *parts: bytes) -> int:
        """The status of a POST."""
        body = b"".join(parts) + b"--b--\r\n"
        target = f"{self.address}/submission" + (f"?author={self.author}" if self.author else "")
        with Phone(self.address, **self.sign_in) as phone:
            return phone.request("POST", target, body, {"Content-Type": "multipart/form-data; boundary=b"}).status

    def get(self, path: str) -> int:
        """The status of a GET."""
        with Phone(self.address, **self.sign_in) as phone:
            return phone.request("GET", f"{self.address}/{path}").status


class Clock:
    """The store's clock, set by the tests."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        """The current time."""
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The clock of these tests."""
    return Clock()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, visit_form: Make, clock: Clock) -> Iterator[Server]:
    """A server with a named form and an anonymous one."""
    store = Store(tmp_path_factory.mktemp("permissions") / "town", clock=clock)
    store.publish(visit_form())
    store.publish(visit_form(form_id="quiet"))
    # the form has a photo question, as in an older store
    keeping_of(store).write(lambda c: c.execute("UPDATE forms SET anonymous = 1 WHERE form_id = 'quiet'"))
    with serve(store, port=0, language="en") as server:
        yield server
    store.close()


@pytest.fixture(scope="module")
def hands(town: Server) -> dict[str, Hand]:
    """All kinds of senders."""
    store = town.store
    wang, li = store.add_collector("wang"), store.add_collector("li")
    shared, under_name = store.add_link("visit"), store.add_link("visit", collector="wang")
    digest = {"username": wang.username, "password": wang.password}

    def key(token: str) -> str:
        return f"{town.url}/key/{token}"

    return {
        "wang": Hand("wang", key(wang.token)),
        "wang's other phone": Hand("wang", key(store.add_token("wang"))),
        "wang signed in": Hand("wang", town.url, digest),
        "wang's browser": Hand("wang", key(wang.token), author="w" * 43),
        "li": Hand("li", key(li.token)),
        "li with a page's key": Hand("li", key(li.token), author="a" * 43),
        "page": Hand("page", key(shared), author="a" * 43, at_link=True),
        "other page of the link": Hand("other page", key(shared), author="b" * 43, at_link=True),
        "holder of the link": Hand(None, key(shared), at_link=True),
        "holder of a link under wang's name": Hand(None, key(under_name), at_link=True),
        "page under wang's name": Hand("page under wang's name", key(under_name), author="c" * 43, at_link=True),
    }


@pytest.fixture
def once(town: Server) -> Callable[[], Hand]:
    """Creates links for one submission, each opened by one page."""

    def made() -> Hand:
        address = f"{town.url}/key/{town.store.add_link('visit', uses=1)}"
        return Hand(f"once {next(NUMBERS)}", address, author=f"{next(NUMBERS):043}", at_link=True)

    return made


def part(name: str, content: bytes) -> bytes:
    """A part of a form."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"


def xml_part(xml: bytes) -> bytes:
    """The part with the submission's XML."""
    return part("xml_submission_file", xml)


MORE = part("*isIncomplete*", b"yes")


def state(store: Store, form: str = "visit", after: int = 0) -> list[object]:
    """Everything that could change in the submissions, or in those after number `after`."""
    kept = list(store.submissions(form, current=False, after=after))
    files = [dict(s.files) or {n: p.read_bytes() for n, p in store.attachments(form, s.instance_id).items()} for s in kept]
    return [(s.number, s.instance_id, s.current, s.complete, s.collector, s.xml, f) for s, f in zip(kept, files, strict=True)]


Action = Callable[[Hand, bytes, str, Make], int]


def edit(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Send an edit."""
    return hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}", "changed", edits=instance)))


def edit_with_files(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Send an edit with a photo under the old name."""
    return hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}", edits=instance, photo="a.jpg")), part("a.jpg", b"other"))


def add(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Send the announced file that is missing."""
    return hand.post(xml_part(xml), part("b.jpg", b"later"))


def add_many(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Send forty unannounced files."""
    return hand.post(xml_part(xml), *[part(f"{number}.bin", b"x") for number in range(40)])


def replace(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Send another photo under the name of one that was received."""
    return hand.post(xml_part(xml), part("a.jpg", b"another"))


def replace_and_announce(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """The same as the first of several requests."""
    return hand.post(xml_part(xml), part("a.jpg", b"another"), MORE)


ACTIONS: list[Action] = [edit, edit_with_files, add, add_many, replace, replace_and_announce]
OWNERS = ["wang", "wang signed in", "li", "page", "page under wang's name", "once"]
NOT_AT_A_LINK = {add_many, replace, replace_and_announce}
"""Actions refused even to the page that sent a submission through a link."""


def sent_by(hand: Hand, visit: Make, *, complete: bool = True) -> tuple[str, bytes]:
    """A submission by this sender with one of its two photos: its ID and its XML."""
    instance = f"uuid:{next(NUMBERS)}"
    xml = visit(instance, photo="a.jpg").replace(b"<village>", b"<photo>b.jpg</photo><village>")
    assert hand.post(xml_part(xml), part("a.jpg", b"first"), *([] if complete else [MORE])) == 201
    return instance, xml


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
def test_only_the_sender_can_change_a_submission(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, *, owner: str, action: Action, complete: bool
) -> None:
    """Even if others know its ID, its XML, and the link it was sent through."""
    for acting in [*hands.values(), once(), None]:
        whose = once() if owner == "once" else hands[owner]
        hand = acting or whose
        last = keeping_of(town.store).last_number()
        instance, xml = sent_by(whose, visit, complete=complete)
        before = state(town.store, after=last)
        status = action(hand, xml, instance, visit)
        allowed = hand.person is not None and hand.person == whose.person and not (whose.at_link and action in NOT_AT_A_LINK)
        assert status == (201 if allowed else 403), hand
        assert (state(town.store, after=last) != before) == allowed, hand
    assert town.store.check() == ()


@pytest.mark.parametrize("owner", OWNERS)
def test_chain_of_edits_belongs_to_its_author(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, owner: str
) -> None:
    """Neither a later edit nor the original is open to others; the author can continue."""
    whose = once() if owner == "once" else hands[owner]
    first, _ = sent_by(whose, visit)
    second, third = f"uuid:{next(NUMBERS)}", f"uuid:{next(NUMBERS)}"
    assert whose.post(xml_part(visit(second, edits=first))) == 201
    before = state(town.store)
    for hand in hands.values():
        if hand.person != whose.person or hand.person is None:
            for edited in (first, second):
                assert edit(hand, b"", edited, visit) == 403
    assert state(town.store) == before
    assert whose.post(xml_part(visit(third, edits=second))) == 201
    assert whose.post(xml_part(visit(third, edits=second))) == 201, "its answer was lost"
    assert edit(whose, b"", first, visit) == 409


def test_duplicate_submission_from_another_sender_changes_nothing(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """It reveals nothing; only the sender may complete the submission."""
    instance, xml = sent_by(hands["wang"], visit, complete=False)
    before = state(town.store)
    for name in ("li", "page", "holder of the link"):
        assert hands[name].post(xml_part(xml), part("a.jpg", b"first")) == 201
    assert state(town.store) == before
    assert hands["wang's other phone"].post(xml_part(xml)) == 201
    assert [s.complete for s in town.store.submissions() if s.instance_id == instance] == [True]


def test_used_link_is_open_only_for_its_own_submission(town: Server, once: Callable[[], Hand], visit: Make) -> None:
    """The page may edit and complete its submission; another page with the same link may not."""
    hand = once()
    instance, xml = sent_by(hand, visit, complete=False)
    assert hand.post(xml_part(xml), part("b.jpg", b"second")) == 201
    assert hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}"))) == 403
    assert edit(hand, xml, instance, visit) == 201
    other = Hand("other", hand.address, author="p" * 43)
    again, _ = sent_by(once(), visit)
    assert edit(other, xml, again, visit) == 403
    assert edit(other, xml, instance, visit) == 403


@pytest.mark.parametrize("path", ["fill/visit?edit={number}", "sent/{number}.xml", "sent/{number}/files/a.jpg"])
@pytest.mark.parametrize("owner", OWNERS)
def test_only_the_sender_can_reopen_a_submission(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, *, owner: str, path: str
) -> None:
    """Nobody can reopen it through a link, where later users could read it."""
    whose = once() if owner == "once" else hands[owner]
    sent_by(whose, visit)
    address = path.format(number=keeping_of(town.store).last_number())
    for hand in [*hands.values(), once(), whose]:
        allowed = hand.person == whose.person and not whose.at_link
        assert hand.get(address) == (200 if allowed else 404), hand


def test_home_page_lists_no_submissions_of_links(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Respondents' answers are stored under the collector's name, but the collector may not edit them."""
    sent_by(hands["page under wang's name"], visit)
    number = keeping_of(town.store).last_number()
    wang = hands["wang"]
    with Phone(wang.address) as browser:
        html = browser.request("GET", f"{wang.address}/").body.decode()
    assert f"edit={number}" not in html
    assert next(s for s in town.store.submissions() if s.number == number).collector == "wang"


def test_anonymous_answers_cannot_be_changed(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Not even the sender; announced files may still arrive, with the same XML."""
    wang = hands["wang"]
    xml = visit("uuid:quiet", form="quiet", photo="a.jpg")
    assert wang.post(xml_part(xml), MORE) == 201
    assert wang.post(xml_part(xml), part("a.jpg", b"jpeg")) == 201
    before = state(town.store, "quiet")
    for hand in (wang, hands["li"], hands["wang's browser"]):
        assert hand.post(xml_part(visit("uuid:quiet2", form="quiet", edits="uuid:quiet"))) == 403
        for name in ("a.jpg", "b.jpg"):
            assert hand.post(xml_part(xml), part(name, b"other")) == 403
    assert state(town.store, "quiet") == before


@pytest.mark.parametrize(("owner", "days"), [("wang", COLLECTOR_DAYS), ("page", LINK_DAYS)])
def test_edits_are_refused_after_the_time_limit(
    town: Server, hands: dict[str, Hand], visit: Make, clock: Clock, *, monkeypatch: pytest.MonkeyPatch, owner: str, days: int
) -> None:
    """Counted from the first arrival, so that a chain of edits cannot continue forever; an incomplete upload may finish."""
    whose, began = hands[owner], clock.now
    instance, xml = sent_by(whose, visit)
    unfinished = sent_by(whose, visit, complete=False)
    edited = f"uuid:{next(NUMBERS)}"
    monkeypatch.setattr(clock, "now", began + days * 86400 - 1)
    assert whose.post(xml_part(visit(edited, edits=instance))) == 201
    number = keeping_of(town.store).last_number()
    monkeypatch.setattr(clock, "now", began + days * 86400 + 1)
    assert edit(whose, xml, edited, visit) == 403
    assert add(whose, visit(edited, edits=instance), edited, visit) == 403
    assert add(whose, unfinished[1], unfinished[0], visit) == 201
    if not whose.at_link:
        assert whose.get(f"fill/visit?edit={number}") == 403


def test_number_of_edits_through_a_link_is_limited(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Each edit is stored, and strangers must not fill the store."""
    page = hands["page"]
    instance, _ = sent_by(page, visit)
    for _ in range(LINK_EDITS):
        following = f"uuid:{next(NUMBERS)}"
        assert page.post(xml_part(visit(following, edits=instance))) == 201
        instance = following
    assert edit(page, b"", instance, visit) == 403


def test_replaced_files_are_kept(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """All replaced files, oldest first."""
    instance, xml = sent_by(hands["wang"], visit)
    for content in (b"second", b"second", b"third"):
        assert hands["wang"].post(xml_part(xml), part("a.jpg", content)) == 201
    assert town.store.attachments("visit", instance)["a.jpg"].read_bytes() == b"third"
    replaced = town.store.replaced_attachments("visit", instance)
    assert {name: [path.read_bytes() for path in paths] for name, paths in replaced.items()} == {"a.jpg": [b"first", b"second"]}


def test_each_page_of_a_link_has_its_own_key(town: Server, hands: dict[str, Hand]) -> None:
    """Keys are unique; a collector needs none."""
    keys = set()
    for _ in range(2):
        with Phone(hands["page"].address) as browser:
            html = browser.request("GET", f"{browser.address}/").body.decode()
        found = re.search(r'id="liuwen-form">(.*?)</script>', html)
        assert found is not None
        keys.add(json.loads(found[1])["submit"].partition("?author=")[2])
    assert len(keys) == 2 and all(len(key) == 43 for key in keys)


OPEN = {"/", "/webform/{name}"}
"""What a stranger may open: the page that says whose server it is, and the browser form's program without a form."""


def test_no_other_address_answers_a_stranger(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address of the running server, with no code and with a wrong one, by GET and POST."""
    served: set[str] = set()

    def noted(routes: Iterable[BaseRoute], above: str = "") -> None:
        for route in routes:
            served.update({above + route.path} if isinstance(route, Route) else ())
            if isinstance(route, Mount) and route.routes:
                noted(route.routes, above + route.path)

    class Recorded(Starlette):
        def __init__(self, *, routes: list[BaseRoute], **told: Any) -> None:
            noted(routes)
            super().__init__(routes=routes, **told)

    monkeypatch.setattr(app, "Starlette", Recorded)
    store.receive(b'<data id="visit" version="1"><meta><instanceID>uuid:one</instanceID></meta></data>')
    parts = {"token": "x" * 64, "number": "1", "name": "visit", "form_id": "visit"}
    with serve(store, port=0) as server, Phone(server.url) as phone:
        for path in sorted(served):
            filled = re.sub(r"{(\w+)(:\w+)?}", lambda part: parts.get(part[1], "1"), path)
            for method in ("GET", "POST"):
                status = phone.request(method, server.url + filled, b"", {"X-OpenRosa-Version": "1.0"}).status
                assert (status in {401, 403, 405}) != (path in OPEN and method == "GET"), (method, path, status)
    assert len(served) > 20

"""Every kind of sender, at every address, with its own answers and others': one's own, in time, and nothing else."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from liuwen.server import Server, serve
from liuwen.store import Store
from liuwen.store.permissions import COLLECTOR_DAYS, LINK_DAYS, LINK_EDITS
from liuwen.store.store import keeping_of
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]
NUMBERS = count()


@dataclass(frozen=True)
class Hand:
    """Somebody who sends: from where, signed in how, with which page's key; `person` is None for whoever proves nothing."""

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
    """The store's clock, which tests set."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    """A clock of the tests' own."""
    return Clock()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, visit_form: Make, clock: Clock) -> Iterator[Server]:
    """A server with a form under names, and one without."""
    store = Store(tmp_path_factory.mktemp("permissions") / "town", clock=clock)
    store.publish(visit_form())
    store.publish(visit_form(form_id="quiet"))
    # it asks for a photo: from a store of before
    keeping_of(store).write(lambda c: c.execute("UPDATE forms SET anonymous = 1 WHERE form_id = 'quiet'"))
    with serve(store, port=0, language="en") as server:
        yield server
    store.close()


@pytest.fixture(scope="module")
def hands(town: Server) -> dict[str, Hand]:
    """Everybody who can send."""
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
    """Makes links for one answer, each opened by one page."""

    def made() -> Hand:
        address = f"{town.url}/key/{town.store.add_link('visit', uses=1)}"
        return Hand(f"once {next(NUMBERS)}", address, author=f"{next(NUMBERS):043}", at_link=True)

    return made


def part(name: str, content: bytes) -> bytes:
    """A part of a form."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content + b"\r\n"


def xml_part(xml: bytes) -> bytes:
    """The part that holds the answers."""
    return part("xml_submission_file", xml)


MORE = part("*isIncomplete*", b"yes")


def state(store: Store, form: str = "visit", after: int = 0) -> list[object]:
    """Everything that could be changed of the submissions, or of those since the one numbered `after`."""
    kept = list(store.submissions(form, current=False, after=after))
    files = [dict(s.files) or {n: p.read_bytes() for n, p in store.attachments(form, s.instance_id).items()} for s in kept]
    return [(s.number, s.instance_id, s.current, s.complete, s.collector, s.xml, f) for s, f in zip(kept, files, strict=True)]


Action = Callable[[Hand, bytes, str, Make], int]


def edit(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Put another in its place."""
    return hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}", "changed", edits=instance)))


def edit_with_files(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """The same with a photo of the old name."""
    return hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}", edits=instance, photo="a.jpg")), part("a.jpg", b"other"))


def add(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Bring the file that the answers name and that did not come."""
    return hand.post(xml_part(xml), part("b.jpg", b"later"))


def add_many(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Bring forty files that nobody asked for."""
    return hand.post(xml_part(xml), *[part(f"{number}.bin", b"x") for number in range(40)])


def replace(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """Bring another photo under the name of one that has come."""
    return hand.post(xml_part(xml), part("a.jpg", b"another"))


def replace_and_announce(hand: Hand, xml: bytes, instance: str, visit: Make) -> int:
    """The same as the first of several requests."""
    return hand.post(xml_part(xml), part("a.jpg", b"another"), MORE)


ACTIONS: list[Action] = [edit, edit_with_files, add, add_many, replace, replace_and_announce]
OWNERS = ["wang", "wang signed in", "li", "page", "page under wang's name", "once"]
NOT_AT_A_LINK = {add_many, replace, replace_and_announce}
"""What not even the page that sent an answer may do at a link."""


def arrived(hand: Hand, visit: Make, *, complete: bool = True) -> tuple[str, bytes]:
    """An answer of this hand with one of its two photos: its ID and its XML."""
    instance = f"uuid:{next(NUMBERS)}"
    xml = visit(instance, photo="a.jpg").replace(b"<village>", b"<photo>b.jpg</photo><village>")
    assert hand.post(xml_part(xml), part("a.jpg", b"first"), *([] if complete else [MORE])) == 201
    return instance, xml


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
def test_only_who_sent_an_answer_changes_it(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, *, owner: str, action: Action, complete: bool
) -> None:
    """Whatever the others know of it: its ID, all of its XML, the link that it came by."""
    for acting in [*hands.values(), once(), None]:
        whose = once() if owner == "once" else hands[owner]
        hand = acting or whose
        last = keeping_of(town.store).last_number()
        instance, xml = arrived(whose, visit, complete=complete)
        before = state(town.store, after=last)
        status = action(hand, xml, instance, visit)
        allowed = hand.person is not None and hand.person == whose.person and not (whose.at_link and action in NOT_AT_A_LINK)
        assert status == (201 if allowed else 403), hand
        assert (state(town.store, after=last) != before) == allowed, hand
    assert town.store.check() == ()


@pytest.mark.parametrize("owner", OWNERS)
def test_an_edit_belongs_to_who_made_it_all_along_the_chain(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, owner: str
) -> None:
    """No later edit of it, nor the first, is open to anybody else; its own author goes on."""
    whose = once() if owner == "once" else hands[owner]
    first, _ = arrived(whose, visit)
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


def test_the_same_again_is_heard_from_anybody_and_changes_nothing(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """It says nothing that is not known; only whoever sent the rest completes it."""
    instance, xml = arrived(hands["wang"], visit, complete=False)
    before = state(town.store)
    for name in ("li", "page", "holder of the link"):
        assert hands[name].post(xml_part(xml), part("a.jpg", b"first")) == 201
    assert state(town.store) == before
    assert hands["wang's other phone"].post(xml_part(xml)) == 201
    assert [s.complete for s in town.store.submissions() if s.instance_id == instance] == [True]


def test_a_link_that_is_used_up_is_closed_but_for_the_answer_that_it_took(
    town: Server, once: Callable[[], Hand], visit: Make
) -> None:
    """Its page may correct that one, and finish sending it; another page with the same link may not."""
    hand = once()
    instance, xml = arrived(hand, visit, complete=False)
    assert hand.post(xml_part(xml), part("b.jpg", b"second")) == 201
    assert hand.post(xml_part(visit(f"uuid:{next(NUMBERS)}"))) == 403
    assert edit(hand, xml, instance, visit) == 201
    other = Hand("other", hand.address, author="p" * 43)
    again, _ = arrived(once(), visit)
    assert edit(other, xml, again, visit) == 403
    assert edit(other, xml, instance, visit) == 403


@pytest.mark.parametrize("path", ["fill/visit?edit={number}", "sent/{number}.xml", "sent/{number}/files/a.jpg"])
@pytest.mark.parametrize("owner", OWNERS)
def test_only_who_sent_an_answer_opens_it_again(
    town: Server, hands: dict[str, Hand], once: Callable[[], Hand], visit: Make, *, owner: str, path: str
) -> None:
    """And nobody at a link, where whoever comes after would read it."""
    whose = once() if owner == "once" else hands[owner]
    arrived(whose, visit)
    address = path.format(number=keeping_of(town.store).last_number())
    for hand in [*hands.values(), once(), whose]:
        allowed = hand.person == whose.person and not whose.at_link
        assert hand.get(address) == (200 if allowed else 404), hand


def test_the_desk_lists_nothing_that_came_by_a_link(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Respondents' answers are kept under the collector's name, but are not the collector's to correct."""
    arrived(hands["page under wang's name"], visit)
    number = keeping_of(town.store).last_number()
    wang = hands["wang"]
    with Phone(wang.address) as browser:
        html = browser.request("GET", f"{wang.address}/").body.decode()
    assert f"edit={number}" not in html
    assert next(s for s in town.store.submissions() if s.number == number).collector == "wang"


def test_nobody_changes_an_anonymous_answer(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Not even who sent it; what its phone announced may still come, with the same XML."""
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
def test_the_time_allowed_ends(
    town: Server, hands: dict[str, Hand], visit: Make, clock: Clock, *, monkeypatch: pytest.MonkeyPatch, owner: str, days: int
) -> None:
    """Counted from when the answer first came, so that no chain of edits goes on for ever; an open upload may end."""
    whose, began = hands[owner], clock.now
    instance, xml = arrived(whose, visit)
    unfinished = arrived(whose, visit, complete=False)
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


def test_a_page_at_a_link_corrects_an_answer_only_so_often(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Each edit is kept, and the store is not a stranger's to fill."""
    page = hands["page"]
    instance, _ = arrived(page, visit)
    for _ in range(LINK_EDITS):
        following = f"uuid:{next(NUMBERS)}"
        assert page.post(xml_part(visit(following, edits=instance))) == 201
        instance = following
    assert edit(page, b"", instance, visit) == 403


def test_a_file_that_its_sender_replaces_is_kept(town: Server, hands: dict[str, Hand], visit: Make) -> None:
    """Every one of them, the oldest first."""
    instance, xml = arrived(hands["wang"], visit)
    for content in (b"second", b"second", b"third"):
        assert hands["wang"].post(xml_part(xml), part("a.jpg", content)) == 201
    assert town.store.attachments("visit", instance)["a.jpg"].read_bytes() == b"third"
    replaced = town.store.replaced_attachments("visit", instance)
    assert {name: [path.read_bytes() for path in paths] for name, paths in replaced.items()} == {"a.jpg": [b"first", b"second"]}


def test_each_page_at_a_link_has_a_key_of_its_own(town: Server, hands: dict[str, Hand]) -> None:
    """Never twice the same; a collector needs none."""
    keys = set()
    for _ in range(2):
        with Phone(hands["page"].address) as browser:
            html = browser.request("GET", f"{browser.address}/").body.decode()
        found = re.search(r'id="liuwen-form">(.*?)</script>', html)
        assert found is not None
        keys.add(json.loads(found[1])["submit"].partition("?author=")[2])
    assert len(keys) == 2 and all(len(key) == 43 for key in keys)

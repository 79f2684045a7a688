"""Central and Kobo may answer anything: truncated JSON, other types, missing keys, web pages, errors. Each is one sentence."""

import json
import re
import time
import warnings
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.errors import LiuwenError, LiuwenWarning, SourceError
from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.sources import Central, Kobo, Listed
from liuwen.sources.replies import Reply

JSON = "application/json"
CREATED = "2026-11-22T02:00:00.000Z"
XFORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Visit</h:title>'
    '<model><instance><data id="visit"><village/></data></instance><bind nodeset="/data/village" type="string"/></model>'
    '</h:head><h:body><input ref="/data/village"><label>Village</label></input></h:body></h:html>'
)
SUBMISSION = '<data id="visit"><village>a</village><meta><instanceID>uuid:1</instanceID></meta></data>'
SYSTEM = {
    "submissionDate": CREATED, "updatedAt": None, "edits": 0, "reviewState": None, "submitterName": "Li",
    "attachmentsPresent": 1, "attachmentsExpected": 1,
}  # fmt: skip
SUBMISSIONS_PAGE = {"value": [{"__id": "uuid:1", "__system": SYSTEM}], "@odata.count": 1}
USER = {"id": 7, "token": "secret", "displayName": "Li"}
LOG = [{"loggedAt": CREATED, "action": "form.create", "actor": {"displayName": "Li"}, "details": {"a": 1}}]
ENTITY_CSV = f"__id,label,status,__version,__createdAt,__updatedAt\nabc,A,open,1,{CREATED},\n"
ENTITIES_PAGE = {"value": [{"__id": "abc", "__system": {"conflict": None}}]}
CENTRAL: dict[str, Any] = {
    r"POST sessions": {"token": "abc"},
    r"GET projects/1": {"name": "Town", "keyId": None},
    r"GET projects/1/forms": [
        {"xmlFormId": "visit", "name": None, "version": "1", "submissions": 1, "publishedAt": CREATED},
    ],
    r"GET projects/1/forms/visit\.xml": XFORM,
    r"GET projects/1/forms/visit(/draft)?/versions": [{"version": "0"}],
    r"GET projects/1/forms/visit/versions/0\.xml": XFORM,
    r"GET projects/1/forms/visit\.svc/Submissions": SUBMISSIONS_PAGE,
    r"GET projects/1/forms/visit/submissions/uuid:1\.xml": SUBMISSION,
    r"GET projects/1/forms/visit/submissions/uuid:1/attachments": [{"name": "a.jpg", "exists": True}],
    r"GET projects/1/forms/visit/submissions/keys": [{"id": 1, "hint": None, "managed": True}],
    r"GET projects/1/forms/visit/draft/attachments": [{"name": "villages.csv", "exists": True, "datasetExists": False}],
    r"POST projects/1/forms/visit/draft(/.*)?": {"success": True},
    r"GET projects/1/app-users": [USER],
    r"POST projects/1/app-users": USER,
    r"GET projects/1/forms/visit/assignments": [{"actorId": 7}],
    r"GET projects/1/datasets": [{"name": "matters"}],
    r"GET projects/1/datasets/matters": {"properties": [{"name": "status"}]},
    r"GET projects/1/datasets/matters\.svc/Entities": ENTITIES_PAGE,
    r"GET projects/1/datasets/matters/entities\.csv": ENTITY_CSV,
    r"(POST|PATCH) projects/1/datasets/matters/entities(/.*)?": {"success": True},
    r"GET audits": LOG,
}
ASSET = {
    "uid": "a1", "name": "Visit", "url": "http://kobo/a1/", "deployed_version_id": "v1", "version_id": "v1",
    "deployment__submission_count": 1, "has_deployment": True,
}  # fmt: skip
ROW = {
    "_id": 5, "_uuid": "1", "_submission_time": "2026-11-22T02:00:00", "_validation_status": {}, "_submitted_by": None,
    "_attachments": [{"media_file_basename": "a.jpg", "download_url": "/a.jpg"}],
}  # fmt: skip
FILE = {"metadata": {"filename": "villages.csv"}, "uid": "f1"}
KOBO: dict[str, Any] = {
    r"GET assets/": {"count": 1, "results": [ASSET]},
    r"GET assets/a1/": ASSET,
    r"GET assets/a1/versions/v1/": {"content": {"survey": [], "settings": {}}},
    r"POST asset_snapshots/": {"uid": "s1"},
    r"GET asset_snapshots/s1\.xml": XFORM,
    r"GET assets/a1/data/": {"count": 1, "results": [ROW]},
    r"GET assets/a1/data/5\.xml": SUBMISSION,
    r"GET assets/a1/data/5\.json": ROW,
    r"GET assets/a1/files/": {"count": 1, "results": [FILE]},
    r"GET assets/a1/paired-data/": {"count": 0, "results": []},
    r"(POST|DELETE) assets/a1/files/.*": {"uid": "f2"},
    r"DELETE assets/a1/": {},
    r"POST imports/": {"uid": "i1"},
    r"GET imports/i1/": {"status": "complete", "messages": {"created": [{"uid": "a1"}], "updated": [{"uid": "a1"}]}},
    r"(POST|PATCH) assets/a1/deployment/": {},
}
LISTED = Listed("uuid:1", "0", CREATED)
TABLE = pd.DataFrame({"label": ["A", "B"], "status": ["done", "new"]}, index=["abc", "def"])


def visit() -> Form:
    village = b.select_one("village", b.from_file("villages.csv"), zh="村", en="Village")
    return build_form("visit", version="2", zh="走访", en="Visit", items=[village], media={"villages.csv": b"name,label\na,A\n"})


CENTRAL_CALLS: dict[str, Callable[[Central], object]] = {
    "forms": lambda central: central.forms(),
    "form": lambda central: central.form("visit"),
    "earlier": lambda central: central.earlier("visit", {"0"}),
    "count": lambda central: central.count("visit"),
    "listing": lambda central: list(central.listing("visit", CREATED)),
    "xml": lambda central: central.xml("visit", LISTED),
    "attachments": lambda central: central.attachments("visit", LISTED),
    "publish": lambda central: central.publish(visit()),
    "is_encrypted": lambda central: central.is_encrypted,
    "app_user": lambda central: central.app_user("Li", forms=("visit",)),
    "add_app_user": lambda central: central.add_app_user("Wang", forms=("visit",)),
    "app_users": lambda central: central.app_users(),
    "entities": lambda central: central.entities("matters"),
    "push_entities": lambda central: central.push_entities("matters", TABLE),
    "audits": lambda central: central.audits(),
}
KOBO_CALLS: dict[str, Callable[[Kobo], object]] = {
    "forms": lambda kobo: kobo.forms(),
    "form": lambda kobo: kobo.form("a1"),
    "count": lambda kobo: kobo.count("a1"),
    "listing": lambda kobo: list(kobo.listing("a1")),
    "xml": lambda kobo: kobo.xml("a1", Listed("5", "1", CREATED)),
    "many": lambda kobo: kobo.many("a1", [Listed("5", "1", CREATED)]),
    "attachments": lambda kobo: kobo.attachments("a1", Listed("5", "1", CREATED)),
    "deploy": lambda kobo: kobo.deploy(visit()),
    "deploy again": lambda kobo: kobo.deploy(visit(), uid="a1"),
}
PAGE = b"<!DOCTYPE html>\n<html><body>Log in to the Wi-Fi</body></html>"
WRONG = st.sampled_from([None, True, 0, -1, 1.5, 10**30, "", "x", "2026-99-99", [], [None], [[]], {}, {"x": 1}])


@dataclass
class Faulty:
    """A server that answers from a table, and answers the request number `at` wrongly."""

    table: dict[str, Any]
    prefix: str
    at: int = -1
    spoil: Callable[[Any], tuple[int, str, bytes]] = lambda content: (200, JSON, b"")
    asked: int = field(default=0)

    def answer(self, method: str, path: str, *_: object) -> tuple[int, str, Any]:
        place = f"{method} {path.removeprefix(self.prefix)}"
        content = next(content for pattern, content in self.table.items() if re.fullmatch(pattern, place))
        self.asked += 1
        if self.asked - 1 == self.at:
            return self.spoil(content)
        return 200, JSON, content.encode() if isinstance(content, str) else content

    def reset(self, at: int, spoil: Callable[[Any], tuple[int, str, bytes]]) -> None:
        self.at, self.spoil, self.asked = at, spoil, 0


def as_bytes(content: Any) -> bytes:
    return content.encode() if isinstance(content, str) else json.dumps(content).encode()


def places(content: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The position of every value in a JSON content."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in pairs:
        yield (*above, key)
        yield from places(value, (*above, key))


@st.composite
def spoilt(draw: st.DrawFn) -> Callable[[Any], tuple[int, str, bytes]]:
    """A way to spoil a reply."""
    kind = draw(st.sampled_from(["truncated", "removed", "replaced", "removed", "replaced", "page", "status", "other", "deep"]))
    share, place, wrong = draw(st.floats(0, 0.99)), draw(st.integers(0, 50)), draw(WRONG)
    status, junk = draw(st.sampled_from([204, 400, 403, 404, 409, 500])), draw(st.binary(max_size=20))

    def spoil(content: Any) -> tuple[int, str, bytes]:
        there = [] if isinstance(content, str) else list(places(content))
        if kind == "truncated" or (kind in {"removed", "replaced"} and not there):
            return 200, JSON, as_bytes(content)[: int(share * len(as_bytes(content)))]
        if kind in {"removed", "replaced"}:
            changed = deepcopy(content)
            *above, last = there[place % len(there)]
            parent = changed
            for key in above:
                parent = parent[key]
            if kind == "removed":
                del parent[last]
            else:
                parent[last] = wrong
            return 200, JSON, as_bytes(changed)
        bodies = {"page": PAGE, "other": as_bytes(wrong), "deep": b"[" * 100_000, "status": junk}
        return status if kind == "status" else 200, "text/html", bodies[kind]

    return spoil


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials are set, and nothing waits."""
    for name, value in {"CENTRAL_PASSWORD": "x", "KOBO_TOKEN": "x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("urllib3.util.retry.Retry.sleep", lambda *_, **__: None)
    monkeypatch.setattr("liuwen.sources.kobo.deploying.PATIENCE", 0.2)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


@pytest.fixture
def central(http_server: Callable[..., str]) -> tuple[Faulty, Callable[[], Central]]:
    """A faulty Central, and what makes a new client of it."""
    server = Faulty(CENTRAL, "/v1/")
    url = http_server(server.answer)
    return server, lambda: Central(url, email="town@example.org")


@pytest.fixture
def kobo(http_server: Callable[..., str]) -> tuple[Faulty, Callable[[], Kobo]]:
    """A faulty Kobo, and what makes a new client of it."""
    server = Faulty(KOBO, "/api/v2/")
    url = http_server(server.answer)
    return server, lambda: Kobo(url)


def assert_no_traceback(server: Faulty, new: Callable[[], Any], call: Callable[[Any], object], data: st.DataObject) -> None:
    """A spoilt reply gives a result or one of our errors, in one line in both languages."""
    server.reset(data.draw(st.integers(0, 5)), data.draw(spoilt()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LiuwenWarning)
            call(new())
    except LiuwenError as fault:
        for language in ("zh", "en"):
            said = fault.sentence.in_language(language)
            assert said
            assert "Traceback" not in said


QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("call", CENTRAL_CALLS.values(), ids=CENTRAL_CALLS)
@QUICK
@given(data=st.data())
def test_faulty_reply_of_central_is_one_sentence(central: Any, call: Callable[[Central], object], data: st.DataObject) -> None:
    """Whichever request of a call is answered wrongly."""
    assert_no_traceback(*central, call, data)


@pytest.mark.parametrize("call", KOBO_CALLS.values(), ids=KOBO_CALLS)
@QUICK
@given(data=st.data())
def test_faulty_reply_of_kobo_is_one_sentence(kobo: Any, call: Callable[[Kobo], object], data: st.DataObject) -> None:
    """Whichever request of a call is answered wrongly."""
    assert_no_traceback(*kobo, call, data)


def test_valid_replies_of_central_are_read(central: Any) -> None:
    """The table of replies is one that every call succeeds with."""
    _, new = central
    given = {name: call(new()) for name, call in CENTRAL_CALLS.items()}
    assert given["count"] == 1
    assert [each.key for each in given["listing"]] == ["uuid:1"]
    assert given["entities"].loc["abc", "status"] == "open"
    assert (given["push_entities"].created, given["push_entities"].updated) == (1, 1)
    assert given["app_user"].address.endswith("/v1/key/secret/projects/1")
    assert list(given["audits"]["actor"]) == ["Li"]


def test_valid_replies_of_kobo_are_read(kobo: Any) -> None:
    """The table of replies is one that every call succeeds with."""
    _, new = kobo
    given = {name: call(new()) for name, call in KOBO_CALLS.items()}
    assert given["count"] == 1
    assert [each.submitted_at for each in given["listing"]] == ["2026-11-22T02:00:00Z"]
    assert given["attachments"] == {"a.jpg": "/a.jpg"}
    assert given["deploy"].form_id == "a1"


@pytest.mark.parametrize("call", ["forms", "xml", "entities", "count"])
def test_web_page_instead_of_data_is_named(central: Any, call: str) -> None:
    """As captive portals of a Wi-Fi return for every address; it is never stored as a submission."""
    server, new = central
    server.reset(1, lambda content: (200, "text/html", PAGE))
    with pytest.raises(SourceError) as fault:
        CENTRAL_CALLS[call](new())
    assert str(fault.value).startswith(f"The reply of {new().url} to /v1/")


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda reply: reply["b"], "b is missing"),
        (lambda reply: reply["a"]["c"], "a.c is missing"),
        (lambda reply: reply["a"].rows(), "a is not a list"),
        (lambda reply: reply["list"].rows()[1].text(), r"list\[1\] is not text"),
        (lambda reply: reply["list"].rows()[0].whole(), r"list\[0\] is not a whole number"),
        (lambda reply: reply["yes"].whole(), "yes is not a whole number"),
        (lambda reply: reply["list"]["x"], "list is not an object"),
        (lambda reply: reply["list"].rows()[0].moment(), r"list\[0\] is not a time"),
        (lambda reply: reply.text(), "the reply is not text"),
    ],
)
def test_wrong_part_of_a_reply_is_named(read: Callable[[Reply], object], said: str) -> None:
    """With its position in the JSON, and the server and path that were asked."""
    reply = Reply({"a": {}, "list": ["x", 1], "yes": True}, "https://server", "/v1/forms")
    with pytest.raises(SourceError, match=rf"https://server to /v1/forms cannot be read \({said}\)"):
        read(reply)


def test_null_is_replaced_by_a_default() -> None:
    """Only where a default is given."""
    reply = Reply({"name": None, "count": None}, "s", "p")
    assert (reply["name"].text(""), reply["count"].whole(0), reply.get("when").moment("")) == ("", 0, "")
    with pytest.raises(SourceError):
        reply["name"].text()

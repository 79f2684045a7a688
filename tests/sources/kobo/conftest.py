"""KoboToolbox, twice: recorded answers of a real server, and a real server if KOBO_URL is set."""

import base64
import json
import os
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests
from lxml import etree

from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.sources import Kobo
from liuwen.sources.kobo import client

RECORDED = Path(__file__).parent / "recorded"
HOST = "http://kobo.example"
TOKEN = "0123456789abcdef"
UID = "a9wuXJBnjuELJjTYcvebvi"
CHAPTERS = ("deployed", "redeployed", "drafted", "collected", "changed", "refused", "missing", "wrong_token")
SERVERS = ["recorded", "real"] if os.environ.get("KOBO_URL") else ["recorded"]
"""The same tests run on both; the real one must allow submissions to its own address."""

APPROVED = "validation_status_approved"
PHOTO = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC")

Exchange = dict[str, Any]
Answer = tuple[int, str, Any]


def visit_form(*more: str, villages: str = "hubin,湖滨村") -> Form:
    items = [
        b.select_one("village", b.from_file("villages.csv"), zh="村", en="Village"),
        b.text("difficulty", zh="困难", en="Difficulty"),
        b.integer("members", zh="人口", en="Members"),
        b.image("photo", zh="照片", en="Photo"),
        *(b.text(name, zh="补充", en="More") for name in more),
    ]
    media = {"villages.csv": f"name,label\n{villages}\n".encode()}
    return build_form("visit", version="1", zh="入户走访", en="Household visit", items=items, media=media)


@pytest.fixture(scope="session")
def visit() -> Callable[..., Form]:
    return visit_form


class Town(Protocol):
    """A project on a Kobo server, and changes to it outside the client."""

    uid: str

    def reach(self, chapter: str) -> None: ...


@dataclass
class Recording:
    """Replays recorded answers: each request gets its recorded answers in order, then the last one again."""

    uid: str = UID
    url: str = ""
    answers: dict[str, list[Exchange]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    awaited: set[str] = field(default_factory=set)
    altered: Callable[[str, Exchange], Exchange] = lambda asked, exchange: exchange
    """Lets a test change an answer, to simulate faults."""

    def reach(self, chapter: str) -> None:
        """Skip to a chapter: of earlier answers only the last ones apply."""
        for name in CHAPTERS[: CHAPTERS.index(chapter) + 1]:
            fresh: dict[str, list[Exchange]] = {}
            for exchange in json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8")):
                before = fresh.get(exchange["ask"], []) if name == chapter else []
                fresh[exchange["ask"]] = [*before, exchange]
            self.answers |= fresh
        self.awaited |= fresh.keys()

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        asked = f"{method} {path}{'?' if query else ''}{'&'.join(f'{name}={query[name]}' for name in sorted(query))}"
        if headers["Authorization"] != f"Token {TOKEN}":
            asked += " with a wrong token"
        self.asked.append(asked)
        known = self.answers.get(asked)
        if not known or ("sent" in known[0] and known[0]["sent"] != sent(headers["Content-Type"], body, self.url)):
            self.unknown.append(asked)
            return 404, "text/plain", b"not recorded"
        exchange = self.altered(asked, known.pop(0) if len(known) > 1 else known[0])
        return exchange["status"], exchange["type"], self._body(exchange)

    def _body(self, exchange: Exchange) -> bytes:
        body = exchange["body"]
        if "base64" in exchange:
            return base64.b64decode(body)
        return (body if isinstance(body, str) else json.dumps(body)).replace(HOST, self.url).encode()


def sent(kind: str, body: bytes, url: str) -> Any:
    """The request as recorded: JSON unchanged, form fields with files by name."""
    if kind.startswith("application/json"):
        return json.loads(body.replace(url.encode(), HOST.encode()))
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).iter_parts()
    told = {part.get_param("name", header="content-disposition"): part for part in parts}
    return {name: part.get_filename() or part.get_payload(decode=True).decode().replace(url, HOST) for name, part in told.items()}


class Live:
    """A real server, and its other users: phones, an editor in a browser, a reviewer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.uid = ""
        self._reached: list[str] = []
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Token {os.environ['KOBO_TOKEN']}"

    def reach(self, chapter: str) -> None:
        for name in CHAPTERS[: CHAPTERS.index(chapter) + 1]:
            if name not in self._reached:
                self._reached.append(name)
                getattr(self, f"_{name}", lambda: None)()

    def leave(self) -> None:
        if self.uid:
            self._api("DELETE", "")

    def _drafted(self) -> None:
        content = self._api("GET", "").json()["content"]
        content["survey"].append({"type": "text", "name": "not_deployed", "label": ["草稿", "Draft"]})
        self._api("PATCH", "", json={"content": content})

    def _collected(self) -> None:
        self.uid = self.uid or Kobo().deploy(visit_form()).form_id
        self._form = self._xform()
        for number in range(250):
            self._send(number, photo="照片 1.png" if number in (0, 100, 200) else "")

    def _changed(self) -> None:
        rows = self._api("GET", "data/", params={"sort": '{"_id": 1}', "limit": 250}).json()["results"]
        self._send(250, village="shanqian", photo="屋顶.png", edits=rows[200]["_uuid"])
        self._api("PATCH", f"data/{rows[210]['_id']}/validation_status/", json={"validation_status.uid": APPROVED})
        self._api("DELETE", f"data/{rows[220]['_id']}/")
        self._send(251)

    def _api(self, method: str, path: str, **told: Any) -> requests.Response:
        answer = self._session.request(method, f"{self.url}/api/v2/assets/{self.uid}/{path}", **told)
        answer.raise_for_status()
        return answer

    def _xform(self) -> etree._Element:
        listed = etree.fromstring(self._session.get(f"{self.url}/formList").content)
        [address] = listed.xpath(f"//*[local-name()='formID'][.='{self.uid}']/../*[local-name()='downloadUrl']/text()")
        return etree.fromstring(self._session.get(address).content, etree.XMLParser(remove_blank_text=True))

    def _send(self, number: int, *, village: str = "hubin", photo: str = "", edits: str = "") -> None:
        """As a phone: the form's own instance, filled in."""
        root = deepcopy(self._form.xpath("//*[local-name()='instance']/*")[0])
        etree.cleanup_namespaces(root)
        for bind in self._form.xpath("//*[local-name()='bind'][@calculate]"):
            root.find("{*}" + "/{*}".join(bind.get("nodeset").split("/")[2:])).text = bind.get("calculate").strip("'")
        told = {"village": village, "difficulty": f"第 {number} 户缺水", "members": str(number % 7), "photo": photo}
        for name, value in told.items():
            root.find(f"{{*}}{name}").text = value
        root.find("{*}meta/{*}instanceID").text = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.uid}/{number}')}"
        if edits:
            etree.SubElement(root.find("{*}meta"), f"{{{etree.QName(root).namespace}}}deprecatedID").text = f"uuid:{edits}"
        files = {"xml_submission_file": ("submission.xml", etree.tostring(root, encoding="utf-8"), "text/xml")}
        if photo:
            files[photo] = (photo, PHOTO, "image/png")
        answer = self._session.post(f"{self.url}/submission", files=files, headers={"X-OpenRosa-Version": "1.0"})
        assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    server = Live(os.environ["KOBO_URL"].rstrip("/"))
    yield server
    server.leave()


@pytest.fixture(params=SERVERS)
def town(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Pages of 100 rows, so that 250 submissions take three pages; all recorded requests must be made."""
    monkeypatch.setattr(client, "PAGE", 100)
    if request.param == "real":
        yield request.getfixturevalue("live")
        return
    recording: Recording = request.getfixturevalue("recorded")
    yield recording
    assert recording.awaited - set(recording.asked) == set()


@pytest.fixture
def recorded(http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Recording]:
    """Pages of 100 rows; an unrecorded request fails the test."""
    recording = Recording()
    recording.url = http_server(recording.answer)
    monkeypatch.setenv("KOBO_URL", recording.url)
    monkeypatch.setenv("KOBO_TOKEN", TOKEN)
    monkeypatch.setattr(client, "PAGE", 100)
    yield recording
    assert recording.unknown == []

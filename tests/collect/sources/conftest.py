"""Local servers that answer as KoboToolbox and ODK Central do, in the shapes those were recorded in."""

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

UID = "aTPPUDScaFZkvBzd8FyK4Q"
TOKEN = "0123456789abcdef"
JSON = "application/json"
Answer = tuple[int, str, Any]


@pytest.fixture
def http_server() -> Iterator[Callable[[Callable[..., Any]], str]]:
    """Start a server on loopback: `answer(method, path, query, headers, body)` gives status, content type and body."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[..., Any]) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer

            def serve(self) -> None:
                asked = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(asked.query, keep_blank_values=True).items()}
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, content = answer(self.command, unquote(asked.path), query, self.headers, body)
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None: ...

        for method in ("GET", "POST", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.serve)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class KoboServer:
    """A Kobo account with one deployed form: what it holds, and what it was asked."""

    url: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    xml: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refuse: Callable[[str], tuple[int, str, Any] | None] = lambda path: None
    hide_after: int | None = None
    """Rows from here on are counted, and not given: a server that cuts off in silence."""
    deployed: dict[str, Any] = field(default_factory=dict)

    def add(self, village: str, *, photo: bytes | None = None) -> str:
        number, instance = str(len(self.xml) + 1), str(uuid.uuid4())
        row = {
            "_id": int(number),
            "_uuid": instance,
            "_submission_time": f"2026-11-{1 + int(number) // 1440 % 28:02}T{int(number) // 60 % 24:02}:{int(number) % 60:02}:00",
            "_validation_status": {},
            "_attachments": [],
        }
        if photo is not None:
            address = f"{self.url}/api/v2/assets/{UID}/data/{number}/attachments/att{number}/"
            self.files[urlsplit(address).path] = photo
            row["_attachments"] = [
                {
                    "download_url": address,
                    "mimetype": "image/jpeg",
                    "filename": f"town/attachments/ab/{instance}/house.jpg",
                    "media_file_basename": "house.jpg",
                    "uid": f"att{number}",
                    "question_xpath": "photo",
                    "is_deleted": False,
                }
            ]
        self.rows.append(row)
        self._write(number, village, instance, instance)
        return number

    def edit(self, number: str, village: str) -> None:
        """As Enketo edits: another instance ID, the same number, no time touched."""
        row = next(row for row in self.rows if row["_id"] == int(number))
        root, row["_uuid"] = row["_uuid"], str(uuid.uuid4())
        self._write(number, village, row["_uuid"], root)

    def _write(self, number: str, village: str, instance: str, root: str) -> None:
        self.xml[number] = (
            f'<{UID} id="{UID}" version="vA1"><formhub><uuid>ab</uuid></formhub><village>{village}</village><photo/>'
            f"<meta><instanceID>uuid:{instance}</instanceID><rootUuid>uuid:{root}</rootUuid></meta></{UID}>"
        )

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        self.asked.append(f"{method} {path}")
        if headers["Authorization"] != f"Token {TOKEN}":
            return 401, JSON, {"detail": "Invalid token."}
        if refusal := self.refuse(path):
            return refusal
        for asked, give in self._routes.items():
            if found := re.fullmatch(asked, f"{method} {path.removeprefix('/api/v2/')}"):
                return give(self, found, query, body)
        return 404, JSON, {"detail": "Not found."}

    def _data(self, _: re.Match[str], query: dict[str, str], __: bytes) -> Answer:
        return 200, JSON, self._page(query)

    def _xml(self, found: re.Match[str], *_: object) -> Answer:
        return 200, "text/xml", f'<?xml version="1.0" encoding="utf-8"?>{self.xml[found[1]]}'.encode()

    def _row(self, found: re.Match[str], *_: object) -> Answer:
        return 200, JSON, next(row for row in self.rows if row["_id"] == int(found[1]))

    def _attachment(self, found: re.Match[str], *_: object) -> Answer:
        return 200, "image/jpeg", self.files[f"/api/v2/{found[0].removeprefix('GET ')}"]

    def _assets(self, *_: object) -> Answer:
        return 200, JSON, {"count": 1, "next": None, "previous": None, "results": [self._asset()[2]]}

    def _asset(self, *_: object) -> Answer:
        return 200, JSON, {"uid": UID, "name": "走访", "version_id": "vA2", "has_deployment": "version" in self.deployed}

    def _xform(self, *_: object) -> Answer:
        return 200, "application/xml", self.deployed["xform"]

    def _import(self, _: re.Match[str], __: dict[str, str], body: bytes) -> Answer:
        self.deployed["workbook"] = body
        return 201, JSON, {"uid": "iX", "url": f"{self.url}/api/v2/imports/iX/", "status": "processing"}

    def _imported(self, *_: object) -> Answer:
        self.deployed["polls"] = self.deployed.get("polls", 0) + 1
        if self.deployed["polls"] == 1:
            return 200, JSON, {"status": "processing", "uid": "iX", "messages": {}}
        key = "updated" if b'name="destination"' in self.deployed["workbook"] else "created"
        return 200, JSON, {"status": "complete", "uid": "iX", "messages": {key: [{"uid": UID, "kind": "asset"}]}}

    def _files(self, *_: object) -> Answer:
        rows = [{"uid": f"af-{name}", "metadata": {"filename": name}} for name in self.deployed.get("media", {})]
        return 200, JSON, {"count": len(rows), "next": None, "previous": None, "results": rows}

    def _add_file(self, _: re.Match[str], __: dict[str, str], body: bytes) -> Answer:
        name = re.search(rb'"filename": "([^"]+)"', body)
        assert name
        self.deployed.setdefault("media", {})[name[1].decode()] = body
        return 201, JSON, {}

    def _drop_file(self, found: re.Match[str], *_: object) -> Answer:
        del self.deployed["media"][found[1]]
        return 204, JSON, b""

    def _deploy(self, found: re.Match[str], _: dict[str, str], body: bytes) -> Answer:
        self.deployed |= {"version": json.loads(body), "method": found[1]}
        return 200, JSON, {}

    _routes: ClassVar[dict[str, Callable[..., Answer]]] = {
        f"GET assets/{UID}/data/": _data,
        rf"GET assets/{UID}/data/(\d+)\.xml": _xml,
        rf"GET assets/{UID}/data/(\d+)\.json": _row,
        rf"GET assets/{UID}/data/\d+/attachments/\w+/": _attachment,
        "GET assets/": _assets,
        f"GET assets/{UID}/": _asset,
        rf"GET assets/{UID}\.xml": _xform,
        "POST imports/": _import,
        "GET imports/iX/": _imported,
        f"GET assets/{UID}/files/": _files,
        f"POST assets/{UID}/files/": _add_file,
        f"DELETE assets/{UID}/files/af-(.+)/": _drop_file,
        f"(POST|PATCH) assets/{UID}/deployment/": _deploy,
    }

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        limit, start = min(int(query.get("limit", 100)), 1000), int(query.get("start", 0))
        given = self.rows[: self.hide_after][start : start + limit]
        following = f"{self.url}/api/v2/assets/{UID}/data/?start={start + limit}&limit={limit}"
        return {
            "count": len(self.rows),
            "next": following if start + limit < len(self.rows) else None,
            "previous": None,
            "results": given,
        }


@pytest.fixture
def kobo_server(http_server: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> KoboServer:
    server = KoboServer()
    server.url = http_server(server.answer)
    monkeypatch.setenv("KOBO_URL", server.url)
    monkeypatch.setenv("KOBO_TOKEN", TOKEN)
    return server

"""A small form, a server for its page that records submissions, and a real browser."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.form.formats.xform import to_xform
from liuwen.webform import PAGE_HEADERS, bundle_gzip, bundle_name, page

VILLAGES = "name,label\nliuwan,柳湾村\nshiqiao,石桥村\n".encode()
WIFI = "town.test"
"""A host name for loopback that the browser treats like any address on a Wi-Fi: plain http, not trusted."""
ATTACK = '<img src="x" onerror="window.attacked = true"><script>window.attacked = true</script>'


@pytest.fixture(scope="session")
def visit() -> Form:
    """A small interview: a list from a file, a repeat, a constraint, a photo, and a label with a script."""
    needs = b.choices("needs", ("road", "修路", "Road"), ("water", "饮水", "Water"), ("clinic", "看病", "Clinic"))
    return build_form(
        "visit",
        zh="六问入户访谈",
        en="Household visit",
        title="六问入户访谈",
        version="1",
        media={"villages.csv": VILLAGES},
        items=[
            b.select_one("village", b.from_file("villages.csv"), zh="您在哪个村？", en="Which village?", required=True),
            b.text("visitor", zh=f"访问人{ATTACK}", en=f"Visitor{ATTACK}"),
            b.repeat(
                "member",
                zh="家庭成员",
                en="Household member",
                items=[
                    b.text("called", zh="称呼", en="Name"),
                    b.integer(
                        "age",
                        zh="年龄",
                        en="Age",
                        constraint=". >= 0 and . < 120",
                        constraint_message={"zh": "年龄应在 0 到 119 岁之间。", "en": "An age is from 0 to 119."},
                    ),
                ],
            ),
            b.select_multiple("needs", needs, zh="您家最需要什么？", en="What does your household need most?"),
            b.image("photo", zh="房屋照片", en="Photo of the house"),
        ],
    )


@dataclass
class Sent:
    """A POST as received: its parts by name, each with file name and bytes."""

    path: str
    headers: Mapping[str, str]
    parts: dict[str, tuple[str | None, bytes]]


@dataclass
class Desk:
    """A server of one form: its responses by path, its response to POST, and the received submissions."""

    address: str = ""
    gives: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    answers: Callable[[], tuple[int, str]] = lambda: (201, "Received.")
    sent: list[Sent] = field(default_factory=list)

    def open(self, html: str) -> str:
        """The address of a page with `html`."""
        path = f"/page-{len(self.gives)}"
        self.gives[path] = ("text/html", html.encode())
        return self.address + path


@pytest.fixture
def desk(visit: Form) -> Iterator[Desk]:
    desk = Desk()
    desk.gives = {
        "/form.xml": ("text/xml", to_xform(visit).xml.encode()),
        "/media/villages.csv": ("text/csv", VILLAGES),
        f"/{bundle_name()}": ("text/javascript", bundle_gzip()),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = desk.gives.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            if kind == "text/html":
                for name, value in PAGE_HEADERS.items():
                    self.send_header(name, value)
            else:
                self.send_header("Content-Type", kind)
            if kind == "text/javascript":
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            desk.sent.append(Sent(self.path, dict(self.headers), parts_of(self.headers["Content-Type"], body)))
            status, message = desk.answers()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(
                f'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>{message}</message></OpenRosaResponse>'.encode()
            )

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        desk.address = f"http://127.0.0.1:{server.server_port}"
        yield desk
        server.shutdown()


def parts_of(content_type: str, body: bytes) -> dict[str, tuple[str | None, bytes]]:
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return {
        str(part.get_param("name", header="content-disposition")): (part.get_filename(), part.get_payload(decode=True))  # type: ignore[misc]
        for part in message.iter_parts()  # type: ignore[attr-defined]
    }


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--host-resolver-rules=MAP {WIFI} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a phone's size; `phone.asked_of` lists the addresses of its requests."""
    context = browser.new_context(viewport={"width": 400, "height": 860}, is_mobile=True, has_touch=True, device_scale_factor=2)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.asked_of = asked  # type: ignore[attr-defined]
    yield page
    context.close()


@pytest.fixture
def form_page() -> Callable[..., str]:
    """The page of the small form; arguments of `page` may be overridden."""

    def make(**told: Any) -> str:
        usual = {"form": "/form.xml", "submit": "/submission", "bundle": f"/{bundle_name()}"}
        return page("六问入户访谈", **{**usual, "media": {"villages.csv": "/media/villages.csv"}, **told})

    return make

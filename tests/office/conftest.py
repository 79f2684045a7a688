"""A store with a few forms and answers, its office page, and people who sign in."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from PIL import Image

from liuwen.form import Form, build_form
from liuwen.form import builder as b
from liuwen.office import RunningOffice, open_office
from liuwen.store import Store
from liuwen.store.accounts import Role
from liuwen.store.permissions import Sender

VILLAGES = (("east", "东村", "East"), ("west", "西村", "West"))


def a_photo() -> bytes:
    """A small JPEG."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 160, 140)).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture(scope="session")
def house() -> Form:
    """An interview with a village, a name, a photo and a position."""
    return build_form(
        "house",
        zh="入户",
        en="House",
        version="1",
        items=[
            b.select_one("village", b.choices("villages", *VILLAGES), zh="哪个村？", en="Which village?"),
            b.text("called", zh="户主姓名", en="Name of the householder"),
            b.image("photo", zh="照片", en="Photo"),
            b.geopoint("place", zh="位置", en="Position"),
        ],
    )


@pytest.fixture(scope="session")
def opinion() -> Form:
    """An anonymous question."""
    rating = b.choices("rating", ("good", "好", "Good"), ("poor", "差", "Poor"))
    return build_form(
        "opinion",
        zh="评价",
        en="Opinion",
        version="1",
        anonymous=True,
        items=[b.select_one("work", rating, zh="工作怎么样？", en="How is the work?")],
    )


@pytest.fixture(scope="session")
def letter() -> Form:
    """A complaint."""
    return build_form("letter", zh="信件", en="Letter", version="1", items=[b.text("said", zh="说什么？", en="What is said?")])


def an_interview(number: int, village: str = "east", called: str = "Zhao") -> bytes:
    """An interview."""
    return (
        f'<data id="house" version="1"><village>{village}</village><called>{called}</called><photo>p{number}.jpg</photo>'
        f"<place>30.{number:02} 120.0 0 5</place><meta><instanceID>uuid:house-{number}</instanceID></meta></data>"
    ).encode()


def an_opinion(number: int, work: str) -> bytes:
    """An anonymous answer."""
    return (
        f'<data id="opinion" version="1"><work>{work}</work><meta><instanceID>uuid:o{number}</instanceID></meta></data>'.encode()
    )


def fill(store: Store, *forms: Form) -> None:
    """Publish, and receive three interviews, twelve opinions and a complaint, which is made confidential."""
    for form in forms:
        store.publish(form)
    store.add_collector("Wang")
    with store:
        for number in range(3):
            village = "west" if number == 2 else "east"
            store.receive(an_interview(number, village), {f"p{number}.jpg": a_photo()}, Sender(collector=1))
        for number in range(12):
            store.receive(an_opinion(number, "poor" if number < 6 else "good"))
        store.receive(
            b'<data id="letter" version="1"><said>a complaint about Li</said><meta><instanceID>uuid:l</instanceID></meta></data>'
        )
    store.office.set_confidential("letter", True)


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, and sends each form with the secret of the page that it was on."""

    office: RunningOffice
    session: requests.Session = field(default_factory=requests.Session)
    csrf: str = ""

    def get(self, path: str, **how: object) -> requests.Response:
        """Open a page."""
        got: requests.Response = self.session.get(self.office.url + path, headers={"Accept-Language": "en"}, timeout=60, **how)  # type: ignore[arg-type]
        return self._remembered(got)

    def post(
        self, path: str, *, follow: bool = True, files: dict[str, tuple[str, bytes]] | None = None, **fields: str
    ) -> requests.Response:
        """Send a form."""
        data = {"csrf": self.csrf, **fields}
        headers = {"Accept-Language": "en"}
        got = self.session.post(
            self.office.url + path, data=data, files=files, headers=headers, timeout=60, allow_redirects=follow
        )
        return self._remembered(got)

    def _remembered(self, got: requests.Response) -> requests.Response:
        found = re.search(r'name="csrf" value="([^"]+)"', got.text) if "html" in got.headers.get("content-type", "") else None
        self.csrf = found[1] if found else self.csrf
        return got


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory, house: Form, opinion: Form, letter: Form) -> Path:
    """The folder of the store that each test gets a copy of."""
    store = Store(tmp_path_factory.mktemp("office") / "town")
    fill(store, house, opinion, letter)
    store.close()
    return store.folder


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Iterator[Store]:
    """The store."""
    store = Store(shutil.copytree(filled_once, tmp_path / "town"))
    yield store
    store.close()


@pytest.fixture
def office(filled: Store) -> Iterator[RunningOffice]:
    """Its office page."""
    with open_office(filled, port=0, language="en") as running:
        yield running


@pytest.fixture
def clerk(office: RunningOffice) -> Browser:
    """Whoever started the page."""
    browser = Browser(office)
    assert browser.get(office.entrance.removeprefix(office.url)).status_code == 200
    browser.get("/collectors")
    return browser


@pytest.fixture
def signed_in(filled: Store, office: RunningOffice) -> Callable[..., Browser]:
    """Signs somebody in with an account of these roles."""

    def enter(*roles: Role) -> Browser:
        name = f"{'-'.join(roles)}-{len(filled.office.accounts())}"
        password = filled.office.add_account(name, roles)
        browser = Browser(office)
        assert browser.post("/sign-in", name=name, password=password).status_code == 200
        return browser

    return enter


@pytest.fixture
def browse(office: RunningOffice) -> Callable[[], Browser]:
    """Opens a browser of somebody who is not signed in."""
    return lambda: Browser(office)


@pytest.fixture
def house_xml() -> Callable[..., bytes]:
    """Makes interviews."""
    return an_interview


@pytest.fixture
def opinion_xml() -> Callable[..., bytes]:
    """Makes anonymous answers."""
    return an_opinion


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A picture, 64 pixels wide."""
    return a_photo()

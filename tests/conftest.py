"""What every test may ask for."""

import atexit
import base64
import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7

from liuwen.cli import main
from liuwen.errors import LiuwenWarning
from liuwen.form import Form, read_form
from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.responses import Responses, read_responses
from liuwen.server import Server, serve
from liuwen.store import Credentials, Store
from liuwen.testing.phone import Phone

if "PYTEST_XDIST_WORKER" not in os.environ:  # what is kept between commands serves one run of the tests, and all its processes
    os.environ["LIUWEN_CACHE"] = mkdtemp(prefix="liuwen-cache-")
    atexit.register(shutil.rmtree, os.environ["LIUWEN_CACHE"], ignore_errors=True)

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent

HANG = 300
"""Seconds after which what a test waits for will not come. It decides no outcome: a busy machine is slow, and no fault."""


@pytest.fixture(scope="session", autouse=True)
def patient_browsers() -> Iterator[None]:
    """Every page of every browser test waits for the event, and gives up only after `HANG`."""
    if find_spec("playwright") is None:
        yield
        return
    from playwright import sync_api as playwright

    playwright.expect.set_options(timeout=HANG * 1000)
    with pytest.MonkeyPatch.context() as patch:
        for opened in ("new_page", "new_context"):
            patch.setattr(playwright.Browser, opened, _waiting(getattr(playwright.Browser, opened)))
        yield


def _waiting(opening: Callable[..., Any]) -> Callable[..., Any]:
    def opened(browser: Any, *given: Any, **how: Any) -> Any:
        page_or_context = opening(browser, *given, **how)
        page_or_context.set_default_timeout(HANG * 1000)
        return page_or_context

    return opened


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real forms and submissions that lie beside the project; tests that need them skip where they are absent."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real forms is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable; without one, browser tests skip on a person's machine and fail where CI=true."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium on this machine: browser tests were not run"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return found


@pytest.fixture
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Starts a JupyterLab of the test's own over a folder, and gives its address."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    with ExitStack() as running:
        yield lambda folder: running.enter_context(_serving(folder, tmp_path_factory.mktemp("jupyter")))


@contextmanager
def _serving(folder: Path, own: Path) -> Iterator[str]:
    settings = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=", "--LabApp.news_url="]
    places = {name: str(own / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    command = [sys.executable, "-m", "jupyterlab", *settings, f"--ServerApp.root_dir={folder}"]
    with (own / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **places}, stdout=log, stderr=log)
    try:
        yield _address_in(own / "lab.log")
    finally:
        server.terminate()
        server.wait(timeout=HANG)


def _address_in(log: Path) -> str:
    """The address that it names last, once it answers there."""
    for _ in range(HANG * 10):
        with suppress(IndexError, OSError):
            address = re.findall(r"http://127\.0\.0\.1:\d+", log.read_text())[-1]
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            return address
        time.sleep(0.1)
    return pytest.fail(f"JupyterLab did not start: {log.read_text()}")


@pytest.fixture
def run_cell() -> Callable[["Page", int], None]:
    """Runs a cell of the notebook that a tab of JupyterLab shows, by its number from 0.

    The key is pressed until it is heard: JupyterLab does not hear one while the notebook is still being set up, and on a
    busy machine it may first ask something.
    """

    def run(tab: "Page", number: int) -> None:
        cell = tab.locator(".jp-NotebookPanel .jp-CodeCell").nth(number)
        tab.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
        for _ in range(HANG // 2):
            if (offered := tab.locator(".jp-Dialog .jp-mod-accept")).count():
                offered.click()
            cell.locator(".cm-content").click()
            tab.keyboard.press("Control+Enter")
            tab.wait_for_timeout(2_000)
            if re.search(r"[*\d]", cell.locator(".jp-InputPrompt").inner_text()):
                return
        pytest.fail(f"cell {number} did not run")

    return run


EVERYTHING = """
| survey |
| | type | name | label::中文 (zh) | label::English (en) | hint::English (en) | relevant | remarks |
| | begin group | home | 家庭 | Household | | | |
| | text | village | 哪个村？ | Which village? | as it is called | | a \\| b |
| | select_one yes_no | asks | 要帮助吗？ | Ask for help? | | | |
| | select_multiple aid | kinds | 哪些？ | Which kinds? | | ${asks} = 'yes' | |
| | end group | | | | | | |
| | begin repeat | member | 成员 | Member | | | |
| | integer | age | 年龄 | Age | | | |
| | end repeat | | | | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) | weight |
| | yes_no | yes | 是 | Yes | 1 |
| | yes_no | no | 否 | No | 0 |
| | aid | money | 资金 | Money | |
| | aid | work | 就业 | Work | |
| settings |
| | form_id | version | default_language |
| | visit | 2026112101 | 中文 (zh) |
| diary |
| | day | what was changed |
"""


@pytest.fixture(scope="session")
def everything() -> Form:
    """A small form with groups, repeats, two languages, an unknown column and an unknown sheet."""
    return read_form(EVERYTHING.encode())


@pytest.fixture(scope="session")
def corpus_listing(corpus: Path) -> list[dict[str, str]]:
    """The rows of the corpus's forms.csv: each workbook, and what pyxform says of it."""
    with (corpus / "forms.csv").open(encoding="utf-8", newline="") as listing:
        return list(csv.DictReader(listing))


@pytest.fixture(scope="session")
def workbooks(corpus: Path, corpus_listing: list[dict[str, str]]) -> dict[str, Path]:
    """The corpus's workbooks, by the name forms.csv gives them."""
    return {row["file"]: corpus / row["file"] for row in corpus_listing}


@pytest.fixture(scope="session")
def forms(workbooks: dict[str, Path]) -> dict[str, Form]:
    """The corpus's workbooks, read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LiuwenWarning)
        return {name: read_form(path) for name, path in workbooks.items()}


VISIT = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>{title}</h:title><model>
<instance><data id="{form_id}" version="{version}"><village/><photo/><orx:meta><orx:instanceID/></orx:meta></data></instance>
{extra}<bind nodeset="/data/village" type="string"/><bind nodeset="/data/photo" type="binary"/>
</model></h:head>
<h:body><input ref="/data/village"><label>村</label></input>
<upload ref="/data/photo" mediatype="image/*"><label>照片</label></upload></h:body></h:html>"""


@pytest.fixture(scope="session")
def visit_form() -> Callable[..., bytes]:
    """An XForm with a village and a photo."""

    def make(form_id: str = "visit", version: str = "1", title: str = "入户走访", extra: str = "") -> bytes:
        return VISIT.format(form_id=form_id, version=version, title=title, extra=extra).encode()

    return make


@pytest.fixture(scope="session")
def visit() -> Callable[..., bytes]:
    """A filled-in visit."""

    def make(
        instance: str = "uuid:one",
        village: str = "湖滨",
        *,
        edits: str = "",
        form: str = "visit",
        version: str = "1",
        photo: str = "",
    ) -> bytes:
        deprecated = f"<orx:deprecatedID>{edits}</orx:deprecatedID>" if edits else ""
        return (
            f'<data xmlns:orx="http://openrosa.org/xforms" id="{form}" version="{version}"><village>{village}</village>'
            f"<photo>{photo}</photo><orx:meta><orx:instanceID>{instance}</orx:instanceID>{deprecated}</orx:meta></data>"
        ).encode()

    return make


@pytest.fixture
def store(tmp_path: Path, visit_form: Callable[..., bytes]) -> Iterator[Store]:
    """A store with one published form."""
    store = Store(tmp_path / "town")
    store.publish(visit_form())
    yield store
    store.close()


@pytest.fixture
def who(store: Store) -> Credentials:
    """A collector who may see every form."""
    return store.add_collector("wang")


@pytest.fixture
def server(store: Store, who: Credentials) -> Iterator[Server]:
    """The store being served on loopback."""
    with serve(store, port=0, language="en") as server:
        yield server


@pytest.fixture
def phone(server: Server, who: Credentials) -> Iterator[Phone]:
    """A phone with the collector's token."""
    with Phone(f"{server.url}/key/{who.token}") as phone:
        yield phone


TOWN_VILLAGES = (("east", "东村", "East"), ("west", "西村", "West"), ("hill", "山村", "Hill"), ("lake", "湖村", "Lake"))
TOWN_NEEDS = (
    ("road", "路，<b>通到家门口</b>", "A road, <b>to the door</b>"),
    ("water", "安全饮水", "Safe water"),
    ("doctor", "看病", "A doctor"),
    ("none", "没有困难", "None"),
    ("dont_know", "不知道", "Don't know"),
)


@pytest.fixture(scope="session")
def town_form() -> Form:
    """Asks for village, kind of household, date and needs."""
    kinds = b.choices("kinds", ("poor", "困难户", "In hardship"), ("other", "一般户", "Ordinary"))
    return b.build_form(
        "town",
        zh="小镇",
        en="A town",
        version="1",
        items=[
            b.select_one("village", b.choices("villages", *TOWN_VILLAGES), zh="哪个村？", en="Which village?"),
            b.select_one("household_type", kinds, zh="户别", en="Kind of household"),
            b.date("visit_date", zh="日期", en="Date"),
            b.select_multiple("needs", b.choices("needs", *TOWN_NEEDS), zh="需要什么？", en="What is needed?"),
        ],
    )


@pytest.fixture(scope="session")
def town(town_form: Form, town_folder: Path) -> Responses:
    """What they answered."""
    return read_responses(town_folder / "submissions", form=town_form)


@pytest.fixture(scope="session")
def town_folder(town_form: Form, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form, and the submissions of 160 households; three in Lake, too few to show."""
    folder = tmp_path_factory.mktemp("town")
    town_form.write(folder / "town.xlsx")
    (folder / "submissions").mkdir()
    chance = np.random.default_rng(5)
    names = [name for name, _, _ in TOWN_NEEDS[:3]]
    for number in range(160):
        village = "lake" if number < 3 else TOWN_VILLAGES[number % 3][0]
        wants = [name for name, share in zip(names, (0.7, 0.4, 0.2), strict=True) if chance.random() < share]
        answers = {
            "village": village,
            "household_type": "poor" if chance.random() < 0.4 else "other",
            "visit_date": f"2026-0{3 + number % 2}-1{number % 10}",
            "needs": " ".join(wants) or "none",
        }
        _write_submission(folder / "submissions" / f"{number}.xml", number, answers)
    return folder


def _write_submission(path: Path, number: int, answers: dict[str, str]) -> None:
    fields = "".join(f"<{name}>{answer}</{name}>" for name, answer in answers.items())
    meta = f"<meta><instanceID>uuid:00000000-0000-4000-8000-{number:012d}</instanceID></meta>"
    path.write_text(f'<data id="town" version="1">{fields}{meta}</data>', encoding="utf-8")


Sealing = Callable[..., tuple[bytes, dict[str, bytes]]]


@pytest.fixture(scope="session")
def seal() -> Sealing:
    """Encrypt a submission as ODK Collect does, from the specification: the envelope, and the files that go with it."""

    def sealed(
        plain: bytes,
        key: RSAPublicKey,
        media: Mapping[str, bytes] = MappingProxyType({}),
        *,
        instance_id: str = "uuid:1",
        form_id: str = "visit",
        version: str = "2",
    ) -> tuple[bytes, dict[str, bytes]]:
        oaep = OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)
        aes = bytes(range(32))
        wrapped = base64.b64encode(key.encrypt(aes, oaep)).decode()
        vector = bytearray(hashlib.md5(instance_id.encode() + aes).digest())
        told = f"{form_id}\n{version}\n{wrapped}\n{instance_id}\n"
        files = {}
        for number, (name, content) in enumerate({**media, "submission.xml": plain}.items()):
            vector[number % 16] = (vector[number % 16] + 1) % 256
            padder, encryptor = PKCS7(128).padder(), Cipher(algorithms.AES(aes), CFB(bytes(vector))).encryptor()
            files[f"{name}.enc"] = encryptor.update(padder.update(content) + padder.finalize()) + encryptor.finalize()
            told += f"{name}::{hashlib.md5(content).hexdigest()}\n"
        signature = base64.b64encode(key.encrypt(hashlib.md5(told.encode()).digest(), oaep)).decode()
        listed = "".join(f"<media><file>{name}.enc</file></media>" for name in media)
        envelope = (
            f'<data xmlns="http://opendatakit.org/submissions" encrypted="yes" id="{form_id}" version="{version}">'
            f"<base64EncryptedKey>{wrapped}</base64EncryptedKey>"
            f'<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID>{instance_id}</orx:instanceID></orx:meta>{listed}'
            f"<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>"
            f"<base64EncryptedElementSignature>{signature}</base64EncryptedElementSignature></data>"
        )
        return envelope.encode(), files

    return sealed


@dataclass(frozen=True)
class Said:
    """What the command left behind: its exit status and its two streams."""

    status: int
    out: str
    err: str


@pytest.fixture
def liuwen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """The command in this process, in English unless `--lang` says otherwise."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(sys, "argv", ["liuwen"])

    def run(*arguments: object) -> Said:
        with use_language("en"), pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(int(left.value.code or 0), said.out, said.err)

    return run

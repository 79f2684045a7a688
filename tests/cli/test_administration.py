"""`liuwen collectors`, `links`, `forms`, `log` and `erase`, beside a running server."""

import base64
import json
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from liuwen.server import Server, serve
from liuwen.store import Store

Run = Callable[..., Any]
Make = Callable[..., bytes]


@pytest.fixture
def served(store: Store) -> Any:
    """The store, while it is served."""
    with serve(store, port=0) as server:
        yield server


def test_collectors(served: Server, store: Store, liuwen: Run) -> None:
    """Added with a code that leads to the running server, shown again, revoked."""
    said = liuwen("collectors", store.folder, "--add", "王芳", "--until", "2099-01-31")
    assert said.status == 0 and f"{served.address}/key/" in said.out
    assert "until 2099-01-31" in said.out
    assert f"{served.address}/key/" in liuwen("collectors", store.folder, "--show", "王芳").out
    (row,) = json.loads(liuwen("collectors", store.folder, "--revoke", "王芳", "--json").out)
    assert (row["name"], row["state"]) == ("王芳", "revoked")
    assert liuwen("collectors", store.folder, "--add", "王芳").status == 2
    assert "--add adds one" in liuwen("collectors", store.folder, "--show", "Li").err


def test_links(served: Server, store: Store, liuwen: Run) -> None:
    """Made for one answer, listed, revoked by the ID in the list."""
    assert f"{served.address}/key/" in liuwen("links", store.folder, "--add", "visit", "--uses", "1").out
    (row,) = json.loads(liuwen("links", store.folder, "--json").out)
    assert (row["form"], row["left"], row["state"]) == ("visit", "1", "valid")
    (row,) = json.loads(liuwen("links", store.folder, "--revoke", row["id"], "--json").out)
    assert row["state"] == "revoked"
    assert liuwen("links", store.folder, "--revoke", "00000000").status == 2


def test_forms(served: Server, store: Store, liuwen: Run) -> None:
    """Closed and opened."""
    (row,) = json.loads(liuwen("forms", store.folder, "--close", "visit", "--json").out)
    assert (row["form"], row["state"], row["answers"]) == ("visit", "closed", 0)
    assert "open" in liuwen("forms", store.folder, "--open", "visit").out
    assert liuwen("forms", store.folder, "--close", "nothing").status == 2


def test_a_form_is_tried_and_published(served: Server, store: Store, tmp_path: Path, liuwen: Run) -> None:
    """With a test code below the server's address; a form with errors is listed, and no draft is made."""
    survey = "| survey |\n| | type | name | label |\n| | {kind} | said | What? |\n"
    survey += "| settings |\n| | form_id | version |\n| | wish | 1 |\n"
    (tmp_path / "wish.md").write_text(survey.format(kind="text"), encoding="utf-8")
    (tmp_path / "bad.md").write_text(survey.format(kind="texxt"), encoding="utf-8")
    said = liuwen("forms", store.folder, "--try", tmp_path / "wish.md")
    assert f"{served.address}/test/" in said.out and "draft" in said.out
    bad = liuwen("forms", store.folder, "--try", tmp_path / "bad.md")
    assert bad.status == 1 and "texxt" in bad.err and len(store.drafts.all()) == 1
    rows = json.loads(liuwen("forms", store.folder, "--publish", "wish", "--json").out)
    assert [(row["form"], row["state"]) for row in rows] == [("visit", "open"), ("wish", "open")]
    assert liuwen("forms", store.folder, "--publish", "wish").status == 2


def test_erase_and_log(served: Server, store: Store, visit: Make, liuwen: Run) -> None:
    """Nothing is erased without being asked; the log has it, without the ID."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"photo"})
    assert liuwen("erase", store.folder, "--instance", "uuid:one", "--household", "x", "--yes").status == 2
    assert store.count() == 1
    said = liuwen("erase", store.folder, "--instance", "uuid:one", "--yes")
    assert said.status == 0 and "Erased 1 answers" in said.out and "files of 1 attachments" in said.err
    assert store.count() == 0
    entries = json.loads(liuwen("log", store.folder, "--json").out)
    assert entries[-1]["act"] == "answers erased" and "uuid:one" not in json.dumps(entries)
    assert "answers erased" in liuwen("log", store.folder).out


def test_the_printed_code_can_be_scanned(served: Server, store: Store, tmp_path: Path, liuwen: Run) -> None:
    """The page of each collector leads a phone to the running server."""
    said = liuwen("collectors", store.folder, "--add", "王 芳", "--sheets", tmp_path / "sheets", "--wifi", "Town hall")
    assert said.status == 0
    (sheet,) = (tmp_path / "sheets").iterdir()
    subprocess.run(["pdftoppm", "-png", "-r", "150", "-singlefile", sheet, tmp_path / "page"], check=True)
    with Image.open(tmp_path / "page.png") as page:
        (code,) = zxingcpp.read_barcodes(page.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)
    settings = json.loads(zlib.decompress(base64.b64decode(code.text, validate=True)))
    assert settings["general"]["server_url"].startswith(f"{served.address}/key/")
    assert oct(sheet.stat().st_mode & 0o077) == "0o0"


def test_review(served: Server, store: Store, visit: Make, liuwen: Run) -> None:
    """Reviewed beside the running server, listed with the last comment; an unknown answer is a sentence."""
    store.receive(visit())
    assert liuwen("review", store.folder, "--instance", "uuid:one").status == 2
    assert "has issues" in liuwen("review", store.folder, "--instance", "uuid:one", "--state", "hasIssues").out
    said = liuwen("review", store.folder, "--instance", "uuid:one", "--state", "approved", "--comment", "called back", "--json")
    (row,) = json.loads(said.out)
    assert (row["state"], row["comment"]) == ("approved", "called back")
    assert json.loads(liuwen("review", store.folder, "--state", "hasIssues", "--json").out) == []
    assert liuwen("review", store.folder, "--instance", "uuid:none", "--state", "approved").status == 2
    assert store.responses("visit").submissions["review_state"].tolist() == ["approved"]


def test_accounts(served: Server, store: Store, liuwen: Run) -> None:
    """Added with a role and a password that is shown once, revoked."""
    assert liuwen("accounts", store.folder, "--add", "Liu").status == 2
    said = liuwen("accounts", store.folder, "--add", "Liu", "--role", "leader").out
    password = said.split("only now): ")[1].split()[0]
    assert store.office.sign_in("Liu", password) is not None and store.office.sign_in("Liu", "wrong") is None
    (row,) = json.loads(liuwen("accounts", store.folder, "--revoke", "Liu", "--json").out)
    assert (row["roles"], row["state"]) == ("leader", "revoked")
    assert store.office.sign_in("Liu", password) is None

"""`liuwen publish` and `liuwen pull` with ODK Central."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from liuwen.openrosa import new_keys
from liuwen.sources import Central

FORM = """
| survey   |         |         |                     |                    |
|          | type    | name    | label::English (en) | label::中文 (zh)   |
|          | text    | village | Which village?      | 哪个村？           |
|          | image   | photo   | A photo             | 照片               |
| settings |         |         |
|          | form_id | version |
|          | visit   | {version} |
"""
PASSPHRASE = "six questions, one answer"
Run = Callable[..., object]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return written(tmp_path / "visit.md", "1")


def written(path: Path, version: str) -> Path:
    path.write_text(FORM.format(version=version), encoding="utf-8")
    return path


@pytest.fixture
def there(central: Central) -> list[object]:
    """The options that name the project."""
    return ["--central", central.url, "--project", central.project, "--email", central.email]


@pytest.fixture
def sent(central: Central, seal: Run, deliver: Run) -> Callable[[str], None]:
    """The first app user sends an interview, encrypted if the form requires it."""

    def send(village: str) -> None:
        instance, xform = f"uuid:{uuid4()}", central.get("forms/visit.xml").text
        version = re.findall(r'<data[^>]* version="([^"]*)"', xform)[0]
        said = f"<village>{village}</village><photo>house.jpg</photo><meta><instanceID>{instance}</instanceID></meta>"
        xml, files = f'<data id="visit" version="{version}">{said}</data>'.encode(), {"house.jpg": b"JPEG"}
        if key := re.search(r'base64RsaPublicKey="([^"]+)"', xform):
            public = load_der_public_key(base64.b64decode(key[1]))
            xml, files = seal(xml, public, files, instance_id=instance, version=version)
        deliver(central.app_users()[0].address, xml, files)

    return send


def test_a_form_is_published_and_a_phone_set_up(liuwen: Run, central: Central, there: list[object], form: Path) -> None:
    """Version and code are shown; the next version keeps the code."""
    said = liuwen("publish", form, *there, "--app-user", "王小明", "--codes", form.parent / "codes")
    assert said.status == 0, said.err
    assert "visit, version 1" in said.out and "王小明" in said.out and "▄" in said.out
    assert (form.parent / "codes" / "王小明.png").stat().st_size > 500
    user = central.app_users()[0]
    assert user.address not in said.out
    again = liuwen("publish", written(form, "2"), *there, "--app-user", "王小明", "--json")
    told = json.loads(again.out)
    assert (told["form"], told["version"], told["encrypted"]) == ("visit", "2", False)
    assert told["app_users"] == [{"name": "王小明", "address": user.address, "picture": None}]


def test_a_faulty_form_is_not_published(liuwen: Run, central: Central, there: list[object], form: Path) -> None:
    """Exit status 1, and Central has nothing of it; an existing version exits with 2."""
    form.write_text(FORM.format(version="1").replace("Which village?", "Which ${town}?"), encoding="utf-8")
    said = liuwen("publish", form, *there)
    assert said.status == 1 and "was not published" in said.err
    assert central.forms() == ()
    liuwen("publish", written(form, "1"), *there)
    assert liuwen("publish", form, *there).status == 2


def test_the_second_pull_brings_only_what_is_new(liuwen: Run, sent: Run, there: list[object], form: Path) -> None:
    """In words, as JSON, and as tables; as many as the server counts."""
    liuwen("publish", form, *there, "--app-user", "王小明")
    sent("east")
    to, tables = form.parent / "pulled", form.parent / "tables"
    first = liuwen("pull", "visit", *there, "--to", to)
    assert first.status == 0, first.err
    assert "1 submissions of visit, as many as the server counts" in first.out and "New: 1" in first.out
    sent("west")
    second = json.loads(liuwen("pull", "visit", *there, "--to", to, "--parquet", tables, "--json").out)
    assert (second["count"], second["new"], second["unchanged"], second["files"]) == (2, 1, 1, 1)
    assert second["tables"][0]["rows"] == 2 and second["rejected"] == []
    assert sorted(pd.read_parquet(tables / "submissions.parquet")["village"]) == ["east", "west"]
    assert len(list(to.rglob("house.jpg"))) == 2
    assert liuwen("pull", "visit", *there, "--to", form.parent / "bare", "--no-files").status == 0
    assert len(list((form.parent / "bare").rglob("house.jpg"))) == 0


def test_submissions_encrypted_by_central_are_pulled_and_read(
    liuwen: Run, sent: Run, there: list[object], form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the passphrase everything is read, without it status 1 names what is missing, with a wrong one status 2; it is never
    shown.
    """
    monkeypatch.setenv("CENTRAL_PASSPHRASE", PASSPHRASE)
    published = liuwen("publish", form, *there, "--app-user", "王小明", "--encrypt", "--hint", "the hall")
    assert published.status == 0 and "encrypted on the phone" in published.out
    sent("east")
    to = ["--to", form.parent / "pulled", "--parquet", form.parent / "tables"]
    said = [published, liuwen("pull", "visit", *there, *to)]
    assert said[-1].status == 0, said[-1].err
    assert pd.read_parquet(form.parent / "tables" / "submissions.parquet")["village"].tolist() == ["east"]
    monkeypatch.delenv("CENTRAL_PASSPHRASE")
    said.append(liuwen("pull", "visit", *there, *to))
    assert said[-1].status == 1 and "CENTRAL_PASSPHRASE" in " ".join(said[-1].out.split())
    monkeypatch.setenv("CENTRAL_PASSPHRASE", "another passphrase")
    said.append(liuwen("pull", "visit", *there, *to))
    assert said[-1].status == 2 and said[-1].err.count("\n") == 1 and "the hall" in said[-1].err
    assert not [each for each in said if "passphrase" in each.out + each.err and PASSPHRASE in each.out + each.err]


def test_own_key_pair_encrypts_and_decrypts(
    liuwen: Run, sent: Run, there: list[object], form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--encrypt-to` takes the public key, `--key` the private one."""
    key = new_keys(PASSPHRASE).write(form.parent / "town.pem")
    liuwen("publish", form, *there, "--app-user", "王小明", "--encrypt-to", f"{key}.pub")
    sent("east")
    monkeypatch.setenv("LIUWEN_PASSPHRASE", PASSPHRASE)
    read = ["--parquet", form.parent / "tables", "--media", form.parent / "photos", "--form", form, "--key", key, "--json"]
    told = json.loads(liuwen("pull", "visit", *there, "--to", form.parent / "pulled", *read).out)
    assert told["rejected"] == [] and told["tables"][0]["rows"] == 1
    assert [path.read_bytes() for path in (form.parent / "photos").rglob("house.jpg")] == [b"JPEG"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the server"),
        (["--central", "http://127.0.0.1:9", "--kobo", "http://127.0.0.1:9"], "Name the server"),
        (["--kobo", "http://127.0.0.1:9"], "KOBO_TOKEN"),
    ],
)
def test_missing_setting_is_one_sentence(
    liuwen: Run, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 2, one line."""
    for name in ("CENTRAL_URL", "KOBO_URL", "KOBO_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    told = liuwen("pull", "visit", *arguments, "--to", tmp_path)
    assert told.status == 2 and said in told.err and told.err.count("\n") == 1

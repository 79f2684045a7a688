"""Passphrases come from the environment or a prompt, never from an option."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from liuwen.openrosa import new_keys

PASSPHRASE = "six questions, one answer"
FORM = """
| survey |
| | type | name | label |
| | text | village | Which village? |
| settings |
| | form_id | form_title | version |
| | visit | Visit | 2 |
"""
ANSWERS = b'<data id="visit" version="2"><village>Hubin</village><meta><instanceID>uuid:1</instanceID></meta></data>'


@pytest.fixture
def encrypted(seal, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A folder with an encrypted submission, its form and the private key."""
    keys = new_keys(PASSPHRASE)
    key, form, folder = tmp_path / "town.pem", tmp_path / "visit.md", tmp_path / "received"
    keys.write(key)
    form.write_text(FORM, encoding="utf-8")
    envelope, files = seal(ANSWERS, load_pem_public_key(Path(f"{key}.pub").read_bytes()))
    folder.mkdir()
    for name, content in {"submission.xml": envelope, **files}.items():
        (folder / name).write_bytes(content)
    return folder, form, key


def test_passphrase_of_a_key_from_the_environment(liuwen, encrypted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong passphrase, a missing one, and a missing key give one sentence each."""
    folder, form, key = encrypted
    asked = ("load", folder, "--form", form, "--key", key)
    assert "wrong or missing" in liuwen(*asked).err
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "another passphrase")
    wrong = liuwen(*asked)
    assert wrong.status == 2 and "wrong or missing" in wrong.err and "another" not in wrong.err
    monkeypatch.setenv("LIUWEN_PASSPHRASE", PASSPHRASE)
    read = liuwen(*asked)
    assert read.status == 0 and "1 submissions of visit" in read.out
    absent = liuwen(*asked[:-1], key.with_name("none.pem"))
    assert absent.status == 2 and "none.pem" in absent.err and "Traceback" not in absent.err


def test_no_option_takes_a_passphrase(liuwen, encrypted) -> None:
    """It would be visible in the list of processes and the shell's history."""
    folder, form, key = encrypted
    assert liuwen("load", folder, "--form", form, "--key", key, "--passphrase", PASSPHRASE).status == 2
    assert liuwen("keys", "new", key.with_name("b.pem"), "--passphrase", PASSPHRASE).status == 2

"""Errors of each command for missing files and files without a form: one sentence, in either language."""

from pathlib import Path

import pytest

FORM = "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id |\n| | visit |\n"
FAULTY = "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a valid form, a faulty one and a web page."""
    (tmp_path / "good.md").write_text(FORM, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "page.xlsx").write_text("<!DOCTYPE html><html>Sign in</html>", encoding="utf-8")
    (tmp_path / "answers").mkdir()
    for name in ("CENTRAL_URL", "KOBO_URL", "LIUWEN_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


CENTRAL = ("--central", "http://127.0.0.1:9", "--email", "a@b.c")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("check", "none.xlsx"), "none.xlsx"),
        (("check", "page.xlsx"), "page.xlsx"),
        (("compare", "good.md", "none.xlsx"), "none.xlsx"),
        (("compare", "page.xlsx", "good.md"), "page.xlsx"),
        (("preview", "none.xlsx", "--no-browser"), "none.xlsx"),
        (("simulate", "page.xlsx", "--to", "out"), "page.xlsx"),
        (("serve", "store", "--port", "0", "--form", "none.xlsx"), "none.xlsx"),
        (("serve", "store", "--port", "0", "--form", "faulty.md"), "faulty.md"),
        (("serve", "store", "--port", "0", "--encrypt-to", "none.pub"), "none.pub"),
        (("serve", "store", "--port", "0", "--link", "nothing"), "nothing"),
        (("load", "answers", "--form", "none.xlsx"), "none.xlsx"),
        (("load", "none", "--form", "good.md"), "none"),
        (("load", "answers", "--form", "good.md", "--key", "none.pem"), "none.pem"),
        (("explore", "answers", "--form", "page.xlsx"), "page.xlsx"),
        (("publish", "none.xlsx", *CENTRAL), "none.xlsx"),
        (("publish", "good.md", *CENTRAL, "--media", "none.csv"), "none.csv"),
        (("publish", "good.md"), "--central"),
        (("publish", "good.md", *CENTRAL, "--kobo", "http://127.0.0.1:9"), "--kobo"),
        (("pull", "visit", "--to", "out"), "--central"),
        (("campaign", "try", "none.md"), "none.md"),
        (("campaign", "ledger", "none.md"), "none.md"),
        (("campaign", "check", "no_such_programme"), "no_such_programme"),
        (("simulate", "good.md", "-n", "1", "--to", "good.md/out"), "good.md"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_unreadable_file_is_named_in_one_sentence(liuwen, folder: Path, arguments: tuple[str, ...], named: str) -> None:
    """Exit status 2, no traceback, only this sentence on standard error; Chinese and English differ."""
    before = sorted(path.name for path in folder.iterdir())
    said = {language: liuwen(*arguments, "--lang", language) for language in ("zh", "en")}
    for one in said.values():
        sentence = one.err.strip().splitlines()[-1]
        assert (one.status, named in sentence, "Traceback" in one.err) == (2, True, False), one
    assert said["zh"].err != said["en"].err
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said["en"].err)
    assert sorted(path.name for path in folder.iterdir() if path.name != "store") == [name for name in before if name != "store"]


@pytest.mark.parametrize("option", [("--app-user", "Li"), ("--encrypt",), ("--encrypt-to", "town.pub")])
def test_options_of_central_are_refused_for_kobo(liuwen, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is read or sent; the option is named."""
    monkeypatch.setenv("KOBO_TOKEN", "secret")
    said = liuwen("publish", "none.xlsx", "--kobo", "http://127.0.0.1:9", *option)
    assert (said.status, said.err) == (2, f"{option[0]} works with ODK Central only.\n")


def test_a_faulty_form_is_not_published(liuwen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 1, before any request to the server."""
    monkeypatch.setenv("CENTRAL_PASSWORD", "secret")
    said = liuwen("publish", "faulty.md", *CENTRAL)
    assert said.status == 1 and "faulty.md has errors and was not published" in said.err


def test_exit_status_of_several_forms_is_the_worst(liuwen, folder: Path) -> None:
    """0 if all are valid, 1 if one is faulty, 2 if one could not be read; all are examined."""
    assert liuwen("check", "good.md").status == 0
    faulty = liuwen("check", "good.md", "faulty.md")
    assert faulty.status == 1 and faulty.out.index("good.md") < faulty.out.index("faulty.md")
    unread = liuwen("check", "page.xlsx", "faulty.md", "good.md")
    assert unread.status == 2 and all(name in unread.out for name in ("page.xlsx", "faulty.md", "good.md"))


def test_folder_is_searched_recursively(liuwen, folder: Path) -> None:
    """Endings in capitals count; a Markdown file must be named."""
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "PAGE.XLSX").write_bytes((folder / "page.xlsx").read_bytes())
    said = liuwen("check", folder)
    assert said.status == 2 and str(deep / "PAGE.XLSX") in said.out and "good.md" not in said.out


def test_explore_without_a_place_question_suggests_the_option(liuwen, folder: Path) -> None:
    """In one sentence, with the option."""
    assert liuwen("simulate", "good.md", "-n", 2, "--to", "filled").status == 0
    said = liuwen("explore", "filled", "--form", "good.md")
    assert said.status == 2 and "--by" in said.err and said.err.count("\n") == 1

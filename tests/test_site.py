"""The documentation site: it builds without a warning, needs no network, and its pages say the same in both languages."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import liuwen
from liuwen.cli.command import COMMANDS, root
from liuwen.form import builder

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS / "zh") for path in (DOCS / "zh").rglob("*.md"))
BLOCK = re.compile(r"^```(bash|python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NETWORK = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    target = tmp_path_factory.mktemp("site")
    program = [sys.executable, "-m", "sphinx.cmd.build", "-W", "--keep-going", "-q", "-b", "html", "-d", str(target / "doctrees")]
    built = subprocess.run([*program, str(DOCS), str(target / "html")], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return target / "html"


def names_in(page: Path) -> set[str]:
    """The objects documented on a page of the reference, by the anchor of their heading."""
    return set(re.findall(r'<dt class="sig[^"]*" id="([^"]+)"', page.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_site_builds_and_its_reference_is_complete(site: Path) -> None:
    """No warning; every public name, builder function and command has its entry; nothing is loaded from the network."""
    documented = set().union(*(names_in(page) for page in (site / "reference").glob("*.html")))
    named = {name for name in liuwen.__all__ if callable(getattr(liuwen, name))}
    assert not {name for name in named if f"liuwen.{name}" not in documented}
    missing = {name for name in builder.__all__ if not any(entry.endswith(f".{name}") for entry in documented)}
    assert not missing
    for language, page in (("en", "commands.html"), ("zh", "zh/commands.html")):
        html = (site / page).read_text(encoding="utf-8")
        assert all(f'id="liuwen-{name}-{language}"' in html for name in COMMANDS)
    assert not {page.name for page in site.rglob("*.html") if NETWORK.search(page.read_text(encoding="utf-8"))}


@pytest.mark.slow
def test_every_page_in_two_languages_links_to_its_twin(site: Path) -> None:
    """The switch at the top leads to the same page in the other language."""
    for page in PAGES:
        english, chinese = (site / folder / page.with_suffix(".html") for folder in ("", "zh"))
        for here, there in ((english, chinese), (chinese, english)):
            link = re.search(r'class="language-switch"[^>]*href="([^"]+)"', here.read_text(encoding="utf-8"))
            assert link and (here.parent / link[1]).resolve() == there.resolve(), here


@pytest.mark.slow
def test_the_picture_of_the_house_shows_every_room(site: Path) -> None:
    """The rooms that stand in the package, in the order of import-linter's contract."""
    rooms = re.findall(r'class="house-name">(\w+)</text>', (site / "house.html").read_text(encoding="utf-8"))
    package = ROOT / "toolkit" / "liuwen"
    standing = {path.name for path in package.iterdir() if (path / "__init__.py").exists()} - {"testing"}
    assert standing | {"errors", "messages", "cache_folder", "garbage"} == set(rooms)


def test_chinese_and_english_pages_show_the_same_code() -> None:
    """The Chinese pages differ in their sentences only."""
    assert len(PAGES) >= 10
    assert not [page for page in PAGES if blocks(DOCS / page) != blocks(DOCS / "zh" / page)]


def test_commands_that_need_a_server_are_written_as_the_command_takes_them() -> None:
    """Blocks that only show a command are parsed by the command itself."""
    shown = [line[2:] for page in PAGES for kind, code in blocks(DOCS / page) if kind == "console" for line in code.splitlines()]
    commands = [shlex.split(line)[1:] for line in shown if line.startswith("liuwen ")]
    assert len(commands) > 8
    group = root()
    for name, *arguments in commands:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        command.make_context(name, list(arguments))


def test_the_glossary_has_both_languages_in_every_row() -> None:
    """At least sixty terms, each in Chinese and in English, none twice."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")]
    terms = [row for row in rows if row[0] != "中文"]
    assert len(terms) >= 60
    assert all(len(row) == 3 and re.search("[\u4e00-\u9fff]", row[0]) and row[1].isascii() for row in terms)
    assert len({row[0] for row in terms}) == len(terms)

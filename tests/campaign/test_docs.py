"""The two pages of the ledger: a clerk's commands run, and every key of a programme is shown."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import schema
from liuwen.campaign.programmes import read_programme

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(bash|sh|toml|python|markdown)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_KEYS = {"Amount", "Period", "Sentence", "Named"}
"""Dataclasses that are written as a number, a word or a base of others."""


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return [code for kind, code in BLOCK.findall(text) if kind == language]


@pytest.mark.slow
def test_a_clerks_commands_run_in_order(tmp_path: Path) -> None:
    """Each block does what it says, from the practice data to what was published; the two pages take turns."""
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    english, chinese = blocks("ledger.md", "bash"), blocks("ledger.zh-CN.md", "bash")
    for number, pair in enumerate(zip(chinese, english, strict=True)):
        _run(pair[number % 2], tmp_path, env)
    assert (tmp_path / "out" / "2026-07" / "boards" / "town.pdf").is_file()
    assert (tmp_path / "published" / "2026-07-list" / "town.pdf").is_file()
    _mend_a_cell(tmp_path / "practice" / "ledger.xlsx")
    _run(blocks("ledger.zh-CN.md", "sh")[0], tmp_path, env)
    assert (tmp_path / "published" / "2026-07-correction-1" / "correction.pdf").is_file()


def _run(code: str, folder: Path, env: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr


def _mend_a_cell(ledger: Path) -> None:
    book = openpyxl.load_workbook(ledger)
    cell = book.active["D5"]
    cell.value = f"{cell.value}!"
    book.save(ledger)


@pytest.mark.parametrize("page", ["ledger.md", "ledger.zh-CN.md"])
def test_a_step_is_entered_at_the_desk_as_the_page_says(page: str, liuwen, tmp_path: Path, monkeypatch) -> None:
    """The command finds the matter by the number of July's list, and the step is taken."""
    raised = [
        {"matter": f"M{at}", "step": "raise", "on": f"2026-07-0{at}", "by": "S02", "village": "V03", "title": "a lamp"}
        for at in (1, 2)
    ]
    posts = {"person": ["S02", "D1"], "rank": ["staff", "desk"], "place": ["V03", ""], "from": ["2026-01-01"] * 2}
    with lw.Store(tmp_path / "my-town") as store:
        store.desk_tables["desk_steps"] = pd.DataFrame(raised).assign(received="2026-07-05")
        store.desk_tables["posts"] = pd.DataFrame(posts)
    monkeypatch.chdir(tmp_path)
    done = liuwen(*shlex.split(blocks(page, "sh")[1])[1:])
    assert done.status == 0, done.err
    assert "M2" in done.out or "2026-07-V03-002" in done.out


def test_both_pages_of_a_clerk_show_the_same_commands() -> None:
    """But for the language."""
    for kind in ("bash", "sh"):
        english, chinese = ([_unsaid(code) for code in blocks(page, kind)] for page in ("ledger.md", "ledger.zh-CN.md"))
        assert english == chinese


def _unsaid(code: str) -> str:
    """A command without its language and what stands in quotes."""
    return re.sub(r'"[^"]*"', "", code.replace("--lang zh", "--lang en"))


@pytest.mark.parametrize("page", ["programme.md", "programme.zh-CN.md"])
def test_a_programme_is_checked_and_tried_as_the_page_says(page: str, liuwen, tmp_path: Path, monkeypatch) -> None:
    """Its commands, with its programme and its story."""
    (tmp_path / "our_county.toml").write_text("".join(blocks(page, "toml")), encoding="utf-8")
    (tmp_path / "a_pump.md").write_text("".join(blocks(page, "markdown")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    check, tried = (liuwen(*shlex.split(code)[1:]) for code in blocks(page, "bash"))
    assert (check.status, tried.status) == (0, 0), check.out + check.err + tried.out + tried.err


@pytest.mark.parametrize("page", ["programme.md", "programme.zh-CN.md"])
def test_the_example_is_a_programme_without_faults(page: str, tmp_path: Path) -> None:
    """The parts of the page together."""
    (tmp_path / "our_county.toml").write_text("".join(blocks(page, "toml")), encoding="utf-8")
    assert read_programme(tmp_path / "our_county.toml").faults == ()


@pytest.mark.parametrize("page", ["programme.md", "programme.zh-CN.md"])
def test_every_key_of_a_programme_is_shown(page: str) -> None:
    """A key added to the schema without an example fails here."""
    shown = set(_keys(tomllib.loads("".join(blocks(page, "toml")))))
    assert sorted(set(_schema_keys()) - shown) == []


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _schema_keys() -> Iterator[str]:
    for name, kind in vars(schema).items():
        if is_dataclass(kind) and name not in NOT_KEYS:
            yield from (field.name.removesuffix("_") for field in fields(kind))


def test_every_rule_names_a_test_that_is_there() -> None:
    """Both pages name the same tests and stories of the ledger's rules, row by row, and each is there."""
    heads = {"programme.md": "## What each rule of the ledger is tried by", "programme.zh-CN.md": "## 台账的每条规则由什么检验"}
    pages = {page: (DOCS / page).read_text(encoding="utf-8").split(head)[1] for page, head in heads.items()}
    rows = [[re.findall(r"`([\w./]+\.(?:py|md)(?:::\w+)?)`", line) for line in page.splitlines()] for page in pages.values()]
    assert rows[0] == rows[1] and sum(map(len, rows[0])) > 100
    tests = Path(__file__).parent
    for file, _, name in (one.partition("::") for row in rows[0] for one in row):
        text = (tests / file).read_text(encoding="utf-8")
        assert file.startswith("stories/") or f"def {name}(" in text, f"{file}::{name}"


def test_the_month_of_a_town_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block in order; both pages show the same code but for the language, and take turns."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, pair in enumerate(zip(blocks("month.md", "python"), blocks("month.zh-CN.md", "python"), strict=True)):
        exec(compile(pair[number % 2], "month", "exec"), names)
    assert (tmp_path / "out" / "brief" / "brief-2026-06.html").is_file()
    assert (tmp_path / "out" / "plan" / "visitors" / "plan-2026-06.html").is_file()


def test_both_pages_of_the_month_show_the_same_code() -> None:
    """But for the language and the remarks."""
    english, chinese = ("".join(blocks(page, "python")) for page in ("month.md", "month.zh-CN.md"))
    for zh, en in (('"zh"', '"en"'), ("走访次数已到上限的户", "households that have reached the bound on visits")):
        chinese = chinese.replace(zh, en)
    assert chinese == english

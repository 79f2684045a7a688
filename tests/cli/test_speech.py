"""Output of the command: errors of the command line, tables, and JSON."""

import json

import click
import pandas as pd
import pytest

from liuwen.cli.speech import show_json, show_table, usage_sentence
from liuwen.messages import Sentence, use_language


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["chek"], "No such command. See `liuwen --help`.", "没有这个命令。用 `liuwen --help` 看有哪些命令。"),
        (
            ["campaign", "chek"],
            "Invalid command. See `liuwen campaign --help`.",
            "命令的写法不对。用 `liuwen campaign --help` 看用法。",
        ),
        (
            ["keys", "new", "a", "b"],
            "Invalid command. See `liuwen keys --help`.",
            "命令的写法不对。用 `liuwen keys --help` 看用法。",
        ),
        (
            ["simulate", "x.md"],
            "Missing: --to. See `liuwen simulate --help`.",
            "缺少“--to”。用 `liuwen simulate --help` 看用法。",
        ),
        (["compare", "a"], "Missing: NEWER. See `liuwen compare --help`.", "缺少“新问卷”。用 `liuwen compare --help` 看用法。"),
        (["check"], "Missing: FILES. See `liuwen check --help`.", "缺少“文件”。用 `liuwen check --help` 看用法。"),
        (
            ["check", "--colour", "a"],
            "No such option: --colour. See `liuwen check --help`.",
            "没有“--colour”这个选项。用 `liuwen check --help` 看有哪些。",
        ),
        (
            ["serve", "s", "--port", "70000"],
            "Invalid value for --port. See `liuwen serve --help`.",
            "“--port”的值不合适。用 `liuwen serve --help` 看可以填什么。",
        ),
        (
            ["demo", "-n", "many"],
            "Invalid value for -n. See `liuwen demo --help`.",
            "“-n”的值不合适。用 `liuwen demo --help` 看可以填什么。",
        ),
        (
            ["publish", "x", "--project", "0"],
            "Invalid value for --project. See `liuwen publish --help`.",
            "“--project”的值不合适。用 `liuwen publish --help` 看可以填什么。",
        ),
    ],
)  # fmt: skip
def test_invalid_arguments_give_one_sentence(liuwen, arguments: list[str], english: str, chinese: str) -> None:
    """In the requested language, with a pointer to help; exit status 2 and nothing on standard output."""
    for language, sentence in (("en", english), ("zh", chinese)):
        said = liuwen(*arguments, "--lang", language)
        assert (said.status, said.out, said.err) == (2, "", f"{sentence}\n")


def test_a_table_shows_the_columns_that_have_a_heading(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """In the order of the headings, numbers right-aligned; columns without a heading are omitted."""
    monkeypatch.setenv("COLUMNS", "80")
    frame = pd.DataFrame({"secret": ["x"], "count": [7], "village": ["湖滨"]})
    headings = {
        "village": Sentence(zh="村", en="village"),
        "none": Sentence(zh="无", en="none"),
        "count": Sentence(zh="数", en="how many"),
    }
    with use_language("en"):
        show_table(frame, Sentence(zh="标题", en="Title"), headings)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == ["Title", "village  how many", "湖滨            7", ""]


def test_empty_table_has_title_and_headings(capsys: pytest.CaptureFixture[str]) -> None:
    """Title and headings, in Chinese if that is the current language."""
    with use_language("zh"):
        show_table(pd.DataFrame({"a": []}), Sentence(zh="标题", en="Title"), {"a": Sentence(zh="甲", en="A")})
    assert capsys.readouterr().out.split() == ["标题", "甲"]


def test_json_keeps_chinese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    """Values that JSON does not support are written as text."""
    show_json({"村": ["湖滨"], "day": pd.Timestamp("2026-03-01"), "nothing": None})
    said = capsys.readouterr().out
    assert "湖滨" in said and json.loads(said) == {"村": ["湖滨"], "day": "2026-03-01 00:00:00", "nothing": None}


def test_a_path_that_cannot_be_read_is_explained() -> None:
    """Click says only that the value is invalid."""
    unreadable = click.BadParameter("no", param=click.Option(["--to"], type=click.Path()))
    assert "may not read it" in usage_sentence(unreadable).en and "--to" in usage_sentence(unreadable).zh

"""How the command speaks: what was wrong with how it was written, tables, and JSON."""

import json

import pandas as pd
import pytest

from liuwen.cli.speech import show_json, show_table
from liuwen.messages import Sentence, use_language


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["chek"], "There is no such command. `liuwen --help` lists them.", "没有这个命令。用 `liuwen --help` 看有哪些命令。"),
        (
            ["campaign", "chek"],
            "Invalid command. See `liuwen campaign --help`.",
            "命令写得不对。用 `liuwen campaign --help` 看用法。",
        ),
        (
            ["keys", "new", "a", "b"],
            "Invalid command. See `liuwen keys --help`.",
            "命令写得不对。用 `liuwen keys --help` 看用法。",
        ),
        (
            ["simulate", "x.md"],
            "--to is missing. See `liuwen simulate --help`.",
            "缺少 --to。用 `liuwen simulate --help` 看用法。",
        ),
        (["compare", "a"], "NEWER is missing. See `liuwen compare --help`.", "缺少 NEWER。用 `liuwen compare --help` 看用法。"),
        (["check"], "FILES is missing. See `liuwen check --help`.", "缺少 FILES。用 `liuwen check --help` 看用法。"),
        (
            ["check", "--colour", "a"],
            "There is no option --colour. `liuwen check --help` lists them.",
            "没有选项 --colour。用 `liuwen check --help` 看有哪些。",
        ),
        (
            ["serve", "s", "--port", "70000"],
            "The value given for --port will not do. `liuwen serve --help` says what will.",
            "--port 的值不合适。用 `liuwen serve --help` 看可以填什么。",
        ),
        (
            ["demo", "-n", "many"],
            "The value given for -n will not do. `liuwen demo --help` says what will.",
            "-n 的值不合适。用 `liuwen demo --help` 看可以填什么。",
        ),
        (
            ["publish", "x", "--project", "0"],
            "The value given for --project will not do. `liuwen publish --help` says what will.",
            "--project 的值不合适。用 `liuwen publish --help` 看可以填什么。",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_command_is_one_sentence(liuwen, arguments: list[str], english: str, chinese: str) -> None:
    """In the language asked for, with the help that tells more; exit status 2 and nothing on standard output."""
    for language, sentence in (("en", english), ("zh", chinese)):
        said = liuwen(*arguments, "--lang", language)
        assert (said.status, said.out, said.err) == (2, "", f"{sentence}\n")


def test_a_table_shows_the_columns_that_have_a_heading(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """In the order of the headings, numbers to the right; what is not there or has no heading is left out."""
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


def test_a_table_without_rows_still_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Title and headings, in Chinese where that is in force."""
    with use_language("zh"):
        show_table(pd.DataFrame({"a": []}), Sentence(zh="标题", en="Title"), {"a": Sentence(zh="甲", en="A")})
    assert capsys.readouterr().out.split() == ["标题", "甲"]


def test_json_keeps_chinese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    """What JSON has no word for is written as text."""
    show_json({"村": ["湖滨"], "day": pd.Timestamp("2026-03-01"), "nothing": None})
    said = capsys.readouterr().out
    assert "湖滨" in said and json.loads(said) == {"村": ["湖滨"], "day": "2026-03-01 00:00:00", "nothing": None}

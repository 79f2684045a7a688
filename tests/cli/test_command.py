"""The command as a whole: what it says of itself, and how a mistake leaves it."""

import re
import subprocess
import sys

import pytest

from liuwen.cli.command import COMMANDS
from liuwen.cli.layout import width_of


def test_help_speaks_the_language_asked_for(liuwen) -> None:
    """Headings, descriptions and options are all in one language."""
    english, chinese = liuwen("--help"), liuwen("check", "--help", "--lang", "zh")
    assert "Usage: liuwen" in english.out and "Commands:" in english.out
    assert "用法：liuwen check [选项] 文件..." in chinese.out and "选项：" in chinese.out and "显示帮助" in chinese.out


def test_chinese_help_has_no_english_words_of_click(liuwen) -> None:
    """Usage lines, headings and placeholders are Chinese too, and no line is wider than the terminal."""
    for name in COMMANDS:
        said = liuwen(name, "--help", "--lang", "zh").out
        assert not re.search(r"OPTIONS|ARGS|TEXT|PATH|DIRECTORY|INTEGER|FILE\b|Usage|Options|default|required", said), name
        assert max(map(width_of, said.splitlines())) <= 80


def test_what_help_remarks_on_an_option_is_in_its_language(liuwen) -> None:
    """Whether it is required, and what it is by default."""
    english, chinese = (liuwen("simulate", "--help", "--lang", language).out for language in ("en", "zh"))
    assert "[default: 100; x>=1]" in english and "[required]" in english
    assert "[默认 100；x>=1]" in chinese and "[必填]" in chinese


def test_help_says_all_of_each_command(liuwen) -> None:
    """The list of commands is not cut short, and `--lang` is heard wherever it stands."""
    for language, heading in (("zh", "命令："), ("en", "Commands:")):
        listed = liuwen("--lang", language, "--help").out.partition(heading)[2]
        assert all(f"  {name}  " in listed for name in COMMANDS)
        assert "..." not in listed


def test_the_bare_command_shows_what_there_is(liuwen) -> None:
    """As its help does."""
    said = liuwen()
    assert all(f"  {name}  " in said.out + said.err for name in COMMANDS)


def test_chinese_is_the_default_in_a_chinese_locale() -> None:
    """The locale chooses where `--lang` is not given."""
    command = [sys.executable, "-c", "from liuwen.cli import main; main(['--help'])"]
    said = subprocess.run(command, env={"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}, capture_output=True, text=True, check=True)
    assert "按村看需求" in said.stdout


def test_letters_that_the_output_cannot_hold_stop_nothing() -> None:
    """Windows in China writes GBK into a file or a pipe, which has no é, and none of a QR code's half blocks."""
    command = [sys.executable, "-c", "from liuwen.cli import main; main(['--help', '--lang', 'zh'])"]
    said = subprocess.run(command, env={"PYTHONIOENCODING": "latin-1"}, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert "liuwen [" in said.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_sub_command_explains_itself_in_both_languages(liuwen, name: str) -> None:
    """`--help` of each works, and differs by language."""
    english, chinese = liuwen(name, "--help", "--lang", "en"), liuwen(name, "--help", "--lang=zh")
    assert english.status == chinese.status == 0
    assert "--lang" in english.out and english.out != chinese.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "No such command."),
        (["check"], "Missing: FILES."),
        (["keys"], "Missing: {new}."),
        (["check", "--colour", "x"], "No such option: --colour."),
        (["simulate", "form.xlsx", "-n", "0", "--to", "x"], "Invalid value for -n."),
        (["check", "x.xlsx", "--lang", "fr"], "Invalid value for --lang."),
    ],
)
def test_a_mistake_in_writing_it_is_one_sentence(liuwen, arguments: list[str], sentence: str) -> None:
    """Exit status 2, one line, and where to look."""
    said = liuwen(*arguments)
    assert said.status == 2
    assert said.err.startswith(sentence) and "--help" in said.err and said.err.count("\n") == 1
    assert not said.out


def test_the_version(liuwen) -> None:
    """`--version` says which liuwen it is."""
    assert liuwen("--version").out.startswith("liuwen 0.")

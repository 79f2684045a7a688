"""The command as a whole: help, language, errors."""

import re
import subprocess
import sys

import pytest

from liuwen.cli import main
from liuwen.cli.command import COMMANDS
from liuwen.cli.layout import width_of
from liuwen.messages import language_in_force, use_language


def test_help_is_in_the_requested_language(liuwen) -> None:
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


def test_notes_on_options_are_in_the_requested_language(liuwen) -> None:
    """Whether it is required, and its default."""
    english, chinese = (liuwen("simulate", "--help", "--lang", language).out for language in ("en", "zh"))
    assert "[default: 100; x>=1]" in english and "[required]" in english
    assert "[默认 100；x>=1]" in chinese and "[必填]" in chinese


def test_help_shows_full_descriptions(liuwen) -> None:
    """Descriptions of commands are not shortened, and `--lang` works in any position."""
    for language, heading in (("zh", "命令："), ("en", "Commands:")):
        listed = liuwen("--lang", language, "--help").out.partition(heading)[2]
        assert all(f"  {name}  " in listed for name in COMMANDS)
        assert "..." not in listed


def test_command_without_arguments_shows_help(liuwen) -> None:
    """The same as `--help`."""
    said = liuwen()
    assert all(f"  {name}  " in said.out + said.err for name in COMMANDS)


def test_chinese_is_the_default_in_a_chinese_locale() -> None:
    """The locale decides without `--lang`."""
    command = [sys.executable, "-c", "from liuwen.cli import main; main(['--help'])"]
    said = subprocess.run(command, env={"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}, capture_output=True, text=True, check=True)
    assert "按村看需求" in said.stdout


def test_unencodable_characters_do_not_stop_the_command() -> None:
    """Windows in China writes GBK to files and pipes, which has no é and no half blocks for QR codes."""
    command = [sys.executable, "-c", "from liuwen.cli import main; main(['--help', '--lang', 'zh'])"]
    said = subprocess.run(command, env={"PYTHONIOENCODING": "latin-1"}, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert "liuwen [" in said.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_sub_commands_in_both_languages(liuwen, name: str) -> None:
    """`--help` of each works, and differs between languages."""
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
def test_invalid_command_line_is_one_sentence(liuwen, arguments: list[str], sentence: str) -> None:
    """Exit status 2, one line, and a pointer to help."""
    said = liuwen(*arguments)
    assert said.status == 2
    assert said.err.startswith(sentence) and "--help" in said.err and said.err.count("\n") == 1
    assert not said.out


def test_the_version(liuwen) -> None:
    """`--version` prints the version of liuwen."""
    assert liuwen("--version").out.startswith("liuwen 0.")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_command_leaves_the_language_as_it_was(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that calls the command goes on in its own language."""
    other = "en" if language == "zh" else "zh"
    with use_language(other):
        with pytest.raises(SystemExit):
            main(["--lang", language, "--version"])
        assert language_in_force() == other
    assert capsys.readouterr().out

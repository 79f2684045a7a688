"""The command: its language, its sub-commands, and how errors are reported."""

import sys
import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise

import click

from liuwen.cli.speech import BilingualCommand, BilingualGroup, language_option, usage_sentence
from liuwen.errors import LiuwenError, LiuwenWarning
from liuwen.messages import Language, Sentence, use_language

COMMANDS = (
    "demo",
    "build",
    "check",
    "compare",
    "preview",
    "print",
    "simulate",
    "serve",
    "office",
    "accounts",
    "collectors",
    "links",
    "forms",
    "review",
    "log",
    "erase",
    "backup",
    "restore",
    "verify",
    "keys",
    "publish",
    "pull",
    "load",
    "explore",
    "report",
    "campaign",
)
"""The sub-commands, in the order of the work; each is in the file of its name."""

ABOUT = Sentence(
    zh="六问：设计问卷，检查它能不能用，离线采集，按村看需求。",
    en="Design a questionnaire, check that it works, collect offline, explore needs by village.",
)
VERSION = Sentence(zh="显示版本。", en="Show the version.")
STOPPED = Sentence(zh="已中断。", en="Interrupted.")
NOT_WRITTEN = Sentence(
    zh="读写文件时出错：{file}：{reason}。请检查路径、权限和磁盘空间。",
    en="Cannot read or write {file}: {reason}. Check the path, the permissions and the free disk space.",
)
NOT_WRITTEN_SOMEWHERE = Sentence(
    zh="读写文件时出错：{reason}。请检查路径、权限和磁盘空间。",
    en="Cannot read or write a file: {reason}. Check the path, the permissions and the free disk space.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with `arguments` (by default those of the process) and exit with its status."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a character that GBK cannot encode must not stop the command
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_asked(given)
    with use_language(language) if language else nullcontext(), warnings.catch_warnings():
        warnings.simplefilter("always", LiuwenWarning)
        warnings.showwarning = _show_warning  # type: ignore[assignment]  # users need no line numbers of warnings
        status = _run(given)
    sys.exit(status)


def _show_warning(message: Warning | str, *_: object) -> None:
    """Print our warnings as one sentence; those of other libraries are not shown."""
    if isinstance(message, LiuwenWarning):
        click.echo(str(message), err=True)


def _run(arguments: list[str]) -> int:
    try:
        status = root().main(arguments, prog_name="liuwen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
        return 2
    except click.ClickException as error:
        return _print_error(usage_sentence(error))
    except LiuwenError as error:
        return _print_error(error)
    except OSError as error:
        said = NOT_WRITTEN if error.filename else NOT_WRITTEN_SOMEWHERE
        return _print_error(said.filled(file=error.filename, reason=error.strerror or error))
    except (KeyboardInterrupt, click.Abort):
        return _print_error(STOPPED)
    return status if isinstance(status, int) else 0


def _print_error(said: Sentence | LiuwenError) -> int:
    click.echo(str(said), err=True)
    return 2


def root() -> click.Group:
    """The command with all its sub-commands, in the current language."""
    group = _MainCommand("liuwen", help=str(ABOUT), no_args_is_help=True)
    group.params += [_version_option(), language_option()]
    return group


class _MainCommand(BilingualGroup):
    """Imports the sub-command that is asked for, and all of them only for the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The sub-commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The sub-command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: BilingualCommand | BilingualGroup = import_module(f"liuwen.cli.{cmd_name}").command()
        return command


def _version_option() -> click.Option:
    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            click.echo(f"liuwen {version('liuwen')}")
            context.exit()

    return click.Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help=str(VERSION))


def _language_asked(arguments: list[str]) -> Language | None:
    """The value of `--lang`, read before parsing; the sub-command refuses an invalid one later."""
    joined = next((word.partition("=")[2] for word in arguments if word.startswith("--lang=")), "")
    asked = joined or next((after for word, after in pairwise(arguments) if word == "--lang"), "")
    return "zh" if asked == "zh" else "en" if asked == "en" else None

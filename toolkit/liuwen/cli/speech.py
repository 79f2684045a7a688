"""Output of the command: help and errors in the current language, results as a table or JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from liuwen.cli.layout import BilingualFormatter
from liuwen.cli.tables import folded, table_rows
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

OPTIONS = Sentence(zh="[选项]", en="[OPTIONS]")
COMMAND = Sentence(zh="命令 [参数]...", en="COMMAND [ARGS]...")
METAVARS = {
    "files": Sentence(zh="文件", en="FILES"),
    "file": Sentence(zh="文件", en="FILE"),
    "form": Sentence(zh="问卷", en="FORM"),
    "form_id": Sentence(zh="问卷", en="FORM"),
    "older": Sentence(zh="旧问卷", en="OLDER"),
    "newer": Sentence(zh="新问卷", en="NEWER"),
    "programmes": Sentence(zh="方案", en="PROGRAMMES"),
    "source": Sentence(zh="来源", en="SOURCE"),
    "store": Sentence(zh="库", en="STORE"),
    "text": Sentence(zh="文字", en="TEXT"),
    "path": Sentence(zh="路径", en="PATH"),
    "directory": Sentence(zh="文件夹", en="DIRECTORY"),
    "integer": Sentence(zh="整数", en="INTEGER"),
    "integer range": Sentence(zh="整数", en="INTEGER"),
    "datetime": Sentence(zh="年-月-日", en="YYYY-MM-DD"),
}
"""Placeholders in help: by name for arguments, by type for option values."""
HELP = Sentence(zh="显示帮助。", en="Show this help.")
LANGUAGE = Sentence(
    zh="用中文（zh）还是英文（en）；默认随系统。",
    en="Language of messages: Chinese (zh) or English (en); by default that of the locale.",
)
JSON = Sentence(zh="结果以 JSON 输出。", en="Print the result as JSON.")

NO_SUCH_OPTION = Sentence(
    zh="没有“{name}”这个选项。用 `{command} --help` 看有哪些。",
    en="No such option: {name}. See `{command} --help`.",
)
NO_SUCH_COMMAND = Sentence(
    zh="没有这个命令。用 `liuwen --help` 看有哪些命令。",
    en="No such command. See `liuwen --help`.",
)
MISSING = Sentence(
    zh="缺少“{name}”。用 `{command} --help` 看用法。",
    en="Missing: {name}. See `{command} --help`.",
)
BAD_VALUE = Sentence(
    zh="“{name}”的值不合适。用 `{command} --help` 看可以填什么。",
    en="Invalid value for {name}. See `{command} --help`.",
)
BAD_PATH = Sentence(
    zh="“{name}”指的文件或文件夹用不了：不存在、种类不对，或当前账户没有读取的权限。请检查路径和权限。",
    en="The path given for {name} cannot be used: it does not exist, is of the wrong kind, or this account may not read it. "
    "Check the path and the permissions.",
)
BAD_USAGE = Sentence(
    zh="命令的写法不对。用 `{command} --help` 看用法。",
    en="Invalid command. See `{command} --help`.",
)


class _BilingualContext(click.Context):
    formatter_class = BilingualFormatter


class BilingualCommand(click.Command):
    """A sub-command; `--lang` takes effect before it runs."""

    context_class = _BilingualContext

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the name of the command."""
        return [str(OPTIONS), *super().collect_usage_pieces(ctx)[1:]]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`."""
        option = super().get_help_option(ctx)
        if option:
            option.help = str(HELP)
        return option


class BilingualGroup(click.Group):
    """The main command, with its sub-commands in the order they were added."""

    context_class = _BilingualContext

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line after the name of the command."""
        return [str(OPTIONS), str(COMMAND)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`."""
        option = super().get_help_option(ctx)
        if option:
            option.help = str(HELP)
        return option

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The sub-commands in the order of the work."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every sub-command with its full description, which click would shorten."""
        with formatter.section("Commands"):
            commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            formatter.write_dl([(name, command.help or "") for name, command in commands if command])


def sub_command(run: Callable[..., int | None], about: Sentence, parameters: Sequence[click.Parameter]) -> BilingualCommand:
    """A sub-command that calls `run` with its parameters by name, and has the option `--lang`."""
    for parameter in parameters:
        parameter.metavar = parameter.metavar or _metavar(parameter)
    return BilingualCommand(run.__name__, callback=run, help=str(about), params=[*parameters, language_option()])


def _metavar(parameter: click.Parameter) -> str | None:
    """The placeholder of a value in the current language; None for click's default, which lists the choices."""
    named = isinstance(parameter, click.Argument) and not isinstance(parameter.type, click.Choice)
    word = METAVARS.get((parameter.name or "") if named else parameter.type.name)
    several = "..." if named and parameter.nargs != 1 else ""
    return f"{word}{several}" if word else None


def language_option() -> click.Option:
    """The option `--lang` of every command, which is processed first."""
    return click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=str(LANGUAGE))


def json_option() -> click.Option:
    """The option `--json`, passed to the command as `as_json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=str(JSON))


def usage_sentence(error: click.ClickException) -> Sentence:
    """The sentence for an invalid command line."""
    command = _command_of(error)
    if isinstance(error, click.NoSuchOption):
        return NO_SUCH_OPTION.filled(name=error.option_name, command=command)
    if isinstance(error, click.MissingParameter):
        return MISSING.filled(name=_parameter(error), command=command)
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Path):
        return BAD_PATH.filled(name=_parameter(error))
    if isinstance(error, click.BadParameter):
        return BAD_VALUE.filled(name=_parameter(error), command=command)
    return NO_SUCH_COMMAND if command == "liuwen" else BAD_USAGE.filled(command=command)


def _command_of(error: click.ClickException) -> str:
    """The name of the command: "liuwen check", or "liuwen" if no sub-command was recognised."""
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "liuwen"


def _parameter(error: click.BadParameter) -> str:
    """The parameter as help shows it: "--to", "FILES"."""
    if isinstance(error.param, click.Argument) and error.ctx:
        return error.param.make_metavar(error.ctx).removesuffix("...")
    return error.param.opts[0] if error.param and error.param.opts else ""


def show_table(frame: "pd.DataFrame", title: Sentence, headings: Mapping[str, Sentence]) -> None:
    """Print the columns of `frame` that have a heading, as a table as wide as the terminal allows."""
    columns = [name for name in headings if name in frame]
    texts = [[str(headings[name]), *map(str, frame[name].tolist())] for name in columns]
    width = get_terminal_size().columns
    heading, *rows = table_rows(texts, [frame[name].dtype.kind in "iuf" for name in columns], width)
    click.secho("\n".join(folded(str(title), width)), bold=True)
    click.secho(heading, dim=True)
    click.echo("\n".join([*rows, ""]))


def show_json(result: Any) -> None:
    """Print `result` as JSON, with Chinese characters unescaped."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))

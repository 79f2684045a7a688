"""How the command speaks: its help and its refusals in the language in force, its results as a table or as JSON."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

USAGE = Sentence(zh="用法：", en="Usage: ")
HEADINGS = {
    "Options": Sentence(zh="选项", en="Options"),
    "Commands": Sentence(zh="命令", en="Commands"),
}
REMARKS = {"[required]": "[必填]", "[default: ": "[默认 "}
"""What click remarks on an option at the end of its help, and how that reads in Chinese."""
HELP = Sentence(zh="显示帮助。", en="Show this help.")
LANGUAGE = Sentence(
    zh="用中文（zh）还是英文（en）；默认随系统。", en="Speak Chinese (zh) or English (en); the locale's by default."
)
JSON = Sentence(zh="结果以 JSON 输出。", en="Give the result as JSON.")

NO_SUCH_OPTION = Sentence(
    zh="没有选项 {name}。用 `{command} --help` 看有哪些。",
    en="There is no option {name}. `{command} --help` lists them.",
)
NO_SUCH_COMMAND = Sentence(
    zh="没有这个命令。用 `liuwen --help` 看有哪些命令。", en="There is no such command. `liuwen --help` lists them."
)
MISSING = Sentence(zh="缺少 {name}。用 `{command} --help` 看用法。", en="{name} is missing. See `{command} --help`.")
BAD_VALUE = Sentence(
    zh="{name} 的值不合适。用 `{command} --help` 看可以填什么。",
    en="The value given for {name} will not do. `{command} --help` says what will.",
)
BAD_USAGE = Sentence(
    zh="命令写得不对。用 `{command} --help` 看用法。",
    en="Invalid command. See `{command} --help`.",
)


class BilingualFormatter(click.HelpFormatter):
    """Help whose headings are in the language in force."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how the command is written."""
        super().write_usage(prog, args, str(USAGE))

    def write_heading(self, heading: str) -> None:
        """A heading such as "Options"."""
        super().write_heading(str(HEADINGS.get(heading, heading)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and what is said of each."""
        super().write_dl([(name, _with_remark(said)) for name, said in rows], col_max, col_spacing)


def _with_remark(said: str) -> str:
    for english, chinese in REMARKS.items():
        said = said.replace(english, str(Sentence(zh=chinese, en=english)))
    return said


class _BilingualContext(click.Context):
    formatter_class = BilingualFormatter


class BilingualCommand(click.Command):
    """A sub-command; `--lang` is already in force when it runs."""

    context_class = _BilingualContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`."""
        option = super().get_help_option(ctx)
        if option:
            option.help = str(HELP)
        return option


class BilingualGroup(click.Group):
    """The command that holds the others, in the order they were added."""

    context_class = _BilingualContext

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
        """Every sub-command with all that is said of it; click would cut it short."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


def sub_command(run: Callable[..., int | None], about: Sentence, parameters: Sequence[click.Parameter]) -> BilingualCommand:
    """A sub-command that calls `run` with its parameters by name, and takes `--lang` like every other."""
    return BilingualCommand(run.__name__, callback=run, help=str(about), params=[*parameters, language_option()])


def language_option() -> click.Option:
    """The option `--lang`, which every command takes; it is looked at before anything is said."""
    return click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=str(LANGUAGE))


def json_option() -> click.Option:
    """The option `--json`, given to the command as `as_json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=str(JSON))


def usage_sentence(error: click.ClickException) -> Sentence:
    """What was wrong with how the command was written."""
    command = _command_of(error)
    if isinstance(error, click.NoSuchOption):
        return NO_SUCH_OPTION.filled(name=error.option_name, command=command)
    if isinstance(error, click.MissingParameter):
        return MISSING.filled(name=_parameter(error), command=command)
    if isinstance(error, click.BadParameter):
        return BAD_VALUE.filled(name=_parameter(error), command=command)
    return NO_SUCH_COMMAND if command == "liuwen" else BAD_USAGE.filled(command=command)


def _command_of(error: click.ClickException) -> str:
    """How the command is called: "liuwen check", or "liuwen" where no sub-command was reached."""
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "liuwen"


def _parameter(error: click.BadParameter) -> str:
    """How help writes it: "--to", "FILES"."""
    if isinstance(error.param, click.Argument) and error.ctx:
        return error.param.make_metavar(error.ctx).removesuffix("...")
    return error.param.opts[0] if error.param and error.param.opts else ""


def show_table(frame: "pd.DataFrame", title: Sentence, headings: Mapping[str, Sentence]) -> None:
    """Print the columns of `frame` that have a heading, as a table as wide as the terminal allows."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(str(title), style="bold")
    table = Table(header_style="dim", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    columns = [name for name in headings if name in frame]
    for name in columns:
        numeric = frame[name].dtype.kind in "iuf"
        table.add_column(str(headings[name]), justify="right" if numeric else "left", overflow="fold")
    for row in frame[columns].itertuples(index=False):
        table.add_row(*(str(cell) for cell in row))
    console.print(table)
    console.print()


def show_json(result: Any) -> None:
    """Print `result` as JSON, Chinese left readable."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))

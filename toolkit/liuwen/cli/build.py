"""`liuwen build`: write the published questionnaires, or list those that are out of date."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="生成发布的问卷（XLSForm）；--check 只看是否过期。",
    en="Write the published questionnaires (XLSForms); --check only reports whether they are out of date.",
)
FOLDER = Sentence(zh="写到哪个文件夹。", en="Folder to write to.")
CHECK = Sentence(
    zh="不写，只检查：有过期的就以 1 退出。",
    en="Write nothing; exit with 1 if a file is out of date.",
)
WRITTEN = Sentence(zh="已写：{file}", en="Wrote {file}")
STALE = Sentence(
    zh="已过期：{file}。请运行 `liuwen build`。",
    en="Out of date: {file}. Run `liuwen build`.",
)
FRESH = Sentence(zh="{folder} 里的问卷都是最新的。", en="The questionnaires in {folder} are up to date.")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    folder = click.Option(["--to"], type=click.Path(path_type=Path, file_okay=False), default="forms", help=str(FOLDER))
    only_check = click.Option(["--check", "only_check"], is_flag=True, help=str(CHECK))
    return sub_command(build, ABOUT, [folder, only_check])


def build(*, to: Path, only_check: bool) -> int:
    """Return exit status 1 if `--check` finds an outdated file."""
    from liuwen.questionnaires.published import stale, write

    if only_check:
        old = stale(to)
        for file in old:
            click.echo(str(STALE.filled(file=file)))
        if not old:
            click.echo(str(FRESH.filled(folder=to)))
        return int(bool(old))
    for file in write(to):
        click.echo(str(WRITTEN.filled(file=file)))
    return 0

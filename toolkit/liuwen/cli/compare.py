"""`liuwen compare`: the changes between two forms, and their effect on existing answers."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="比较两份问卷：每处改动对已收的答卷有什么影响；会丢数据时以 1 退出。",
    en="Compare two forms: what each change does to answers already collected. Exit with 1 if data would be lost.",
)


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    older = click.Argument(["older"], type=click.Path(path_type=Path))
    newer = click.Argument(["newer"], type=click.Path(path_type=Path))
    return sub_command(compare, ABOUT, [older, newer, json_option()])


def compare(*, older: Path, newer: Path, as_json: bool) -> int:
    """Return exit status 1 if existing answers would be lost."""
    from liuwen.comparison import compare as compare_forms
    from liuwen.form import read_form

    changes = compare_forms(read_form(older), read_form(newer))
    click.echo(changes.to_json() if as_json else str(changes))
    return int(changes.loses_data)

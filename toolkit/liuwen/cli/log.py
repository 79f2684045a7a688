"""`liuwen log`: who did what to a store, and who tried wrong passwords."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="管理日志：谁在什么时候添加、停用、删除了什么，哪里试过错的密码。",
    en="The log of a store: who added, revoked or erased what and when, and where wrong passwords were tried.",
)
LAST = Sentence(zh="只看最后几条；0 是全部。", en="Only the last entries; 0 for all.")
TITLE = Sentence(zh="管理日志", en="Log")
HEADINGS = {
    "number": Sentence(zh="号", en="no."),
    "moment": Sentence(zh="时间", en="time"),
    "who": Sentence(zh="谁", en="who"),
    "act": Sentence(zh="做了什么", en="act"),
    "subject": Sentence(zh="对象", en="subject"),
    "detail": Sentence(zh="说明", en="detail"),
}


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    last = click.Option(["--last"], type=click.IntRange(0), default=50, show_default=True, help=str(LAST))
    return sub_command(log, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), last, json_option()])


def log(*, store: Path, last: int, as_json: bool) -> int:
    """List the entries, oldest first."""
    import pandas as pd

    entries = open_store(store).log()
    listed = [
        {
            "number": one.number,
            "moment": f"{one.moment.astimezone():%Y-%m-%d %H:%M:%S}",
            "who": one.who,
            "act": str(one.act),
            "subject": one.subject,
            "detail": one.detail,
        }
        for one in (entries[-last:] if last else entries)
    ]
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0

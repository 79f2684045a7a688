"""`liuwen collectors`: who may collect; add, show a new code, revoke, also while the store is served."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.publishing import write_code
from liuwen.cli.serve import ONLY, PORT, UNTIL, WRITTEN
from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.office.join_sheets import write_sheet
from liuwen.office.words import last_day, state_of
from liuwen.server.codes import Given, end_of

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.store import Collector, Store

ABOUT = Sentence(
    zh="采集员：列出、添加、重新出码、停用。正在收答卷时也可以，马上生效。",
    en="Collectors: list, add, make a new code, revoke; also while the store is served, with effect at once.",
)
ADD = Sentence(zh="添加这名采集员，显示二维码；可重复。", en="Add this collector and show the QR code; may be repeated.")
SHOW = Sentence(
    zh="给这名采集员再出一个码（换了手机）；以前的码仍然有效；可重复。",
    en="Make another code for this collector (a new phone); earlier codes stay valid; may be repeated.",
)
REVOKE = Sentence(
    zh="停用这名采集员和他所有的码（手机丢了）；可重复。",
    en="Revoke this collector with all codes (a lost phone); may be repeated.",
)
RENAME = Sentence(zh="改名：原名=新名；码和答卷照旧；可重复。", en="Rename: OLD=NEW; codes and answers stay; may be repeated.")
NOT_RENAMED = Sentence(zh="改名要写成 原名=新名：{given}", en="A renaming is written as OLD=NEW: {given}")
CODES = Sentence(zh="把二维码存成图片（PNG）到这个文件夹。", en="Save the QR codes as pictures (PNG) in this folder.")
SHEETS = Sentence(
    zh="把每个码印成一页（PDF，A5）到这个文件夹：姓名、二维码、步骤、有效期。",
    en="Print each code as a page (PDF, A5) in this folder: name, QR code, steps, expiry.",
)
WIFI = Sentence(zh="印在纸上的 Wi-Fi 名称。", en="Name of the Wi-Fi, for the printed page.")
PRINTED = Sentence(zh="已印成：{file}", en="Printed: {file}")
THERE = Sentence(
    zh="已经有采集员“{name}”；再出一个码用 --show。", en='There is a collector "{name}" already; --show makes another code.'
)
NONE = Sentence(zh="没有采集员“{name}”；添加用 --add。", en='There is no collector "{name}"; --add adds one.')
DONE = Sentence(zh="已停用：{name}", en="Revoked: {name}")
TITLE = Sentence(zh="采集员", en="Collectors")
HEADINGS = {
    "name": Sentence(zh="姓名", en="name"),
    "forms": Sentence(zh="问卷", en="forms"),
    "sent": Sentence(zh="交来", en="sent"),
    "created": Sentence(zh="添加", en="added"),
    "state": Sentence(zh="状态", en="state"),
}
ALL = Sentence(zh="全部", en="all")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--add"], multiple=True, help=str(ADD)),
        click.Option(["--show"], multiple=True, help=str(SHOW)),
        click.Option(["--revoke"], multiple=True, help=str(REVOKE)),
        click.Option(["--rename"], multiple=True, metavar="OLD=NEW", help=str(RENAME)),
        click.Option(["--only"], multiple=True, help=str(ONLY)),
        click.Option(["--until"], type=click.DateTime(["%Y-%m-%d"]), help=str(UNTIL)),
        click.Option(["--codes"], type=click.Path(path_type=Path), help=str(CODES)),
        click.Option(["--sheets"], type=click.Path(path_type=Path), help=str(SHEETS)),
        click.Option(["--wifi"], default="", help=str(WIFI)),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=8060, show_default=True, help=str(PORT)),
        json_option(),
    ]
    return sub_command(collectors, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def collectors(
    *,
    store: Path,
    add: tuple[str, ...],
    show: tuple[str, ...],
    revoke: tuple[str, ...],
    rename: tuple[str, ...],
    only: tuple[str, ...],
    until: datetime | None,
    codes: Path | None,
    sheets: Path | None,
    wifi: str,
    port: int,
    as_json: bool,
) -> int:
    """Do what is asked, then list the collectors."""
    from liuwen.server.joining import root_at
    from liuwen.server.serving import served_at
    from liuwen.store.store import keeping_of

    kept = open_store(store)
    now = keeping_of(kept).clock()
    _check(kept, add, show)
    for given in rename:
        old, _, new = given.partition("=")
        if not new.strip():
            raise LiuwenError(NOT_RENAMED.filled(given=given))
        kept.rename_collector(old.strip(), new.strip())
    for name in revoke:
        kept.revoke(name)
        click.echo(str(DONE.filled(name=name)), err=as_json)
    codes_for = Given(kept, served_at(kept.folder, port), only, end_of(until, now) if until else None)
    for joining in codes_for.joining((*add, *show)):
        click.echo(f"\n{joining.name}\n{joining}", err=as_json)
        if codes is not None:
            click.echo(str(WRITTEN.filled(file=write_code(joining.qr, joining.name, codes))), err=as_json)
        if sheets is not None:
            until_day = last_day(codes_for.expires) if codes_for.expires else ""
            file = write_sheet(joining, sheets, wifi=wifi, until=until_day, root=root_at(joining.address, kept.folder))
            click.echo(str(PRINTED.filled(file=file)), err=as_json)
    listed = [_row(one, kept, now) for one in kept.collectors()]
    if as_json:
        show_json(listed)
    else:
        show_table(_frame(listed), TITLE, HEADINGS)
    return 0


def _check(store: "Store", add: tuple[str, ...], show: tuple[str, ...]) -> None:
    known = {one.name for one in store.collectors()}
    for name in add:
        if name in known:
            raise LiuwenError(THERE.filled(name=name))
    for name in show:
        if name not in known:
            raise LiuwenError(NONE.filled(name=name))


def _row(one: "Collector", store: "Store", now: float) -> dict[str, object]:
    from liuwen.store.store import keeping_of

    forms = str(ALL) if one.forms is None else ", ".join(sorted(one.forms))
    sent = keeping_of(store).count_sent(one)
    day = f"{one.created.astimezone():%Y-%m-%d}"
    return {"name": one.name, "forms": forms, "sent": sent, "created": day, "state": str(state_of(one, now))}


def _frame(rows: list[dict[str, object]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows, columns=list(HEADINGS))

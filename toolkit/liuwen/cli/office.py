"""`liuwen office`: the office page of a store, in a browser."""

from contextlib import suppress
from pathlib import Path

import click

from liuwen.cli.serve import CERTIFICATE, KEY, TOWN
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="办公页面：看答卷、审核、管采集员和问卷、下载、备份。`liuwen serve` 已经带着它；不收答卷时单独用这个。",
    en="The office page: look at answers, review them, run collectors and forms, download, back up. `liuwen serve` opens it too; "
    "this opens it alone.",
)
PORT = Sentence(zh="端口；默认 8061，被占用就换一个。", en="Port; by default 8061, or any free one.")
LAN = Sentence(
    zh="让别的电脑也能打开，用账号（liuwen accounts）登录；必须有证书。",
    en="Let other computers open it, with accounts (liuwen accounts); needs a certificate.",
)
ENTRANCE = Sentence(
    zh="办公页面（地址里有密钥，不要发给别人）：\n   {entrance}",
    en="Office page (the address holds a secret, so do not pass it on):\n   {entrance}",
)
ELSEWHERE = Sentence(zh="别的电脑，用账号登录：\n   {address}", en="Other computers, with an account:\n   {address}")
STOP = Sentence(zh="按 Ctrl-C 停止。", en="Press Ctrl-C to stop.")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    path = click.Path(path_type=Path)
    options = [
        click.Option(["--port"], type=click.IntRange(0, 65535), help=str(PORT)),
        click.Option(["--lan"], is_flag=True, help=str(LAN)),
        click.Option(["--certificate"], type=path, help=str(CERTIFICATE)),
        click.Option(["--key"], type=path, help=str(KEY)),
        click.Option(["--town"], default="", help=str(TOWN)),
    ]
    return sub_command(office, ABOUT, [click.Argument(["store"], type=path), *options])


def office(*, store: Path, port: int | None, lan: bool, certificate: Path | None, key: Path | None, town: str) -> int:
    """Serve the page until Ctrl-C."""
    from liuwen.office import open_office

    page = open_office(open_store(store), port=port, lan=lan, certificate=certificate, key=key, town=town)
    click.echo(str(ENTRANCE.filled(entrance=page.entrance)))
    if lan:
        click.echo(str(ELSEWHERE.filled(address=page.address)))
    click.echo(str(STOP))
    with suppress(KeyboardInterrupt):
        page.run()
    return 0

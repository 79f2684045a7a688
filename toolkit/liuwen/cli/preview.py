"""`liuwen preview`: shows a form in a browser on this machine, and keeps what is submitted."""

import shutil
import webbrowser
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import click

from liuwen.cli.arrivals import ArrivalLog
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form import Form

ABOUT = Sentence(
    zh="在浏览器里试填一份问卷（真正的 ODK Web Forms，只限本机），并保存交上来的答卷。",
    en="Try a form in the browser (with ODK Web Forms, on this computer only) and keep what is sent.",
)
STORE = Sentence(
    zh="试填的答卷存进哪个库；不给就存进临时文件夹。",
    en="Store that keeps what is sent; by default a temporary folder.",
)
PORT = Sentence(zh="端口；不给就任选一个空闲的。", en="Port; by default any free one.")
NO_BROWSER = Sentence(zh="不打开浏览器，只打印地址。", en="Print the address, do not open a browser.")
SHOWN = Sentence(
    zh="问卷“{form}”在这里：\n  {address}\n按 Ctrl-C 结束。",
    en='The form "{form}" is at\n  {address}\nPress Ctrl-C to stop.',
)
NOTHING = Sentence(zh="没有试填的答卷。", en="Nothing was sent.")
KEPT = Sentence(
    zh="收到 {count} 份试填的答卷，在 {store}。\n读成表：liuwen load {store} --form {file}",
    en="Received {count}, kept in {store}.\nTo load them: liuwen load {store} --form {file}",
)

NAME = "preview"


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    file = click.Path(path_type=Path)
    return sub_command(
        preview,
        ABOUT,
        [
            click.Argument(["form"], type=file),
            click.Option(["--store"], type=file, help=str(STORE)),
            click.Option(["--port"], type=click.IntRange(0, 65535), default=0, help=str(PORT)),
            click.Option(["--no-browser"], is_flag=True, help=str(NO_BROWSER)),
        ],
    )


def preview(*, form: Path, store: Path | None, port: int, no_browser: bool) -> int:
    """Show the form until Ctrl-C."""
    from liuwen.form import read_form

    designed = read_form(form)
    folder = store or Path(mkdtemp(prefix="liuwen-preview-"))
    new = 0
    try:
        new = _shown_until_stopped(designed, folder, port, no_browser=no_browser)
    finally:
        if store is None and not new:
            shutil.rmtree(folder)
    click.echo(f"\n{KEPT.filled(count=new, store=folder, file=form) if new else NOTHING}")
    return 0


def _shown_until_stopped(form: "Form", folder: Path, port: int, *, no_browser: bool) -> int:
    from liuwen.server import serve
    from liuwen.store import Store

    store = Store(folder)
    published = store.publish(form)
    with serve(store, port=port) as server:
        address = f"{server.link(store.add_link(published.form_id, collector=NAME)).address}/?lang={language_in_force()}"
        arrivals = ArrivalLog(store)
        with suppress(KeyboardInterrupt):
            click.echo(str(SHOWN.filled(form=published.title, address=address)))
            if not no_browser:
                webbrowser.open(address)
            arrivals.say()
    arrivals.look()
    store.close()
    return arrivals.new

"""`liuwen serve`: a store that phones with ODK Collect, and browsers, send their answers to."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.collect import Store

ABOUT = Sentence(
    zh="架起收答卷的服务器：手机上的 ODK Collect 和浏览器都能用；默认只限本机。",
    en="Serve a store to phones with ODK Collect and to browsers; to this machine only by default.",
)
FORM = Sentence(zh="发布这份问卷；可重复。", en="Publish this form; may be repeated.")
COLLECTOR = Sentence(
    zh="加一名采集员，显示他的二维码；可重复。", en="Add a collector and show the QR code to join with; may be repeated."
)
PORT = Sentence(zh="端口。", en="The port.")
LAN = Sentence(zh="让同一网络里的手机也能连。", en="Let phones of the same network connect.")
CERTIFICATE = Sentence(zh="TLS 证书（PEM）。", en="A TLS certificate (PEM).")
KEY = Sentence(zh="证书的私钥（PEM）。", en="The certificate's private key (PEM).")
SERVING = Sentence(zh="正在 {address} 收答卷；按 Ctrl-C 停止。", en="Collecting at {address}; Ctrl-C stops.")
PUBLISHED = Sentence(zh="已发布：{form}（版本 {version}）", en="Published: {form} (version {version})")
NOT_SOUND = Sentence(
    zh="{file} 有错误，没有发布。请先运行 `liuwen check {file}`。",
    en="{file} has errors and was not published. Run `liuwen check {file}` first.",
)


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    file = click.Path(path_type=Path)
    return sub_command(
        serve,
        ABOUT,
        [
            click.Argument(["store"], type=file),
            click.Option(["--form", "forms"], type=file, multiple=True, help=str(FORM)),
            click.Option(["--collector", "collectors"], multiple=True, help=str(COLLECTOR)),
            click.Option(["--port"], type=click.IntRange(0, 65535), default=8060, show_default=True, help=str(PORT)),
            click.Option(["--lan"], is_flag=True, help=str(LAN)),
            click.Option(["--certificate"], type=file, help=str(CERTIFICATE)),
            click.Option(["--key"], type=file, help=str(KEY)),
        ],
    )


def serve(
    *,
    store: Path,
    forms: tuple[Path, ...],
    collectors: tuple[str, ...],
    port: int,
    lan: bool,
    certificate: Path | None,
    key: Path | None,
) -> int:
    """Serve until stopped."""
    from liuwen.collect import Store
    from liuwen.collect import serve as start

    kept = Store(store)
    _publish(kept, forms)
    joining = [kept.add_collector(name) for name in collectors]
    with start(kept, port=port, lan=lan, certificate=certificate, key=key) as server:
        for who in joining:
            click.echo(f"{who.name}\n{server.join(who)}\n")
        click.echo(str(SERVING.filled(address=server.address)))
        with suppress(KeyboardInterrupt):
            Event().wait()
    return 0


def _publish(store: "Store", files: Iterable[Path]) -> None:
    from liuwen.check import check
    from liuwen.form import read_form

    for file in files:
        form = read_form(file)
        if not check(form).ok:
            raise LiuwenError(NOT_SOUND.filled(file=file))
        store.publish(form)
        click.echo(str(PUBLISHED.filled(form=form.title, version=form.version)))

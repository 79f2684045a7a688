"""`liuwen serve`: serves a store to ODK Collect and browsers."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.arrivals import ArrivalLog
from liuwen.cli.backup import COPY_TO, KEEP, tidied
from liuwen.cli.backup import say as say_backup
from liuwen.cli.publishing import NOT_SOUND, sound_form, write_code
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.errors import LiuwenError, StoreError
from liuwen.messages import Sentence
from liuwen.server.codes import Given, end_of

if TYPE_CHECKING:
    from liuwen.server import Joining, Server
    from liuwen.store import Backup, Store

ABOUT = Sentence(
    zh="收答卷的服务器：手机上的 ODK Collect 和浏览器都能用；默认只限本机。",
    en="Serve a store to ODK Collect and browsers; by default to this computer only.",
)
FORM = Sentence(zh="发布这份问卷；可重复。", en="Publish this form; may be repeated.")
ANONYMOUS = Sentence(
    zh="匿名发布 --form 的问卷，虽然问卷自己没有写明：不保存采集员、手机、时刻和先后次序。",
    en="Publish the forms of --form as anonymous even if they do not say so: no collector, phone, time or order is kept.",
)
ENCRYPT_TO = Sentence(
    zh="用这把公钥加密发布 --form 的问卷（`liuwen keys new` 生成，.pub）。",
    en="Encrypt the forms given with --form with this public key (.pub, made by `liuwen keys new`).",
)
COLLECTOR = Sentence(
    zh="显示这名采集员的二维码，没有此人就先加上；可重复。",
    en="Show the QR code of this collector, who is added if new; may be repeated.",
)
LINK = Sentence(
    zh="给这份问卷（表单编号）一个网页链接和二维码，谁拿到都能填；可重复。",
    en="Show a link and QR code with which anybody can fill in this form (by its ID) in a browser; may be repeated.",
)
ONLY = Sentence(
    zh="新加的采集员只能看这份问卷（表单编号）；可重复，不给就都能看。",
    en="Limit collectors added now to this form (by its ID); may be repeated, by default all forms.",
)
UNTIL = Sentence(
    zh="这次给出的码和链接到这一天（年-月-日）为止有效。",
    en="Last day (YYYY-MM-DD) on which the codes and links made now are valid.",
)
REVOKE = Sentence(
    zh="停用这名采集员和他的二维码（手机丢了）；可重复。",
    en="Revoke the access of this collector (a lost phone); may be repeated.",
)
CAMPAIGN = Sentence(
    zh="按这个方案（内置名称或 .toml）把台账写进手机上的事项清单，每收到一份就更新。",
    en="Write the ledger of this programme (a name or a .toml) into the list of matters on the phones, after each arrival.",
)
TOWN = Sentence(zh="哪个乡镇，显示在服务器首页上。", en="The town, shown on the server's first page.")
CONTACT = Sentence(
    zh="有疑问找谁（姓名、电话），显示在服务器首页和出错的页面上。",
    en="Whom to ask (name, telephone), shown on the server's first page and when a page is refused.",
)
BACKUP = Sentence(
    zh="边收边备份到这个文件夹（别的盘或 U 盘）：开始时、每隔 --backup-every 小时、停止时各一次。",
    en="Back up to this folder (another disk or a USB stick) while serving: at start, every --backup-every hours, at the end.",
)
BACKUP_EVERY = Sentence(zh="每隔几小时备份一次。", en="Hours between two backups.")
BACKUP_KEY = Sentence(zh="用这把公钥加密备份（.pub）。", en="Encrypt the backups to this public key (.pub).")
KEY_ALONE = Sentence(
    zh="给了 --backup-key、--backup-keep 或 --backup-copy，没有给备份文件夹：请加 --backup 文件夹。",
    en="--backup-key, --backup-keep or --backup-copy is given without a folder for backups; add --backup FOLDER.",
)
CODES = Sentence(
    zh="把二维码也存成图片（PNG）到这个文件夹。",
    en="Also save the QR codes as pictures (PNG) in this folder.",
)
OFFICE = Sentence(
    zh="同时在本机打开办公页面（答卷、采集员、备份）；默认打开。",
    en="Also open the office page (answers, collectors, backups) on this computer.",
)
OFFICE_AT = Sentence(
    zh="办公页面（只在本机；地址里有密钥，不要发给别人）：\n   {address}",
    en="Office page (on this computer only; the address holds a secret, so do not pass it on):\n   {address}",
)
PORT = Sentence(zh="端口。", en="Port.")
LAN = Sentence(zh="让同一网络里的手机也能连。", en="Let phones on the same network connect.")
BEHIND = Sentence(
    zh="在这个地址的 TLS 代理后面（如 127.0.0.1）：采信它的 X-Forwarded-Proto 和 X-Forwarded-For；代理要原样传 Host。",
    en="Behind a TLS proxy at this address (such as 127.0.0.1): its X-Forwarded-Proto and X-Forwarded-For are believed; it must "
    "pass Host on.",
)
CERTIFICATE = Sentence(zh="TLS 证书（PEM）。", en="TLS certificate (PEM).")
HTTPS = Sentence(
    zh="用 https：为这台电脑自己做一张证书（只做一次）；手机要先装上它的根证书。",
    en="Use https with a certificate made for this computer (once); phones install its root first.",
)
ON_THE_AIR = Sentence(
    zh="注意：没有用 https，同一 Wi-Fi 上的人能读到手机交来的答卷和码；人多的网络请加上 --https。",
    en="Note: without https, anybody on the same Wi-Fi can read the answers and codes that phones send; add --https on a network "
    "that others use.",
)
INSTALL = Sentence(
    zh="手机先装根证书：用浏览器打开（会提醒一次，继续），装好后核对指纹。\n   {address}/authority.crt\n   {fingerprint}",
    en="Phones first install the root: open it in a browser (it warns once; go on), install it, and compare the fingerprint."
    "\n   {address}/authority.crt\n   {fingerprint}",
)
KEY = Sentence(zh="证书的私钥（PEM）。", en="Private key of the certificate (PEM).")

PUBLISHED = Sentence(zh="已发布：{form}（版本 {version}）", en="Published: {form} (version {version})")
ANYBODY = Sentence(zh="手机", en="phone")
FOR_ALL = Sentence(
    zh="这个码工作人员的手机都能扫，也都能在网页上看和改用它交的答卷。要分得清谁收了什么，就一人一个码：--collector 姓名",
    en="All phones of your staff can scan this code, and can see and correct in a browser what was sent "
    "with it. To know who collected what, give each person a code of their own: --collector NAME",
)
REVOKED = Sentence(zh="已停用：{name}", en="Revoked: {name}")
WRITTEN = Sentence(zh="二维码图片：{file}", en="QR code saved as {file}")
FORMS = Sentence(zh="问卷：{forms}", en="Forms: {forms}")
A_FORM = Sentence(zh="{title}（{form_id}）", en="{title} ({form_id})")
NO_FORMS = Sentence(zh="问卷：还没有", en="Forms: none yet")
COLLECTORS = Sentence(
    zh="采集员：{names}。换了手机，或本机地址变了，加上 --collector 姓名 再显示二维码。",
    en="Collectors: {names}. For a new phone, or if the address of this computer changes, --collector NAME "
    "shows a QR code again.",
)
NO_COLLECTORS = Sentence(zh="采集员：还没有，谁也连不进来", en="Collectors: none yet, so nobody can connect")
NEXT = Sentence(
    zh="还差一步：按 Ctrl-C 停下，再运行（问卷和姓名换成自己的）\n  {command}",
    en="One more step: press Ctrl-C and run this with your own form and name\n  {command}",
)
A_FILE = Sentence(zh="--form 问卷.xlsx", en="--form FORM.xlsx")
A_NAME = Sentence(zh="--collector 姓名", en="--collector NAME")
RECEIVED = Sentence(zh="已收答卷：{count} 份", en="Answers received: {count}")
HERE_ONLY = Sentence(
    zh="只有本机能连；要让手机连，停下再加上 --lan。",
    en="Only this computer can connect; stop and add --lan to let phones connect.",
)
NO_NETWORK = Sentence(
    zh="本机没有连上网络，手机连不进来；请连上 Wi-Fi 或打开热点，再重新运行。",
    en="This computer is not connected to a network, so phones cannot connect. Join the Wi-Fi or open a "
    "hotspot, and start again.",
)
SERVING = Sentence(
    zh="正在 {address} 收答卷；按 Ctrl-C 停止。",
    en="Collecting at {address}; press Ctrl-C to stop.",
)
STOPPED = Sentence(
    zh="已停止。这次收到 {new} 份，库“{store}”里共 {count} 份。",
    en='Stopped. Received {new} this time; the store "{store}" has {count}.',
)


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    file = click.Path(path_type=Path)
    return sub_command(
        serve,
        ABOUT,
        [
            click.Argument(["store"], type=file),
            click.Option(["--form", "forms"], type=file, multiple=True, help=str(FORM)),
            click.Option(["--anonymous"], is_flag=True, help=str(ANONYMOUS)),
            click.Option(["--encrypt-to"], type=file, help=str(ENCRYPT_TO)),
            click.Option(["--collector", "collectors"], multiple=True, help=str(COLLECTOR)),
            click.Option(["--link", "links"], multiple=True, help=str(LINK)),
            click.Option(["--only"], multiple=True, help=str(ONLY)),
            click.Option(["--until"], type=click.DateTime(["%Y-%m-%d"]), help=str(UNTIL)),
            click.Option(["--revoke"], multiple=True, help=str(REVOKE)),
            click.Option(["--campaign"], help=str(CAMPAIGN)),
            click.Option(["--codes"], type=file, help=str(CODES)),
            click.Option(["--town"], default="", help=str(TOWN)),
            click.Option(["--contact"], default="", help=str(CONTACT)),
            click.Option(["--backup"], type=file, help=str(BACKUP)),
            click.Option(["--backup-every"], type=click.FloatRange(0.01), default=6.0, show_default=True, help=str(BACKUP_EVERY)),
            click.Option(["--backup-key"], type=file, help=str(BACKUP_KEY)),
            click.Option(["--backup-keep"], type=click.FloatRange(1), metavar="DAYS", help=str(KEEP)),
            click.Option(["--backup-copy"], metavar="S3", help=str(COPY_TO)),
            click.Option(["--office/--no-office"], default=True, show_default=True, help=str(OFFICE)),
            click.Option(["--lan"], is_flag=True, help=str(LAN)),
            click.Option(["--port"], type=click.IntRange(0, 65535), default=8060, show_default=True, help=str(PORT)),
            click.Option(["--behind"], default="", help=str(BEHIND)),
            click.Option(["--https"], is_flag=True, help=str(HTTPS)),
            click.Option(["--certificate"], type=file, help=str(CERTIFICATE)),
            click.Option(["--key"], type=file, help=str(KEY)),
        ],
    )


def serve(
    *,
    store: Path,
    forms: tuple[Path, ...],
    anonymous: bool,
    encrypt_to: Path | None,
    collectors: tuple[str, ...],
    links: tuple[str, ...],
    only: tuple[str, ...],
    until: datetime | None,
    revoke: tuple[str, ...],
    campaign: str | None,
    codes: Path | None,
    town: str,
    contact: str,
    backup: Path | None,
    backup_every: float,
    backup_key: Path | None,
    backup_keep: float | None,
    backup_copy: str | None,
    office: bool,
    lan: bool,
    port: int,
    https: bool,
    behind: str,
    certificate: Path | None,
    key: Path | None,
) -> int:
    """Serve until Ctrl-C."""
    from liuwen.server import serve as start
    from liuwen.store.store import Store, keeping_of

    if backup is None and (backup_key or backup_keep or backup_copy):
        raise LiuwenError(KEY_ALONE)
    kept = Store(store)
    expires = end_of(until, keeping_of(kept).clock()) if until else None
    with ExitStack() as running:
        server = running.enter_context(
            start(
                kept, port=port, lan=lan, https=https, behind=behind, certificate=certificate, key=key, town=town, contact=contact
            )
        )
        running.enter_context(_keeping_list(kept, campaign))
        publish(kept, forms, encrypt_to.read_bytes() if encrypt_to else None, anonymous=anonymous or None)
        for name in revoke:
            kept.revoke(name)
            click.echo(str(REVOKED.filled(name=name)))
        for_all = lan and not collectors and not links and lacks_only_collectors(kept)
        given = Given(kept, server.address, only, expires)
        for one in (*given.joining([str(ANYBODY)] if for_all else collectors), *given.links(links)):
            _show(one, codes, lan=lan)
        if for_all:
            click.echo(f"\n{FOR_ALL}")
        if backup is not None:
            tell = partial(_tell_backup, kept, store, backup, keep=backup_keep, copy_to=backup_copy)
            running.enter_context(_backing_up(kept, backup, backup_every, backup_key, tell))
        if office:
            _open_office(kept, running, town, backup)
        arrivals = ArrivalLog(kept)
        with suppress(KeyboardInterrupt):
            say_state(kept, server, store, lan=lan)
            arrivals.say()
    arrivals.look()
    click.echo(f"\n{STOPPED.filled(new=arrivals.new, count=kept.count(), store=store)}")
    return 0


def _open_office(store: "Store", running: ExitStack, town: str, backup: Path | None) -> None:
    """Open the office page beside the server, until it stops."""
    from liuwen.office import open_office

    page = running.enter_context(open_office(store, town=town, backup_to=backup.absolute() if backup else None))
    click.echo(f"\n{OFFICE_AT.filled(address=page.entrance)}")


def _keeping_list(store: "Store", campaign: str | None) -> AbstractContextManager[object]:
    """Keep the list of matters for phones up to date while the store is served, if a programme is given."""
    if campaign is None:
        return nullcontext()
    from liuwen.campaign.list_keeper import PhoneListKeeper

    return PhoneListKeeper(store, campaign, on_fault=lambda fault: click.echo(str(fault), err=True))


def _tell_backup(store: "Store", typed: Path, folder: Path, made: "Backup", *, keep: float | None, copy_to: str | None) -> None:
    """Tell of a backup, prune the folder and copy it; what fails is told, and tried again with the next backup."""
    say_backup(made, folder, store, typed)
    try:
        for said in tidied(folder, keep, copy_to):
            click.echo(str(said))
    except StoreError as fault:
        click.echo(str(fault), err=True)


def _backing_up(
    store: "Store", folder: Path, every: float, key: Path | None, tell: "Callable[[Backup], object]"
) -> AbstractContextManager[object]:
    """Back the store up while it is served."""
    from liuwen.server.scheduled_backup import ScheduledBackup

    return ScheduledBackup(
        store,
        folder,
        every=every,
        key=key.read_bytes() if key else None,
        on_made=tell,
        on_fault=lambda fault: click.echo(str(fault), err=True),
    )


def lacks_only_collectors(store: "Store") -> bool:
    """Whether there is an open form, but no active collector yet."""
    return bool(store.forms()) and not _who_may_collect(store)


def _who_may_collect(store: "Store") -> list[str]:
    from liuwen.store.store import keeping_of

    now = keeping_of(store).clock()
    return [one.name for one in store.collectors() if one.is_valid(now)]


def publish(store: "Store", files: Iterable[Path], key: bytes | None, *, anonymous: bool | None) -> None:
    """Publish each form that passes `check`; raises `LiuwenError` for one with errors."""
    for file in files:
        form = sound_form(file)
        if form is None:
            raise LiuwenError(NOT_SOUND.filled(file=file))
        published = store.publish(form, key=key, anonymous=anonymous)
        click.echo(str(PUBLISHED.filled(form=published.title, version=published.version or "-")))


def _show(joining: "Joining", codes: Path | None, *, lan: bool) -> None:
    click.echo(f"\n{joining.name}\n{joining}" if lan else f"\n{joining.name}\n   {joining.address}")
    if codes is not None:
        click.echo(str(WRITTEN.filled(file=write_code(joining.qr, joining.name, codes))))


def say_state(store: "Store", server: "Server", typed: Path, *, lan: bool) -> None:
    """Print what is served to whom, and at which address."""
    from liuwen.server.joining import root_at

    forms = [A_FORM.filled(title=form.title, form_id=form.form_id) for form in store.forms() if form.current]
    names = _who_may_collect(store)
    listed = Sentence(zh="、".join(form.zh for form in forms), en=", ".join(form.en for form in forms))
    everybody = Sentence(zh="、".join(names), en=", ".join(names))
    click.echo()
    click.echo(str(FORMS.filled(forms=listed) if forms else NO_FORMS))
    click.echo(str(COLLECTORS.filled(names=everybody) if names else NO_COLLECTORS))
    click.echo(str(RECEIVED.filled(count=store.count())))
    click.echo(str(SERVING.filled(address=server.address)))
    if server.own_certificate is not None:
        click.echo(str(INSTALL.filled(address=server.address, fingerprint=server.own_certificate.fingerprint())))
        if lan and (root := root_at(server.address, store.folder)):
            click.echo(root.terminal())
    elif lan and server.address.startswith("http:"):
        click.echo(str(ON_THE_AIR))
    if server.address == server.url:
        click.echo(str(NO_NETWORK if lan else HERE_ONLY))
    if not (forms and names):
        wanted = [*["--lan"] * lan, *[str(A_FILE)] * (not forms), *[str(A_NAME)] * (not names)]
        click.echo(str(NEXT.filled(command=" ".join(["liuwen serve", str(typed), *wanted]))))

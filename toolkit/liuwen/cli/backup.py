"""`liuwen backup`: adds a backup of a store to a folder, also while the store is served."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Backup, Store

ABOUT = Sentence(
    zh="把库（答卷、照片、问卷、采集员）备份到一个文件夹，可以边收边备；没变过的内容不再写一遍。请放在别的盘或 U 盘上。",
    en="Back a store up (answers, photos, forms, collectors) to a folder, also while it is served; what has not changed is not "
    "written again. Use another disk or a USB stick.",
)
TO = Sentence(zh="备份文件夹；里面可以有以前的备份。", en="The backup folder; it may hold earlier backups.")
ENCRYPT_TO = Sentence(
    zh="用这把公钥加密（`liuwen keys new` 生成，.pub）；恢复时要有私钥和口令。",
    en="Encrypt to this public key (.pub, made by `liuwen keys new`); restoring then needs the private key and its passphrase.",
)
KEEP = Sentence(
    zh="只留这么多天的备份，更早的删掉（最近三次总是留着）。",
    en="Keep the backups of so many days and delete older ones (the newest three always stay).",
)
COPY_TO = Sentence(
    zh="再复制一份到 S3 兼容的存储：s3://桶/名称；密钥取自环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY、AWS_ENDPOINT。",
    en="Also copy the folder to an S3-compatible store: s3://bucket/name; keys from the variables AWS_ACCESS_KEY_ID, "
    "AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT.",
)
PRUNED = Sentence(zh="删掉了 {count} 次旧备份，腾出 {freed}。", en="Deleted {count} old backups, which freed {freed}.")
COPIED = Sentence(zh="已复制到 {address}：{count} 个文件，{bytes}。", en="Copied to {address}: {count} files, {bytes}.")
READABLE = Sentence(
    zh="这份副本没有加密：能打开这个桶的人都能读到全部答卷。请用 --encrypt-to（serve 用 --backup-key）备份到新的文件夹，"
    "复制成别的名称，再删掉这份副本。",
    en="The copy is not encrypted: whoever can open the bucket can read every answer. Back up to a new folder with --encrypt-to "
    "(for serve, --backup-key), copy that under another name, and delete this copy.",
)
MADE = Sentence(
    zh="已备份：{count} 份答卷、{files} 个文件到“{folder}”（新写入 {added}）。编号 {state}",
    en='Backed up {count} submissions and {files} files to "{folder}" ({added} new). Its name: {state}',
)
LACKING = Sentence(
    zh="有 {count} 个文件没有备份成（如“{name}”）：源文件不在、已损坏，或备份盘已满。运行 `liuwen verify {store}` 看是哪些。",
    en='{count} files are not in it (such as "{name}"): they are missing or damaged in the store, or the backup disk is '
    "full. `liuwen verify {store}` lists those of the store.",
)
ANONYMOUS = Sentence(
    zh="匿名答卷也在里面，不计入份数；只留最新的一份。",
    en="The anonymous answers are in it too, and are not counted; only their newest copy is kept.",
)
SIZES = (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10))


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    path = click.Path(path_type=Path)
    options = [
        click.Option(["--to"], type=path, required=True, help=str(TO)),
        click.Option(["--encrypt-to"], type=path, help=str(ENCRYPT_TO)),
        click.Option(["--keep"], type=click.FloatRange(1), metavar="DAYS", help=str(KEEP)),
        click.Option(["--copy-to"], metavar="S3", help=str(COPY_TO)),
        json_option(),
    ]
    return sub_command(backup, ABOUT, [click.Argument(["store"], type=path), *options])


def backup(*, store: Path, to: Path, encrypt_to: Path | None, keep: float | None, copy_to: str | None, as_json: bool) -> int:
    """Make one backup, prune and copy the folder if wished; status 1 if attachments are lacking."""
    kept = open_store(store)
    made = kept.backup(to, key=encrypt_to.read_bytes() if encrypt_to else None)
    if as_json:
        told = {**asdict(made), "files": len(made.files), "state": made.state}
        show_json(told)
    else:
        say(made, to, kept, store)
    for said in tidied(to, keep, copy_to):
        click.echo(str(said), err=as_json)
    return 1 if made.lacking else 0


def tidied(folder: Path, keep: float | None, copy_to: str | None) -> Iterator[Sentence]:
    """Prune a backup folder and copy it, if wished; yields what was done."""
    from liuwen.store import mirror_backups, prune_backups

    if keep is not None and (pruned := prune_backups(folder, keep)).states:
        yield PRUNED.filled(count=len(pruned.states), freed=_size(pruned.freed))
    if copy_to is not None:
        copied = mirror_backups(folder, copy_to)
        yield COPIED.filled(address=copy_to, count=copied.sent, bytes=_size(copied.bytes))
        if not copied.encrypted:
            yield READABLE


def say(made: "Backup", to: Path, kept: "Store", store: Path) -> None:
    """Print what was backed up, and what could not be."""
    filled = MADE.filled(count=made.submissions, files=len(made.files), folder=to, added=_size(made.added), state=made.state)
    click.echo(str(filled))
    if kept.anonymous_counts():
        click.echo(str(ANONYMOUS))
    if made.lacking:
        click.echo(str(LACKING.filled(count=len(made.lacking), name=made.lacking[0], store=store)), err=True)


def _size(count: int) -> str:
    return next((f"{count / unit:.1f} {name}" for name, unit in SIZES if count >= unit), f"{count} B")

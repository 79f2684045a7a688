"""`liuwen restore`: a store from a backup folder, in a new folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from liuwen.cli.passphrases import passphrase_of_key
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="从备份文件夹（或 s3://桶/名称）恢复出一个库，写到新的文件夹；换一台电脑也可以。",
    en="Restore a store from a backup folder (or s3://bucket/name) to a new folder, also on another computer.",
)
TO = Sentence(zh="新的库文件夹。", en="The new folder of the store.")
STATE = Sentence(zh="哪一次备份（编号）；默认最近一次。", en="Which backup, by its name; by default the newest.")
KEY = Sentence(
    zh="加密备份的私钥（PEM）；口令取自 LIUWEN_PASSPHRASE，没有就当场输入。",
    en="Private key of encrypted backups (PEM); the passphrase comes from LIUWEN_PASSPHRASE, or you are asked for it.",
)
RESTORED = Sentence(
    zh="已恢复到“{to}”：{count} 份答卷，{made} 的备份。继续收答卷：`liuwen serve {to} --lan`；"
    "手机上的二维码照旧能用，只要本机地址没变。",
    en='Restored to "{to}": {count} submissions, the backup of {made}. To go on collecting: `liuwen serve {to} --lan`. Codes '
    "on phones still work if this computer has the same address.",
)

ANONYMOUS = Sentence(zh="匿名答卷也已恢复，不计入份数。", en="The anonymous answers were restored too, and are not counted.")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    path = click.Path(path_type=Path)
    options = [
        click.Option(["--to"], type=path, required=True, help=str(TO)),
        click.Option(["--state"], help=str(STATE)),
        click.Option(["--key"], type=path, help=str(KEY)),
    ]
    return sub_command(restore, ABOUT, [click.Argument(["directory"]), *options])


@contextmanager
def backup_folder(given: str) -> Iterator[Path]:
    """The backup folder that was given, fetched for the block if it is in an S3-compatible store."""
    from liuwen.store import fetch_backups
    from liuwen.store.remote_backups import SCHEME

    if not given.startswith(SCHEME):
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="liuwen-fetched-") as place:
        yield fetch_backups(given, Path(place) / "backups")


def restore(*, directory: str, to: Path, state: str | None, key: Path | None) -> int:
    """Restore one backup; status 1 if attachments are lacking."""
    from liuwen.store import restore_backup

    with backup_folder(directory) as folder:
        done = restore_backup(folder, to, state=state, key=key, passphrase=passphrase_of_key(key) if key else None)
    made = done.backup.made.astimezone()
    click.echo(str(RESTORED.filled(to=to, count=done.backup.submissions, made=f"{made:%Y-%m-%d %H:%M}")))
    if open_store(to).anonymous_counts():
        click.echo(str(ANONYMOUS))
    for fault in done.faults:
        click.echo(str(fault), err=True)
    return 1 if done.faults else 0

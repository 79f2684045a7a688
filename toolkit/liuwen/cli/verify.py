"""`liuwen verify`: reads a store or a backup folder whole, and lists what is not as it was stored."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.passphrases import passphrase_of_key
from liuwen.cli.restore import KEY, backup_folder
from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.cli.stores import open_store
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store.upkeep import StoreFault

ABOUT = Sentence(
    zh="把一个库或备份文件夹（或 s3://桶/名称）从头读到尾，与存入时的校验值对照，列出损坏和缺失的内容；不改动任何东西。",
    en="Read a store or a backup folder (or s3://bucket/name) from end to end, compare everything with its checksum, and list "
    "what is damaged or missing. Nothing is changed.",
)
WHOLE = Sentence(zh="“{path}”完好。", en='"{path}" is whole.')
FAULTS = Sentence(zh="“{path}”有 {count} 处损坏或缺失：", en='"{path}" has {count} damaged or missing parts:')


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    key = click.Option(["--key"], type=click.Path(path_type=Path), help=str(KEY))
    return sub_command(verify, ABOUT, [click.Argument(["path"]), key, json_option()])


def verify(*, path: str, key: Path | None, as_json: bool) -> int:
    """List the faults; status 1 if there are any."""
    with backup_folder(path) as folder:
        faults = _faults(folder, key)
    if as_json:
        show_json({"faults": [str(fault) for fault in faults]})
        return 1 if faults else 0
    click.echo(str(FAULTS.filled(path=path, count=len(faults)) if faults else WHOLE.filled(path=path)))
    for fault in faults:
        click.echo(f"  {fault}")
    return 1 if faults else 0


def _faults(path: Path, key: Path | None) -> "tuple[StoreFault, ...]":
    from liuwen.store import check_backups

    if (path / "states").is_dir():
        return check_backups(path, key=key, passphrase=passphrase_of_key(key) if key else None)
    return open_store(path).check()

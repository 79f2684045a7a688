"""Backups: make one now, see the last ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.office.rendering import moment, shown
from liuwen.store.backup_history import past_backups

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="备份", en="Backup"),
    "about": Sentence(
        zh="答卷、照片、问卷、采集员都在里面；没变过的内容不再写一遍，可以边收边备。请放在别的盘或 U 盘上，再另存一份在别处。",
        en="Answers, photos, forms and collectors; what has not changed is not written again, and collecting goes on meanwhile. "
        "Use another disk or a USB stick, and keep a second one elsewhere.",
    ),
    "folder": Sentence(zh="备份到哪个文件夹（这台电脑上的路径）", en="Folder to back up to (a path on this computer)"),
    "key": Sentence(zh="加密用的公钥文件（.pub，可不填）", en="Public key to encrypt to (.pub, optional)"),
    "make": Sentence(zh="现在备份", en="Back up now"),
    "past": Sentence(zh="最近的备份", en="Recent backups"),
    "when": Sentence(zh="时间", en="When"),
    "who": Sentence(zh="谁", en="Who"),
    "where": Sentence(zh="文件夹", en="Folder"),
    "result": Sentence(zh="结果", en="Result"),
    "none": Sentence(zh="从来没有备份过。", en="No backup has ever been made."),
    "restore": Sentence(
        zh="恢复要先停下服务器：liuwen restore 备份文件夹 --to 新的文件夹。",
        en="To restore, stop the server: liuwen restore FOLDER --to STORE.",
    ),
    "done_made": Sentence(zh="已备份。", en="The backup was made."),
}
MADE = Sentence(zh="{count} 份答卷", en="{count} submissions")
RELATIVE = Sentence(
    zh="请写完整的路径，如 /media/usb/backup 或 E:\\backup。", en="Give the whole path, such as /media/usb/backup or E:\\backup."
)
LACKING = Sentence(
    zh="已备份，但有 {count} 个文件没有备份成（如“{name}”）：源文件不在、已损坏，或备份盘已满。用 liuwen verify 看是哪些。",
    en='The backup was made, but {count} files are not in it (such as "{name}"): they are missing or damaged, or the disk is '
    "full. `liuwen verify` lists them.",
)


def backup(asked: "OfficeRequest") -> Response:
    """The page."""
    rows = [
        {
            "when": moment(one.moment),
            "who": one.who,
            "where": one.folder,
            "result": one.fault or MADE.filled(count=one.submissions),
        }
        for one in reversed(past_backups(asked.office.store.folder))
    ]
    return shown("backup.html", asked, "/backup", WORDS, rows=rows, folder=asked.office.backup_to or "")


def make_backup(asked: "OfficeRequest") -> Response:
    """Back up now."""
    folder = Path(asked.field("folder"))
    if not folder.is_absolute():
        raise StoreError(RELATIVE)
    key = next((content for field, (_, content) in asked.files.items() if field.startswith("key/")), None)
    made = asked.office.store.backup(folder, key=key)
    if made.lacking:
        raise StoreError(LACKING.filled(count=len(made.lacking), name=made.lacking[0]))
    return RedirectResponse("/backup?done=made", 303)

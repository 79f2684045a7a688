"""`liuwen erase`: a person's answers, at the person's request."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.cli.stores import open_store
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="应本人要求删除答卷：按答卷编号，或按实体列表里的一户。删了不能恢复，只留下编号的指纹，手机再发也不收；"
    "台账里的事项留下编码、日子、村和办到哪一步，不留户号和内容。",
    en="Erase answers at the person's request: by instance ID, or by a household in an entity list. It cannot be undone; only a "
    "hash of the ID remains, so that phones cannot send it again. Of a matter the ledger keeps its ID, days, village and state, "
    "without the household or a word.",
)
INSTANCE = Sentence(
    zh="这份答卷（instanceID），连同它的修改和附件。", en="This answer (instanceID), with its edits and attachments."
)
HOUSEHOLD = Sentence(
    zh="实体列表里的这一户（编号），连同提到它的所有答卷。",
    en="This row of an entity list (by its ID), with every answer that names it.",
)
YES = Sentence(zh="不再询问。", en="Do not ask.")
ONE = Sentence(zh="请给出 --instance 或 --household，只给一个。", en="Give either --instance or --household.")
SURE = Sentence(zh="删除后不能恢复。确定吗？", en="This cannot be undone. Erase?")
DONE = Sentence(
    zh="已删除 {answers} 份答卷、{files} 个附件、{entities} 行清单。以前的备份里还有：过了保存期请删掉那些备份。"
    "导出的表、内部表和别的答卷也写过的清单行，请另外查看。",
    en="Erased {answers} answers, {files} attachments and {entities} rows of lists. Earlier backups hold them: delete those "
    "when their time is over. Look through exported tables, desk tables and list rows that other answers wrote too.",
)

LEFT = Sentence(
    zh="服务器还在运行：{files} 个附件的文件要等它下次启动时才从磁盘上删掉。",
    en="A server is running: it deletes the files of {files} attachments from the disk when it starts next.",
)


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--instance"], help=str(INSTANCE)),
        click.Option(["--household"], help=str(HOUSEHOLD)),
        click.Option(["--yes"], is_flag=True, help=str(YES)),
    ]
    return sub_command(erase, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def erase(*, store: Path, instance: str | None, household: str | None, yes: bool) -> int:
    """Erase after asking."""
    from liuwen.campaign.collected.erased import erase_answers
    from liuwen.store.store import keeping_of

    if (instance is None) == (household is None):
        raise LiuwenError(ONE)
    kept = open_store(store)
    if not yes:
        click.confirm(str(SURE), abort=True, err=True)
    done = erase_answers(kept, instance=instance, household=household)
    click.echo(str(DONE.filled(answers=len(done.instances), files=len(done.files), entities=done.entities)))
    left = sum(keeping_of(kept).files.path(sha256).exists() for sha256 in done.files)
    if left:
        click.echo(str(LEFT.filled(files=left)), err=True)
    return 0

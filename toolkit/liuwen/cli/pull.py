"""`liuwen pull`: downloads submissions from ODK Central or KoboToolbox into a folder; later, only new and changed ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liuwen.cli.load import show_loaded, show_written, sizes_and_rejected
from liuwen.cli.passphrases import ask_passphrase, passphrase_of_key
from liuwen.cli.servers import server, server_options
from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses
    from liuwen.sources import Pulled

ABOUT = Sentence(
    zh="从 ODK Central 或 KoboToolbox 取回答卷和附件；再取时只取新的和改过的，断了接着取。"
    "“问卷”写它在服务器上的编号（KoboToolbox 的 uid）。",
    en="Download submissions and attachments from ODK Central or KoboToolbox; the next time, only what is "
    "new or changed. An interrupted pull continues. FORM is the ID of the form on the server (on "
    "KoboToolbox the uid).",
)
FOLDER = Sentence(zh="存到这个文件夹。", en="Folder to keep them in.")
PARQUET = Sentence(
    zh="再把各表写成 Parquet，存到这个文件夹。",
    en="Also write the tables as Parquet to this folder.",
)
FORM = Sentence(
    zh="按这份问卷读成表；不给就用服务器上的。",
    en="Form to read the tables with; by default the one on the server.",
)
KEY = Sentence(
    zh="自己的私钥（PEM），用来读加密的答卷；口令取自 LIUWEN_PASSPHRASE，没有就当场输入。",
    en="Private key (PEM) for encrypted answers; the passphrase comes from LIUWEN_PASSPHRASE, or you are asked for it.",
)
MEDIA = Sentence(
    zh="把加密的照片等附件解密到这个文件夹。",
    en="Decrypt photos and other attachments to this folder.",
)
NO_FILES = Sentence(zh="不取照片等附件。", en="Do not download photos and other attachments.")
PULLED = Sentence(
    zh="{source}：{form} 有 {count} 份答卷，与服务器的计数相同，都在 {folder}。新增 {new}，改过 {changed}，"
    "删除 {gone}，未变 {unchanged}；附件 {files} 个。",
    en="{source}: {folder} has {count} submissions of {form}, as many as the server counts. New: {new}, "
    "changed: {changed}, deleted: {gone}, unchanged: {unchanged}; attachments: {files}.",
)
OF_THE_PROJECT = Sentence(zh="项目 {project} 的加密，提示：{hint}", en="encryption of project {project}, hint: {hint}")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    file = click.Path(path_type=Path)
    return sub_command(
        pull,
        ABOUT,
        [
            click.Argument(["form_id"]),
            *server_options(),
            click.Option(["--to"], type=click.Path(path_type=Path, file_okay=False), required=True, help=str(FOLDER)),
            click.Option(["--no-files"], is_flag=True, help=str(NO_FILES)),
            click.Option(["--parquet"], type=click.Path(path_type=Path, file_okay=False), help=str(PARQUET)),
            click.Option(["--media"], type=click.Path(path_type=Path, file_okay=False), help=str(MEDIA)),
            click.Option(["--form"], type=file, help=str(FORM)),
            click.Option(["--key"], type=file, help=str(KEY)),
            json_option(),
        ],
    )


def pull(
    *,
    form_id: str,
    central: str | None,
    project: int,
    email: str | None,
    kobo: str | None,
    to: Path,
    no_files: bool,
    parquet: Path | None,
    media: Path | None,
    form: Path | None,
    key: Path | None,
    as_json: bool,
) -> int:
    """Return exit status 1 if tables or media were requested and some submissions could not be read."""
    from liuwen.responses.loading_summary import LoadingSummary
    from liuwen.sources import pull as bring

    pulled = bring(server(central, project, email, kobo), form_id, to, attachments=not no_files)
    if not as_json:
        _say(pulled)
    responses = _read(pulled, form, key, media) if parquet or media else None
    if parquet is not None and responses is not None:
        responses.to_parquet(parquet)
    loaded = None if responses is None else LoadingSummary.of(responses)
    if as_json:
        show_json({**_counts(pulled), **(sizes_and_rejected(loaded) if loaded is not None else {})})
    elif loaded is not None:
        show_loaded(loaded)
        if parquet is not None:
            show_written(loaded, parquet)
    return int(responses is not None and len(responses.rejected) > 0)


def _read(pulled: "Pulled", form: Path | None, key: Path | None, media: Path | None) -> "Responses":
    from liuwen.form import read_form

    told: dict[str, Any] = {"media_to": media}
    if key:
        told |= {"key": key, "passphrase": passphrase_of_key(key)}
    elif spoken := _managed_passphrase(pulled):
        told |= {"passphrase": spoken}
    return pulled.responses(read_form(form) if form else None, **told)


def _managed_passphrase(pulled: "Pulled") -> str | None:
    """The passphrase of Central's managed encryption; prompts if neither environment nor keyring has it."""
    from liuwen.sources import Central
    from liuwen.sources.central.encryption import keys_needed, passphrase_of

    there = pulled.source
    hints = keys_needed(there, pulled.form_id) if isinstance(there, Central) else {}
    if not isinstance(there, Central) or not hints:
        return None
    hint = next(iter(hints.values())) or "-"
    return passphrase_of(there) or ask_passphrase(OF_THE_PROJECT.filled(project=there.project, hint=hint))


def _counts(pulled: "Pulled") -> dict[str, object]:
    counts = {name: getattr(pulled, name) for name in ("new", "changed", "gone", "unchanged", "files")}
    here = {"source": pulled.source.name, "form": pulled.form_id, "folder": str(pulled.folder)}
    return {**here, "count": len(pulled.kept), **counts}


def _say(pulled: "Pulled") -> None:
    click.echo(str(PULLED.filled(**_counts(pulled))))

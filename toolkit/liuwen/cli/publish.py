"""`liuwen publish`: publishes a checked form on ODK Central or KoboToolbox, and shows QR codes for phones."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liuwen.cli.passphrases import ask_passphrase
from liuwen.cli.publishing import NOT_SOUND, sound_form, write_code
from liuwen.cli.servers import only_for_central, server, server_options
from liuwen.cli.speech import BilingualCommand, json_option, show_json, sub_command
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.sources import AppUser, Central, Kobo, RemoteForm

ABOUT = Sentence(
    zh="把问卷连同附件发布到 ODK Central 或 KoboToolbox：先检查，再作为新版本发布。",
    en="Publish a form with its files on ODK Central or KoboToolbox: check it, then upload it as a new version.",
)
MEDIA = Sentence(
    zh="问卷用到的文件（图片、名单）；可重复。",
    en="File that the form needs (a picture, a list); may be repeated.",
)
UID = Sentence(
    zh="KoboToolbox 上已有问卷的 uid：发布成它的新版本。",
    en="uid of an existing form on KoboToolbox, to publish a new version of it.",
)
ENCRYPT_TO = Sentence(
    zh="用这把公钥加密发布（`liuwen keys new` 生成，.pub）：连服务器也读不了。",
    en="Encrypt with this public key (.pub, made by `liuwen keys new`): not even the server can read the answers.",
)
ENCRYPT = Sentence(
    zh="让 ODK Central 从此加密整个项目，不能撤回；口令取自 CENTRAL_PASSPHRASE 或钥匙串，没有就当场输入。",
    en="Have ODK Central encrypt the whole project from now on; this cannot be undone. The passphrase comes "
    "from CENTRAL_PASSPHRASE or the keyring, or you are asked for it.",
)
HINT = Sentence(zh="口令的提示，人人可见。", en="Hint at the passphrase, visible to everybody.")
APP_USER = Sentence(
    zh="让此人用 ODK Collect 填这份问卷，显示他的二维码，没有此人就先加上；可重复。",
    en="Let this person fill in the form with ODK Collect and show the QR code; the person is added if new. May be repeated.",
)
CODES = Sentence(
    zh="把二维码也存成图片（PNG）到这个文件夹。",
    en="Also save the QR codes as pictures (PNG) in this folder.",
)
PUBLISHED = Sentence(
    zh="已发布到 {server}：{title}（{form}，版本 {version}）", en="Published on {server}: {title} ({form}, version {version})"
)
ENCRYPTED = Sentence(
    zh="答卷在手机上加密：没有密钥的口令，任何人都无法读取。",
    en="Answers are encrypted on the phone: without the passphrase of the key nobody can read them.",
)
OF_THE_PROJECT = Sentence(zh="项目 {project} 的加密", en="encryption of project {project}")
WRITTEN = Sentence(zh="二维码图片：{file}", en="QR code saved as {file}")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    file = click.Path(path_type=Path)
    return sub_command(
        publish,
        ABOUT,
        [
            click.Argument(["form"], type=file),
            *server_options(),
            click.Option(["--uid"], help=str(UID)),
            click.Option(["--media"], type=file, multiple=True, help=str(MEDIA)),
            click.Option(["--encrypt-to"], type=file, help=str(ENCRYPT_TO)),
            click.Option(["--encrypt"], is_flag=True, help=str(ENCRYPT)),
            click.Option(["--hint"], default="", help=str(HINT)),
            click.Option(["--app-user", "app_users"], multiple=True, help=str(APP_USER)),
            click.Option(["--codes"], type=file, help=str(CODES)),
            json_option(),
        ],
    )


def publish(
    *,
    form: Path,
    central: str | None,
    project: int,
    email: str | None,
    kobo: str | None,
    uid: str | None,
    media: tuple[Path, ...],
    encrypt_to: Path | None,
    encrypt: bool,
    hint: str,
    app_users: tuple[str, ...],
    codes: Path | None,
    as_json: bool,
) -> int:
    """Return exit status 1 if the form has errors; nothing is published then."""
    from liuwen.sources import Kobo

    there = server(central, project, email, kobo)
    if isinstance(there, Kobo):
        only_for_central({"--app-user": app_users, "--encrypt": encrypt, "--encrypt-to": encrypt_to})
    designed = sound_form(form)
    if designed is None:
        click.echo(str(NOT_SOUND.filled(file=form)), err=True)
        return 1
    files = {file.name: file.read_bytes() for file in media}
    if isinstance(there, Kobo):
        result = Publication(there, there.deploy(designed, uid=uid, media=files))
    else:
        if encrypt:
            _encrypt(there, hint)
        result = _on_central(there, designed, files, encrypt_to, app_users)
    pictures = {user.name: str(write_code(user.qr, user.name, codes)) for user in result.app_users if codes}
    _record(result, pictures) if as_json else _say(result, pictures)
    return 0


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of publishing: the form, where it is, whether it is encrypted, and its app users."""

    server: "Central | Kobo"
    form: "RemoteForm"
    encrypted: bool = False
    app_users: tuple["AppUser", ...] = ()


def _on_central(
    central: "Central", form: "Form", files: dict[str, bytes], encrypt_to: Path | None, names: tuple[str, ...]
) -> Publication:
    published = central.publish(form, media=files, key=encrypt_to.read_bytes() if encrypt_to else None)
    users = tuple(central.app_user(name, forms=(published.form_id,)) for name in dict.fromkeys(names))
    return Publication(central, published, encrypt_to is not None or central.is_encrypted, users)


def _encrypt(central: "Central", hint: str) -> None:
    from liuwen.sources.central.encryption import passphrase_of

    if not central.is_encrypted:
        spoken = passphrase_of(central) or ask_passphrase(OF_THE_PROJECT.filled(project=central.project), twice=True)
        central.encrypt(spoken, hint=hint)


def _record(result: Publication, pictures: dict[str, str]) -> None:
    form = result.form
    users = [{"name": user.name, "address": user.address, "picture": pictures.get(user.name)} for user in result.app_users]
    told = {"server": result.server.name, "form": form.form_id, "title": form.title, "version": form.version}
    show_json({**told, "encrypted": result.encrypted, "app_users": users})


def _say(result: Publication, pictures: dict[str, str]) -> None:
    form = result.form
    said = PUBLISHED.filled(server=result.server.name, title=form.title, form=form.form_id, version=form.version or "-")
    click.echo(str(said))
    if result.encrypted:
        click.echo(str(ENCRYPTED))
    for user in result.app_users:
        click.echo(f"\n{user.name}\n{user.qr.terminal()}")
        if user.name in pictures:
            click.echo(str(WRITTEN.filled(file=pictures[user.name])))

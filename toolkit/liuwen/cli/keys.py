"""`liuwen keys new`: a key pair, so that only its holder can read collected answers."""

from pathlib import Path

import click

from liuwen.cli.passphrases import VARIABLE, passphrase_of_key
from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="`liuwen keys new 文件` 生成一对密钥：用公钥发布的问卷在手机上就加密，只有私钥加口令才能解密。"
    "口令取自 LIUWEN_PASSPHRASE，没有就当场输入。",
    en="`liuwen keys new FILE` makes a key pair: forms published with the public key are encrypted on the "
    "phone, and only the private key can decrypt them. The passphrase comes from LIUWEN_PASSPHRASE, or "
    "you are asked for it.",
)
NO_PASSPHRASE = Sentence(
    zh="没有口令：请在终端里运行，当场输入；或先设环境变量 {variable}（至少 10 个字符）。",
    en="There is no passphrase: run this in a terminal and type it, or set {variable} first (at least 10 characters).",
)
WRITTEN = Sentence(
    zh="私钥在 {file}，公钥在 {file}.pub。丢了私钥或口令，答卷就再也读不出来：请各存一份在稳妥的地方。",
    en="The private key is in {file}, the public key in {file}.pub. Without the private key or its "
    "passphrase the answers are lost: keep both in a safe place.",
)


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    what = click.Argument(["what"], type=click.Choice(["new"]), expose_value=False)
    file = click.Argument(["file"], type=click.Path(path_type=Path))
    return sub_command(keys, ABOUT, [what, file])


def keys(*, file: Path) -> int:
    """Write the key pair; refused if the file exists."""
    from liuwen.openrosa import new_keys

    spoken = passphrase_of_key(file, new=True)
    if spoken is None:
        raise LiuwenError(NO_PASSPHRASE.filled(variable=VARIABLE))
    click.echo(str(WRITTEN.filled(file=new_keys(spoken).write(file))))
    return 0

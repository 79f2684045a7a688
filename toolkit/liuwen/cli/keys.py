"""`liuwen keys new`: a key pair, so that what phones collect can be read by its holder alone."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, sub_command
from liuwen.messages import Sentence

ABOUT = Sentence(
    zh="`liuwen keys new 文件` 生成一对密钥：用公钥发布的问卷在手机上就加密，只有私钥和口令能解。",
    en="`liuwen keys new FILE` makes a key pair: forms published with the public one are encrypted on the phone, and only the "
    "private one reads them.",
)
PASSPHRASE = Sentence(
    zh="私钥的口令（至少 10 个字符）；不给就问。",
    en="The private key's passphrase (10 characters or more); asked for where not given.",
)
ASKED = Sentence(zh="口令", en="Passphrase")
AGAIN = Sentence(zh="再输一次", en="Again")
WRITTEN = Sentence(
    zh="私钥在 {file}，公钥在 {file}.pub。丢了私钥或口令，答卷就再也读不出来：请各存一份在稳妥的地方。",
    en="The private key is {file}, the public one {file}.pub. Without key or passphrase the answers are lost: keep both safe.",
)


def command() -> BilingualCommand:
    """The sub-command, in the language in force."""
    what = click.Argument(["what"], type=click.Choice(["new"]), expose_value=False)
    file = click.Argument(["file"], type=click.Path(path_type=Path))
    passphrase = click.Option(["--passphrase"], envvar="LIUWEN_PASSPHRASE", help=str(PASSPHRASE))
    return sub_command(keys, ABOUT, [what, file, passphrase])


def keys(*, file: Path, passphrase: str | None) -> int:
    """Write the key pair; refused where a file is there already."""
    from liuwen.collect import new_keys

    spoken = passphrase or click.prompt(str(ASKED), hide_input=True, confirmation_prompt=str(AGAIN))
    click.echo(str(WRITTEN.filled(file=new_keys(spoken).write(file))))
    return 0

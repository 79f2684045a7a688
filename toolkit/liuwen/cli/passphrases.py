"""Gets passphrases from the environment or a hidden prompt; never from an option, which other users can see."""

import os
import sys
from pathlib import Path

import click

from liuwen.messages import Sentence

VARIABLE = "LIUWEN_PASSPHRASE"

ASKED = Sentence(zh="口令", en="Passphrase")
AGAIN = Sentence(zh="再输一次", en="Repeat the passphrase")
OF_THE_KEY = Sentence(zh="私钥 {file}", en="private key {file}")


def ask_passphrase(what: Sentence, *, twice: bool = False) -> str | None:
    """Prompt for a passphrase without showing it; None without a terminal."""
    if not sys.stdin.isatty():
        return None
    prompt = f"{ASKED} ({what})"
    spoken: str = click.prompt(prompt, hide_input=True, confirmation_prompt=str(AGAIN) if twice else False, err=True)
    return spoken


def passphrase_of_key(key: Path, *, new: bool = False) -> str | None:
    """The passphrase of a private key, from `LIUWEN_PASSPHRASE` or a prompt (twice for a new key); None if there is none."""
    if not new and b"ENCRYPTED" not in key.read_bytes():
        return None
    return os.environ.get(VARIABLE) or ask_passphrase(OF_THE_KEY.filled(file=key), twice=new)

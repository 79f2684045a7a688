"""Managed encryption of ODK Central: the project has a key pair, phones encrypt with it, and a passphrase decrypts."""

from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.openrosa.keys import NO_PASSPHRASE, SHORTEST
from liuwen.sources.central.addresses import quoted
from liuwen.sources.credentials import secret, secret_if_any
from liuwen.sources.replies import read_reply

if TYPE_CHECKING:
    from liuwen.sources.central.client import Central

VARIABLE = "CENTRAL_PASSPHRASE"
"""The environment variable for the passphrase of a project."""


def passphrase_of(central: "Central") -> str | None:
    """The passphrase of the project's key, from the environment or the keyring (`keyring set URL project-3`)."""
    return secret_if_any(VARIABLE, server=central.url, account=account_of(central))


def account_of(central: "Central") -> str:
    """The account name of the passphrase in the keyring."""
    return f"project-{central.project}"


def is_encrypted(central: "Central") -> bool:
    """Whether the project's forms are encrypted with a managed key."""
    answer = central.send("GET", f"projects/{central.project}", server_wide=True)
    return read_reply(answer, central.url)["keyId"].value is not None


def keys_needed(central: "Central", form_id: str) -> dict[str, str]:
    """The managed keys that submissions to a form were encrypted with: number → hint."""
    keys = read_reply(central.get(f"forms/{quoted(form_id)}/submissions/keys"), central.url).rows()
    return {str(key["id"].whole()): key["hint"].text("") for key in keys if key["managed"].value}


def encrypt(central: "Central", passphrase: str | None, hint: str) -> bool:
    """Encrypt the project's forms from now on, permanently; returns whether this is new."""
    if is_encrypted(central):
        return False
    spoken = passphrase or secret(VARIABLE, server=central.url, account=account_of(central))
    if len(spoken) < SHORTEST:
        raise SourceError(NO_PASSPHRASE)
    central.send("POST", "key", json={"passphrase": spoken, **({"hint": hint} if hint else {})})
    return True

"""Secrets for other servers: from the environment or the keyring, never from code, never shown."""

import os

from liuwen.errors import SourceError
from liuwen.messages import Sentence

_NO_SECRET = Sentence(
    zh="没有登录 {server} 的密码。请设置环境变量 {variable}，或存入钥匙串：keyring set {server} {account}",
    en="There is no password for {server}. Set the environment variable {variable}, or store it in the "
    "keyring: keyring set {server} {account}",
)
_NO_SETTING = Sentence(
    zh="没有说明 {what}。请写在参数里，或设置环境变量 {variable}。",
    en="Missing: {what}. Pass it as an argument, or set the environment variable {variable}.",
)


def setting(given: str | None, variable: str, what: Sentence) -> str:
    """What was given, or else what the environment says; raises `SourceError` where neither does."""
    found = given or os.environ.get(variable)
    if not found:
        raise SourceError(_NO_SETTING.filled(what=what, variable=variable))
    return found


def secret(variable: str, *, server: str, account: str) -> str:
    """The secret for `account` on `server`: from the environment, or else from the system's keyring."""
    found = secret_if_any(variable, server=server, account=account)
    if not found:
        raise SourceError(_NO_SECRET.filled(server=server, variable=variable, account=account))
    return found


def secret_if_any(variable: str, *, server: str, account: str) -> str | None:
    """The same, or None where neither has it."""
    return os.environ.get(variable) or _from_keyring(server, account)


def _from_keyring(server: str, account: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(server, account)
    except KeyringError:  # no keyring on this machine, or a locked one: then the environment must say
        return None

"""Reads credentials of other servers from the environment or the keyring; they are never in code or output."""

import os

from liuwen.errors import SourceError
from liuwen.messages import Sentence

_NO_SECRET = Sentence(
    zh="没有登录 {server} 的密码。请设置环境变量 {variable}，或存入钥匙串：keyring set {server} {account}",
    en="There is no password for {server}. Set the environment variable {variable}, or store it in the "
    "keyring: keyring set {server} {account}",
)
_NO_SETTING = Sentence(
    zh="缺少{what}。请写在参数里，或设置环境变量 {variable}。",
    en="Missing: {what}. Pass it as an argument, or set the environment variable {variable}.",
)


def setting(given: str | None, variable: str, what: Sentence) -> str:
    """The given value, or that of the environment variable; raises `SourceError` if there is neither."""
    found = given or os.environ.get(variable)
    if not found:
        raise SourceError(_NO_SETTING.filled(what=what, variable=variable))
    return found


def secret(variable: str, *, server: str, account: str) -> str:
    """The secret of `account` on `server`, from the environment or the system's keyring."""
    found = secret_if_any(variable, server=server, account=account)
    if not found:
        raise SourceError(_NO_SECRET.filled(server=server, variable=variable, account=account))
    return found


def secret_if_any(variable: str, *, server: str, account: str) -> str | None:
    """As `secret`, but None if there is none."""
    return os.environ.get(variable) or _from_keyring(server, account)


def _from_keyring(server: str, account: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(server, account)
    except KeyringError:  # there is no keyring, or it is locked: only the environment counts
        return None

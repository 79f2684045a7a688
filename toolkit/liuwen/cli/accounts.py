"""`liuwen accounts`: who may sign in to the office page."""

from pathlib import Path

import click

from liuwen.cli.speech import BilingualCommand, json_option, show_json, show_table, sub_command
from liuwen.cli.stores import open_store
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence
from liuwen.office.rights import ROLES

ABOUT = Sentence(
    zh="办公页面的账号：列出、添加、停用。正在使用时也可以，马上生效。",
    en="Accounts of the office page: list, add, revoke; also while it is in use, with effect at once.",
)
ADD = Sentence(
    zh="添加这个账号，显示密码（只显示这一次）。", en="Add this account and show its password, which is shown only once."
)
ROLE = Sentence(
    zh="新账号的角色；可重复。office 办公室，leader 领导（只看汇总），receiver 受理人（只看保密问卷），keys 密钥保管。",
    en="Role of the new account; may be repeated: office, leader (figures only), receiver (confidential forms only), keys.",
)
REVOKE = Sentence(zh="停用这个账号；可重复。", en="Revoke this account; may be repeated.")
NO_ROLE = Sentence(zh="新账号要有角色：加上 --role。", en="A new account needs a role: add --role.")
PASSWORD = Sentence(zh="{name} 的密码（只显示这一次）：{password}", en="Password of {name} (shown only now): {password}")
TITLE = Sentence(zh="账号", en="Accounts")
HEADINGS = {
    "name": Sentence(zh="姓名", en="name"),
    "roles": Sentence(zh="角色", en="roles"),
    "created": Sentence(zh="添加", en="added"),
    "state": Sentence(zh="状态", en="state"),
}
VALID = Sentence(zh="有效", en="valid")
REVOKED = Sentence(zh="已停用", en="revoked")


def command() -> BilingualCommand:
    """The sub-command, in the current language."""
    options = [
        click.Option(["--add"], help=str(ADD)),
        click.Option(["--role", "roles"], type=click.Choice(list(ROLES)), multiple=True, help=str(ROLE)),
        click.Option(["--revoke"], multiple=True, help=str(REVOKE)),
        json_option(),
    ]
    return sub_command(accounts, ABOUT, [click.Argument(["store"], type=click.Path(path_type=Path)), *options])


def accounts(*, store: Path, add: str | None, roles: tuple[str, ...], revoke: tuple[str, ...], as_json: bool) -> int:
    """Do what is asked, then list the accounts."""
    import pandas as pd

    desk = open_store(store).office
    if add is not None:
        if not roles:
            raise LiuwenError(NO_ROLE)
        click.echo(str(PASSWORD.filled(name=add, password=desk.add_account(add, roles))), err=as_json)
    for name in revoke:
        desk.revoke_account(name)
    listed = [
        {
            "name": one.name,
            "roles": ", ".join(str(ROLES[role]) for role in ROLES if role in one.roles),
            "created": f"{one.created.astimezone():%Y-%m-%d}",
            "state": str(REVOKED if one.revoked else VALID),
        }
        for one in desk.accounts()
    ]
    if as_json:
        show_json(listed)
    else:
        show_table(pd.DataFrame(listed, columns=list(HEADINGS)), TITLE, HEADINGS)
    return 0

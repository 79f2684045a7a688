"""Accounts of the office page, and which forms only receivers see."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence
from liuwen.office.rendering import moment, shown
from liuwen.office.rights import ABOUT_ROLES, ROLES

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="账号", en="Accounts"),
    "name": Sentence(zh="姓名", en="Name"),
    "roles": Sentence(zh="角色", en="Roles"),
    "created": Sentence(zh="添加于", en="Added"),
    "state": Sentence(zh="状态", en="State"),
    "valid": Sentence(zh="有效", en="valid"),
    "revoked": Sentence(zh="已停用", en="revoked"),
    "revoke": Sentence(zh="停用", en="Revoke"),
    "new": Sentence(zh="添加账号", en="Add an account"),
    "add": Sentence(zh="添加", en="Add"),
    "none": Sentence(
        zh="还没有账号：只有启动办公页面的人能用。", en="There are no accounts: only whoever starts the office page can use it."
    ),
    "password": Sentence(
        zh="新账号的密码（只显示这一次，库里只存指纹）", en="Password of the new account (shown only now; the store keeps a hash)"
    ),
    "done_revoked": Sentence(zh="已停用，马上生效。", en="Revoked, with effect at once."),
    "done_set": Sentence(zh="已改。", en="Done."),
    "confidential": Sentence(zh="保密问卷", en="Confidential forms"),
    "about_confidential": Sentence(
        zh="保密问卷（反映作风问题的信件）的答卷只有受理人能看，别人连汇总也看不到。",
        en="Only receivers see answers to confidential forms (complaints about conduct); others do not even see figures.",
    ),
    "make_confidential": Sentence(zh="设为保密", en="Make confidential"),
    "make_ordinary": Sentence(zh="取消保密", en="Make ordinary"),
    "no_forms": Sentence(zh="还没有发布问卷。", en="No form has been published yet."),
    "is_confidential": Sentence(zh="只有受理人能看", en="only receivers"),
    "is_ordinary": Sentence(zh="办公室能看", en="the office"),
}


def accounts(asked: "OfficeRequest") -> Response:
    """The list of accounts."""
    return _page(asked)


def add_account(asked: "OfficeRequest") -> Response:
    """Add an account and show its password."""
    name = asked.field("name")
    password = asked.office.store.office.add_account(name, asked.lists.get("roles", ()))
    return _page(asked, name, password)


def revoke_account(asked: "OfficeRequest") -> Response:
    """Revoke an account; whoever is signed in with it is signed out."""
    asked.office.store.office.revoke_account(asked.field("name"))
    return RedirectResponse("/accounts?done=revoked", 303)


def set_confidential(asked: "OfficeRequest") -> Response:
    """Make a form confidential or ordinary."""
    form_id = asked.field("form")
    asked.office.store.office.set_confidential(form_id, asked.field("confidential") == "yes")
    return RedirectResponse("/accounts?done=set", 303)


def _page(asked: "OfficeRequest", name: str = "", password: str = "") -> Response:
    rows = [
        {
            "name": one.name,
            "roles": [ROLES[r] for r in ROLES if r in one.roles],
            "created": moment(one.created),
            "valid": not one.revoked,
        }
        for one in asked.office.store.office.accounts()
    ]
    told = {"rows": rows, "roles": ROLES, "about_roles": ABOUT_ROLES, "new_name": name, "password": password}
    hidden = asked.office.store.office.confidential()
    return shown("accounts.html", asked, "/accounts", WORDS, forms=asked.office.forms(), hidden=hidden, **told)

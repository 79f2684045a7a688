"""Who may do what on the office page: one table of roles and rights. `guard` enforces it, nothing else decides."""

from collections.abc import Collection, Mapping
from enum import Enum
from types import MappingProxyType

from liuwen.messages import Sentence
from liuwen.store.accounts import Role


class Right(Enum):
    """What a page needs."""

    TODAY = "today"
    """How many answers arrived from whom, what failed, disk and backups; no answers."""
    FIGURES = "figures"
    """Suppressed tables, also of anonymous forms."""
    ANSWERS = "answers"
    """Answers with names and photos, their reviews, the record of a household."""
    CONFIDENTIAL = "confidential"
    """The same for confidential forms, such as complaints about conduct."""
    COLLECTING = "collecting"
    """Collectors and links: add, list, show again, revoke."""
    FORMS = "forms"
    """Forms: check, publish, open and close."""
    LISTS = "lists"
    """Entity lists with their rows and steps."""
    DOWNLOADS = "downloads"
    """Answers, reports and the month's pages as files."""
    BACKUP = "backup"
    """Making backups."""
    LOG = "log"
    """The log of acts and views."""
    ACCOUNTS = "accounts"
    """Accounts of the office page, and which forms are confidential."""


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        "office": frozenset(
            {
                Right.TODAY,
                Right.FIGURES,
                Right.ANSWERS,
                Right.COLLECTING,
                Right.FORMS,
                Right.LISTS,
                Right.DOWNLOADS,
                Right.BACKUP,
                Right.LOG,
            }
        ),
        "leader": frozenset({Right.TODAY, Right.FIGURES}),
        "receiver": frozenset({Right.CONFIDENTIAL}),
        "keys": frozenset({Right.TODAY, Right.BACKUP, Right.LOG, Right.ACCOUNTS}),
    }
)
"""What each role may do. Collectors have no part in it: they see what they sent themselves, at the address of their code."""

LOCAL: frozenset[Role] = frozenset({"office", "leader", "keys"})
"""The roles of whoever starts the page on the computer with the store."""

ROLES: Mapping[Role, Sentence] = MappingProxyType(
    {
        "office": Sentence(zh="办公室", en="office"),
        "leader": Sentence(zh="领导", en="leader"),
        "receiver": Sentence(zh="受理人", en="receiver"),
        "keys": Sentence(zh="密钥保管", en="keys"),
    }
)
"""The roles in words."""

ABOUT_ROLES: Mapping[Role, Sentence] = MappingProxyType(
    {
        "office": Sentence(
            zh="看和审核答卷、管采集员和问卷、下载、备份。",
            en="Sees and reviews answers; runs collectors, forms, downloads, backups.",
        ),
        "leader": Sentence(zh="只看进度和汇总，看不到一份份答卷。", en="Sees progress and figures, no single answers."),
        "receiver": Sentence(
            zh="只看保密问卷（反映作风问题的信件）的答卷。", en="Sees the answers to confidential forms only, such as complaints."
        ),
        "keys": Sentence(
            zh="管办公账号、保密问卷和备份，看不到答卷。",
            en="Runs office accounts, confidential forms and backups; sees no answers.",
        ),
    }
)
"""What each role is for."""


def rights_of(roles: Collection[Role]) -> frozenset[Right]:
    """All rights of these roles.

    >>> sorted(right.value for right in rights_of({"leader", "receiver"}))
    ['confidential', 'figures', 'today']
    """
    return frozenset[Right]().union(*(RIGHTS[role] for role in roles))


def right_for_answers(*, anonymous: bool, confidential: bool) -> Right | None:
    """The right that answers to a form need; None for an anonymous form, whose answers nobody sees one by one.

    >>> right_for_answers(anonymous=False, confidential=True).value, right_for_answers(anonymous=True, confidential=False)
    ('confidential', None)
    """
    if anonymous:
        return None
    return Right.CONFIDENTIAL if confidential else Right.ANSWERS

"""The menu of the office page: which pages it names, and who sees them."""

from dataclasses import dataclass

from liuwen.messages import Sentence
from liuwen.office.rights import Right


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: its address, its name, and the rights of which one opens it."""

    path: str
    name: Sentence
    right: tuple[Right, ...]


MENU = (
    MenuEntry("/", Sentence(zh="今天", en="Today"), (Right.TODAY,)),
    MenuEntry("/answers", Sentence(zh="答卷", en="Answers"), (Right.ANSWERS, Right.CONFIDENTIAL)),
    MenuEntry("/figures", Sentence(zh="汇总", en="Figures"), (Right.FIGURES,)),
    MenuEntry("/collectors", Sentence(zh="采集员", en="Collectors"), (Right.COLLECTING,)),
    MenuEntry("/links", Sentence(zh="链接", en="Links"), (Right.COLLECTING,)),
    MenuEntry("/forms", Sentence(zh="问卷", en="Forms"), (Right.FORMS,)),
    MenuEntry("/lists", Sentence(zh="名单", en="Lists"), (Right.LISTS,)),
    MenuEntry("/reports", Sentence(zh="报告", en="Reports"), (Right.DOWNLOADS,)),
    MenuEntry("/downloads", Sentence(zh="下载", en="Downloads"), (Right.DOWNLOADS,)),
    MenuEntry("/backup", Sentence(zh="备份", en="Backup"), (Right.BACKUP,)),
    MenuEntry("/accounts", Sentence(zh="账号", en="Accounts"), (Right.ACCOUNTS,)),
    MenuEntry("/log", Sentence(zh="日志", en="Log"), (Right.LOG,)),
)
"""In the order of a day's work."""


def home_of(rights: frozenset[Right]) -> str:
    """The first page that somebody may open.

    >>> home_of(frozenset({Right.CONFIDENTIAL})), home_of(frozenset({Right.TODAY}))
    ('/answers', '/')
    """
    return next((entry.path for entry in MENU if not rights.isdisjoint(entry.right)), "/sign-in")

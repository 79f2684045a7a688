"""The log of administrative acts: who did what to whom, and when. It is only ever added to."""

import getpass
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from liuwen.messages import Sentence
from liuwen.store.damage import making_sense

ACTS = {
    "collector added": Sentence(zh="添加采集员", en="collector added"),
    "collector renamed": Sentence(zh="采集员改名", en="collector renamed"),
    "collector revoked": Sentence(zh="停用采集员", en="collector revoked"),
    "code made": Sentence(zh="发新码", en="code made"),
    "code revoked": Sentence(zh="停用一个码", en="code revoked"),
    "link made": Sentence(zh="发链接", en="link made"),
    "link revoked": Sentence(zh="停用链接", en="link revoked"),
    "places set": Sentence(zh="改所属村", en="places set"),
    "form opened or closed": Sentence(zh="开关问卷", en="form opened or closed"),
    "answers erased": Sentence(zh="删除答卷", en="answers erased"),
    "household erased": Sentence(zh="删除一户", en="household erased"),
    "wrong password": Sentence(zh="密码不对", en="wrong password"),
    "submission refused": Sentence(zh="拒收答卷", en="submission refused"),
    "answers reviewed": Sentence(zh="审核答卷", en="answer reviewed"),
    "answers listed": Sentence(zh="查看答卷列表", en="answers listed"),
    "answer viewed": Sentence(zh="查看一份答卷", en="answer viewed"),
    "file viewed": Sentence(zh="查看附件", en="file viewed"),
    "figures viewed": Sentence(zh="查看汇总", en="figures viewed"),
    "table kept": Sentence(zh="存内部表", en="desk table kept"),
    "list changed": Sentence(zh="改名单", en="list changed"),
    "list viewed": Sentence(zh="查看名单", en="list viewed"),
    "report made": Sentence(zh="出报告", en="report made"),
    "month made": Sentence(zh="出一个月的清单", en="month's pages made"),
    "answers downloaded": Sentence(zh="下载答卷", en="answers downloaded"),
    "figures released": Sentence(zh="更新汇总", en="figures updated"),
    "sections shown": Sentence(zh="列出分开存放的回答", en="rows of sections kept apart shown"),
    "draft made": Sentence(zh="试填问卷", en="draft made"),
    "draft deleted": Sentence(zh="删除试填", en="draft deleted"),
    "form published": Sentence(zh="发布问卷", en="form published"),
    "form made confidential": Sentence(zh="设为保密问卷", en="form made confidential"),
    "form made ordinary": Sentence(zh="取消保密问卷", en="form made ordinary"),
    "account added": Sentence(zh="添加办公账号", en="office account added"),
    "account revoked": Sentence(zh="停用办公账号", en="office account revoked"),
    "signed in": Sentence(zh="登录办公页面", en="signed in to the office page"),
}
"""The acts, as stored, with their words."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act to be logged.

    Attributes:
        name: One of `ACTS`.
        subject: To whom or what it was done.
        detail: What else is worth knowing; never a secret.
    """

    name: str
    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """An entry of the log.

    Attributes:
        number: Its number; a missing number is a removed entry.
        moment: When it was done.
        who: The account of the office page or of the computer, or the address of a stranger.
        act: What was done.
        subject: To whom or what.
        detail: What else is worth knowing.
        name: The act as stored, whatever its words are.
    """

    number: int
    moment: datetime
    who: str
    act: Sentence
    subject: str
    detail: str
    name: str


_acting: ContextVar[str] = ContextVar("liuwen_acting", default="")


@contextmanager
def acting_as(who: str) -> Iterator[None]:
    """Log the acts of a block under another name than the computer's account, such as an account of the office page."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def actor() -> str:
    """Who acts: the name given to `acting_as`, otherwise the account of the computer."""
    return _acting.get() or _account()


def note(connection: sqlite3.Connection, act: Act, now: float, who: str) -> None:
    """Log an act, in the transaction in which it is done."""
    row = (now, who, act.name, act.subject, act.detail)
    connection.execute("INSERT INTO audit_log (moment, who, act, subject, detail) VALUES (?, ?, ?, ?, ?)", row)


def last_act(connection: sqlite3.Connection) -> int:
    """The number of the last entry; it changes with every act, also of other processes."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM audit_log").fetchone()[0])


def read_log(connection: sqlite3.Connection) -> tuple[LoggedAct, ...]:
    """The log, oldest first."""
    rows = connection.execute("SELECT number, moment, who, act, subject, detail FROM audit_log ORDER BY number")
    with making_sense("audit_log"):
        return tuple(
            LoggedAct(
                number, datetime.fromtimestamp(moment, UTC), who, ACTS.get(act) or Sentence(zh=act, en=act), subject, detail, act
            )
            for number, moment, who, act, subject, detail in rows
        )


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "?"

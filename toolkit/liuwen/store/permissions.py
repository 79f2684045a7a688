"""Decides who may change a submission: its sender, for a limited time. No other module decides this.

A collector owns its answers, whichever phone or browser sent them. A link is shared, so an answer belongs to the page that
sent it, identified by its secret `author` key. Anonymous answers belong to nobody. With access to the store itself,
everything may be changed.
"""

import hmac
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from liuwen.messages import Sentence
from liuwen.openrosa.refused import RefusedError

COLLECTOR_DAYS = 90
"""Days in which a collector may edit an answer, counted from its first arrival."""
LINK_DAYS = 7
"""Days in which the page of a link may edit an answer."""
LINK_EDITS = 20
"""Maximum number of edits by the page of a link."""

NOT_OWN = Sentence(
    zh="这份答卷不是您提交的，不能修改。请把这次填写的内容作为新答卷提交。",
    en="You can change only what you sent yourself. Send this as a new submission.",
)
ANONYMOUS = Sentence(
    zh="匿名答卷提交后不能修改，因为无法知道是谁提交的。",
    en="An anonymous answer cannot be changed after it is sent, because nobody knows who sent it.",
)
TOO_LATE = Sentence(
    zh="这份答卷提交已超过 {days} 天，不能再修改；如需更正，请联系负责人。",
    en="This answer was sent more than {days} days ago and can no longer be changed. Contact the person who runs the store.",
)
TOO_OFTEN = Sentence(
    zh="这份答卷已修改过 {count} 次，不能再修改；如需更正，请联系负责人。",
    en="This answer has already been changed {count} times and can no longer be changed. Contact the person who runs the store.",
)
NOT_ASKED = Sentence(
    zh="这份答卷里没有名为“{name}”的文件，不能补传。", en='The answer does not refer to a file "{name}", so it cannot be added.'
)
NO_REPLACING = Sentence(
    zh="文件“{name}”已经收到，不能替换。", en='The file "{name}" has been received already and cannot be replaced.'
)


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of a request.

    `collector` is its number, None for direct access to the store; `forms` are the forms it may fill in (None for all); `token`
    is the hash of a token in the address, if it is good for a limited number of answers; `device` is the name of the device.
    `is_link` says that the token is a link's; its
    users are distinguished by `author`, a secret key of each page.
    """

    collector: int | None = None
    forms: frozenset[str] | None = None
    token: str | None = None
    device: str = ""
    is_link: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owner of a submission; `since` is when its first version arrived, `edits` the number of edits."""

    instance_id: str
    collector: int | None
    by_link: bool
    author: str | None
    anonymous: bool
    complete: bool
    since: float
    edits: int

    def is_own(self, sender: Sender) -> bool:
        """Whether the sender owns it."""
        if sender.collector is None:
            return True
        if self.anonymous or self.by_link != sender.is_link or self.collector != sender.collector:
            return False
        if not sender.is_link:
            return True
        mark = author_mark(sender.author, self.instance_id)
        return mark is not None and self.author is not None and hmac.compare_digest(mark, self.author)


def is_in_time(since: float, sender: Sender, now: float) -> bool:
    """Whether the sender may still edit an answer of its own that first arrived at `since`."""
    return sender.collector is None or now - since <= _days(sender) * 86400


def author_mark(author: str, instance_id: str) -> str | None:
    """The stored hash of an author key, different for each answer, so that answers of one page cannot be linked."""
    return hmac.digest(author.encode(), instance_id.encode(), "sha256").hex() if author else None


def read_ownership(connection: sqlite3.Connection, number: int) -> Ownership:
    """The ownership of the submission with this number."""
    row = connection.execute(
        "SELECT s.instance_id, s.collector, s.by_link, s.author, anonymous, s.complete, coalesce(first.received, s.received),"
        " (SELECT count(*) FROM submissions AS edits WHERE edits.root = coalesce(s.root, s.number)) FROM submissions AS s"
        " JOIN forms ON forms.number = s.form LEFT JOIN submissions AS first ON first.number = s.root WHERE s.number = ?",
        (number,),
    ).fetchone()
    instance, collector, by_link, author, anonymous, complete, since, edits = row
    return Ownership(instance, collector, bool(by_link), author, bool(anonymous), bool(complete), since, edits)


def check_change(owned: Ownership, sender: Sender, now: float) -> None:
    """Raise `RefusedError` (403) unless the sender owns the submission and is in time."""
    if not owned.is_own(sender):
        raise RefusedError(403, ANONYMOUS if owned.anonymous else NOT_OWN)
    if not is_in_time(owned.since, sender, now):
        raise RefusedError(403, TOO_LATE.filled(days=_days(sender)))


def check_edit(owned: Ownership, sender: Sender, now: float) -> None:
    """Raise `RefusedError` (403) unless the sender may replace the submission by an edit."""
    check_change(owned, sender, now)
    if sender.is_link and owned.edits >= LINK_EDITS:
        raise RefusedError(403, TOO_OFTEN.filled(count=LINK_EDITS))


def check_files(
    owned: Ownership, sender: Sender, now: float, *, added: Collection[str], replaced: Collection[str], named: Collection[str]
) -> None:
    """Raise `RefusedError` (403) unless the sender may add or replace these files of an existing submission.

    Announced files may follow at any time, even for an anonymous answer, which is identified by its XML, byte for byte. `named`
    are the texts in the XML: through a link, only files named there may be added, and existing ones are not replaced.
    """
    if not added and not replaced:
        return
    if sender.is_link:
        for name in replaced:
            raise RefusedError(403, NO_REPLACING.filled(name=name))
        for name in sorted(set(added) - set(named)):
            raise RefusedError(403, NOT_ASKED.filled(name=name))
    if not (may_complete(owned, sender) and not replaced):
        check_change(owned, sender, now)


def may_complete(owned: Ownership, sender: Sender) -> bool:
    """Whether the sender may add missing files of a submission."""
    return not owned.complete and (owned.anonymous or owned.is_own(sender))


def _days(sender: Sender) -> int:
    return LINK_DAYS if sender.is_link else COLLECTOR_DAYS

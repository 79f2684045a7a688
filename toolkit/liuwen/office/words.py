"""Words that several pages of the office and several commands share: the states of collectors, links and forms."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Collector, Link

VALID = Sentence(zh="有效", en="valid")
UNTIL = Sentence(zh="到 {day} 为止", en="until {day}")
EXPIRED = Sentence(zh="已过期", en="expired")
REVOKED = Sentence(zh="已停用", en="revoked")
USED = Sentence(zh="已用完", en="used up")
FORM_STATES = {
    "open": Sentence(zh="开放", en="open"),
    "closing": Sentence(zh="只收不发", en="closing"),
    "closed": Sentence(zh="已关闭", en="closed"),
}
"""The states of a form."""


def state_of(one: "Collector | Link", now: float) -> Sentence:
    """Whether a collector or a link has access, in words."""
    if one.revoked is not None:
        return REVOKED
    if getattr(one, "uses", None) == 0:
        return USED
    if not one.is_valid(now):
        return EXPIRED
    return VALID if one.expires is None else UNTIL.filled(day=last_day(one.expires))


def last_day(expires: datetime) -> str:
    """The last day on which a code that ends at a moment can be used: it may end at midnight."""
    return f"{(expires - timedelta(seconds=1)).astimezone():%Y-%m-%d}"

"""Makes codes for phones and links for browsers, for the commands that hand them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.server import Joining
    from liuwen.store import Store

PAST = Sentence(
    zh="截止的日子已经过去：{day}",
    en="The last day given is in the past: {day}",
)
TOO_FAR = Sentence(
    zh="这一天太远：{day}。要一直有效，就不要写日子。",
    en="This day is too far away: {day}. For codes that stay valid, give no day.",
)
ONLY_FOR_NEW = Sentence(
    zh="采集员“{name}”以前就加过，能看哪些问卷那时已经定了；请换一个名称，或去掉 --only。",
    en='The collector "{name}" already exists, and its forms are fixed; use another name, or leave out --only.',
)


def end_of(day: datetime, now: float) -> datetime:
    """The last moment of a day in local time; raises `LiuwenError` if it is past, or beyond the calendar."""
    try:
        end = (day + timedelta(days=1)).astimezone()
    except OverflowError as beyond:
        raise LiuwenError(TOO_FAR.filled(day=f"{day:%Y-%m-%d}")) from beyond
    if end.timestamp() <= now:
        raise LiuwenError(PAST.filled(day=f"{day:%Y-%m-%d}"))
    return end


@dataclass(frozen=True)
class Given:
    """The QR codes and links created in this run: the server's address, the forms of new collectors, and the expiry."""

    store: "Store"
    address: str
    only: tuple[str, ...]
    expires: datetime | None
    uses: int | None = None

    def joining(self, names: Iterable[str]) -> Iterator["Joining"]:
        """A QR code for each of these collectors, who are added if new."""
        from liuwen.server.joining import join_at

        for form_id in self.only:
            self.store.published(form_id)
        known = {collector.name for collector in self.store.collectors()}
        for name in dict.fromkeys(names):
            if name not in known:
                made = self.store.add_collector(name, forms=self.only or None, expires=self.expires)
                yield join_at(self.address, made.token, name, holder=name)
            elif self.only:
                raise LiuwenError(ONLY_FOR_NEW.filled(name=name))
            else:
                yield join_at(self.address, self.store.add_token(name, expires=self.expires), name)

    def links(self, form_ids: Iterable[str]) -> Iterator["Joining"]:
        """A link to each of these forms."""
        from liuwen.server.joining import link_at

        for form_id in dict.fromkeys(form_ids):
            token = self.store.add_link(form_id, expires=self.expires, uses=self.uses)
            yield link_at(self.address, token, self.store.published(form_id).title)

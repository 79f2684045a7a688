"""What a caller says of how answers are written, where the source itself does not show it."""

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liuwen.errors import ReadError
from liuwen.messages import Sentence

DayOrder = Literal["dmy", "mdy", "ymd"]
"""In which order a column writes day, month and year."""

_NO_ZONE = Sentence(
    zh="没有“{zone}”这个时区；请写成 Asia/Shanghai 这样的名称。",
    en="There is no time zone “{zone}”; write it like Asia/Shanghai.",
)
_NO_ORDER = Sentence(zh="dates= 只能是 dmy、mdy 或 ymd，不能是“{order}”。", en="dates= is dmy, mdy or ymd, not “{order}”.")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How answers are written; None means detected from the source.

    Raises `ReadError` for a time zone, or an order of dates, that there is not.
    """

    encoding: str | None = None
    timezone: str | None = None
    na: tuple[str, ...] | None = None
    """What stands for no answer."""
    dates: DayOrder | None = None

    def __post_init__(self) -> None:
        if self.dates not in {None, "dmy", "mdy", "ymd"}:
            raise ReadError(_NO_ORDER.filled(order=self.dates))
        if self.timezone is not None:
            try:
                ZoneInfo(self.timezone)
            except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
                raise ReadError(_NO_ZONE.filled(zone=self.timezone)) from fault


AS_IT_STANDS = ReadingOptions()
"""Everything as the source shows it."""

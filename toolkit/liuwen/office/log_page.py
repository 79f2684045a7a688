"""The log of acts and views."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from liuwen.messages import Sentence
from liuwen.office.rendering import moment, shown

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="日志", en="Log"),
    "about": Sentence(
        zh="谁在什么时候做了什么、看了什么；只增不减，最近 {count} 条。",
        en="Who did and looked at what, and when; it is only added to. The last {count}.",
    ),
    "search": Sentence(zh="搜索", en="Search"),
    "show": Sentence(zh="查看", en="Show"),
    "number": Sentence(zh="号", en="No."),
    "when": Sentence(zh="时间", en="When"),
    "who": Sentence(zh="谁", en="Who"),
    "act": Sentence(zh="做了什么", en="Act"),
    "subject": Sentence(zh="对象", en="Subject"),
    "detail": Sentence(zh="说明", en="Detail"),
    "none": Sentence(zh="没有符合的记录。", en="Nothing matches."),
}
LAST = 200


def log(asked: "OfficeRequest") -> "Response":
    """The newest entries, those that contain the words looked for."""
    wanted = asked.query.get("search", "").lower().split()
    entries = [(one, f"{one.who} {one.act} {one.subject} {one.detail}".lower()) for one in asked.office.store.log()]
    found = [one for one, text in entries if all(word in text for word in wanted)]
    rows = [{"entry": one, "when": moment(one.moment)} for one in reversed(found[-LAST:])]
    about = WORDS["about"].filled(count=len(rows))
    return shown("log.html", asked, "/log", WORDS, rows=rows, about=about, query=asked.query)

"""Makes the HTML of the office page from templates; all values are escaped, and sentences given in the language in force."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import Response

from liuwen.messages import Sentence, language_in_force
from liuwen.office.navigation import MENU, home_of
from liuwen.office.sessions import OfficeSession

if TYPE_CHECKING:
    import jinja2

    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "office": Sentence(zh="办公页面", en="Office"),
    "of_town": Sentence(zh="六问", en="liuwen"),
    "skip": Sentence(zh="跳到正文", en="Skip to the content"),
    "menu": Sentence(zh="菜单", en="Menu"),
    "sign_out": Sentence(zh="退出", en="Sign out"),
    "back": Sentence(zh="返回", en="Back"),
    "notice": Sentence(zh="提示", en="Notice"),
    "none": Sentence(zh="没有", en="none"),
    "close": Sentence(zh="停用", en="Revoke"),
}
"""Words of every page."""
_LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def _templates() -> "jinja2.Environment":
    import jinja2

    loader = jinja2.PackageLoader("liuwen.office", "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["moment"] = moment
    made.filters["size"] = size
    return made


def moment(when: datetime | None) -> str:
    """A time to the minute, in the computer's time zone; "—" if there is none."""
    return "—" if when is None else f"{when.astimezone():%Y-%m-%d %H:%M}"


def size(count: float) -> str:
    """A size in bytes, in words.

    >>> size(512), size(3_500_000)
    ('512 B', '3.3 MB')
    """
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024:
            return f"{count:.0f} B" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} TB"


def render(template: str, session: OfficeSession | None, **told: Any) -> str:
    """The HTML of a page; `session` decides about the menu."""
    language = language_in_force()
    other = "en" if language == "zh" else "zh"
    rights = session.rights if session else frozenset()
    menu = [entry for entry in MENU if not rights.isdisjoint(entry.right)]
    common = {
        "common": WORDS,
        "lang": "zh-CN" if language == "zh" else "en",
        "other": other,
        "other_name": _LANGUAGES[other],
        "menu": menu,
        "session": session,
        "home": home_of(rights),
        "town": "",
        "done": None,
        "here": "",
        "switch": f"?lang={other}",
    }
    return _templates().get_template(template).render({**common, **told})


def shown(template: str, asked: "OfficeRequest", here: str, words: Mapping[str, Sentence], **told: Any) -> Response:
    """A page as an answer; `here` is its entry in the menu, and `?done=` names one of `words` to show as a message."""
    done = words.get(f"done_{asked.query.get('done', '')}")
    other = "en" if asked.language == "zh" else "zh"
    kept = {name: value for name, value in asked.query.items() if name not in {"lang", "done"}}
    switch = "?" + urlencode({**kept, "lang": other})
    told = {"town": asked.office.town, "done": done, "here": here, "w": words, "switch": switch, **told}
    return Response(render(template, asked.session, **told), media_type="text/html; charset=utf-8")


def notice(sentence: Sentence, session: OfficeSession | None, town: str = "") -> str:
    """A page with one sentence, such as why something is refused."""
    return render("notice.html", session, sentence=sentence, town=town)

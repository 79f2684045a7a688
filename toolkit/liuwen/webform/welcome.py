"""The page at the server's bare address: what this is, how to go on, and whom to ask."""

from dataclasses import dataclass
from html import escape

from liuwen.messages import Language, Sentence
from liuwen.webform.page import document

TITLE = Sentence(zh="{town}：答卷收集", en="{town}: collecting answers")
NO_TOWN = Sentence(zh="这里", en="This server")
WHAT = Sentence(
    zh="这台电脑收集入户走访和满意度调查的答卷。答卷只存在这台电脑上。",
    en="This computer collects the answers of household visits and surveys. They are kept on this computer only.",
)
WITH_CODE = Sentence(
    zh="有采集员二维码：用手机上的 ODK Collect 扫，或用浏览器打开码下面的完整地址（里面有 /key/）。",
    en="With a collector's code: scan it with ODK Collect on the phone, or open the whole address under it (with /key/ in it).",
)
WITH_LINK = Sentence(
    zh="收到一个链接：请打开完整的链接，从头到尾一个字都不要少。",
    en="With a link: open the complete link, from its first to its last character.",
)
WITH_PASSWORD = Sentence(zh="用采集员的用户名和密码登录", en="Sign in with a collector's user name and password")
NOTHING = Sentence(
    zh="两样都没有，就不用在这里填什么；这个地址本身不显示任何答卷。",
    en="With neither, there is nothing to fill in here; this address itself shows no answers.",
)
ASK = Sentence(zh="有疑问请找：{contact}", en="Questions? Ask {contact}")
ASK_SOMEBODY = Sentence(zh="有疑问请找给你码或链接的人。", en="Questions? Ask whoever gave you the code or the link.")
_LANGUAGES = {"zh": "中文", "en": "English"}

_STYLE = """<style>
.door { box-sizing: border-box; max-width: 38rem; margin: 8vh auto 0; padding: 1.5rem; }
.door h1 { margin: 0 0 1rem; font-size: 1.5rem; overflow-wrap: anywhere; }
.door ul { margin: 1.2rem 0; padding: 1rem 1.2rem 1rem 2.2rem; background: #fff; border-radius: .6rem; }
.door li + li { margin-top: .6rem; }
.door a { color: #15523e; }
.door .ask { font-weight: 600; overflow-wrap: anywhere; }
</style>"""


@dataclass(frozen=True, slots=True)
class DoorPlate:
    """What the page at the bare address says: the town, and whom to ask; "" if unknown."""

    town: str = ""
    contact: str = ""

    def asking(self) -> Sentence:
        """Whom to ask."""
        return ASK.filled(contact=self.contact) if self.contact else ASK_SOMEBODY


def welcome(plate: DoorPlate, language: Language = "zh") -> str:
    """The HTML of the page.

    >>> "湖滨镇" in welcome(DoorPlate("湖滨镇", "王芳 13800000000"))
    True
    """
    other: Language = "en" if language == "zh" else "zh"
    title = TITLE.filled(town=plate.town or NO_TOWN).in_language(language)
    items = [escape(said.in_language(language)) for said in (WITH_CODE, WITH_LINK, NOTHING)]
    items.insert(2, f'<a href="?sign-in">{WITH_PASSWORD.in_language(language)}</a>')
    listed = "".join(f"<li>{item}</li>" for item in items)
    body = (
        f'{_STYLE}<main class="door"><h1>{escape(title)}</h1><p>{WHAT.in_language(language)}</p><ul>{listed}</ul>'
        f'<p class="ask">{escape(plate.asking().in_language(language))}</p>'
        f'<p><a href="?lang={other}" hreflang="{other}">{_LANGUAGES[other]}</a></p></main>'
    )
    return document(title, body, language)

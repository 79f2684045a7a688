"""Which fonts of this machine a page is printed with: Chinese office fonts where they are, else others that have Chinese."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import typst

NO_CHINESE = Sentence(
    zh="这台机器上没有中文字体，印不出来。请安装 Noto CJK（思源）字体，或方正、仿宋、宋体中的一种。",
    en="No font of this machine has Chinese, so nothing can be printed. Install the Noto CJK fonts, or another Chinese font.",
)
SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Songti SC",
    "SimSun",
    "NSimSun",
    "STSong",
    "AR PL UMing CN",
)
SANS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "Microsoft YaHei", "SimHei", "STHeiti",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK")
BODY = (
    "FZFangSong-Z02S",
    "FZFangSong-Z02",
    "方正仿宋简体",
    "方正仿宋_GBK",
    "FangSong_GB2312",
    "FangSong",
    "仿宋_GB2312",
    "STFangsong",
)
HEADING = ("FZHei-B01S", "FZHei-B01", "方正黑体简体", "方正黑体_GBK")


@dataclass(frozen=True)
class PrintFonts:
    """The fonts of title, body and headings, the first that is wanted first; each list ends in one that has Chinese."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    heading: tuple[str, ...]


@cache
def system_fonts() -> "typst.Fonts":
    """The fonts of this machine, looked for once."""
    import typst

    return typst.Fonts()


def print_fonts(families: frozenset[str] | None = None) -> PrintFonts:
    """The fonts to print with, of those named `families` (this machine's by default).

    Raises:
        CampaignError: None of them has Chinese.

    >>> print_fonts(frozenset({"SimSun", "SimHei", "Arial"})).title
    ('SimSun', 'SimHei')
    """
    there = frozenset(system_fonts().families()) if families is None else families
    serif, sans = [name for name in SERIF if name in there][:1], [name for name in SANS if name in there][:1]
    if not serif and not sans:
        raise CampaignError(NO_CHINESE)
    wanted = {"title": TITLE, "body": BODY, "heading": HEADING}
    first = {part: [name for name in names if name in there][:1] for part, names in wanted.items()}
    return PrintFonts(
        title=(*first["title"], *serif, *sans),
        body=(*first["body"], *serif, *sans),
        heading=(*first["heading"], *sans, *serif),
    )

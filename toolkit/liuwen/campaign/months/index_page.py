"""The page by which a clerk finds every file of a month."""

from html import escape

from liuwen.campaign.months.html import COLON, page_style
from liuwen.campaign.months.making import MonthPages
from liuwen.campaign.months.pages import SYNTHETIC, dateline_of, in_words, month_words
from liuwen.campaign.screening import ListScreening
from liuwen.messages import Language, Sentence

TITLE = Sentence(zh="{place}{month}清单", en="{place}: list of {month}")
HANG = Sentence(zh="可以上墙的", en="May be hung up")
DESK = Sentence(zh="只给登记处和会议的", en="For the desk and the meeting only")
WEEKS = Sentence(zh="每人一页：本周要办的事（只给本人）", en="A page each: what I must do this week (for that person alone)")
TOWN = Sentence(zh="全镇情况", en="The town")
NAMES = {
    "agenda": Sentence(zh="民情分析会议题", en="agenda of the case meeting"),
    "to_settle": Sentence(zh="要核对的登记", en="reports to settle"),
    "look_here": Sentence(zh="公布前请看这里", en="look here before publishing"),
    "ledger": Sentence(zh="台账工作簿", en="workbook of the ledger"),
}
FORMATS = {".html": "HTML", ".pdf": "PDF", ".csv": "CSV", ".xlsx": "Excel"}
TEXT = Sentence(zh="群通知文字", en="text for the group")


def index_html(pages: MonthPages, files: list[str], screening: ListScreening, language: Language) -> str:
    """Links to all files of the month, the boards first."""

    def say(sentence: Sentence) -> str:
        return escape(sentence.in_language(language))

    title = TITLE.filled(place=pages.issuer, month=month_words(pages.month))
    parts = [(HANG, "boards/"), (DESK, "desk/"), (WEEKS, "desk/weeks/")]
    lists = "".join(
        f"<section><h2>{say(heading)}</h2>{_links(pages, _inside(files, folder), language)}</section>"
        for heading, folder in parts
        if _inside(files, folder)
    )
    dateline = dateline_of(pages.month, pages.ledger.on, pages.known)
    made_up = f'<p class="made-up">{say(SYNTHETIC)}</p>' if pages.synthetic else ""
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{say(title)}</title>'
        f"<style>{page_style()} li {{ margin: 2px 0; }}</style></head><body><main>"
        f'<header><h1>{say(title)}</h1><p class="dateline">{say(dateline)}</p>{made_up}</header>'
        f"<p>{say(screening.summary)}</p>{lists}</main></body></html>\n"
    )


def _inside(files: list[str], folder: str) -> list[str]:
    return [name for name in files if name.startswith(folder) and "/" not in name.removeprefix(folder)]


def _links(pages: MonthPages, files: list[str], language: Language) -> str:
    groups: dict[str, list[str]] = {}
    for name in files:
        groups.setdefault(name.rpartition("/")[2].rpartition(".")[0], []).append(name)
    items = "".join(
        f"<li>{_name(pages, stem, language)}{in_words(COLON, language)}{_formats(names, language)}</li>"
        for stem, names in groups.items()
    )
    return f"<ul>{items}</ul>"


def _formats(names: list[str], language: Language) -> str:
    return " · ".join(
        f'<a href="{escape(name)}">{FORMATS.get("." + name.rpartition(".")[2], TEXT.in_language(language))}</a>' for name in names
    )


def _name(pages: MonthPages, stem: str, language: Language) -> str:
    """What a file is called: its place, or its person."""
    if stem in NAMES:
        return escape(NAMES[stem].in_language(language))
    if stem.startswith("week-"):
        return escape(pages.words.person(stem.removeprefix("week-")))
    if stem == "town":
        return escape(TOWN.in_language(language))
    rule, _, place = stem.partition("-")
    board = next((one.name.in_language(language) for one in pages.programme.boards if one.id == rule), rule)
    return escape(f"{pages.words.place(place)} {board}")

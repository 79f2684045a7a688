"""A page as PDF by typst: the same page gives the same bytes."""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from liuwen.campaign.months.fonts import print_fonts, system_fonts
from liuwen.campaign.months.pages import SYNTHETIC, PageSection, TownPage, in_words
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    import typst

COUNT = Sentence(zh="{count} 件", en="{count}")


def page_pdf(page: TownPage, language: Language) -> bytes:
    """The page as PDF.

    Raises:
        CampaignError: No font of this machine has Chinese.
    """
    data = json.dumps(_data(page, language), ensure_ascii=False)
    moment = page.known * 86400
    made = _compiler().compile(input=_template(), format="pdf", sys_inputs={"data": data}, timestamp=moment)
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> "typst.Compiler":
    import typst

    return typst.Compiler(font_paths=system_fonts())


@cache
def _template() -> bytes:
    return files("liuwen.campaign").joinpath("prints/page.typ").read_bytes()


def _data(page: TownPage, language: Language) -> dict[str, Any]:
    fonts = print_fonts()
    return {
        "lang": language,
        "paper": page.paper,
        "landscape": page.landscape,
        "fonts": {"title": fonts.title, "body": fonts.body, "heading": fonts.heading},
        "title": in_words(page.title, language),
        "issuer": in_words(page.issuer, language),
        "dateline": in_words(page.dateline, language),
        "footer": in_words(page.title, language),
        "made_up": in_words(SYNTHETIC, language) if page.synthetic else "",
        "figures": [
            {"label": in_words(one.label, language), "value": one.value, "under": in_words(one.under, language)}
            for one in page.figures
        ],
        "sections": [_section(section, language) for section in page.sections],
        "said": [in_words(sentence, language) for sentence in page.said],
    }


def _section(section: PageSection, language: Language) -> dict[str, Any]:
    return {
        "heading": in_words(section.heading, language),
        "count": in_words(COUNT.filled(count=len(section.rows)), language) if section.counted else "",
        "note": in_words(section.note, language) if section.note else "",
        "empty": in_words(section.empty, language),
        "columns": [
            {"heading": in_words(column.heading, language), "width": column.width, "number": column.number}
            for column in section.columns
        ],
        "rows": [[in_words(cell, language) for cell in row] for row in section.rows],
        "marked": sorted(section.marked),
    }

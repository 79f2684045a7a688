"""A page as PDF by typst: the same page gives the same bytes."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from liuwen.campaign.months.pages import SYNTHETIC, PageSection, TownPage, in_words
from liuwen.messages import Language, Sentence
from liuwen.printing import printed

COUNT = Sentence(zh="{count} 件", en="{count}")
LONG_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]{13}")
"""More letters in a row than the words of the house have; Chinese breaks anywhere."""
MOST = 300
"""So many rows of a table are printed; the page as HTML has all of them, and the print says so."""
CUT = Sentence(
    zh="这里只印前 {printed} 行，共 {count} 行；其余的见同名的网页（.html），也可以到登记处查看。",
    en="Only the first {printed} of {count} rows are printed; all are in the .html file of the same name, and at the desk.",
)


def page_pdf(page: TownPage, language: Language) -> bytes:
    """The page as PDF.

    Raises:
        CampaignError: No font of this machine has Chinese.
    """
    return printed(template("page"), _data(page, language), language, day=page.known)


@cache
def template(name: str) -> bytes:
    """A template of `prints/`, such as "page"."""
    return files("liuwen.campaign").joinpath(f"prints/{name}.typ").read_bytes()


def _data(page: TownPage, language: Language) -> dict[str, Any]:
    return {
        "paper": page.paper,
        "landscape": page.landscape,
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
        "long_words": language != "zh" and _has_long_words(page, language),
    }


def _has_long_words(page: TownPage, language: Language) -> bool:
    """Whether some cell has a word that a narrow column may not hold: only then are words divided at all."""
    rows = (row for section in page.sections for row in section.rows[:MOST])
    return any(LONG_WORD.search(in_words(cell, language)) for row in rows for cell in row)


def _section(section: PageSection, language: Language) -> dict[str, Any]:
    return {
        "heading": in_words(section.heading, language),
        "count": in_words(COUNT.filled(count=len(section.rows)), language) if section.counted else "",
        "note": in_words(section.note, language) if section.note else "",
        "cut": in_words(CUT.filled(printed=MOST, count=len(section.rows)), language) if len(section.rows) > MOST else "",
        "empty": in_words(section.empty, language),
        "columns": [
            {"heading": in_words(column.heading, language), "width": column.width, "number": column.number}
            for column in section.columns
        ],
        "rows": [[in_words(cell, language) for cell in row] for row in section.rows[:MOST]],
        "marked": [at in section.marked for at in range(min(len(section.rows), MOST))],
    }

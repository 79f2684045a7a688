"""A page's tables as CSV: headings in one language, UTF-8 with its mark, nothing in it that a spreadsheet would run."""

import pandas as pd

from liuwen.campaign.months.pages import TownPage, in_words
from liuwen.charts.export import harmless
from liuwen.messages import Language, Sentence

PART = Sentence(zh="部分", en="part")


def page_csv(page: TownPage, language: Language) -> bytes:
    """All tables of the page under each other, the first column saying which; columns of one name are one."""
    frames = []
    for section in page.sections:
        names = [in_words(column.heading, language) for column in section.columns]
        rows = [[in_words(cell, language) for cell in row] for row in section.rows]
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        frame.insert(0, in_words(PART, language), in_words(section.heading, language))
        frames.append(frame)
    together = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return harmless(together.fillna("")).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")

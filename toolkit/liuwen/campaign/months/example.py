"""A ledger to practise with, as clerks keep it: one workbook with a row a matter, one with the registers; all made up."""

from datetime import date
from pathlib import Path

import pandas as pd

from liuwen.campaign.campaign import read_campaign
from liuwen.campaign.made_up import made_up_town
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.months.workbook import STATES
from liuwen.messages import Language, Sentence

VILLAGES, MATTERS = 4, 70
TITLE = Sentence(zh="{town}2026年民情台账（合成数据，练习用）", en="{town}: ledger of 2026 (synthetic data, to practise with)")
HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "household": Sentence(zh="户号", en="household"),
    "title": Sentence(zh="反映的问题", en="problem"),
    "class": Sentence(zh="类别", en="class"),
    "raised": Sentence(zh="登记日期", en="raised on"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "deadline": Sentence(zh="办理时限", en="deadline"),
    "last_note": Sentence(zh="办理情况", en="progress"),
    "state": Sentence(zh="状态", en="status"),
    "ended": Sentence(zh="办结日期", en="done on"),
    "closed": Sentence(zh="销号日期", en="closed on"),
}
SHEETS = {
    "people": Sentence(zh="人员", en="people"),
    "posts": Sentence(zh="职务", en="posts"),
    "places": Sentence(zh="地点", en="places"),
    "households": Sentence(zh="户", en="households"),
}


def write_example(folder: Path, language: Language, begins: date) -> tuple[Path, Path]:
    """Write `ledger.xlsx` and `registers.xlsx`, and give their paths back."""
    town = made_up_town(VILLAGES, MATTERS, begins=str(begins), language=language)
    steps = town.events["matters"]
    posts = town.registers["posts"]
    ranks = read_campaign("our_town").programme.ranks
    held = dict(town.registers) | {"posts": posts[posts["rank"].isin(ranks)]}
    campaign = read_campaign("our_town", registers=held, events={"matters": steps[steps["class"] != "conduct"]})
    last = f"{begins.year}-{begins.month + 5:02d}"
    pages = month_pages(campaign, last, None)
    folder.mkdir(parents=True, exist_ok=True)
    ledger, registers = folder / "ledger.xlsx", folder / "registers.xlsx"
    _write_ledger(
        ledger, pages.ledger.table, {one.id: " ".join(one.applicants) for one in pages.ledger.matters}, pages.words, language
    )
    with pd.ExcelWriter(registers, engine="xlsxwriter") as writer:
        for name, frame in held.items():
            frame.to_excel(writer, sheet_name=SHEETS[name].in_language(language), index=False)
    return ledger, registers


def _write_ledger(path: Path, table: pd.DataFrame, households: dict[str, str], words: object, language: Language) -> None:
    from liuwen.campaign.months.pages import PageWords, in_words

    assert isinstance(words, PageWords)
    table = table[(table["class"] != "conduct") & table["state"].isin(["open", "done", "explained", "closed"])]
    rows = pd.DataFrame(
        {
            "number": [f"{at:03d}" for at in range(1, len(table) + 1)],
            "village": [words.place(one) for one in table["village"]],
            "household": [households[one] for one in table["matter"]],
            "title": table["title"].to_numpy(),
            "class": [in_words(words.topic(one), language) if one else "" for one in table["class"]],
            "raised": table["raised"].dt.date.to_numpy(),
            "responsible": [words.person(one) for one in table["responsible"]],
            "deadline": table["deadline"].dt.date.to_numpy(),
            "last_note": table["last_note"].to_numpy(),
            "state": [STATES[one].in_language(language) for one in table["state"]],
            "ended": table["ended"].dt.date.to_numpy(),
            "closed": table["closed"].dt.date.to_numpy(),
        }
    )
    named = rows.rename(columns={name: heading.in_language(language) for name, heading in HEADINGS.items()})
    with pd.ExcelWriter(path, engine="xlsxwriter", date_format="yyyy-mm-dd") as writer:
        named.to_excel(writer, sheet_name="Sheet1", index=False, startrow=1)
        writer.sheets["Sheet1"].write_string(0, 0, TITLE.filled(town=words.place("T")).in_language(language))
        writer.sheets["Sheet1"].set_column(0, len(HEADINGS) - 1, 14)

"""What is shown, as a file: CSV, a workbook or a page; suppressed figures stay suppressed."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from liuwen.charts import units
from liuwen.charts.article import fragment
from liuwen.charts.static import heading_text
from liuwen.charts.view import View
from liuwen.errors import LiuwenError
from liuwen.messages import Language, Sentence
from liuwen.responses.exports.formulas import without_formula

UNKNOWN_ENDING = Sentence(
    zh="不会写“{ending}”文件；可用 .csv、.xlsx、.html。", en="Cannot write a {ending!r} file; use .csv, .xlsx or .html."
)
HEADINGS = {
    "place": Sentence(zh="地点", en="place"),
    "need": Sentence(zh="回答", en="answer"),
    "asked": Sentence(zh="问到{unit}", en="{unit} asked"),
    "wanting": Sentence(zh="这样答的{unit}", en="{unit} with this answer"),
    "share": Sentence(zh="占比", en="share"),
    "low": Sentence(zh="区间下限", en="interval low"),
    "high": Sentence(zh="区间上限", en="interval high"),
    "rank": Sentence(zh="名次", en="rank"),
    "withheld": Sentence(zh="不显示的原因", en="why withheld"),
}
WHY = {
    "few": Sentence(zh="这样答的少于 {minimum}", en="fewer than {minimum} gave it"),
    "nearly all": Sentence(zh="没有这样答的少于 {minimum}", en="all but fewer than {minimum} gave it"),
    "protected": Sentence(zh="以免推算出别的数字", en="another figure could be computed from it"),
    "small group": Sentence(zh="问到的太少", en="too few asked"),
}
WHOLE = Sentence(zh="全部", en="All")
_REFUSED = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 120
SHEET = Sentence(zh="所示数字", en="Figures shown")


def shown_table(view: View, places: list[str], language: Language) -> pd.DataFrame:
    """The figures of `places` and of the whole as a table to hand on, headings and labels in `language`."""
    some = view.places[view.places["place"].isin(places)]
    named = some.assign(place=some["place"].map(view.place_labels[language]))
    table = pd.concat([view.whole.assign(place=WHOLE.in_language(language)), named], ignore_index=True)
    why = {reason: sentence.filled(minimum=view.minimum).in_language(language) for reason, sentence in WHY.items()}
    table = table.assign(need=table["need"].map(view.need_labels[language]), withheld=table["reason"].map(why).fillna(""))
    rounded = table.round({"share": 4, "low": 4, "high": 4})
    return rounded[list(HEADINGS)].rename(columns=headings(view, language))


def headings(view: View, language: Language) -> dict[str, str]:
    """The heading of each column, with what is counted."""
    return {column: words.filled(unit=units.HEADINGS[view.counted]).in_language(language) for column, words in HEADINGS.items()}


def file_name(view: View, places: Sequence[str], ending: str) -> str:
    """A name that says what is in the file: question, grouping, one chosen place, filters.

    >>> file_stem("needs", "village", ["east"], ["poor"])
    'needs-by-village-east-poor'
    """
    one = list(places) if len(places) == 1 else []
    return file_stem(view.selection.question, view.selection.by, one, [value for _, value in view.selection.where]) + ending


def file_stem(question: str, by: str, places: Sequence[str], filters: Sequence[str]) -> str:
    """The name without its ending; letters that a file system refuses become "_"."""
    parts = [question, *(["by", by] if by else []), *places, *filters]
    return _REFUSED.sub("_", "-".join(parts))[:_LONGEST_NAME]


def as_csv(view: View, places: list[str], language: Language) -> bytes:
    """CSV as spreadsheets take it: UTF-8 with its mark; nothing in it can start a formula."""
    return harmless(shown_table(view, places, language)).to_csv(index=False).encode("utf-8-sig")


def as_workbook(view: View, places: list[str], language: Language) -> bytes:
    """An .xlsx workbook: one sheet, what was asked of whom above it."""
    buffer = io.BytesIO()
    table = shown_table(view, places, language)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        name = SHEET.in_language(language)
        table.to_excel(writer, sheet_name=name, index=False, startrow=2, freeze_panes=(3, 2))
        sheet, percent = writer.sheets[name], writer.book.add_format({"num_format": "0.0%"})
        sheet.write_string(0, 0, heading_text(view, language))
        sheet.set_column(0, 1, 24)
        sheet.set_column(2, 3, 12)
        sheet.set_column(4, 6, 12, percent)
        sheet.set_column(8, 8, 28)
    return buffer.getvalue()


def as_page(view: View, places: list[str], language: Language) -> bytes:
    """A page that stands alone."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    title = f"<title>{SHEET.in_language(language)}</title>"
    body = fragment(view, (language,), places)
    return f'<!doctype html><html lang="{language}"><head>{head}{title}</head><body>{body}</body></html>'.encode()


WRITERS = {".csv": as_csv, ".xlsx": as_workbook, ".html": as_page}


def save(path: str | Path, view: View, places: list[str], language: Language) -> Path:
    """Write what is shown to `path`, as its ending says; raises `LiuwenError` for another ending."""
    target = Path(path)
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise LiuwenError(UNKNOWN_ENDING.filled(ending=target.suffix))
    target.write_bytes(writer(view, places, language))
    return target


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Words that a spreadsheet would run as a formula are led by an apostrophe."""
    harmless = table.copy()
    for column in table.select_dtypes(include=["object", "string", "str"]):
        texts = {cell for cell in table[column] if isinstance(cell, str)}
        led = {text: safe for text in texts if (safe := without_formula(text)) != text}
        if led:
            harmless[column] = [led.get(cell, cell) if isinstance(cell, str) else cell for cell in table[column]]
    return harmless

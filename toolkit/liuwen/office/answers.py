"""The table of answers to a form: search, filters, columns by their labels; each view is logged."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pandas as pd

from liuwen.messages import Sentence
from liuwen.office.answer_tables import QUESTION
from liuwen.office.rendering import moment, shown
from liuwen.store.reviews import STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="答卷", en="Answers"),
    "form": Sentence(zh="问卷", en="Form"),
    "search": Sentence(zh="搜索", en="Search"),
    "search_in": Sentence(zh="姓名、村、答案里的字、回执号", en="name, village, words in answers, receipt number"),
    "place": Sentence(zh="村", en="Village"),
    "state": Sentence(zh="审核", en="Review"),
    "visitor": Sentence(zh="采集员", en="Collector"),
    "since": Sentence(zh="从", en="From"),
    "until": Sentence(zh="到", en="To"),
    "everything": Sentence(zh="全部", en="all"),
    "show": Sentence(zh="查看", en="Show"),
    "columns": Sentence(zh="显示哪些题", en="Questions shown"),
    "received": Sentence(zh="收到", en="Received"),
    "answer": Sentence(zh="答卷", en="Answer"),
    "earlier": Sentence(zh="较新的", en="Newer"),
    "later": Sentence(zh="较早的", en="Older"),
    "nothing": Sentence(zh="没有符合条件的答卷。", en="No answers match."),
    "no_forms": Sentence(zh="没有您可以一份份看的问卷。", en="There is no form whose answers you may see one by one."),
    "unreadable": Sentence(zh="（读不了：加密或损坏）", en="(cannot be read: encrypted or damaged)"),
    "waiting": Sentence(zh="照片还没传完", en="photos still missing"),
    "edited": Sentence(zh="改过 {count} 次", en="edited {count} times"),
}
COUNT = Sentence(zh="共 {count} 份，第 {page} 页，共 {pages} 页", en="{count} answers, page {page} of {pages}")
PER_PAGE = 50
_COLUMNS = 3
"""How many questions are shown unless others are chosen."""


def answers(asked: "OfficeRequest") -> "Response":
    """The table of one form, by default of the first that the person may see."""
    office = asked.office
    forms = office.forms_with_answers(asked)
    form_id = asked.query.get("form") or (forms[0].form_id if forms else "")
    if not form_id:
        return shown("answers.html", asked, "/answers", WORDS, forms=forms, form=None)
    form = office.require_answers(asked, form_id)
    table = office.answers.of(form_id)
    rows = table.rows(asked.language)
    found = filtered(rows, asked.query)
    pages = max(ceil(len(found) / PER_PAGE), 1)
    page = min(max(_number(asked.query.get("page", "")), 1), pages)
    part = found.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    office.store.office.note("answers listed", form_id, f"{len(part)}/{len(found)}")
    questions = table.questions(asked.language)
    columns = _chosen(asked, questions, table.responses.table)
    readable = set(table.responses.table.index)
    return shown(
        "answers.html",
        asked,
        "/answers",
        WORDS,
        forms=forms,
        form=form,
        questions=questions,
        columns=columns,
        rows=[_row(row, columns, readable) for row in part.to_dict("records")],
        has_place=table.place is not None,
        places=sorted(set(rows["place"]) - {""}),
        visitors=sorted(set(rows["collector"]) - {""}),
        states=STATES,
        query=asked.query,
        counted=COUNT.filled(count=len(found), page=page, pages=pages),
        newer=_address(asked, page - 1) if page > 1 else "",
        older=_address(asked, page + 1) if page < pages else "",
    )


def filtered(rows: pd.DataFrame, query: Mapping[str, str]) -> pd.DataFrame:
    """The rows that match every filter of the query: `search`, `place`, `state`, `visitor`, `since`, `until`."""
    kept = pd.Series(True, index=rows.index)
    for name, column in (("place", "place"), ("state", "review_state"), ("visitor", "collector")):
        if query.get(name):
            kept &= rows[column] == query[name]
    days = rows["received"].dt.tz_convert(_local()).dt.strftime("%Y-%m-%d")
    if query.get("since"):
        kept &= days >= query["since"]
    if query.get("until"):
        kept &= days <= query["until"]
    words = query.get("search", "").lower().split()
    if words:
        hidden = {"number", "form_id", "version", "first_received", "received", "complete", "edits", "review_state"}
        texts = rows.drop(columns=[name for name in rows if name in hidden]).astype("string").fillna("")
        whole = texts.agg(" ".join, axis=1).str.lower() if len(texts) else pd.Series("", index=rows.index, dtype="string")
        for word in words:
            kept &= whole.str.contains(word, regex=False).astype(bool)
    return rows[kept]


def _local() -> tzinfo | None:
    return datetime.now().astimezone().tzinfo


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _chosen(asked: "OfficeRequest", questions: Mapping[str, str], answers: pd.DataFrame) -> dict[str, str]:
    """The questions shown: those asked for, or else the first few that most people answered."""
    wanted = asked.query.getlist("column")
    if wanted:
        return {name: questions[name] for name in questions if name in wanted}
    often = [name for name in questions if len(answers) and answers[name].notna().mean() > 0.5 and answers[name].nunique() > 1]
    return {name: questions[name] for name in (often or list(questions))[:_COLUMNS]}


def _row(row: Mapping[Any, Any], columns: Mapping[str, str], readable: set[object]) -> dict[str, object]:
    return {
        "number": row["number"],
        "name": row["name"] or f"#{row['number']}",
        "received": moment(row["received"].to_pydatetime()),
        "visitor": row["collector"],
        "place": row["place"],
        "state": row["review_state"],
        "waiting": not row["complete"],
        "edits": row["edits"],
        "readable": row["instance_id"] in readable,
        "cells": [(label, in_words(row[QUESTION + name])) for name, label in columns.items()],
    }


def in_words(value: Any) -> str:
    """A cell as text; "" if it is missing."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() and value.tzinfo is None else moment(value.to_pydatetime())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _address(asked: "OfficeRequest", page: int) -> str:
    kept = [(name, value) for name, value in asked.query.multi_items() if name not in {"page", "done"}]
    return "/answers?" + urlencode([*kept, ("page", page)])

"""The table of answers to a form: search, filters, columns by their labels; each view is logged."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.office.answer_index import AnswerFilter
from liuwen.office.paging import PER_PAGE, asked_part, part_of
from liuwen.office.rendering import moment, shown
from liuwen.responses.labels import distinct, heads
from liuwen.responses.plan import MAIN
from liuwen.store.reviews import STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.messages import Language
    from liuwen.office.desk import Office
    from liuwen.office.request import OfficeRequest
    from liuwen.responses import Responses

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
BEHIND = Sentence(
    zh="还有 {count} 份正在编目，过一会儿刷新就有。", en="{count} more are being indexed; reload in a moment to see them."
)
COUNT = Sentence(zh="共 {count} 份，第 {page} 页，共 {pages} 页", en="{count} answers, page {page} of {pages}")
PATIENCE = 1.0
"""Seconds that a page waits for the index of answers."""
MOST_WORDS = 20
_COLUMNS = 3
"""How many questions are shown unless others are chosen."""


def caught_up(office: "Office") -> Sentence | str:
    """Bring the index up to date; what is to be said if it is not, as when an answer is damaged: the others are shown."""
    try:
        behind = office.index.catch_up(PATIENCE)
    except StoreError as damaged:
        return damaged.sentence
    return BEHIND.filled(count=behind) if behind else ""


def answers(asked: "OfficeRequest") -> "Response":
    """The table of one form, by default of the first that the person may see."""
    office = asked.office
    forms = office.forms_with_answers(asked)
    form_id = asked.query.get("form") or (forms[0].form_id if forms else "")
    if not form_id:
        return shown("answers.html", asked, "/answers", WORDS, forms=forms, form=None)
    form = office.require_answers(asked, form_id)
    behind = caught_up(office)
    wanted = filter_of(form_id, asked.query)
    count, rows = office.index.found(wanted, (asked_part(asked) - 1) * PER_PAGE, PER_PAGE)
    part = part_of(asked, "/answers", count)
    office.store.office.note("answers listed", form_id, f"{len(rows)}/{count}")
    usual = office.store.responses(form_id, numbers=office.index.newest(form_id, PER_PAGE)).table
    responses = office.store.responses(form_id, numbers=[row["number"] for row in rows])
    reader = office.index.reader(form_id, form.version)
    questions = _questions(responses, asked.language, reader.place_question)
    columns = _chosen(asked, questions, usual)
    places, collectors = office.index.offered(form_id)
    labels = reader.places(asked.language)
    named = {place: labels.get(place, place) for place in places}
    words = responses.labelled(asked.language)
    return shown(
        "answers.html",
        asked,
        "/answers",
        WORDS,
        forms=forms,
        form=form,
        questions=questions,
        columns=columns,
        rows=[_row(row, named, columns, words) for row in rows],
        places=named,
        visitors=collectors,
        states=STATES,
        query=asked.query,
        counted=COUNT.filled(count=count, page=part.number, pages=part.parts),
        behind=behind,
        part=part,
    )


def filter_of(form_id: str, query: Mapping[str, str]) -> AnswerFilter:
    """What a query asks for: `search`, `place`, `state`, `visitor`, `since`, `until`."""
    words = tuple(query.get("search", "").lower().split()[:MOST_WORDS])
    place, state, visitor = (query.get(name, "") for name in ("place", "state", "visitor"))
    since, until = _midnight(query.get("since", "")), _midnight(query.get("until", ""), 1)
    return AnswerFilter(form_id, words, place, state, visitor, since, until)


def _midnight(day: str, later: int = 0) -> float | None:
    """The moment at which a day of this computer's calendar begins, or so many days later; None for no day."""
    try:
        return (datetime.strptime(day, "%Y-%m-%d") + timedelta(days=later)).astimezone().timestamp()
    except (ValueError, OverflowError):
        return None


def _questions(responses: "Responses", language: "Language", place: str) -> dict[str, str]:
    """The questions of the main table that somebody was asked, but the one for the place: column → label."""
    names = dict(zip(responses.table.columns, heads(responses, MAIN, language), strict=True))
    columns = responses.plan.tables[MAIN].columns
    asked = [head for column in columns if column.element.is_asked and column.element.name != place for head in column.heads]
    return distinct({head: names[head] for head in asked})


def _chosen(asked: "OfficeRequest", questions: Mapping[str, str], answers: pd.DataFrame) -> dict[str, str]:
    """The questions shown: those asked for, or else the first few that most of the newest answers have."""
    wanted = asked.query.getlist("column")
    if wanted:
        return {name: questions[name] for name in questions if name in wanted}
    known = [name for name in questions if name in answers]
    often = [name for name in known if len(answers) and answers[name].notna().mean() > 0.5 and answers[name].nunique() > 1]
    return {name: questions[name] for name in (often or list(questions))[:_COLUMNS]}


def _row(row: Mapping[str, Any], places: Mapping[str, str], columns: Mapping[str, str], words: pd.DataFrame) -> dict[str, object]:
    said = words.loc[row["instance_id"]] if row["instance_id"] in words.index else {}
    return {
        **row,
        "name": row["name"] or f"#{row['number']}",
        "received": moment(datetime.fromtimestamp(row["received"], UTC)),
        "place": places.get(row["place"], row["place"]),
        "cells": [(label, in_words(said.get(name))) for name, label in columns.items()],
    }


def in_words(value: Any) -> str:
    """A cell as text; "" if it is missing."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() and value.tzinfo is None else moment(value.to_pydatetime())
    return f"{value:g}" if isinstance(value, float) else str(value)

"""Suppressed tables of every question with choices, also of anonymous forms; they move only in steps that point at nobody.

Who looks at a table before and after one more answer knows that answer. So a question's table is shown as it was until at least
five more households answered it (or five fewer: some were erased).
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.messages import Sentence
from liuwen.office.rendering import shown
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.analysis.source import AnswerSource
    from liuwen.office.desk import Office
    from liuwen.office.request import OfficeRequest
    from liuwen.store import PublishedForm

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="汇总", en="Figures"),
    "form": Sentence(zh="问卷", en="Form"),
    "show": Sentence(zh="查看", en="Show"),
    "about": Sentence(
        zh="少于 5 户的数字不显示，也推算不出来；每题多答 5 户以上才更新一次。",
        en="Figures of fewer than 5 households are not shown and cannot be worked out; each table moves only when at least 5 "
        "more have answered.",
    ),
    "anonymous": Sentence(zh="匿名", en="anonymous"),
    "base": Sentence(zh="答了 {count} 户", en="{count} households"),
    "choice": Sentence(zh="回答", en="Answer"),
    "share": Sentence(zh="占比", en="Share"),
    "interval": Sentence(zh="95% 区间", en="95 % interval"),
    "few": Sentence(zh="少", en="few"),
    "nearly_all": Sentence(zh="几乎全部", en="nearly all"),
    "withheld": Sentence(zh="不显示", en="withheld"),
    "none": Sentence(zh="还没有够 5 户回答、可以显示的选择题。", en="No question with choices has 5 households' answers yet."),
    "no_forms": Sentence(zh="还没有发布问卷。", en="No form has been published yet."),
    "encrypted": Sentence(
        zh="这份问卷在手机上加密，要用私钥才能汇总。", en="This form is encrypted on the phone; figures need the private key."
    ),
}
CONFIDENTIAL = Sentence(zh="保密问卷没有汇总页。", en="A confidential form has no figures here.")
LANGUAGES = ("zh", "en")
STEP = 5
"""Households by which a table must change before a new one is shown; also the smallest number that is shown."""


def figures(asked: "OfficeRequest") -> "Response":
    """The tables of one form."""
    office = asked.office
    hidden = office.store.office.confidential()
    forms = [form for form in office.forms() if form.form_id not in hidden]
    form_id = asked.query.get("form") or (forms[0].form_id if forms else "")
    if not form_id:
        return shown("figures.html", asked, "/figures", WORDS, forms=[], form=None, tables=[])
    form = office.form(form_id)
    if form_id in hidden:
        raise RefusedError(403, CONFIDENTIAL)
    tables = [] if form.encrypted else tables_of(office, form)
    office.store.office.note("figures viewed", form_id)
    return shown("figures.html", asked, "/figures", WORDS, forms=forms, form=form, tables=tables, language=asked.language)


def tables_of(office: "Office", form: "PublishedForm") -> list[dict[str, Any]]:
    """The tables to show: those of last time, and for questions that have moved far enough those of now."""
    kept: dict[str, dict[str, Any]] = json.loads(office.store.office.figures(form.form_id) or "{}")
    now = _tables_now(office, form)
    shown_now = {name: _moved(kept.get(name), table) for name, table in now.items()}
    told = {name: table for name, table in shown_now.items() if table is not None}
    if told != kept:
        office.store.office.keep_figures(form.form_id, json.dumps(told, ensure_ascii=False))
    return list(told.values())


def _moved(before: dict[str, Any] | None, now: dict[str, Any]) -> dict[str, Any] | None:
    """The table to show of a question."""
    if before is None:
        return now if now["base"] >= STEP else None
    return now if abs(now["base"] - before["base"]) >= STEP and now["base"] >= STEP else before


def _tables_now(office: "Office", form: "PublishedForm") -> dict[str, dict[str, Any]]:
    from liuwen.analysis.explorable import Explorable
    from liuwen.analysis.source import source_of

    responses = office.store.responses(form.form_id) if form.anonymous else office.answers.of(form.form_id).responses
    source = source_of(responses)
    asked = Explorable(source).questions
    return {question: _table(source, question) for question, kind in asked.items() if kind in {"choices", "rating"}}


def _table(source: "AnswerSource", question: str) -> dict[str, Any]:
    """One question in both languages, with only what may be shown."""
    from liuwen.analysis import shares

    found = shares(source, question, minimum=STEP)
    found = found[found["value"] != ""]
    both = {language: source.labels(question, found["value"], language) for language in LANGUAGES}
    rows = [{**{code: both[code][row["value"]] for code in LANGUAGES}, **_cell(row)} for row in found.to_dict("records")]
    element, base = source.question(question), found["base"].dropna()
    words = {language: (element.label(language) if element else "") or question for language in LANGUAGES}
    return {**words, "base": int(base.iloc[0]) if len(base) else 0, "rows": rows}


def _cell(row: Mapping[Any, Any]) -> dict[str, Any]:
    if not row["shown"] or pd.isna(row["share"]):
        word = {"few": "few", "nearly all": "nearly_all"}.get(str(row["reason"]), "withheld")
        return {"share": None, "low": None, "high": None, "word": word}
    return {"share": round(100 * row["share"]), "low": round(100 * row["low"]), "high": round(100 * row["high"]), "word": ""}

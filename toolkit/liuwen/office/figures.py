"""Suppressed tables of every question with choices, also of anonymous forms; they move only in steps that point at nobody.

Who looks at a table before and after one more answer knows that answer. So the figures of a form stay as they were until at least
five more households answered it (or five fewer: some were erased), and each table until five more were asked its question: five
households, not five people of one. A table that moved as soon as its own question was asked five times more would tell, of
whoever answered last, that it was asked. Once a release of the form is remembered, the page shows what the newest release counts
and nothing that came after it: else the difference of the two would tell it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

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
        zh="少于 5 户的数字不显示；至少多答 5 户才更新一次，看两次也看不出哪一户怎么答的。",
        en="Figures of fewer than 5 households are not shown. They move only when at least 5 more have answered, so that two "
        "looks do not tell how one household answered.",
    ),
    "anonymous": Sentence(zh="匿名", en="anonymous"),
    "base": Sentence(zh="答了 {count} 户", en="{count} households"),
    "people": Sentence(zh="答了 {count} 人", en="{count} people"),
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


@dataclass(frozen=True, slots=True)
class Released:
    """The figures of a form that are shown.

    Attributes:
        households: How many had answered the form when they were last renewed.
        tables: The table of each question.
        release: The release that they are of; "" before the first.
    """

    households: int = 0
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    release: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Those of a text that `text` made; none for an empty one."""
        return cls(**json.loads(text)) if text else cls()

    @property
    def text(self) -> str:
        """As the store keeps them."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def renewed(self, households: int, now: Mapping[str, dict[str, Any]], release: str = "") -> Self:
        """With the tables of now that have moved far enough; others stay, also those of questions that are not asked any more."""
        moved = {name: table for name, table in now.items() if _has_moved(self.tables.get(name), table)}
        in_order = dict.fromkeys([*(name for name in now if name in moved or name in self.tables), *self.tables])
        return type(self)(households, {name: moved.get(name) or self.tables[name] for name in in_order}, release)


def tables_of(office: "Office", form: "PublishedForm") -> list[dict[str, Any]]:
    """The tables to show: those of last time, or new ones if enough households have answered since."""
    from liuwen.analysis.source import source_of
    from liuwen.responses.releases import latest_release

    text = office.store.office.figures(form.form_id)
    shown_last = Released.read(text)
    responses = office.store.responses(form.form_id) if form.anonymous else office.answers.of(form.form_id)
    name, newest = latest_release(responses)
    if name and (name == shown_last.release or newest is None):
        return list(shown_last.tables.values())
    source = source_of(newest or responses)
    households = _households(source)
    if abs(households - shown_last.households) >= STEP:
        released = shown_last.renewed(households, _tables_now(source), name)
        text = office.store.office.release_figures(form.form_id, text, released.text)
    return list(Released.read(text).tables.values())


def _has_moved(before: dict[str, Any] | None, now: dict[str, Any]) -> bool:
    return bool(now["base"] >= STEP and (before is None or abs(now["households"] - before["households"]) >= STEP))


def _households(source: "AnswerSource") -> int:
    from liuwen.analysis.asked_rows import households_of
    from liuwen.analysis.rounds import household_key

    return len(set(households_of(source.frame, household_key(source), source.frame.index).tolist()))


def _tables_now(source: "AnswerSource") -> dict[str, dict[str, Any]]:
    from liuwen.analysis.explorable import explorable

    asked = explorable(source).questions
    return {question: _table(source, question) for question, kind in asked.items() if kind in {"choices", "rating"}}


def _table(source: "AnswerSource", question: str) -> dict[str, Any]:
    """One question in both languages, with only what may be shown."""
    from liuwen.analysis import shares
    from liuwen.analysis.asked_rows import HOUSEHOLD, asked_rows
    from liuwen.analysis.rounds import PEOPLE

    behind = asked_rows(source, question, ()).table[HOUSEHOLD].nunique()
    found = shares(source, question, minimum=STEP)
    found = found[found["value"] != ""]
    both = {language: source.labels(question, found["value"], language) for language in LANGUAGES}
    rows = [{**{code: both[code][row["value"]] for code in LANGUAGES}, **_cell(row)} for row in found.to_dict("records")]
    element, base = source.question(question), found["base"].dropna()
    words = {language: (element.label(language) if element else "") or question for language in LANGUAGES}
    counts = {"base": int(base.iloc[0]) if len(base) else 0, "households": int(behind)}
    return {**words, **counts, "counted": "people" if (found["counted"] == PEOPLE).any() else "base", "rows": rows}


def _cell(row: Mapping[Any, Any]) -> dict[str, Any]:
    if not row["shown"] or pd.isna(row["share"]):
        word = {"few": "few", "nearly all": "nearly_all"}.get(str(row["reason"]), "withheld")
        return {"share": None, "low": None, "high": None, "word": word}
    return {"share": round(100 * row["share"]), "low": round(100 * row["low"]), "high": round(100 * row["high"]), "word": ""}

"""The codebook: what every column of every table means."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.column_figures import ColumnFigures, figures_of
from liuwen.responses.counts import shown_counts, unlike_earlier
from liuwen.responses.labels import language_of_words
from liuwen.responses.plainly import plainly
from liuwen.responses.plan import Column, Table, TablePlan

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

COLUMNS = ("table", "name", "path", "type")
FIGURES = ("choices", "relevance", "asked", "answered", "missing")

_ALWAYS = Sentence(zh="缺失：问了，没有回答", en="missing: asked, not answered")
_SOMETIMES = Sentence(
    zh="缺失：没有问到，或问了没有回答（用 .asked 区分）",
    en="missing: not asked, or asked and not answered (use .asked to tell which)",
)
_UNSURE = Sentence(
    zh="缺失：没有问到，或问了没有回答；数据来源无法区分",
    en="missing: not asked, or asked and not answered; the source cannot tell which",
)
_COMPLETE = Sentence(zh="无缺失", en="none missing")


def codebook(responses: "Responses", language: str = "", *, minimum: int = 5) -> pd.DataFrame:
    """A row a column: `table`, `name`, `path`, `type`, labels, `choices`, `relevance`, `asked`, `answered`, `missing`.

    Counts that point at fewer than `minimum` households, alone or by subtraction from another of their table, are missing.
    """
    figures = {
        column.path: figures_of(responses[name], responses.asked(column.element), responses.answered(column.element))
        for name, table in responses.plan.tables.items()
        for column in table.columns
    }
    return unlike_earlier(responses, codebook_of(responses.form, responses.plan, figures, language, minimum=minimum), minimum)


def codebook_of(
    form: Form, plan: TablePlan, figures: Mapping[str, ColumnFigures], language: str = "", *, minimum: int = 5
) -> pd.DataFrame:
    """The codebook of answers of which only the figures are known."""
    languages = (language,) if language else form.languages or ("",)
    rows = [
        _row(form, plan, table, column, head, figures[column.path], languages)
        for table in plan.tables.values()
        for column in table.columns
        for head in column.heads
    ]
    labels = [_label_column(name) for name in languages]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *labels, *FIGURES])
    texts = [name for name in frame.columns if name not in {"asked", "answered"}]
    frame = frame.astype({**dict.fromkeys(texts, "string"), "asked": "Int64", "answered": "Int64"})
    return shown_counts(figures, frame, minimum)


def _row(  # noqa: PLR0917 - all that a row says
    form: Form, plan: TablePlan, table: Table, column: Column, head: str, figures: ColumnFigures, languages: tuple[str, ...]
) -> dict[str, object]:
    element = column.element
    words = language_of_words(languages[0])
    part = head.removeprefix(column.name)
    listed = plan.choices(column)
    return {
        "table": table.name,
        "name": head,
        "path": column.path,
        "type": element.type,
        **{_label_column(name): element.label(name) + part for name in languages},
        "choices": "; ".join(f"{name} = {label}" for name, label in listed.labels(languages[0]).items()) if listed else None,
        "relevance": plainly(" and ".join(_conditions(column)), form, languages[0], words) or None,
        "asked": figures.asked,
        "answered": figures.answered,
        "missing": _missing(figures).in_language(words),
    }


def _label_column(language: str) -> str:
    return f"label ({language})" if language else "label"


def _conditions(column: Column) -> Iterator[str]:
    """The conditions on it and on the groups it stands in, outermost first."""
    conditions = [element.cell("relevant") for element in (*column.element.parents, column.element)]
    written = [condition for condition in conditions if condition]
    return (f"({condition})" if len(written) > 1 else condition for condition in written)


def _missing(figures: ColumnFigures) -> Sentence:
    if figures.answered == figures.rows:
        return _COMPLETE
    if figures.unsure:
        return _UNSURE
    return _ALWAYS if figures.asked == figures.rows else _SOMETIMES

"""The codebook: what every column of every table means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.messages import Sentence
from liuwen.responses.counts import shown_counts
from liuwen.responses.labels import language_of_words
from liuwen.responses.plainly import plainly
from liuwen.responses.plan import Column, Table

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
    languages = (language,) if language else responses.form.languages or ("",)
    rows = [
        _row(responses, table, column, head, languages)
        for table in responses.plan.tables.values()
        for column in table.columns
        for head in column.heads
    ]
    labels = [_label_column(name) for name in languages]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *labels, *FIGURES])
    texts = [name for name in frame.columns if name not in {"asked", "answered"}]
    frame = frame.astype({**dict.fromkeys(texts, "string"), "asked": "Int64", "answered": "Int64"})
    return shown_counts(responses, frame, minimum)


def _row(responses: "Responses", table: Table, column: Column, head: str, languages: tuple[str, ...]) -> dict[str, object]:
    element = column.element
    words = language_of_words(languages[0])
    part = head.removeprefix(column.name)
    listed = responses.plan.choices(column)
    answered = responses.answered(element)
    return {
        "table": table.name,
        "name": head,
        "path": column.path,
        "type": element.type,
        **{_label_column(name): element.label(name) + part for name in languages},
        "choices": "; ".join(f"{name} = {label}" for name, label in listed.labels(languages[0]).items()) if listed else None,
        "relevance": plainly(" and ".join(_conditions(column)), responses.form, languages[0], words) or None,
        "asked": responses.base(element),
        "answered": int(answered.sum()),
        "missing": _missing(responses, column).in_language(words),
    }


def _label_column(language: str) -> str:
    return f"label ({language})" if language else "label"


def _conditions(column: Column) -> Iterator[str]:
    """The conditions on it and on the groups it stands in, outermost first."""
    conditions = [element.cell("relevant") for element in (*column.element.parents, column.element)]
    written = [condition for condition in conditions if condition]
    return (f"({condition})" if len(written) > 1 else condition for condition in written)


def _missing(responses: "Responses", column: Column) -> Sentence:
    asked = responses.asked(column.element)
    if bool(responses.answered(column.element).all()):
        return _COMPLETE
    if bool(asked.isna().any()):
        return _UNSURE
    return _ALWAYS if bool(asked.all()) else _SOMETIMES

"""Tables as a reader sees them: labels for stored values, and for column names where asked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.form.elements import Element
from liuwen.messages import Language, language_in_force
from liuwen.responses.plan import Column

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses


def labelled(responses: "Responses", language: str, table: str, *, headings: bool) -> pd.DataFrame:
    """The table with what was offered in place of what is stored."""
    frame = responses[table]
    for column in responses.plan.tables[table].columns:
        listed = responses.plan.choices(column)
        if listed is None:
            continue
        labels = distinct(listed.labels(language))
        if column.kind == "choice":
            frame[column.name] = _renamed(frame[column.name], labels)
        elif column.kind == "choices":
            frame[column.name] = _joined(frame[column.name], labels, separator(responses, language))
    return frame.set_axis(heads(responses, table, language), axis="columns") if headings else frame


def heads(responses: "Responses", table: str, language: str) -> list[str]:
    """What each column of a table is called in `language`; its name where it has no label, or shares one."""
    called = {head: _head(column, head, language) for column in responses.plan.tables[table].columns for head in column.heads}
    return list(distinct({name: called.get(name, name) for name in responses[table].columns}).values())


def distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels, with the stored name added to those that two values share.

    >>> distinct({"a": "Yes", "b": "Yes", "c": "No"})
    {'a': 'Yes (a)', 'b': 'Yes (b)', 'c': 'No'}
    """
    texts = list(labels.values())
    shared = {text for text in texts if texts.count(text) > 1} if len(set(texts)) < len(texts) else set()
    return {name: f"{text} ({name})" if text in shared else text for name, text in labels.items()}


def separator(responses: "Responses", language: str) -> str:
    """What stands between several labels: "；" in Chinese, "; " elsewhere."""
    named = responses.form.language(language) or language or next(iter(responses.form.languages), "")
    return "；" if is_chinese(named) else "; "


def label_of(element: Element, language: str) -> str:
    """The label of a question or group on one line; "" if it has none."""
    return " ".join(element.label(language).split())


def language_of_words(language: str) -> Language:
    """The language of the words beside a form's labels: that of the labels if it is one of ours, else the one in force."""
    if not language:
        return language_in_force()
    return "zh" if is_chinese(language) else "en"


def is_chinese(language: str) -> bool:
    """Whether a language, as a form's column names it, is Chinese."""
    return any(name in language.lower() for name in ("zh", "中文", "汉语", "chinese"))


def _head(column: Column, head: str, language: str) -> str:
    label = label_of(column.element, language) or column.name
    return label + head.removeprefix(column.name)


def _renamed(answers: "pd.Series[Any]", labels: Mapping[str, str]) -> "pd.Series[Any]":
    unlisted = {name: name for name in answers.cat.categories if name not in labels}
    return answers.cat.rename_categories(distinct({**labels, **unlisted}))


def _joined(answers: "pd.Series[Any]", labels: Mapping[str, str], between: str) -> "pd.Series[Any]":
    said = {text: between.join(labels.get(name, name) for name in str(text).split()) for text in answers.dropna().unique()}
    return answers.map(said).astype("string")

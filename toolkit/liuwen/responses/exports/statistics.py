"""Responses as Stata and SPSS files: names, labels, values with labels, dummies, and why a value is missing."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.messages import Sentence
from liuwen.responses.exports.missing_answers import DONT_KNOW, NOT_ASKED, REFUSED, letters_of, reasons
from liuwen.responses.exports.shown import SYNTHETIC, beside, shown_tables
from liuwen.responses.labels import distinct, label_of, language_of_words
from liuwen.responses.plan import LINK_COLUMNS, MAIN, SYSTEM_COLUMNS, Column
from liuwen.responses.statistics_names import statistics_names

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

MADE_BY = "liuwen"
_CODES: Mapping[str, float] = {DONT_KNOW: -9_999_997.0, REFUSED: -9_999_998.0, NOT_ASKED: -9_999_999.0}
"""SPSS has no letters for missing values: numbers that no answer has."""
_WORDS = {
    DONT_KNOW: Sentence(zh="不知道", en="don't know"),
    REFUSED: Sentence(zh="不愿回答", en="would rather not"),
    NOT_ASKED: Sentence(zh="没有问到", en="not asked"),
}
_SELECTED = {0: Sentence(zh="未选", en="no"), 1: Sentence(zh="选了", en="yes")}


@dataclass(frozen=True, slots=True)
class StatisticsVariable:
    """One variable: its values, floats with the letter of a missing code among them, texts, days or times."""

    label: str
    values: list[Any]
    labels: dict[Any, str] = field(default_factory=dict)


def write_statistics(responses: "Responses", path: Path, language: str, *, raw: bool) -> Path:
    """Write a file a table, the repeats beside the submissions, as the ending says (.dta, .sav)."""
    language = language or next(iter(responses.form.languages), "")
    for name in shown_tables(responses, raw=raw):
        names = statistics_names(responses.plan, name)
        variables = {names[head]: variable for head, variable in _variables(responses, name, language)}
        to = path if name == MAIN else beside(path, name)
        (_write_stata if path.suffix.lower() == ".dta" else _write_spss)(to, variables, _about(responses))
    return path


def _about(responses: "Responses") -> str:
    """The label of the file, which Stata cuts at 80 signs: who made it, whether it is synthetic, and the time zone."""
    synthetic = f" {SYNTHETIC.en}" if responses.synthetic else ""
    return f"{MADE_BY} UTC{synthetic}: {responses.form.id}"[:80]


def _write_stata(path: Path, variables: Mapping[str, StatisticsVariable], about: str) -> None:
    import pyreadstat

    frame = pd.DataFrame({name: pd.Series(variable.values, dtype=object) for name, variable in variables.items()})
    used = {name: sorted({cell for cell in each.values if cell in _CODES}) for name, each in variables.items() if each.labels}
    pyreadstat.write_dta(
        frame,
        str(path),
        file_label=about,
        column_labels={name: variable.label[:80] for name, variable in variables.items()},
        variable_value_labels={
            name: {code: label for code, label in each.labels.items() if code not in _CODES or code in used[name]}
            for name, each in variables.items()
            if each.labels
        },
        missing_user_values={name: letters for name, letters in used.items() if letters},
    )


def _write_spss(path: Path, variables: Mapping[str, StatisticsVariable], about: str) -> None:
    import pyreadstat

    coded = {name: [_CODES.get(cell, cell) if each.labels else cell for cell in each.values] for name, each in variables.items()}
    pyreadstat.write_sav(
        pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in coded.items()}),
        str(path),
        file_label=about[:64],
        note=about,
        column_labels={name: variable.label[:255] for name, variable in variables.items()},
        variable_value_labels={
            name: {_CODES.get(str(code), code): label[:120] for code, label in each.labels.items()}
            for name, each in variables.items()
            if each.labels
        },
        missing_ranges={name: list(_CODES.values()) for name, each in variables.items() if each.labels},
    )


def _variables(responses: "Responses", name: str, language: str) -> Iterator[tuple[str, StatisticsVariable]]:
    table = responses[name]
    own = table.reset_index() if table.index.name else table
    for head in ("key", *LINK_COLUMNS, *(SYSTEM_COLUMNS if name == MAIN else ())):
        if head in own:
            yield head, StatisticsVariable(head, _plain(own[head]))
    for column in responses.plan.tables[name].columns:
        yield from _of_column(responses, column, table, language)


def _of_column(
    responses: "Responses", column: Column, table: pd.DataFrame, language: str
) -> Iterator[tuple[str, StatisticsVariable]]:
    label = label_of(column.element, language) or column.name
    missing = reasons(responses, column)
    words = language_of_words(language)
    if column.kind == "choice":
        yield column.name, _coded(responses, column, table[column.name], label, language, missing)
    elif column.kind in {"integer", "decimal"}:
        values = [letter or _number(cell) for cell, letter in zip(table[column.name].array, missing, strict=True)]
        yield column.name, StatisticsVariable(label, values, {NOT_ASKED: _WORDS[NOT_ASKED].in_language(words)})
    else:
        yield from (
            (head, StatisticsVariable(label + head.removeprefix(column.name), _plain(table[head]))) for head in column.heads
        )
    listed = responses.choices(column.name) if column.kind == "choices" and column.element.type != "rank" else None
    if listed:
        selected = responses.selected(column.name)
        texts = distinct(listed.labels(language))
        for choice in listed.names:
            values = [letter or _number(cell) for cell, letter in zip(selected[choice].array, missing, strict=True)]
            labels: dict[Any, str] = {code: text.in_language(words) for code, text in _SELECTED.items()}
            labels[NOT_ASKED] = _WORDS[NOT_ASKED].in_language(words)
            yield f"{column.name}/{choice}", StatisticsVariable(f"{label}: {texts[choice]}", values, labels)


def _coded(  # noqa: PLR0917 - one column and all that is known of it
    responses: "Responses", column: Column, answers: "pd.Series[Any]", label: str, language: str, missing: Sequence[str]
) -> StatisticsVariable:
    """A select one as numbers: its own, where all its names are whole numbers, else 1, 2, 3 in the order of the list."""
    listed = responses.choices(column.name)
    names = list(answers.cat.categories)
    own = all(_is_whole(name) for name in names)
    codes = {name: float(name) if own else float(place) for place, name in enumerate(names, start=1)}
    texts = distinct({**{name: name for name in names}, **(listed.labels(language) if listed else {})})
    values = [letter or (codes[cell] if isinstance(cell, str) else None) for cell, letter in zip(answers, missing, strict=True)]
    letters = letters_of(listed) if listed else {}
    labels: dict[Any, str] = {letters.get(name, codes[name]): texts[name] for name in names}
    labels[NOT_ASKED] = _WORDS[NOT_ASKED].in_language(language_of_words(language))
    return StatisticsVariable(label, values, labels)


def _is_whole(name: str) -> bool:
    return name.removeprefix("-").isascii() and name.removeprefix("-").isdigit() and str(int(name)) == name and len(name) < 10


def _number(cell: Any) -> float:
    return np.nan if cell is pd.NA or cell is None else float(cell)


def _plain(cells: "pd.Series[Any]") -> list[Any]:
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        cells = cells.dt.tz_convert("UTC").dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        is_day = bool((cells.dropna() == cells.dropna().dt.normalize()).all()) and cells.name not in {"submitted_at"}
        return [None if pd.isna(cell) else _day(cell) if is_day else cell.to_pydatetime() for cell in cells]
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return [_number(cell) for cell in cells.array]
    return [None if missing else str(cell) for cell, missing in zip(cells.array, cells.isna(), strict=True)]


def _day(cell: pd.Timestamp) -> dt.date:
    return cell.date()

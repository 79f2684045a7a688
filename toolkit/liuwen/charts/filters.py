"""Which parts of the households can be looked at: each kind of household that was met, each month of visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liuwen.analysis import household_groups, visit_dates
from liuwen.analysis.source import source_of
from liuwen.charts.view import LANGUAGES
from liuwen.messages import Language

if TYPE_CHECKING:
    from liuwen.responses import Responses


@dataclass(frozen=True)
class Filter:
    """Keeps the households that have `value` in `column`."""

    column: str
    value: str
    labels: Mapping[Language, str]
    is_month: bool = False


def household_filters(responses: "Responses", minimum: int = 5) -> list[Filter]:
    """A filter for each kind of household that `minimum` households are of, in the form's order."""
    found = []
    for column in household_groups(responses)[:1]:
        counts = responses.table[column].dropna().astype(str).str.split().explode().value_counts()
        met = set(counts.index[counts >= minimum])
        labels = {language: source_of(responses).labels(column, met, language) for language in LANGUAGES}
        for value in labels["zh"]:
            if value in met:
                found.append(Filter(column, value, {language: labels[language][value] for language in LANGUAGES}))
    return found


def month_filters(responses: "Responses", minimum: int = 5) -> list[Filter]:
    """A filter for each month in which `minimum` households were visited, where there are several."""
    for column in visit_dates(responses)[:1]:
        counts = responses.table[column].dropna().dt.strftime("%Y-%m").value_counts()
        months = sorted(counts.index[counts >= minimum])
        if len(months) > 1:
            return [Filter(column, month, dict.fromkeys(LANGUAGES, month), is_month=True) for month in months]
    return []

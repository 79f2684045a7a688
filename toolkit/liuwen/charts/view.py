"""What an explorer shows at one moment: the needs of every place and of all together, nothing in it that may not be shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from liuwen.analysis import needs, place_columns, select_multiples
from liuwen.analysis.candidates import is_no_need
from liuwen.analysis.source import source_of
from liuwen.errors import AnswerError
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses

NO_ANSWERS = Sentence(zh="还没有答卷，没有可显示的内容。", en="There are no answers yet.")
NO_PLACE = Sentence(
    zh="这些答卷里没有像地点的列（村、社区、县……），请用 by= 指明按哪一列看。",
    en="No column of these answers looks like a place (village, neighbourhood, district, …); name one with by=.",
)
UNKNOWN_PLACE = Sentence(zh="未填地点", en="no place given")

LANGUAGES: tuple[Language, Language] = ("zh", "en")
UNKNOWN = "?"
"""Stands for a missing place."""
_WEIGHTS = {"nearly all": 2.0, "few": 1e-3, "protected": 1e-4, "small group": 1e-4}


@dataclass(frozen=True)
class Selection:
    """What to look at: a select-multiple, by which column, and which households (column → value; {} is all)."""

    question: str
    by: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class View:
    """Needs × places as they may be shown. `places` and `whole` are tables of `needs`, one row a place and need, and a need.

    Both hold `place` or not, then `need`, `asked`, `wanting`, `share`, `low`, `high`, `rank`, `suppressed`, `reason`.
    """

    selection: Selection
    places: pd.DataFrame
    whole: pd.DataFrame
    titles: Mapping[Language, Mapping[str, str]]
    place_labels: Mapping[Language, Mapping[str, str]]
    need_labels: Mapping[Language, Mapping[str, str]]
    group_labels: Mapping[Language, Mapping[str, str]]
    synthetic: bool
    minimum: int = 5
    confidence: float = 0.95

    @cached_property
    def place_order(self) -> list[str]:
        """The places, in the form's order."""
        return list(dict.fromkeys(self.places["place"]))

    @cached_property
    def need_order(self) -> list[str]:
        """The needs, those most wanted by all households first."""
        return list(self.in_order()["need"])

    def in_order(self, place: str | None = None) -> pd.DataFrame:
        """The needs of one place, or of all households, the most wanted first; *none*, *don't know* and the like come last.

        Withheld figures are ordered by what is published: "nearly all" above every share, "few" and the rest above 0.
        """
        rows = self.whole if place is None else self.places[self.places["place"] == place].drop(columns="place")
        weight = rows["share"].fillna(rows["reason"].map(_WEIGHTS).astype("float64"))
        weight = weight - 10 * rows["need"].isin(self.no_needs)
        return rows.loc[weight.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)

    @cached_property
    def no_needs(self) -> frozenset[str]:
        """What is counted and not ranked: *none*, *don't know* and the like, no answer."""
        labels = self.need_labels
        return frozenset(
            need
            for need in self.whole["need"]
            if not need or is_no_need(need, tuple(labels[language][need] for language in LANGUAGES))
        )

    @cached_property
    def top(self) -> float:
        """The share at the dark end of the scale: the highest shown, up to the next tenth."""
        highest = np.nanmax([0.1, *self.places["share"], *self.whole["share"]])
        nearly_all = bool((self.places["reason"] == "nearly all").any())
        return 1.0 if nearly_all else float(np.ceil(round(highest * 10, 6)) / 10)

    def base(self) -> int | None:
        """The number of selected households asked; None if too small to publish."""
        asked = self.whole["asked"].dropna()
        return int(asked.iloc[0]) if len(asked) else None

    def bases(self) -> dict[str, int | None]:
        """The number of households asked in each place; None if too small to publish, or if it would reveal such a place."""
        first = self.places.drop_duplicates("place").set_index("place")["asked"]
        return {str(place): None if pd.isna(asked) else int(asked) for place, asked in first.items()}

    def matrix(self, column: str) -> pd.DataFrame:
        """A column of the table as needs × places, the needs in order."""
        return self.places.pivot(index="need", columns="place", values=column).loc[self.need_order, self.place_order]


def start(responses: "Responses", question: str | None = None, by: str | None = None) -> Selection:
    """The initial selection: the likeliest needs question by the finest place. Raises `AnswerError` if the form lacks either."""
    require_answers(responses)
    found_places, found_needs = place_columns(responses), select_multiples(responses)
    if by is None and not found_places:
        raise AnswerError(NO_PLACE)
    if question is None and not found_needs:
        needs(responses, by=None)
    return Selection(question or found_needs[0], by or found_places[0])


def require_answers(responses: "Responses") -> None:
    """Raise `AnswerError` where nobody has answered yet."""
    if responses.table.empty:
        raise AnswerError(NO_ANSWERS)


def view(responses: "Responses", selection: Selection, *, minimum: int = 5, confidence: float = 0.95) -> View:
    """The view of a selection."""
    where = dict(selection.where)
    asking = partial(needs, responses, question=selection.question, minimum=minimum, confidence=confidence, where=where)
    places = asking(by=selection.by)
    places = places.rename(columns={selection.by: "place"}).assign(place=lambda table: table["place"].fillna(UNKNOWN))
    whole = asking(by=None)
    return View(
        selection,
        _figures(places, ["place"]),
        _figures(whole, []),
        {language: _titles(responses, selection, language) for language in LANGUAGES},
        {language: _places(responses, selection.by, places, language) for language in LANGUAGES},
        {language: _labels(responses, selection.question, list(whole["need"]), language) for language in LANGUAGES},
        {language: _groups(responses, selection, language) for language in LANGUAGES},
        responses.synthetic,
        minimum,
        confidence,
    )


def _figures(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    columns = ["need", "asked", "wanting", "share", "low", "high", "rank", "suppressed", "reason"]
    return table[[*keys, *columns]].reset_index(drop=True)


def _titles(responses: "Responses", selection: Selection, language: Language) -> dict[str, str]:
    """How the form, the question and the place column are called."""
    source = source_of(responses)
    names = {"form": responses.form.title}
    for role, column in (("question", selection.question), ("by", selection.by)):
        element = source.question(column)
        names[role] = (element.label(language) if element else "") or column
    return names


def _labels(responses: "Responses", column: str, values: list[str], language: Language) -> dict[str, str]:
    return source_of(responses).labels(column, values, language)


def _places(responses: "Responses", column: str, table: pd.DataFrame, language: Language) -> dict[str, str]:
    values = [value for value in table["place"].unique() if value != UNKNOWN]
    labels = _labels(responses, column, values, language)
    shown = Counter(labels[value] for value in values)
    told_apart = {value: f"{label} ({value})" if shown[label] > 1 else label for value, label in labels.items()}
    return told_apart | {UNKNOWN: UNKNOWN_PLACE.in_language(language)}


def _groups(responses: "Responses", selection: Selection, language: Language) -> dict[str, str]:
    """What the filters in force are called, by column."""
    return {column: _labels(responses, column, [value], language).get(value, value) for column, value in selection.where}

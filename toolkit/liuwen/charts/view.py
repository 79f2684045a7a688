"""What an explorer shows at one moment: the answers of every place and of all together, nothing that may not be shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis import needs
from liuwen.analysis.bins import range_labels, round_limits
from liuwen.analysis.candidates import is_no_need
from liuwen.analysis.explorable import NUMBERS, ROUND_NAMES, Kind, explorable
from liuwen.analysis.grouping import require_columns
from liuwen.analysis.intervals import wilson_interval
from liuwen.analysis.needs import counted_answers
from liuwen.analysis.ratings import rating_steps
from liuwen.analysis.shares import NO_QUESTION
from liuwen.analysis.source import DAY, MONTH, NOT_ANSWERED, AnswerSource, source_of
from liuwen.analysis.tabulation import Tabulation, least_shown
from liuwen.errors import AnswerError
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses

NO_ANSWERS = Sentence(zh="还没有答卷，没有可显示的内容。", en="There are no answers yet.")
NO_PLACE = Sentence(
    zh="这些答卷里没有像地点的列（村、社区、县……），请用 by= 指明按哪一列看。",
    en="No column of these answers looks like a place (village, neighbourhood, district, …); name one with by=.",
)
MONTH_OF = Sentence(zh="月份：{date}", en="Month of {date}")
UNKNOWN_PLACE = Sentence(zh="未填地点", en="no place given")

LANGUAGES: tuple[Language, Language] = ("zh", "en")
UNKNOWN = "?"
"""Stands for a missing place."""
_WEIGHTS = {"nearly all": 2.0, "few": 1e-3, "protected": 1e-4, "small group": 1e-4}


@dataclass(frozen=True)
class Selection:
    """What to look at: a question, by which column ("" for all together), and which households (column, value)."""

    question: str
    by: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class View:
    """Answers × places as they may be shown.

    `places` and `whole` are tables of `needs`: one row a place and answer, and one row an answer. Both hold `place` or not, then
    `need`, `asked`, `wanting`, `share`, `low`, `high`, `rank`, `suppressed`, `reason`. A "place" is a month or the answer to
    another question where the selection is by one of those.
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
    kind: Kind = "choices"
    counted: str = "households"
    steps: Mapping[str, float] = field(default_factory=dict)
    """Of a rating: stored value → where it stands, from 0 (worst) to 100 (best)."""
    over_time: bool = False
    """Whether the "places" are months or rounds."""

    @property
    def top(self) -> float:
        """The share at the dark end of the scale: always 100 %, so that a colour means the same of every question."""
        return 1.0

    @cached_property
    def place_order(self) -> list[str]:
        """The places, in the form's order."""
        return list(dict.fromkeys(self.places["place"]))

    @cached_property
    def need_order(self) -> list[str]:
        """The answers: of choices those given most often first, of ratings and numbers in their own order."""
        return list(self.in_order()["need"])

    def in_order(self, places: Sequence[str] | None = None) -> pd.DataFrame:
        """The answers of some places together, or of all households; *none*, *don't know* and the like come last.

        Withheld figures are ordered by what is published: "nearly all" above every share, "few" and the rest above 0.
        """
        rows = self.whole if not places else self.together(places)
        last = rows["need"].isin(self.no_needs)
        if self.kind == "choices":
            weight = rows["share"].fillna(rows["reason"].map(_WEIGHTS).astype("float64"))
        else:
            weight = -pd.Series(range(len(rows)), index=rows.index, dtype="float64") / (len(rows) + 1)
        return rows.loc[(weight - 10 * last).sort_values(ascending=False, kind="stable").index].reset_index(drop=True)

    def together(self, places: Sequence[str]) -> pd.DataFrame:
        """The figures of some places as one; of several, only sums of figures that are all shown."""
        rows = self.places[self.places["place"].isin(places)].drop(columns="place")
        if len(places) == 1:
            return rows.reset_index(drop=True)
        grouped = rows.groupby("need", sort=False)
        sums = grouped[["asked", "wanting"]].sum(min_count=len(places))
        told = sums.notna().all(axis=1)
        counts = sums.fillna(0).astype("int64")
        low, high = wilson_interval(counts["wanting"], counts["asked"], self.confidence)
        return sums.assign(
            share=(sums["wanting"] / sums["asked"].where(sums["asked"] > 0)).astype("float64").where(told),
            low=pd.Series(low, index=sums.index).where(told),
            high=pd.Series(high, index=sums.index).where(told),
            rank=grouped["rank"].min(),
            suppressed=~told,
            reason=pd.Series("protected", index=sums.index, dtype="string").mask(told, ""),
        ).reset_index()

    @cached_property
    def no_needs(self) -> frozenset[str]:
        """What is counted and not ranked: *none*, *don't know* and the like, no answer."""
        labels = self.need_labels
        return frozenset(
            need
            for need in self.whole["need"]
            if not need or is_no_need(need, tuple(labels[language][need] for language in LANGUAGES))
        )

    def base(self) -> int | None:
        """The number of selected households asked; None if too small to publish."""
        asked = self.whole["asked"].dropna()
        return int(asked.iloc[0]) if len(asked) else None

    @cached_property
    def bases(self) -> dict[str, int | None]:
        """The number of households asked in each place; None if too small to publish, or if it would reveal such a place."""
        pairs = zip(self.places["place"].tolist(), self.places["asked"].tolist(), strict=True)
        return {place: None if pd.isna(asked) else int(asked) for place, asked in pairs}

    def asked_in(self, places: Sequence[str] | None) -> int | None:
        """The number asked in some places together, or of all; None if it may not be published."""
        if not places:
            return self.base()
        bases = self.bases
        known = [base for place in places if (base := bases[place]) is not None]
        return sum(known) if len(known) == len(places) else None

    def cells(self, places: Sequence[str]) -> NDArray[np.intp]:
        """Which row of `places` each cell is, as needs × places, the needs in order."""
        keys = zip(self.places["place"].tolist(), self.places["need"].tolist(), strict=True)
        rows = {key: number for number, key in enumerate(keys)}
        return np.array([[rows[place, need] for place in places] for need in self.need_order], dtype=np.intp)

    def matrix(self, column: str) -> pd.DataFrame:
        """A column of the table as needs × places, the needs in order."""
        cells = self.places[column].array.take(self.cells(self.place_order).ravel())
        shape = len(self.need_order), len(self.place_order)
        return pd.DataFrame(np.asarray(cells).reshape(shape), index=self.need_order, columns=self.place_order)


def start(responses: "Responses", question: str | None = None, by: str | None = None) -> Selection:
    """The initial selection: the likeliest question by the finest place. Raises `AnswerError` if there is nothing to show."""
    require_answers(responses)
    exploring = explorable(source_of(responses))
    if by is None and not exploring.places:
        raise AnswerError(NO_PLACE)
    offered = exploring.questions or explorable(exploring.source, minimum=0).questions
    if question is None and not offered:
        needs(responses, by=None)
    chosen = question or next(iter(offered))
    groupings = exploring.groupings(chosen) if chosen in exploring.questions else exploring.places
    return Selection(chosen, by if by is not None else next(iter(groupings), ""))


def require_answers(responses: "Responses") -> None:
    """Raise `AnswerError` where nobody has answered yet."""
    if responses.table.empty:
        raise AnswerError(NO_ANSWERS)


def view(responses: "Responses | AnswerSource", selection: Selection, *, minimum: int = 5, confidence: float = 0.95) -> View:
    """The view of a selection."""
    source = source_of(responses)
    known = source.responses
    assert known is not None
    element = source.question(selection.question)
    minimum = least_shown(element, minimum)
    limits = _limits(source, selection.question) if element is not None and element.type in NUMBERS else ()
    period = MONTH if _is_date(source, selection.by) else DAY
    asking = Tabulation(selection.question, (), dict(selection.where), limits=limits, period=period)
    require_asked(source, asking, selection.by)
    figures = partial(counted_answers, source, minimum=minimum, confidence=confidence, language=None)
    whole, counted = figures(asking)
    places = whole.iloc[:0].assign(place="")
    if selection.by:
        places = figures(replace(asking, by=(selection.by,)))[0].rename(columns={selection.by: "place"})
        places = places.assign(place=places["place"].fillna(UNKNOWN).astype("string"))
    steps = rating_steps(source.form, element) if element is not None and element.type == "select_one" else {}
    kind: Kind = "number" if limits else "rating" if steps else "choices"
    answers = list(whole["need"])
    return View(
        selection,
        _figures(places, ["place"]),
        _figures(whole, []),
        {language: _titles(known, selection, language) for language in LANGUAGES},
        {language: _places(source, selection.by, places, language) for language in LANGUAGES},
        {language: _answer_labels(source, selection.question, answers, limits, language) for language in LANGUAGES},
        {language: _groups(source, selection, language) for language in LANGUAGES},
        known.synthetic,
        minimum,
        confidence,
        kind,
        counted,
        steps,
        period == MONTH or selection.by.lower() in ROUND_NAMES,
    )


def require_asked(source: AnswerSource, asking: Tabulation, by: str) -> None:
    """Raise `AnswerError` where the question, or a column to look at it by, is unknown."""
    if source.question(asking.question) is None:
        raise AnswerError(NO_QUESTION.filled(name=asking.question))
    require_columns(source, [column for column in (by, *asking.filters) if column])


def _limits(source: AnswerSource, question: str) -> tuple[float, ...]:
    """The limits of a number's ranges, from all its answers whatever is looked at; of a release, those of the first."""
    assert source.responses is not None
    published, key = source.responses.published, ("limits", question)
    if key not in source.kept:
        answers = published.earlier[0] if published is not None and published.earlier else source.responses
        column = answers.column(question)
        source.kept[key] = round_limits(answers[column.table][column.heads[0]]) or (1.0,)
    limits: tuple[float, ...] = source.kept[key]
    return limits


def _is_date(source: AnswerSource, column: str) -> bool:
    return bool(column) and source.is_date(column)


def _answer_labels(
    source: AnswerSource, question: str, values: list[str], limits: tuple[float, ...], language: Language
) -> dict[str, str]:
    if not limits:
        return _labels(source, question, values, language)
    element = source.question(question)
    ranges = range_labels(limits, whole=element is not None and element.type != "decimal")
    return {value: ranges.get(value, NOT_ANSWERED).in_language(language) for value in values}


def _figures(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    columns = ["need", "asked", "wanting", "share", "low", "high", "rank", "suppressed", "reason"]
    return table[[*keys, *columns]]


def _titles(responses: "Responses", selection: Selection, language: Language) -> dict[str, str]:
    """How the form, the question and the place column are called."""
    source = source_of(responses)
    return {
        "form": responses.form.title,
        "question": column_title(source, selection.question, language),
        "by": grouping_title(source, selection.by, language),
    }


def grouping_title(source: AnswerSource, column: str, language: Language) -> str:
    """What a column to look at a question by is called; a date counts by its months."""
    title = column_title(source, column, language)
    return MONTH_OF.filled(date=title).in_language(language) if _is_date(source, column) else title


def column_title(source: AnswerSource, column: str, language: Language) -> str:
    """What a question is called on one line, else its column."""
    element = source.question(column)
    return " ".join(((element.label(language) if element else "") or column).split())


def _labels(source: AnswerSource, column: str, values: list[str], language: Language) -> dict[str, str]:
    return source.labels(column, values, language)


def _places(source: AnswerSource, column: str, table: pd.DataFrame, language: Language) -> dict[str, str]:
    values = [value for value in table["place"].unique() if value != UNKNOWN]
    labels = _labels(source, column, values, language)
    shown = Counter(labels[value] for value in values)
    told_apart = {value: f"{label} ({value})" if shown[label] > 1 else label for value, label in labels.items()}
    return told_apart | {UNKNOWN: UNKNOWN_PLACE.in_language(language)}


def _groups(source: AnswerSource, selection: Selection, language: Language) -> dict[str, str]:
    """What the filters in force are called, by column."""
    return {column: _labels(source, column, [value], language).get(value, value) for column, value in selection.where}

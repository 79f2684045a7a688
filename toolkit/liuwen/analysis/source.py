"""Where answers come from: `Responses`, or any frame narwhals knows together with its form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.choice_counts import ChoiceCounts, choice_counts
from liuwen.analysis.tally import UNANSWERED, combinations
from liuwen.errors import AnswerError
from liuwen.form.choices import offered
from liuwen.form.elements import Element
from liuwen.form.places import fineness, likely_places
from liuwen.messages import Language, Sentence, language_in_force
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NO_FORM = Sentence(
    zh="只给了一张表，没有给问卷；请用 form= 一并给出它所答的问卷。",
    en="A frame does not say what was asked; pass the form as form=.",
)
NO_FRAME = Sentence(
    zh="{given} 不是答卷，也不是能读的表；请给 lw.read_responses 读出的答卷，或 pandas、DuckDB、PySpark 的表。",
    en="{given} is neither responses nor a frame; give what lw.read_responses returns, or a frame of pandas, DuckDB or PySpark.",
)
NOT_ANSWERED = Sentence(zh="（没有作答）", en="(no answer)")
_BITS = 62
DAY, MONTH = len("2026-03-01"), len("2026-03")


def column_names(columns: str | Sequence[str] | None) -> tuple[str, ...]:
    """One column, several or none, as a tuple."""
    return () if columns is None else (columns,) if isinstance(columns, str) else tuple(columns)


def own_language(language: str | None) -> Language:
    """Which of its own two languages the package speaks beside a form's `language`, which may be called 中文 or zh-Hans.

    >>> own_language("中文"), own_language("zh-Hans"), own_language("English")
    ('zh', 'zh', 'en')
    """
    return "zh" if (language or language_in_force()).startswith(("zh", "中")) else "en"


@dataclass(frozen=True)
class AnswerSource:
    """Answers in a frame of any kind, and the form that says what they mean."""

    frame: Any
    form: "Form"
    responses: "Responses | None" = None

    @cached_property
    def schema(self) -> Mapping[str, nw.dtypes.DType]:
        """The frame's columns and their types."""
        return dict(nw.from_native(self.frame).collect_schema())

    @cached_property
    def _dates(self) -> frozenset[str]:
        """The columns of the submissions that hold dates."""
        return frozenset(name for name, dtype in self.frame.dtypes.items() if dtype.kind == "M")

    @cached_property
    def columns(self) -> list[str]:
        """The names of the frame's columns."""
        return list(self.schema if self.responses is None else self.frame.columns)

    @cached_property
    def bases(self) -> NDArray[np.bool_]:
        """Who counts as asked each question of the submissions: submissions × different bases, the most shared base first."""
        if self.responses is None:
            return np.zeros((0, 0), dtype=bool)
        shared: dict[bytes, int] = {}
        for column in self.responses.plan.tables[MAIN].columns:
            flags = counted(self.responses, column.path).tobytes()
            shared[flags] = shared.get(flags, 0) + 1
        return np.stack([np.frombuffer(flags, dtype=bool) for flags in sorted(shared, key=lambda each: -shared[each])], axis=1)

    @cached_property
    def base_patterns(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Which of the different patterns of bases each submission has, and the patterns × bases."""
        number = np.zeros(len(self.bases), dtype=np.int64)
        for part in range(0, self.bases.shape[1], _BITS):
            word = np.zeros(len(number), dtype=np.int64)
            for bit, flags in enumerate(self.bases[:, part : part + _BITS].T):
                word |= flags.astype(np.int64) << bit
            codes, distinct = pd.factorize(word)
            number = pd.factorize(number * max(len(distinct), 1) + codes)[0].astype(np.int64)
        first = np.unique(number, return_index=True)[1]
        return number, self.bases[first]

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What was computed of these answers before, by what it was computed from."""
        return {}

    @cached_property
    def places(self) -> list[str]:
        """The columns that tell where a household lives, the finest place first.

        Names tell a village from a town. Of places that are called alike, such as a village and its hamlets, the answers tell.
        """
        found = likely_places(self.form, self.columns)
        levels = {column: fineness(self.form, self.form[column]) for column in found}
        for last in range(1, len(found)):
            for at in range(last, 0, -1):
                finer, coarser = found[at - 1 : at + 1]
                if levels[finer] != levels[coarser] or not self._is_finer(coarser, finer):
                    break
                found[at - 1 : at + 1] = coarser, finer
        return found

    def _is_finer(self, place: str, other: str) -> bool:
        """Whether one place lies in one of the others more often than the other way round."""
        columns = [nw.col(column).cast(nw.String) for column in (place, other)]
        pairs = nw.from_native(self.frame).select(*columns).drop_nulls().unique().lazy().collect("pyarrow").to_pandas()
        within, around = (float((pairs[column].value_counts() == 1).mean()) for column in (place, other))
        return within > around

    def question(self, column: str) -> Element | None:
        """What the form asks in a column, or None for one it does not know."""
        return self.form[column] if column in self.form else None  # noqa: SIM401  # a form has no get

    def is_date(self, column: str) -> bool:
        """Whether a column holds dates."""
        if self.responses is not None:
            return column in self._dates
        return isinstance(self.schema.get(column), nw.Date | nw.Datetime)

    def answers(
        self, question: str, by: Sequence[str], where: Mapping[str, str], beside: Sequence[str] = (), period: int = DAY
    ) -> pd.DataFrame:
        """The distinct answers in each group, see `combinations`; the `where` columns cut down to what is filtered on."""
        keys = list(dict.fromkeys([*by, *where, *beside]))
        periods = self._periods(keys, by, where, period)
        return self.cut_down(combinations(self.frame, question, keys, periods=periods), by, where)

    def choice_counts(
        self, question: str, by: Sequence[str], where: Mapping[str, str], beside: Sequence[str] = (), period: int = DAY
    ) -> ChoiceCounts | None:
        """The same counts without the distinct answers, of a select-multiple; None if these are needed."""
        element = self.question(question)
        if element is None or element.type != "select_multiple":
            return None
        keys = list(dict.fromkeys([*by, *where, *beside]))
        found = choice_counts(self.frame, question, keys, self.listed(question), self._periods(keys, by, where, period))
        return found if found is None else replace(found, rows=self.cut_down(found.rows, by, where))

    def _periods(self, keys: Sequence[str], by: Sequence[str], where: Mapping[str, str], period: int) -> dict[str, int]:
        """To how many characters dates are cut."""
        dates = [column for column in keys if self.is_date(column)]
        return {column: period if column in by or column not in where else len(where[column]) for column in dates}

    def cut_down(self, answers: pd.DataFrame, by: Sequence[str], where: Mapping[str, str]) -> pd.DataFrame:
        """The answers with the filters' select-multiples cut down to whether they have what is filtered on."""
        for column, value in where.items():
            if column not in by and (element := self.question(column)) and element.type == "select_multiple":
                answers[column] = [value if value in str(answer).split() else None for answer in answers[column]]
        return answers

    def labels(self, column: str, values: Iterable[str], language: str | None = None) -> dict[str, str]:
        """Stored value → what is offered in `language`, in the form's order; `values` the form does not list come last."""
        known = self._listed(column, language or language_in_force())
        return known | {value: self._unlisted(value, language) for value in sorted(set(values) - set(known), key=_blank_last)}

    def listed(self, column: str) -> tuple[str, ...]:
        """The values that the form itself lists for a column; () where it lists none."""
        return tuple(self._listed(column, ""))

    def _listed(self, column: str, language: str) -> dict[str, str]:
        element = self.question(column)
        choices = offered(self.form, element) if element is not None and element.is_select else None
        return choices.labels(language) if choices is not None else {}

    def _unlisted(self, value: str, language: str | None) -> str:
        return value or NOT_ANSWERED.in_language(own_language(language))


def counted(responses: "Responses", question: str) -> NDArray[np.bool_]:
    """Who counts as asked: who was, and where the source cannot tell who answered."""
    asked = responses.asked(question).fillna(False).to_numpy(dtype=bool)
    return np.asarray(asked | responses.answered(question).to_numpy(dtype=bool))


def _blank_last(value: str) -> tuple[bool, str]:
    return value == UNANSWERED, value


def source_of(responses: Any, form: "Form | None" = None) -> AnswerSource:
    """The source of `Responses`, the same each time; a source as it is; or that of a frame with its form.

    Raises `AnswerError` for a frame without one.
    """
    if isinstance(responses, AnswerSource):
        return responses
    if form is not None and not hasattr(responses, "derived"):
        if nw.from_native(responses, pass_through=True) is responses:
            raise AnswerError(NO_FRAME.filled(given=type(responses).__name__))
        return AnswerSource(responses, form)
    if not hasattr(responses, "form"):
        raise AnswerError(NO_FORM)
    if "analysis" not in responses.derived:
        responses.derived["analysis"] = AnswerSource(responses.table, responses.form, responses)
    kept: AnswerSource = responses.derived["analysis"]
    return kept

"""Where answers come from: `Responses`, or any frame narwhals knows together with its form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from liuwen.analysis.tally import UNANSWERED, combinations
from liuwen.errors import AnswerError
from liuwen.form.choices import offered
from liuwen.form.elements import Element
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NO_FORM = Sentence(
    zh="只给了一张表，没有给问卷；请用 form= 一并给出它所答的问卷。",
    en="A frame does not say what was asked; pass the form as form=.",
)
NOT_ANSWERED = Sentence(zh="（没有作答）", en="(no answer)")
_ASKED = "liuwen_asked"
_DAY = len("2026-03-01")


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

    @property
    def columns(self) -> list[str]:
        """The names of the frame's columns."""
        return list(self.schema if self.responses is None else self.frame.columns)

    def question(self, column: str) -> Element | None:
        """What the form asks in a column, or None for one it does not know."""
        return self.form[column] if column in self.form else None  # noqa: SIM401  # a form has no get

    def answers(self, question: str, by: Sequence[str], where: Mapping[str, str], beside: Sequence[str] = ()) -> pd.DataFrame:
        """The distinct answers in each group, see `combinations`; the `where` columns cut down to what is filtered on."""
        keys = list(dict.fromkeys([*by, *where, *beside]))
        schema = self.schema if self.responses is None else nw.from_native(self.frame[keys]).schema
        dates = [column for column in keys if isinstance(schema[column], nw.Date | nw.Datetime)]
        periods = {column: _DAY if column in by or column not in where else len(where[column]) for column in dates}
        frame, asked = self._with_asked(question, keys)
        return self.cut_down(combinations(frame, question, keys, asked=asked, periods=periods), by, where)

    def cut_down(self, answers: pd.DataFrame, by: Sequence[str], where: Mapping[str, str]) -> pd.DataFrame:
        """The answers with the filters' select-multiples cut down to whether they have what is filtered on."""
        for column, value in where.items():
            if column not in by and (element := self.question(column)) and element.type == "select_multiple":
                answers[column] = [value if value in str(answer).split() else None for answer in answers[column]]
        return answers

    def _with_asked(self, question: str, keys: list[str]) -> tuple[Any, str | None]:
        if self.responses is None:
            return self.frame, None
        columns = self.frame[list(dict.fromkeys([*keys, question]))]
        asked = self.responses.asked(question).fillna(False) | self.responses.answered(question)
        kept = asked if len(asked) == len(columns) else asked.loc[columns.index]
        return columns.assign(**{_ASKED: kept.to_numpy(dtype=bool)}), _ASKED

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
        return value or NOT_ANSWERED.in_language("zh" if (language or language_in_force()).startswith(("zh", "中")) else "en")


def _blank_last(value: str) -> tuple[bool, str]:
    return value == UNANSWERED, value


def source_of(responses: Any, form: "Form | None" = None) -> AnswerSource:
    """Take `Responses` as they are, or a frame with its form; raises `AnswerError` for a frame without one."""
    if form is not None:
        return AnswerSource(responses, form)
    if not hasattr(responses, "form"):
        raise AnswerError(NO_FORM)
    return AnswerSource(responses.table, responses.form, responses)

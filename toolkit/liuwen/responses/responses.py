"""What people answered: typed tables that know the form they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN, SELECT_KINDS, Column, TablePlan

if TYPE_CHECKING:
    from liuwen.form.elements import ChoiceList

_NO_TABLE = Sentence(zh="没有名为“{name}”的表；有：{names}。", en="There is no table called “{name}”; there are: {names}.")
_NO_CHOICES = Sentence(zh="问题“{name}”不是选择题。", en="The question “{name}” is not a select.")


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers to a form, as pandas tables; made by `read_responses`.

    `table` has a row a submission, `responses["member"]` a row an instance of the repeat `member`. A section marked as
    unlinked is a table of its own, with no key to whoever answered it.
    """

    form: Form
    plan: TablePlan = field(repr=False)
    """Which question each column of each table answers."""
    _tables: Mapping[str, pd.DataFrame] = field(repr=False)
    _asked: Mapping[str, pd.DataFrame] = field(repr=False)
    rejected: pd.DataFrame = field(repr=False)
    """What could not be taken in: `source` (its file), `reason` (a sentence)."""
    unknown: pd.DataFrame = field(repr=False)
    """What the form does not know, a row a value: `table`, `key`, `field` (its path), `value`, and `reason`: "field" (no such
    question), "choice" (not in the list; it stands in the table too), "type" (no number, date or position; the table has
    it missing), "split" (another column of the same question says otherwise, as those of a split select may; the first
    counts) or "system" (what an exporter adds). `key` is missing in unlinked sections."""
    entities: pd.DataFrame = field(repr=False)
    """The entities that the submissions create or update, a row each."""
    notes: tuple[Sentence, ...] = field(default=(), repr=False)
    """What a reader should know of the loading, a sentence each."""
    synthetic: bool = False
    """Whether any of it was made up by `simulate`."""

    # -- tables ---------------------------------------------------------------------------------------------------

    @property
    def table(self) -> pd.DataFrame:
        """A row a submission, by `instance_id`: `submitted_at`, `form_version`, `sent_by`, then a column a question, in order."""
        return self[MAIN]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name, the submissions first."""
        return {name: self[name] for name in self._tables}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of a repeat or unlinked section; a repeat's rows have `key`, `parent_key` and `instance_id`."""
        if name not in self._tables:
            raise AnswerError(_NO_TABLE.filled(name=name, names=", ".join(self._tables)))
        return self._tables[name].copy(deep=False)

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __len__(self) -> int:
        return len(self._tables[MAIN])

    # -- questions ------------------------------------------------------------------------------------------------

    def column(self, question: str | Element) -> Column:
        """Which table and column answer a question, by name, path or element; raises `AnswerError` where none does."""
        return self.plan.column(question)

    def choices(self, question: str | Element) -> "ChoiceList | None":
        """The list a select draws from, external files included; None where the form does not hold it."""
        return self.plan.choices(self.column(question))

    def asked(self, question: str | Element) -> "pd.Series[bool]":
        """Whether each row of the question's table was asked it: a boolean series, missing where the source cannot tell.

        In submission XML a blank node was asked and not answered, a missing one was not asked.
        """
        column = self.column(question)
        return self._asked[column.table][column.name].copy()

    def answered(self, question: str | Element) -> "pd.Series[bool]":
        """Whether each row of the question's table has an answer to it (one that is of its type)."""
        column = self.column(question)
        return self._tables[column.table][column.heads[0]].notna().rename(column.name)

    def base(self, question: str | Element) -> int:
        """How many were asked; where the source cannot tell, those who answered count alone."""
        return int(self.asked(question).sum())

    def selected(self, question: str | Element) -> pd.DataFrame:
        """A boolean column a choice of a select or rank: was it chosen; missing where the question was not asked.

        Columns are the stored names in the list's order, then values that are not on the list. Who was asked and chose
        nothing has False throughout.
        """
        column = self.column(question)
        if column.kind not in SELECT_KINDS:
            raise AnswerError(_NO_CHOICES.filled(name=column.name))
        answers = self._tables[column.table][column.name].astype("string")
        listed = self.choices(question)
        return _selected(answers, self.asked(question), listed.names if listed else ())

    # -- out ------------------------------------------------------------------------------------------------------

    def labelled(self, language: str = "", table: str = MAIN, *, headings: bool = False) -> pd.DataFrame:
        """A table with labels for stored values, in `language` or else the form's first; selected ones joined by "; ".

        With `headings=True` the columns are called by their labels too.
        """
        from liuwen.responses.labels import labelled

        return labelled(self, language, table, headings=headings)

    def codebook(self, language: str = "", *, minimum: int = 5) -> pd.DataFrame:
        """A row a column of every table: what it asks, its type, choices and relevance, how many were asked and answered.

        Labels are in `language`, or in every language of the form (a column each) where it is left out. Counts that point at
        fewer than `minimum` households, alone or by subtraction, are missing; `minimum=1` gives them all.
        """
        from liuwen.responses.codebook import codebook

        return codebook(self, language, minimum=minimum)

    def to_parquet(self, folder: str | PathLike[str]) -> Path:
        """Write each table to `folder` as `<table>.parquet`; gives the folder back.

        `asked/<table>.parquet` holds who was asked what (a boolean column a question), `codebook.parquet` what each means.
        """
        from liuwen.responses.exports.parquet import write_parquet

        return write_parquet(self, Path(folder))

    def __repr__(self) -> str:
        from liuwen.responses.display import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from liuwen.responses.display import summary_html

        return summary_html(self)


def _selected(answers: "pd.Series[Any]", asked: "pd.Series[bool]", listed: tuple[str, ...]) -> pd.DataFrame:
    codes, texts = pd.factorize(answers)
    chosen = [frozenset(str(text).split()) for text in texts]
    further = (name for text in texts for name in str(text).split())
    names = tuple(dict.fromkeys((*listed, *further)))
    unasked = ~(asked.fillna(False).to_numpy(dtype=bool) | answers.notna().to_numpy(dtype=bool))
    columns = {}
    for name in names:
        has = pd.array([name in choice for choice in chosen] + [False], dtype="boolean")[codes]
        has[unasked] = pd.NA
        columns[name] = has
    return pd.DataFrame(columns, index=answers.index)

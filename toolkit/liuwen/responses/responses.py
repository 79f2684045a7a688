"""What people answered: typed tables that know the form they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN, SELECT_KINDS, Column, TablePlan

if TYPE_CHECKING:
    from liuwen.form.elements import ChoiceList
    from liuwen.responses.record_keeper import RecordKeeper
    from liuwen.responses.releases import Published
    from liuwen.responses.section_counts import SectionCounts
    from liuwen.responses.source import Opener

_NO_TABLE = Sentence(
    zh="没有名为“{name}”的表；有：{names}。",
    en="There is no table named “{name}”; there are: {names}.",
)
_NO_CHOICES = Sentence(zh="问题“{name}”不是选择题。", en="The question “{name}” is not a select question.")


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers to a form, as pandas tables; `read_responses` makes it.

    `table` has one row per submission, `responses["member"]` one row per instance of the repeat `member`. An unlinked
    section is a table of its own, without a key to the submission.

    Attributes:
        form: The form.
        plan: The tables and columns.
        rejected: One row per submission that could not be loaded, with `source` and `reason`.
        unknown: One row per value that does not belong to the form or its choice list.
        entities: One row per entity that a submission creates or updates.
        notes: Remarks on how the answers were read.
        synthetic: Whether the answers are made up.
        submissions: What the source knows of each submission.
        audit: The logs of the interviews, one row per event.
        edits: What edits of submissions changed, one row per answer.
        files: What opens the attachments of each submission.
        counts: What became of the submissions given.
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
    it missing), "timezone" (a time without an offset where others of its column have one), "split" (another column of the
    same question says otherwise; those of a split select count) or "system" (what an exporter adds). `key` is missing in
    unlinked sections."""
    entities: pd.DataFrame = field(repr=False)
    """The entities that the submissions create or update, a row each."""
    notes: tuple[Sentence, ...] = field(default=(), repr=False)
    """What a reader should know of the loading, a sentence each."""
    synthetic: bool = False
    """Whether any of it was made up by `simulate`."""
    submissions: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    """What the source knows of the submissions, a row each (index `instance_id`): `submitted_at`, `form_version`, `sent_by`, then
    `review_state`, `validation_status`, `edits`, `device`, attachments and the like, missing where the source does not say."""
    audit: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    """The logs of the interviews, where they came with the submissions: a row an event, with `instance_id`, `event`, `node` (the
    path of the question), `start`, `end`, `seconds`, the position, and what was changed (`old_value`, `new_value`)."""
    edits: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    """What edits changed, where the submission before the edit was read too: a row an answer, with `instance_id` (of the newest),
    `table`, `key`, `field` (the path of the question), `before` and `after` (as stored; missing for no answer), `edited_at` and
    `edited_by` (who sent the edit). Rows of repeats are compared place by place. Unlinked sections are left out."""
    files: "Mapping[str, Opener]" = field(default_factory=dict, repr=False)
    """What opens the attachments of a submission, by its instance ID; see `attachment`."""
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    """What became of the submissions given: `given` = `read` + `rejected` + `again` (came more than once with the same content,
    counted once) + `replaced` (by their edits)."""
    _sections: "Mapping[str, SectionCounts]" = field(default_factory=dict, repr=False)
    """Of each question with choices in an unlinked section, how often each answer was given in each place, which its figures by
    place are made of. Answers that were selected, released or read from a written folder have none."""
    published: "Published | None" = field(default=None, repr=False)
    """The release that these answers are of; None for answers as they came."""
    keeper: "RecordKeeper | None" = field(default=None, repr=False)
    """What remembers their releases; None for answers that come from no store."""

    @cached_property
    def derived(self) -> dict[str, Any]:
        """What other rooms computed of these answers, by the name of the room; answers do not change, so it stays true."""
        return {}

    # -- tables ---------------------------------------------------------------------------------------------------

    @property
    def table(self) -> pd.DataFrame:
        """One row per submission: index `instance_id`; `submitted_at`, `form_version`, `sent_by`, then one column per
        question, in the order of the form.
        """
        return self[MAIN]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name; the submissions come first."""
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
        """Find the column of a question.

        Args:
            question: The question, or its column name, name or path.

        Returns:
            The column, with its table.

        Raises:
            AnswerError: If the form has no such question.
        """
        return self.plan.column(question)

    def choices(self, question: str | Element) -> "ChoiceList | None":
        """Find the choice list of a question.

        Args:
            question: A select question, or its name or path.

        Returns:
            The list, also from an external file; None if the form does not contain it.
        """
        return self.plan.choices(self.column(question))

    def asked(self, question: str | Element) -> "pd.Series[bool]":
        """Tell who was asked a question.

        In submission XML, an empty node means asked and not answered; a missing node means not asked.

        Args:
            question: The question, or its name or path.

        Returns:
            One boolean per row of the question's table; missing if the source cannot tell.
        """
        column = self.column(question)
        return self._asked[column.table][column.name].copy()

    def answered(self, question: str | Element) -> "pd.Series[bool]":
        """Tell who answered a question.

        Args:
            question: The question, or its name or path.

        Returns:
            One boolean per row of the question's table; an answer of the wrong type does not count.
        """
        column = self.column(question)
        return self._tables[column.table][column.heads[0]].notna().rename(column.name)

    def base(self, question: str | Element) -> int:
        """Count who was asked a question.

        Args:
            question: The question, or its name or path.

        Returns:
            The number of rows; if the source cannot tell who was asked, only those who answered count.
        """
        return int(self.asked(question).sum())

    def selected(self, question: str | Element) -> pd.DataFrame:
        """Tell which choices were selected.

        Args:
            question: A select or rank question, or its name or path.

        Returns:
            One boolean column per choice, in the order of the list, then values that are not in the list. A row is
            missing throughout if the question was not asked, and False throughout if nothing was selected.

        Raises:
            AnswerError: If the question is not a select question.
        """
        column = self.column(question)
        if column.kind not in SELECT_KINDS:
            raise AnswerError(_NO_CHOICES.filled(name=column.name))
        answers = self._tables[column.table][column.name].astype("string")
        listed = self.choices(question)
        return _selected(answers, self.asked(question), listed.names if listed else ())

    def attachment(self, question: str | Element, key: str) -> IO[bytes]:
        """Open the file that answers a question: a photo, a recording, any file.

        Nothing of it is read before. Those of unlinked sections and anonymous forms cannot be opened, nor can what records the
        whole of an interview (`audit`, `background-audio`) if it has unlinked sections.

        Args:
            question: The question, or its name or path.
            key: The row: the index of the question's table.

        Returns:
            The file, opened to read bytes; close it after use.

        Raises:
            AnswerError: If the question is not answered by a file that may be opened, there is no such row or no answer in it, or
                the source does not hold the file.

        Example:
            >>> from liuwen.form.builder import build_form, image
            >>> form = build_form("a", version="1", en="A", languages=("en",), items=[image("roof", en="Roof?")])
            >>> from liuwen.responses import read_responses
            >>> told = read_responses({"a.xml": b'<data id="a"><roof>r.jpg</roof></data>', "r.jpg": b"..."}, form)
            >>> with told.attachment("roof", told.table.index[0]) as file:
            ...     file.read()
            b'...'
        """
        from liuwen.responses.attachments import open_attachment

        return open_attachment(self, question, key)

    @property
    def versions(self) -> pd.DataFrame:
        """One row per version of the form that was answered: `submissions`, `first` and `last` (when they were received), and
        `asked` (how many questions of the form at least one of them was asked).
        """
        from liuwen.responses.answered_versions import answered_versions

        return answered_versions(self)

    def where(self, **conditions: Any) -> "Responses":
        """Keep only some submissions.

        Args:
            **conditions: A column of `.table` or `.submissions` and its value, a list of values, or a function of the column;
                `since` and `until` are days or times of `submitted_at`.

        Returns:
            The responses of those submissions, with the rows of their repeats. Unlinked sections have no key, so they are empty.

        Raises:
            AnswerError: If there is no such column.

        Example:
            >>> from liuwen.form.builder import build_form, text
            >>> form = build_form("visit", version="1", en="Visit", languages=("en",), items=[text("village", en="Village")])
            >>> from liuwen.responses import read_responses
            >>> told = read_responses([b'<data id="visit"><village>East</village></data>'], form)
            >>> len(told.where(village="East")), len(told.where(village=["West", "South"]))
            (1, 0)
        """
        from liuwen.responses.selecting import selected_responses

        return selected_responses(self, conditions)

    # -- out ------------------------------------------------------------------------------------------------------

    def release(self, name: str, *, folder: str | PathLike[str] | None = None, minimum: int = 5) -> "Responses":
        """Fix what is published under a name, so that the next release gives nobody away by its difference.

        A release counts the answers of the one before it; new ones join where at least `minimum` are new or changed in their
        place, and wait otherwise. Tables, explorers, pages and reports of what is returned withhold what an earlier release
        would complete; figures of the cell-key method are changed with the secret of the releases. What was released is
        remembered, with keyed fingerprints in place of answers, and never overwritten.

        Args:
            name: The name, such as "2026-07".
            folder: Where releases are remembered; by default the store that the answers come from.
            minimum: The smallest number of households that may move a figure.

        Returns:
            The answers that the release counts. The same name and answers give the same again.

        Raises:
            AnswerError: If the name was released of other answers, or nothing remembers releases.

        Example:
            >>> import tempfile
            >>> from liuwen import questionnaires, simulate
            >>> answers = simulate(questionnaires.reverse_survey(), 8, seed=1)
            >>> len(answers.release("2026-07", folder=tempfile.mkdtemp()))
            8
        """
        from liuwen.responses.releases import NO_KEEPER, ReleaseFolder, released

        keeper = ReleaseFolder(Path(folder)) if folder is not None else self.keeper
        if keeper is None:
            raise AnswerError(NO_KEEPER)
        return released(self, name, keeper, minimum)

    def labelled(self, language: str = "", table: str = MAIN, *, headings: bool = False) -> pd.DataFrame:
        """A table with labels instead of stored values.

        Args:
            language: The language of the labels; by default the form's first one.
            table: The name of the table.
            headings: Whether the columns are named by their labels too.

        Returns:
            The table; several selected choices are joined by "; ".
        """
        from liuwen.responses.labels import labelled

        return labelled(self, language, table, headings=headings)

    def codebook(self, language: str = "", *, minimum: int = 5) -> pd.DataFrame:
        """Describe every column of every table.

        Args:
            language: The language of the labels; by default all languages of the form, one column each.
            minimum: The smallest number of households that a count may point at, alone or by subtraction; smaller counts
                are missing, and 1 shows everything.

        Returns:
            One row per column: what it asks, its type, its choices and relevance, how many were asked and answered, and
            what a missing value means.
        """
        from liuwen.responses.codebook import codebook

        return codebook(self, language, minimum=minimum)

    def to_parquet(self, folder: str | PathLike[str], *, raw: bool = False) -> Path:
        """Write all tables as Parquet: `<table>.parquet` (labels in its schema), `asked/<table>.parquet` (who was asked what, one
        boolean column per question), `codebook.parquet`, the form, and what is known of the loading. `read_responses(folder)`
        gives the same responses back.

        Args:
            folder: The folder to write to.
            raw: Whether unlinked sections are written too, row by row.

        Returns:
            The folder.
        """
        from liuwen.responses.exports.parquet import write_parquet

        return write_parquet(self, Path(folder), raw=raw)

    def to_excel(
        self, path: str | PathLike[str], language: str | None = None, *, timezone: str = "UTC", raw: bool = False
    ) -> Path:
        """Write a workbook: one sheet per table, the codebook, and a sheet that says what the file is.

        Texts are never taken for formulas. Times are in the time zone that their heading names.

        Args:
            path: The file, ending in .xlsx.
            language: The language of labels for headings and values; None writes names and stored values.
            timezone: The time zone of times.
            raw: Whether unlinked sections are written too, row by row.

        Returns:
            The file.

        Raises:
            AnswerError: If the name ends otherwise.
        """
        from liuwen.responses.exports.shown import only_ending
        from liuwen.responses.exports.workbook import write_workbook

        return write_workbook(self, only_ending(Path(path), ".xlsx"), language, timezone, raw=raw)

    def to_csv(self, path: str | PathLike[str], *, excel: bool = False, raw: bool = False) -> Path:
        """Write CSV with stored values: a zip as ODK Central lays it out, or one file per table beside each other.

        Args:
            path: The file, ending in .zip or .csv.
            excel: Whether the files begin with a byte-order mark and no text can be taken for a formula.
            raw: Whether unlinked sections are written too, row by row.

        Returns:
            The file; of .csv the one of the submissions, repeats stand in "<name>_<table>.csv".

        Raises:
            AnswerError: If the name ends otherwise.
        """
        from liuwen.responses.exports.central_csv import write_csv
        from liuwen.responses.exports.shown import only_ending

        return write_csv(self, only_ending(Path(path), ".zip", ".csv"), excel=excel, raw=raw)

    def to_stata(self, path: str | PathLike[str], language: str = "", *, raw: bool = False) -> Path:
        """Write Stata files: variable and value labels, one dummy per choice of a select multiple, and why a value is missing.

        `.a` means that the respondent does not know, `.b` would rather not say, `.c` was not asked. Times are UTC.

        Args:
            path: The file of the submissions, ending in .dta; repeats are written next to it as "<name>_<table>.dta".
            language: The language of the labels; by default the form's first one.
            raw: Whether unlinked sections are written too, row by row.

        Returns:
            The file of the submissions.

        Raises:
            AnswerError: If the name ends otherwise.
        """
        from liuwen.responses.exports.shown import only_ending
        from liuwen.responses.exports.statistics import write_statistics

        return write_statistics(self, only_ending(Path(path), ".dta"), language, raw=raw)

    def to_spss(self, path: str | PathLike[str], language: str = "", *, raw: bool = False) -> Path:
        """Write SPSS files, like those of Stata: -9999997 means does not know, -9999998 would rather not say, -9999999 not asked.

        Args:
            path: The file of the submissions, ending in .sav; repeats are written next to it as "<name>_<table>.sav".
            language: The language of the labels; by default the form's first one.
            raw: Whether unlinked sections are written too, row by row.

        Returns:
            The file of the submissions.

        Raises:
            AnswerError: If the name ends otherwise.
        """
        from liuwen.responses.exports.shown import only_ending
        from liuwen.responses.exports.statistics import write_statistics

        return write_statistics(self, only_ending(Path(path), ".sav"), language, raw=raw)

    def to_geojson(self, path: str | PathLike[str], question: str | None = None, *, raw: bool = False) -> Path:
        """Write GeoJSON: one feature per row that has a position, with its other answers.

        Args:
            path: The file, ending in .geojson or .json.
            question: The question with the position or shape; by default the form's first one.
            raw: Whether positions and shapes are exact, and may be those of an unlinked section; otherwise each feature is a
                point rounded to 0.01 degrees (about a kilometre).

        Returns:
            The file.

        Raises:
            AnswerError: If the form has no such question, it stands in an unlinked section, or the name ends otherwise.
        """
        from liuwen.responses.exports.geojson import write_geojson
        from liuwen.responses.exports.shown import only_ending

        return write_geojson(self, only_ending(Path(path), ".geojson", ".json"), question, raw=raw)

    def to_geopackage(self, path: str | PathLike[str], question: str | None = None, *, raw: bool = False) -> Path:
        """Write a GeoPackage, which QGIS and ArcGIS open: the features of `to_geojson` as the layer `answers`, in WGS 84.

        Needs pyogrio (`pip install "liuwen[maps]"`).

        Args:
            path: The file, ending in .gpkg.
            question: The question with the position or shape; by default the form's first one.
            raw: Whether positions and shapes are exact, and may be those of an unlinked section; otherwise each feature is a
                point rounded to 0.01 degrees (about a kilometre).

        Returns:
            The file.

        Raises:
            AnswerError: If the form has no such question, it stands in an unlinked section, no row has a position, pyogrio is
                not installed, or the name ends otherwise.
        """
        from liuwen.responses.exports.geopackage import write_geopackage
        from liuwen.responses.exports.shown import only_ending

        return write_geopackage(self, only_ending(Path(path), ".gpkg"), question, raw=raw)

    def to_codebook(self, path: str | PathLike[str], language: str = "", *, minimum: int = 5) -> Path:
        """Write the codebook.

        Args:
            path: The file: .xlsx, .html, .md, or .xml for DDI-Codebook 2.5.
            language: The language of the labels; by default all languages of the form.
            minimum: The smallest number of households that a count may point at.

        Returns:
            The file.

        Raises:
            AnswerError: If the name ends otherwise.
        """
        from liuwen.responses.exports.codebook_files import write_codebook

        return write_codebook(self, Path(path), language, minimum)

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

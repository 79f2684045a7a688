"""A folder of Parquet written while the answers are read: the folder of `to_parquet`, for more answers than memory holds.

The answers are read once, and lie in a private folder until they are written: whether an edit replaced a submission, or a time
anywhere in a column has an offset, is only known at the end. Then each table is written part by part. Unlinked sections are put
in the order of their content as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from liuwen.form.writing import write_form
from liuwen.messages import Sentence
from liuwen.responses.assemble import SUBMITTED_AT, frame_of, kept_rows, naive_columns, rows_in_order, stray_rows
from liuwen.responses.codebook import codebook_of
from liuwen.responses.column_facts import ColumnFacts
from liuwen.responses.column_figures import ColumnFigures, figures_of
from liuwen.responses.edit_history import edit_frame
from liuwen.responses.exports.parquet import (
    ASKED,
    CODEBOOK,
    FORM,
    MANIFEST,
    TOLD,
    file_name,
    labelled_table,
    remove_tables,
    write_manifest,
    write_parquet,
)
from liuwen.responses.exports.parquet_output import ParquetOutput
from liuwen.responses.exports.shown import about_unlinked, local_times, origin_of
from liuwen.responses.exports.unknown_rows import UnknownRows
from liuwen.responses.finish import SYNTHETIC_DEVICE, counts_of, entity_frame
from liuwen.responses.from_submissions.audit_logs import audit_frame
from liuwen.responses.from_submissions.intake import Intake, Part
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.from_submissions.spool import ShuffledRows, Spool
from liuwen.responses.gathered import Gathered
from liuwen.responses.loading_summary import LoadingSummary, names_of_unlinked
from liuwen.responses.notes import Noted, notes
from liuwen.responses.plan import MAIN
from liuwen.responses.section_memory import SectionRows, left_out_strays, without_memory
from liuwen.responses.source import Received
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.submission_table import TIMES, submissions_of


class StreamedFolder:
    """Writes what an intake takes in.

    Args:
        intake: The intake; it has taken in nothing yet.
        folder: The folder to write to.
        work: A private folder for the time of the writing.
        raw: Whether unlinked sections are written too, row by row.
        timezone: The time zone of times that are written without one.
    """

    def __init__(self, intake: Intake, folder: Path, work: Path, *, raw: bool, timezone: str | None) -> None:
        self.intake, self.plan, self.folder, self.work = intake, intake.plan, folder, work
        self.raw, self.timezone = raw, timezone
        self.spool = Spool(work, self.plan.tables)
        self.shuffled = {name: ShuffledRows(work, table) for name, table in self.plan.tables.items() if table.unlinked}
        self.facts = ColumnFacts(timezone)
        self.replaced: frozenset[str] = frozenset()
        self.involved: frozenset[str] = frozenset()
        self.synthetic = False
        self.notes: tuple[Sentence, ...] = ()

    def read(self, given: Iterable[Received]) -> None:
        """Read what is given."""
        for part in self.intake.parts(given):
            self.spool.add(part)

    def write(self) -> LoadingSummary:
        """Write what was read; as a whole, if nobody is to know who answered."""
        arrived = self.intake.arrived()
        if arrived.anonymous or self.plan.form.anonymous:
            whole = self.intake.joined(self.spool.parts())
            responses = self.intake.responses_of(whole)
            write_parquet(responses, self.folder, raw=self.raw)
            return LoadingSummary.of(responses)
        self.replaced, self.synthetic = frozenset(arrived.replaced), arrived.synthetic
        self.involved = self.replaced | frozenset(arrived.replaced.values())
        self._learn()
        with ExitStack() as files:
            return _Writing(self, files).write()

    # -- what the whole decides -----------------------------------------------------------------------------------

    def _tell(self) -> Iterator[dict[str, list[int]] | None]:
        """Part by part, the rows of unlinked sections to show; None for all."""
        if self.intake.sections is None:
            return repeat(None)
        given = SectionRows(self.plan, anonymous=False)
        asked = [self._asked_apart(part) for part in self.spool.parts()]
        for part, rows in zip(self.spool.parts(), asked, strict=True):
            given.add(part.pack.tables, part.headers, rows)
        told = self.intake.sections.told(self.plan, given.found, [source for source, _ in self.intake.rejected])
        self.notes += told.notes
        levels = {name: iter(of) for name, of in told.levels.items()}
        return ({name: [row for row in own if next(levels[name]) is not None] for name, own in rows.items()} for rows in asked)

    def _asked_apart(self, part: Part) -> dict[str, list[int]]:
        """The rows of unlinked sections that were asked anything, of submissions that no edit replaced."""
        keep = [header.instance_id not in self.replaced for header in part.headers]
        return {name: kept_rows(table, keep) for name, table in part.pack.tables.items() if table.table.unlinked}

    def _learn(self) -> None:
        for part, apart in zip(self.spool.parts(), self._tell(), strict=False):
            kept = self.kept(part)
            self.facts.learn(SUBMITTED_AT, "datetime", [header.submitted_at or None for header in kept])
            for name, path in TIMES.items():
                self.facts.learn(path, "datetime", [header.server.get(name) or None for header in kept])
            for rows in self.kept_rows(part, apart):
                if rows.table.unlinked:
                    self.shuffled[rows.table.name].add(rows)
                else:
                    self._learn_columns(rows)
        for shuffled in self.shuffled.values():
            for rows in shuffled.parts():
                self._learn_columns(rows)

    def _learn_columns(self, rows: RawTable) -> None:
        for column, cells in zip(rows.table.columns, rows.columns(), strict=True):
            listed = self.plan.choices(column)
            self.facts.learn(column.path, column.kind, cells, listed.names if listed else ())
            if rows.table.name == MAIN and column.element.type in {"deviceid", "username"}:
                self.synthetic |= bool(pc.any(pc.starts_with(cells, SYNTHETIC_DEVICE)).as_py())

    def kept(self, part: Part) -> list[SubmissionHeader]:
        """The submissions of a part that no edit replaced."""
        return [header for header in part.headers if header.instance_id not in self.replaced]

    def kept_rows(self, part: Part, apart: Mapping[str, list[int]] | None = None) -> Iterator[RawTable]:
        """Their rows, a table each; of unlinked sections those `apart`."""
        keep = [header.instance_id not in self.replaced for header in part.headers]
        for name, table in part.pack.tables.items():
            rows = apart[name] if apart is not None and table.table.unlinked else rows_in_order(table, keep)
            yield table.reordered(rows, [table.submissions[row] for row in rows])


class _Writing:
    """The files of a folder while they are written, and what is counted meanwhile."""

    def __init__(self, read: StreamedFolder, files: ExitStack) -> None:
        self._read, self._plan, self._folder, self._files = read, read.plan, read.folder, files
        self._unknown = UnknownRows(read.work, read.plan)
        self._outputs: dict[Path, ParquetOutput] = {}
        self._figures: dict[str, ColumnFigures] = {}
        self._times: dict[str, tuple[list[str], list[str]]] = {}
        """Of each table, its columns of naive times, as notes and as files name them."""
        self._sizes = dict.fromkeys(read.plan.tables, (0, 0))
        self._versions: Counter[str] = Counter()
        self._replaced = 0
        self._edited: list[Part] = []
        self._strays = 0

    def write(self) -> LoadingSummary:
        """Write all files."""
        written = [name for name, table in self._plan.tables.items() if self._read.raw or not table.unlinked]
        (self._folder / MANIFEST).unlink(missing_ok=True)  # without it, a folder is not whole
        for below in (ASKED, TOLD):
            (self._folder / below).mkdir(parents=True, exist_ok=True)
        remove_tables(self._folder, self._plan.tables.keys() - set(written))
        for part in self._read.spool.parts():
            self._write_part(part)
        for shuffled in self._read.shuffled.values():
            for rows in shuffled.parts():
                self._write_rows(rows, [])
        for unknown in self._unknown.tables(raw=self._read.raw):
            self._output(f"{TOLD}/unknown").add(unknown)
        self._files.close()
        return self._write_the_rest(written)

    def _output(self, name: str) -> ParquetOutput:
        path = self._folder / f"{name}.parquet"
        if path not in self._outputs:
            self._outputs[path] = self._files.enter_context(ParquetOutput(path))
        return self._outputs[path]

    def _write_part(self, part: Part) -> None:
        headers, kept = part.headers, self._read.kept(part)
        keep = [header.instance_id not in self._read.replaced for header in headers]
        self._replaced += len(headers) - len(kept)
        self._versions.update(header.form_version for header in kept)
        self._edited.append(_involved(part, self._read.involved))
        strays = [stray for number, stray in part.pack.strays if keep[number]]
        if self._read.intake.sections:
            self._strays += sum(stray.submission is None for stray in strays)
            strays = [stray for stray in strays if stray.submission is not None]
        self._unknown.add_strays(stray_rows(headers, strays, keep))
        entities = [each for each in part.pack.entities if keep[each.submission]]
        self._output(f"{TOLD}/entities").add(_plain(entity_frame(entities, headers)))
        logged = [row for row in part.audit if row["instance_id"] not in self._read.replaced]
        self._output(f"{TOLD}/audit").add(_plain(audit_frame(logged)))
        for table in self._read.kept_rows(part):
            if not table.table.unlinked:
                frame = self._write_rows(table, headers)
                if table.table.name == MAIN:
                    told = submissions_of(self._plan, frame, kept, self._read.timezone, self._read.facts.conform)
                    self._output(f"{TOLD}/submissions").add(pa.Table.from_pandas(told))

    def _write_rows(self, rows: RawTable, headers: list[SubmissionHeader]) -> pd.DataFrame:
        """Write some rows of a table, and who was asked what in them."""
        planned, name = rows.table, rows.table.name
        conform, timezone = self._read.facts.conform, self._read.timezone
        frame, asked, odd = frame_of(self._plan, rows, list(range(len(rows))), headers, timezone, conform)
        self._unknown.add_cells(odd)
        self._sizes[name] = (self._sizes[name][0] + len(frame), frame.shape[1])
        self._times.setdefault(name, (naive_columns(self._plan, name, frame), local_times(planned, frame)))
        for column in planned.columns:
            figures = figures_of(frame, asked[column.name], frame[column.heads[0]].notna())
            self._figures[column.path] = self._figures.get(column.path, ColumnFigures()) + figures
        if self._read.raw or not planned.unlinked:
            table = labelled_table(self._plan.form, planned, frame, synthetic=self._read.synthetic)
            self._output(file_name(name)).add(table)
            made = pa.Table.from_pandas(asked, preserve_index=not planned.unlinked)
            self._output(f"{ASKED}/{file_name(name)}").add(made)
        return frame

    def _write_the_rest(self, written: list[str]) -> LoadingSummary:
        """Write what is known once the tables are written."""
        form, intake = self._plan.form, self._read.intake
        arrived = intake.arrived()
        arrivals, read = arrived.counts(self._replaced), self._versions.total()
        whole = intake.joined(self._edited)
        edits = edit_frame(Gathered(whole.headers, whole.pack.tables, replaced=arrived.replaced), self._read.timezone)
        edits.to_parquet(self._folder / TOLD / "edits.parquet")
        rejected = pd.DataFrame(intake.rejected, columns=["source", "reason"], dtype="string")
        rejected.to_parquet(self._folder / TOLD / "rejected.parquet")
        codebook_of(form, self._plan, self._figures).to_parquet(self._folder / f"{CODEBOOK}.parquet", index=False)
        write_form(form, self._folder / FORM)
        naive = dict.fromkeys(head for name in self._plan.tables for head in self._times[name][0])
        local = [head for name in self._plan.tables for head in self._times[name][1]]
        told = (*notes(form, Noted(self._versions, self._unknown.odd(), tuple(naive)), arrivals), *arrived.further)
        told += self._section_notes()
        about = origin_of(form, read, local, "UTC", synthetic=self._read.synthetic)
        about += about_unlinked(self._plan, raw=self._read.raw)
        counts = counts_of(read, len(rejected), arrivals)
        write_manifest(self._folder, self._plan, written, counts, told, about, synthetic=self._read.synthetic)
        return LoadingSummary(form, dict(self._sizes), rejected, told, names_of_unlinked(self._plan.tables))

    def _section_notes(self) -> tuple[Sentence, ...]:
        """What a reader should know of sections kept apart."""
        if self._read.intake.sections:
            return (*self._read.notes, *left_out_strays(self._strays))
        sizes = {name: range(rows) for name, (rows, _) in self._sizes.items()}
        return () if self._read.synthetic else without_memory(self._plan, sizes)


def _involved(part: Part, ids: frozenset[str]) -> Part:
    """The submissions of a part that were edited, or edit another."""
    numbers = [number for number, header in enumerate(part.headers) if header.instance_id in ids]
    moved = {number: place for place, number in enumerate(numbers)}
    return Part([part.headers[number] for number in numbers], part.pack.of(moved), [])


def _plain(frame: pd.DataFrame) -> Any:
    return pa.Table.from_pandas(frame, preserve_index=False)

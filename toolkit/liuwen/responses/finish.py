"""The last step of every reading: gathered rows become `Responses`."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.anonymous import without_origin
from liuwen.responses.assemble import frames, key_of
from liuwen.responses.edit_history import edit_frame
from liuwen.responses.from_submissions.audit_logs import Row, audit_frame
from liuwen.responses.from_submissions.pack import EntityRow
from liuwen.responses.gathered import Gathered
from liuwen.responses.notes import IntakeCounts, noted, notes
from liuwen.responses.plan import MAIN, TablePlan
from liuwen.responses.reading_options import AS_IT_STANDS, ReadingOptions
from liuwen.responses.responses import Responses
from liuwen.responses.section_memory import RowsTold, SectionMemory, SectionRows, without_memory
from liuwen.responses.submission_header import SubmissionHeader

SYNTHETIC_DEVICE = "liuwen:synthetic"
"""What a synthetic submission's device or user name begins with."""
ENTITY_COLUMNS = ("table", "key", "dataset", "id", "action", "label", "baseVersion", "trunkVersion", "branchId")


def finish(
    plan: TablePlan,
    gathered: Gathered,
    arrivals: IntakeCounts,
    *,
    further: Sequence[Sentence] = (),
    synthetic: bool = False,
    anonymous: bool = False,
    options: ReadingOptions = AS_IT_STANDS,
    audit: Sequence[Row] = (),
    sections: SectionMemory | None = None,
) -> Responses:
    """What was gathered, as typed tables; without its origin where the form, or a submission itself, is `anonymous`."""
    anonymous = anonymous or plan.form.anonymous
    if anonymous:
        gathered = without_origin(plan, gathered)
    headers = gathered.headers
    keep = [header.instance_id not in gathered.replaced for header in headers]
    edits = edit_frame(gathered, options.timezone)
    tell = partial(_rows_told, sections, plan, gathered, anonymous) if sections else None
    made = frames(plan, gathered.tables, headers, gathered.strays, keep, options.timezone, tell)
    synthetic = synthetic or says_synthetic(plan.form, made.tables[MAIN])
    further = (*further, *made.notes, *(() if sections or synthetic else without_memory(plan, made.tables)))
    return Responses(
        plan.form,
        plan,
        made.tables,
        made.asked,
        rejected=pd.DataFrame(list(gathered.rejected), columns=["source", "reason"], dtype="string"),
        unknown=made.unknown,
        entities=entity_frame([entity for entity in gathered.entities if keep[entity.submission]], headers),
        notes=(*notes(plan.form, noted(made), arrivals), *further),
        synthetic=synthetic,
        submissions=made.submissions,
        audit=audit_frame([] if anonymous else [row for row in audit if row["instance_id"] not in gathered.replaced]),
        edits=edits,
        files=gathered.files,
        _sections=made.sections,
        counts=counts_of(len(made.tables[MAIN]), len(gathered.rejected) - sum(gathered.of_repeats), arrivals),
    )


def _rows_told(
    sections: SectionMemory, plan: TablePlan, gathered: Gathered, anonymous: bool, rows: Mapping[str, Sequence[int]]
) -> RowsTold:
    """What is shown of the rows of unlinked sections."""
    given = SectionRows(plan, anonymous=anonymous)
    given.add(gathered.tables, gathered.headers, rows)
    return sections.told(plan, given.found, [source for source, _ in gathered.rejected], anonymous=anonymous)


def counts_of(read: int, rejected: int, arrivals: IntakeCounts) -> Mapping[str, int]:
    """What became of each submission that was given."""
    told = {"read": read, "rejected": rejected, "again": arrivals.again, "replaced": arrivals.replaced}
    return {"given": sum(told.values()), **told}


def entity_frame(entities: Sequence[EntityRow], headers: Sequence[SubmissionHeader]) -> pd.DataFrame:
    """A row an entity."""
    rows = [_entity(entity, key_of(headers, entity.submission, entity.key)) for entity in entities]
    return pd.DataFrame(rows, columns=list(ENTITY_COLUMNS), dtype="string")


def _entity(entity: EntityRow, key: str | None) -> dict[str, str | None]:
    says = entity.attributes
    actions = [action for action in ("create", "update") if says.get(action) in {"1", "true"}]
    told = {name: says.get(name) for name in ("dataset", "id", "baseVersion", "trunkVersion", "branchId")}
    return {"table": entity.table, "key": key, "action": " ".join(actions), "label": entity.label, **told}


def says_synthetic(form: Form, table: pd.DataFrame) -> bool:
    """Whether the device or user of some submission says that it is synthetic."""
    names = (question.name for question in form.questions if question.type in {"deviceid", "username"})
    return any(bool(table[name].str.startswith(SYNTHETIC_DEVICE).any()) for name in names if name in table)

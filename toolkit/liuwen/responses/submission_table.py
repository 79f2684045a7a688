"""What servers know of the submissions, a row each: who sent it, from which device, its review, its edits, its attachments."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from liuwen.responses.plan import SYSTEM_COLUMNS, Kind, TablePlan
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.typed import Typed, typed

COLUMNS = (
    "instance_name",
    "device",
    "submitter_id",
    "review_state",
    "validation_status",
    "status",
    "edits",
    "deprecated_id",
    "updated_at",
    "completed_at",
    "duration",
    "attachments_present",
    "attachments_expected",
    "attachments",
    "tags",
    "notes",
    "comments",
    "review_quality",
    "case_id",
)
"""What a server may know, beside the time, the version and the sender; all of them are columns, whatever the source knows."""
TIMES = {name: f"\0{name}" for name in ("updated_at", "completed_at")}
"""The columns of times, and what their parts are called where they are made alike."""
_NUMBERS = frozenset({"edits", "attachments_present", "attachments_expected"})


def submissions_of(
    plan: TablePlan,
    main: pd.DataFrame,
    headers: Sequence[SubmissionHeader],
    timezone: str | None,
    conform: "Callable[[str, Kind, Typed], Typed] | None" = None,
) -> pd.DataFrame:
    """A row a submission, indexed like the main table, whose own three columns come first.

    The list of attachments is left out where unlinked sections have some: it would say whose they are.
    """
    own = main[list(SYSTEM_COLUMNS)]
    hidden = {"attachments"} if any(table.unlinked and table.withheld for table in plan.tables.values()) else set()
    known = set[str]().union(*{tuple(header.server) for header in headers}) - hidden
    blank: list[str | None] = [None] * len(headers)
    told = {name: [header.server.get(name) or None for header in headers] if name in known else blank for name in COLUMNS}
    return own.assign(**{name: _column(name, texts, timezone, conform) for name, texts in told.items()})


def _column(
    name: str, texts: list[str | None], timezone: str | None, conform: "Callable[[str, Kind, Typed], Typed] | None"
) -> Any:
    if name in TIMES:
        made = typed("datetime", texts, timezone=timezone)
        return (conform(TIMES[name], "datetime", made) if conform else made).parts[0]
    if name in _NUMBERS:
        counted = [{"false": "0", "true": "1"}.get(text.lower(), text) if text else None for text in texts]
        return typed("integer", counted).parts[0]
    return pd.array(texts, dtype="string")

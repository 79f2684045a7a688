"""What a reading hands over to be made into tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liuwen.responses.from_submissions.pack import EntityRow, Stray
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.source import Opener
from liuwen.responses.submission_header import SubmissionHeader


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a reading gathered of some submissions."""

    headers: Sequence[SubmissionHeader]
    tables: Mapping[str, RawTable]
    strays: Sequence[Stray] = ()
    entities: Sequence[EntityRow] = ()
    rejected: Sequence[tuple[str, str]] = ()
    """Source and reason."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """Instance IDs that an edit took the place of, each with that of its edit; no circles."""
    files: Mapping[str, Opener] = field(default_factory=dict)
    """What opens the attachments of a submission, by its instance ID."""
    of_repeats: Sequence[bool] = ()
    """Of each that was rejected, whether it is a row of a repeat and not a submission; () where none is."""

"""What is known of one submission beside its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """Who a submission is, when it came, and what its server knows of it; "" where that is not known."""

    instance_id: str
    form_version: str
    submitted_at: str
    sent_by: str = ""
    server: Mapping[str, str] = field(default_factory=dict)
    """What else its server knows of it: column of `Responses.submissions` → value."""

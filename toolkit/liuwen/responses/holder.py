"""A place that holds submissions and hands them over as tables: a store, or another server."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from liuwen.errors import SourceError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from liuwen.form.model import Form
    from liuwen.responses.responses import Responses
    from liuwen.responses.section_memory import SectionMemory
    from liuwen.responses.source import Received


_WHICH = Sentence(
    zh="{source} 上有 {count} 份问卷（{names}）；请用 form_id= 说明是哪一份。",
    en="{source} has {count} forms ({names}); choose one with form_id=.",
)


@runtime_checkable
class Holder(Protocol):
    """What `read_responses` may be given instead of the submissions themselves."""

    def responses(self, form: "Form | None" = None, *, form_id: str | None = None, **told: Any) -> "Responses":
        """The answers to a form; `told` is what `read_responses` was told beside it."""
        ...


@dataclass(frozen=True, slots=True)
class ToRead:
    """Submissions, and how they are to be read.

    Attributes:
        submissions: The submissions.
        form: The form.
        earlier: Its earlier versions.
        form_id: The form ID in the submissions, if it is not that of the form.
        sections: What remembers the rows shown of sections that are kept apart; None if nothing does.
    """

    submissions: "Iterable[Received]" = field(repr=False)
    form: "Form"
    earlier: "Sequence[Form]" = ()
    form_id: str | None = None
    sections: "SectionMemory | None" = None


@runtime_checkable
class SubmissionHolder(Protocol):
    """A holder whose submissions can be read one after another."""

    def to_read(self, form: "Form | None" = None, *, form_id: str | None = None) -> ToRead:
        """The submissions to a form, with the versions that they were made with."""
        ...


def only_form(source: str, form_ids: list[str]) -> str:
    """The only form; raises `SourceError` if there is not exactly one."""
    if len(form_ids) != 1:
        raise SourceError(_WHICH.filled(source=source, count=len(form_ids), names=", ".join(form_ids[:5])))
    return form_ids[0]

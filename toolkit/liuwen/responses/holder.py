"""A place that holds submissions and hands them over as tables: a store, or another server."""

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses.responses import Responses


@runtime_checkable
class Holder(Protocol):
    """What `read_responses` may be given instead of the submissions themselves."""

    def responses(self, form: "Form | None" = None, *, form_id: str | None = None, **told: Any) -> "Responses":
        """The answers to a form; `told` is what `read_responses` was told beside it."""
        ...

"""A place that holds submissions and hands them over as tables: a store, or another server."""

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from liuwen.errors import SourceError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses.responses import Responses


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


def only_form(source: str, form_ids: list[str]) -> str:
    """The only form; raises `SourceError` if there is not exactly one."""
    if len(form_ids) != 1:
        raise SourceError(_WHICH.filled(source=source, count=len(form_ids), names=", ".join(form_ids[:5])))
    return form_ids[0]

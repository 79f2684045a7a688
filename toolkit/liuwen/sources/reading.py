"""Answers straight from where they are: pulled into a folder that is gone afterwards, and read as tables."""

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from liuwen.responses.holder import only_form
from liuwen.sources.pull import pull

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Responses
    from liuwen.sources.source import Source


class Readable:
    """A source whose answers can be read without keeping them: `read_responses(source, form)` is the same."""

    renames = False

    def responses(self, form: "Form | str | None" = None, *, form_id: str | None = None, **options: Any) -> "Responses":
        """Load the answers to a form as typed tables, without keeping anything in a folder.

        Args:
            form: The form, or its ID; by default the only one there is.
            form_id: The ID to ask for it by, if it differs from the form's own.
            **options: Further arguments for `read_responses`: `key` and `passphrase`, `media_to`, `earlier`, …

        Returns:
            The answers.
        """
        source = cast("Source", self)
        if isinstance(form, str):
            form, form_id = None, form
        asked = form_id or (form.id if form else only_form(source.name, [each.form_id for each in source.forms()]))
        known = form or source.form(asked)
        with TemporaryDirectory(prefix="liuwen-") as folder:
            pulled = pull(source, asked, folder, attachments="key" in options)
            return pulled.responses(known, **({"form_id": form_id} if form_id else {}), **options)

"""The published forms, cached until they change in the store."""

from collections.abc import Mapping

from liuwen.store.forms import PublishedForm, read_forms
from liuwen.store.keeping import Keeping


class Catalogue:
    """All published versions of all forms; reloaded when the store's forms change."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._edition = -1
        self._forms: Mapping[int, PublishedForm] = {}

    def all(self) -> Mapping[int, PublishedForm]:
        """All versions by number, in order of publishing."""
        edition = self._keeping.access
        if self._edition != edition:
            with self._keeping.reading() as connection:
                self._forms = {form.number: form for form in read_forms(connection)}
            self._edition = edition
        return self._forms

    def on_offer(self) -> list[PublishedForm]:
        """The current version of each open form, in order of publishing."""
        return [form for form in self.all().values() if form.current and form.state == "open"]

    def find(self, form_id: str, version: str | None = None) -> PublishedForm | None:
        """A version of an open form, by default the current one; None if there is none."""
        versions = (form for form in self.all().values() if form.form_id == form_id and form.state == "open")
        return next((form for form in versions if (form.current if version is None else form.version == version)), None)

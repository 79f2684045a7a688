"""The forms as the routes ask for them, read from the store only when they have changed."""

from collections.abc import Mapping

from liuwen.store.forms import PublishedForm, read_forms
from liuwen.store.keeping import Keeping


class Catalogue:
    """Every published version of every form; what was read is kept until the store's forms change."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._edition = -1
        self._forms: Mapping[int, PublishedForm] = {}

    def all(self) -> Mapping[int, PublishedForm]:
        """Every version by its number, in order of publishing."""
        if self._edition != self._keeping.edition:
            edition = self._keeping.edition
            with self._keeping.reading() as connection:
                self._forms = {form.number: form for form in read_forms(connection)}
            self._edition = edition
        return self._forms

    def on_offer(self) -> list[PublishedForm]:
        """The current version of each form that is open, in order of publishing."""
        return [form for form in self.all().values() if form.current and form.state == "open"]

    def find(self, form_id: str, version: str | None = None) -> PublishedForm | None:
        """An open form's version, the current one where none is named; None where there is none on offer."""
        versions = (form for form in self.all().values() if form.form_id == form_id and form.state == "open")
        return next((form for form in versions if (form.current if version is None else form.version == version)), None)

"""The published forms of a store: publish, find, and read them as published."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.openrosa.publishing import sheets_from_text
from liuwen.store import forms
from liuwen.store.anonymous.setting_apart import has_named_answers, set_apart
from liuwen.store.audit import Act
from liuwen.store.damage import making_sense, telling_damage
from liuwen.store.erased_index import forget_in_index
from liuwen.store.files import StoredFile
from liuwen.store.forms import PublishedForm
from liuwen.store.upkeep import MISSING

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.openrosa.declaration import Declaration
    from liuwen.openrosa.publishing import Prepared
    from liuwen.store.keeping import Keeping


class PublishedForms:
    """All versions of all forms of a store."""

    def __init__(self, keeping: "Keeping") -> None:
        self._keeping = keeping

    def all(self) -> tuple[PublishedForm, ...]:
        """All versions, in order of publishing."""
        with self._keeping.reading() as connection:
            return forms.read_forms(connection)

    def anonymous(self) -> frozenset[str]:
        """The IDs of the anonymous forms."""
        return frozenset(form.form_id for form in self.all() if form.anonymous)

    def find(self, form_id: str, version: str | None = None) -> PublishedForm:
        """A version, by default the current one; raises `StoreError` if it is not published."""
        versions = [form for form in self.all() if form.form_id == form_id]
        if not versions:
            raise StoreError(forms.NO_FORM.filled(form=form_id))
        found = next((form for form in reversed(versions) if version in {None, form.version}), None)
        if found is None:
            raise StoreError(forms.NO_VERSION.filled(form=form_id, version=version))
        return found

    def read(self, form_id: str, version: str | None = None) -> "Form":
        """A version with its files; the form is chosen as in `find`."""
        from liuwen.form.reading import read_form

        keeping, published = self._keeping, self.find(form_id, version)
        media = {m.name: self._content(m.name, m.sha256) for m in published.media if m.sha256}
        with keeping.reading() as connection:
            sheets = connection.execute("SELECT sheets FROM form_versions WHERE number = ?", (published.number,)).fetchone()[0]
        if sheets is None:
            return read_form(keeping.form_xml(published.number), name=f"{form_id}.xml")
        with telling_damage(keeping.folder), making_sense("form_versions"):
            return sheets_from_text(sheets, media)

    def _content(self, name: str, sha256: str) -> bytes:
        try:
            return self._keeping.files.path(sha256).read_bytes()
        except OSError as fault:
            raise StoreError(MISSING.filled(name=name, sha256=sha256)) from fault

    def publish(self, prepared: "Prepared", lists: Collection[str]) -> PublishedForm:
        """Publish a prepared form, also while the store is served; `lists` are the names of the store's entity lists.

        A form that becomes anonymous needs the right to write, because its earlier answers are moved apart.
        """
        keeping, declared = self._keeping, prepared.declared
        named = {f"{name}.csv" for name in (*lists, *(each.list for each in declared.entities))}

        def publish(connection: sqlite3.Connection) -> int:
            sheets, now = prepared.sheets, keeping.clock()
            return forms.publish(connection, declared, prepared.xml, prepared.md5, media=files, sheets=sheets, now=now)

        with self._setting_apart(declared), self._bringing(prepared.files_for(named)) as files:
            number = keeping.administer(publish, Act("form published", declared.form_id, declared.version))
        return next(published for published in self.all() if published.number == number)

    @contextmanager
    def _setting_apart(self, declared: "Declaration") -> Iterator[None]:
        """Move answers received before the form became anonymous."""
        if not (declared.anonymous and any(one.form_id == declared.form_id and not one.anonymous for one in self.all())):
            yield
            return
        with self._keeping.writing():
            yield
            self._set_apart()

    def _set_apart(self) -> None:
        keeping = self._keeping
        with keeping.reading() as connection:
            if not has_named_answers(connection):
                return
        with keeping.writing() as writer:
            for sha256 in keeping.write(lambda c: set_apart(c, keeping.files)):
                keeping.files.forget(sha256)
            writer.tidy()
        forget_in_index(keeping.folder)

    @contextmanager
    def _bringing(self, contents: Mapping[str, bytes]) -> Iterator[dict[str, StoredFile]]:
        kept: dict[str, StoredFile] = {}
        try:
            for name, content in contents.items():
                kept[name] = self._keeping.files.add(content)
            yield kept
        except BaseException:
            self._keeping.discard_files(kept.values(), failed=True)
            raise
        self._keeping.discard_files(kept.values())

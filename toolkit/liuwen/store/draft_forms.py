"""Draft forms: each is tried in a small store of its own, so that test answers never meet real ones.

These stores are in the folder `drafts` of the store; backups leave them out. A test code opens a draft on a phone or in a
browser as any code opens a form. When the form is published or the draft discarded, its store is deleted with all its answers.
"""

import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.publishing import FormSource, prepare

if TYPE_CHECKING:
    from liuwen.store.forms import PublishedForm
    from liuwen.store.store import Store

NO_DRAFT = Sentence(zh="没有草稿“{name}”。", en='There is no draft "{name}".')

FOLDER = "drafts"
TESTER = "test"
"""The collector that every test code belongs to."""
_LONG = 600
"""Seconds that making a draft never takes."""
_NAME = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A form that is tried before it is published.

    Attributes:
        name: The name of the draft, which is also in the address of its test codes.
        form: The form as its store has published it.
        store: The store of its test answers.
    """

    name: str
    form: "PublishedForm"
    store: "Store"

    @property
    def answers(self) -> int:
        """How many test answers have arrived."""
        return self.store.count(self.form.form_id)

    def new_code(self) -> str:
        """Make a test code; it is kept as a hash, and ends with the draft."""
        return self.store.add_token(TESTER)


def draft_folder(store: Path, name: str) -> Path | None:
    """The folder of a draft, None if there is none."""
    folder = store / FOLDER / name
    return folder if _NAME.fullmatch(name) and (folder / "store.sqlite").is_file() else None


class DraftForms:
    """The drafts of a store; `store.drafts` is made with it.

    Args:
        store: The store in which the forms will be published.
        opened: Opens the store in a folder.
    """

    def __init__(self, store: "Store", opened: "Callable[[Path], Store]") -> None:
        self._store = store
        self._opened = opened
        self._known: dict[str, DraftForm] = {}

    def add(self, form: FormSource, *, media: Mapping[str, bytes] = MappingProxyType({})) -> DraftForm:
        """Make a draft of a form, with a copy of the entity lists that it uses; an earlier draft of it is discarded.

        Args:
            form: The form, as for `Store.publish`.
            media: Files that it needs, by name.

        Returns:
            The draft.

        Raises:
            FormError: As for `Store.publish`.
        """
        promised = {one.form_id for one in self._store.forms() if one.anonymous}
        prepared = prepare(form, media, None, was_anonymous=promised)
        name = secrets.token_hex(8)
        folder = self._store.folder / FOLDER / name
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        self._sweep()
        making = folder.with_suffix(".part")
        draft = self._opened(making)
        try:
            self._copy_lists(draft, {medium.removesuffix(".csv") for medium in prepared.declared.media})
            published = draft.publish(form, media=media, anonymous=prepared.declared.anonymous or None)
            draft.add_collector(TESTER)
        except BaseException:
            _delete(draft)
            raise
        draft.close()
        making.rename(folder)
        draft = self._opened(folder)
        self.discard_of(published.form_id, but=name)
        self._store.office.note("draft made", published.form_id, published.version)
        self._known[name] = DraftForm(name, published, draft)
        return self._known[name]

    def _sweep(self) -> None:
        """Delete what an interrupted process has left: drafts that were not finished, or not deleted to the end."""
        for folder in (self._store.folder / FOLDER).glob("*"):
            if draft_folder(self._store.folder, folder.name) is None and time.time() - folder.stat().st_mtime > _LONG:
                shutil.rmtree(folder, ignore_errors=True)

    def _copy_lists(self, draft: "Store", named: set[str]) -> None:
        hidden = self._store.office.confidential_rows()
        for name in self._store.entities.lists():
            if name in named:
                table = self._store.entities[name].drop(columns=["version", "conflict", "created", "updated"])
                draft.entities.create_list(name, [str(column) for column in table if column != "label"])
                draft.entities.create(name, table[~table.index.isin(hidden)].reset_index(names="name"))

    def all(self) -> tuple[DraftForm, ...]:
        """List the drafts.

        Returns:
            The drafts by title.
        """
        names = (path.name for path in (self._store.folder / FOLDER).glob("*"))
        found = (self._find(name) for name in names)
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.form.title, one.name)))

    def get(self, name: str) -> DraftForm:
        """Look up a draft.

        Args:
            name: Its name.

        Returns:
            The draft.

        Raises:
            StoreError: There is no such draft.
        """
        found = self._find(name)
        if found is None:
            raise StoreError(NO_DRAFT.filled(name=name))
        return found

    def publish(self, name: str) -> "PublishedForm":
        """Publish the form of a draft; the draft is deleted with its test answers.

        Args:
            name: The name of the draft.

        Returns:
            The published version.

        Raises:
            StoreError: There is no such draft.
            FormError: As for `Store.publish`.
        """
        return self._store.publish(self.get(name).store.form(self.get(name).form.form_id))

    def discard(self, name: str) -> None:
        """Delete a draft with its test answers.

        Args:
            name: The name of the draft.

        Raises:
            StoreError: There is no such draft.
        """
        draft = self.get(name)
        _delete(draft.store)
        self._known.pop(name, None)
        self._store.office.note("draft deleted", draft.form.form_id, draft.form.version)

    def discard_of(self, form_id: str, *, but: str = "") -> None:
        """Delete the drafts of a form.

        Args:
            form_id: The form ID.
            but: The name of one that stays.
        """
        for one in self.all():
            if one.form.form_id == form_id and one.name != but:
                self.discard(one.name)

    def erase_rows(self, rows: Iterable[str]) -> None:
        """Erase rows of entity lists from the copies that drafts have, with every test answer that names them.

        Args:
            rows: Their IDs.
        """
        self._sweep()
        for row, draft in product(rows, self.all()):
            with suppress(StoreError):  # the draft has no copy of its list
                draft.store.erase(household=row)

    def _find(self, name: str) -> DraftForm | None:
        folder = draft_folder(self._store.folder, name)
        if folder is None:
            return None
        if name not in self._known:
            store = self._opened(folder)
            self._known[name] = DraftForm(name, store.forms()[-1], store)
        return self._known[name]


def _delete(draft: "Store") -> None:
    draft.close()
    shutil.rmtree(draft.folder, ignore_errors=True)

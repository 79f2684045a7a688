"""The answers in a store: named and anonymous ones, their attachments, and all answers to a form as tables."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import SystemRandom
from typing import IO, TYPE_CHECKING, Any

from liuwen.form.anonymity import made_anonymous
from liuwen.store import kept_submissions
from liuwen.store.anonymous.answers import file_stamp, read_answers
from liuwen.store.connections import connect_to_read
from liuwen.store.erased_index import READ
from liuwen.store.kept_submissions import StoredSubmission
from liuwen.store.reviews import states_of
from liuwen.store.store_records import StoreRecords

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Responses
    from liuwen.responses.holder import ToRead
    from liuwen.store.keeping import Keeping
    from liuwen.store.published_forms import PublishedForms

_OF_SUBMISSION = (
    " JOIN submissions ON submissions.number = submission JOIN forms ON forms.number = form"
    " WHERE form_id = ? AND instance_id = ? ORDER BY name"
)


class KeptAnswers:
    """The submissions of a store, and its anonymous answers."""

    def __init__(self, keeping: "Keeping", forms: "PublishedForms") -> None:
        self._keeping = keeping
        self._forms = forms
        self._counted: tuple[bytes, dict[str, int]] | None = None

    def named(self, form_id: str | None, *, current: bool = True, after: int = 0) -> Iterator[StoredSubmission]:
        """Submissions in order of arrival."""
        with self._keeping.reading() as connection:
            yield from kept_submissions.read_submissions(connection, form_id, current=current, after=after)

    def anonymous(self, form_id: str | None) -> list[StoredSubmission]:
        """Anonymous answers in random order."""
        with self._keeping.reading() as connection:
            versions = kept_submissions.anonymous_versions(connection, form_id)
        answers = read_answers(self._keeping.folder, {form for form, _ in versions}) if versions else []
        shuffled = SystemRandom().sample(answers, len(answers))
        return [kept_submissions.anonymous_submission(answer, versions) for answer in shuffled]

    def anonymous_counts(self) -> dict[str, int]:
        """The number of answers to each anonymous form that has any; counted again only if the file has changed."""
        stamp = file_stamp(self._keeping.folder)
        if self._counted is None or self._counted[0] != stamp:
            self._counted = stamp, dict(Counter(answer.form_id for answer in self.anonymous(None)))
        return self._counted[1]

    def count(self, form_id: str | None, *, after: int) -> int:
        """The number of answers, edited ones counted once; anonymous answers are included only if `after` is 0."""
        with self._keeping.reading() as connection:
            count = kept_submissions.count_submissions(connection, form_id, after=after)
        apart = {} if after else self.anonymous_counts()
        return count + (sum(apart.values()) if form_id is None else apart.get(form_id, 0))

    def attachments(self, form_id: str, instance_id: str) -> dict[str, Path]:
        """File name → path."""
        return dict(self._files(f"submission_files{_OF_SUBMISSION}", form_id, instance_id))

    def replaced_attachments(self, form_id: str, instance_id: str) -> dict[str, tuple[Path, ...]]:
        """File name → paths of the replaced files, oldest first."""
        found: dict[str, tuple[Path, ...]] = {}
        for name, path in self._files(f"replaced_files{_OF_SUBMISSION}, replaced_files.rowid", form_id, instance_id):
            found[name] = (*found.get(name, ()), path)
        return found

    def _files(self, source: str, *ids: str) -> list[tuple[str, Path]]:
        with self._keeping.reading() as connection:
            rows = connection.execute(f"SELECT name, sha256 FROM {source}", ids)
            return [(name, self._keeping.files.path(sha256)) for name, sha256 in rows]

    def load(
        self,
        form: "Form | str | None",
        form_id: str | None,
        after: int,
        options: dict[str, Any],
        *,
        numbers: Collection[int] | None = None,
    ) -> "Responses":
        """The answers to a form as typed tables, each read with the version of the form it was made with."""
        from liuwen.responses import read_responses
        from liuwen.responses.from_submissions.reading_cache import CacheFile

        given = self.to_read(form, form_id, after, numbers=numbers)
        asked = given.form_id or given.form.id
        some = after or numbers is not None or given.form.anonymous
        cache = None if some else CacheFile(self._keeping.folder / READ, asked, self._has)
        found = read_responses(given, **{"cache": cache, **options})
        return replace(found, keeper=StoreRecords(self._keeping))

    def to_read(
        self, form: "Form | str | None", form_id: str | None, after: int = 0, *, numbers: Collection[int] | None = None
    ) -> "ToRead":
        """The answers to a form, and the versions of the form that they were made with."""
        from liuwen.responses import Submission as Answered
        from liuwen.responses.holder import ToRead, only_form
        from liuwen.responses.section_memory import SectionMemory

        given = form if isinstance(form, str) else form_id or (form.id if form else None)
        asked = given or only_form(str(self._keeping.folder), list(dict.fromkeys(each.form_id for each in self._forms.all())))
        known = self._forms.read(asked) if form is None or isinstance(form, str) else form
        some = None if numbers is None else self._numbered(numbers)
        apart = [] if after or some is not None else self.anonymous(asked)
        if apart:
            known = made_anonymous(known)
        with self._keeping.reading() as connection:
            reviewed = states_of(connection)
        answered = (
            Answered(
                s.xml,
                s.instance_id,
                s.received.isoformat(),
                partial(self._open, s.form_id, s.instance_id, s.files),
                sent_by=s.collector or "",
                again=partial(self._xml, s.number) if s.number else partial(bytes, s.xml),
                number=s.number or None,
                server={"review_state": reviewed[s.root_id]} if s.root_id in reviewed else {},
            )
            for s in (some if some is not None else chain(self.named(asked, current=False, after=after), apart))
        )
        earlier = self._earlier(asked, known, apart, some)
        in_part = after or some is not None
        sections = SectionMemory(asked, None if in_part else StoreRecords(self._keeping, "sections_shown"))
        return ToRead(answered, known, earlier, form_id, sections)

    def _has(self, numbers: Collection[int]) -> bool:
        """Whether none of these submissions has been erased, as of now: a reading that goes on sees an earlier state."""
        query = "SELECT count(*) FROM submission_hashes WHERE number IN (SELECT value FROM json_each(?))"
        with closing(connect_to_read(self._keeping.folder / "store.sqlite")) as connection:
            (found,) = connection.execute(query, (json.dumps(list(numbers)),)).fetchone()
        return bool(found == len(numbers))

    def _numbered(self, numbers: Collection[int]) -> list[StoredSubmission]:
        with self._keeping.reading() as connection:
            found = (kept_submissions.read_submission(connection, number) for number in numbers)
            return [one for one in found if one is not None]

    def _earlier(
        self, form_id: str, known: "Form", apart: list[StoredSubmission], some: list[StoredSubmission] | None
    ) -> "list[Form]":
        """Other versions of the form that have answers."""
        answered = {each.version for each in (*apart, *(some or ()))}
        if some is None:
            with self._keeping.reading() as connection:
                answered |= set(kept_submissions.versions_of(connection, form_id))
        published = (each.version for each in self._forms.all() if each.form_id == form_id)
        return [self._forms.read(form_id, each) for each in published if each in answered and each != known.version]

    def _xml(self, number: int) -> bytes | None:
        with self._keeping.reading() as connection:
            kept = kept_submissions.read_submission(connection, number)
        return kept.xml if kept else None

    def _open(self, form_id: str, instance_id: str, files: Mapping[str, bytes], name: str) -> IO[bytes] | None:
        if name in files:
            return BytesIO(files[name])
        path = self.attachments(form_id, instance_id).get(name)
        return path.open("rb") if path else None

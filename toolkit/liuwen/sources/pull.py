"""Downloads submissions from any source: only new and changed ones, checked against the source's count."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses import Export, Submission
from liuwen.responses.versions import plain_version
from liuwen.sources.kept import Kept, Ledger, file_path, reviewed, write_whole, xml_path
from liuwen.sources.progress import Progress, shown
from liuwen.sources.source import Bulk, Deciphering, Listed, Source
from liuwen.sources.versions import Versioned, versions_in

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.form.model import Form
    from liuwen.responses import Responses

AT_ONCE = 4
BATCH = 64
"""Submissions per request if the source returns many at once; their names must fit into a URL."""

_SHORT = Sentence(
    zh="{source} 显示 {form} 有 {counted} 份答卷，但只列出 {given} 份。已下载的已经保存，请稍后再次下载。",
    en="{source} counts {counted} submissions of {form} but lists only {given}. What was downloaded is kept; pull again later.",
)


@dataclass(frozen=True, slots=True)
class Pulled:
    """The result of a pull.

    Attributes:
        folder: The folder that holds the submissions.
        form_id: The ID of the form on the source.
        new: The number of new submissions.
        changed: The number of submissions that had changed.
        gone: The number of submissions that the source no longer has.
        unchanged: The number of submissions that were here already.
        files: The number of attachments downloaded.
        kept: What is in the folder, by key.
        source: Where it was pulled from.
    """

    folder: Path
    form_id: str
    new: int
    changed: int
    gone: int
    unchanged: int
    files: int
    kept: Mapping[str, Kept]
    source: Source = field(repr=False)

    def submissions(self) -> Iterator[Submission]:
        """Everything in the folder.

        Returns:
            An iterator over submissions for `read_responses`, each with its time of receipt and its files.
        """
        return (submission for _, submission in self._by_key())

    def responses(self, form: "Form | None" = None, **options: Any) -> "Responses":
        """Everything in the folder, as tables.

        Submissions to earlier versions are read by these versions if the source still has them. Answers that a project of
        ODK Central encrypts with its own key are decrypted by Central; the folder keeps them encrypted.

        Args:
            form: The form; by default the current one of the source.
            **options: Further arguments for `read_responses`: `key`, `earlier`, `media_to`, … `passphrase` belongs to
                `key`, or else to the project on Central.

        Returns:
            The answers.
        """
        from liuwen.responses import read_responses

        given: Iterable[Submission | Export] = self.submissions()
        if isinstance(self.source, Deciphering):
            options.pop("cache", None)  # decrypted answers are not kept
            passphrase = None if options.get("key") else options.pop("passphrase", None)
            given = self.source.deciphered(self.form_id, self._by_key(), passphrase, options.get("media_to"))
        if self.source.renames:
            options.setdefault("form_id", self.form_id)
        known = form or self.source.form(self.form_id)
        if isinstance(self.source, Versioned) and "earlier" not in options:
            options["earlier"] = self.source.earlier(
                self.form_id, versions_in(self.submissions()) - {plain_version(known.version)}
            )
        return read_responses(given, known, **options)

    def _by_key(self) -> Iterator[tuple[str, Submission]]:
        for key, kept in self.kept.items():
            path = xml_path(self.folder, key)
            yield (
                key,
                Submission(
                    path.read_bytes(),
                    path.name,
                    kept.listed.submitted_at,
                    partial(self._open, key),
                    sent_by=kept.listed.sent_by,
                    again=path.read_bytes,
                    server=_known_to_server(kept.listed),
                ),
            )

    def _open(self, key: str, name: str) -> IO[bytes] | None:
        return file_path(self.folder, key, name).open("rb") if name in self.kept[key].files else None

    @property
    def table(self) -> "pd.DataFrame":
        """One row per submission: index `key`; `submitted_at`, `updated_at` (UTC), `review`, `files` (the number of
        attachments here).
        """
        import pandas as pd

        rows = {
            key: (kept.listed.submitted_at or None, kept.listed.updated_at or None, kept.listed.review, len(kept.files))
            for key, kept in self.kept.items()
        }
        table = pd.DataFrame.from_dict(rows, orient="index", columns=["submitted_at", "updated_at", "review", "files"])
        times = {name: pd.to_datetime(table[name], utc=True, format="ISO8601") for name in ("submitted_at", "updated_at")}
        return table.assign(**times).rename_axis("key")


def pull(
    source: Source,
    form_id: str,
    folder: str | PathLike[str],
    *,
    attachments: bool = True,
    progress: Progress | None = None,
) -> Pulled:
    """Download the submissions of a form into a folder; the next time, only what is new or changed.

    The folder then contains `submissions/*.xml` (one file per submission, edits replace what they edit), `attachments/`
    and `pulled.jsonl`. An interrupted pull continues where it stopped. What the source no longer has is removed from the
    folder. Answers to an anonymous form leave a store as it keeps them; what another server knows of who gave them and when, the
    folder holds too, and the tables read from it leave out.

    Args:
        source: Where the submissions are: `Central`, `Kobo` or `StoreSource`.
        form_id: The ID of the form there.
        folder: The folder to write to.
        attachments: Whether to download attachments too.
        progress: Called with the number done and the number wanted; by default a progress bar is shown.

    Returns:
        How many submissions were new, changed, gone and unchanged.

    Raises:
        SourceError: If the source cannot be reached, refuses, or lists fewer submissions than it counts; what was
            downloaded until then is kept.

    Example:
        >>> import tempfile
        >>> from liuwen.store import Store
        >>> from liuwen.sources import StoreSource
        >>> from liuwen.form import build_form, builder as b
        >>> form = build_form("visit", version="1", zh="走访", en="Visit", items=[b.text("village", zh="村", en="Village")])
        >>> store = Store(tempfile.mkdtemp())
        >>> _ = store.publish(form)
        >>> answers = b"<village>Hubin</village><meta><instanceID>uuid:1</instanceID></meta>"
        >>> _ = store.receive(b'<data id="visit" version="1">' + answers + b"</data>")
        >>> pulled = pull(StoreSource(store), "visit", tempfile.mkdtemp())
        >>> pulled.new, pulled.responses(form).table["village"].tolist()
        (1, ['Hubin'])
    """
    ledger = Ledger(Path(folder), source.name, form_id, renamed=source.renames)
    with nullcontext(progress) if progress else shown(form_id) as shown_progress:
        return _pull(source, form_id, _Work(source, form_id, ledger, attachments, shown_progress))


def _pull(source: Source, form_id: str, work: "_Work") -> Pulled:
    ledger = work.ledger
    listed = list(source.listing(form_id, ledger.mark))
    work.fetch(listed)
    counted = source.count(form_id)
    if counted != len(ledger.kept):
        everything = list(source.listing(form_id))
        work.fetch(everything)
        work.drop_all_but(everything)
        if source.count(form_id) > len(everything):
            raise SourceError(_SHORT.filled(source=source.name, form=form_id, counted=counted, given=len(everything)))
        listed += everything
    ledger.finish(_mark(ledger, listed))
    return work.outcome()


def _mark(ledger: Ledger, listed: Iterable[Listed]) -> str:
    """The time to list from next time: the last change seen, or the first submission with missing files."""
    seen = max((time for each in listed for time in (each.submitted_at, each.updated_at)), default="")
    awaited = (kept.listed.submitted_at for kept in ledger.kept.values() if kept.listed.awaited)
    return min(awaited, default=max(seen, ledger.mark))


class _Work:
    """A pull in progress."""

    def __init__(self, source: Source, form_id: str, ledger: Ledger, attachments: bool, progress: Progress) -> None:
        self._source = source
        self._form_id = form_id
        self.ledger = ledger
        self._attachments = attachments
        self._progress = progress
        self._before = set(ledger.kept)
        self._fetched: dict[str, int] = {}
        self._gone = 0

    def fetch(self, listed: Iterable[Listed]) -> None:
        """Download submissions that are not here as listed, a few at a time, recording each."""
        wanted = [each for each in listed if self._is_wanted(each)]
        waiting = iter(wanted)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = 0
            while batch := list(islice(waiting, BATCH)):
                here = self._source.many(self._form_id, batch) if isinstance(self._source, Bulk) else {}
                for kept in pool.map(partial(self._fetch_one, here), batch):
                    self.ledger.add(kept)
                    self._fetched[kept.listed.key] = len(kept.files)
                    done += 1
                    self._progress(done, len(wanted))

    def drop_all_but(self, listed: Iterable[Listed]) -> None:
        """Remove submissions that are no longer listed."""
        gone = set(self.ledger.kept) - {each.key for each in listed}
        self.ledger.drop(sorted(gone))
        self._gone += len(gone)

    def outcome(self) -> Pulled:
        """The result of the pull."""
        fetched, kept = set(self._fetched), self.ledger.kept
        return Pulled(
            folder=self.ledger.folder,
            form_id=self._form_id,
            new=len(fetched - self._before),
            changed=len(fetched & self._before),
            gone=self._gone,
            unchanged=len(kept) - len(fetched),
            files=sum(self._fetched.values()),
            kept=dict(kept),
            source=self._source,
        )

    def _is_wanted(self, listed: Listed) -> bool:
        """Whether its content is missing here; if only its review state is new, that is recorded at once.

        If a form was deleted and published again, the same key may belong to another submission with another time.
        """
        kept = self.ledger.kept.get(listed.key)
        if kept is None or (kept.listed.stamp, kept.listed.submitted_at) != (listed.stamp, listed.submitted_at):
            return True
        if self._attachments and listed.files != len(kept.files):
            return True
        if kept.listed != listed:
            self.ledger.add(reviewed(kept, listed))
        return False

    def _fetch_one(self, here: Mapping[str, bytes], listed: Listed) -> Kept:
        xml = here.get(listed.key) or self._source.xml(self._form_id, listed)
        there = self._source.attachments(self._form_id, listed) if self._attachments and listed.files else {}
        for name, address in there.items():
            write_whole(self.ledger.file_path(listed.key, name), self._source.download(address))
        before = self.ledger.kept.get(listed.key)
        for name in set(before.files if before else ()) - set(there):
            self.ledger.file_path(listed.key, name).unlink(missing_ok=True)
        write_whole(self.ledger.xml_path(listed.key), [xml])
        _date(self.ledger, listed, there)
        return Kept(listed, tuple(there))


def _date(ledger: Ledger, listed: Listed, files: Iterable[str]) -> None:
    """Set the times of the files to the source's time instead of the pull's: for anonymous answers that is a day."""
    try:
        moment = datetime.fromisoformat(listed.updated_at or listed.submitted_at).timestamp()
    except ValueError:  # the source gives no time
        return
    for path in (ledger.xml_path(listed.key), *(ledger.file_path(listed.key, name) for name in files)):
        os.utime(path, (moment, moment))


def _known_to_server(listed: Listed) -> dict[str, str]:
    """What the source said of a submission when it was listed."""
    told = {"review_state": listed.review, "updated_at": listed.updated_at, "attachments_present": str(listed.files or "")}
    return {name: text for name, text in told.items() if text}

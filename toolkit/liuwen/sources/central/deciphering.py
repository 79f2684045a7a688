"""Decrypts submissions encrypted with a project's managed key on ODK Central, given the passphrase.

Central never reveals the private key, so its export (CSV and media) is the only way to decrypt. Submissions are requested by
name, some dozens at a time, so that a damaged one, which interrupts an export, is found and reported while the others are
read. Media downloaded before are not requested again.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses import Export, Submission
from liuwen.responses.from_submissions.instance import InstanceError, identity, parse
from liuwen.responses.versions import plain_version
from liuwen.sources.central.addresses import quoted
from liuwen.sources.central.encryption import VARIABLE, keys_needed, passphrase_of
from liuwen.sources.central.export import AUDIT, DAMAGED, Sealed, has_media, keep_media, read

if TYPE_CHECKING:
    import requests

    from liuwen.sources.central.client import Central

_UNREADABLE_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What zipfile raises for damaged archives; RuntimeError if damage sets the flag of encryption."""

AT_ONCE = 50
"""Submissions per export; their names must fit into a URL."""

_CANNOT_DECIPHER = 400.12
_NEEDED = Sentence(
    zh="它由 ODK Central 的项目密钥加密；请给出口令（passphrase=，或环境变量 {variable}）。",
    en="It is encrypted with the project's key on ODK Central; give the passphrase (passphrase=, or the "
    "environment variable {variable}).",
)
_WRONG = Sentence(
    zh="{server} 项目 {project} 的加密口令不对。{hint}",
    en="The passphrase of project {project} on {server} is wrong.{hint}",
)
_HINT = Sentence(zh="提示：{hint}", en=" Hint: {hint}")


class _BrokenOffError(Exception):
    """An export ended prematurely."""


def deciphered(
    central: "Central",
    form_id: str,
    received: Iterable[tuple[str, Submission]],
    passphrase: str | None,
    media_to: str | PathLike[str] | None,
) -> Iterator[Submission | Export]:
    """The submissions as received, followed by exports of those that the project's key decrypts.

    A submission that cannot be decrypted has the reason. Raises `SourceError` for a wrong passphrase.
    """
    sealed = []
    for key, submission in received:
        found = _sealed(key, submission)
        if found is None:
            yield submission
        else:
            sealed.append(found)
    if not sealed:
        return
    spoken = passphrase or passphrase_of(central)
    if spoken is None:
        yield from (_rejected(each, _NEEDED.filled(variable=VARIABLE)) for each in sealed)
        return
    opener = _Opener(central, form_id, spoken)
    opener.check()
    folder = None if media_to is None else Path(media_to)
    whole = {each for each in sealed if folder is None or has_media(each, folder)}
    for batch in _batches((each for each in sealed if each not in whole), apart=True):
        yield from opener.open(batch, folder)
    for batch in _batches((each for each in sealed if each in whole), apart=False):
        yield from opener.open(batch, None)


def _sealed(key: str, submission: Submission) -> Sealed | None:
    """A submission encrypted with its project's key, as its version shows; None for any other."""
    try:
        root = parse(submission.xml)
    except InstanceError:  # the error is reported on reading
        return None
    who = identity(root)
    if not who.encrypted or plain_version(who.version) == who.version:
        return None
    files = ((node.text or "").strip().removesuffix(".enc") for node in root.iterfind("{*}media/{*}file"))
    return Sealed(key, who.instance_id, tuple(files))


def _rejected(sealed: Sealed, fault: Sentence) -> Submission:
    return Submission(b"", sealed.key, fault=fault)


def _batches(sealed: Iterable[Sealed], *, apart: bool) -> Iterator[list[Sealed]]:
    """Some dozens at a time; media of equal names go to different exports, because only the name tells whose they are."""
    batch: list[Sealed] = []
    names: set[str] = set()
    for each in sealed:
        if len(batch) == AT_ONCE or (apart and names.intersection(each.media)):
            yield batch
            batch, names = [], set()
        batch.append(each)
        names.update(set(each.media) - {AUDIT})
    if batch:
        yield batch


class _Opener:
    """Requests decrypted exports from the server."""

    def __init__(self, central: "Central", form_id: str, passphrase: str) -> None:
        self._central = central
        self._path = f"forms/{quoted(form_id)}/submissions"
        keys = keys_needed(central, form_id)
        self._passphrases = dict.fromkeys(keys, passphrase)
        hint = next((_HINT.filled(hint=hint) for hint in keys.values() if hint), "")
        self._wrong = _WRONG.filled(server=central.url, project=central.project, hint=hint)

    def check(self) -> None:
        """Raise `SourceError` unless the server is available and accepts the passphrase."""
        self._ask((), media=False).close()

    def open(self, batch: list[Sealed], media_to: Path | None) -> Iterator[Submission | Export]:
        """The submissions as an export, with their media in place; for damaged ones the reason."""
        try:
            with self._exported(batch, media_to) as archive:
                opened = read(archive, batch, self._central.url)
                if media_to:
                    keep_media(archive, opened.sound.values(), media_to, self._central.url)
        except (_BrokenOffError, *_UNREADABLE_ZIP):
            yield from self._open_by_parts(batch, media_to)
            return
        if opened.sound:
            yield Export(opened.tables, self._central.name)
        yield from (Submission(b"", key, fault=fault) for key, fault in opened.faults.items())

    def _open_by_parts(self, batch: list[Sealed], media_to: Path | None) -> Iterator[Submission | Export]:
        """One of them interrupts the export: search both halves for it."""
        half = len(batch) // 2
        if half:
            yield from self.open(batch[:half], media_to)
            yield from self.open(batch[half:], media_to)
        else:
            self.check()  # the server works and accepts the passphrase, so the submission is damaged
            yield _rejected(batch[0], DAMAGED.filled(server=self._central.url))

    @contextmanager
    def _exported(self, batch: Iterable[Sealed], media_to: Path | None) -> Iterator[zipfile.ZipFile]:
        import requests

        if media_to:
            media_to.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=media_to) if media_to else io.BytesIO() as file:
            try:
                with self._ask(batch, media=media_to is not None) as answer:
                    for piece in answer.iter_content(1 << 16):
                        file.write(piece)
            except requests.RequestException as broken:
                raise _BrokenOffError from broken
            except SourceError as refused:  # a small export may be missing completely
                if isinstance(refused.__cause__, requests.ConnectionError):
                    raise _BrokenOffError from refused
                raise
            with zipfile.ZipFile(file) as archive:
                yield archive

    def _ask(self, batch: Iterable[Sealed], *, media: bool) -> "requests.Response":
        named = " or ".join("__id eq '{}'".format(each.key.replace("'", "''")) for each in batch) or "__id eq ''"
        params = {"attachments": str(media).lower(), "deletedFields": "true", "$filter": named}
        sayings = {_CANNOT_DECIPHER: self._wrong}
        where = f"{self._path}.csv.zip"
        return self._central.send("POST", where, params=params, data=self._passphrases, stream=True, sayings=sayings)

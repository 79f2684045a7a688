"""What a project of ODK Central encrypted to its own key, deciphered there for whoever knows the passphrase.

Central never hands that private key out, wrapped or not: its export (CSV, with the media beside it) is the one road to
what it opens. Submissions are asked for by name, some dozens at a time, so that one that is damaged, which breaks an export
off, is found and told, and the others are read.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from liuwen.collect.sources.central_encryption import VARIABLE, keys_needed, passphrase_of
from liuwen.collect.sources.kept import write_whole
from liuwen.errors import SourceError
from liuwen.messages import Sentence
from liuwen.responses import Export, Submission
from liuwen.responses.instance import InstanceError, identity, parse
from liuwen.responses.versions import plain_version

if TYPE_CHECKING:
    import pandas as pd
    import requests

    from liuwen.collect.sources.central import Central

AT_ONCE = 50
"""Submissions an export: their names must fit into an address."""

_CANNOT_DECIPHER = 400.12
_KNOWN_BY_KEY = ("meta-instanceID", "meta-instanceName", "meta-deprecatedID")
_NEEDED = Sentence(
    zh="它由 ODK Central 的项目密钥加密；请给出口令（passphrase=，或环境变量 {variable}）。",
    en="It is encrypted to the key of its project on ODK Central; give the passphrase (passphrase=, or {variable} in the "
    "environment).",
)
_WRONG = Sentence(
    zh="{server} 项目 {project} 的加密口令不对。{hint}", en="This is not the passphrase of project {project} on {server}.{hint}"
)
_HINT = Sentence(zh="提示：{hint}", en=" Its hint: {hint}")
_DAMAGED = Sentence(
    zh="加密内容已损坏：{server} 用对的口令也解不出原来的答卷。",
    en="What is encrypted was damaged: with the right passphrase, {server} does not find the submission in it.",
)
_ABSENT = Sentence(
    zh="加密的答卷文件还没有传到 {server}。", en="The file with its encrypted answers has not arrived on {server} yet."
)
_WITHHELD = Sentence(
    zh="{server} 没有给出它的内容：不是用这个项目的密钥加密的，或刚被删除。",
    en="{server} gave nothing of it: it was encrypted to another key, or has just been deleted.",
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A submission that the server alone can open: its name there, its own instance ID, and its media."""

    key: str
    instance_id: str
    media: tuple[str, ...]


class _BrokenOffError(Exception):
    """An export ended before its end."""


def deciphered(
    central: "Central",
    form_id: str,
    received: Iterable[tuple[str, Submission]],
    passphrase: str | None,
    media_to: str | PathLike[str] | None,
) -> Iterator[Submission | Export]:
    """Submissions as they came, and after them, as exports, those that the project's key opens.

    One that cannot be opened comes with the reason. Raises `SourceError` for a wrong passphrase.
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
        yield from (_told(each, _NEEDED.filled(variable=VARIABLE)) for each in sealed)
        return
    opener = _Opener(central, form_id, spoken, None if media_to is None else Path(media_to))
    opener.check()
    for batch in _batches(sealed, apart=media_to is not None):
        yield from opener.open(batch)


def _sealed(key: str, submission: Submission) -> Sealed | None:
    """What is known of a submission that was encrypted to its project's key, which its version tells; None for any other."""
    try:
        root = parse(submission.xml)
    except InstanceError:  # reading says why
        return None
    who = identity(root)
    if not who.encrypted or plain_version(who.version) == who.version:
        return None
    files = ((node.text or "").strip().removesuffix(".enc") for node in root.iterfind("{*}media/{*}file"))
    return Sealed(key, who.instance_id, tuple(files))


def _told(sealed: Sealed, fault: Sentence) -> Submission:
    return Submission(b"", sealed.key, fault=fault)


def _batches(sealed: Iterable[Sealed], *, apart: bool) -> Iterator[list[Sealed]]:
    """Some dozens at a time; media of one name lie in different exports, where the name alone tells whose they are."""
    batch: list[Sealed] = []
    names: set[str] = set()
    for each in sealed:
        if len(batch) == AT_ONCE or (apart and names.intersection(each.media)):
            yield batch
            batch, names = [], set()
        batch.append(each)
        names.update(each.media)
    yield batch


class _Opener:
    """Asks for what the server deciphers."""

    def __init__(self, central: "Central", form_id: str, passphrase: str, media_to: Path | None) -> None:
        from liuwen.collect.sources.central import quoted

        self._central = central
        self._path = f"forms/{quoted(form_id)}/submissions"
        keys = keys_needed(central, form_id)
        self._passphrases = dict.fromkeys(keys, passphrase)
        hint = next((_HINT.filled(hint=hint) for hint in keys.values() if hint), "")
        self._wrong = _WRONG.filled(server=central.url, project=central.project, hint=hint)
        self._media_to = media_to

    def check(self) -> None:
        """Raise `SourceError` unless the server is there and opens the key with the passphrase."""
        self._ask(()).close()

    def open(self, batch: list[Sealed]) -> Iterator[Submission | Export]:
        """The submissions as an export, with their media put in place; those that are damaged with the reason."""
        try:
            with self._exported(batch) as archive:
                told = list(self._read(archive, {each.key: each for each in batch}))
        except (_BrokenOffError, zipfile.BadZipFile):
            if len(batch) > 1:
                half = len(batch) // 2
                told = [*self.open(batch[:half]), *self.open(batch[half:])]
            else:
                self.check()  # it is there, and opens its key: then it is the submission
                told = [_told(batch[0], _DAMAGED.filled(server=self._central.url))]
        yield from told

    @contextmanager
    def _exported(self, batch: Iterable[Sealed]) -> Iterator[zipfile.ZipFile]:
        import requests

        if self._media_to:
            self._media_to.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=self._media_to) if self._media_to else io.BytesIO() as file:
            try:
                with self._ask(batch) as answer:
                    for piece in answer.iter_content(1 << 16):
                        file.write(piece)
            except requests.RequestException as broken:
                raise _BrokenOffError from broken
            except SourceError as refused:  # where little was sent, nothing comes at all
                if isinstance(refused.__cause__, requests.ConnectionError):
                    raise _BrokenOffError from refused
                raise
            with zipfile.ZipFile(file) as archive:
                yield archive

    def _ask(self, batch: Iterable[Sealed]) -> "requests.Response":
        named = " or ".join("__id eq '{}'".format(each.key.replace("'", "''")) for each in batch) or "__id eq ''"
        params = {"attachments": str(self._media_to is not None).lower(), "deletedFields": "true", "$filter": named}
        sayings = {_CANNOT_DECIPHER: self._wrong}
        where = f"{self._path}.csv.zip"
        return self._central.send("POST", where, params=params, data=self._passphrases, stream=True, sayings=sayings)

    def _read(self, archive: zipfile.ZipFile, wanted: Mapping[str, Sealed]) -> Iterator[Submission | Export]:
        tables = dict(_tables(archive))
        main = next(name for name, table in tables.items() if "PARENT_KEY" not in table)
        faults = {key: self._fault(tables[main], each) for key, each in wanted.items()}
        tables[main] = _without_what_central_adds(tables[main])
        sound = {key for key, fault in faults.items() if fault is None}
        if sound:
            of_sound = {name: table[table["KEY"].map(lambda key: _is_of(key, sound))] for name, table in tables.items()}
            yield Export(of_sound, self._central.name)
        self._keep_media(archive, {name: each for key, each in wanted.items() if key in sound for name in each.media})
        yield from (_told(wanted[key], fault) for key, fault in faults.items() if fault)

    def _fault(self, main: "pd.DataFrame", sealed: Sealed) -> Sentence | None:
        """Why the row is no whole submission; one that was damaged has lost its end, where its instance ID stands."""
        server = self._central.url
        row = next((row for row in main[main["KEY"] == sealed.key].to_dict("records")), None)
        if row is None:
            return _WITHHELD.filled(server=server)
        if row[_added(main)["Status"]]:
            return _ABSENT.filled(server=server)
        is_whole = row.get("meta-instanceID", sealed.instance_id) == sealed.instance_id
        return None if is_whole else _DAMAGED.filled(server=server)

    def _keep_media(self, archive: zipfile.ZipFile, owners: Mapping[str, Sealed]) -> None:
        from liuwen.responses.decrypt import media_folder

        if self._media_to is None:
            return
        for name in archive.namelist():
            path = PurePosixPath(name)
            if path.parent.name == "media" and path.name in owners:
                folder = media_folder(self._media_to, owners[path.name].instance_id)
                with archive.open(name) as opened:
                    write_whole(folder / path.name, _pieces(opened))


def _tables(archive: zipfile.ZipFile) -> Iterator[tuple[str, "pd.DataFrame"]]:
    """The export's tables by name, all text; what the app logged of itself is none."""
    import pandas as pd

    for name in archive.namelist():
        if name.endswith(".csv") and "/" not in name and not name.endswith(" - audit.csv"):
            with archive.open(name) as opened:
                yield name.removesuffix(".csv"), pd.read_csv(opened, dtype=str, keep_default_na=False)


def _added(main: "pd.DataFrame") -> dict[str, str]:
    """The columns behind the key: Central's own name of each, and that which it has where a question bears its name too."""
    heads = list(main.columns)
    return {head.partition(".")[0]: head for head in heads[heads.index("KEY") + 1 :]}


def _without_what_central_adds(main: "pd.DataFrame") -> "pd.DataFrame":
    own = {head for name, head in _added(main).items() if name != "FormVersion"}
    return main.drop(columns=[head for head in main.columns if head in own or head in _KNOWN_BY_KEY])


def _is_of(key: str, submissions: Iterable[str]) -> bool:
    """Whether a row is of one of these; keys of repeats go on behind a slash, as in `uuid:…/member[1]`."""
    return any(key == name or key.startswith(f"{name}/") for name in submissions)


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    while piece := opened.read(1 << 16):
        yield piece

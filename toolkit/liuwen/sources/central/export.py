"""Reads an export of ODK Central (a zip of CSV and media) for the requested submissions."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from liuwen.messages import Sentence
from liuwen.responses.from_submissions.decrypt import media_folder
from liuwen.sources.kept import write_whole
from liuwen.sources.replies import refuse, require_columns

if TYPE_CHECKING:
    import pandas as pd

_EXPORT = "submissions.csv.zip"
AUDIT = "audit.csv"
"""The audit log of the app; an export has one table for all submissions."""

_AUDITS = f" - {AUDIT}"
_KNOWN_BY_KEY = ("meta-instanceID", "meta-instanceName", "meta-deprecatedID")
_NOT_A_TABLE = Sentence(zh="里面没有答卷的表", en="it contains no table of submissions")
_ABSENT = Sentence(
    zh="加密的答卷文件还没有传到 {server}。",
    en="Its encrypted file has not arrived on {server} yet.",
)
_WITHHELD = Sentence(
    zh="{server} 没有返回它的内容：不是用这个项目的密钥加密的，或刚被删除。",
    en="{server} did not return its content: it was encrypted with another key, or has just been deleted.",
)
DAMAGED = Sentence(
    zh="加密内容已损坏：即使口令正确，{server} 也解不出原来的答卷。",
    en="The encrypted content is damaged: {server} cannot recover the submission, even with the right passphrase.",
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A submission that only the server can decrypt: its name there, its instance ID, and its media."""

    key: str
    instance_id: str
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of an export: the tables of intact submissions, and the faults of the others."""

    tables: "Mapping[str, pd.DataFrame]"
    sound: Mapping[str, Sealed]
    faults: Mapping[str, Sentence]


def read(archive: zipfile.ZipFile, wanted: Iterable[Sealed], server: str) -> Opened:
    """The tables of the export, all text, with the rows of completely decrypted submissions."""
    tables = dict(_tables(archive, server))
    main = next((name for name, table in tables.items() if "PARENT_KEY" not in table), None)
    if main is None:
        refuse(_NOT_A_TABLE, server, _EXPORT)
    require_columns(_added(tables[main]), ["Status"], server, _EXPORT)
    verdicts = {each.key: _fault(tables[main], each, server) for each in wanted}
    tables[main] = _without_what_central_adds(tables[main])
    sound = {each.key: each for each in wanted if verdicts[each.key] is None}
    of_sound = {name: table[table["KEY"].map(lambda key: _is_of(key, sound))] for name, table in tables.items()}
    return Opened(of_sound, sound, {key: fault for key, fault in verdicts.items() if fault})


def keep_media(archive: zipfile.ZipFile, sound: Iterable[Sealed], media_to: Path, server: str) -> None:
    """Write the media and audit log of each submission to its folder."""
    by_key = {each.key: each for each in sound}
    owners = {name: each for each in by_key.values() for name in each.media}
    for name in archive.namelist():
        path = PurePosixPath(name)
        with archive.open(name) as opened:
            if name.endswith(_AUDITS):
                _keep_audits(opened, by_key, media_to, server)
            elif path.parent.name == "media" and path.name in owners:
                write_whole(media_folder(media_to, owners[path.name].instance_id) / path.name, _pieces(opened))


def has_media(sealed: Sealed, media_to: Path) -> bool:
    """Whether all its media are in its folder already."""
    folder = media_folder(media_to, sealed.instance_id)
    return all((folder / PurePosixPath(name).name).is_file() for name in sealed.media)


def _tables(archive: zipfile.ZipFile, server: str) -> "Iterator[tuple[str, pd.DataFrame]]":
    for name in archive.namelist():
        if name.endswith(".csv") and "/" not in name and not name.endswith(_AUDITS):
            with archive.open(name) as opened:
                yield name.removesuffix(".csv"), _table(opened, "KEY", server)


def _table(opened: IO[bytes], key: str, server: str) -> "pd.DataFrame":
    """A table of text with a key column; raises `SourceError` if it is something else."""
    import pandas as pd

    try:
        table = pd.read_csv(opened, dtype=str, keep_default_na=False)
    except ValueError:
        refuse(_NOT_A_TABLE, server, _EXPORT)
    require_columns(table.columns, [key], server, _EXPORT)
    return table


def _fault(main: "pd.DataFrame", sealed: Sealed, server: str) -> Sentence | None:
    """Why the row is not a complete submission; a damaged one has lost its end, which contains the instance ID."""
    row = next((row for row in main[main["KEY"] == sealed.key].to_dict("records")), None)
    status = row[_added(main)["Status"]] if row else "not decrypted"
    if row is None or status:
        return (_ABSENT if status == "missing encrypted form data" else _WITHHELD).filled(server=server)
    is_whole = row.get("meta-instanceID", sealed.instance_id) == sealed.instance_id
    return None if is_whole else DAMAGED.filled(server=server)


def _added(main: "pd.DataFrame") -> dict[str, str]:
    """The columns after the key: Central's own names, and their alternatives if a question has the same name."""
    heads = list(main.columns)
    return {head.partition(".")[0]: head for head in heads[heads.index("KEY") + 1 :]}


def _without_what_central_adds(main: "pd.DataFrame") -> "pd.DataFrame":
    own = {head for name, head in _added(main).items() if name != "FormVersion"}
    return main.drop(columns=[head for head in main.columns if head in own or head in _KNOWN_BY_KEY])


def _is_of(key: str, submissions: Iterable[str]) -> bool:
    """Whether a row belongs to one of these submissions; keys of repeats have a suffix, as in `uuid:…/member[1]`."""
    return any(key == name or key.startswith(f"{name}/") for name in submissions)


def _keep_audits(opened: IO[bytes], by_key: Mapping[str, Sealed], media_to: Path, server: str) -> None:
    for key, rows in _table(opened, "instance ID", server).groupby("instance ID"):
        if sealed := by_key.get(str(key)):
            text = rows.drop(columns="instance ID").to_csv(index=False)
            write_whole(media_folder(media_to, sealed.instance_id) / AUDIT, [text.encode()])


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    while piece := opened.read(1 << 16):
        yield piece

"""Answers from a source straight into a folder of Parquet, with the memory of a part of them."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from liuwen.errors import ReadError
from liuwen.form.model import Form
from liuwen.form.reading import as_form
from liuwen.messages import Sentence
from liuwen.responses.exports.streamed_parquet import StreamedFolder
from liuwen.responses.from_exports import is_tabular
from liuwen.responses.from_submissions.seen import SeenOnDisk
from liuwen.responses.holder import Holder, SubmissionHolder, ToRead
from liuwen.responses.loading_summary import LoadingSummary
from liuwen.responses.read import intake_of, read_responses, refuse_another_form, to_read_from
from liuwen.responses.reading_options import ReadingOptions
from liuwen.responses.source import SubmissionSource
from liuwen.responses.written_folder import is_written_folder

if TYPE_CHECKING:
    from liuwen.responses.read import Source

_BUSY = Sentence(
    zh="另一个程序正在往文件夹“{path}”里写；请等它写完，或换一个文件夹。",
    en='Another program is writing to the folder "{path}"; wait until it has finished, or use another folder.',
)
_WORK = ".reading-"
"""How the folder begins that holds answers while they are written."""


def load_to_parquet(
    source: "Source",
    folder: str | PathLike[str],
    form: Form | str | PathLike[str] | None = None,
    *,
    raw: bool = False,
    **told: Any,
) -> Path:
    """Load answers straight into a folder of Parquet, as `read_responses(...).to_parquet(folder)` writes it.

    Submission XML and stores are read part by part, so that the memory does not grow with their number; what was read lies in a
    private folder in `folder` until all is written, and needs about as much disk again. Other sources, and anonymous answers, are
    loaded as a whole.

    Args:
        source: What `read_responses` reads.
        folder: The folder to write to.
        form: The form, or the path of one; by default the only form in the folder or place.
        raw: Whether unlinked sections are written too, row by row.
        **told: Further arguments for `read_responses`: `earlier`, `renamed`, `key`, `timezone`, …; `cache` has no effect.

    Returns:
        The folder; `read_responses(folder)` reads it.

    Raises:
        ReadError: If there is nothing to read, all submissions belong to another form, the key is invalid, or another program
            writes to the folder in the same way.

    Example:
        >>> import tempfile
        >>> from liuwen.form.builder import build_form, text
        >>> form = build_form("visit", en="Visit", languages=("en",), version="1", items=[text("village", en="Which village?")])
        >>> folder = load_to_parquet([b'<data id="visit"><village>Hubin</village></data>'], tempfile.mkdtemp(), form)
        >>> read_responses(folder).table["village"].tolist()
        ['Hubin']
    """
    loaded_to_parquet(source, folder, form, raw=raw, **told)
    return Path(folder)


def loaded_to_parquet(
    source: "Source",
    folder: str | PathLike[str],
    form: Form | str | PathLike[str] | None = None,
    *,
    raw: bool = False,
    **told: Any,
) -> LoadingSummary:
    """The same, and what is known of the answers then."""
    to, asked = Path(folder), None if form is None else as_form(form)
    told.pop("cache", None)
    is_held = isinstance(source, Holder) and not is_tabular(source)
    if is_held and isinstance(source, SubmissionHolder):
        given = source.to_read(asked, form_id=told.pop("form_id", None))
        return _write(given, to, raw=raw, told=told)
    if is_held or is_tabular(source) or is_written_folder(source):
        responses = read_responses(source, asked, **told)
        responses.to_parquet(to, raw=raw)
        return LoadingSummary.of(responses)
    return _write(to_read_from(cast("SubmissionSource", source), asked), to, raw=raw, told=told)


def _write(given: ToRead, folder: Path, *, raw: bool, told: dict[str, Any]) -> LoadingSummary:
    options = ReadingOptions(*(told.pop(name, None) for name in ("encoding", "timezone", "na", "dates")))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder), TemporaryDirectory(prefix=_WORK, dir=folder) as work:
        seen = SeenOnDisk(Path(work))
        try:
            intake = intake_of(given, seen=seen, options=options, **told)
            streamed = StreamedFolder(intake, folder, Path(work), raw=raw, timezone=options.timezone)
            streamed.read(given.submissions)
            refuse_another_form(intake)
            return streamed.write()
        finally:
            seen.close()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Refuse another program in the folder at the same time, and delete what a writing that was cut off has left."""
    handle = _locked(folder)
    try:
        for left in folder.glob(f"{_WORK}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(folder: Path) -> int | None:
    """A handle that locks a folder until it is closed; None on Windows, where files in use cannot be deleted anyhow."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        os.close(handle)
        raise ReadError(_BUSY.filled(path=folder)) from held
    except OSError:  # a network drive without locks
        pass
    return handle

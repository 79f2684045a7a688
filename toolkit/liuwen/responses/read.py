"""Reading submissions: each is taken in, or told why not."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast

from liuwen.errors import ReadError
from liuwen.form.model import Form
from liuwen.form.reading import as_form
from liuwen.messages import Sentence
from liuwen.responses.beside import form_beside, id_beside
from liuwen.responses.from_exports import is_tabular, read_export
from liuwen.responses.from_submissions.intake import Intake
from liuwen.responses.from_submissions.reading_cache import FILE, CacheFile
from liuwen.responses.from_submissions.seen import SeenSubmissions
from liuwen.responses.holder import Holder, ToRead
from liuwen.responses.memory import shared_memory
from liuwen.responses.reading_options import AS_IT_STANDS, DayOrder, ReadingOptions
from liuwen.responses.responses import Responses
from liuwen.responses.source import SubmissionSource, submissions
from liuwen.responses.written_folder import is_written_folder, read_written_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Source = SubmissionSource | Holder | ToRead | pd.DataFrame | Mapping[str, pd.DataFrame]

_OTHER_FORM = Sentence(
    zh="所有答卷都属于另一个表单（{ids}），不是“{id}”。",
    en="All submissions belong to another form ({ids}), not to “{id}”.",
)


def read_responses(
    source: "Source",
    form: Form | str | PathLike[str] | None = None,
    *,
    earlier: "Sequence[Form | str | PathLike[str]]" = (),
    renamed: "Mapping[str, str] | None" = None,
    form_id: str | None = None,
    key: "str | PathLike[str] | bytes | RSAPrivateKey | None" = None,
    passphrase: str | None = None,
    media_to: str | PathLike[str] | None = None,
    timezone: str | None = None,
    encoding: str | None = None,
    na: "Sequence[str] | None" = None,
    dates: "DayOrder | None" = None,
    cache: "str | PathLike[str] | CacheFile | None" = None,
) -> Responses:
    """Load answers into typed tables.

    A submission that cannot be loaded is listed in `Responses.rejected` with its reason; the others are loaded. A
    submission that occurs twice with the same content counts once; an edit (`deprecatedID`) replaces what it edits.

    Args:
        source: A folder or zip of submission XML, one such file, or an iterable of their bytes (or of `Submission`s); a
            store (also by its folder), or another place that holds submissions (`Central`, `Kobo`); or an export: a workbook
            or CSV of Kobo, ODK, Ona or SurveyCTO, a folder or zip of CSVs, JSON of Central or Kobo (a file, or a folder of
            them), a Stata or SPSS file, a DataFrame for each sheet; or a folder that `Responses.to_parquet` wrote.
        form: The form, or the path of one; by default the only form in the folder or place.
        earlier: Earlier versions of the form. Submissions to them are read by them; a question is recognised if its label
            (in every language that both have) or its name is equal. Questions that only look similar are never joined:
            they are kept in `.unknown`, and `.notes` gives the line to write if they are the same.
        renamed: Old name or path → new name, for questions that were renamed, such as `{"boys": "girls"}`.
        form_id: The form ID in the submissions, if it is not that of the form; KoboToolbox uses its own.
        key: The private key of encrypted submissions, in PEM.
        passphrase: The passphrase of `key`.
        media_to: A folder for decrypted attachments.
        timezone: The time zone of times that are written without one, such as "Asia/Shanghai". Without it they are kept as they
            stand, never taken for UTC, and that is told.
        encoding: The encoding of CSV and JSON, if it is not evident from the file.
        na: What stands for no answer in an export, such as ("n/a", "-99"); by default what is evident, () for nothing.
        dates: The order of dates in numbers, "dmy", "mdy" or "ymd", if the columns of an export do not show it.
        cache: A folder that keeps parsed submissions (XML), so that a second reading parses only new ones. It holds the answers,
            those of unlinked sections too, and needs the same protection. Submissions that are gone from the source are removed
            when it is read again. Decrypted and anonymous answers are never kept. A store has a cache of its own.

    Returns:
        The answers.

    Raises:
        ReadError: If there is nothing to read, all submissions belong to another form, or the key is invalid.

    Example:
        >>> from liuwen.form.builder import build_form, integer, text
        >>> form = build_form("visit", en="Visit", languages=("en",), version="1", items=[
        ...     text("village", en="Which village?"), integer("members", en="How many live here?")])
        >>> responses = read_responses([b'<data id="visit" version="1"><village>Hubin</village><members/></data>'], form)
        >>> responses.table["village"].tolist(), responses.base("members")
        (['Hubin'], 1)
    """
    if isinstance(source, Holder) and not is_tabular(source):  # a frame may have a column of that name
        asked = None if form is None else as_form(form)
        told: dict[str, object] = {"earlier": earlier, "renamed": renamed, "key": key, "passphrase": passphrase}
        told |= {"media_to": media_to, "timezone": timezone, "cache": cache}
        return source.responses(asked, form_id=form_id, **{name: value for name, value in told.items() if value})
    options = ReadingOptions(encoding, timezone, None if na is None else tuple(na), dates)
    if is_written_folder(source):
        return read_written_folder(Path(cast("str", source)), None if form is None else as_form(form))
    if is_tabular(source):
        known = form_beside(source) if form is None else as_form(form)
        return read_export(source, known, earlier=[as_form(older) for older in earlier], renamed=renamed or {}, options=options)
    given = to_read_from(cast("SubmissionSource | ToRead", source), None if form is None else as_form(form))
    intake = intake_of(
        given,
        earlier=earlier,
        renamed=renamed,
        form_id=form_id,
        key=key,
        passphrase=passphrase,
        media_to=media_to,
        options=options,
        cache=_cache_file(cache, source, given.form),
    )
    with shared_memory():
        intake.take(given.submissions)
        refuse_another_form(intake)
        return intake.responses()


def to_read_from(source: SubmissionSource | ToRead, form: Form | None) -> ToRead:
    """The submissions of a folder, a zip, a file, or in memory; raises `ReadError` where there is nothing to read."""
    if isinstance(source, ToRead):
        return source
    known = form_beside(source) if form is None else form
    return ToRead(submissions(source), known, form_id=id_beside(source))


def intake_of(
    given: ToRead,
    *,
    earlier: "Sequence[Form | str | PathLike[str]]" = (),
    renamed: "Mapping[str, str] | None" = None,
    form_id: str | None = None,
    key: "str | PathLike[str] | bytes | RSAPrivateKey | None" = None,
    passphrase: str | None = None,
    media_to: str | PathLike[str] | None = None,
    options: ReadingOptions = AS_IT_STANDS,
    cache: CacheFile | None = None,
    seen: SeenSubmissions | None = None,
) -> Intake:
    """What takes the submissions in; the arguments are those of `read_responses`."""
    return Intake(
        given.form,
        earlier=[as_form(older) for older in earlier or given.earlier],
        renamed=renamed,
        form_id=form_id or given.form_id,
        key=_key(key, passphrase),
        media_to=None if media_to is None else Path(media_to),
        options=options,
        cache=cache,
        seen=seen,
        sections=given.sections,
    )


def refuse_another_form(intake: Intake) -> None:
    """Raise `ReadError` if all that was taken in belongs to another form."""
    if intake.other_forms and not intake.gatherer.count and len(intake.rejected) == sum(intake.other_forms.values()):
        ids = ", ".join(f"“{name}”" for name, _ in intake.other_forms.most_common(3))
        raise ReadError(_OTHER_FORM.filled(ids=ids, id=intake.form.id))


def _cache_file(cache: "str | PathLike[str] | CacheFile | None", source: "Source", form: Form) -> CacheFile | None:
    if cache is None or isinstance(cache, CacheFile):
        return cache
    where = str(Path(source).absolute()) if isinstance(source, str | PathLike) else ""
    return CacheFile(Path(cache) / FILE, f"{form.id} {where}")


def _key(key: "str | PathLike[str] | bytes | RSAPrivateKey | None", passphrase: str | None) -> "RSAPrivateKey | None":
    if key is None:
        return None
    from liuwen.responses.from_submissions.decrypt import read_private_key

    return read_private_key(key, passphrase)

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
from liuwen.responses.holder import Holder
from liuwen.responses.responses import Responses
from liuwen.responses.source import SubmissionSource, submissions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Source = SubmissionSource | Holder | pd.DataFrame | Mapping[str, pd.DataFrame]

_OTHER_FORM = Sentence(
    zh="所有答卷都属于另一个表单（{ids}），不是“{id}”。",
    en="Every submission is of another form ({ids}), not of “{id}”.",
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
) -> Responses:
    """The answers in `source` to `form`, as typed tables.

    `source` is a folder or zip of submission XML, one such file, or an iterable of their bytes (or of `Submission`s); a place
    that holds submissions (a `Store`, `Central`, `Kobo`), which is asked for them; or what another tool exported: a Kobo or
    ODK workbook, a CSV, a folder or zip of CSVs, JSON of Central or Kobo, a frame a sheet. `form` is a `Form` or the path of
    one; without it, the one form that lies in the folder, or that the place holds. Encrypted submissions are read with `key`,
    a private key in PEM (with its `passphrase`); their media are deciphered into `media_to` where that is given.

    Submissions of a version in `earlier` are read by that form: questions that moved or were renamed since are recognised
    where their label is the same (in every language both have), else where their name is. They are never joined because they
    look alike: such a question stands in `.unknown`, and `.notes` give the line to write if it is the same after all
    (`renamed={"boys": "girls"}`: old name or path → new). Each renaming and rewording is noted. `form_id` is the ID that the
    submissions bear where it is not the form's own, as a server may give one (a folder that was pulled from Kobo says so
    itself); a place is asked for it by that ID.

    A submission that cannot be taken in is listed in `.rejected` with the reason, and the others are loaded. The same
    instance ID twice counts once where both say the same; an edit (`deprecatedID`) takes the place of what it edits.

    Raises `ReadError` where there is nothing to read, every submission is of another form, or the key is none.

    >>> from liuwen.form.builder import build_form, integer, text
    >>> form = build_form("visit", en="Visit", languages=("en",), version="1", items=[
    ...     text("village", en="Which village?"), integer("members", en="How many live here?")])
    >>> responses = read_responses([b'<data id="visit" version="1"><village>Hubin</village><members/></data>'], form)
    >>> responses.table["village"].tolist(), responses.base("members")
    (['Hubin'], 1)
    """
    if isinstance(source, Holder) and not is_tabular(source):  # a frame may have a column of that name
        asked = None if form is None else as_form(form)
        told = {"earlier": earlier, "renamed": renamed, "key": key, "passphrase": passphrase, "media_to": media_to}
        return source.responses(asked, form_id=form_id, **{name: value for name, value in told.items() if value})
    known = form_beside(source) if form is None else as_form(form)
    if is_tabular(source):
        return read_export(source, known, earlier=[as_form(older) for older in earlier], renamed=renamed or {})
    intake = Intake(
        known,
        earlier=[as_form(older) for older in earlier],
        renamed=renamed,
        form_id=form_id or id_beside(source),
        key=_key(key, passphrase),
        media_to=None if media_to is None else Path(media_to),
    )
    for submission in submissions(cast("SubmissionSource", source)):
        intake.take(submission)
    if intake.other_forms and not intake.headers and len(intake.rejected) == sum(intake.other_forms.values()):
        ids = ", ".join(f"“{name}”" for name, _ in intake.other_forms.most_common(3))
        raise ReadError(_OTHER_FORM.filled(ids=ids, id=known.id))
    return intake.responses()


def _key(key: "str | PathLike[str] | bytes | RSAPrivateKey | None", passphrase: str | None) -> "RSAPrivateKey | None":
    if key is None:
        return None
    from liuwen.responses.from_submissions.decrypt import read_private_key

    return read_private_key(key, passphrase)

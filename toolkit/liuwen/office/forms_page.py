"""Forms: check and publish a file, open and close, the check report of what is published, which are confidential."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence
from liuwen.office.rendering import moment, shown
from liuwen.office.words import FORM_STATES
from liuwen.openrosa.refused import RefusedError
from liuwen.store.forms import check_file_name

if TYPE_CHECKING:
    from liuwen.checks import Report
    from liuwen.office.request import OfficeRequest

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="问卷", en="Forms"),
    "form": Sentence(zh="问卷", en="Form"),
    "version": Sentence(zh="版本", en="Version"),
    "versions": Sentence(zh="各版本", en="Versions"),
    "published": Sentence(zh="发布于", en="Published"),
    "answers": Sentence(zh="答卷", en="Answers"),
    "state": Sentence(zh="状态", en="State"),
    "set": Sentence(zh="改状态", en="Set"),
    "anonymous": Sentence(zh="匿名", en="anonymous"),
    "encrypted": Sentence(zh="加密", en="encrypted"),
    "confidential": Sentence(zh="保密", en="confidential"),
    "check": Sentence(zh="检查", en="Check"),
    "new": Sentence(zh="发布问卷", en="Publish a form"),
    "file": Sentence(zh="问卷文件（.xlsx、.xls、.md、.csv、.xml）", en="The form (.xlsx, .xls, .md, .csv, .xml)"),
    "media": Sentence(zh="问卷用到的名单和图片（可不填）", en="Lists and pictures that it needs (optional)"),
    "publish": Sentence(zh="检查并发布", en="Check and publish"),
    "about": Sentence(
        zh="先检查，有错误就不发布，并列出在哪一行、怎么改。",
        en="It is checked first; with errors it is not published, and they are listed.",
    ),
    "none": Sentence(zh="还没有发布问卷。", en="No form has been published yet."),
    "done_published": Sentence(zh="已发布，手机下次刷新就能看到。", en="Published; phones see it at their next refresh."),
    "done_set": Sentence(zh="已改。", en="Done."),
    "report": Sentence(zh="检查结果", en="Findings"),
    "refused": Sentence(zh="有错误，没有发布。", en="There are errors, so it was not published."),
    "clean": Sentence(zh="没有发现问题。", en="No findings."),
    "severity": Sentence(zh="程度", en="Severity"),
    "where": Sentence(zh="位置", en="Place"),
    "finding": Sentence(zh="问题和改法", en="What is wrong, and what to do"),
    "back": Sentence(zh="返回问卷", en="Back to the forms"),
}
NO_FILE = Sentence(zh="请选一个问卷文件。", en="Choose the file of a form.")


def forms(asked: "OfficeRequest") -> Response:
    """The list of forms with their versions."""
    store = asked.office.store
    hidden, concealed = store.office.confidential(), asked.office.concealed(asked)
    rows = [
        {
            "form": form,
            "published": moment(form.published),
            "answers": "—" if form.form_id in concealed else store.count(form.form_id),
            "confidential": form.form_id in hidden,
            "versions": [(one.version, moment(one.published)) for one in store.forms() if one.form_id == form.form_id],
        }
        for form in asked.office.forms()
    ]
    return shown("forms.html", asked, "/forms", WORDS, rows=rows, states=FORM_STATES)


def set_state(asked: "OfficeRequest") -> Response:
    """Open or close a form."""
    state: Any = asked.field("state")  # an unknown one is refused by the store
    asked.office.store.set_state(asked.field("form"), state)
    return RedirectResponse("/forms?done=set", 303)


def check_published(asked: "OfficeRequest") -> Response:
    """The check report of a published form."""
    from liuwen.checks import check

    form = asked.office.form(asked.query.get("form", ""))
    return _report(asked, check(asked.office.store.form(form.form_id)), refused=False)


def publish(asked: "OfficeRequest") -> Response:
    """Check a form that was sent, and publish it if it has no errors."""
    from liuwen.checks import check
    from liuwen.form import read_form

    form_file = next((file for field, file in asked.files.items() if field.startswith("form/")), None)
    if form_file is None:
        raise RefusedError(400, NO_FILE)
    media = [file for field, file in asked.files.items() if field.startswith("media/")]
    with tempfile.TemporaryDirectory(prefix="liuwen-form-") as folder:
        for name, content in (*media, form_file):
            Path(folder, check_file_name(name)).write_bytes(content)
        form = read_form(Path(folder, form_file[0]))
        report = check(form)
        if report.ok:
            store = asked.office.store
            published = store.publish(form, media=dict(media))
            store.office.note("form published", published.form_id, published.version)
            return RedirectResponse("/forms?done=published", 303)
    return _report(asked, report, refused=True)


def _report(asked: "OfficeRequest", report: "Report", *, refused: bool) -> Response:
    from liuwen.checks.findings import SEVERITY_WORDS, place_in_words

    findings = [
        {"severity": one.severity, "word": SEVERITY_WORDS[one.severity], "place": place_in_words(one.place), "said": one.sentence}
        for one in report.all
    ]
    told = {"summary": report.summary, "findings": findings, "refused": refused}
    return shown("check.html", asked, "/forms", WORDS, **told)

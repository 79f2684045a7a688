"""Forms: check and publish a file, open and close, the check report of what is published, which are confidential."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence
from liuwen.office.answers import in_words
from liuwen.office.collecting import shown_once
from liuwen.office.rendering import moment, shown
from liuwen.office.sessions import HandedOut
from liuwen.office.words import FORM_STATES
from liuwen.openrosa.refused import RefusedError
from liuwen.responses.plan import MAIN
from liuwen.server.draft_addresses import code_to_try
from liuwen.server.serving import served_at
from liuwen.store.forms import check_file_name

if TYPE_CHECKING:
    from liuwen.checks import Report
    from liuwen.office.request import OfficeRequest
    from liuwen.responses import Responses

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
    "try": Sentence(zh="检查并试填", en="Check and try"),
    "about": Sentence(
        zh="先检查，有错误就列出在哪一行、怎么改。可以先试填：用试填码在手机或浏览器里填，答卷不进正式数据，发布时删除。",
        en="It is checked first; errors are listed. It can be tried before: with a test code it is filled in on a phone or in a "
        "browser; test answers stay apart and are deleted when the form is published.",
    ),
    "drafts": Sentence(zh="试填中", en="Being tried"),
    "draft": Sentence(zh="草稿", en="draft"),
    "code": Sentence(zh="试填码", en="Test code"),
    "publish_draft": Sentence(zh="发布", en="Publish"),
    "discard": Sentence(zh="删除草稿", en="Delete the draft"),
    "test_answers": Sentence(zh="试填的答卷", en="Test answers"),
    "about_test": Sentence(
        zh="最近 {count} 份；不进正式数据，也不进备份。", en="The last {count}; they are in no table of answers and in no backup."
    ),
    "no_test": Sentence(zh="还没有人试填。", en="Nobody has tried it yet."),
    "done_drafted": Sentence(zh="可以试填了：生成一个试填码。", en="It can be tried: make a test code."),
    "done_discarded": Sentence(zh="草稿和试填的答卷已删除。", en="The draft was deleted with its test answers."),
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
LAST = 20
"""How many test answers are shown."""
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
    return shown("forms.html", asked, "/forms", WORDS, rows=rows, states=FORM_STATES, drafts=store.drafts.all())


def draft(asked: "OfficeRequest") -> Response:
    """A draft with its last test answers, by their labels."""
    one = asked.office.store.drafts.get(str(asked.path["name"]))
    answers = one.store.responses(one.form.form_id)
    words = answers.labelled(asked.language)
    labels = dict(zip(words.columns, answers.labelled(asked.language, headings=True).columns, strict=True))
    heads = _heads(answers)
    rows = [zip(heads, row, strict=True) for row in words[heads].tail(LAST).itertuples(index=False)]
    said = [[(labels[head], in_words(cell)) for head, cell in row if in_words(cell)] for row in rows]
    about = WORDS["about_test"].filled(count=len(said))
    return shown("draft.html", asked, "/forms", WORDS, draft=one, about=about, said=said[::-1])


def _heads(answers: "Responses") -> list[str]:
    """The columns of the questions that are asked."""
    return [head for column in answers.plan.tables[MAIN].columns if column.element.is_asked for head in column.heads]


def draft_code(asked: "OfficeRequest") -> Response:
    """Make a test code of a draft and show it."""
    store = asked.office.store
    joining = code_to_try(store.drafts.get(str(asked.path["name"])), served_at(store.folder, 8060))
    return shown_once(asked, HandedOut(joining, "", "/forms"))


def publish_draft(asked: "OfficeRequest") -> Response:
    """Publish the form of a draft; the draft and its answers are deleted."""
    asked.office.store.drafts.publish(str(asked.path["name"]))
    return RedirectResponse("/forms?done=published", 303)


def discard_draft(asked: "OfficeRequest") -> Response:
    """Delete a draft."""
    asked.office.store.drafts.discard(str(asked.path["name"]))
    return RedirectResponse("/forms?done=discarded", 303)


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
    """Check a form that was sent, and publish it, or make a draft of it, if it has no errors."""
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
            if "draft" in asked.fields:
                made = store.drafts.add(form, media=dict(media))
                return RedirectResponse(f"/forms/drafts/{made.name}?done=drafted", 303)
            store.publish(form, media=dict(media))
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

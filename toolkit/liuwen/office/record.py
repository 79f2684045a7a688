"""One answer: every question that was asked, photos, position, earlier versions, times, reviews; each view is logged."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pandas as pd
from starlette.responses import FileResponse, RedirectResponse

from liuwen.messages import Sentence
from liuwen.office.answers import caught_up, in_words
from liuwen.office.desk import NO_ANSWER
from liuwen.office.map_point import Spot, map_of
from liuwen.office.rendering import shown
from liuwen.openrosa.refused import RefusedError
from liuwen.responses.labels import label_of
from liuwen.responses.plan import MAIN, Column
from liuwen.store.reviews import STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from liuwen.messages import Language
    from liuwen.office.request import OfficeRequest
    from liuwen.responses import Responses
    from liuwen.store import Store, StoredSubmission

WORDS: Mapping[str, Sentence] = {
    "title": Sentence(zh="答卷", en="Answer"),
    "back": Sentence(zh="返回列表", en="Back to the list"),
    "review": Sentence(zh="审核", en="Review"),
    "comment": Sentence(zh="评语", en="Comment"),
    "save": Sentence(zh="保存", en="Save"),
    "reviews": Sentence(zh="审核记录", en="Reviews"),
    "no_reviews": Sentence(zh="还没有审核过。", en="Not reviewed yet."),
    "photos": Sentence(zh="照片", en="Photos"),
    "files": Sentence(zh="附件", en="Files"),
    "map": Sentence(zh="位置", en="Position"),
    "map_about": Sentence(
        zh="深色是这一份，浅色是同一问卷的其他答卷；上北。", en="Dark: this answer; light: others to the same form. North is up."
    ),
    "received": Sentence(zh="收到", en="Received"),
    "visitor": Sentence(zh="采集员", en="Collector"),
    "version": Sentence(zh="问卷版本", en="Version of the form"),
    "instance": Sentence(zh="编号", en="Instance ID"),
    "duration": Sentence(zh="访谈用时", en="Duration"),
    "versions": Sentence(zh="历次提交", en="Versions sent"),
    "this_one": Sentence(zh="（这一份）", en="(this one)"),
    "replaced": Sentence(zh="这一版已被后来的修改替代。", en="This version was replaced by a later edit."),
    "waiting": Sentence(zh="有照片还没传完。", en="Some photos have not arrived yet."),
    "unreadable": Sentence(
        zh="这份答卷读不了：在手机上加密过，要用私钥（liuwen load --key）。",
        en="This answer cannot be read here: it was encrypted on the phone and needs the private key (liuwen load --key).",
    ),
    "beside": Sentence(zh="手机记录的和算出来的", en="Recorded by the phone, and calculated"),
    "unanswered": Sentence(zh="没有回答", en="not answered"),
    "done_reviewed": Sentence(zh="已保存。", en="Saved."),
}
MINUTES = Sentence(zh="{minutes} 分钟", en="{minutes} minutes")
NO_FILE = Sentence(zh="没有这个附件。", en="There is no such file.")

MOST_SPOTS = 1000
"""How many other answers are drawn on the map."""
_NUMBERS = 1 << 63
"""Above all numbers of answers, and more than SQLite can look for."""
_SHOWN_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


class Answered(NamedTuple):
    """A question and its answer in words; `group` opens a section."""

    group: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnsweredTable:
    """The rows of a repeat."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def record(asked: "OfficeRequest") -> "Response":
    """The page of an answer, by its number."""
    store = asked.office.store
    kept = _kept(asked)
    responses = _read(store, kept)
    store.office.note("answer viewed", f"{kept.form_id} #{kept.number}")
    readable = len(responses) == 1
    files = store.attachments(kept.form_id, kept.instance_id)
    reviews = store.office.reviews(kept.instance_id)
    return shown(
        "record.html",
        asked,
        "/answers",
        WORDS,
        kept=kept,
        form=asked.office.form(kept.form_id),
        readable=readable,
        answers=_answers(responses, asked.language, asked=True) if readable else [],
        beside=_answers(responses, asked.language, asked=False) if readable else [],
        tables=_tables(responses, asked.language) if readable else [],
        photos=[name for name in files if is_picture(name)],
        files=[name for name in files if not is_picture(name) and name != "audit.csv"],
        address=lambda name: f"/answers/{kept.number}/files/{quote(name, safe='')}",
        map=map_of(_spot(responses), _others(asked, kept.form_id)) if readable else None,
        duration=_duration(responses) if readable else None,
        versions=store.office.versions_of(kept.root_id),
        reviews=reviews,
        state=reviews[-1].state if reviews else "received",
        states=STATES,
    )


def review(asked: "OfficeRequest") -> "Response":
    """Review an answer."""
    kept = _kept(asked)
    asked.office.store.office.review(kept.instance_id, asked.field("state"), asked.field("comment"))
    return RedirectResponse(f"/answers/{kept.number}?done=reviewed", 303)


def attachment(asked: "OfficeRequest") -> "Response":
    """A file of an answer: photos are shown, other files are only downloaded."""
    kept, name = _kept(asked), str(asked.path["name"])
    path = asked.office.store.attachments(kept.form_id, kept.instance_id).get(name)
    if path is None or not path.is_file():
        raise RefusedError(404, NO_FILE)
    asked.office.store.office.note("file viewed", f"{kept.form_id} #{kept.number}", name)
    kind = mimetypes.guess_type(name)[0] or ""
    if kind in _SHOWN_PICTURES:
        return FileResponse(path, media_type=kind)
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def is_picture(name: str) -> bool:
    """Whether a file is shown as a picture.

    >>> is_picture("house.JPG"), is_picture("drawing.svg")
    (True, False)
    """
    return mimetypes.guess_type(name)[0] in _SHOWN_PICTURES


def _kept(asked: "OfficeRequest") -> "StoredSubmission":
    """The answer of the address, if the person may see answers to its form."""
    number = int(asked.path["number"])
    found = asked.office.store.submission(number) if number < _NUMBERS else None
    if found is None:
        raise RefusedError(404, NO_ANSWER)
    asked.office.require_answers(asked, found.form_id)
    return found


def _read(store: "Store", kept: "StoredSubmission") -> "Responses":
    from liuwen.responses import Submission, read_responses

    files = store.attachments(kept.form_id, kept.instance_id)

    def opened(name: str) -> Any:
        path: Path | None = files.get(name)
        return path.open("rb") if path is not None and path.is_file() else None

    given = Submission(kept.xml, kept.instance_id, kept.received.isoformat(), opened, sent_by=kept.collector)
    return read_responses([given], store.form(kept.form_id, kept.version), form_id=kept.form_id)


def _answers(responses: "Responses", language: "Language", *, asked: bool) -> list[Answered]:
    """Every question of the main table that was asked, in the order of the form; or what was recorded without asking."""
    row = responses.labelled(language).iloc[0]
    found, before = [], ""
    for column in responses.plan.tables[MAIN].columns:
        if column.element.is_asked != asked or not _is_shown(responses, column):
            continue
        groups = [label_of(parent, language) for parent in column.element.parents]
        group = next((label for label in groups if label), "")
        said = "  ".join(in_words(row[head]) for head in column.heads if in_words(row[head]))
        question = label_of(column.element, language) or column.name
        found.append(Answered(group if group != before else "", question, said))
        before = group
    return found


def _is_shown(responses: "Responses", column: Column) -> bool:
    answered = bool(responses.answered(column.element).iloc[0])
    asked = responses.asked(column.element).iloc[0]
    return answered or (column.element.is_asked and bool(pd.notna(asked)) and bool(asked))


def _tables(responses: "Responses", language: "Language") -> list[AnsweredTable]:
    """The repeats; unlinked sections are answers of nobody, and are not shown beside a name."""
    found = []
    for name, table in responses.plan.tables.items():
        frame = responses[name]
        if name == MAIN or table.unlinked or frame.empty:
            continue
        heads = [head for column in table.columns for head in column.heads if frame[head].notna().any()]
        words = responses.labelled(language, name)
        labels = responses.labelled(language, name, headings=True).columns
        named = dict(zip(words.columns, labels, strict=True))
        title = label_of(table.element, language) if table.element is not None else name
        rows = [[in_words(cell) for cell in row] for row in words[heads].itertuples(index=False)]
        found.append(AnsweredTable(title or name, [named[head] for head in heads], rows))
    return found


def _spot(responses: "Responses") -> Spot | None:
    spots = _spots(responses)
    return spots[0] if spots else None


def _spots(responses: "Responses") -> list[Spot]:
    """The positions of the first question that has any."""
    for column in responses.plan.tables[MAIN].columns:
        if column.kind == "geopoint":
            where = responses.table[list(column.heads[:2])].dropna()
            if len(where):
                return [Spot(float(latitude), float(longitude)) for latitude, longitude in where.itertuples(index=False)]
    return []


def _others(asked: "OfficeRequest", form_id: str) -> list[Spot]:
    caught_up(asked.office)
    return [Spot(*where) for where in asked.office.index.spots(form_id, MOST_SPOTS)]


def _duration(responses: "Responses") -> Sentence | None:
    """From the start to the end of the interview, if the form records them."""
    times = {column.element.type: column.name for column in responses.plan.tables[MAIN].columns}
    if not {"start", "end"} <= times.keys():
        return None
    took = responses.table[times["end"]].iloc[0] - responses.table[times["start"]].iloc[0]
    return None if pd.isna(took) else MINUTES.filled(minutes=f"{took.total_seconds() / 60:.0f}")

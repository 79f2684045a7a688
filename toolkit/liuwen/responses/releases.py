"""Releases: which answers a publication counts, remembered so that the next one gives nobody away by its difference.

A release counts the answers of the one before it, and new ones only from places where at least `minimum` answers are new or
changed; the others wait for the next release. Rows of sections kept apart come and go in batches of their own
(`liuwen.responses.section_batches`). What is remembered of each answer is a keyed fingerprint and its places, no answer.
The record holds the key as well, so that whoever has it can test a guess: keep it as private as the answers. It is sorted,
because the order of the rows would reveal answers.
The tables of a release are audited against those of all earlier ones (`liuwen.analysis.earlier`).
"""

import hashlib
import hmac
import json
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.form.places import likely_places
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN
from liuwen.responses.record_keeper import RecordKeeper
from liuwen.responses.section_batches import next_rows

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

OTHER_ANSWERS = Sentence(
    zh="“{name}”已经发布过，那时的答卷不同；已发布的不改，请换一个名称。",
    en="Release {name!r} was made of other answers; what was published does not change, so choose another name.",
)
NO_KEEPER = Sentence(
    zh="这些答卷不是从库里读的，请用 folder= 写明发布记录放在哪个文件夹，每次用同一个。",
    en="These answers come from no store; name the folder that remembers releases with folder=, the same every time.",
)
NO_NAME = Sentence(zh="发布要有名称，例如“2026-07”。", en='A release needs a name, such as "2026-07".')
NOT_A_RECORD = Sentence(
    zh="“{file}”不是 liuwen 的发布记录，或已损坏；请换一个文件夹，或从备份恢复。",
    en="{file} is no record of releases of liuwen, or is damaged; choose another folder, or restore it from a backup.",
)
HELD = Sentence(
    zh="“{name}”：{all} 份答卷中有 {count} 份留到以后发布，因为它们所在的地点新增或改动的不足 {minimum} 份。",
    en="{name}: {count} of {all} answers wait for a later release: fewer than {minimum} are new or changed in their place.",
)
BEING_WRITTEN = Sentence(
    zh="另一个程序正在写发布记录；请等它写完再试。若没有别的程序在写，请删除“{file}”。",
    en="Another program is writing the record of releases; try again when it has finished. If none is, delete {file}.",
)
_BETWEEN = "\x1f"
_PATIENCE, _PAUSE = 100, 0.05


@dataclass(frozen=True)
class ReleaseFolder:
    """Keeps the record of each form in a file of a folder."""

    folder: Path

    def read(self, form_id: str) -> str:
        """The record of the releases of a form; "" before the first."""
        place = self._place(form_id)
        return place.read_text(encoding="utf-8") if place.is_file() else ""

    def write(self, form_id: str, before: str, now: str) -> str:
        """Keep `now` if the record is still `before`; the record that is kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self._place(form_id)
        with _alone(place):
            kept = self.read(form_id)
            if kept != before:
                return kept
            part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
            part.touch(mode=0o600)
            part.write_text(now, encoding="utf-8")
            part.replace(place)
        return now

    def _place(self, form_id: str) -> Path:
        plain = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in form_id)
        told_apart = plain if plain == form_id else f"{plain}-{hashlib.sha256(form_id.encode()).hexdigest()[:8]}"
        return self.folder / f"{told_apart}.releases.json"


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the record of a form for a block; another program waits, and is told after a while."""
    held = place.with_name(f"{place.name}.writing")
    for _ in range(_PATIENCE):
        try:
            held.touch(mode=0o600, exist_ok=False)
            break
        except FileExistsError:
            time.sleep(_PAUSE)
    else:
        raise AnswerError(BEING_WRITTEN.filled(file=held))
    try:
        yield
    finally:
        held.unlink(missing_ok=True)


@dataclass(frozen=True)
class OneRelease:
    """What a release added to the one before it.

    Attributes:
        name: Its name.
        given: A fingerprint of all answers that it was made of, counted or not.
        came: Fingerprint → the places of each answer that it counts for the first time.
        apart: Table → the fingerprints of the rows of an unlinked section that it counts.
    """

    name: str
    given: str
    came: dict[str, list[str]]
    apart: dict[str, list[str]]


@dataclass(frozen=True)
class ReleaseRecord:
    """All releases of a form, the first one first."""

    secret: str
    places: tuple[str, ...]
    releases: tuple[OneRelease, ...] = ()

    @classmethod
    def read(cls, text: str, form_id: str) -> "ReleaseRecord":
        """That of a text; raises `AnswerError` for another text."""
        try:
            held: dict[str, Any] = json.loads(text)
            releases = tuple(OneRelease(**each) for each in held["releases"])
            return cls(held["secret"], tuple(held["places"]), releases)
        except (ValueError, KeyError, TypeError) as error:
            raise AnswerError(NOT_A_RECORD.filled(file=f"{form_id}.releases.json")) from error

    @property
    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def members(self, upto: int) -> dict[str, list[str]]:
        """The answers that release number `upto` counts: fingerprint → places."""
        return {mark: places for each in self.releases[: upto + 1] for mark, places in each.came.items()}


@dataclass(frozen=True, eq=False)
class Published:
    """Of which release some answers are, and what was released before.

    Attributes:
        name: The name of the release.
        secret: What the changes of the cell-key method are made with.
        earlier: The answers of each earlier release, as far as they are still there.
        gone: For each of them, the places of those that were changed or erased since: a frame with a column per place.
    """

    name: str
    secret: str = field(repr=False)
    earlier: tuple["Responses", ...] = field(default=(), repr=False)
    gone: tuple[pd.DataFrame, ...] = field(default=(), repr=False)


def released(responses: "Responses", name: str, keeper: RecordKeeper, minimum: int) -> "Responses":
    """The answers that a release counts; the release is remembered if it is new."""
    if not name.strip():
        raise AnswerError(NO_NAME)
    form_id = responses.form.id
    before = keeper.read(form_id)
    places = tuple(likely_places(responses.form, list(responses.table.columns)))
    record = ReleaseRecord.read(before, form_id) if before else ReleaseRecord(secrets.token_hex(16), places)
    marks = _Marks.of(responses, record.secret)
    known = {each.name: number for number, each in enumerate(record.releases)}
    if name not in known:
        made = _new_release(responses, name, record, marks, minimum)
        record = replace(record, releases=(*record.releases, made))
        kept = keeper.write(form_id, before, record.text)
        if kept != record.text:
            return released(responses, name, keeper, minimum)
        known[name] = len(record.releases) - 1
    if record.releases[known[name]].given != marks.given:
        raise AnswerError(OTHER_ANSWERS.filled(name=name))
    chosen = _chosen(responses, record, marks, known[name])
    held = len(responses) - len(chosen)
    told = (HELD.filled(name=name, count=held, all=len(responses), minimum=minimum),) if held else ()
    return replace(chosen, notes=(*responses.notes, *told))


def latest_release(responses: "Responses") -> tuple[str, "Responses | None"]:
    """The newest release: its name ("" before the first), and the answers it counts (None if answers have changed since)."""
    form_id = responses.form.id
    kept = responses.keeper.read(form_id) if responses.keeper is not None else ""
    if not kept:
        return "", None
    record = ReleaseRecord.read(kept, form_id)
    last, marks = record.releases[-1], _Marks.of(responses, record.secret)
    return last.name, _chosen(responses, record, marks, len(record.releases) - 1) if last.given == marks.given else None


def _chosen(responses: "Responses", record: ReleaseRecord, marks: "_Marks", number: int) -> "Responses":
    """The answers of a release, with those of all earlier ones."""
    made: list[Responses] = []
    current = set(marks.main)
    for upto in range(number + 1):
        members = record.members(upto)
        before = [record.members(each) for each in range(upto)]
        gone = tuple(
            pd.DataFrame([places for mark, places in each.items() if mark not in current], columns=list(record.places))
            for each in before
        )
        published = Published(record.releases[upto].name, record.secret, tuple(made), gone)
        rows = marks.main.isin(set(members)).to_numpy()
        apart = {table: found.isin(set(record.releases[upto].apart.get(table, []))) for table, found in marks.apart.items()}
        made.append(_kept(responses, rows, apart, published))
    return made[-1]


def _kept(responses: "Responses", rows: Any, apart: dict[str, "pd.Series[bool]"], published: Published) -> "Responses":
    """The responses of some submissions, with some rows of the unlinked sections."""
    ids = set(responses.table.index[rows])
    keep = {}
    for name in responses.tables:
        table = responses[name]
        owner = table["instance_id"] if "instance_id" in table else table.index.to_series()
        keep[name] = apart[name].to_numpy() if name in apart else owner.isin(ids).to_numpy()
    return replace(
        responses,
        _tables={name: responses[name].loc[kept] for name, kept in keep.items()},
        _asked={name: asked.loc[keep[name]] for name, asked in responses._asked.items()},
        submissions=responses.submissions[responses.submissions.index.isin(ids)],
        audit=responses.audit.iloc[:0],
        edits=responses.edits.iloc[:0],
        unknown=responses.unknown.iloc[:0],
        entities=responses.entities.iloc[:0],
        _sections={},
        published=published,
    )


def _new_release(responses: "Responses", name: str, record: ReleaseRecord, marks: "_Marks", minimum: int) -> OneRelease:
    """What a new release counts: of the first all, later what comes in batches of at least the minimum."""
    before = record.members(len(record.releases) - 1) if record.releases else {}
    table = responses.table
    columns = [
        (table[place].astype("string").fillna("") if place in table else pd.Series("", index=table.index)).tolist()
        for place in record.places
    ]
    where = [list(each) for each in zip(*columns, strict=True)] if columns else [[] for _ in range(len(table))]
    new = {mark: at for mark, at in zip(marks.main, where, strict=True) if mark not in before}
    current = set(marks.main)
    gone = [at for mark, at in before.items() if mark not in current]
    finest = _by_place(new.values()) | _by_place(gone)  # an answer that was changed is in both, and is one household
    came = {mark: at for mark, at in new.items() if not record.releases or finest[at[0] if at else ""] >= minimum}
    apart = {
        table: next_rows([each.apart.get(table, []) for each in record.releases], found, minimum)
        for table, found in marks.apart.items()
    }
    return OneRelease(name, marks.given, dict(sorted(came.items())), apart)


def _by_place(places: Iterable[list[str]]) -> "Counter[str]":
    """How many are of each finest place."""
    return Counter(at[0] if at else "" for at in places)


@dataclass(frozen=True, eq=False)
class _Marks:
    """The fingerprints of the submissions and of the rows of unlinked sections."""

    main: "pd.Series[str]"
    apart: "dict[str, pd.Series[str]]"

    @classmethod
    def of(cls, responses: "Responses", secret: str) -> "_Marks":
        plan = responses.plan.tables
        unlinked = [name for name, table in plan.items() if table.unlinked]
        texts = _texts(responses, MAIN)
        if not texts.index.astype(str).str.isdigit().all():  # row numbers, as of anonymous answers, move with every newcomer
            texts = texts.index.to_series().astype("string") + _BETWEEN + texts
        for name in plan:
            if name != MAIN and name not in unlinked and name in responses:
                own = _texts(responses, name).groupby(responses[name]["instance_id"].to_numpy()).agg(_BETWEEN.join)
                texts = texts + _BETWEEN + own.reindex(texts.index).fillna("")
        apart = {name: _numbered(_marked(_texts(responses, name), secret, alike=True)) for name in unlinked}
        return cls(_marked(texts, secret), apart)

    @property
    def given(self) -> str:
        """One fingerprint of all answers."""
        parts = [sorted(self.main), *(sorted(rows) for _, rows in sorted(self.apart.items()))]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _texts(responses: "Responses", name: str) -> "pd.Series[str]":
    """What each row holds, as a text; a question that nobody was asked adds nothing."""
    table = responses[name]
    found = pd.Series("", index=table.index, dtype="string")
    for column in responses.plan.tables[name].columns:
        for head in column.heads:
            if head in table and table[head].notna().any():
                values = table[head]
                found += (f"{head}=" + values.astype("string") + _BETWEEN).where(values.notna(), "")
    return found


def _marked(texts: "pd.Series[str]", secret: str, *, alike: bool = False) -> "pd.Series[str]":
    """A keyed fingerprint of each text; equal texts are numbered, unless they may be marked alike."""
    numbered = texts if alike else texts + texts.groupby(texts).cumcount().astype("string")
    key = bytes.fromhex(secret)
    made = [hmac.new(key, str(text).encode(), hashlib.sha256).hexdigest()[:16] for text in numbered]
    return pd.Series(made, index=texts.index, dtype=object)


def _numbered(marks: "pd.Series[str]") -> "pd.Series[str]":
    """Marks with a number after the point, where several are equal."""
    return marks + "." + marks.groupby(marks).cumcount().astype(str)

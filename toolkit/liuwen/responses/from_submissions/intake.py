"""Taking submissions in one by one: whose form it is, whether it came before, what it replaces."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from liuwen.form.model import Form
from liuwen.form.types import MEDIA
from liuwen.messages import Sentence
from liuwen.responses.ahead import worked_ahead
from liuwen.responses.finish import finish
from liuwen.responses.from_exports import gather_export
from liuwen.responses.from_submissions.audit_logs import Row, audit_rows
from liuwen.responses.from_submissions.gather import Gatherer
from liuwen.responses.from_submissions.instance import Identity, InstanceError, parse
from liuwen.responses.from_submissions.pack import Pack, compact, joined
from liuwen.responses.from_submissions.plain_batch import PlainBatch
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.from_submissions.reading_cache import CacheFile, ReadDocument, digest_of, opened
from liuwen.responses.from_submissions.seen import Seen, SeenInMemory, SeenSubmissions
from liuwen.responses.from_submissions.submission_document import (
    SYNTHETIC_ATTRIBUTE,
    SubmissionDocument,
    is_definition,
    parsed,
    plain_documents,
)
from liuwen.responses.gathered import Gathered
from liuwen.responses.memory import release_memory
from liuwen.responses.notes import IntakeCounts
from liuwen.responses.plan import plan_of
from liuwen.responses.reading_options import AS_IT_STANDS, ReadingOptions
from liuwen.responses.responses import Responses
from liuwen.responses.section_memory import SectionMemory
from liuwen.responses.source import Export, Opener, Received, Submission
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.versions import earlier_layout, own_layout, plain_version, unlinked_sections, with_removed_choices

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

__all__ = ["SYNTHETIC_ATTRIBUTE", "Intake"]

_ANOTHER_FORM = Sentence(
    zh="答卷属于表单“{id}”，不是“{own}”。",
    en="It belongs to the form “{id}”, not to “{own}”.",
)
_NO_FORM = Sentence(
    zh="根元素没有 id，不是一份答卷。",
    en="Its root element has no id, so it is not a submission.",
)
_ENCRYPTED = Sentence(
    zh="答卷已加密，需要私钥才能读取（key=）。",
    en="It is encrypted; pass its private key as key=.",
)
_NOT_WHAT_IT_SAYS = Sentence(
    zh="解密后的内容是另一份答卷：表单或实例编号与外层不同。",
    en="The decrypted content is another submission: its form or instance ID differs from the envelope.",
)
_TWICE = Sentence(
    zh="实例编号 {id} 已出现在 {first}，内容不同；保留了先出现的一份。",
    en="Its instance ID {id} is already used in {first} with different content; the first one was kept.",
)
_EDITED_TWICE = Sentence(
    zh="它要取代 {id}，而 {other} 已取代了它；保留了先出现的一份。",
    en="It replaces {id}, which {other} has already replaced; the first one was kept.",
)

_NOTHING: Mapping[str, str] = MappingProxyType({})
_BATCH_BYTES = 2 * 1024 * 1024
_BATCH_COUNT = 1024
_COMPACTED = 16
"""How many batches are put together in memory: few columns in large pieces need less of it than many in small ones."""
_PART_COUNT = 8192
"""How many submissions are handed over at once: columns of a few are slow to type, and those of many need memory."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the submissions that were taken in, numbered from 0.

    Attributes:
        headers: What is known of each.
        pack: What was gathered of them.
        audit: The rows of their logs.
    """

    headers: list[SubmissionHeader]
    pack: Pack
    audit: list[Row]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is known of all that was taken in.

    Attributes:
        replaced: Instance IDs that an edit took the place of, each with that of its edit.
        counted: How they came, without how many were replaced.
        further: What a reader should know of the form's versions.
        synthetic: Whether one says that no real person gave it.
        anonymous: Whether one says that nobody is to know who gave it.
    """

    replaced: dict[str, str]
    counted: IntakeCounts
    further: tuple[Sentence, ...]
    synthetic: bool
    anonymous: bool

    def counts(self, replaced: int) -> IntakeCounts:
        """How they came."""
        return replace(self.counted, replaced=replaced)


class Intake:
    """Takes submissions to one form; `responses()` gives what came of them."""

    def __init__(
        self,
        form: Form,
        *,
        earlier: Sequence[Form] = (),
        renamed: Mapping[str, str] | None = None,
        form_id: str | None = None,
        key: "RSAPrivateKey | None" = None,
        media_to: Path | None = None,
        options: ReadingOptions = AS_IT_STANDS,
        cache: CacheFile | None = None,
        seen: SeenSubmissions | None = None,
        sections: SectionMemory | None = None,
    ) -> None:
        self.form = form
        self._form_id = form_id
        self._key = key
        self._media_to = media_to
        self._options = options
        self.sections = sections
        self._unverified = 0
        self.plan = plan_of(form)
        self._layouts = {plain_version(older.version): earlier_layout(self.plan, older, renamed or {}) for older in earlier}
        self._layouts[plain_version(form.version)] = own_layout(self.plan, renamed or {})
        self.plan = with_removed_choices(self.plan, self._layouts.values())
        others = own_layout(self.plan, renamed or {}, of_another_version=True)
        self.gatherer = Gatherer(self.plan, self._layouts, others)
        self._packs: list[Pack] = []
        self._cache = None if cache is None or form.anonymous else opened(cache, self.plan, self._layouts, others)
        self._unlinked = unlinked_sections(self.plan, (*self._layouts.values(), others))
        self.headers: list[SubmissionHeader] = []
        self.rejected: list[tuple[str, str]] = []
        self.other_forms: Counter[str] = Counter()
        self._seen: SeenSubmissions = seen or SeenInMemory()
        self._replaced_by: dict[str, str] = {}
        self._again = 0
        self._nameless = 0
        self._audit: list[Row] = []
        self._has_audit = not form.anonymous and any(element.type == "audit" for element in form.elements)
        self._files: dict[str, Opener] = {}
        media = (column for table in self.plan.tables.values() if not table.unlinked for column in table.columns)
        self._has_files = any(column.element.type in MEDIA for column in media)
        self._elsewhere = 0
        self._synthetic = False
        self._anonymous = False

    def take(self, given: Iterable[Received]) -> None:
        """Take submissions in, or list them as rejected; of an export, each that it holds.

        Call it once where what was read is kept.
        """
        cache, whole = self._cache, False
        waiting: list[Pack] = []
        try:
            for pack in self._packs_of(given):
                waiting.append(pack)
                if len(waiting) >= _COMPACTED:
                    self._packs.append(compact(waiting))
                    waiting = []
            self._packs += [*waiting, *(cache.taken() if cache else ())]
            whole = True
            release_memory()
        finally:
            if cache:
                cache.close(complete=whole)

    def parts(self, given: Iterable[Received]) -> Iterator[Part]:
        """Take submissions in as `take` does, and hand over what was read of some at a time; nothing of it is kept here."""
        first = 0
        for pack in self._packs_of(given):
            self._packs.append(pack)
            if len(self.headers) >= _PART_COUNT:
                yield self._part_from(first)
                first = self.gatherer.count
        if self.headers:
            yield self._part_from(first)

    def _part_from(self, first: int) -> Part:
        """What was read since a submission."""
        numbers = {first + number: number for number in range(len(self.headers))}
        part = Part(self.headers, joined(self._packs, self._empty()).of(numbers), self._audit)
        self.headers, self._audit, self._files, self._packs = [], [], {}, []
        return part

    def _packs_of(self, given: Iterable[Received]) -> Iterator[Pack]:
        for some, read in worked_ahead(self._read, _batches(given)):
            yield self._take_batch(some, read)

    def _read(self, given: Sequence[Received]) -> "_ReadBatch":
        """Read those submissions that are plain and not kept from an earlier reading; many threads may do so at once."""
        files, cache = _files(given), self._cache
        if cache is None:
            return _ReadBatch(self.gatherer.plain(files), [])
        digests = [digest_of(file) for file in files]
        new = [b"" if cache.has(digest) else file for file, digest in zip(files, digests, strict=True)]
        return _ReadBatch(self.gatherer.plain(new), digests)

    def _take_batch(self, given: Sequence[Received], read: "_ReadBatch") -> Pack:
        plain = plain_documents(read.plain, _files(given)) if read.plain else {}
        numbers: dict[int, int] = {}
        new: list[ReadDocument] = []
        for number, each in enumerate(given):
            if isinstance(each, Export):
                self._absorb(each)
            elif each.fault:
                self.rejected.append((each.source, str(each.fault)))
            else:
                digest = read.digests[number] if read.digests else b""
                known = self._cache.document(digest, each.xml) if self._cache else None
                taken = self._take_one(each, known or plain.get(number), numbers)
                if taken is not None and _may_be_kept(taken.document):
                    new.append(replace(taken, digest=digest, source_number=each.number))
        if read.plain:
            self.gatherer.take_plain(read.plain, numbers)
        pack = self.gatherer.taken_out()
        if self._cache:
            self._cache.keep(new, pack)
        return pack

    def _take_one(self, submission: Submission, known: SubmissionDocument | None, numbers: dict[int, int]) -> ReadDocument | None:
        """Take one submission in; `numbers` is told that of a plain one, whose rows are gathered with those of its batch."""
        try:
            document = known or parsed(parse(submission.xml))
            taken = None if is_definition(document) else self._admit(document, submission)
        except InstanceError as refusal:
            self.rejected.append((submission.source, str(refusal.reason)))
            return None
        if taken is None:
            return None
        if taken.kept is not None and self._cache:
            self._cache.take(taken.kept, self.gatherer.next_number())
        elif taken.place is None:
            self.gatherer.take(taken.tree(), plain_version(taken.who.version))
        else:
            numbers[taken.place] = self.gatherer.next_number()
        return ReadDocument(b"", taken, self.gatherer.count - 1)

    def _admit(self, document: SubmissionDocument, submission: Submission) -> SubmissionDocument | None:
        """The document, decrypted if need be; None if it came before."""
        self._refuse_other_form(document.who)
        opener: Opener | None = submission.open_file
        again = submission.again
        if document.who.encrypted:
            document = self._opened(document, submission)
            opener, again = self._opener_of_decrypted(document.who.instance_id), None
        who = document.who
        instance_id = who.instance_id or submission.source
        seen = self._seen.get(instance_id)
        if seen is not None:
            if not seen.says_as(submission.xml, document.tree):
                raise InstanceError(_TWICE.filled(id=instance_id, first=seen.source))
            self._again += 1
            return None
        if who.deprecated_id:
            self._replace(who.deprecated_id, instance_id)
        self._seen.add(instance_id, Seen.of(submission.source, again, document.tree), submission.xml)
        if self._has_files and opener:
            self._files[instance_id] = opener
        self._nameless += not who.instance_id
        self._synthetic |= document.synthetic
        self._anonymous |= document.anonymous
        version = plain_version(who.version)
        received = submission.submitted_at or who.submitted_at
        server = {**({"deprecated_id": who.deprecated_id} if who.deprecated_id else {}), **submission.server}
        server |= {"instance_name": who.instance_name} if who.instance_name else {}
        self.headers.append(SubmissionHeader(instance_id, version, received, submission.sent_by, server or _NOTHING))
        if self._has_audit:
            self._audit += audit_rows(document.audit, submission, instance_id, self._unlinked)
        return document

    def _absorb(self, export: Export) -> None:
        found = gather_export(export.tables, self.plan, self._layouts.values())
        gathered = found.gathered
        self.gatherer.absorb(gathered.tables, gathered.strays, len(gathered.headers))
        self.headers += gathered.headers
        self.rejected += [(f"{export.source} {source}".strip(), reason) for source, reason in gathered.rejected]
        self._elsewhere += len(gathered.headers)

    def _refuse_other_form(self, who: Identity) -> None:
        if not who.form_id:
            raise InstanceError(_NO_FORM)
        own = self._form_id or self.form.settings.get("form_id")
        if own and who.form_id != own:
            self.other_forms[who.form_id] += 1
            raise InstanceError(_ANOTHER_FORM.filled(id=who.form_id, own=own))

    def _opened(self, envelope: SubmissionDocument, submission: Submission) -> SubmissionDocument:
        """What an encrypted submission holds."""
        if self._key is None:
            raise InstanceError(_ENCRYPTED)
        from liuwen.responses.from_submissions.decrypt import decrypt

        outer = envelope.who
        found = decrypt(envelope.tree(), submission.open_file, self._key, self._media_to)
        document = parsed(parse(found.xml))
        inner = document.who
        if (inner.form_id, inner.instance_id or outer.instance_id) != (outer.form_id, outer.instance_id):
            raise InstanceError(_NOT_WHAT_IT_SAYS)
        self._unverified += not found.is_verified
        who = replace(
            inner,
            instance_id=outer.instance_id,
            version=inner.version or outer.version,
            submitted_at=outer.submitted_at,
            encrypted=True,
        )
        return replace(document, who=who)

    def _opener_of_decrypted(self, instance_id: str) -> Opener | None:
        from liuwen.responses.from_submissions.decrypt import decrypted_files

        return decrypted_files(self._media_to, instance_id) if self._media_to else None

    def _replace(self, deprecated_id: str, instance_id: str) -> None:
        other = self._replaced_by.setdefault(deprecated_id, instance_id)
        newest = instance_id
        while newest in self._replaced_by and newest != deprecated_id:
            newest = self._replaced_by[newest]
        if newest == deprecated_id:  # it would replace itself, directly or through its own edits
            if other == instance_id:
                del self._replaced_by[deprecated_id]
        elif other != instance_id:
            raise InstanceError(_EDITED_TWICE.filled(id=deprecated_id, other=other))

    def responses(self) -> Responses:
        """What was taken in, as typed tables."""
        whole = Part(self.headers, joined(self._packs, self._empty()), self._audit)
        self._packs = []
        return self.responses_of(whole)

    def responses_of(self, whole: Part) -> Responses:
        """All that was taken in, as typed tables."""
        pack, arrived = whole.pack, self.arrived()
        gathered = Gathered(
            whole.headers,
            pack.tables,
            [stray for number, stray in pack.strays if whole.headers[number].instance_id not in arrived.replaced],
            pack.entities,
            self.rejected,
            arrived.replaced,
            self._files,
        )
        count = sum(header.instance_id in arrived.replaced for header in whole.headers)
        return finish(
            self.plan,
            gathered,
            arrived.counts(count),
            further=arrived.further,
            synthetic=arrived.synthetic,
            anonymous=arrived.anonymous,
            options=self._options,
            audit=whole.audit,
            sections=self.sections,
        )

    def joined(self, parts: Iterable[Part]) -> Part:
        """Some parts as one."""
        headers: list[SubmissionHeader] = []
        audit: list[Row] = []
        packs = []
        for part in parts:
            packs.append(part.pack.of({number: len(headers) + number for number in range(len(part.headers))}))
            headers += part.headers
            audit += part.audit
        return Part(headers, joined(packs, self._empty()), audit)

    def arrived(self) -> Arrived:
        """What is known of all that was taken in, once it was."""
        further = tuple(sentence for layout in self._layouts.values() for sentence in layout.told)
        counted = IntakeCounts(self._again, 0, self._nameless, self._unverified, self._elsewhere)
        return Arrived(dict(self._replaced_by), counted, further, self._synthetic, self._anonymous)

    def _empty(self) -> dict[str, RawTable]:
        return {name: RawTable(table) for name, table in self.plan.tables.items()}


@dataclass(frozen=True, slots=True)
class _ReadBatch:
    """What was read of a batch: the plain submissions, and the digests of all, if they are looked for among those kept."""

    plain: PlainBatch | None
    digests: list[bytes]


def _may_be_kept(document: SubmissionDocument) -> bool:
    """Whether it may be kept for the next reading: neither decrypted nor anonymous, and found by its own ID."""
    return document.kept is None and not document.who.encrypted and not document.anonymous and bool(document.who.instance_id)


def _files(given: Sequence[Received]) -> list[bytes]:
    return [b"" if isinstance(each, Export) or each.fault else each.xml for each in given]


def _batches(given: Iterable[Received]) -> Iterator[list[Received]]:
    """Some at a time: as many as are read at once without much memory."""
    some: list[Received] = []
    size = 0
    for each in given:
        some.append(each)
        size += 0 if isinstance(each, Export) else len(each.xml)
        if size >= _BATCH_BYTES or len(some) >= _BATCH_COUNT:
            yield some
            some, size = [], 0
    if some:
        yield some

"""Reads one POST of a submission within limits: the XML in memory, its files stored as they arrive."""

import asyncio
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from liuwen.errors import FormError
from liuwen.messages import Sentence
from liuwen.openrosa.multipart import MultipartReader, Sink, boundary_of
from liuwen.openrosa.refused import RefusedError
from liuwen.store.files import Files, Incoming, StoredFile
from liuwen.store.forms import check_file_name

NO_XML = Sentence(zh="上传内容缺少 xml_submission_file 部分。", en="The upload has no part xml_submission_file.")
TOO_LARGE = Sentence(zh="上传内容超过 {limit} MB。", en="The upload is larger than {limit} MB.")
TOO_SLOW = Sentence(
    zh="上传太慢或中断过久，请重试。",
    en="The upload was too slow or interrupted for too long; try again.",
)
BAD_FILE = Sentence(zh="上传的文件名不可用。", en="The upload contains an invalid file name.")

XML_PART = "xml_submission_file"
INCOMPLETE_PART = "*isIncomplete*"


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Limits of a request, and of the XML of all requests processed at the same time.

    Maximum bytes of an upload and of its XML, seconds without data, and the minimum average rate in bytes per second after that
    time, which is below the worst connection of any phone.
    """

    upload: int = 256 * 1024 * 1024
    xml: int = 10 * 1024 * 1024
    stillness: float = 60.0
    slowest: float = 200.0


class _Bounded:
    """A part of at most `limit` bytes."""

    def __init__(self, part: Incoming, limit: int) -> None:
        self._part = part
        self._limit = limit

    def write(self, chunk: memoryview) -> None:
        if self._part.size + len(chunk) > self._limit:
            raise RefusedError(413, TOO_LARGE.filled(limit=self._limit // 1024 // 1024))
        self._part.write(chunk)

    def close(self) -> None:
        self._part.close()


class Upload:
    """The parts of one POST."""

    def __init__(self, files: Files, limits: UploadLimits) -> None:
        self._files = files
        self._limits = limits
        self._xml: Incoming | None = None
        self._mark: Incoming | None = None
        self._incoming: dict[str, Incoming] = {}
        self.kept: dict[str, StoredFile] = {}
        self.is_complete = True
        self.form_id = ""
        """The form that is answered, once it is known."""

    def open(self, name: str) -> Sink:
        """A part begins."""
        if name == XML_PART:
            self._xml = self._new_part(self._xml)
            return _Bounded(self._xml, self._limits.xml)
        if name == INCOMPLETE_PART:
            self.is_complete = False
            self._mark = self._new_part(self._mark)
            return _Bounded(self._mark, 1024)
        try:
            check_file_name(name)
        except FormError as bad:
            raise RefusedError(400, BAD_FILE) from bad
        self._incoming[name] = self._new_part(self._incoming.get(name))
        return self._incoming[name]

    def _new_part(self, before: Incoming | None) -> Incoming:
        """Start a part; of several parts with the same name the last one counts."""
        if before is not None:
            before.discard()
        return Incoming(self._files)

    @property
    def xml_size(self) -> int:
        """The size of the submission's XML in bytes; raises `RefusedError` (400) if there is none."""
        if self._xml is None:
            raise RefusedError(400, NO_XML)
        return self._xml.size

    def xml(self) -> bytes:
        """The submission's XML; a large one is read from disk."""
        assert self._xml is not None
        return self._xml.content()

    @property
    def has_files(self) -> bool:
        """Whether there are files besides the XML."""
        return bool(self._incoming)

    def keep(self) -> None:
        """Store the files permanently; they are in `kept` afterwards."""
        for name, incoming in self._incoming.items():
            self.kept[name] = incoming.keep()

    def contents(self) -> dict[str, bytes]:
        """The contents of the files, for an anonymous answer, which is stored together with its files."""
        return {name: incoming.content() for name, incoming in self._incoming.items()}

    def discard(self) -> None:
        """Discard everything that was not stored."""
        for incoming in (self._xml, self._mark, *self._incoming.values()):
            if incoming is not None:
                incoming.discard()


async def read_upload(request: Request, files: Files, limits: UploadLimits) -> Upload:
    """Read a POST completely; on error, discard the content and raise `RefusedError` (400, 408 or 413)."""
    upload = Upload(files, limits)
    reader = MultipartReader(boundary_of(request.headers.get("content-type", "")), upload)
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limits.upload:
        raise RefusedError(413, TOO_LARGE.filled(limit=limits.upload // 1024 // 1024))
    try:
        async with asyncio.timeout(limits.stillness) as patience:
            pace = _Pace(limits, patience)
            async for chunk in request.stream():
                pace.count(len(chunk))
                reader.feed(chunk)
        reader.finish()
    except TimeoutError as still:
        upload.discard()
        raise RefusedError(408, TOO_SLOW) from still
    except ClientDisconnect as gone:
        upload.discard()
        raise RefusedError(400, TOO_SLOW) from gone
    except BaseException:
        upload.discard()
        raise
    return upload


class _Pace:
    """Watches that a body is not too large, and neither pauses nor creeps; a new deadline is set now and then, not each time."""

    def __init__(self, limits: UploadLimits, patience: asyncio.Timeout) -> None:
        self._limits = limits
        self._patience = patience
        self._clock = asyncio.get_running_loop().time
        self._began = self._renewed = self._clock()
        self._total = 0

    def count(self, size: int) -> None:
        """The next bytes have arrived; raises `RefusedError` (408 or 413)."""
        limits, now = self._limits, self._clock()
        self._total += size
        if self._total > limits.upload:
            raise RefusedError(413, TOO_LARGE.filled(limit=limits.upload // 1024 // 1024))
        took = now - self._began
        if took > limits.stillness and self._total < took * limits.slowest:
            raise RefusedError(408, TOO_SLOW)
        if now - self._renewed > limits.stillness / 20:
            self._renewed = now
            self._patience.reschedule(now + limits.stillness)

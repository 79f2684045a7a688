"""Parses `multipart/form-data` as a stream, with limits on all sizes; file contents are not held in memory."""

import re
from typing import Protocol

from liuwen.messages import Sentence
from liuwen.openrosa.refused import RefusedError

NO_BOUNDARY = Sentence(
    zh="请求不是 multipart/form-data，缺少 xml_submission_file 部分。",
    en="The request is not multipart/form-data, so it has no xml_submission_file.",
)
BROKEN = Sentence(
    zh="上传内容不完整或格式有误（{why}）。",
    en="The upload is incomplete or malformed ({why}).",
)
TOO_MANY = Sentence(zh="一次上传的文件过多。", en="The upload has too many parts.")

PARTS = 500
"""Maximum number of parts; ODK Collect sends up to 102."""
HEADER = 8 * 1024
"""Maximum size of a part's headers in bytes."""

_BOUNDARY = re.compile(r"""boundary=(?:"([^"\r\n]{1,200})"|([^\s;,"]{1,200}))""", re.IGNORECASE)
_NAME = re.compile(r""";\s*name=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))""", re.IGNORECASE)
_ESCAPE = re.compile(r'%22|%0D|%0A|\\"|\\\\')
_ESCAPES = {"%22": '"', "%0D": "\r", "%0A": "\n", '\\"': '"', "\\\\": "\\"}


class Sink(Protocol):
    """Receives the bytes of a part."""

    def write(self, chunk: memoryview) -> None:
        """Receive the next bytes, which are valid until this returns; raises `RefusedError` if the limit is exceeded."""

    def close(self) -> None:
        """The part is complete."""


class Parts(Protocol):
    """Handles the parts of an upload."""

    def open(self, name: str) -> Sink:
        """A part of this name begins; returns its sink."""


def boundary_of(content_type: str) -> bytes:
    """The boundary in a Content-Type header; raises `RefusedError` (400)."""
    found = _BOUNDARY.search(content_type) if content_type.lower().startswith("multipart/") else None
    if found is None:
        raise RefusedError(400, NO_BOUNDARY)
    return (found[1] or found[2]).encode("latin-1", "replace")


class MultipartReader:
    """Passes each part of a body to `parts` as it arrives.

    Args:
        boundary: The boundary between the parts.
        parts: What handles them.
    """

    def __init__(self, boundary: bytes, parts: Parts) -> None:
        self._delimiter = b"\r\n--" + boundary
        self._parts = parts
        self._buffer = bytearray(b"\r\n")  # so that the first delimiter looks like all others
        self._sink: _Opened | None = None
        self._count = 0
        self._is_between = False
        self.is_done = False

    def feed(self, chunk: bytes) -> None:
        """Read the next bytes; raises `RefusedError` (400) if they are malformed."""
        if self.is_done:
            return
        self._buffer += chunk
        while self._step():
            pass

    def finish(self) -> None:
        """The body has ended; raises `RefusedError` (400) if it is incomplete."""
        if not self.is_done:
            raise RefusedError(400, BROKEN.filled(why="Unexpected end of form"))

    def _step(self) -> bool:
        if self.is_done:
            return False
        return self._read_header() if self._is_between else self._read_body()

    def _read_body(self) -> bool:
        found = self._buffer.find(self._delimiter)
        if found < 0:
            self._pass_on(len(self._buffer) - len(self._delimiter) + 1)
            return False
        if len(self._buffer) < found + len(self._delimiter) + 2:
            self._pass_on(found)
            return False
        self._pass_on(found)
        if self._sink is not None:
            self._sink.close()
            self._sink = None
        after = bytes(self._buffer[len(self._delimiter) : len(self._delimiter) + 2])
        del self._buffer[: len(self._delimiter)]
        if after == b"--":
            self.is_done = True
        self._is_between = True
        return not self.is_done

    def _pass_on(self, length: int) -> None:
        if length <= 0:
            return
        if self._sink is not None:
            with memoryview(self._buffer) as passed:
                self._sink.write(passed[:length])
        del self._buffer[:length]

    def _read_header(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end > HEADER or (end < 0 and len(self._buffer) > HEADER):
            raise RefusedError(400, BROKEN.filled(why="Malformed part header"))
        if end < 0:
            return False
        name = _name_in(bytes(self._buffer[:end]))
        del self._buffer[: end + 2]  # keep the end of the blank line: the delimiter of an empty part begins with it
        self._count += 1
        if self._count > PARTS:
            raise RefusedError(400, TOO_MANY)
        self._sink = _Opened(self._parts.open(name))
        self._is_between = False
        return True


class _Opened:
    """A part's sink, without the line end that terminates its headers."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._left = 2

    def write(self, chunk: memoryview) -> None:
        if self._left:
            skipped = min(self._left, len(chunk))
            self._left -= skipped
            chunk = chunk[skipped:]
        if len(chunk):
            self._sink.write(chunk)

    def close(self) -> None:
        self._sink.close()


def _name_in(header: bytes) -> str:
    try:
        text = header.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise RefusedError(400, BROKEN.filled(why="Malformed part header")) from broken
    for line in text.split("\r\n"):
        field, _, value = line.partition(":")
        found = _NAME.search(value) if field.strip().lower() == "content-disposition" else None
        if found:
            return _ESCAPE.sub(lambda escape: _ESCAPES[escape[0]], found[1] or found[2] or "")
    raise RefusedError(400, BROKEN.filled(why="Malformed part header"))
